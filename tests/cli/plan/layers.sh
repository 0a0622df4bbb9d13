# -l stacks layers over the base, each on top of the one before, and works with every kind of writes.
mkdir one two three
plan -l one -l two -l three
plan --layer=one --layer two --ro
plan -l one --rm
