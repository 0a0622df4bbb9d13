# needs: userns
# Defect 4, steamns: a command that a signal ended was reported as 0.
# It is 128 and the signal's number: of a command, of one who made namespaces, and of one who joined them.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/steamns.sh"
steam_root root
for signal in TERM:143 KILL:137 SEGV:139 INT:130; do
	for way in "" "-r" "-M" "-c ns" "-D -j ns"; do
		# shellcheck disable=SC2086 # words
		expect_status ${signal#*:} steam $way sh -c "kill -${signal%:*} \$\$; exit 0"
	done
done
passes ns
