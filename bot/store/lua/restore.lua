-- With: members.lua
-- Promises: a chat that was gone is there again, with every topic that it wanted.
-- KEYS: 1 the chat, 2 its wishes, 3 the shard's chats
-- ARGV: 1 chat, 2 what the shard's keys begin with
redis.call('HDEL', KEYS[1], 'gone', 'reason')
redis.call('PERSIST', KEYS[1])
redis.call('PERSIST', KEYS[2])
redis.call('PERSIST', ARGV[2] .. ':manages:' .. ARGV[1])
redis.call('SADD', KEYS[3], ARGV[1])
for _, topic in ipairs(redis.call('HKEYS', KEYS[2])) do join(ARGV[2], topic, numbered(ARGV[2], ARGV[1])) end
return 1
