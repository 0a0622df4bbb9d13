# needs: userns overlay tool:pipewire tool:pw-cli
# A sound server answers a client in a box, on the host as over a root directory, also who joins.
runtime=$T/session
mkdir -m 700 "$runtime"
XDG_RUNTIME_DIR=$runtime
export XDG_RUNTIME_DIR
pipewire >server.log 2>&1 &
server=$!
trap 'kill $server; wait $server || :' EXIT
wait_until pw-cli info 0
small_root root
expect_status 0 nacre run -q --audio --net none -- pw-cli info 0
expect_match 'PipeWire:Interface:Core'
expect_status 0 box root -q --audio -- pw-cli info 0
expect_match 'PipeWire:Interface:Core'
expect_status 0 box root -q --as-root --audio -- pw-cli info 0
expect_match 'PipeWire:Interface:Core'
nacre start -q --audio dev
expect_status 0 env -u XDG_RUNTIME_DIR nacre exec dev pw-cli info 0
expect_match 'PipeWire:Interface:Core'
nacre stop dev
# Without the option there is none.
! box root -q -- pw-cli info 0 || fail 'the sound server was reached without --audio'
