# needs: tool:jq
# Every kind of step is told whole in JSON.
plan_json '.steps[]' -b /a:/b:ro --tmpfs /t,size=1m,mode=700 --proc /p --dev /d --devpts /pts \
	--mqueue /q --sys /s -m ext4,/dev/sda,/m,data=journal -m none,none,/m,remount,rec,ro \
	-m move,/a,/n -o /o,lower=/l,upper=/u --dir /x,mode=750 --symlink to /y --file /f=text \
	--file-from /s /g --hide /h
