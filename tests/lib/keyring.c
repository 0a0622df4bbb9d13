// SPDX-License-Identifier: MIT
/*
 * keyring COMMAND [ARG…]: runs the command with a new session keyring that holds a key. keyring alone says whether it finds
 * that key in its session: "found" or "none".
 */
#include <linux/keyctl.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	long key;

	if (argc < 2) {
		key = syscall(SYS_keyctl, KEYCTL_SEARCH, KEY_SPEC_SESSION_KEYRING, "user",
			      "nacre-test", 0);
		(void)puts(key < 0 ? "none" : "found");
		return 0;
	}
	if (syscall(SYS_keyctl, KEYCTL_JOIN_SESSION_KEYRING, NULL) < 0 ||
	    syscall(SYS_add_key, "user", "nacre-test", "x", 1, KEY_SPEC_SESSION_KEYRING) < 0) {
		perror("keyring");
		return 2;
	}
	(void)execvp(argv[1], argv + 1);
	perror(argv[1]);
	return 2;
}
