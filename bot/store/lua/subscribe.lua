-- With: members.lua
-- Promises: the chat wants the topic and is among those who are alerted to it; or it wants too much already, and
--   nothing changed.
-- KEYS: 1 the chat's wishes
-- ARGV: 1 chat, 2 what the shard's keys begin with, 3 topic, 4 the wish, 5 how many wishes a chat may have
-- Answer: 1 done, 0 it wanted the topic already, -1 too many
local known = redis.call('HEXISTS', KEYS[1], ARGV[3]) == 1
if not known then
  if redis.call('HLEN', KEYS[1]) >= tonumber(ARGV[5]) then return -1 end
  redis.call('HSET', KEYS[1], ARGV[3], ARGV[4])
end
join(ARGV[2], ARGV[3], numbered(ARGV[2], ARGV[1]))
return known and 0 or 1
