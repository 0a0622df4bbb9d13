# needs: userns overlay tool:git
# Task 3: a session of an agent in a box of its own, looked at later and taken in part.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/transcript.sh"
project tool
mkdir src
printf 'int main(void)\n{\n\treturn 1;\n}\n' >src/main.c
echo '# tool' >README
program "$T/bin/agent" <<'END'
echo "agent: working on: $*"
sed -i 's/return 1/return 0/' src/main.c
printf 'int helper(void);\n' >src/helper.h
echo 'Made by agent.' >>README
mkdir -p .agent && echo session >.agent/log
END
git init -q . && git add . && git -c user.name=me -c user.email=me@example.org commit -q -m start

typed 'nacre run -n fix --only . agent fix the exit status'
typed 'nacre run -n fix --only . agent and the rest'
typed 'git status --short'
typed 'nacre status fix'
typed 'nacre diff fix src'
typed "nacre diff fix src | git apply --check && echo fits"
typed 'nacre diff --stat fix'
typed "nacre commit fix 'src/*'"
typed 'git status --short'
typed 'nacre status fix'
typed 'nacre rm fix'
typed 'nacre undo'
typed 'git status --short'
