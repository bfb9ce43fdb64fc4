-- With: members.lua
-- Promises: nothing is owed to the chat, now or later, and what it wants is kept for a while in case it comes back; so
--   is what it was told, as an entry of the stream may be brought again when it is back.
-- KEYS: 1 the chat, 2 its wishes, 3 the shard's chats, 4 the mailbox, 5 the shard's due times, 6 failed tries,
--   7 the shard's resting chats
-- ARGV: 1 chat, 2 what the shard's keys begin with, 3 now in ms, 4 why, 5 how long the wishes are kept, in seconds
vacate(ARGV[2], ARGV[1])
redis.call('SREM', KEYS[3], ARGV[1])
redis.call('DEL', KEYS[4], KEYS[6])
redis.call('ZREM', KEYS[5], ARGV[1])
redis.call('ZREM', KEYS[7], ARGV[1])
if redis.call('EXISTS', KEYS[1], KEYS[2]) == 0 or redis.call('HEXISTS', KEYS[1], 'gone') == 1 then return 0 end
redis.call('HDEL', KEYS[1], 'paused', 'warned', 'held')
redis.call('HSET', KEYS[1], 'gone', ARGV[3], 'reason', ARGV[4])
redis.call('EXPIRE', KEYS[1], ARGV[5])
redis.call('EXPIRE', KEYS[2], ARGV[5])
redis.call('EXPIRE', ARGV[2] .. ':manages:' .. ARGV[1], ARGV[5])
return 1
