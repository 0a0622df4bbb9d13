# SPDX-License-Identifier: MIT
# shellcheck shell=bash
#
# The machine's own package sources, for cases that work with real packages. For those that need
# mirror.

# distribution_sources deb|deb-src: the release that runs here, as lines of a sources.list. Other
# people's repositories stay out: they may have no sources, and no keys in a fresh root.
distribution_sources()
{
	local codename

	codename=$(. /etc/os-release && echo "$VERSION_CODENAME")
	apt-get --print-uris update |
		sed -n "s,^'\(.*\)/dists/\(${codename}[^/]*\)/InRelease' .*,$1 \1 \2 main,p"
}

# With sources and state of its own below $T/apt, so that a plain user can use it.
private_apt()
{
	mkdir -p "$T/apt/lists/partial" "$T/apt/archives/partial" "$T/apt/none"
	distribution_sources deb-src >"$T/apt/sources.list"
	apt-get -o Dir::Etc::SourceList="$T/apt/sources.list" -o Dir::Etc::SourceParts="$T/apt/none" \
		-o Dir::Etc::TrustedParts=/usr/share/keyrings -o Dir::State::Lists="$T/apt/lists" \
		-o Dir::Cache="$T/apt" "$@"
}

# hello_source: the sources of the package, in ./hello.
hello_source()
{
	expect_status 0 private_apt -q update
	expect_status 0 private_apt -q source hello
	mv hello-[0-9]* hello
}
