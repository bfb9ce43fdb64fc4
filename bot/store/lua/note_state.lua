-- Promises: the source's state is as given and nothing else; it is due when the state says, if it is still watched; its
--   host may be asked from the given time on.
-- KEYS: 1 due times, 2 the state, 3 the sources' hosts, 4 hosts by when they may be asked
-- ARGV: 1 name, 2 due in ms, 3 how long the state of an unwatched source is kept, in seconds, 4 the host that is asked
--   next, 5 when the host that was asked is free, in ms, 6 the field that the state stands in, 7 the state
local asked = redis.call('HGET', KEYS[3], ARGV[1]) or ARGV[4]
redis.call('ZADD', KEYS[4], ARGV[5], asked)
redis.call('DEL', KEYS[2])
redis.call('HSET', KEYS[2], ARGV[6], ARGV[7])
if redis.call('ZSCORE', KEYS[1], ARGV[1]) then
  redis.call('ZADD', KEYS[1], ARGV[2], ARGV[1])
  redis.call('HSET', KEYS[3], ARGV[1], ARGV[4])
else
  redis.call('EXPIRE', KEYS[2], ARGV[3])
end
return 1
