-- Promises: the source's state is as given and nothing else; it is due when the state says, if it is still watched.
-- KEYS: 1 due times, 2 the state
-- ARGV: 1 name, 2 due in ms, 3 how long the state of an unwatched source is kept, in seconds, 4 … fields and values
redis.call('DEL', KEYS[2])
redis.call('HSET', KEYS[2], unpack(ARGV, 4))
if redis.call('ZSCORE', KEYS[1], ARGV[1]) then
  redis.call('ZADD', KEYS[1], ARGV[2], ARGV[1])
else
  redis.call('EXPIRE', KEYS[2], ARGV[3])
end
return 1
