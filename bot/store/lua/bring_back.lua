-- Promises: a headline of a backup has its record and is listed by its time, and its story is known; one that has a record
--   stays as it is.
-- KEYS: 1 the headline's record, 2 headlines by time, 3 rows by time, 4 the log of stories
-- ARGV: 1 when the record ends, in ms, 2 the oldest instant that is listed, in ms, 3 how many entries of the log are kept,
--   4 the host of who tells it, 5 the part of its address that tells a story, 6 … the record's fields and values
if redis.call('EXISTS', KEYS[1]) == 1 then return 0 end
local field = {}
for i = 6, #ARGV, 2 do field[ARGV[i]] = ARGV[i + 1] end
redis.call('HSET', KEYS[1], unpack(ARGV, 6))
redis.call('PEXPIREAT', KEYS[1], ARGV[1])
if tonumber(field.published_at) >= tonumber(ARGV[2]) then
  redis.call('ZADD', KEYS[2], field.published_at, field.id)
  if (field.story or field.id) == field.id then redis.call('ZADD', KEYS[3], field.published_at, field.id) end
end
if field.story then
  redis.call('XADD', KEYS[4], 'MAXLEN', '~', ARGV[3], '*', 'headline', field.id, 'story', field.story,
    'source', field.source ~= '' and field.source or ARGV[4], 'at', field.published_at, 'seen', field.seen_at,
    'title', field.title, 'lang', field.lang or '', 'url', ARGV[5])
end
return 1
