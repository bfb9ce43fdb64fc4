-- Promises: a word that is taken is taken by nobody else before the lease has run out; if its teller dies, it comes back.
-- KEYS: 1 words by when they may be told
-- ARGV: 1 now in ms, 2 the lease's end in ms
-- Answer: the word that has waited longest, or nothing
local word = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', ARGV[1], 'LIMIT', 0, 1)[1]
if word then redis.call('ZADD', KEYS[1], ARGV[2], word) end
return word
