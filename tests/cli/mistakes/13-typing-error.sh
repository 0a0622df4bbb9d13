# An option, a verb and a word that are nearly right.
nacre run --ro-bind /usr /usr true || echo "status $?"
nacre rnu true || echo "status $?"
nacre run -b /usr:/usr:readonly true || echo "status $?"
