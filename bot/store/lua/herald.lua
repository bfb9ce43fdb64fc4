-- Promises: one process at a time sends the announcement; if it dies, another one takes over when the lease has run out.
-- KEYS: 1 who sends it
-- ARGV: 1 who asks, 2 the lease in ms
-- Answer: 1 who asks is the one
local holder = redis.call('GET', KEYS[1])
if holder and holder ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 1
