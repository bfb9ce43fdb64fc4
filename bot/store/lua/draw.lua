-- With: members.lua
-- Promises: a chat that is drawn is not due again before the lease has run out, so no other sender draws it; if its
--   sender dies, it comes back by itself. It is drawn with all that is owed to it, by casts too. Chats that are due come
--   first, in order; then those that casts owe to: of four chats three come from the cast with the fewest left, so that
--   few never wait for many, and one from the oldest. Of a mailbox that has grown too full the newest headlines stay.
-- KEYS: 1 the shard's due times, 2 the shard's resting chats, 3 the shard's casts, 4 how many chats wait for each
-- ARGV: 1 what the shard's keys begin with, 2 now in ms, 3 the lease's end in ms, 4 how many chats at the most, 5 how
--   many headlines a mailbox holds
-- Answer: {when it was due, chat, failed tries, {headline, owed, the wish of its first topic, …}, {{correction, message,
--   {headline, topic, wish, …}}, …}} …
local tag, now, most = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[4])
-- Whom a cast owes to may not want it any more, or have to rest; so many such chats are passed in one draw.
local STEPS = 1000
local drawn = {}

local function owed_in(mailbox)
  local mail, entries = redis.call('HGETALL', mailbox), {}
  for i = 1, #mail, 2 do
    entries[#entries + 1] = { tonumber(string.match(mail[i + 1], '^%d+')), mail[i], mail[i + 1] }
  end
  if #entries > tonumber(ARGV[5]) then
    table.sort(entries, function(one, other) return one[1] > other[1] end)
    for place = #entries, tonumber(ARGV[5]) + 1, -1 do
      redis.call('HDEL', mailbox, entries[place][2])
      entries[place] = nil
    end
  end
  return entries
end

-- The message that told a headline: its number, then headline, topic, wish for all that it told; nil if it is
-- not known any more.
local function message_with(chat, headline)
  for _, told in ipairs(redis.call('ZREVRANGE', tag .. ':told:' .. chat, 0, -1)) do
    if string.find(told, ' ' .. headline .. ',', 1, true) then  -- a topic is told of in alerts, not in lists
      local message, shows = string.match(told, '^(%S+)'), {}
      for each, topic in string.gmatch(told, ' ([^, ]+),([^ ]*)') do
        shows[#shows + 1], shows[#shows + 2] = each, topic
        shows[#shows + 1] = redis.call('HGET', tag .. ':wishes:' .. chat, topic) or ''
      end
      return { message, shows }
    end
  end
end

local function draw(chat, due)
  local mail, wrong = {}, {}
  for _, entry in ipairs(owed_in(tag .. ':mail:' .. chat)) do
    if is_correction(entry[2]) then
      local message = message_with(chat, string.sub(entry[2], 1, -2))
      if message then
        wrong[#wrong + 1] = { entry[2], message[1], message[2] }
      else
        redis.call('HDEL', tag .. ':mail:' .. chat, entry[2])
      end
    else
      local wish = redis.call('HGET', tag .. ':wishes:' .. chat, string.match(entry[3], ',([^,]*)'))
      mail[#mail + 1], mail[#mail + 2], mail[#mail + 3] = entry[2], entry[3], wish or ''
    end
  end
  if #mail + #wrong == 0 then return redis.call('ZREM', KEYS[1], chat) end
  redis.call('ZADD', KEYS[1], ARGV[3], chat)
  drawn[#drawn + 1] = { due, chat, redis.call('GET', tag .. ':tries:' .. chat) or '0', mail, wrong }
end

local function oldest()
  local casts, first = redis.call('HGETALL', KEYS[3])
  for i = 1, #casts, 2 do
    local at = tonumber(string.match(casts[i + 1], '^%d+'))
    if not first or at < first.at then first = { at = at, headline = casts[i] } end
  end
  return first and first.headline
end

local function draw_from(headline, number)
  local at = instant_of(tag, headline)
  local place = redis.call('GETRANGE', tag .. ':roster', number * 8, number * 8 + 7)
  local chat = string.format('%.0f', (struct.unpack('>i8', place)))
  collect(tag, chat, number)
  if redis.call('EXISTS', tag .. ':mail:' .. chat) == 0 or redis.call('ZSCORE', KEYS[1], chat) then return end
  local rests = redis.call('ZSCORE', KEYS[2], chat)
  if rests then redis.call('ZADD', KEYS[1], rests, chat) else draw(chat, at) end
end

redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', now)
local due = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now, 'WITHSCORES', 'LIMIT', 0, most)
for i = 1, #due, 2 do
  local number = number_of(tag, due[i])
  if number then collect(tag, due[i], number) end
  draw(due[i], due[i + 1])
end

for step = 1, STEPS do
  if #drawn >= most then break end
  local headline = (now + step) % 4 == 0 and oldest() or redis.call('ZRANGE', KEYS[4], 0, 0)[1]
  if not headline then break end
  local number = redis.call('BITPOS', tag .. ':cast:' .. headline, 1)
  if number < 0 then  -- counted wrongly once; no bit, no chat
    redis.call('ZADD', KEYS[4], 0, headline)
    sweep(tag)
  else
    draw_from(headline, number)
  end
end
return drawn
