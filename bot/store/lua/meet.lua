-- Promises: the chat is known, as it is called now, and may let us write again. A chat that was gone is only looked at:
--   its topics have to be registered before lua/restore.lua brings it back.
-- KEYS: 1 the chat, 2 its wishes, 3 the shard's chats
-- ARGV: 1 chat, 2 kind, 3 title, 4 now in ms, 5 the language of who speaks there, empty where nobody told it: a private
--   chat follows it, in others the first one stays
-- Answer: 'new', 'known', or 'gone' and the wishes' fields and values
local chat = redis.call('HMGET', KEYS[1], 'kind', 'title', 'gone', 'lang')
if chat[3] then return { 'gone', redis.call('HGETALL', KEYS[2]) } end
if chat[1] ~= ARGV[2] or chat[2] ~= ARGV[3] then
  redis.call('HSET', KEYS[1], 'kind', ARGV[2], 'title', ARGV[3])
end
if ARGV[5] ~= '' and chat[4] ~= ARGV[5] and (ARGV[2] == 'private' or not chat[4]) then
  redis.call('HSET', KEYS[1], 'lang', ARGV[5])
end
redis.call('HSETNX', KEYS[1], 'since', ARGV[4])
redis.call('HDEL', KEYS[1], 'paused')
redis.call('SADD', KEYS[3], ARGV[1])
return { chat[1] and 'known' or 'new' }
