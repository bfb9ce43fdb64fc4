-- Promises, for each chat: what was delivered is not owed any more and known as delivered, and which message told it;
--   what is still owed is due at the instant given, and so is what will be owed until then. What is ticked off is
--   counted by the hour. Of a chat that was forgotten or has moved meanwhile nothing is written.
-- KEYS: 1 the shard's due times, 2 the shard's resting chats
-- ARGV: 1 what the shard's keys begin with, 2 now in ms, 3 how many deliveries are kept, 4 for how long after the last,
--   in seconds, 5 how many messages are kept, 6 for how long, in seconds, then for each chat, parted by spaces: chat, next
--   due in ms, the message or -, and what was delivered, as it was owed, each with a comma and the topic that brought it.
--   A colon and how it was told may follow the message; `o`: with an offer, which is made once. Where ,= follows a topic,
--   it stays in the mailbox, marked so, to be told once more in a digest.
local tag, now = ARGV[1], tonumber(ARGV[2])
local HOUR, HOURS_KEPT = 3600000, 192

-- What is ticked off is counted by the hour: once, however often this comes.
local counted = 0

local function tick_off(chat, due, headlines)
  local mail = tag .. ':mail:' .. chat
  for i, told in ipairs(headlines) do
    local name = string.match(told, '^[^,]+')
    local owed = redis.call('HGET', mail, name)
    if owed and string.sub(owed, -2) ~= ',=' then counted = counted + 1 end
    if string.sub(told, -2) == ',=' then
      if owed and string.sub(owed, -2) ~= ',=' then redis.call('HSET', mail, name, owed .. ',=') end
      headlines[i] = string.sub(told, 1, -3)
    elseif owed then
      redis.call('HDEL', mail, name)
    end
  end
  redis.call('DEL', tag .. ':tries:' .. chat)
  local empty = redis.call('EXISTS', mail) == 0
  if empty then redis.call('ZREM', KEYS[1], chat) else redis.call('ZADD', KEYS[1], due, chat) end
  if redis.call('EXISTS', tag .. ':chat:' .. chat, tag .. ':wishes:' .. chat) == 0 then return false end
  if empty and tonumber(due) > now then redis.call('ZADD', KEYS[2], due, chat) end
  return true
end

local function remember(chat, message, headlines)
  local sent, told = tag .. ':sent:' .. chat, tag .. ':told:' .. chat
  for _, each in ipairs(headlines) do  -- its story and its headline: nothing of the two is told again
    for id in string.gmatch(string.match(each, '^[^,]+'), '[^~]+') do redis.call('ZADD', sent, now, id) end
  end
  if redis.call('ZCARD', sent) > tonumber(ARGV[3]) then redis.call('ZREMRANGEBYRANK', sent, 0, -ARGV[3] - 1) end
  redis.call('EXPIRE', sent, ARGV[4])
  if string.sub(message, -2) == ':o' then redis.call('HSET', tag .. ':chat:' .. chat, 'offered', now) end
  local number = string.match(message, '^%d+')
  if not number then return end
  redis.call('ZADD', told, number, message .. ' ' .. table.concat(headlines, ' '))
  if redis.call('ZCARD', told) > tonumber(ARGV[5]) then redis.call('ZREMRANGEBYRANK', told, 0, -ARGV[5] - 1) end
  redis.call('EXPIRE', told, ARGV[6])
end

for i = 7, #ARGV do
  local chat, due, message, headlines = string.match(ARGV[i], '^(%S+) (%S+) (%S+) (.*)$')
  local told = {}
  for headline in string.gmatch(headlines, '%S+') do told[#told + 1] = headline end
  if tick_off(chat, due, told) then remember(chat, message, told) end
end
if counted > 0 then
  local hours, hour = tag .. ':hours', math.floor(now / HOUR)
  if redis.call('HINCRBY', hours, hour, counted) == counted then  -- the first ones of an hour: old ones go
    for _, each in ipairs(redis.call('HKEYS', hours)) do
      if tonumber(each) <= hour - HOURS_KEPT then redis.call('HDEL', hours, each) end
    end
  end
  redis.call('EXPIRE', hours, HOURS_KEPT * HOUR / 1000)
end
return 1
