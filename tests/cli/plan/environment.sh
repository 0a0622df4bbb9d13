# needs: tool:jq
# The environment, the working directory and the descriptors.
plan_json '.environment' -e A=1 -e B --unset-env C -e D= -e 'E=a=b'
plan_json '.environment' --clear-env -e PATH
plan_json '.workdir' -w /some/../dir
plan_json '.pass_fds' --pass-fd 3 --pass-fd 0
plan_json '.capabilities' --cap-add net_raw,CAP_CHOWN --cap-drop all
