-- Promises: counts the shard's chats that hear announcements; and, where asked to, owes one to those of them that it is
--   for, exactly to them: what was owed before is forgotten.
-- KEYS: 1 the shard's chats, 2 the chats that an announcement is owed to, 3 how it went so far
-- ARGV: 1 what the shard's keys begin with, 2 'owe' or 'count', 3 the only language, empty: all, 4 '1': channels too,
--   5 for how long it may take, in seconds, 6 … the languages that we speak; whoever reads another is spoken to in English
-- Answer: kind and language, parted by a space, and how many chats there are of them, …
local spoken, counts, owed = {}, {}, {}
for i = 6, #ARGV do spoken[ARGV[i]] = true end
for _, chat in ipairs(redis.call('SMEMBERS', KEYS[1])) do
  local about = redis.call('HMGET', ARGV[1] .. ':chat:' .. chat, 'kind', 'lang', 'choices')
  local choices = about[3] and about[3] ~= '' and cjson.decode(about[3]) or {}
  local lang = choices.lang or about[2] or ''
  if not spoken[lang] then lang = 'en' end
  if about[1] and choices.announcements ~= false then
    local what = about[1] .. ' ' .. lang
    counts[what] = (counts[what] or 0) + 1
    if (ARGV[3] == '' or ARGV[3] == lang) and (ARGV[4] == '1' or about[1] ~= 'channel') then owed[#owed + 1] = chat end
  end
end
if ARGV[2] == 'owe' then
  redis.call('DEL', KEYS[2], KEYS[3])
  for _, chat in ipairs(owed) do redis.call('SADD', KEYS[2], chat) end
  redis.call('EXPIRE', KEYS[2], ARGV[5])
end
local answer = {}
for what, count in pairs(counts) do
  answer[#answer + 1] = what
  answer[#answer + 1] = count
end
return answer
