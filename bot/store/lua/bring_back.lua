-- With: groups.lua
-- Promises: a headline of a backup has its record, is listed by its time and found by who reads along in the stream, and
--   its story is known; it is told to nobody. One that has a record stays as it is.
-- KEYS: 1 the headline's record, 2 headlines by time, 3 rows by time, 4 the log of stories, 5 the stream
-- ARGV: 1 when the record ends, in ms, 2 the oldest instant that is listed, in ms, 3 how many entries of the log are kept,
--   4 the host of who tells it, 5 the part of its address that tells a story, 6 the group that works off the stream, 7 … the
--   record's fields and values
if redis.call('EXISTS', KEYS[1]) == 1 then return 0 end
local field = {}

-- Whether the group has been given everything there is, so that it need not be given what comes now.
local function is_idle()
  if redis.call('EXISTS', KEYS[5]) == 0 then
    redis.call('XGROUP', 'CREATE', KEYS[5], ARGV[6], '$', 'MKSTREAM')
    return true
  end
  local last = redis.call('XREVRANGE', KEYS[5], '+', '-', 'COUNT', 1)[1]
  local group = group_of(KEYS[5], ARGV[6])
  return group and (not last or group['last-delivered-id'] == last[1])
end

-- What our own keys say of a headline stands in no entry. An entry that is given to the group all the same tells it
-- nothing: lua/add.lua knows the record by another entry.
local OURS = { first = true, entry = true, titles = true, story = true, tellings = true }
local function append()
  local told = {}
  for name, value in pairs(field) do
    if not OURS[name] then told[#told + 1], told[#told + 2] = name, value end
  end
  local idle = is_idle()
  local id = redis.call('XADD', KEYS[5], '*', unpack(told))
  if idle then redis.call('XGROUP', 'SETID', KEYS[5], ARGV[6], id) end
end

for i = 7, #ARGV, 2 do field[ARGV[i]] = ARGV[i + 1] end
redis.call('HSET', KEYS[1], unpack(ARGV, 7))
redis.call('PEXPIREAT', KEYS[1], ARGV[1])
if tonumber(field.published_at) >= tonumber(ARGV[2]) then
  redis.call('ZADD', KEYS[2], field.published_at, field.id)
  if (field.story or field.id) == field.id then redis.call('ZADD', KEYS[3], field.published_at, field.id) end
  append()
end
if field.story then
  redis.call('XADD', KEYS[4], 'MAXLEN', '~', ARGV[3], '*', 'headline', field.id, 'story', field.story,
    'source', field.source ~= '' and field.source or ARGV[4], 'at', field.published_at, 'seen', field.seen_at,
    'title', field.title, 'lang', field.lang or '', 'url', ARGV[5])
end
return 1
