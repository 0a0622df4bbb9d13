// SPDX-License-Identifier: MIT
/*
 * The set-up of each scenario, as system calls in a fixed order. Every function runs in the new
 * namespaces, after the ids are mapped, and ends the process when a call fails.
 *
 * What varies comes as words made beforehand (bench/run), so nothing is computed here:
 *
 *	bare	(none)
 *	full	(none)
 *	binds	SOURCE PAYLOAD DESTINATION...	destinations relative to the new root, with no
 *						more than their last part missing
 *	overlay	LOWER...			the top one first, the root directory last
 *	host	groups, each led by its kind:
 *		overlay NAME UPPER WORK OPTIONS
 *		bind NAME SOURCE
 *		file NAME SOURCE
 *		link NAME TARGET
 *
 * stage is an empty directory that the new root is mounted on until pivot_root.
 */
#ifndef NACRE_BENCH_FLOOR_STEPS_H
#define NACRE_BENCH_FLOOR_STEPS_H

/* Writes the caller's own maps, a line each as in user_namespaces(7). */
void map_ids(const char *uid_map, const char *gid_map);

void set_up_bare(const char *stage, char **words);
void set_up_full(const char *stage, char **words);
void set_up_binds(const char *stage, char **words);
void set_up_overlay(const char *stage, char **words);
void set_up_host(const char *stage, char **words);

/* Outside, before and after a run of host: its upper and work directories. */
void make_uppers(char **words);
void remove_uppers(char **words);

#endif
