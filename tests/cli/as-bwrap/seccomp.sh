# needs: userns tool:python3
# --seccomp, --add-seccomp-fd: compiled programs, loaded last. These answer EPERM, or kill, for one system call.
program()
{
	# BPF_LD nr; BPF_JEQ call 0 1; BPF_RET answer; BPF_RET ALLOW
	python3 - "$1" "$2" <<-'EOS'
		import struct, sys
		call, answer = int(sys.argv[1]), int(sys.argv[2], 16)
		for code in ((0x20, 0, 0, 0), (0x15, 0, 1, call), (0x06, 0, 0, answer), (0x06, 0, 0, 0x7fff0000)):
		    sys.stdout.buffer.write(struct.pack('HBBI', *code))
	EOS
}

case $(uname -m) in
x86_64) mkdir=83 rmdir=84 ;;
*) exit 0 ;;
esac
program $mkdir 0x00050001 >no-mkdir
program $rmdir 0x00050001 >no-rmdir
words='import os
for call in (os.mkdir, os.rmdir):
    try:
        call("/tmp/d")
        print("done")
    except PermissionError:
        print("refused")'
run()
{
	nacre as bwrap --ro-bind / / --tmpfs /tmp "$@" python3 -c "$words" 10<no-mkdir 11<no-rmdir 12<no-rmdir | tr '\n' ' '
}

[ "$(run)" = 'done done ' ] || fail "$(run)"
[ "$(run --seccomp 10 2>/dev/null)" = 'refused ' ] || fail "$(run --seccomp 10)"
[ "$(run --add-seccomp-fd 11)" = 'done refused ' ] || fail "$(run --add-seccomp-fd 11)"
# Of --seccomp the last one counts; the others add up.
[ "$(run --seccomp 10 --seccomp 11)" = 'done refused ' ] || fail "not the last"
[ "$(run --unshare-pid --add-seccomp-fd 11 --add-seccomp-fd 12)" = 'done refused ' ] || fail "not both"
expect_status 1 nacre as bwrap --ro-bind / / --seccomp 10 --add-seccomp-fd 11 true 10<no-mkdir 11<no-rmdir
printf 'not a program' >bad
expect_status 1 nacre as bwrap --ro-bind / / --seccomp 10 true 10<bad
printf '\006\000\000\000\000\000\377\177\377' | head -c 9 >bad
expect_status 1 nacre as bwrap --ro-bind / / --seccomp 10 true 10<bad
head -c 800000 /dev/zero >bad
expect_status 1 nacre as bwrap --ro-bind / / --seccomp 10 true 10<bad
expect_match '^bwrap: descriptor 10 does not give a seccomp program'
printf '\377\377\377\377\377\377\377\377' >bad
expect_status 1 nacre as bwrap --ro-bind / / --seccomp 10 true 10<bad
expect_match '^bwrap: cannot load the seccomp program of descriptor 10'
