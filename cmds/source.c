/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Commands from files: `source`, -x, init files, standard input. */
#include "cmds/internal.h"

#include "base/alloc.h"
#include "base/buf.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

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
		struct error *err;

		s->commands->error_line = 0;
		err = command_execute(s, line);

		free(line);
		if (r->err) {
			/* A block that this line began could not be read. */
			error_destroy(err);
			break;
		}
		if (err) {
			r->number = at + s->commands->error_line;
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

static struct error *source_stream(struct session *s, const char *name,
                                   FILE *stream)
{
	AUTO_FREE char *shown = shown_name(name);
	struct reader r = { .name = name, .file = stream };
	struct command_input outer;
	struct error *err;

	if (s->commands->source_depth >= MAX_DEPTH)
		return error_new(ERROR_USAGE, "%s: files of commands nest "
		                 "deeper than %d", shown, (int)MAX_DEPTH);
	TRY(check_text(stream, shown));
	s->commands->source_depth++;
	outer = command_set_input(s, (struct command_input){
		.next_line = next_line, .ctx = &r });
	err = run_lines(s, &r);
	command_set_input(s, outer);
	s->commands->source_depth--;
	return err;
}

struct error *command_source(struct session *s, const char *file)
{
	AUTO_FREE char *shown = command_quoted(file, strlen(file));
	CLEANUP(close_file) FILE *stream = NULL;

	stream = fopen(strcmp(file, "-") == 0 ? "/dev/fd/0" : file, "re");
	if (!stream)
		return error_errno(errno, "%s", shown);
	return source_stream(s, file, stream);
}

/* Init files. */

static char *init_file(void)
{
	const char *config = getenv("XDG_CONFIG_HOME");
	const char *home = getenv("HOME");

	if (config && *config == '/')
		return xasprintf("%s/scdb/init", config);
	if (home && *home == '/')
		return xasprintf("%s/.config/scdb/init", home);
	return NULL;
}

static char *path_of(const char *text, size_t len)
{
	AUTO_FREE char *part = xstrndup(text, len);

	return command_path(part);
}

/* Whether DIRECTORY, or one that it is below, is in LIST (A:B:C). */
static bool is_listed(const char *list, const char *directory)
{
	while (list && *list) {
		size_t len = strcspn(list, ":");
		AUTO_FREE char *item = path_of(list, len);
		AUTO_FREE char *real = realpath(item, NULL);
		size_t real_len = real ? strlen(real) : 0;

		if (real && strncmp(directory, real, real_len) == 0 &&
		    (!directory[real_len] || directory[real_len] == '/' ||
		     real_len == 1))
			return true;
		list += len + (list[len] == ':');
	}
	return false;
}

/* Why the file in the working directory is not to be trusted; NULL: it is. */
static char *distrust(const struct session *s, int file)
{
	AUTO_FREE char *directory = realpath(".", NULL);
	AUTO_BUF struct buf shown = { 0 };
	struct stat st, dir;

	buf_init(&shown);
	if (!directory || stat(".", &dir) < 0 || fstat(file, &st) < 0)
		return xasprintf("its directory can't be looked at");
	buf_put_printable(&shown, directory, strlen(directory), false);
	if (st.st_uid != geteuid())
		return xasprintf("it is not yours");
	if (dir.st_uid != geteuid())
		return xasprintf("%s is not yours", shown.data);
	if (st.st_mode & S_IWOTH)
		return xasprintf("everybody may write it");
	if (!is_listed(s->settings.safe_path, directory))
		return xasprintf("`set safe-path %s` in your own init file "
		                 "would allow it", shown.data);
	return NULL;
}

/* .scdbinit where one works: whoever wrote it could run anything. */
static struct error *source_local(struct session *s)
{
	static const char name[] = ".scdbinit";
	CLEANUP(close_file) FILE *stream = NULL;
	AUTO_FREE char *why = NULL;
	int fd = open(name, O_RDONLY | O_CLOEXEC | O_NONBLOCK);

	if (fd < 0)
		return errno == ENOENT ? NULL : error_errno(errno, "%s", name);
	stream = fdopen(fd, "r");
	why = distrust(s, fd);
	if (why) {
		out_message(s->out, "warning", ROLE_WARNING,
		            "warning: %s is not read: %s", name, why);
		return NULL;
	}
	return source_stream(s, name, stream);
}

struct error *command_source_init(struct session *s)
{
	AUTO_FREE char *file = init_file();

	if (file && (access(file, F_OK) == 0 || errno != ENOENT))
		TRY(command_source(s, file));
	return s->quit ? NULL : source_local(s);
}
