# needs: tool:jq
# They are ordinary steps in the plan, in the order of their names, in the place of the option.
mkdir -p host/b 'host/a,b:c' host/tmp
ln -s b/x host/link
: >host/file
nacre run --no-defaults --dry-run --json --root-from host:ro,noexec --dir /d true |
	jq -c '.steps[] | [.kind, .dst, .description]' | sed "s|$T|TEST|g"
nacre run --no-defaults --dry-run --json --tmpfs /,size=1M --etc=host:app true | jq -r '.steps[].description' |
	sed "s|$T|TEST|g"
