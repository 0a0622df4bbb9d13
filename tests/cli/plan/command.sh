# needs: tool:jq
# The first word that is no option ends them: a command keeps its own.
mkdir root
run()
{
	"$NACRE" run --root root --dry-run --json "$@" | jq -c .command
}
run ls -l --root x
run -- ls -l
run -- -- ls
run -q -- --help
run env -i 'a b' '' $'new\nline'
