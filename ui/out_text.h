/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * ui/out_text.h: output for people: lines on a terminal, or into a file.
 *
 * Lines are written as they end, tables when they end; out_flush writes what
 * is left.  Records called "error" and "warning" go to the second descriptor.
 */
#ifndef SCDB_UI_OUT_TEXT_H
#define SCDB_UI_OUT_TEXT_H

#include "base/buf.h"
#include "base/out.h"
#include "ui/pager.h"

#include <stdbool.h>

enum { OUT_TEXT_NESTING = 8 };

struct out_text_stream {
	int fd;
	bool terminal;    /* and one that may be coloured */
	struct buf line;
	bool midline;     /* a part of a line was written */
};

struct out_text {
	struct out out;
	struct out_text_stream streams[2];
	unsigned stream;           /* where text goes now */
	unsigned depth;            /* of records */
	unsigned outer[OUT_TEXT_NESTING]; /* the stream outside of each */
	struct out_grid *grid;
	struct pager pager;        /* of the first stream */
	bool failed;               /* nobody reads us any more */
	bool progress;             /* a line of it stands there */
	/* An enum color_mode, asked at every write; NULL: COLOR_AUTO. */
	const unsigned *color;
	/* Called once, when a write fails; NULL: nothing to do. */
	void (*on_failure)(void *ctx);
	void *ctx;
};

/* FD and ERR_FD are borrowed.  The locale must have been set. */
void out_text_init(struct out_text *t, int fd, int err_fd);
void out_text_deinit(struct out_text *t);
/* DATA as it is: it is the program's. */
void out_text_raw(struct out_text *t, const char *data, size_t len);
/*
 * On a terminal TEXT becomes the line where the cursor is, and the next one
 * takes its place, as does whatever else is said; NULL: it goes.
 */
void out_text_progress(struct out_text *t, const char *text);
/* The size of the terminal, 0 where there is none; that is the width now. */
void out_text_resize(struct out_text *t, unsigned *height, unsigned *width);

#endif
