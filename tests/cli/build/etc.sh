# needs: userns overlay
# --etc: each entry of the host's /etc is a link to a read-only bind of it, but for passwd and group; links of /etc lead where they
# lead outside; mtab leads to /proc/mounts. What comes later can be added, and ends with the run.
mkdir -p etc/sub 'etc/a,b:c'
printf 'x\n' >etc/file
printf 'y\n' >etc/sub/below
printf 'z\n' >'etc/a,b:c/d'
printf 'wrong\n' | tee etc/passwd >etc/group
mkdir etc/.host
ln -s ../dir/target etc/relative
ln -s file etc/beside
ln -s /nowhere etc/mtab
ln -s "$(printf 'odd\xff\nname')" "$(printf 'etc/not\xff\nutf8')"
small_root root
mkdir root/dir
printf 'target\n' >root/dir/target
expect_output 'x
y
z
target
x' box root --etc=etc:app -- cat /etc/file /etc/sub/below '/etc/a,b:c/d' /etc/relative /etc/beside
expect_output '.host/app/file
../dir/target
file
/proc/mounts' box root --etc=etc:app -- readlink /etc/file /etc/relative /etc/beside /etc/mtab
expect_status 0 box root --etc=etc:app -- sh -c '[ ! -e /etc/passwd ] && [ ! -e /etc/group ] && grep -q " / " /etc/mtab &&
	! touch /etc/sub/new 2>/dev/null && ! touch /etc/.host/app/new 2>/dev/null && touch /etc/new'
expect_output "$(printf 'odd\xff\nname')" box root --etc=etc -- readlink "$(printf '/etc/not\xff\nutf8')"
[ ! -e etc/new ] && [ ! -e root/etc/new ] && [ "$(names root/etc)" = 'file ' ] || fail "something was made outside"
expect_output "$(id -u)" box root --etc --passwd --ro-file /etc/added=text -- sh -c 'set -e
	cut -d: -f3 /etc/passwd; [ "$(cat /etc/added)" = text ]'
# Over the host, with its own /etc.
expect_status 0 nacre run --rm --etc -- sh -c '[ ! -e /etc/passwd ] && [ -d /etc/ssl/ ] || [ -d /etc/apt/ ] || [ -e /etc/hostname ]'
expect_error bind-source-missing nacre run --rm --etc=nothing true
expect_error spec-fields nacre run --etc=/etc:a/b true
