-- Promises: no change after the position is left out; nil if some were trimmed away, or the stream is another one.
-- KEYS: 1 changes
-- ARGV: 1 position, 2 how many at the most, 3 how many changes are kept
local count = tonumber(ARGV[2])
if ARGV[1] == '0-0' then
  if redis.call('XLEN', KEYS[1]) >= tonumber(ARGV[3]) then return false end
  return redis.call('XRANGE', KEYS[1], '-', '+', 'COUNT', count)
end
local entries = redis.call('XRANGE', KEYS[1], ARGV[1], '+', 'COUNT', count + 1)
if #entries == 0 or entries[1][1] ~= ARGV[1] then return false end
table.remove(entries, 1)
return entries
