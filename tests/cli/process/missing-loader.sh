# needs: userns overlay
# A program whose loader is not in the root names the loader.
mkdir -p root/bin && cp "$(command -v env)" root/bin/env
expect_error 127 loader-missing nacre run --rm --root root -- /bin/env
expect_match 'ld-(linux|musl)'
