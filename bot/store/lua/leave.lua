-- With: members.lua
-- Promises: nothing new is owed to the chat. What is owed already, and what it wants, stays.
-- KEYS: 1 the chat's wishes
-- ARGV: 1 chat, 2 what the shard's keys begin with
local number = number_of(ARGV[2], ARGV[1])
if number then
  local casts, mail = casts_of(ARGV[2]), hash(ARGV[2] .. ':mail:' .. ARGV[1])
  collect(ARGV[2], ARGV[1], number, casts, redis.call('HKEYS', KEYS[1]), mail)
  sweep(ARGV[2], casts)
end
vacate(ARGV[2], ARGV[1])
return 1
