-- With: members.lua
-- Promises: nothing new is owed to the chat. What is owed already, and what it wants, stays.
-- KEYS: 1 the chat's wishes
-- ARGV: 1 chat, 2 what the shard's keys begin with
local number = number_of(ARGV[2], ARGV[1])
if number then collect(ARGV[2], ARGV[1], number) end
vacate(ARGV[2], ARGV[1])
return 1
