/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * base/out.h: everything a user sees goes through one of these.
 *
 * Whoever speaks writes records made of text (for people) and named, typed
 * fields (for people and programs).  A backend in ui/ turns them into lines on
 * a terminal or into JSON; the capture backend here keeps the plain text, for
 * tests.  Text backends show text and fields in the order in which they come;
 * JSON shows records and fields only.
 *
 * Every byte is made printable by the backend (buf_put_printable), so that a
 * tracee's strings can never drive a terminal.
 *
 *	out_begin(o, "thread");
 *	out_int(o, "number", ROLE_NUMBER, 3, "%d", 3);
 *	out_text(o, ROLE_PLAIN, " stopped\n");
 *	out_end(o);
 *
 * Tables: out_table_begin names the columns; each row is out_row, then one
 * cell (a field) a column, in order, and hidden fields; out_table_end aligns
 * and prints them.
 */
#ifndef SCDB_BASE_OUT_H
#define SCDB_BASE_OUT_H

#include "base/buf.h"
#include "base/error.h"
#include "base/types.h"

#include <stdbool.h>

enum out_role {
	ROLE_PLAIN,
	ROLE_HEADING,  /* table heads, titles */
	ROLE_NUMBER,   /* plain numbers, ids */
	ROLE_ADDRESS,
	ROLE_STRING,   /* strings of the tracee, file names */
	ROLE_NAME,     /* names of calls, commands, registers, threads */
	ROLE_CONSTANT, /* flags, enumerators, errnos */
	ROLE_GOOD,     /* a result that is a success */
	ROLE_ERROR,    /* a failure, a complaint */
	ROLE_WARNING,
	ROLE_DIM,      /* what matters least: times, hints */
	ROLE_ARROW,    /* the mark of an event */
	ROLE_COUNT,
};

/* OUT_WORD: an address or a register: 64 bits that are no quantity. */
enum out_kind {
	OUT_STRING, OUT_INT, OUT_UINT, OUT_WORD, OUT_BOOL, OUT_NULL,
};

struct out_value {
	enum out_kind kind;
	union {
		int64_t i;
		uint64_t u;
		bool b;
		struct {
			const char *data;
			size_t len;
		} s;
	};
};

struct out_column {
	const char *name;   /* the field's name, and the JSON key */
	const char *title;  /* the column's head */
	bool right;         /* align to the right */
};

struct out;

struct out_ops {
	void (*begin)(struct out *o, const char *record);
	void (*end)(struct out *o);
	/*
	 * A named list inside a record; records begun in it, and fields, are
	 * its items.  Elsewhere a record has one field of a name at most.
	 */
	void (*list_begin)(struct out *o, const char *name);
	void (*list_end)(struct out *o);
	void (*text)(struct out *o, enum out_role role, const char *s,
	             size_t len);
	/* SHOWN is the text form; NULL: nothing for people, only for JSON. */
	void (*field)(struct out *o, const char *name, enum out_role role,
	              const struct out_value *value, const char *shown);
	void (*table_begin)(struct out *o, const char *name,
	                    const struct out_column *columns, size_t count);
	void (*row)(struct out *o);
	void (*table_end)(struct out *o);
	/* See out_aside. */
	void (*aside)(struct out *o, const char *record, enum out_role role,
	              const char *text);
	/* What was said so far must be seen now. */
	void (*flush)(struct out *o);
};

struct out {
	const struct out_ops *ops;
	bool utf8;       /* arrows may be drawn */
	unsigned width;  /* columns of the terminal; 0: not one */
};

void out_begin(struct out *o, const char *record);
void out_end(struct out *o);
void out_list_begin(struct out *o, const char *name);
void out_list_end(struct out *o);
void out_text(struct out *o, enum out_role role, const char *fmt, ...)
	PRINTF_LIKE(3, 4);
/* The text form of a number is made by FMT and what follows it. */
void out_int(struct out *o, const char *name, enum out_role role,
             int64_t value, const char *fmt, ...) PRINTF_LIKE(5, 6);
void out_uint(struct out *o, const char *name, enum out_role role,
              uint64_t value, const char *fmt, ...) PRINTF_LIKE(5, 6);
void out_word(struct out *o, const char *name, enum out_role role,
              uint64_t value, const char *fmt, ...) PRINTF_LIKE(5, 6);
void out_str(struct out *o, const char *name, enum out_role role,
             const char *value);
/*
 * A name out of the tracee or a file, in the midst of text: on one line,
 * whatever it holds.
 */
void out_name(struct out *o, enum out_role role, const char *name);
/* VALUE for programs, SHOWN for people. */
void out_str_shown(struct out *o, const char *name, enum out_role role,
                   const char *value, const char *shown);
/* Text that may have several lines, and any bytes. */
void out_bytes(struct out *o, const char *name, enum out_role role,
               const char *data, size_t len);
void out_bool(struct out *o, const char *name, bool value, const char *shown);
/* For programs only: people see nothing. */
void out_hidden_int(struct out *o, const char *name, int64_t value);
void out_hidden_uint(struct out *o, const char *name, uint64_t value);
void out_hidden_word(struct out *o, const char *name, uint64_t value);
void out_hidden_str(struct out *o, const char *name, const char *value);
void out_hidden_bool(struct out *o, const char *name, bool value);
void out_table_begin(struct out *o, const char *name,
                     const struct out_column *columns, size_t count);
void out_row(struct out *o);
void out_table_end(struct out *o);
void out_flush(struct out *o);
/* A whole record of kind RECORD with one field, "message", and a new line. */
void out_message(struct out *o, const char *record, enum out_role role,
                 const char *fmt, ...) PRINTF_LIKE(4, 5);
/*
 * The same in the middle of whatever is being said: a line and a record of its
 * own, before the line and the record that are not complete.
 */
void out_aside(struct out *o, const char *record, enum out_role role,
               const char *fmt, ...) PRINTF_LIKE(4, 5);
/* The record "error": message and kind. */
void out_error(struct out *o, const struct error *err);

/*
 * Lays out tables for text backends: collect cells, then out_grid_render
 * calls EMIT for each piece in turn.
 */
struct out_grid;
struct out_grid *out_grid_create(const struct out_column *columns,
                                 size_t count);
void out_grid_destroy(struct out_grid *g);
void out_grid_row(struct out_grid *g);
void out_grid_cell(struct out_grid *g, enum out_role role, const char *text);
/* WIDTH columns are to be enough, if the last cells can be broken at blanks and
 * commas; 0: it does not matter. */
void out_grid_fit(struct out_grid *g, size_t width);
void out_grid_render(struct out_grid *g,
                     void (*emit)(void *ctx, enum out_role role,
                                  const char *s, size_t len),
                     void *ctx);

/* The capture backend: plain text into a buffer of its own. */
struct out_capture {
	struct out out;
	struct buf text;
	struct out_grid *grid;
};
void out_capture_init(struct out_capture *c);
void out_capture_deinit(struct out_capture *c);

#endif
