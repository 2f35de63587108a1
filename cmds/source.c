/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Commands from files: `source`, -x, init files, standard input. */
#include "cmds/internal.h"

#include "base/alloc.h"
#include "base/buf.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MAX_DEPTH = 32, MAX_FILE = 16 << 20, BLOCK = 4096 };

/* A file being read, line by line. */
struct reader {
	struct session *session;
	const char *name;
	int fd;
	bool waits;           /* it is no regular file: a read may block */
	char block[BLOCK];
	size_t at, len;       /* in the block: the next byte, the end */
	size_t number;        /* of the line that was read last */
	struct error *err;    /* why reading ended */
};

static void close_reader(struct reader *r)
{
	if (r->fd >= 0)
		close(r->fd);
}

static struct error *take_signal(struct session *s, int signal_fd)
{
	struct signalfd_siginfo info;

	if (read(signal_fd, &info, sizeof(info)) != sizeof(info))
		return NULL;
	if (info.ssi_signo == SIGINT)
		return error_new(ERROR_INTERRUPTED, "interrupted");
	s->exit_signal = (int)info.ssi_signo;
	s->quit = true;
	return NULL;
}

/* Until there is something to read; what runs in the background runs on. */
static struct error *wait_for_input(struct reader *r)
{
	struct session *s = r->session;
	int signal_fd = s->signal_fd;
	struct error *err = NULL;
	struct pollfd fds[] = {
		{ r->fd, POLLIN, 0 }, { signal_fd, POLLIN, 0 },
	};

	s->signal_fd = -1;
	do {
		session_pump(s, fds, ARRAY_LEN(fds), -1);
		if (s->actions.len)
			err = command_run_actions(s);
		if (!err && fds[1].revents)
			err = take_signal(s, signal_fd);
	} while (!err && !s->quit && !fds[0].revents);
	s->signal_fd = signal_fd;
	return err;
}

/* False: the end, or an error. */
static bool fill(struct reader *r)
{
	ssize_t len;

	do {
		if (r->waits)
			r->err = wait_for_input(r);
		if (r->err || r->session->quit)
			return false;
		len = read(r->fd, r->block, sizeof(r->block));
	} while (len < 0 && (errno == EINTR || errno == EAGAIN));
	if (len < 0)
		r->err = error_errno(errno, "can't read");
	r->at = 0;
	r->len = len > 0 ? (size_t)len : 0;
	return len > 0;
}

/*
 * The next line without its end; the caller frees it.  NULL: the end.  Of one
 * that is too long no more is read than shows it.
 */
static char *read_line(struct reader *r)
{
	AUTO_BUF struct buf line = { 0 };
	bool any = false, ended = false;

	buf_init(&line);
	while (!ended && line.len <= COMMAND_MAX_LINE &&
	       (r->at < r->len || fill(r))) {
		char c = r->block[r->at++];

		any = true;
		ended = c == '\n';
		if (!ended)
			buf_putc(&line, c);
	}
	if (!any || r->err || r->session->quit)
		return NULL;
	r->number++;
	while (line.len && line.data[line.len - 1] == '\r')
		line.data[--line.len] = '\0';
	r->err = command_check_line(line.data, line.len);
	return r->err ? NULL : buf_take(&line);
}

bool command_says_detach(const char *text)
{
	for (const char *at = text; *at; at++) {
		if (at > text && isalnum((unsigned char)at[-1]))
			continue;
		if (!strncmp(at, "det", 3) || !strncmp(at, "sou", 3) ||
		    (!strncmp(at, "so", 2) && isspace((unsigned char)at[2])))
			return true;
	}
	return false;
}

bool command_has_read_detach(const struct session *s)
{
	return s->commands->has_read_detach;
}

/* The next line that is to be run, or stored to be run. */
static char *take_line(struct reader *r)
{
	char *line = read_line(r);

	if (line && command_says_detach(line))
		r->session->commands->has_read_detach = true;
	return line;
}

static char *next_line(void *ctx, const char *prompt)
{
	(void)prompt;
	return take_line(ctx);
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

	while (!s->quit && (line = take_line(r))) {
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

/* The place of what is wrong with the text. */
struct place {
	size_t number, len;     /* of the line; bytes of it up to now */
};

static struct error *check_block(const char *data, size_t len,
                                 const char *shown, struct place *p)
{
	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)data[i];

		if (c == '\n') {
			p->number++;
			p->len = 0;
		} else if ((c < ' ' && !strchr("\t\r\f", c)) || c == 0 ||
		           c == 0x7f) {
			return error_new(ERROR_USAGE,
			                 "%s:%zu: not a text file: byte \\%03o",
			                 shown, p->number, (unsigned)c);
		} else if (++p->len > COMMAND_MAX_LINE) {
			return error_new(ERROR_USAGE,
			                 "%s:%zu: the line is too long: at "
			                 "most %d bytes", shown, p->number,
			                 (int)COMMAND_MAX_LINE);
		}
	}
	return NULL;
}

/* Text files alone: nothing of a binary one shall run by chance. */
static struct error *check_text(struct reader *r, const char *shown)
{
	struct place p = { 1, 0 };
	struct stat st;
	ssize_t len;
	off_t at;

	if (fstat(r->fd, &st) < 0)
		return error_errno(errno, "%s", shown);
	if (S_ISDIR(st.st_mode))
		return error_errno(EISDIR, "%s", shown);
	r->waits = !S_ISREG(st.st_mode);
	if (r->waits)
		return NULL;
	if (st.st_size > MAX_FILE)
		return error_new(ERROR_USAGE,
		                 "%s is too big for a file of commands", shown);
	at = lseek(r->fd, 0, SEEK_CUR);
	while ((len = pread(r->fd, r->block, sizeof(r->block), at)) > 0) {
		TRY(check_block(r->block, (size_t)len, shown, &p));
		at += len;
	}
	return len < 0 ? error_errno(errno, "%s", shown) : NULL;
}

/* The open of a FIFO shall not wait for its writer; who reads it does. */
static int open_file(const char *file)
{
	if (strcmp(file, "-") == 0)
		return fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3);
	return open(file, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
}

/* Takes FD. */
static struct error *source_fd(struct session *s, const char *name, int fd)
{
	AUTO_FREE char *shown = shown_name(name);
	CLEANUP(close_reader) struct reader r = {
		.session = s, .name = name, .fd = fd,
	};
	struct command_input outer;
	struct error *err;

	if (s->commands->source_depth >= MAX_DEPTH)
		return error_new(ERROR_USAGE, "%s: files of commands nest "
		                 "deeper than %d", shown, (int)MAX_DEPTH);
	TRY(check_text(&r, shown));
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
	int fd = open_file(file);

	if (fd < 0)
		return error_errno(errno, "%s", shown);
	return source_fd(s, file, fd);
}

/* Init files. */

char *command_configured(const char *name)
{
	const char *config = getenv("XDG_CONFIG_HOME");
	const char *home = getenv("HOME");

	if (config && *config == '/')
		return xasprintf("%s/scdb/%s", config, name);
	if (home && *home == '/')
		return xasprintf("%s/.config/scdb/%s", home, name);
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
	AUTO_FREE char *why = NULL;
	int fd = open(name, O_RDONLY | O_CLOEXEC | O_NONBLOCK);

	if (fd < 0)
		return errno == ENOENT ? NULL : error_errno(errno, "%s", name);
	why = distrust(s, fd);
	if (why) {
		out_message(s->out, "warning", ROLE_WARNING,
		            "warning: %s is not read: %s", name, why);
		close(fd);
		return NULL;
	}
	return source_fd(s, name, fd);
}

static struct error *source_configured(struct session *s, const char *name)
{
	AUTO_FREE char *file = command_configured(name);

	if (!file || (access(file, F_OK) != 0 && errno == ENOENT))
		return NULL;
	return command_source(s, file);
}

struct error *command_source_init(struct session *s)
{
	TRY(source_configured(s, "settings"));
	if (!s->quit)
		TRY(source_configured(s, "init"));
	return s->quit ? NULL : source_local(s);
}
