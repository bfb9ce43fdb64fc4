-- With: members.lua
-- Promises: what the chat has chosen is replaced if it still is what it was when it was read; or it is so already, as
--   this may come twice; of a chat that is not known nothing is written. What it holds for the sake of what it had chosen
--   is looked at anew.
-- KEYS: 1 the chat
-- ARGV: 1 the choices as they were read, 2 as they are to be; empty: none, 3 what the shard's keys begin with, 4 chat,
--   5 now in ms
-- Answer: 1 they are as they are to be, or the chat is not known; 0 somebody else was quicker
if redis.call('HEXISTS', KEYS[1], 'since') == 0 then return 1 end
local now = redis.call('HGET', KEYS[1], 'choices') or ''
if now == ARGV[2] then return 1 end
if now ~= ARGV[1] then return 0 end
if ARGV[2] == '' then redis.call('HDEL', KEYS[1], 'choices') else redis.call('HSET', KEYS[1], 'choices', ARGV[2]) end
stir(ARGV[3], ARGV[4], ARGV[5])
return 1
