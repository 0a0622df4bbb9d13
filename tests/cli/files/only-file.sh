# needs: userns overlay
# A file over one that --only keeps covers it, and is made for real nowhere; beside what it keeps it is in memory.
mkdir home/kept
echo old >home/kept/file
for writes in --rm --ro --rw; do
	expect_output $'new\nbeside' nacre run "$writes" --only "$HOME/kept" --file "$HOME/kept/file=new
" --file "$HOME/other=beside" -- cat "$HOME/kept/file" "$HOME/other"
done
expect_output old cat home/kept/file
expect_output 'kept ' names home
expect_output 'file ' names home/kept
