-- With: members.lua
-- Promises: the chat does not want the topic any more, and what was owed to it only for this topic is not owed.
-- KEYS: 1 the chat's wishes, 2 its mailbox, 3 the shard's due times, 4 failed tries
-- ARGV: 1 chat, 2 what the shard's keys begin with, 3 topic
-- Answer: the wish, or nil if there was none
local wish = redis.call('HGET', KEYS[1], ARGV[3])
redis.call('HDEL', KEYS[1], ARGV[3])
local number = number_of(ARGV[2], ARGV[1])
if number then
  quit(ARGV[2], ARGV[3], number)
  local casts, wishes = casts_of(ARGV[2]), redis.call('HKEYS', KEYS[1])
  for _, cast in ipairs(casts) do
    -- A message that stands there is corrected whatever the chat wants now; so in its mailbox below.
    if not (cast.corrects or owed_by(ARGV[2], ARGV[1], cast, wishes, {})) then take_bit(cast, number) end
  end
  sweep(ARGV[2], casts)
end
local mail = redis.call('HGETALL', KEYS[2])
for i = 1, #mail, 2 do
  local left = {}
  for part in string.gmatch(mail[i + 1], '[^,]+') do
    if part ~= ARGV[3] then left[#left + 1] = part end
  end
  local for_nothing = #left == 1 or (#left == 2 and left[2] == '=')  -- the instant alone, perhaps told already
  if for_nothing and string.sub(mail[i], -1) ~= '!' then
    redis.call('HDEL', KEYS[2], mail[i])
  else
    redis.call('HSET', KEYS[2], mail[i], table.concat(left, ','))
  end
end
if redis.call('EXISTS', KEYS[2]) == 0 then
  redis.call('ZREM', KEYS[3], ARGV[1])
  redis.call('DEL', KEYS[4])
end
return wish
