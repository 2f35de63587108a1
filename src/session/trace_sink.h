/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * session/trace_sink.h: where the lines of traces go: a file, a command, or the
 * user.
 *
 * A sink knows whose line is open.  When another thread has something to say
 * that line ends with " <unfinished ...>".  What goes to a file is kept until
 * there is enough of it, a stop is shown, nothing happens, or scdb ends, by
 * whatever signal.
 */
#ifndef SCDB_SESSION_TRACE_SINK_H
#define SCDB_SESSION_TRACE_SINK_H

#include "base/buf.h"
#include "base/error.h"
#include "base/out.h"
#include "target/target.h"

#include <time.h>

struct trace_sink {
	char *path;             /* NULL: the user */
	int fd;                 /* -1: closed, to be appended to */
	pid_t command;          /* that reads what is written; 0: none */
	bool to_stderr;         /* so goes what such a command says */
	struct out *records;    /* JSON, into DATA; NULL: text */
	unsigned users;         /* traces */
	struct buf data;        /* not yet written; with an open line */
	size_t column;          /* of the open line; 0: none is open */
	pid_t open;             /* whose it is; 0: nobody's */
	struct timespec last;   /* when the last line began */
	int errnum;             /* why it is given up; 0: it is not */
};

enum { SINK_PATIENCE_MS = 20 }; /* how often Ctrl-C is looked for */

/*
 * PATH NULL: the user; "|COMMAND" and "!COMMAND": what the shell runs then.
 * TO_STDERR: standard output is not for what a command says.
 */
struct error *sink_create(const char *path, bool to_stderr,
                          struct trace_sink **sink) MUST_CHECK;
void sink_destroy(struct trace_sink *sink);
/* One that was closed is opened again, to go on at its end. */
struct error *sink_reopen(struct trace_sink *sink) MUST_CHECK;
void sink_close(struct trace_sink *sink);
/* The open line, if it is not TID's, is broken off. */
void sink_break(struct trace_sink *sink, pid_t tid);
void sink_add(struct trace_sink *sink, const char *data, size_t len);
void sink_puts(struct trace_sink *sink, const char *text);
/* Blanks up to strace's column for results: at least one. */
void sink_tab(struct trace_sink *sink);
/* The line is complete.  For the user it stays in DATA: sink_take. */
void sink_end(struct trace_sink *sink);
/* DATA has whole lines, perhaps enough to be written. */
void sink_grown(struct trace_sink *sink);
void sink_flush(struct trace_sink *sink);
/* Ctrl-C, or scdb shall end: the signals stay for the loop to take. */
bool sink_is_interrupted(void);

/* trace_pipe.c */
bool sink_is_command(const char *path);
struct error *sink_open_command(struct trace_sink *sink) MUST_CHECK;
void sink_await_command(struct trace_sink *sink);

#endif
