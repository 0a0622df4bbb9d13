# needs: userns overlay
# -l WORD: the directory of that name here, else the saved layer; what is neither is an error that says both.
small_root root
box root -n box -- sh -c 'echo saved >/word'
expect_status 0 nacre save box tools
expect_output saved box root --rm -l tools -- cat /word
expect_output saved box root --rm --layer=tools -- cat /word
mkdir tools
echo here >tools/word
expect_output here box root --rm -l tools -- cat /word
expect_output here box root --rm -l ./tools -- cat /word
rm -r tools
expect_error layer-missing box root --rm -l ./tools -- true
expect_error layer-unknown box root --rm -l toolz -- true
expect_match '^nacre: there is no layer toolz: it is neither a directory here nor a saved layer$'
expect_match 'did you mean tools\?'
touch tools
expect_output saved box root --rm -l tools -- cat /word
touch other
expect_error layer-not-directory box root --rm -l other -- true
expect_status 0 nacre run --root root --dry-run -l tools true
expect_match "$HOME/.local/share/nacre/layers/tools"
