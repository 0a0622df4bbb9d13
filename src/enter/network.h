// SPDX-License-Identifier: MIT
/* The network of a box that has its own: only the loopback device, brought up. */
#ifndef NACRE_ENTER_NETWORK_H
#define NACRE_ENTER_NETWORK_H

struct error;

int network_loopback_up(struct error *err);

#endif
