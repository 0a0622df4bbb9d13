# needs: tool:jq
# Escaped separators, quotes, spaces, newlines and bytes that are not UTF-8 are part of a path.
f='.steps[1] | [.src, .src_b64, .dst, .dst_b64]'
plan_json "$f" -b '/a\:b:/c\:d:ro'
plan_json "$f" -b '/a,b:/c d:ro'
plan_json "$f" -b '/a\\:/b\\c'
plan_json "$f" -b '/a"b:/c=d'
plan_json "$f" -b $'/new\nline:/t\tab'
plan_json "$f" -b $'/\xff:/ok'
plan_json "$f" -b $'/\xc3\xa4:/\xc3'
plan -b $'/new\nline:/\xff \e[1m'
