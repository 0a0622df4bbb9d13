// SPDX-License-Identifier: MIT
/* The words of a journal, which its writer and its reader share (docs/undo-format.md). */
#ifndef NACRE_CHANGES_JOURNAL_H
#define NACRE_CHANGES_JOURNAL_H

#include "changes/txn.h"

#define JOURNAL_VERSION "nacre-undo 1"

struct journal_flag {
	uint8_t flag;
	char letter;
};

extern const char *const journal_items[TXN_KIND_COUNT];
extern const struct journal_flag journal_item_flags[], journal_dir_flags[];

#endif
