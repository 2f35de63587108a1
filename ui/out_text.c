/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/out_text.h"

#include "base/alloc.h"
#include "session/settings.h"
#include "ui/printable.h"
#include "ui/theme.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

static struct out_text *text_of(struct out *o)
{
	return (struct out_text *)((char *)o - offsetof(struct out_text, out));
}

static void put_bytes(struct out_text *t, int fd, const char *data, size_t len)
{
	size_t done = 0;

	while (done < len && !t->failed) {
		ssize_t n = write(fd, data + done, len - done);

		if (n > 0) {
			done += (size_t)n;
		} else if (n < 0 && errno == EAGAIN) {
			struct pollfd p = { fd, POLLOUT, 0 };

			poll(&p, 1, -1);
		} else if (n < 0 && errno != EINTR) {
			t->failed = true;
			if (t->on_failure)
				t->on_failure(t->ctx);
		}
	}
}

/* ECMA-48's EL: what is left of the line. */
static const char erase[] = "\033[K";

/* A line of progress makes room for whatever is said. */
static void write_bytes(struct out_text *t, int fd, const char *data,
                        size_t len)
{
	if (t->progress && len) {
		t->progress = false;
		put_bytes(t, t->streams[0].fd, "\r", 1);
		put_bytes(t, t->streams[0].fd, erase, strlen(erase));
	}
	put_bytes(t, fd, data, len);
}

static void note_column(struct out_text_stream *stream, const char *data,
                        size_t len)
{
	if (len)
		stream->midline = data[len - 1] != '\n';
}

static void write_all(struct out_text *t, struct out_text_stream *stream,
                      size_t len)
{
	write_bytes(t, stream->fd, stream->line.data, len);
	note_column(stream, stream->line.data, len);
	if (len < stream->line.len)
		memmove(stream->line.data, stream->line.data + len,
		        stream->line.len - len);
	buf_truncate(&stream->line, stream->line.len - len);
}

static void write_out(void *ctx, const char *text, size_t len)
{
	struct out_text *t = ctx;

	write_bytes(t, t->streams[0].fd, text, len);
}

/* LEN bytes of whole lines. */
static void write_lines(struct out_text *t, struct out_text_stream *stream,
                        size_t len)
{
	AUTO_BUF struct buf lines = { 0 };

	if (stream != &t->streams[0] || !t->pager.ask) {
		write_all(t, stream, len);
		return;
	}
	/* Whoever is asked may make output of his own. */
	lines = stream->line;
	note_column(stream, lines.data, len);
	buf_init(&stream->line);
	buf_add(&stream->line, lines.data + len, lines.len - len);
	pager_write(&t->pager, lines.data, len, write_out, t);
}

void out_text_raw(struct out_text *t, const char *data, size_t len)
{
	write_bytes(t, t->streams[0].fd, data, len);
	note_column(&t->streams[0], data, len);
}

void out_text_progress(struct out_text *t, const char *text)
{
	struct out_text_stream *stream = &t->streams[0];
	AUTO_BUF struct buf line = { 0 };

	if (stream->midline || stream->line.len || !isatty(stream->fd) ||
	    (!text && !t->progress))
		return;
	buf_init(&line);
	if (text)
		buf_put_printable(&line, text, strlen(text), false);
	if (t->out.width && line.len >= t->out.width)
		buf_truncate(&line, t->out.width - 1);
	put_bytes(t, stream->fd, "\r", 1);
	put_bytes(t, stream->fd, line.data, line.len);
	put_bytes(t, stream->fd, erase, strlen(erase));
	t->progress = text;
}

static bool colored(const struct out_text *t,
                    const struct out_text_stream *stream)
{
	unsigned mode = t->color ? *t->color : COLOR_AUTO;

	return mode == COLOR_ON || (mode == COLOR_AUTO && stream->terminal);
}

/* A colour never spans the end of a line. */
static void put(struct out_text *t, enum out_role role, const char *s,
                size_t len, bool keep_lines)
{
	struct out_text_stream *stream = &t->streams[t->stream];
	char number[16];
	const char *sgr = theme_sgr(role, number), *newline;
	bool paint = *sgr && colored(t, stream);

	while (len) {
		const char *end = keep_lines ? memchr(s, '\n', len) : NULL;
		size_t n = end ? (size_t)(end - s) : len;

		if (n && paint)
			buf_printf(&stream->line, "\033[%sm", sgr);
		put_printable(&stream->line, t->out.utf8, s, n,
			              keep_lines);
		if (n && paint)
			buf_puts(&stream->line, "\033[m");
		if (end) {
			buf_putc(&stream->line, '\n');
			n++;
		}
		s += n;
		len -= n;
	}
	newline = memrchr(stream->line.data, '\n', stream->line.len);
	if (newline)
		write_lines(t, stream,
		            (size_t)(newline + 1 - stream->line.data));
}

static void text_text(struct out *o, enum out_role role, const char *s,
                      size_t len)
{
	put(text_of(o), role, s, len, true);
}

/* As it will be shown, so that the grid knows how wide it is. */
static void put_cell(struct out_text *t, enum out_role role, const char *text)
{
	AUTO_BUF struct buf safe = { 0 };

	buf_init(&safe);
	put_printable(&safe, t->out.utf8, text, strlen(text), false);
	out_grid_cell(t->grid, role, safe.data);
}

static void text_field(struct out *o, const char *name, enum out_role role,
                       const struct out_value *value, const char *shown)
{
	struct out_text *t = text_of(o);

	(void)name;
	(void)value;
	if (!shown)
		return;
	if (t->grid)
		put_cell(t, role, shown);
	else
		put(t, role, shown, strlen(shown), false);
}

static void text_flush(struct out *o)
{
	struct out_text *t = text_of(o);

	for (size_t i = 0; i < ARRAY_LEN(t->streams); i++)
		write_all(t, &t->streams[i], t->streams[i].line.len);
}

static void text_begin(struct out *o, const char *record)
{
	struct out_text *t = text_of(o);

	if (t->depth < OUT_TEXT_NESTING)
		t->outer[t->depth] = t->stream;
	t->depth++;
	if (strcmp(record, "error") == 0 || strcmp(record, "warning") == 0) {
		/* What was said before comes before. */
		text_flush(o);
		t->stream = 1;
	}
}

static void text_end(struct out *o)
{
	struct out_text *t = text_of(o);

	if (!t->depth)
		return;
	t->depth--;
	if (t->depth < OUT_TEXT_NESTING)
		t->stream = t->outer[t->depth];
}

static void text_table_begin(struct out *o, const char *name,
                             const struct out_column *columns, size_t count)
{
	(void)name;
	text_of(o)->grid = out_grid_create(columns, count);
}

static void text_row(struct out *o)
{
	out_grid_row(text_of(o)->grid);
}

static void emit(void *ctx, enum out_role role, const char *s, size_t len)
{
	put(ctx, role, s, len, true);
}

static void text_table_end(struct out *o)
{
	struct out_text *t = text_of(o);
	struct out_grid *grid = t->grid;

	t->grid = NULL;
	if (t->stream == 0)
		out_grid_fit(grid, t->pager.width ? *t->pager.width
		                                  : t->out.width);
	out_grid_render(grid, emit, t);
	out_grid_destroy(grid);
}

static void text_aside(struct out *o, const char *record, enum out_role role,
                       const char *text)
{
	struct out_text *t = text_of(o);
	struct out_text_stream *stream = &t->streams[0];
	struct buf unfinished = stream->line;
	unsigned outer = t->stream;

	(void)record;
	t->stream = 0;
	buf_init(&stream->line);
	if (stream->midline)
		put(t, ROLE_PLAIN, "\n", 1, true);
	put(t, role, text, strlen(text), false);
	put(t, ROLE_PLAIN, "\n", 1, true);
	buf_deinit(&stream->line);
	stream->line = unfinished;
	t->stream = outer;
}

static const struct out_ops text_ops = {
	.begin = text_begin,
	.end = text_end,
	.text = text_text,
	.field = text_field,
	.table_begin = text_table_begin,
	.row = text_row,
	.table_end = text_table_end,
	.aside = text_aside,
	.flush = text_flush,
};

static bool may_color(int fd)
{
	const char *term = getenv("TERM");
	const char *no_color = getenv("NO_COLOR");

	return isatty(fd) && term && *term && strcmp(term, "dumb") != 0 &&
	       !(no_color && *no_color);
}

void out_text_init(struct out_text *t, int fd, int err_fd)
{
	int fds[] = { fd, err_fd };
	unsigned height, width;

	*t = (struct out_text){ .out = { .ops = &text_ops } };
	t->out.utf8 = printable_utf8();
	for (size_t i = 0; i < ARRAY_LEN(t->streams); i++) {
		t->streams[i].fd = fds[i];
		t->streams[i].terminal = may_color(fds[i]);
		buf_init(&t->streams[i].line);
	}
	out_text_resize(t, &height, &width);
}

void out_text_deinit(struct out_text *t)
{
	text_flush(&t->out);
	out_grid_destroy(t->grid);
	for (size_t i = 0; i < ARRAY_LEN(t->streams); i++)
		buf_deinit(&t->streams[i].line);
}

void out_text_resize(struct out_text *t, unsigned *height, unsigned *width)
{
	struct winsize size = { 0 };

	if (ioctl(t->streams[0].fd, TIOCGWINSZ, &size) < 0)
		size = (struct winsize){ 0 };
	*height = size.ws_row;
	t->out.width = *width = size.ws_col;
}
