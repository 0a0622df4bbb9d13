# needs: archive tool:sha256sum
# An image that is incomplete, is not what its names say, or is not for this machine, is refused.
layers=$HOME/.local/share/nacre/layers
blob()
{
	local sum

	sum=$(sha256sum <"$1")
	cp "$1" "image/blobs/sha256/${sum%% *}"
	echo "${sum%% *}"
}

# image INDEX MANIFEST: @ stands for the digest of the one layer in the manifest, of the manifest in the index.
image()
{
	rm -rf image
	mkdir -p image/blobs/sha256
	echo '{}' >image/oci-layout
	layer=$(blob layer.tar)
	echo "${2//@/sha256:$layer}" >manifest
	manifest=$(blob manifest)
	echo "${1//@/sha256:$manifest}" >image/index.json
}

refused()
{
	expect_error image-unknown nacre import image
	expect_match "^nacre: cannot import $T/image: $1"
	[ -z "$(ls -A "$layers")" ] || fail "left in the shelf: $(ls -A "$layers")"
}

"$TAR" f file x >layer.tar
index='{"manifests":[{"digest":"@"}]}'
tar='"mediaType":"application/vnd.docker.image.rootfs.diff.tar.gzip"'
good="{\"layers\":[{$tar,\"digest\":\"@\"}]}"
image "$index" "$good"
expect_status 0 nacre import image good
expect_status 0 nacre layers --rm good

image "$index" "$good"
echo more >>"image/blobs/sha256/$layer"
refused 'the file is not what its name says'
image "$index" "$good"
rm "image/blobs/sha256/$layer"
refused 'a file that it names is missing'
image "$index" "$good"
mv "image/blobs/sha256/$layer" elsewhere
ln -s ../../../elsewhere "image/blobs/sha256/$layer"
refused 'a file that it names is missing'
image "$index" "$good"
rm image/index.json
refused 'a file that it names is missing'
image 'no json' "$good"
refused 'it is no JSON'
image '[]' "$good"
refused 'it is no JSON'
image '{"manifests":[]}' "$good"
refused 'it holds no image for this machine'
image '{"manifests":[{"digest":"@"},{"digest":"@"}]}' "$good"
refused 'it holds more than one image for this machine'
image '{"manifests":[{"digest":"@","platform":{"os":"plan9","architecture":"x"}},{"digest":"@","platform":{"os":"linux","architecture":"x"}}]}' "$good"
refused 'it holds no image for this machine'
image '{"manifests":[{"digest":"sha256:../../x"}]}' "$good"
refused 'its digests are malformed'
image "$index" '{"layers":[]}'
refused 'it has no layers'
image "$index" '{"layers":[{"mediaType":"text/plain","digest":"@"}]}'
refused 'it has a layer that is no tar'
image "$index" "{\"layers\":[{$tar,\"digest\":\"md5:0\"}]}"
refused 'it has a layer that is no tar'
image "$index" "$index"
refused 'it is no JSON'
image "$index" "$good"
for _ in 1 2 3 4 5; do
	echo "{\"manifests\":[{\"digest\":\"sha256:$(blob manifest)\"}]}" >next
	mv next manifest
done
mv manifest image/index.json
refused 'its indexes are nested too deep'

mkdir empty
expect_error image-missing nacre import empty
