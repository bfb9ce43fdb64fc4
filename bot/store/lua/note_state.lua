-- Promises: each source's state is as given and nothing else; it is due when the state says, if it is still watched; its
--   host may be asked from the given time on.
-- KEYS: 1 due times, 2 the sources' hosts, 3 hosts by when they may be asked
-- ARGV: 1 what the keys of states begin with, 2 how long the state of an unwatched source is kept, in seconds, 3 the
--   field that a state stands in, 4 … of each poll: name, due in ms, the host that is asked next, when the host that was
--   asked is free, in ms, the state
for i = 4, #ARGV, 5 do
  local name, due, host, free, state = unpack(ARGV, i, i + 4)
  local key = ARGV[1] .. name
  redis.call('ZADD', KEYS[3], free, redis.call('HGET', KEYS[2], name) or host)
  redis.call('DEL', key)
  redis.call('HSET', key, ARGV[3], state)
  if redis.call('ZSCORE', KEYS[1], name) then
    redis.call('ZADD', KEYS[1], due, name)
    redis.call('HSET', KEYS[2], name, host)
  else
    redis.call('EXPIRE', key, ARGV[2])
  end
end
return 1
