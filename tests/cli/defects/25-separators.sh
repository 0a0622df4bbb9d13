# needs: userns overlay
# Defect 25: a comma or a colon in the paths of a bind could not be given.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/stand-in.sh"
small_root root
mkdir 'a,b' 'c:d' 'm,n' 'root/x:y' 'e,f:g\h'
echo comma >'a,b/file'
echo colon >'c:d/file'
echo all >'e,f:g\h/file'
expect_output comma overlayns -m 'bind,a\,b,m\,n' cat 'm,n/file'
expect_output comma overlayns -o 'm\,n,shadow,lowerdir=a\,b' cat 'm,n/file'
expect_output colon overlayns -o 'm\,n,shadow,lowerdir=c\:d' cat 'm,n/file'
expect_output all overlayns -m 'bind,e\,f:g\\h,m\,n' cat 'm,n/file'
expect_output colon nsroot_in root -v "$T/c\\:d:/x\\:y" -- cat /x:y/file
expect_output all nsroot_in root -v "$T/e,f\\:g\\\\h:/x\\:y:ro" -- cat /x:y/file
# In the options of a file system too.
expect_status 125 overlayns -m 'tmpfs,none,m\,n,mpol=a\,b' true
expect_match "Bad value for 'mpol'"
expect_output comma overlayns -m 'overlay,none,m\,n,lowerdir=a\\\,b:home,ro' cat 'm,n/file'
