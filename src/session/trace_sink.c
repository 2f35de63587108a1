/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session/trace_sink.h"

#include "base/alloc.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	KEPT = 64 * 1024,   /* bytes that are written at once */
	RESULT_COLUMN = 40, /* strace's -a */
	CRASH_SINKS = 32,
};

/*
 * What a crash of scdb's leaves to be written.  A handler can be told in no
 * other way.
 */
static struct trace_sink *volatile crash_sinks[CRASH_SINKS];
static bool crash_ready;

static void write_all(int fd, const char *data, size_t len)
{
	while (len) {
		ssize_t n = write(fd, data, len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return;
		data += n;
		len -= (size_t)n;
	}
}

/* SA_RESETHAND: coming back to the instruction ends scdb as it would have. */
static void on_crash(int signum)
{
	for (size_t i = 0; i < CRASH_SINKS; i++) {
		const struct trace_sink *sink = crash_sinks[i];

		if (sink && sink->fd >= 0 && sink->data.data)
			write_all(sink->fd, sink->data.data, sink->data.len);
	}
	raise(signum);
}

static void prepare_for_crash(void)
{
	static const int signals[] = { SIGSEGV, SIGBUS, SIGABRT, SIGILL,
	                               SIGFPE };
	struct sigaction action = { .sa_handler = on_crash,
	                            .sa_flags = (int)SA_RESETHAND };
	struct sigaction before;

	if (crash_ready)
		return;
	crash_ready = true;
	for (size_t i = 0; i < ARRAY_LEN(signals); i++)
		if (sigaction(signals[i], NULL, &before) == 0 &&
		    before.sa_handler == SIG_DFL)
			sigaction(signals[i], &action, NULL);
}

static void crash_note(struct trace_sink *sink, bool there)
{
	const struct trace_sink *before = there ? NULL : sink;

	for (size_t i = 0; i < CRASH_SINKS; i++) {
		if (crash_sinks[i] == before) {
			crash_sinks[i] = there ? sink : NULL;
			return;
		}
	}
}

bool sink_is_interrupted(void)
{
	sigset_t pending;

	return sigpending(&pending) == 0 &&
	       (sigismember(&pending, SIGINT) == 1 ||
	        sigismember(&pending, SIGTERM) == 1 ||
	        sigismember(&pending, SIGHUP) == 1);
}

/* A FIFO that nobody reads is waited for. */
static int open_patiently(const char *path, int flags)
{
	for (;;) {
		int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOCTTY |
		              O_NONBLOCK | flags, 0666);
		struct stat st;

		if (fd >= 0 || errno != ENXIO)
			return fd;
		if (stat(path, &st) != 0 || !S_ISFIFO(st.st_mode)) {
			errno = ENXIO;
			return -1;
		}
		if (sink_is_interrupted()) {
			errno = EINTR;
			return -1;
		}
		poll(NULL, 0, SINK_PATIENCE_MS);
	}
}

static struct error *open_file(struct trace_sink *sink, int flags)
{
	AUTO_BUF struct buf shown = { 0 };

	if (sink_is_command(sink->path))
		return sink_open_command(sink);
	sink->fd = open_patiently(sink->path, flags);
	if (sink->fd >= 0)
		return NULL;
	buf_init(&shown);
	buf_put_printable(&shown, sink->path, strlen(sink->path), false);
	return error_errno(errno, "can't write to %s", shown.data);
}

struct error *sink_create(const char *path, bool to_stderr,
                          struct trace_sink **sink)
{
	struct trace_sink *new_sink = xcalloc(1, sizeof(*new_sink));

	new_sink->fd = -1;
	new_sink->to_stderr = to_stderr;
	new_sink->path = path ? xstrdup(path) : NULL;
	if (path) {
		struct error *err = open_file(new_sink, O_TRUNC);

		if (err) {
			free(new_sink->path);
			free(new_sink);
			return err;
		}
		prepare_for_crash();
		crash_note(new_sink, true);
	}
	buf_init(&new_sink->data);
	*sink = new_sink;
	return NULL;
}

void sink_destroy(struct trace_sink *sink)
{
	if (!sink)
		return;
	sink_close(sink);
	crash_note(sink, false);
	buf_deinit(&sink->data);
	free(sink->path);
	free(sink);
}

struct error *sink_reopen(struct trace_sink *sink)
{
	if (!sink->path || sink->fd >= 0)
		return NULL;
	sink->errnum = 0;
	return open_file(sink, O_APPEND);
}

void sink_close(struct trace_sink *sink)
{
	sink_break(sink, 0);
	sink_flush(sink);
	if (sink->fd >= 0)
		close(sink->fd);
	sink->fd = -1;
	sink_await_command(sink);
}

/* 0, or an errno. */
static int wait_for_reader(int fd)
{
	struct pollfd p = { fd, POLLOUT, 0 };

	while (poll(&p, 1, SINK_PATIENCE_MS) == 0)
		if (sink_is_interrupted())
			return EINTR;
	return 0;
}

void sink_flush(struct trace_sink *sink)
{
	size_t done = 0;

	if (!sink->path)
		return;
	while (done < sink->data.len && !sink->errnum) {
		ssize_t n = write(sink->fd, sink->data.data + done,
		                  sink->data.len - done);

		if (n >= 0)
			done += (size_t)n;
		else if (errno == EAGAIN)
			sink->errnum = wait_for_reader(sink->fd);
		else if (errno != EINTR)
			sink->errnum = errno;
	}
	buf_reset(&sink->data);
}

void sink_add(struct trace_sink *sink, const char *data, size_t len)
{
	buf_add(&sink->data, data, len);
	sink->column += len;
}

void sink_puts(struct trace_sink *sink, const char *text)
{
	sink_add(sink, text, strlen(text));
}

void sink_tab(struct trace_sink *sink)
{
	static const char blanks[RESULT_COLUMN + 1] =
		"                                        ";

	sink_add(sink, blanks, sink->column < RESULT_COLUMN
	         ? RESULT_COLUMN - sink->column : 1);
}

void sink_end(struct trace_sink *sink)
{
	buf_putc(&sink->data, '\n');
	sink->column = 0;
	sink->open = 0;
	sink_grown(sink);
}

void sink_grown(struct trace_sink *sink)
{
	if (sink->data.len >= KEPT)
		sink_flush(sink);
}

void sink_break(struct trace_sink *sink, pid_t tid)
{
	if (!sink->open || sink->open == tid)
		return;
	sink_puts(sink, " <unfinished ...>");
	sink_end(sink);
}
