# needs: userns overlay tool:git tool:patch
# What it prints, git apply and patch make of a copy what the box made of the original.
mkdir -p d/sub
cd d
printf '%s\n' $(seq 100) >long && echo x >gone && echo y >sub/moved && printf 'no newline' >end && echo z >run
cp -a . ../git && cp -a . ../patched
nacre run -q -n b -- sh -c '
	sed -i -e 10s/.*/ten/ -e 50d -e 90s/$/"\t"/ long
	rm gone && mv sub/moved sub/there && echo more >>end && chmod 755 run
	mkdir -p new/deep && echo n >new/deep/file && ln -s long "link with space" && echo odd >"a\"b	c"'
nacre diff b >../patch
nacre run -q -n b -- tar -cf - . | tar -C .. --one-top-level=want -xf -
(cd ../git && git init -q . && git apply ../patch && rm -rf .git)
(cd ../patched && patch -s -p1 <../patch)
diff -r --no-dereference ../want ../git
diff -r --no-dereference ../want ../patched
[ -x ../git/run ] && [ -x ../patched/run ]
