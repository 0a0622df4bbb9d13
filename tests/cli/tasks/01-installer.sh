# needs: userns overlay tool:tmux tool:make
# Task 1: an installer, and its changes looked at before any is made.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/transcript.sh"
# shellcheck disable=SC2016 # for make
project app
echo 'alias ll="ls -l"' >../.bashrc
program app <<<'echo "this is app"'
cat >Makefile <<'END'
install:
	install -D app $(HOME)/.local/bin/app
	echo 'PATH=$$HOME/.local/bin:$$PATH' >>$(HOME)/.bashrc
	@mkdir -p $(HOME)/.cache/app && echo tmp >$(HOME)/.cache/app/log
END

typing
types 'nacre try make install' 'discard\?'
types d 'discard\?'
types a
# shellcheck disable=SC2088 # for the shell that is typed into
types '~/.local/bin/app'
types 'nacre undo'
types 'ls ~/.local/bin'
types '# The program alone.'
types 'nacre try -- make -s install' 'discard\?'
types s 'apply this change'
types n 'apply this change'
types n 'apply this change'
types y
types 'cat ~/.bashrc'
types 'nacre status'
types 'nacre discard'
seen
