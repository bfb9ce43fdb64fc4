-- With: groups.lua
-- Promises: tells how long the stream is, and how many of its entries our group has not acknowledged.
-- KEYS: 1 the stream
-- ARGV: 1 group, 2 how many unread ones are counted at the most where the server does not know: before Redis 7, and
--   after somebody deleted entries
if redis.call('EXISTS', KEYS[1]) == 0 then return { 0, 0 } end
local length = redis.call('XLEN', KEYS[1])
local group = group_of(KEYS[1], ARGV[1])
if not group then return { length, length } end
local unread = group.lag
if not unread then
  unread = #redis.call('XRANGE', KEYS[1], '(' .. group['last-delivered-id'], '+', 'COUNT', ARGV[2])
end
return { length, group.pending + unread }
