# needs: userns overlay
# Task 4: a game with mods as layers, in their order, and with its saves apart.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/transcript.sh"
# The number of the step is that of the machine's mounts, and a layer holds the directories above.
also -e 's/^ +[0-9]+  overlay/   N  overlay/' -e 's/has [0-9]+ objects/has N objects/'
project games
program game/run.sh <<'END'
cd "$(dirname "$0")" && cat textures rules
echo "level 2" >saved
END
mkdir -p mods/fix mods/hd saves
echo 'textures: plain' >game/textures
echo 'rules: with a mistake' >game/rules
echo 'rules: mended' >mods/fix/rules
echo 'rules: mended otherwise' >mods/hd/rules
echo 'textures: sharp' >mods/hd/textures

typed 'nacre run --overlay game,lower=game,lower=mods/fix,lower=mods/hd,upper=saves ./game/run.sh'
typed 'nacre run --overlay game,lower=game,lower=mods/hd,lower=mods/fix,upper=saves ./game/run.sh'
typed 'ls game saves'
typed 'nacre run --dry-run --overlay game,lower=game,lower=mods/fix,lower=mods/hd,upper=saves ./game/run.sh | grep -A 3 3\ layers'
typed '# A mod that comes with an installer, as a layer of its own.'
typed "nacre run -n mod -- sh -c 'echo \"textures: of the mod\" >game/textures'"
typed 'nacre save mod textures'
typed 'nacre run -q -l textures ./game/run.sh'
typed 'nacre layers --rm textures'
