# An overlay: its layers, and where its writes go.
plan -o /o
plan -o /o,lower=/a
plan -o /o,lower=/a,lower=/b,lower=/c
plan -o /o,lowerdir=/top:/mid:/low
plan -o /o,lower=/a,shadow
plan -o /o,shadow
plan -o /o,lower=/a,tmp
plan -o /o,tmp
plan -o /o,lower=/a,upper=/u
plan -o /o,lower=/a,upper=/u,work=/w
plan -o /o,lowerdir=/a,upperdir=/u,workdir=/w
plan -o /o,upper=/u
plan -o /o,lower=/a,upper=/u,copyfrom=/c
plan -o /o,lower=/a,ro,noexec
plan -o /o,lower=/a,upper=/u,volatile,metacopy=off,index=off
plan -o /,lower=/a
