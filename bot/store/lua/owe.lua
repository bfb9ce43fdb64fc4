-- Promises: every chat of the shard that wants one of the topics has the headline in its mailbox, with each of the
--   topics that brought it, unless it was told already. A chat that waits keeps its due time; one that was written to
--   a moment ago is due when it may be written to again; any other is due now. Owing twice is owing once.
-- KEYS: 1 the shard's due times, 2 the shard's resting chats
-- ARGV: 1 what the shard's keys begin with, 2 headline, 3 now in ms, 4 how many headlines a mailbox holds, 5 … topics
-- Answer: how many chats it was owed to
local tag, headline, now, most = ARGV[1], ARGV[2], ARGV[3], tonumber(ARGV[4])

local function drop_oldest(mail)
  local oldest, at
  local owed = redis.call('HGETALL', mail)
  for i = 1, #owed, 2 do
    local instant = tonumber(string.match(owed[i + 1], '^%d+'))
    if owed[i] ~= headline and (not at or instant < at) then oldest, at = owed[i], instant end
  end
  redis.call('HDEL', mail, oldest)
end

local owed = 0
for i = 5, #ARGV do
  local topic = ARGV[i]
  for _, chat in ipairs(redis.call('SMEMBERS', tag .. ':topic:' .. topic)) do
    local mail = tag .. ':mail:' .. chat
    local known = redis.call('HGET', mail, headline)
    if known then
      local topics = string.match(known, ' (.*)$')
      if not string.find(',' .. topics .. ',', ',' .. topic .. ',', 1, true) then
        redis.call('HSET', mail, headline, known .. ',' .. topic)
      end
    elseif not redis.call('ZSCORE', tag .. ':sent:' .. chat, headline) then
      redis.call('HSET', mail, headline, now .. ' ' .. topic)
      if redis.call('HLEN', mail) > most then drop_oldest(mail) end
      local free = redis.call('ZSCORE', KEYS[2], chat)
      redis.call('ZADD', KEYS[1], 'NX', free and math.max(tonumber(free), tonumber(now)) or now, chat)
      owed = owed + 1
    end
  end
end
return owed
