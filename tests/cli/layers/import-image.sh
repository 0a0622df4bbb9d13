# needs: archive tool:sha256sum
# The layers of an OCI image become one: later over earlier, with what they take away taken away.
blob()
{
	local sum

	sum=$(sha256sum <"$1")
	cp "$1" "image/blobs/sha256/${sum%% *}"
	echo "sha256:${sum%% *}"
}

mkdir -p image/blobs/sha256
echo '{"imageLayoutVersion":"1.0.0"}' >image/oci-layout
"$TAR" d etc 755 f etc/a one f etc/b one f etc/c one d opt 755 f opt/x one d var 700 f var/f one \
	d usr 755 f usr/file one l lib usr >1.tar
"$TAR" f etc/b two f .wh.opt '' f etc/.wh.c '' f var/new two f var/.wh..wh..opq '' \
	f .wh.nowhere '' f nowhere/.wh.x '' d lib 755 f lib/two two >2.tar
gzip -k 2.tar
"$TAR" h etc/linked etc/a d opt 711 f opt/y three d usr 755 f usr/.wh.file '' >3.tar
for n in 1.tar 2.tar.gz 3.tar; do
	layers="${layers-}${layers+,}{\"mediaType\":\"application/vnd.oci.image.layer.v1.tar\",\"digest\":\"$(blob $n)\"}"
done
echo '{"architecture":"amd64","os":"linux","rootfs":{"type":"layers"}}' >config
echo "{\"schemaVersion\":2,\"config\":{\"digest\":\"$(blob config)\"},\"layers\":[$layers]}" >manifest
echo "{\"schemaVersion\":2,\"manifests\":[{\"digest\":\"$(blob manifest)\"}]}" >image/index.json

check()
{
	cd "$HOME/.local/share/nacre/layers/$1"
	expect_output './etc ./etc/a ./etc/b ./etc/linked ./lib ./lib/two ./opt ./opt/y ./usr ./var ./var/new' \
		sh -c 'echo $(find . -mindepth 1 | LC_ALL=C sort)'
	expect_output 'onetwotwothree 711 700 2' \
		sh -c 'echo $(cat etc/linked etc/b var/new opt/y) $(stat -c %a opt var) $(stat -c %h etc/a)'
	cd "$T"
}

expect_status 0 nacre import image
check image
tar -C image -cf - . | xz >packed.tar.xz
expect_status 0 nacre import packed.tar.xz
check packed
[ "$(names "$HOME/.local/share/nacre/layers")" = 'image image.layer packed packed.layer ' ] ||
	fail "more than two layers are left"
grep -qx "from image $T/image" "$HOME/.local/share/nacre/layers/image.layer" || fail "its origin is not noted"

# Of several images that for this machine is taken, behind an index in an index too.
case $(uname -m) in
x86_64) machine=amd64 ;;
aarch64) machine=arm64 ;;
*) machine=$(uname -m) ;;
esac
cat >inner <<-END
	{"manifests":[{"digest":"sha256:$(printf '0%.0s' {1..64})","platform":{"os":"linux","architecture":"z80"}},
	{"digest":"$(blob manifest)","platform":{"os":"linux","architecture":"$machine"}},
	{"digest":"sha256:$(printf '1%.0s' {1..64})","platform":{"os":"unknown","architecture":"unknown"}}]}
END
echo "{\"manifests\":[{\"digest\":\"$(blob inner)\"}]}" >image/index.json
expect_status 0 nacre import image chosen
check chosen
