-- Promises: it is known which headlines a message of ours shows now, for the newest messages of the chat.
-- KEYS: 1 what messages showed
-- ARGV: 1 message, 2 headline ids, 3 how many messages are kept, 4 for how long, in seconds
redis.call('ZREMRANGEBYSCORE', KEYS[1], ARGV[1], ARGV[1])
redis.call('ZADD', KEYS[1], ARGV[1], ARGV[1] .. ' ' .. ARGV[2])
redis.call('ZREMRANGEBYRANK', KEYS[1], 0, -ARGV[3] - 1)
redis.call('EXPIRE', KEYS[1], ARGV[4])
return 1
