# needs: user newuidmap userns overlay
# Directories of users that the box does not have: nacre seeds the usual ones, and others on request.
mkdir shared
unshare --user --map-auto --map-root-user sh -c 'chown 5 shared && chmod 777 shared'
nacre run --rm touch /tmp/new /var/tmp/new
nacre run --rm touch shared/new || echo "status $?"
nacre run --rm --seed shared touch shared/new
unshare --user --map-auto --map-root-user rm -r shared
