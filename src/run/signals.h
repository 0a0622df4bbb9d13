// SPDX-License-Identifier: MIT
/* The signals that nacre and init pass on to the command. */
#ifndef NACRE_RUN_SIGNALS_H
#define NACRE_RUN_SIGNALS_H

#include <signal.h>

static inline void signals_forwarded(sigset_t *set)
{
	static const int passed_on[] = { SIGINT,  SIGTERM, SIGQUIT,  SIGHUP,
					 SIGUSR1, SIGUSR2, SIGWINCH, SIGCONT };

	sigemptyset(set);
	for (unsigned i = 0; i < sizeof(passed_on) / sizeof(passed_on[0]); i++)
		sigaddset(set, passed_on[i]);
}

#endif
