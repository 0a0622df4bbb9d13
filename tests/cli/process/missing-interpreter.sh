# needs: userns overlay
# A script whose interpreter is missing names the interpreter, not the script.
printf '#! /no/such/interpreter -x\n' >script && chmod +x script
expect_error 127 interpreter-missing nacre run --rm -- ./script
expect_match '/no/such/interpreter'
