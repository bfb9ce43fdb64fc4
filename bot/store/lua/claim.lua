-- Promises: every entry of the stream is handed to some consumer until it is acknowledged. First come the consumer's
--   own that it did not finish, then those that another left lying too long, then new ones, oldest first in each.
--   The consumer group is made where there is none, from the stream's beginning.
-- KEYS: 1 the stream
-- ARGV: 1 group, 2 consumer, 3 how many, 4 how long an entry may lie, in ms
-- Answer: entries as {id, {field, value, …}}; an entry that was deleted meanwhile has no fields
local group, consumer, count = ARGV[1], ARGV[2], tonumber(ARGV[3])

local function read(from)
  local answer = redis.pcall('XREADGROUP', 'GROUP', group, consumer, 'COUNT', count, 'STREAMS', KEYS[1], from)
  if answer and answer.err and string.find(answer.err, '^NOGROUP') then
    redis.call('XGROUP', 'CREATE', KEYS[1], group, '0', 'MKSTREAM')
    answer = redis.call('XREADGROUP', 'GROUP', group, consumer, 'COUNT', count, 'STREAMS', KEYS[1], from)
  end
  if answer and answer.err then return answer end
  return answer and answer[1] and answer[1][2] or {}
end

local claimed = read('0')
if claimed.err or #claimed > 0 then return claimed end
claimed = redis.call('XAUTOCLAIM', KEYS[1], group, consumer, ARGV[4], '0-0', 'COUNT', count)[2]
if #claimed > 0 then return claimed end
return read('>')
