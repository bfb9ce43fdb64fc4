-- Promises: a source that is taken is not due again before the lease has run out, and no other source of its host is
--   taken meanwhile; if its poller dies, both end by themselves. A source whose host is busy is due again when that may
--   be free.
-- KEYS: 1 due times, 2 the source's hosts, 3 hosts by when they may be asked, 4 how often the list of sources changed
-- ARGV: 1 now in ms, 2 how many at the most, 3 the lease's end in ms, 4 how soon a busy host is tried again, in ms,
--   5 what the keys of states begin with
-- Answer: how often the list changed, then for each source its name and its state's fields and values
local now, most, lease, pause = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
redis.call('ZREMRANGEBYSCORE', KEYS[3], '-inf', now)
local answer, taken = { redis.call('GET', KEYS[4]) or '0' }, 0
for _, name in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now, 'LIMIT', 0, 4 * most + 20)) do
  if taken == most then break end
  local host = redis.call('HGET', KEYS[2], name) or name
  local free = tonumber(redis.call('ZSCORE', KEYS[3], host) or now)
  if free <= now then
    taken = taken + 1
    redis.call('ZADD', KEYS[1], lease, name)
    redis.call('ZADD', KEYS[3], lease, host)
    answer[#answer + 1] = { name, redis.call('HGETALL', ARGV[5] .. name) }
  elseif free > lease then
    redis.call('ZADD', KEYS[1], free, name)
  else
    redis.call('ZADD', KEYS[1], math.min(free, now + pause), name)
  end
end
return answer
