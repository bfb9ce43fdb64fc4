-- Promises: an announcement is begun once, and only where no other one is under way.
-- KEYS: 1 the announcement
-- ARGV: 1 its id, 2 its JSON, 3 for how long it is known, in seconds
-- Answer: 1 it is begun, or was before; 0 another one is under way
local id, stage = unpack(redis.call('HMGET', KEYS[1], 'id', 'stage'))
if id == ARGV[1] then return 1 end
if stage == 'owing' or stage == 'going' then return 0 end
redis.call('DEL', KEYS[1])
redis.call('HSET', KEYS[1], 'id', ARGV[1], 'json', ARGV[2], 'stage', 'owing')
redis.call('EXPIRE', KEYS[1], ARGV[3])
return 1
