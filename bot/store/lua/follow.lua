-- Promises: the ids of the headlines in the stream beside an entry, without what may be long.
-- KEYS: 1 the stream
-- ARGV: 1 'after' or 'before', 2 the entry beside which to begin ('+': at the end), 3 how many entries
-- Answer: of each entry, the nearest first, its own id, the headline's id ('' where its publisher chose none), its URL
local entries
if ARGV[1] == 'after' then
  entries = redis.call('XRANGE', KEYS[1], '(' .. ARGV[2], '+', 'COUNT', ARGV[3])
else
  local begin = ARGV[2] == '+' and '+' or '(' .. ARGV[2]
  entries = redis.call('XREVRANGE', KEYS[1], begin, '-', 'COUNT', ARGV[3])
end
local found = {}
for _, entry in ipairs(entries) do
  local id, url = '', ''
  for i = 1, #entry[2], 2 do
    if entry[2][i] == 'id' then id = entry[2][i + 1] elseif entry[2][i] == 'url' then url = entry[2][i + 1] end
  end
  found[#found + 1] = { entry[1], id, url }
end
return found
