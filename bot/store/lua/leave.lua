-- Promises: nothing new is owed to the chat. What is owed already, and what it wants, stays.
-- KEYS: 1 the chat's wishes
-- ARGV: 1 chat, 2 what the shard's keys begin with
for _, topic in ipairs(redis.call('HKEYS', KEYS[1])) do
  redis.call('SREM', ARGV[2] .. ':topic:' .. topic, ARGV[1])
end
return 1
