-- Promises: each headline tells one story for ever, and all processes know the same: what the caller has decided counts
--   only if it had seen everything that was decided before, else nothing is written and it is told what it missed. A
--   headline whose story is known already keeps it. The record of a story's first headline says who tells it, each source
--   once; a headline that tells an older one's story is no row of its own in lists.
-- KEYS: 1 the log of stories, 2 rows by time
-- ARGV: 1 what the keys of records begin with, 2 the last entry of the log that the caller knows, 3 how many entries are
--   kept, 4 how many tellings of a story are kept, then for each headline: id, story, source, host, at in ms,
--   seen at in ms, title, lang, address
-- Answer: {the log's last entry, {story, tellings} … for each headline}, or, where entries were missed,
--   {'missed', the log's last entry, {entry, {field, value, …}} …}
local MISSED_AT_ONCE = 5000

local function last_entry()
  local newest = redis.call('XREVRANGE', KEYS[1], '+', '-', 'COUNT', 1)[1]
  return newest and newest[1] or '0-0'
end

local last = last_entry()
if last ~= ARGV[2] then
  return { 'missed', last, redis.call('XRANGE', KEYS[1], '(' .. ARGV[2], '+', 'COUNT', MISSED_AT_ONCE) }
end

-- The line that says who tells the story, with this source if it is a new one.
local function told_by(story, source, host, at, headline)
  local record = ARGV[1] .. story
  local tellings = redis.call('HGET', record, 'tellings') or ''
  local _, known = string.gsub(tellings, '\n', '')
  if string.find('\n' .. tellings, '\n' .. source .. ' ', 1, true) or known >= tonumber(ARGV[4]) then return tellings end
  tellings = tellings .. source .. ' ' .. host .. ' ' .. at .. ' ' .. headline .. '\n'
  if redis.call('EXISTS', record) == 1 then redis.call('HSET', record, 'tellings', tellings) end
  return tellings
end

local answer = { '' }
for i = 5, #ARGV, 9 do
  local headline, story, source, host, at, seen, title, lang, url = unpack(ARGV, i, i + 8)
  local record = ARGV[1] .. headline
  local known = redis.call('HGET', record, 'story')
  if not known then
    redis.call('XADD', KEYS[1], 'MAXLEN', '~', ARGV[3], '*', 'headline', headline, 'story', story, 'source', source,
      'at', at, 'seen', seen, 'title', title, 'lang', lang, 'url', url)
    if redis.call('EXISTS', record) == 1 then redis.call('HSET', record, 'story', story) end
    if story ~= headline then redis.call('ZREM', KEYS[2], headline) end
  end
  answer[#answer + 1] = { known or story, told_by(known or story, source, host, at, headline) }
end
answer[1] = last_entry()
return answer
