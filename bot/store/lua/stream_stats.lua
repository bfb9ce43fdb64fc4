-- Promises: tells how long the stream is, and how many of its entries our group has not acknowledged.
-- KEYS: 1 the stream
-- ARGV: 1 group, 2 how many unread ones are counted at the most where the server does not know: before Redis 7, and
--   after somebody deleted entries
if redis.call('EXISTS', KEYS[1]) == 0 then return { 0, 0 } end
local length = redis.call('XLEN', KEYS[1])
for _, info in ipairs(redis.call('XINFO', 'GROUPS', KEYS[1])) do
  local group = {}
  for i = 1, #info, 2 do group[info[i]] = info[i + 1] end
  if group.name == ARGV[1] then
    local unread = group.lag
    if not unread then
      unread = #redis.call('XRANGE', KEYS[1], '(' .. group['last-delivered-id'], '+', 'COUNT', ARGV[2])
    end
    return { length, group.pending + unread }
  end
end
return { length, length }
