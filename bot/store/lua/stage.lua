-- Promises: an announcement that is under way goes on to another stage; one that has ended stays so.
-- KEYS: 1 the announcement
-- ARGV: 1 its id, 2 the stage
local id, stage = unpack(redis.call('HMGET', KEYS[1], 'id', 'stage'))
if id == ARGV[1] and (stage == 'owing' or stage == 'going') then redis.call('HSET', KEYS[1], 'stage', ARGV[2]) end
return 1
