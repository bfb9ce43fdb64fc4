-- Promises: the stream and the indexes by time keep what is young enough, up to a length, and the stream keeps
--   everything that our group has not acknowledged, up to four times the length (options.KEPT_UNREAD); beyond that the
--   oldest go unread.
-- KEYS: 1 the stream, 2 headlines by time, 3 rows by time
-- ARGV: 1 group, 2 the oldest instant that is kept, in ms, 3 how many are kept, 4 how long a consumer may be idle, in ms
for _, index in ipairs({ KEYS[2], KEYS[3] }) do
  redis.call('ZREMRANGEBYSCORE', index, '-inf', '(' .. ARGV[2])
  redis.call('ZREMRANGEBYRANK', index, 0, -ARGV[3] - 1)
end
if redis.call('EXISTS', KEYS[1]) == 0 then return 0 end
local length = tonumber(ARGV[3])
redis.call('XTRIM', KEYS[1], 'MAXLEN', 4 * length)

local function later(id, other)
  local a, b = string.match(id, '^(%d+)%-?(%d*)$')
  local c, d = string.match(other, '^(%d+)%-?(%d*)$')
  if a == c then return (tonumber(b) or 0) > (tonumber(d) or 0) end
  return tonumber(a) > tonumber(c)
end

for _, info in ipairs(redis.call('XINFO', 'GROUPS', KEYS[1])) do
  local group = {}
  for i = 1, #info, 2 do group[info[i]] = info[i + 1] end
  if group.name == ARGV[1] then
    local open = group['last-delivered-id']
    if group.pending > 0 then open = redis.call('XPENDING', KEYS[1], ARGV[1])[2] end
    redis.call('XTRIM', KEYS[1], 'MINID', later(ARGV[2], open) and open or ARGV[2])
    local excess = redis.call('XLEN', KEYS[1]) - length
    if excess > 0 then redis.call('XTRIM', KEYS[1], 'MINID', '~', open, 'LIMIT', excess) end
    for _, consumer in ipairs(redis.call('XINFO', 'CONSUMERS', KEYS[1], ARGV[1])) do
      if consumer[4] == 0 and consumer[6] > tonumber(ARGV[4]) then
        redis.call('XGROUP', 'DELCONSUMER', KEYS[1], ARGV[1], consumer[2])
      end
    end
  end
end
return 0
