-- Promises: a chat that is due only when no sender can have it any more is due now, and its failed tries are forgotten,
--   but not what may have arrived; one that a sender may have in hand is left to it.
-- KEYS: 1 the shard's due times, 2 failed tries
-- ARGV: 1 chat, 2 now in ms, 3 when the longest lease ends in ms
local due = redis.call('ZSCORE', KEYS[1], ARGV[1])
if not due or tonumber(due) <= tonumber(ARGV[3]) then return 0 end
redis.call('ZADD', KEYS[1], ARGV[2], ARGV[1])
local doubtful = string.match(redis.call('GET', KEYS[2]) or '', '^%d+( .+)$')
if doubtful then redis.call('SET', KEYS[2], '0' .. doubtful, 'KEEPTTL') else redis.call('DEL', KEYS[2]) end
return 1
