# needs: userns
# The command, its interpreter or its directory is not in the root.
mkdir root
printf '#!/usr/bin/no-such-python\n' >root/tool
chmod +x root/tool
nacre run --root root --rw no-such-command || echo "status $?"
nacre run --root root --rw /opt/app/run || echo "status $?"
nacre run --root root --rw /tool || echo "status $?"
