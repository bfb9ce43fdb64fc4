-- Promises: tells how long the stream is, and how many of its entries our group has not acknowledged.
-- KEYS: 1 the stream
-- ARGV: 1 group
if redis.call('EXISTS', KEYS[1]) == 0 then return { 0, 0 } end
local length = redis.call('XLEN', KEYS[1])
for _, info in ipairs(redis.call('XINFO', 'GROUPS', KEYS[1])) do
  local group = {}
  for i = 1, #info, 2 do group[info[i]] = info[i + 1] end
  if group.name == ARGV[1] then
    return { length, group.pending + (group.lag or length) }
  end
end
return { length, length }
