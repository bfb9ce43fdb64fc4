-- Promises: a chat that is drawn is not due again before the lease has run out, so no other sender draws it; if its
--   sender dies, it comes back by itself. Chats come in the order of their due times. Of a mailbox that has grown too
--   full the newest headlines stay.
-- KEYS: 1 the shard's due times, 2 the shard's resting chats
-- ARGV: 1 what the shard's keys begin with, 2 now in ms, 3 the lease's end in ms, 4 how many chats at the most, 5 how
--   many headlines a mailbox holds
-- Answer: {when it was due, chat, failed tries, {headline, owed, …}} …
local function owed_in(mailbox)
  local mail = redis.call('HGETALL', mailbox)
  local most = 2 * tonumber(ARGV[5])
  if #mail <= most then return mail end
  local entries = {}
  for i = 1, #mail, 2 do
    entries[#entries + 1] = { tonumber(string.match(mail[i + 1], '^%d+')), mail[i], mail[i + 1] }
  end
  table.sort(entries, function(one, other) return one[1] > other[1] end)
  local kept = {}
  for place, entry in ipairs(entries) do
    if 2 * place <= most then
      kept[#kept + 1], kept[#kept + 2] = entry[2], entry[3]
    else
      redis.call('HDEL', mailbox, entry[2])
    end
  end
  return kept
end

redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', ARGV[2])
local drawn = {}
local due = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', ARGV[2], 'WITHSCORES', 'LIMIT', 0, ARGV[4])
for i = 1, #due, 2 do
  local chat = due[i]
  local mail = owed_in(ARGV[1] .. ':mail:' .. chat)
  if #mail == 0 then
    redis.call('ZREM', KEYS[1], chat)
  else
    redis.call('ZADD', KEYS[1], ARGV[3], chat)
    local tries = redis.call('GET', ARGV[1] .. ':tries:' .. chat) or '0'
    drawn[#drawn + 1] = { due[i + 1], chat, tries, mail }
  end
end
return drawn
