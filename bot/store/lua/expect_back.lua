-- Promises: a chat that was gone when a backup was made, and is not known, is remembered until the instant at which that
--   ends, with what it wanted: lua/meet.lua finds it as it was.
-- KEYS: 1 the chat, 2 its wishes
-- ARGV: 1 when it ends, in ms, 2 how many of the following are the chat's, 3 … fields and values of both
if redis.call('EXISTS', KEYS[1]) == 1 then return 0 end
local wishes = 3 + tonumber(ARGV[2])
redis.call('HSET', KEYS[1], unpack(ARGV, 3, wishes - 1))
redis.call('PEXPIREAT', KEYS[1], ARGV[1])
if #ARGV >= wishes then
  redis.call('HSET', KEYS[2], unpack(ARGV, wishes))
  redis.call('PEXPIREAT', KEYS[2], ARGV[1])
end
return 1
