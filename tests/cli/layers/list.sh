# needs: userns overlay tool:jq
# The saved layers, newest first, for people and for programs; a layer that was put there by hand is one too.
layers=$HOME/.local/share/nacre/layers
expect_output '' nacre layers
expect_output '[]' sh -c 'nacre layers --json | jq -c .layers'
mkdir root
small_root root
box root -n fix -- sh -c 'mkdir /new; echo content >/new/file'
expect_status 0 nacre save fix one
mkdir "$layers/by-hand" "$layers/.hidden" "$layers/x.layer"
expect_status 0 nacre layers
expect_match '^NAME +SIZE +OBJECTS +AGE +FROM$'
expect_match '^one +[0-9.]+ KB +2 +(now|[0-9]+ seconds?)  box fix$'
expect_match '^by-hand +\? +0 +\?'
expect_no_match 'hidden|x\.layer'
expect_output "{\"name\":\"one\",\"path\":\"$layers/one\",\"objects\":2,\"from\":{\"kind\":\"box\",\"source\":\"fix\"},\"base\":\"$T/root\"}" \
	sh -c 'nacre layers --json | jq -c ".layers[0] | del(.created, .size)"'
expect_output '1 true' sh -c 'nacre layers --json | jq -r "\"\(.version) \(now - .layers[0].created < 60)\""'
expect_error usage-words nacre layers one
chmod 777 "$layers"
expect_error shelf-foreign nacre layers
expect_error shelf-foreign nacre layers --json
chmod 700 "$layers"
