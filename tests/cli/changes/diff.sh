# needs: userns overlay
# A patch of everything: texts, modes, links, what came and went, and lines for what no patch can say.
mkdir -p d/gone d/kind
cd d
printf 'one\ntwo\nthree\n' >text && printf 'no newline' >end && echo x >mode && echo k >kind/f
echo gone >gone/f && echo moved >moved && printf 'a\0b' >binary && echo same >same
nacre run -q -n b -- sh -c '
	sed -i s/two/2/ text
	echo " now" >>end
	chmod 755 mode && chmod 600 same
	rm -r gone kind && echo file >kind
	mv moved renamed
	printf "a\0c" >binary
	ln -s text link
	mkdir empty && mkfifo fifo
	echo new >"new \"file\""'
nacre diff b
echo "--- stat"
nacre diff --stat b
echo "--- some, in colour"
nacre diff --color always b text | cat -v
echo "--- from elsewhere"
(cd / && nacre diff b "$T/d/text" | sed "s,${T#/}/,,g")
nacre diff --relative . b text | head -1
