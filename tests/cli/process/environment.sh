# needs: userns overlay
# The environment is the caller's, with -e and --unset-env in the order given.
export A=1 B=2 C=3
expect_output '1 2 3' nacre run --rm -- sh -c 'echo $A $B $C'
expect_output 'x=y none 3' nacre run --rm -e A=x=y --unset-env B -- sh -c 'echo $A ${B-none} $C'
expect_output '5' nacre run --rm -e A=4 -e A=5 -- sh -c 'echo $A'
expect_output 'none' nacre run --rm -e A=4 --unset-env A -- sh -c 'echo ${A-none}'
expect_output '6' nacre run --rm --unset-env A -e A=6 -- sh -c 'echo $A'
expect_output '[]' nacre run --rm -e A= -- sh -c 'echo "[${A-none}]"'
