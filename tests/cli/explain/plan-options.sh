# needs: userns
# Options that contradict one another, found before anything is touched.
many()
{
	seq -s , 1 "$1" | sed 's/[0-9]*/&:&:1/g'
}

expect_error plan-target-root nacre run --dir / true
expect_error plan-root-not-first nacre run --dir /a --tmpfs / true
expect_error root-not-first nacre run --dir /a -o /,lower=/l true
expect_error plan-layers-own-root nacre run -l /l -o /,lower=/m true
expect_error plan-mount-type nacre run -m ,x,/mnt true
expect_error plan-tmpfs-size-twice nacre run --tmpfs /mnt,size=1m,nr_blocks=5 true
expect_error plan-bind-optional-ensure nacre run -b "$T:/mnt:optional,ensure" true
expect_error plan-move-into-itself nacre run -m move,/mnt,/mnt/below true
expect_error plan-layer-twice nacre run -l "$T" -l "$T" true
expect_error plan-layers-writes-host nacre run -l "$T" --rw true
expect_error plan-id-unmapped nacre run --uid-map 0:1:1 --gid-map 0:1:1 -u 5 true
expect_error plan-idmap-incomplete nacre run --uid-map 0:1:1 true
expect_error plan-no-userns-identity nacre run --no-userns -u 5 true
expect_error plan-userns-shared nacre run --share user true
expect_error plan-mount-shared nacre run --share mount true
expect_error plan-hostname-shared nacre run --share uts --hostname box true
expect_error plan-mqueue-shared nacre run --share ipc --mqueue /mnt true
expect_error plan-proc-shared nacre run --share pid --proc /mnt true
expect_error plan-json-needs-dry-run nacre run --json true
expect_error plan-only-without-home env -u HOME nacre run --only /mnt true
expect_error plan-only-outside-home nacre run --only /mnt true
expect_error idmap-empty-range nacre run --uid-map 0:1:0 --gid-map 0:1:1 true
expect_error idmap-wraps nacre run --uid-map 0:4294967294:2 --gid-map 0:1:1 true
expect_error idmap-overlap nacre run --uid-map 0:1:5,3:9:1 --gid-map 0:1:1 true
expect_error idmap-too-many-lines nacre run --uid-map "$(many 341)" --gid-map 0:1:1 true
