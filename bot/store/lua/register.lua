-- Promises: the topic is known, indexes hear of it once, and nobody prunes it for a day.
-- KEYS: 1 expressions, 2 when each was last known to be wanted, 3 changes
-- ARGV: 1 topic, 2 its expression, 3 now in ms, 4 how many changes are kept
if redis.call('HSETNX', KEYS[1], ARGV[1], ARGV[2]) == 1 then
  redis.call('XADD', KEYS[3], 'MAXLEN', '~', ARGV[4], '*', 'topic', ARGV[1], 'expression', ARGV[2])
end
redis.call('ZADD', KEYS[2], 'GT', ARGV[3], ARGV[1])
return 1
