# needs: userns overlay
# Task 7: a program in an image that is a directory, and its data in a scratch directory, where the image has no such place.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/transcript.sh"
project job
mkdir scratch
copied_root ../app sh cat
program ../app/solver <<'END'
read -r number <"$1"
echo "$((number * 2))" >/scratch/out.dat && echo "solved $1"
END
chmod 555 ../app
trap 'chmod 755 ../app' EXIT
echo 21 >scratch/in.dat

typed 'nacre run --root ../app -b scratch:/scratch -w /scratch -- /solver in.dat'
typed 'cat scratch/out.dat'
typed 'ls ../app'
typed 'nacre run --root ../app -b scratch:/scratch:ro -w /scratch -- /solver in.dat'
typed 'nacre run --root ../app -b scrach:/scratch -- /solver in.dat'
