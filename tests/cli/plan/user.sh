# needs: user tool:jq
# replace: uid
# The ids inside, and the maps that make them so. A group's number differs from machine to machine.
f='.identity | [.kind, .uid, [.uid_map[] | [.inside, .outside, .count]], .helper]'
plan_json "$f"
plan_json "$f" -u 0
plan_json "$f" -u 5:6
plan_json '.identity | [.gid, [.gid_map[] | [.inside, .count]], .deny_setgroups]' -u 5:6
plan_json "$f" -u root
plan_json "$f" --uid-map "0:$(id -u):1" --gid-map "0:$(id -g):1"
plan_json "$f" --uid-map "0:$(id -u):1,1:100000:10" --gid-map "0:$(id -g):1"
