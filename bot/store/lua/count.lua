-- Promises: one more is counted, and the count ends by itself.
-- KEYS: 1 the count
-- ARGV: 1 for how long it is kept, in ms
-- Answer: how many there are now
local count = redis.call('INCR', KEYS[1])
if count == 1 then redis.call('PEXPIRE', KEYS[1], ARGV[1]) end
return count
