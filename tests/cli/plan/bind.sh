# A bind: where its parts end, and what its words say.
plan -b /a
plan -b /a:/b
plan -b /a:ro
plan -b /a:/b:ro,noexec
plan -b /a:/b:dev,suid
plan -b /a:/b:norec,optional
plan -b /a:/b:ensure
plan -b /a:/b:slave
plan -b /a:/b:shared,rw
plan -v /a:/b:private
plan --bind=/a:/b
plan --volume /a:/b
