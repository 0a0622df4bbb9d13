# Directories, links and files in the new root.
plan --dir /a/b
plan --dir /a,mode=700
plan --dir '/a\,b,mode=1777'
plan --symlink target /link
plan --symlink ../a/b /link
plan --symlink '/a b' '/l,i:n k'
plan --file /f=text
plan --file /f=
plan --file '/a\=b=c=d'
plan --file $'/f=two\nlines'
plan --file-from src /f
plan --file-from '/s,r:c' '/f,=:'
