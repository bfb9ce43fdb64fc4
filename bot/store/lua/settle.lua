-- Promises: what was delivered is not owed any more and known as delivered, and which message told it; what is still
--   owed is due at the instant given, and so is what will be owed until then. Of a chat that was forgotten or has
--   moved meanwhile nothing is written.
-- KEYS: 1 the mailbox, 2 the shard's due times, 3 failed tries, 4 the headlines delivered, 5 the shard's resting chats,
--   6 what messages showed, 7 the chat, 8 its wishes
-- ARGV: 1 chat, 2 now in ms, 3 next due in ms, 4 deliveries before this instant in ms are forgotten, 5 how many
--   deliveries are kept, 6 for how long, in seconds, 7 the message or '', 8 how many messages are kept, 9 for how long,
--   in seconds, 10 … headlines delivered
redis.call('HDEL', KEYS[1], unpack(ARGV, 10))
redis.call('DEL', KEYS[3])
local empty = redis.call('EXISTS', KEYS[1]) == 0
if empty then
  redis.call('ZREM', KEYS[2], ARGV[1])
else
  redis.call('ZADD', KEYS[2], ARGV[3], ARGV[1])
end
if redis.call('EXISTS', KEYS[7], KEYS[8]) == 0 then return 0 end
if empty and tonumber(ARGV[3]) > tonumber(ARGV[2]) then redis.call('ZADD', KEYS[5], ARGV[3], ARGV[1]) end
for i = 10, #ARGV do redis.call('ZADD', KEYS[4], ARGV[2], ARGV[i]) end
redis.call('ZREMRANGEBYSCORE', KEYS[4], '-inf', '(' .. ARGV[4])
redis.call('ZREMRANGEBYRANK', KEYS[4], 0, -ARGV[5] - 1)
redis.call('EXPIRE', KEYS[4], ARGV[6])
if ARGV[7] ~= '' then
  redis.call('ZREMRANGEBYSCORE', KEYS[6], ARGV[7], ARGV[7])
  redis.call('ZADD', KEYS[6], ARGV[7], ARGV[7] .. ' ' .. table.concat(ARGV, ' ', 10))
  redis.call('ZREMRANGEBYRANK', KEYS[6], 0, -ARGV[8] - 1)
  redis.call('EXPIRE', KEYS[6], ARGV[9])
end
return 1
