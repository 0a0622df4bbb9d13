# needs: userns python:libmat2 tool:exiftool
# mat2's library looks at files with exiftool, which it runs in bwrap.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/bwrap.sh"
stand_in
/usr/bin/python3 - <<-'EOS' >out
	import libmat2.parser_factory, struct, zlib

	def chunk(kind, data):
	    return struct.pack('>I', len(data)) + kind + data + struct.pack('>I', zlib.crc32(kind + data))

	rows = b''.join(b'\0' + b'\xff\0\0' * 8 for _ in range(8))
	open('a.png', 'wb').write(b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', struct.pack('>IIBBBBB', 8, 8, 8, 2, 0, 0, 0)) +
	    chunk(b'tEXt', b'Author\0Somebody') + chunk(b'IDAT', zlib.compress(rows)) + chunk(b'IEND', b''))
	parser, _ = libmat2.parser_factory.get_parser('a.png')
	print(parser.get_meta()['Author'])
EOS
[ "$(cat out)" = Somebody ] || fail "$(cat out)"
stood_in
