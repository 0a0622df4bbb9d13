# needs: userns gi:GnomeDesktop-3.0 tool:gnome-thumbnail-font
# GNOME's thumbnails are made by programs in bwrap (libgnome-desktop, for Nautilus and others).
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/bwrap.sh"
stand_in
font=$(find /usr/share/fonts -name '*.ttf' 2>/dev/null | sed -n 1p)
[ -n "$font" ] || fail "there is no font to make a picture of"
/usr/bin/python3 - "$font" <<-'EOS' >out
	import gi, sys
	gi.require_version('GnomeDesktop', '3.0')
	from gi.repository import GnomeDesktop

	factory = GnomeDesktop.DesktopThumbnailFactory.new(GnomeDesktop.DesktopThumbnailSize.NORMAL)
	picture = factory.generate_thumbnail('file://' + sys.argv[1], 'font/ttf', None)
	print('%d x %d' % (picture.get_width(), picture.get_height()))
EOS
[ "$(cat out)" = '128 x 128' ] || fail "$(cat out)"
stood_in
