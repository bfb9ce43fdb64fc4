-- Promises: the chat does not want the topic any more, and what was owed to it only for this topic is not owed.
-- KEYS: 1 the chat's wishes, 2 the topic's chats, 3 its mailbox, 4 the shard's due times, 5 failed tries
-- ARGV: 1 chat, 2 topic
-- Answer: the wish, or nil if there was none
local wish = redis.call('HGET', KEYS[1], ARGV[2])
redis.call('HDEL', KEYS[1], ARGV[2])
redis.call('SREM', KEYS[2], ARGV[1])
local mail = redis.call('HGETALL', KEYS[3])
for i = 1, #mail, 2 do
  local at, topics = string.match(mail[i + 1], '^(%d+) (.*)$')
  local left = {}
  for topic in string.gmatch(topics, '[^,]+') do
    if topic ~= ARGV[2] then left[#left + 1] = topic end
  end
  if #left == 0 then
    redis.call('HDEL', KEYS[3], mail[i])
  else
    redis.call('HSET', KEYS[3], mail[i], at .. ' ' .. table.concat(left, ','))
  end
end
if redis.call('EXISTS', KEYS[3]) == 0 then
  redis.call('ZREM', KEYS[4], ARGV[1])
  redis.call('DEL', KEYS[5])
end
return wish
