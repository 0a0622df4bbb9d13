# needs: tool:jq
# The layers of an overlay are listed lowest first, whichever spelling they came in.
f='.steps[1].overlay | [.lowers[].path], .upper, .options'
plan_json "$f" -o /o,lower=/a,lower=/b
plan_json "$f" -o /o,lowerdir=/b:/a
plan_json "$f" -o /o,lowerdir=/c:/b,lower=/d
plan_json "$f" -o '/o,lowerdir=/b\:b:/a\,a,upper=/u\\'
plan_json "$f" -o '/o\,o,lower=/a\,b,lower=/c:d,lower=/e"f'
plan_json "$f" -o $'/o,lower=/new\nline,upper=/sp ace,work=/\xff'
plan_json "$f" -o /o,lower=/a,xino=off,tmp
plan_json '.steps[1].overlay.lowers' -o /o,lower=/a,shadow
