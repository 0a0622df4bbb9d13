# needs: userns
# mkdir=: the mount point is there, is made if missing, is made. None is left behind, and what is beside it can be written.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/stand-in.sh"
mkdir there src
touch file
expect_error 41 mount-point-missing overlayns -m tmpfs,none,missing true
expect_error 41 mount-point-missing overlayns -m tmpfs,none,missing,mkdir=never true
expect_status 0 overlayns -m tmpfs,none,there,mkdir=never true
expect_output tmpfs overlayns -m tmpfs,none,new,mkdir=maybe stat -f -c %T new
expect_output tmpfs overlayns -m tmpfs,none,new/deep/er,mkdir=maybe stat -f -c %T new/deep/er
expect_output tmpfs overlayns -m tmpfs,none,there,mkdir=maybe stat -f -c %T there
expect_output tmpfs overlayns -m tmpfs,none,new/deep,mkdir=require stat -f -c %T new/deep
expect_error 41 mount-point-exists overlayns -m tmpfs,none,there,mkdir=require true
expect_status 33 overlayns -m tmpfs,none,there,mkdir=always true
expect_match '^overlayns: always is not what to do about a missing mount point$'
expect_status 33 overlayns -m tmpfs,none,there,mkdir true
# For a file a file is made.
echo text >src/file
expect_output text overlayns -m bind,src/file,new,mkdir=maybe cat new
expect_output text overlayns -m bind,src/file,there/new,mkdir=require cat there/new
# An overlay has it too.
expect_error 41 mount-point-missing overlayns -o missing,lowerdir=src true
expect_output file overlayns -o new,lowerdir=src,mkdir=maybe ls new
expect_error 41 mount-point-exists overlayns -o there,lowerdir=src,mkdir=require true
# What is in the directory is written for real; what is above it takes new names.
expect_status 0 overlayns -m tmpfs,none,there/new,mkdir=maybe sh -c 'echo more >>file && touch beside && touch there/new/gone'
[ -s file ] && [ -e beside ] || fail "something beside was not written"
[ "$(names .)" = "beside file home run src there tmp " ] || fail "there is $(names .)"
[ -z "$(names there)" ] || fail "there is $(names there)"
# Below a file, or in a place where nobody can make any.
expect_status 41 overlayns -m tmpfs,none,file/x,mkdir=maybe true
expect_status 41 overlayns -m tmpfs,none,/proc/nacre-test,mkdir=maybe true
# Where the step before gave a place.
expect_output tmpfs overlayns -m tmpfs,none,there -m tmpfs,none,there/in/it,mkdir=require stat -f -c %T there/in/it
