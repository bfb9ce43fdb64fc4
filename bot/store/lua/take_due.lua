-- Promises: a source that is taken is not due again before the lease has run out, so no other poller asks it; if its
--   poller dies, it is due again by itself.
-- KEYS: 1 due times
-- ARGV: 1 now in ms, 2 how many at the most, 3 the lease's end in ms
local names = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', ARGV[1], 'LIMIT', 0, ARGV[2])
for _, name in ipairs(names) do redis.call('ZADD', KEYS[1], ARGV[3], name) end
return names
