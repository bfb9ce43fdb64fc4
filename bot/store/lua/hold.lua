-- Promises: silence until the instant given, or until a later one that was asked for before.
-- KEYS: 1 the hold
-- ARGV: 1 until in ms, 2 how long that is from now, in ms
if tonumber(redis.call('GET', KEYS[1]) or 0) < tonumber(ARGV[1]) then
  redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
end
return 1
