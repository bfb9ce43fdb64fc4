-- Promises: a topic that nobody wants is forgotten and indexes hear of it, unless it was registered again meanwhile.
-- KEYS: 1 expressions, 2 when each was last known to be wanted, 3 changes
-- ARGV: 1 topic, 2 '1' if somebody wants it, 3 forget it if it was last wanted by this instant in ms, 4 now in ms,
--   5 how many changes are kept
local last = redis.call('ZSCORE', KEYS[2], ARGV[1])
if not last or tonumber(last) > tonumber(ARGV[3]) then return 0 end
if ARGV[2] == '1' then
  redis.call('ZADD', KEYS[2], 'GT', ARGV[4], ARGV[1])
  return 0
end
redis.call('ZREM', KEYS[2], ARGV[1])
if redis.call('HDEL', KEYS[1], ARGV[1]) == 0 then return 0 end
redis.call('XADD', KEYS[3], 'MAXLEN', '~', ARGV[5], '*', 'topic', ARGV[1])
return 1
