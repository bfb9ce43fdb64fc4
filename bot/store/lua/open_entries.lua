-- Promises: tells which entries of the stream nobody has finished with: those behind one, and some before it.
-- KEYS: 1 the stream
-- ARGV: 1 group, 2 how many at the most of those before
-- Answer: the last entry that was given to anybody, and the entries up to it that are in somebody's hands
if redis.call('EXISTS', KEYS[1]) == 0 then return { '0-0', {} } end
for _, info in ipairs(redis.call('XINFO', 'GROUPS', KEYS[1])) do
  local group = {}
  for i = 1, #info, 2 do group[info[i]] = info[i + 1] end
  if group.name == ARGV[1] then
    local held = {}
    for _, each in ipairs(redis.call('XPENDING', KEYS[1], ARGV[1], '-', '+', ARGV[2])) do held[#held + 1] = each[1] end
    return { group['last-delivered-id'], held }
  end
end
return { '0-0', {} }
