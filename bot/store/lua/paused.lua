-- Promises: it is known since when the chat does not let us write, and when an admin was told; of a chat that is gone or
--   forgotten nothing is written.
-- KEYS: 1 the chat
-- ARGV: 1 now in ms, 2 … which of the two
if redis.call('HEXISTS', KEYS[1], 'since') == 0 or redis.call('HEXISTS', KEYS[1], 'gone') == 1 then return 0 end
for i = 2, #ARGV do redis.call('HSET', KEYS[1], ARGV[i], ARGV[1]) end
return 1
