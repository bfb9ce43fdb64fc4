-- With: members.lua
-- Promises: a chat that is drawn is not due again before the lease has run out, so no other sender draws it; if its
--   sender dies, it comes back by itself. It is drawn with all that is owed to it, by casts too. Chats that are due come
--   first, in order; then those that casts owe to: of four chats three come from the cast with the fewest left, so that
--   few never wait for many, and one from the oldest; corrections come after what is new. Of a mailbox that has grown too full the newest headlines stay.
-- KEYS: 1 the shard's due times, 2 the shard's resting chats, 3 the shard's casts, 4 how many chats wait for each
-- ARGV: 1 what the shard's keys begin with, 2 now in ms, 3 the lease's end in ms, 4 how many chats at the most, 5 how
--   many headlines a mailbox holds, 6 how much must be told in a day that somebody asks when it was
-- Answer: {when it was due, chat, failed tries, {headline, owed, the wish of its first topic, …}, {{correction, message,
--   [how], {headline, topic, wish, …}}, …}, {language, choices}, {instant at which it was told something, …}, kind} …, a correction
--   with the instant from which it is owed, parted by a space; `how` is what lua/settle.lua was told of the message
local tag, now, most = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[4])
-- Whom a cast owes to may not want it any more, or have to rest; so many such chats are passed in one draw.
local STEPS = 1000
local casts, drawn = casts_of(tag), {}

-- The newest entries of a mailbox, as many as it holds: {instant, headline, owed} …
local function newest(chat, mail)
  local entries = {}
  for headline, owed in pairs(mail) do
    entries[#entries + 1] = { tonumber(string.match(owed, '^%d+')), headline, owed }
  end
  if #entries > tonumber(ARGV[5]) then
    table.sort(entries, function(one, other) return one[1] > other[1] end)
    for place = #entries, tonumber(ARGV[5]) + 1, -1 do
      redis.call('HDEL', tag .. ':mail:' .. chat, entries[place][2])
      entries[place] = nil
    end
  end
  return entries
end

-- Whether a message told what is corrected: a story (with whichever headline), or one headline of it. In alerts a
-- comma and the topic follow each, in lists not.
local function tells(told, corrected)
  local story, headline = string.match(corrected, '^([^~]*)~?(.*)$')
  if headline ~= '' then
    return string.find(told, '~' .. headline .. ',', 1, true) or string.find(told, ' ' .. headline .. '~', 1, true)
  end
  return string.find(told, ' ' .. story .. ',', 1, true) or string.find(told, ' ' .. story .. '~', 1, true)
end

-- The message that told what is corrected: its number, then name, topic, wish for all that it told; nil if it is
-- not known any more.
local function message_with(chat, corrected, wishes)
  for _, told in ipairs(redis.call('ZREVRANGE', tag .. ':told:' .. chat, 0, -1)) do
    if tells(told, corrected) then
      local message, how = string.match(told, '^(%d+):?(%S*)')
      local shows = {}
      for each, topic in string.gmatch(told, ' ([^, ]+),([^ ]*)') do
        shows[#shows + 1], shows[#shows + 2], shows[#shows + 3] = each, topic, wishes[topic] or ''
      end
      return { message, how, shows }
    end
  end
end

-- When the chat was told something within the last day, and a bit more, as clocks may be put back; nothing unless it has
-- a limit, or was told so much that it may be asked whether it wants it otherwise. For that one draw in eight is looked
-- at: who is told so much is drawn often, and all others pay for the look.
local DAY, LOOKS = 25 * 3600 * 1000, 8
local function told_lately(chat, choices, offered)
  local sent, instants = tag .. ':sent:' .. chat, {}
  if not string.find(choices, '"most_a_day"', 1, true) then
    if now % LOOKS > 0 or offered or string.find(choices, '"digest"', 1, true) then return instants end
    if redis.call('ZCOUNT', sent, now - DAY, '+inf') < tonumber(ARGV[6]) then return instants end
  end
  local told = redis.call('ZRANGEBYSCORE', sent, now - DAY, '+inf', 'WITHSCORES')
  for i = 2, #told, 2 do
    if told[i] ~= instants[#instants] then instants[#instants + 1] = told[i] end
  end
  return instants
end

-- Draws a chat that has mail; whether it has any. Whatever it was held for counts no more.
local function draw(chat, due, mail, wishes, tries)
  local owed, wrong = {}, {}
  for _, entry in ipairs(newest(chat, mail)) do
    local name, value = entry[2], entry[3]
    local corrected = string.match(name, '^(.*)!$')
    if not corrected then
      owed[#owed + 1], owed[#owed + 2] = name, value
      owed[#owed + 1] = wishes[string.match(value, ',([^,]*)')] or ''
    else
      local message = message_with(chat, corrected, wishes)
      if message then
        wrong[#wrong + 1] = { name .. ' ' .. value, unpack(message) }
      else
        redis.call('HDEL', tag .. ':mail:' .. chat, name)
      end
    end
  end
  if #owed + #wrong == 0 then return false end
  redis.call('ZADD', KEYS[1], ARGV[3], chat)
  local about = redis.call('HMGET', tag .. ':chat:' .. chat, 'lang', 'choices', 'held', 'offered', 'kind')
  local lang, choices, held, offered, kind = unpack(about)
  if held then redis.call('HDEL', tag .. ':chat:' .. chat, 'held') end
  local lately = told_lately(chat, choices or '', offered)
  drawn[#drawn + 1] = { due, chat, tries, owed, wrong, { lang or '', choices or '' }, lately, kind or '' }
  return true
end

-- A chat that is due, with all that casts owe to it.
local function draw_due(chat, due)
  local wishes, order = hash(tag .. ':wishes:' .. chat)
  local mail, number = hash(tag .. ':mail:' .. chat), number_of(tag, chat)
  if number then collect(tag, chat, number, casts, order, mail) end
  local tries = redis.call('GET', tag .. ':tries:' .. chat) or '0'
  if not draw(chat, due, mail, wishes, tries) then
    redis.call('ZREM', KEYS[1], chat)
    redis.call('DEL', tag .. ':tries:' .. chat)
  end
end

-- Whether a chat that has mail and its own due time is to be drawn before that: it holds its mail by its own wish, and
-- something has come that wakes it. Where it waits for another reason, whoever has it in hand is told that something came.
local function wakes(chat, came)
  if #came == 0 then return false end
  local held = redis.call('HGET', tag .. ':chat:' .. chat, 'held')
  if not held then
    redis.call('HSET', tag .. ':chat:' .. chat, 'held', STIRRED)
    return false
  end
  local what = string.sub(held, 1, 1)
  for _, each in ipairs(came) do
    if each[1].breaks and (what == '!' or what == '*') then return true end
    for topic in string.gmatch(what == '*' and each[2] or '', ',([^,]+)') do
      if not string.find(held, ',' .. topic .. ',', 1, true) then return true end
    end
  end
  return false
end

-- The chat that a cast's first bit stands for; nothing is drawn where it wants nothing any more, has mail and so its own
-- due time, or has to rest.
local function draw_from(cast, number)
  local place = redis.call('GETRANGE', tag .. ':roster', number * 8, number * 8 + 7)
  local chat = string.format('%.0f', (struct.unpack('>i8', place)))
  local wishes, order = hash(tag .. ':wishes:' .. chat)
  local mail, before = hash(tag .. ':mail:' .. chat)
  local came = collect(tag, chat, number, casts, order, mail)
  if #before > 0 and redis.call('ZSCORE', KEYS[1], chat) then
    if #before > 2 * tonumber(ARGV[5]) then newest(chat, mail) end  -- who holds mail for weeks is not drawn meanwhile
    if wakes(chat, came) then draw(chat, cast.at, mail, wishes, redis.call('GET', tag .. ':tries:' .. chat) or '0') end
    return
  end
  local rests = redis.call('ZSCORE', KEYS[2], chat)
  if not rests then
    draw(chat, cast.at, mail, wishes, '0')
  elseif next(mail) then
    redis.call('ZADD', KEYS[1], rests, chat)
  end
end

-- The cast with the fewest chats left, corrections after all others; every fourth time, the oldest.
local function choose(step)
  local few, old
  local function before(one, other)
    if not one.corrects ~= not other.corrects then return not one.corrects end
    return one.left < other.left
  end
  for _, cast in ipairs(casts) do
    if cast.left > 0 then
      if not few or before(cast, few) then few = cast end
      if not old or tonumber(cast.at) <= tonumber(old.at) then old = cast end
    end
  end
  return (now + step) % 4 == 0 and old or few
end

redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', now)
local due = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now, 'WITHSCORES', 'LIMIT', 0, most)
for i = 1, #due, 2 do draw_due(due[i], due[i + 1]) end

for step = 1, STEPS do
  local cast = #drawn < most and choose(step)
  if not cast then break end
  local number = redis.call('BITPOS', cast.bits, 1)
  if number < 0 then cast.left = 0 else draw_from(cast, number) end  -- counted wrongly once: no bit, no chat
end
sweep(tag, casts)
return drawn
