-- With: groups.lua
-- Promises: tells which entries of the stream nobody has finished with: those behind one, and some before it.
-- KEYS: 1 the stream
-- ARGV: 1 group, 2 how many at the most of those before
-- Answer: the last entry that was given to anybody, and the entries up to it that are in somebody's hands
if redis.call('EXISTS', KEYS[1]) == 0 then return { '0-0', {} } end
local group, held = group_of(KEYS[1], ARGV[1]), {}
if not group then return { '0-0', held } end
for _, each in ipairs(redis.call('XPENDING', KEYS[1], ARGV[1], '-', '+', ARGV[2])) do held[#held + 1] = each[1] end
return { group['last-delivered-id'], held }
