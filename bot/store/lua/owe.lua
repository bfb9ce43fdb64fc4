-- With: members.lua
-- Promises: every chat of the shard that wants one of the topics is owed the headline: there is a cast with a bit for
--   each of them. Owing twice is owing once, though those who were told are looked at again.
-- KEYS: 1 the shard's casts, 2 how many chats wait for each of them
-- ARGV: 1 what the shard's keys begin with, 2 headline, 3 now in ms, 4 a ! if its story is breaking, 5 … topics
-- Answer: how many more chats it is owed to now
local tag, headline = ARGV[1], ARGV[2]
local cast = redis.call('HGET', KEYS[1], headline)
local before = redis.call('ZSCORE', KEYS[2], headline) or 0
local owed = cast or ARGV[3]
if ARGV[4] == '!' and not string.find(owed, ',!', 1, true) then owed = owed .. ',!' end
for i = 5, #ARGV do
  if mark(tag, ARGV[i], tag .. ':cast:' .. headline) and not string.find(owed .. ',', ',' .. ARGV[i] .. ',', 1, true) then
    owed = owed .. ',' .. ARGV[i]
  end
end
local waiting = redis.call('BITCOUNT', tag .. ':cast:' .. headline)
if waiting > 0 then
  redis.call('HSET', KEYS[1], headline, owed)
  redis.call('ZADD', KEYS[2], waiting, headline)
end
return waiting - before
