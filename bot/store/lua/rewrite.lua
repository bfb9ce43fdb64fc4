-- Promises: a hash is as given if it is as it was read, and ends when it would have; else nothing changes.
-- KEYS: 1 the hash
-- ARGV: 1 how many of the following are what was read, 2 … fields and values as read, then as they are to be
-- Answer: 1 it is as given; 0 somebody else was quicker
local read, now = tonumber(ARGV[1]), redis.call('HGETALL', KEYS[1])
if #now ~= read then return 0 end
local was = {}
for i = 2, read, 2 do was[ARGV[i]] = ARGV[i + 1] end
for i = 1, #now, 2 do
  if was[now[i]] ~= now[i + 1] then return 0 end
end
local left = redis.call('PTTL', KEYS[1])
redis.call('DEL', KEYS[1])
redis.call('HSET', KEYS[1], unpack(ARGV, read + 2))
if left >= 0 then redis.call('PEXPIRE', KEYS[1], left) end
return 1
