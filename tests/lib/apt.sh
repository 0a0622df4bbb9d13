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

# With sources and state of its own below $T/apt, so that a plain user can use it. Source packages, or those of $apt_kind.
apt_kind=deb-src
private_apt()
{
	mkdir -p "$T/apt/lists/partial" "$T/apt/archives/partial" "$T/apt/none"
	distribution_sources "$apt_kind" >"$T/apt/sources.list"
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

# debian_root PACKAGE…: ./debian, a root directory with these and what they depend on, unpacked as they come and not set up, which
# takes no other ids than the caller's.
debian_root()
{
	local file name

	mkdir -p debian/usr
	for name in bin sbin lib lib64; do
		mkdir -p "debian/usr/$name"
		ln -s "usr/$name" "debian/$name"
	done
	apt_kind=deb
	expect_status 0 private_apt -q -o Acquire::Languages=none update
	expect_status 0 private_apt -q -y -o Dir::State::status=/dev/null -o Debug::NoLocking=1 \
		-o APT::Install-Recommends=0 --download-only install base-files base-passwd dash coreutils "$@"
	for file in apt/archives/*.deb; do
		dpkg-deb -x "$file" debian
	done
	cp debian/usr/share/base-passwd/passwd.master debian/etc/passwd
	cp debian/usr/share/base-passwd/group.master debian/etc/group
	rm -rf apt
}
