-- Promises: the headlines are not owed any more, nor the corrections; of one that is owed anew since the instant that
--   stands behind its name, parted by a space, nothing is taken.
-- KEYS: 1 the mailbox, 2 the shard's due times, 3 failed tries
-- ARGV: 1 chat, 2 … headlines and corrections
for i = 2, #ARGV do
  local name, since = string.match(ARGV[i], '^(%S+) ?(%S*)$')
  if since == '' or redis.call('HGET', KEYS[1], name) == since then redis.call('HDEL', KEYS[1], name) end
end
if redis.call('EXISTS', KEYS[1]) == 1 then return 0 end
redis.call('ZREM', KEYS[2], ARGV[1])
redis.call('DEL', KEYS[3])
return 1
