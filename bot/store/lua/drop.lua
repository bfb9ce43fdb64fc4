-- Promises: the headlines are not owed any more.
-- KEYS: 1 the mailbox, 2 the shard's due times, 3 failed tries
-- ARGV: 1 chat, 2 … headlines
redis.call('HDEL', KEYS[1], unpack(ARGV, 2))
if redis.call('EXISTS', KEYS[1]) == 1 then return 0 end
redis.call('ZREM', KEYS[2], ARGV[1])
redis.call('DEL', KEYS[3])
return 1
