-- Promises: a key has everything that is given; what it had itself stays, and so does when it ends, if it was there.
-- KEYS: 1 the key
-- ARGV: 1 its type, 2 when it ends, in ms; empty: never, 3 … the value, members, or fields or members with values or scores
local known = redis.call('EXISTS', KEYS[1]) == 1
if ARGV[1] == 'string' then
  redis.call('SET', KEYS[1], ARGV[3], 'NX')
else
  local pair = ARGV[1] ~= 'set'
  for i = 3, #ARGV, pair and 2 or 1 do
    if ARGV[1] == 'hash' then
      redis.call('HSETNX', KEYS[1], ARGV[i], ARGV[i + 1])
    elseif ARGV[1] == 'zset' then
      redis.call('ZADD', KEYS[1], 'NX', ARGV[i + 1], ARGV[i])
    else
      redis.call('SADD', KEYS[1], ARGV[i])
    end
  end
end
if not known and ARGV[2] ~= '' then redis.call('PEXPIREAT', KEYS[1], ARGV[2]) end
return 1
