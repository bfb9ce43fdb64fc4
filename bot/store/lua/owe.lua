-- Promises: every chat of the shard that wants one of the topics has the headline in its mailbox, with each of the
--   topics that brought it, unless it was told already. A chat that waits keeps its due time; one that was written to
--   a moment ago is due when it may be written to again; any other is due now. Owing twice is owing once.
-- KEYS: 1 the shard's due times, 2 the shard's resting chats
-- ARGV: 1 what the shard's keys begin with, 2 headline, 3 now in ms, 4 … topics
-- Answer: how many chats it was owed to
local tag, headline, now = ARGV[1], ARGV[2], ARGV[3]
local rest = redis.call('ZRANGEBYSCORE', KEYS[2], '(' .. now, '+inf', 'WITHSCORES')
local free = {}
for i = 1, #rest, 2 do free[rest[i]] = rest[i + 1] end

-- Due times are set some hundred at a time, in one call; before the script ends all of them are.
local due, owed = {}, 0
local function set_due()
  if #due > 0 then redis.call('ZADD', KEYS[1], 'NX', unpack(due)) end
  due = {}
end

for i = 4, #ARGV do
  local topic = ARGV[i]
  for _, chat in ipairs(redis.call('SMEMBERS', tag .. ':topic:' .. topic)) do
    local mail = tag .. ':mail:' .. chat
    if redis.call('ZSCORE', tag .. ':sent:' .. chat, headline) then
      -- told already
    elseif redis.call('HSETNX', mail, headline, now .. ' ' .. topic) == 1 then
      due[#due + 1], due[#due + 2] = free[chat] or now, chat
      owed = owed + 1
      if #due >= 1000 then set_due() end
    else
      local known = redis.call('HGET', mail, headline)
      if not string.find(string.gsub(known, ' ', ',') .. ',', ',' .. topic .. ',', 1, true) then
        redis.call('HSET', mail, headline, known .. ',' .. topic)
      end
    end
  end
end
set_due()
return owed
