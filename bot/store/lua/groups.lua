-- What scripts share that look at a stream's groups.
-- What XINFO tells of a group that works off a stream, by its fields' names; nil where there is no such group.
local function group_of(stream, name)
  for _, info in ipairs(redis.call('XINFO', 'GROUPS', stream)) do
    local group = {}
    for i = 1, #info, 2 do group[info[i]] = info[i + 1] end
    if group.name == name then return group end
  end
end
