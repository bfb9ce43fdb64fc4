-- Promises: a chat that is drawn is not due again before the lease has run out, so no other sender draws it; if its
--   sender dies, it comes back by itself. Chats come in the order of their due times.
-- KEYS: 1 the shard's due times, 2 the shard's resting chats
-- ARGV: 1 what the shard's keys begin with, 2 now in ms, 3 the lease's end in ms, 4 how many at the most
-- Answer: {when it was due, chat, failed tries, {headline, owed, …}} …
redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', ARGV[2])
local drawn = {}
local due = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', ARGV[2], 'WITHSCORES', 'LIMIT', 0, ARGV[4])
for i = 1, #due, 2 do
  local chat = due[i]
  local mail = redis.call('HGETALL', ARGV[1] .. ':mail:' .. chat)
  if #mail == 0 then
    redis.call('ZREM', KEYS[1], chat)
  else
    redis.call('ZADD', KEYS[1], ARGV[3], chat)
    local tries = redis.call('GET', ARGV[1] .. ':tries:' .. chat) or '0'
    drawn[#drawn + 1] = { due[i + 1], chat, tries, mail }
  end
end
return drawn
