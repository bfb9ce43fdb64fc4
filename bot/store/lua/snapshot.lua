-- Promises: tells everything of a chat that moves with it, as of one instant.
-- KEYS: 1 the chat, 2 its wishes, 3 the mailbox, 4 the headlines delivered, 5 the rows last shown
-- Answer: fields and values of 1 to 3, members and scores of 4, the value of 5
return {
  redis.call('HGETALL', KEYS[1]),
  redis.call('HGETALL', KEYS[2]),
  redis.call('HGETALL', KEYS[3]),
  redis.call('ZRANGE', KEYS[4], 0, -1, 'WITHSCORES'),
  redis.call('GET', KEYS[5]) or '',
}
