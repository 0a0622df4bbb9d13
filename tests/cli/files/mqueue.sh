# needs: userns overlay
# --mqueue: the message queues of the box's own ipc namespace.
small_root root
expect_output mqueue box root --mqueue /mq -- stat -f -c %T /mq
expect_output '' box root --mqueue /mq -- ls /mq
