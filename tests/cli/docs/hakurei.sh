# needs: userns
# What nacre-hakurei(7) names are options of nacre run, and its example is a container like that.
page=$SOURCE/man/nacre-hakurei.7.scd
nacre run -h | grep -oE -- '--[a-z-]+' | sort -u >tmp/options
grep -oE -- '--[a-z][a-z-]+' "$page" | sort -u >tmp/named
[ -z "$(comm -23 tmp/named tmp/options)" ] || fail "no options: $(comm -23 tmp/named tmp/options | tr '\n' ' ')"

command=$(sed -n '/^\$ nacre run/,/^```/{/^```/d; s/^\$ //; s/\\\\$/\\/; p}' "$page")
# shellcheck disable=SC2016 # for the shell inside
command=${command%/usr/bin/id}
# shellcheck disable=SC2016,SC2034 # used by eval
check='set -e; cd /; [ "$PWD" = / ]; [ "$PATH" = /usr/bin ]; [ -z "${HOME-}" ]
! touch /new /usr/new /dev/new /etc/.host/etc/new 2>/dev/null; touch /tmp/new /dev/shm/new
[ "$(stat -c %a /tmp)" = 1777 ]; [ "$(readlink /etc/mtab)" = /proc/mounts ]; [ ! -e /mnt ]; id -un'
eval "expect_output '$(id -un)' $command /usr/bin/sh -c \"\$check\""
