-- Promises: the chat is due at the instant given, and one more try is known to have failed, if anything is owed at all.
-- KEYS: 1 the shard's due times, 2 failed tries
-- ARGV: 1 chat, 2 until in ms, 3 failed tries in a row and the headlines that may have arrived, 4 how long they are remembered, in seconds
if not redis.call('ZSCORE', KEYS[1], ARGV[1]) then return 0 end
redis.call('ZADD', KEYS[1], ARGV[2], ARGV[1])
redis.call('SET', KEYS[2], ARGV[3], 'EX', ARGV[4])
return 1
