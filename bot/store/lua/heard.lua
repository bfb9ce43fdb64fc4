-- Promises: a chat that an announcement was owed to is not owed it any more, and counted once.
-- KEYS: 1 the chats that it is owed to, 2 how it went so far
-- ARGV: 1 chat, 2 how it went, 3 for how long counts are kept, in seconds
if redis.call('SREM', KEYS[1], ARGV[1]) == 0 then return 0 end
redis.call('HINCRBY', KEYS[2], ARGV[2], 1)
redis.call('EXPIRE', KEYS[2], ARGV[3])
return 1
