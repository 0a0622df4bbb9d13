# needs: userns overlay tool:tmux
# Task 2: code of strangers is installed in a project; it sees nothing of the home but that.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/transcript.sh"
project web
mkdir ../.ssh
echo secret >../.ssh/id
echo '{ "name": "web" }' >package.json
# npm, with a package whose script looks for keys and stays.
program "$T/bin/npm" <<'END'
for name in left-pad right-pad; do
	mkdir -p "node_modules/$name" && echo "module.exports = 1" >"node_modules/$name/index.js"
done
echo '{ "name": "web", "dependencies": {} }' >package.json
echo '{}' >package-lock.json
mkdir -p ~/.npm/_cacache && echo cached >~/.npm/_cacache/left-pad
cat ~/.ssh/id && echo "alias sudo=steal" >>~/.bashrc
echo "added 2 packages"
END

typing
types 'nacre try --only . npm install' 'discard\?'
types k
types 'nacre status --all'
types 'nacre diff package.json'
types 'nacre commit node_modules package-lock.json'
types 'nacre discard'
types 'cat package.json; ls -A . ~'
types 'nacre undo'
types 'ls'
seen
