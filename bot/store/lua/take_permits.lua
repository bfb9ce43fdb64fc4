-- Promises: never more calls within a second than the bot's limit, nor within a chat's window than the chat's, whoever
--   asks; a call that waits for its answer counts. Nothing is taken for a call unless everything can be taken. Who is
--   answered to may take a place that is free only in a while, so that alerts, which may not, come after.
-- KEYS: 1 the bot's places, by when each is free again, 2 the bot's hold, 3 permits asked for so far, 4 when the next alert
--   may be sent, 5 how many calls were paid for today
-- ARGV: 1 now in ms, 2 how long a call may wait for its answer, in ms (0: a place is free a second after its use),
--   3 calls a second, 4 the same with those that are paid for, 5 paid calls a day, 6 how far ahead a place may be, in
--   ms, 7 ms over which alerts are spread (0: an answer), 8 ms between two calls in a chat, 9 calls in the window of a person,
--   10 the window in ms, 11 12 the same of a group, 13 chats, parted by spaces (0: none)
-- Answer: for each chat {the permit's number or 0, microseconds to wait, 1 if it is paid for or if the chat is to wait}
local now, flight, ahead, spread = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[6]), tonumber(ARGV[7])
local free, limit, apart = tonumber(ARGV[3]), tonumber(ARGV[4]), tonumber(ARGV[8])
local CHAT, HOLD, DAYS = '{pace}:chat:', '{pace}:hold:', 172800
-- Alerts are spread evenly, so that the next place is never far when a person asks: what leaves in a burst comes free in a
-- burst, a second later and for ever. A place that comes a little late holds up none of those after it all the same.
local CATCH_UP = 40
-- A call under way may be answered any moment: whoever waits for its place is to look again by then.
local SOON = 100

local function micros(span) return math.ceil(span * 1000) end

-- How long the chat has to wait; calls that have run out are swept when there are many.
local function chat_waits(chat, most, window)
  local until_, key, times = tonumber(redis.call('GET', HOLD .. chat) or 0), CHAT .. chat, {}
  local calls = redis.call('ZRANGE', key, 0, -1, 'WITHSCORES')
  for i = 2, #calls, 2 do
    if tonumber(calls[i]) > now then times[#times + 1] = tonumber(calls[i]) end
  end
  if #calls > 2 * most then redis.call('ZREMRANGEBYSCORE', key, '-inf', now) end
  local full = #times - most
  if full >= 0 then until_ = math.max(until_, math.min(times[full + 1], now + window)) end
  if #times > 0 then until_ = math.max(until_, math.min(times[#times] - window, now) + apart) end
  return until_ - now
end

redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
local taken = redis.call('ZCARD', KEYS[1])
local planned = tonumber(redis.call('GET', KEYS[4]) or 0)
local held = tonumber(redis.call('GET', KEYS[2]) or 0) - now
local spent = tonumber(redis.call('GET', KEYS[5]) or 0)
local chats = {}
for chat in string.gmatch(ARGV[13], '%S+') do chats[#chats + 1] = chat end
local number = redis.call('INCRBY', KEYS[3], #chats) - #chats

-- When there is a place for one more call, and how many places that are taken ahead of time go out with it.
local function place()
  local excess = taken - limit
  if excess < 0 then return now, 0 end
  return tonumber(redis.call('ZRANGE', KEYS[1], excess, excess, 'WITHSCORES')[2]), excess + 1
end

local function take(at, out, chat, window)
  number = number + 1
  if out > 0 then redis.call('ZREMRANGEBYRANK', KEYS[1], 0, out - 1) end
  redis.call('ZADD', KEYS[1], at + flight + 1000, number)
  taken = taken - out + 1
  if spread > 0 then planned = (planned > at - CATCH_UP and planned or at) + spread / limit end
  if chat ~= '0' then
    redis.call('ZADD', CHAT .. chat, at + flight + window, number)
    redis.call('PEXPIRE', CHAT .. chat, math.ceil(at + flight + window - now))
  end
  return number
end

local function ask(chat)
  local group = string.sub(chat, 1, 1) == '-'
  local window = tonumber(group and ARGV[12] or ARGV[10])
  local wait = chat == '0' and 0 or chat_waits(chat, tonumber(group and ARGV[11] or ARGV[9]), window)
  if wait > 0 then return { 0, micros(wait), 1 } end
  if held > 0 then return { 0, micros(held), 0 } end
  if spent >= tonumber(ARGV[5]) then limit = free end
  local paid = limit > free and taken >= free
  local at, out = place()
  if spread > 0 then at = math.max(at, planned) end
  if at - now > ahead then return { 0, micros(math.min(at - now - ahead, SOON)), 0 } end
  if paid then spent = spent + 1 end
  return { take(at, out, chat, window), micros(at - now), paid and 1 or 0 }
end

local answers, before = {}, spent
for i, chat in ipairs(chats) do answers[i] = ask(chat) end
redis.call('PEXPIRE', KEYS[1], 120000)
if spread > 0 then redis.call('SET', KEYS[4], planned, 'PX', 60000) end
if spent > before then
  redis.call('INCRBY', KEYS[5], spent - before)
  redis.call('EXPIRE', KEYS[5], DAYS)
end
return answers
