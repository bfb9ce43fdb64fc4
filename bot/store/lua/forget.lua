-- With: members.lua
-- Promises: nothing of the chat is left in its shard.
-- KEYS: 1 the chat's wishes, 2 the shard's chats, 3 the shard's due times, 4 the shard's resting chats,
--   5 … everything else of the chat
-- ARGV: 1 chat, 2 what the shard's keys begin with
vacate(ARGV[2], ARGV[1])
redis.call('SREM', KEYS[2], ARGV[1])
redis.call('SREM', ARGV[2] .. ':hears', ARGV[1])
redis.call('ZREM', KEYS[3], ARGV[1])
redis.call('ZREM', KEYS[4], ARGV[1])
redis.call('DEL', KEYS[1], unpack(KEYS, 5))
return 1
