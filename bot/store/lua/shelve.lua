-- With: members.lua
-- Promises: the chat, whose mail was drawn, is due at the instant given, and before that only if something comes that
--   wakes it. If something came or was chosen since it was drawn, it is due at once: whoever decided did not know that.
-- KEYS: 1 the shard's due times, 2 the chat
-- ARGV: 1 chat, 2 now in ms, 3 until in ms, 4 what wakes it: - nothing, ! a story that is breaking, * that and whatever is
--   brought by another topic than those that follow, a comma before, between and behind them
if not redis.call('ZSCORE', KEYS[1], ARGV[1]) then return 0 end
if redis.call('HGET', KEYS[2], 'held') == STIRRED then
  redis.call('HDEL', KEYS[2], 'held')
  redis.call('ZADD', KEYS[1], ARGV[2], ARGV[1])
  return 0
end
redis.call('HSET', KEYS[2], 'held', ARGV[4])
redis.call('ZADD', KEYS[1], ARGV[3], ARGV[1])
return 1
