-- Promises: a malformed entry is set aside once, even if it is brought again after a crash.
-- KEYS: 1 the rejected entries
-- ARGV: 1 the entry's id, 2 why, 3 how many are kept, 4 … its fields and values
local at = redis.call('XREVRANGE', KEYS[1], '+', '-', 'COUNT', 100)
for _, kept in ipairs(at) do
  if kept[2][2] == ARGV[1] then return 0 end
end
redis.call('XADD', KEYS[1], 'MAXLEN', ARGV[3], '*', 'entry', ARGV[1], 'reason', ARGV[2], unpack(ARGV, 4))
return 1
