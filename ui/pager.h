/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * ui/pager.h: output that is longer than the screen waits for its reader.
 */
#ifndef SCDB_UI_PAGER_H
#define SCDB_UI_PAGER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum pager_answer { PAGER_MORE, PAGER_ALL, PAGER_QUIT };

struct pager {
	/* Of the screen; NULL or 0: without end. */
	const uint64_t *height, *width;
	/* Asks the reader; where none is to be asked the answer is MORE. */
	enum pager_answer (*ask)(void *ctx);
	void *ctx;
	uint64_t rows;    /* since the last question */
	bool all;         /* no more questions until pager_reset */
	bool quit;        /* nothing more is shown until then */
};

/* The next screen begins. */
void pager_reset(struct pager *p);
/*
 * TEXT is LEN bytes of whole lines.  WRITE puts them out, with questions
 * between; what comes after the reader had enough is dropped.
 */
void pager_write(struct pager *p, const char *text, size_t len,
                 void (*write)(void *ctx, const char *text, size_t len),
                 void *ctx);

#endif
