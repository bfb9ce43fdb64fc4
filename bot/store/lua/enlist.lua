-- Promises: exactly the named sources are watched. Newcomers are due now; the others keep their due time; who is not
--   named is due never, and its state is kept for a while.
-- KEYS: 1 due times, 2 the sources' hosts
-- ARGV: 1 what the keys of states begin with, 2 now in ms, 3 how long a state is kept, in seconds, 4 … name, host
local named = {}
for i = 4, #ARGV, 2 do
  named[ARGV[i]] = true
  redis.call('HSETNX', KEYS[2], ARGV[i], ARGV[i + 1])
  if redis.call('ZADD', KEYS[1], 'NX', ARGV[2], ARGV[i]) == 1 then redis.call('PERSIST', ARGV[1] .. ARGV[i]) end
end
for _, name in ipairs(redis.call('ZRANGE', KEYS[1], 0, -1)) do
  if not named[name] then
    redis.call('ZREM', KEYS[1], name)
    redis.call('HDEL', KEYS[2], name)
    redis.call('EXPIRE', ARGV[1] .. name, ARGV[3])
  end
end
return 1
