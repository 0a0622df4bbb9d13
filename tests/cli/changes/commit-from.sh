# needs: root userns overlay tool:setpriv
# Root takes somebody else's box as data: copies that are root's, no set-id bit, no link followed.
chmod 755 . && mkdir place home2 && chown 4711:4711 home2
plain()
{
	setpriv --reuid=4711 --regid=4711 --clear-groups env "HOME=$T/home2" "XDG_STATE_HOME=$T/home2" "$@"
}

cp -p "$NACRE" copy && chmod 755 copy
program=$T/copy
plain "$program" run -q --seed "$T/place" -n b -- sh -c "
	cd '$T/place' && echo x >file && cp /bin/true setid && chmod 4755 setid
	mkdir dir && echo y >dir/f && ln -s /etc/shadow link"
plain "$program" status b >/dev/null
box=$T/home2/nacre/boxes/b
plain "$program" commit b && fail 'a plain user wrote in a directory of root' || echo "status $?"
expect_status 0 "$NACRE" commit --from "$box"
expect_match 'reduced .*/place/setid: without'
stat -c '%n %U %a %F' place/* place/dir/f
[ "$(readlink place/link)" = /etc/shadow ]
plain "$program" status --porcelain b | sed "s,$T/,,"
nacre undo
ls place
printf 'nacre-box 1\nname b\ncreated 1\nbase /\nuid 4711 4711 1\ngid 4711 4711 1\ncommand true\noverlay etc /tmp\nlower /etc\nend\n' >"$box/record"
expect_error from-other-base nacre commit --from "$box"
