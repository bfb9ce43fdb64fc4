-- Promises: never more calls within a second than the bot's limit, nor within a chat's window than the chat's, whoever
--   asks; a call that waits for its answer counts. Nothing is taken for a call unless everything can be taken. Who is
--   answered to may take a place that is free only in a while, so that alerts, which may not, come after.
-- KEYS: 1 the bot's places, by when each is free again, 2 the bot's hold, 3 permits given so far, 4 when the next alert
--   may be sent, 5 how many calls were paid for today
-- ARGV: 1 now in ms, 2 how long a call may wait for its answer, in ms (0: a place is free a second after its use),
--   3 calls a second, 4 the same with those that are paid for, 5 paid calls a day, 6 how far ahead a place may be, in
--   ms, 7 ms between two alerts (0: an answer), 8 ms between two calls in a chat, 9 calls in the window of a person,
--   10 the window in ms, 11 12 the same of a group, 13 … chats (0: none)
-- Answer: for each chat {the permit's number or 0, microseconds to wait, 1 if it is paid for or if the chat is to wait}
local now, flight, ahead, gap = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[6]), tonumber(ARGV[7])
local free, limit, apart = tonumber(ARGV[3]), tonumber(ARGV[4]), tonumber(ARGV[8])
local CHAT, HOLD, DAYS = '{pace}:chat:', '{pace}:hold:', 172800
-- Alerts are spread evenly, but a place that comes late holds up none of those after it: so much may be caught up.
local CATCH_UP = 200

local function micros(span) return math.ceil(span * 1000) end

-- How long the chat has to wait. A call under way may be answered any moment, so it is looked at again soon.
local function chat_waits(chat, most, window)
  local until_, key = tonumber(redis.call('GET', HOLD .. chat) or 0), CHAT .. chat
  redis.call('ZREMRANGEBYSCORE', key, '-inf', now)
  local taken = redis.call('ZRANGE', key, 0, -1, 'WITHSCORES')
  local full = #taken / 2 - most
  if full >= 0 then until_ = math.max(until_, math.min(tonumber(taken[2 * full + 2]), now + window)) end
  if #taken > 0 then until_ = math.max(until_, math.min(tonumber(taken[#taken]) - window, now) + apart) end
  return until_ - now
end

-- When there is a place for one more call, and how many places are taken that must run out for it.
local function place(taken)
  if taken < limit then return now, 0 end
  return tonumber(redis.call('ZRANGE', KEYS[1], taken - limit, taken - limit, 'WITHSCORES')[2]), taken - limit + 1
end

local function take(at, out, chat, window)
  local number = redis.call('INCR', KEYS[3])
  if out > 0 then redis.call('ZREMRANGEBYRANK', KEYS[1], 0, out - 1) end
  redis.call('ZADD', KEYS[1], at + flight + 1000, number)
  if gap > 0 then
    local planned = tonumber(redis.call('GET', KEYS[4]) or 0)
    redis.call('SET', KEYS[4], math.max(planned, at - CATCH_UP) + gap, 'PX', 60000)
  end
  if chat ~= '0' then
    redis.call('ZADD', CHAT .. chat, at + flight + window, number)
    redis.call('PEXPIRE', CHAT .. chat, math.ceil(at + flight + window - now))
  end
  return number
end

redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
redis.call('PEXPIRE', KEYS[1], 120000)
local spent = tonumber(redis.call('GET', KEYS[5]) or 0)
local held = tonumber(redis.call('GET', KEYS[2]) or 0) - now
local answers = {}
for i = 13, #ARGV do
  local chat = ARGV[i]
  local group = string.sub(chat, 1, 1) == '-'
  local window = tonumber(group and ARGV[12] or ARGV[10])
  local wait = chat == '0' and 0 or chat_waits(chat, tonumber(group and ARGV[11] or ARGV[9]), window)
  if wait > 0 then
    answers[#answers + 1] = { 0, micros(wait), 1 }
  else
    if spent >= tonumber(ARGV[5]) then limit = free end
    local taken = redis.call('ZCARD', KEYS[1])
    local at, out = place(taken)
    if gap > 0 then at = math.max(at, tonumber(redis.call('GET', KEYS[4]) or 0)) end
    wait = math.max(held, at - now - ahead)
    if wait > 0 then
      answers[#answers + 1] = { 0, micros(wait), 0 }
    else
      local paid = limit > free and taken >= free
      if paid then
        spent = redis.call('INCR', KEYS[5])
        redis.call('EXPIRE', KEYS[5], DAYS)
      end
      answers[#answers + 1] = { take(at, out, chat, window), micros(at - now), paid and 1 or 0 }
    end
  end
end
return answers
