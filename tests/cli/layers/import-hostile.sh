# needs: archive
# An archive that reaches out of the layer is refused whole: nothing is written outside, nothing is kept.
mkdir outside
echo safe >outside/file
layers=$HOME/.local/share/nacre/layers
met()
{
	local name=$1

	shift
	"$TAR" f good content "$@" >bad.tar
	expect_error "$name" nacre import bad.tar
	expect_match "^nacre: cannot import $T/bad.tar: "
	[ -z "$(ls -A "$layers")" ] || fail "left in the shelf: $(ls -A "$layers")"
	[ "$(cat outside/*)" = safe ] && [ "$(ls outside)" = file ] || fail "written outside: $*"
}

met archive-unsafe f "$T/outside/new" x
met archive-unsafe f ../../../outside/new x
met archive-unsafe f a/../../x x
met archive-unsafe f a/.. x
met archive-unsafe d .. 755
met archive-unsafe l link "$T/outside" f link/new x
met archive-unsafe l link "$T/outside" d link/new 755
met archive-unsafe l link ../../../../outside f link/file x
met archive-unsafe d d 755 l d/link . f d/link/good x
met archive-unsafe l a b l b "$T/outside" f a/new x
met archive-unsafe f file x f file/below x
met archive-unsafe h hard "$T/outside/file"
met archive-unsafe h hard ../../outside/file
met archive-unsafe l link "$T/outside" h hard link/file
met archive-unsafe h hard missing
met archive-unsafe h hard later f later x
met archive-unsafe d d 755 h hard d
met archive-unsafe h hard .
met archive-unsafe f .wh... x
met archive-unsafe l link "$T/outside" f link/.wh.file ''
met archive-unsafe l link "$T/outside" f link/.wh..wh..opq ''
met archive-device c null 1:3
met archive-device b disk 8:0
met archive-device c .wh.null 1:3 c null 1:3
met archive-limits f "$(printf 'x%.0s' {1..256})" x
met archive-limits f "$(printf 'd/%.0s' {1..2048})f" x
met archive-damaged f .wh. x
met archive-damaged f d/.wh.. x
