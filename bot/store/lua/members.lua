-- What scripts share that touch memberships: a chat's number in its shard, and who wants a topic.
-- A chat that wants anything has a number, dense within the shard, so that a topic's chats fit into few bytes: up to FEW
-- numbers as 3 bytes each in a field of one of the shard's small hashes, up to SOME in a set (which Redis keeps packed),
-- more in a bitmap. Measured with 5,000,000 wishes for 10,000 topics: 4.3 bytes each; a set for each topic takes 11.7.
local FEW, SOME = 20, 512

local function few_of(tag, topic)
  return tag .. ':few:' .. tonumber(string.sub(redis.sha1hex(topic), 1, 2), 16)
end

local function has(packed, number)
  for i = 1, #packed, 3 do
    if struct.unpack('>I3', packed, i) == number then return i end
  end
end

local function join(tag, topic, number)
  local own, few = tag .. ':topic:' .. topic, few_of(tag, topic)
  local kind = redis.call('TYPE', own).ok
  if kind == 'string' then
    redis.call('SETBIT', own, number, 1)
  elseif kind == 'set' then
    redis.call('SADD', own, number)
    if redis.call('SCARD', own) > SOME then
      local members = redis.call('SMEMBERS', own)
      redis.call('DEL', own)
      for _, member in ipairs(members) do redis.call('SETBIT', own, member, 1) end
    end
  else
    local packed = redis.call('HGET', few, topic) or ''
    if has(packed, number) then return end
    if #packed < 3 * FEW then
      redis.call('HSET', few, topic, packed .. struct.pack('>I3', number))
    else
      for i = 1, #packed, 3 do redis.call('SADD', own, (struct.unpack('>I3', packed, i))) end
      redis.call('SADD', own, number)
      redis.call('HDEL', few, topic)
    end
  end
end

local function quit(tag, topic, number)
  local own, few = tag .. ':topic:' .. topic, few_of(tag, topic)
  local kind = redis.call('TYPE', own).ok
  if kind == 'string' then
    redis.call('SETBIT', own, number, 0)
    if redis.call('BITCOUNT', own) == 0 then redis.call('DEL', own) end
  elseif kind == 'set' then
    redis.call('SREM', own, number)
  else
    local packed = redis.call('HGET', few, topic) or ''
    local at = has(packed, number)
    if not at then return end
    packed = string.sub(packed, 1, at - 1) .. string.sub(packed, at + 3)
    if packed == '' then redis.call('HDEL', few, topic) else redis.call('HSET', few, topic, packed) end
  end
end

-- Sets the bits of everybody who wants the topic; true if there is anybody.
local function mark(tag, topic, bitmap)
  local own = tag .. ':topic:' .. topic
  local kind = redis.call('TYPE', own).ok
  if kind == 'string' then
    redis.call('BITOP', 'OR', bitmap, bitmap, own)
    return true
  end
  if kind == 'set' then
    for _, number in ipairs(redis.call('SMEMBERS', own)) do redis.call('SETBIT', bitmap, number, 1) end
    return true
  end
  local packed = redis.call('HGET', few_of(tag, topic), topic) or ''
  for i = 1, #packed, 3 do redis.call('SETBIT', bitmap, (struct.unpack('>I3', packed, i)), 1) end
  return packed ~= ''
end

local function number_of(tag, chat) return tonumber(redis.call('HGET', tag .. ':chat:' .. chat, 'number') or nil) end

-- The chat's number, a new one if it has none; numbers that became free are given again.
local function numbered(tag, chat)
  local number = number_of(tag, chat)
  if number then return number end
  number = tonumber(redis.call('SPOP', tag .. ':vacant') or redis.call('STRLEN', tag .. ':roster') / 8)
  redis.call('HSET', tag .. ':chat:' .. chat, 'number', number)
  redis.call('SETRANGE', tag .. ':roster', number * 8, struct.pack('>i8', tonumber(chat)))
  return number
end

-- A chat is told a story once. What is owed is called as the story's first headline; where another headline of the story
-- is to be told, a ~ and that headline follow. A development for those who follow the story begins with its own headline
-- (news/identity). What was sent is remembered by both ids; the first part says what is not told again.
local function story_of(name) return (string.match(name, '^[^~!]*')) end

-- A cast is one headline that is owed to many: a bitmap with a bit for each chat that still has to get it. A correction
-- is cast as well; its cast is called as what it corrects, with a ! behind. These are the shard's casts, fewest chats first.
local function casts_of(tag)
  local casts, waiting = {}, redis.call('ZRANGE', tag .. ':waiting', 0, -1, 'WITHSCORES')
  for i = 1, #waiting, 2 do
    local at, topics = string.match(redis.call('HGET', tag .. ':casts', waiting[i]), '^(%d+)(.*)$')
    casts[#casts + 1] = {
      name = waiting[i], left = tonumber(waiting[i + 1]), at = at, topics = topics .. ',',
      bits = tag .. ':cast:' .. waiting[i], corrects = string.match(waiting[i], '^(.*)!$'),
      breaks = string.find(topics, ',!', 1, true),  -- its story is breaking (lua/owe.lua)
    }
  end
  return casts
end

local function take_bit(cast, number)
  if redis.call('GETBIT', cast.bits, number) == 0 then return false end
  redis.call('SETBIT', cast.bits, number, 0)
  cast.left, cast.touched = cast.left - 1, true
  return true
end

-- Writes down how many chats are left; casts that nobody waits for any more are forgotten.
local function sweep(tag, casts)
  for _, cast in ipairs(casts) do
    if cast.left <= 0 then
      redis.call('DEL', cast.bits)
      redis.call('HDEL', tag .. ':casts', cast.name)
      redis.call('ZREM', tag .. ':waiting', cast.name)
    elseif cast.touched then
      redis.call('ZADD', tag .. ':waiting', cast.left, cast.name)
    end
  end
end

-- A hash as a table, and its fields in their order.
local function hash(key)
  local flat, values, fields = redis.call('HGETALL', key), {}, {}
  for i = 1, #flat, 2 do
    fields[#fields + 1] = flat[i]
    values[flat[i]] = flat[i + 1]
  end
  return values, fields
end

-- What the chat is owed by a cast, beside what its mailbox knows of the story already: the instant and every topic that
-- brought it and stands among its wishes still, and the name that it is owed by; nil if it was told the story, or does not
-- want it any more.
local function owed_by(tag, chat, cast, wishes, mail)
  local owed_as, story = cast.name, story_of(cast.name)
  if redis.call('ZSCORE', tag .. ':sent:' .. chat, story) then return end
  for name in pairs(mail) do
    if not string.find(name, '!', 1, true) and story_of(name) == story then owed_as = name end
  end
  local known = mail[owed_as]
  local owed, brought = (known or cast.at) .. ',', ''
  for _, topic in ipairs(wishes) do
    local named = ',' .. topic .. ','
    if string.find(cast.topics, named, 1, true) and not string.find(owed, named, 1, true) then
      brought = brought .. ',' .. topic
    end
  end
  if brought ~= '' then return (known or cast.at) .. brought, owed_as end
end

-- What the chat is owed by the cast of a correction: the instant, if the chat was told the story within some hours
-- before, or is perhaps being told it just now as it was. Who was not told yet will be told it as it is now; lua/draw.lua
-- takes the correction out then.
local CORRECTED_FOR = 12 * 3600 * 1000
local function correction_by(tag, chat, cast, mail)
  local story = story_of(cast.corrects)
  for name in pairs(mail) do
    if story_of(name) == story then return cast.at end
  end
  local told = redis.call('ZSCORE', tag .. ':sent:' .. chat, story)
  if told and tonumber(told) > tonumber(cast.at) - CORRECTED_FOR then return cast.at end
end

-- Moves what casts owe to the chat, which has these wishes, into its mailbox, of which `mail` is what stands in it.
-- Gives what is new there: {{cast, owed}, …}.
local function collect(tag, chat, number, casts, wishes, mail)
  local new, came = {}, {}
  for _, cast in ipairs(casts) do
    if cast.left > 0 and take_bit(cast, number) then
      local owed, name
      if cast.corrects then
        owed, name = correction_by(tag, chat, cast, mail), cast.name
      else
        owed, name = owed_by(tag, chat, cast, wishes, mail)
      end
      if owed then
        mail[name] = owed
        new[#new + 1], new[#new + 2] = name, owed
        came[#came + 1] = { cast, owed }
      end
    end
  end
  if #new > 0 then redis.call('HSET', tag .. ':mail:' .. chat, unpack(new)) end
  return came
end

-- A chat that keeps its mail for later, by its own wish, has a field `held`, which says what wakes it before it is due
-- (lua/shelve.lua). A + stands there where something came, or was chosen, since the mail was drawn: whoever has it in
-- hand does not know that. This says so of a chat, or makes it due, where nobody has it in hand.
local STIRRED = '+'
local function stir(tag, chat, now)
  local key, due = tag .. ':chat:' .. chat, tag .. ':due'
  local held = redis.call('HGET', key, 'held')
  if held and held ~= STIRRED then
    redis.call('HDEL', key, 'held')
    redis.call('ZADD', due, 'XX', now, chat)
  elseif redis.call('ZSCORE', due, chat) then
    redis.call('HSET', key, 'held', STIRRED)
  end
end

-- Takes the chat's number away, and with it every membership and what casts owe to it.
local function vacate(tag, chat)
  local number = number_of(tag, chat)
  if not number then return end
  for _, topic in ipairs(redis.call('HKEYS', tag .. ':wishes:' .. chat)) do quit(tag, topic, number) end
  local casts = casts_of(tag)
  for _, cast in ipairs(casts) do take_bit(cast, number) end
  sweep(tag, casts)
  redis.call('HDEL', tag .. ':chat:' .. chat, 'number')
  redis.call('SETRANGE', tag .. ':roster', number * 8, string.rep('\0', 8))
  redis.call('SADD', tag .. ':vacant', number)
end
