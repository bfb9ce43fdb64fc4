-- Promises: never more calls within a window than its limit, whoever asks; a call that waits for its answer counts.
--   Nothing is taken unless everything can be taken.
-- KEYS: 1 the bot's window, 2 the chat's window, 3 the bot's hold, 4 the chat's hold, 5 permits given so far
-- ARGV: 1 now in ms, 2 how long a call may wait for its answer, in ms, 3 the bot's calls a second, 4 ms between two
--   calls in the chat, 5 calls in the chat's window (0: no chat), 6 the chat's window in ms
-- Answer: the permit's number or 0, and how long to wait before asking again, in ms
local now, flight, per_second = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local apart, per_window, window = tonumber(ARGV[4]), tonumber(ARGV[5]), tonumber(ARGV[6])
local wait = 0

local function wait_until(instant) wait = math.max(wait, instant - now) end

-- A call under way may be answered any moment, so its place is looked at again one span later at the most.
local function within(key, limit, span)
  redis.call('ZREMRANGEBYSCORE', key, '-inf', now)
  local taken = redis.call('ZCARD', key)
  if taken < limit then return end
  local free = redis.call('ZRANGE', key, taken - limit, taken - limit, 'WITHSCORES')[2]
  wait_until(math.min(tonumber(free), now + span))
end

wait_until(tonumber(redis.call('GET', KEYS[3]) or 0))
within(KEYS[1], per_second, 1000)
if per_window > 0 then
  wait_until(tonumber(redis.call('GET', KEYS[4]) or 0))
  within(KEYS[2], per_window, window)
  local last = redis.call('ZRANGE', KEYS[2], -1, -1, 'WITHSCORES')[2]
  if last then wait_until(math.min(tonumber(last) - window + apart, now + apart)) end
end
if wait > 0 then return { 0, wait } end

local number = redis.call('INCR', KEYS[5])
redis.call('ZADD', KEYS[1], now + flight + 1000, number)
redis.call('PEXPIRE', KEYS[1], 120000)
if per_window > 0 then
  redis.call('ZADD', KEYS[2], now + flight + window, number)
  redis.call('PEXPIRE', KEYS[2], 120000)
end
return { number, 0 }
