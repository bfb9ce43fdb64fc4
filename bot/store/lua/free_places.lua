-- Promises: a place is free again a second (in a chat: a window) after the call that took it can have been counted by
--   Telegram at the latest. Telegram counts when a call arrives, and an answer needs its time for the way, both ways: as
--   the next call needs some of it too, the shortest time that any call has taken lately goes off.
-- KEYS: 1 the bot's places, by when each is free again, 2 the shortest answers
-- ARGV: 1 what the keys of chats begin with, then for each call, parted by spaces: its permit's number, when it was
--   answered in ms, how long that took in ms (-1: it was not answered), chat (0: none), the chat's window in ms
-- A shortest time that few answers tell of may not be the shortest; 100 draws from 20 to 40 ms show less than 20.3.
local MARGIN, EPOCH, ENOUGH = 0.9, 60000, 100
local known = redis.call('HMGET', KEYS[2], 'epoch', 'now', 'before', 'seen')
local epoch, shortest, before, seen = tonumber(known[1] or 0), tonumber(known[2]), tonumber(known[3]), tonumber(known[4] or 0)

local function learn(at, took)
  if math.floor(at / EPOCH) ~= epoch then
    epoch, before, shortest = math.floor(at / EPOCH), shortest, nil
  end
  shortest, seen = math.min(shortest or took, took), seen + 1
end

local function least()
  if seen < ENOUGH then return 0 end
  return MARGIN * math.min(shortest or before, before or shortest)
end

for i = 2, #ARGV do
  local number, at, took, chat, window = string.match(ARGV[i], '(%S+) (%S+) (%S+) (%S+) (%S+)')
  at, took = tonumber(at), tonumber(took)
  if took >= 0 then
    learn(at, took)
    at = at - math.min(least(), took)
  end
  redis.call('ZADD', KEYS[1], 'XX', at + 1000, number)
  if chat ~= '0' then redis.call('ZADD', ARGV[1] .. chat, 'XX', at + tonumber(window), number) end
end
if shortest then
  redis.call('HSET', KEYS[2], 'epoch', epoch, 'now', shortest, 'seen', seen)
  if before then redis.call('HSET', KEYS[2], 'before', before) end
  redis.call('PEXPIRE', KEYS[2], 2 * EPOCH)
end
return 1
