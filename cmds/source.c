/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Commands from files: `source`, -x, init files, standard input. */
#include "cmds/internal.h"

#include "base/alloc.h"
#include "base/buf.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { MAX_DEPTH = 32, MAX_FILE = 16 << 20 };

/* A file being read, line by line. */
struct reader {
	const char *name;
	FILE *file;
	size_t number;        /* of the line that was read last */
	struct error *err;    /* why reading ended */
};

static void close_file(FILE **file)
{
	if (*file)
		fclose(*file);
}

/* The next line without its end; the caller frees it.  NULL: the end. */
static char *read_line(struct reader *r)
{
	char *line = NULL;
	size_t cap = 0;
	ssize_t len = getline(&line, &cap, r->file);

	if (len < 0) {
		free(line);
		return NULL;
	}
	r->number++;
	while (len && (line[len - 1] == '\n' || line[len - 1] == '\r'))
		len--;
	r->err = command_check_line(line, (size_t)len);
	if (r->err) {
		free(line);
		return NULL;
	}
	line[len] = '\0';
	return line;
}

static char *next_line(void *ctx, const char *prompt)
{
	(void)prompt;
	return read_line(ctx);
}

/* Whole: who reads FILE:LINE wants to open it. */
static char *shown_name(const char *file)
{
	AUTO_BUF struct buf text;

	buf_init(&text);
	buf_put_printable(&text, file, strlen(file), false);
	return buf_take(&text);
}

static struct error *place(const struct reader *r, struct error *err)
{
	AUTO_FREE char *name = shown_name(r->name);

	return error_prefix(err, "%s:%zu", name, r->number);
}

static struct error *run_lines(struct session *s, struct reader *r)
{
	char *line;

	while (!s->quit && (line = read_line(r))) {
		size_t at = r->number;
		struct error *err = command_execute(s, line);

		free(line);
		if (r->err) {
			/* A block that this line began could not be read. */
			error_destroy(err);
			break;
		}
		if (err) {
			r->number = at;
			return place(r, err);
		}
	}
	return r->err ? place(r, r->err) : NULL;
}

/* Text files alone: nothing of a binary one shall run by chance. */
static struct error *check_text(FILE *file, const char *shown)
{
	struct stat st;
	size_t number = 1, len = 0;
	int c;

	if (fstat(fileno(file), &st) < 0)
		return error_errno(errno, "%s", shown);
	if (S_ISDIR(st.st_mode))
		return error_errno(EISDIR, "%s", shown);
	if (!S_ISREG(st.st_mode))
		return NULL;
	if (st.st_size > MAX_FILE)
		return error_new(ERROR_USAGE,
		                 "%s is too big for a file of commands", shown);
	while ((c = getc(file)) != EOF) {
		if (c == '\n') {
			number++;
			len = 0;
		} else if ((c < ' ' && !strchr("\t\r\f", c)) || c == 0 ||
		           c == 0x7f) {
			return error_new(ERROR_USAGE,
			                 "%s:%zu: not a text file: byte \\%03o",
			                 shown, number, (unsigned)c);
		} else if (++len > COMMAND_MAX_LINE) {
			return error_new(ERROR_USAGE,
			                 "%s:%zu: the line is too long: at "
			                 "most %d bytes", shown, number,
			                 (int)COMMAND_MAX_LINE);
		}
	}
	rewind(file);
	return NULL;
}

struct error *command_source(struct session *s, const char *file)
{
	AUTO_FREE char *shown = shown_name(file);
	CLEANUP(close_file) FILE *stream = NULL;
	struct reader r = { .name = file };
	struct command_input outer;
	struct error *err;

	if (s->commands->source_depth >= MAX_DEPTH)
		return error_new(ERROR_USAGE, "%s: files of commands nest "
		                 "deeper than %d", shown, (int)MAX_DEPTH);
	stream = fopen(strcmp(file, "-") == 0 ? "/dev/fd/0" : file, "re");
	if (!stream)
		return error_errno(errno, "%s", shown);
	TRY(check_text(stream, shown));
	r.file = stream;
	s->commands->source_depth++;
	outer = command_set_input(s, (struct command_input){
		.next_line = next_line, .ctx = &r });
	err = run_lines(s, &r);
	command_set_input(s, outer);
	s->commands->source_depth--;
	return err;
}
