-- With: members.lua
-- Promises: tells everything of some chats of a shard that cannot be known otherwise, each as of one instant, and changes
--   nothing. What casts owe to a chat is told as if it lay in its mailbox.
-- KEYS: 1 the shard's casts
-- ARGV: 1 what the shard's keys begin with, 2 … chats
-- Answer: of each chat the fields and values of the chat, its wishes and its mailbox, members and scores of what it was
--   told, of its messages, its long buttons and what it manages, the rows last shown, and in how many ms it ends (-1: never)
local tag, casts, answer = ARGV[1], casts_of(ARGV[1]), {}

local function flat(values)
  local parts = {}
  for field, value in pairs(values) do parts[#parts + 1], parts[#parts + 2] = field, value end
  return parts
end

local function mail_of(chat)
  local mail, number = hash(tag .. ':mail:' .. chat), number_of(tag, chat)
  if not number then return mail end
  local wishes = redis.call('HKEYS', tag .. ':wishes:' .. chat)
  for _, cast in ipairs(casts) do
    if cast.left > 0 and redis.call('GETBIT', cast.bits, number) == 1 then
      if cast.corrects then
        mail[cast.name] = correction_by(tag, chat, cast, mail) or mail[cast.name]
      else
        local owed, name = owed_by(tag, chat, cast, wishes, mail)
        if owed then mail[name] = owed end
      end
    end
  end
  return mail
end

for i = 2, #ARGV do
  local chat = ARGV[i]
  local function scored(kind) return redis.call('ZRANGE', tag .. kind .. chat, 0, -1, 'WITHSCORES') end
  answer[#answer + 1] = {
    redis.call('HGETALL', tag .. ':chat:' .. chat),
    redis.call('HGETALL', tag .. ':wishes:' .. chat),
    flat(mail_of(chat)),
    scored(':sent:'),
    scored(':told:'),
    scored(':kept:'),
    scored(':manages:'),
    redis.call('GET', tag .. ':shown:' .. chat) or '',
    redis.call('PTTL', tag .. ':chat:' .. chat),
  }
end
return answer
