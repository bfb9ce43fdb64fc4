-- With: members.lua
-- Promises: the chat has everything that another had: what it wants, what is owed to it, what it was told. What it
--   had itself stays, but that the older of both was here first, and adopting the same again changes nothing.
-- KEYS: 1 the chat, 2 its wishes, 3 the mailbox, 4 the headlines delivered, 5 the rows last shown,
--   6 the shard's chats, 7 the shard's due times
-- ARGV: 1 chat, 2 what the shard's keys begin with, 3 now in ms, 4 how long rows are kept as shown, in seconds, 5 how long
--   what was delivered, 6 the rows last shown, 7 8 9 10 how many of the following are the other's chat, wishes, mail,
--   delivered; 11 … these
local at = 11
local function each(place, what)
  local after = at + tonumber(ARGV[place])
  for i = at, after - 1, 2 do what(ARGV[i], ARGV[i + 1]) end
  at = after
end

-- Who was here first tells since when, and whose language it is.
local since, elder = redis.call('HGET', KEYS[1], 'since'), false
each(7, function(field, value)
  if field == 'since' then elder = not since or tonumber(value) <= tonumber(since) end
end)
at = 11
each(7, function(field, value)
  local own = field == 'gone' or field == 'reason' or field == 'paused' or field == 'warned' or field == 'held'
  if elder and (field == 'since' or field == 'lang') then redis.call('HSET', KEYS[1], field, value) end
  if not own and field ~= 'number' then redis.call('HSETNX', KEYS[1], field, value) end
end)
redis.call('HDEL', KEYS[1], 'gone', 'reason')
each(8, function(topic, wish) redis.call('HSETNX', KEYS[2], topic, wish) end)
redis.call('PERSIST', KEYS[1])
redis.call('PERSIST', KEYS[2])
for _, topic in ipairs(redis.call('HKEYS', KEYS[2])) do join(ARGV[2], topic, numbered(ARGV[2], ARGV[1])) end
local mail = {}
each(9, function(headline, owed) mail[#mail + 1] = { headline, owed } end)
each(10, function(headline, instant) redis.call('ZADD', KEYS[4], 'NX', instant, headline) end)
if redis.call('TTL', KEYS[4]) < 0 then redis.call('EXPIRE', KEYS[4], ARGV[5]) end
for _, owed in ipairs(mail) do
  if not redis.call('ZSCORE', KEYS[4], story_of(owed[1])) then redis.call('HSETNX', KEYS[3], owed[1], owed[2]) end
end
if redis.call('EXISTS', KEYS[3]) == 1 and redis.call('ZADD', KEYS[7], 'NX', ARGV[3], ARGV[1]) == 0 then
  stir(ARGV[2], ARGV[1], ARGV[3])
end
if ARGV[6] ~= '' then redis.call('SET', KEYS[5], ARGV[6], 'EX', ARGV[4], 'NX') end
redis.call('SADD', KEYS[6], ARGV[1])
return 1
