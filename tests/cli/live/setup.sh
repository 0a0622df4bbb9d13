# needs: userns overlay
# --setup: in the box before anybody is let in; what fails leaves no box.
boxes=$HOME/.local/state/nacre/boxes
expect_output 'made' nacre enter --setup 'echo made >/tmp/setup' dev -- cat /tmp/setup
# Kept like the other options, and run each time that the box comes to life.
nacre rm dev
nacre start -q --setup 'echo x >>/tmp/count' dev
expect_output 'x' nacre enter dev -- cat /tmp/count
nacre stop dev
nacre start -q dev
expect_output "$(printf 'x\nx')" nacre exec dev cat /tmp/count
nacre stop dev

# On each join as well.
nacre start -q --setup 'echo y >>/tmp/joins' --setup-on-join two
expect_output "$(printf 'y\ny')" nacre exec two cat /tmp/joins
expect_output "$(printf 'y\ny\ny')" nacre enter two -- cat /tmp/joins
nacre exec two sh -c 'rm /tmp/joins && mkdir /tmp/joins'
expect_error setup-failed nacre exec two true
nacre stop two

# A failure: nobody has got in, nothing is left; one that was there before stays.
expect_error setup-failed nacre start --setup 'exit 3' bad
expect_match 'exit status 3'
expect_status 0 sh -c 'nacre start --setup false quick; [ ! -e "$0" ]' "$boxes/quick"
expect_error setup-failed nacre enter --setup 'kill -TERM $$' bad -- sh -c 'echo got in >&2'
expect_match 'exit status 143'
expect_no_match 'got in'
[ ! -e "$boxes/bad" ] || fail 'a box is left whose set-up failed'
expect_error setup-failed nacre enter --recreate --setup false dev -- true
expect_output "$(printf 'x\nx\nx')" nacre enter dev -- cat /tmp/count

# Whoever comes meanwhile waits until it is done.
nacre start -q --setup 'sleep 0.5; echo done >/tmp/late' late &
until [ -e "$boxes/late/gate" ]; do sleep 0.02; done
sleep 0.1
expect_output 'done' nacre enter late -- cat /tmp/late
wait
nacre stop late
