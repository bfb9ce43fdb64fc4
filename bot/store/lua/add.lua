-- Promises: a headline has one record, however often and by whomever it is brought; what is news is in the stream.
--   Answers 'new' for the entry that introduced the headline and 'corrected' for one that changed its title, however
--   often the same entry is brought again; 'known' for everything that tells nothing.
--   A title counts as changed only if the same source says so, never said it before, and said fewer than ten.
-- KEYS: 1 the stream, 2 the headline's record, 3 headlines by time, 4 rows by time, 5 the id by URL
-- ARGV: 1 the stream entry that brings it, or '' to append one, 2 the record's life in seconds,
--   3 '1' if the id was chosen by the publisher, 4 … the headline's fields and values
-- Answer: what it is, and for an entry that was brought the record's fields and values
local brought, life = ARGV[1], ARGV[2]
local pairs_, field = {}, {}
for i = 4, #ARGV, 2 do
  pairs_[i - 3], pairs_[i - 2] = ARGV[i], ARGV[i + 1]
  field[ARGV[i]] = ARGV[i + 1]
end

local function entry()
  if brought ~= '' then return brought end
  return redis.call('XADD', KEYS[1], '*', unpack(pairs_))
end

local function before(one, other)
  local a, b = string.match(one, '^(%d+)%-(%d+)$')
  local c, d = string.match(other, '^(%d+)%-(%d+)$')
  if a == c then return tonumber(b) < tonumber(d) end
  return tonumber(a) < tonumber(c)
end

local first, newest, source, titles = unpack(redis.call('HMGET', KEYS[2], 'first', 'entry', 'source', 'titles'))
local title = string.sub(redis.sha1hex(field.title), 1, 10)
local what = 'known'
if not first then
  local id = entry()
  redis.call('HSET', KEYS[2], 'first', id, 'entry', id, 'titles', title, unpack(pairs_))
  -- Headlines of an older version have no rows yet.
  if redis.call('EXISTS', KEYS[4]) == 0 then redis.call('ZUNIONSTORE', KEYS[4], 1, KEYS[3]) end
  redis.call('ZADD', KEYS[3], field.published_at, field.id)
  redis.call('ZADD', KEYS[4], field.published_at, field.id)
  what = 'new'
elseif brought == first then
  what = 'new'
elseif brought == newest then
  what = 'corrected'
elseif brought ~= '' and before(brought, newest) then
  what = 'known'
elseif field.source == source and not string.find(titles, title, 1, true) and #titles < 10 * 11 - 1 then
  redis.call('HSET', KEYS[2], 'entry', entry(), 'titles', titles .. ' ' .. title,
    'title', field.title, 'summary', field.summary or '')
  if field.text then redis.call('HSET', KEYS[2], 'text', field.text) end
  what = 'corrected'
end
redis.call('EXPIRE', KEYS[2], life)
if ARGV[3] == '1' then redis.call('SET', KEYS[5], field.id, 'EX', life) end
return { what, brought ~= '' and redis.call('HGETALL', KEYS[2]) or {} }
