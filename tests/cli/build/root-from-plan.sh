# needs: tool:jq
# They are ordinary steps in the plan, in the order of their names, in the place of the option.
mkdir -p host/b 'host/a,b:c' host/tmp
ln -s b/x host/link
: >host/file
nacre run --no-defaults --dry-run --json --root-from host:ro,noexec --dir /d true |
	jq -c '.steps[] | [.kind, .dst, .description]' | sed "s|$T|TEST|g"
# The root is empty wherever the option stands, but for one that was asked for.
for first in "-b $T/host/b:/b" "-b $T/host:/" "--root $T/host"; do
	# shellcheck disable=SC2086 # words
	nacre run --no-defaults --dry-run --json $first --root-from host/b --root-from host true |
		jq -r '[.steps[].description] | .[0], .[1], "\(length) steps"' | sed "s|$T|TEST|g"
done
nacre run --no-defaults --dry-run --json --tmpfs /,size=1M --etc=host:app true | jq -r '.steps[].description' |
	sed "s|$T|TEST|g"
