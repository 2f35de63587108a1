/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/pty.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum {
	PIECE = 4096,
	MAX_DRAIN = 1 << 20, /* another process may write without end */
	MAX_LINE = 4096,
};

void pty_init(struct pty *p, struct session *session,
              struct terminal *terminal,
              void (*show)(void *ctx, const char *data, size_t len,
                           bool lines), void *ctx)
{
	*p = (struct pty){ .session = session, .terminal = terminal,
	                   .master = -1, .slave = -1,
	                   .show = show, .ctx = ctx };
	buf_init(&p->keys);
	buf_init(&p->line);
}

void pty_deinit(struct pty *p)
{
	if (!p->session)
		return;
	pty_close(p);
	buf_deinit(&p->keys);
	buf_deinit(&p->line);
	p->session = NULL;
}

static void show_rest(struct pty *p)
{
	if (p->line.len) {
		buf_putc(&p->line, '\n');
		p->show(p->ctx, p->line.data, p->line.len, true);
	}
	buf_reset(&p->line);
}

/* Text: its lines end with a line feed alone. */
static void show_lines(struct pty *p, const char *data, size_t len)
{
	const char *newline;
	size_t whole;

	for (size_t i = 0; i < len; i++)
		if (data[i] != '\r')
			buf_putc(&p->line, data[i]);
	newline = memrchr(p->line.data, '\n', p->line.len);
	if (!newline && p->line.len < MAX_LINE)
		return;
	if (!newline) {
		show_rest(p);
		return;
	}
	whole = (size_t)(newline + 1 - p->line.data);
	p->show(p->ctx, p->line.data, whole, true);
	memmove(p->line.data, p->line.data + whole, p->line.len - whole);
	buf_truncate(&p->line, p->line.len - whole);
}

/* False: there is no more now. */
static bool take_output(struct pty *p, size_t *taken)
{
	char data[PIECE];
	ssize_t n = read(p->master, data, sizeof(data));

	if (n < 0 && errno == EINTR)
		return true;
	if (n <= 0) {
		if (n == 0 || errno != EAGAIN)
			session_unwatch(p->session, p->master);
		return false;
	}
	*taken += (size_t)n;
	if (p->drawn || p->session->run == RUN_FOREGROUND) {
		show_rest(p);
		p->show(p->ctx, data, (size_t)n, false);
	} else {
		show_lines(p, data, (size_t)n);
	}
	return true;
}

void pty_drain(struct pty *p)
{
	size_t taken = 0;

	if (p->master < 0)
		return;
	while (taken < MAX_DRAIN && take_output(p, &taken))
		;
	show_rest(p);
}

static void send_keys(struct pty *p)
{
	ssize_t n = 0;

	if (p->keys.len)
		n = write(p->master, p->keys.data, p->keys.len);
	if (n < 0 && errno != EAGAIN && errno != EINTR)
		n = (ssize_t)p->keys.len; /* nobody will ever take them */
	if (n <= 0)
		return;
	memmove(p->keys.data, p->keys.data + n, p->keys.len - (size_t)n);
	buf_truncate(&p->keys, p->keys.len - (size_t)n);
}

static void watch(struct pty *p);

static void on_master(void *ctx, short events)
{
	struct pty *p = ctx;
	size_t taken = 0;

	if (events & (POLLIN | POLLHUP | POLLERR))
		take_output(p, &taken);
	if (events & POLLOUT) {
		send_keys(p);
		watch(p);
	}
}

void pty_type(struct pty *p, const char *data, size_t len)
{
	if (p->master < 0 || p->keys.len > PIECE * 16)
		return;
	buf_add(&p->keys, data, len);
	send_keys(p);
	watch(p);
}

static void on_keys(void *ctx, short events)
{
	struct pty *p = ctx;
	char data[PIECE];
	ssize_t n = read(p->terminal->fd, data, sizeof(data));

	(void)events;
	if (n > 0) {
		pty_type(p, data, (size_t)n);
	} else if (n == 0 || (errno != EINTR && errno != EAGAIN)) {
		/* The terminal is gone. */
		p->session->exit_signal = SIGHUP;
		p->session->quit = true;
	}
}

static void watch(struct pty *p)
{
	bool full = p->keys.len > 0;

	session_watch(p->session, &(struct watch){
		.fd = p->master, .events = full ? POLLIN | POLLOUT : POLLIN,
		.ready = on_master, .ctx = p });
	if (p->forwarding)
		session_watch(p->session, &(struct watch){
			.fd = p->terminal->fd, .events = full ? 0 : POLLIN,
			.ready = on_keys, .ctx = p });
}

/* As scdb's terminal; where there is none, lines end as in a file. */
static void set_modes(const struct pty *p)
{
	struct termios modes = p->terminal->first;

	if (p->terminal->fd < 0) {
		if (tcgetattr(p->slave, &modes) < 0)
			return;
		modes.c_oflag &= ~(tcflag_t)OPOST;
	}
	tcsetattr(p->slave, TCSANOW, &modes);
}

struct error *pty_open(struct pty *p, int *slave)
{
	int master = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
	int own = -1, theirs = -1;
	char name[64];

	if (master >= 0 && grantpt(master) == 0 && unlockpt(master) == 0 &&
	    ptsname_r(master, name, sizeof(name)) == 0) {
		own = open(name, O_RDWR | O_NOCTTY | O_CLOEXEC);
		theirs = open(name, O_RDWR | O_NOCTTY | O_CLOEXEC);
	}
	if (theirs < 0 || own < 0 || fcntl(master, F_SETFL, O_NONBLOCK) < 0) {
		struct error *err = error_errno(errno, "can't make a "
		                                "pseudo-terminal");

		for (int i = 0; i < 3; i++) {
			int fd = i == 0 ? master : i == 1 ? own : theirs;

			if (fd >= 0)
				close(fd);
		}
		return err;
	}
	pty_close(p);
	p->master = master;
	p->slave = own;
	set_modes(p);
	pty_resize(p);
	watch(p);
	*slave = theirs;
	return NULL;
}

void pty_close(struct pty *p)
{
	if (p->master < 0)
		return;
	pty_back(p);
	session_unwatch(p->session, p->master);
	close(p->master);
	close(p->slave);
	p->master = p->slave = -1;
	buf_reset(&p->keys);
}

void pty_forward(struct pty *p)
{
	if (p->forwarding || p->drawn || !terminal_forward(p->terminal))
		return;
	p->forwarding = true;
	watch(p);
}

void pty_back(struct pty *p)
{
	pty_drain(p);
	if (!p->forwarding)
		return;
	p->forwarding = false;
	session_unwatch(p->session, p->terminal->fd);
	terminal_take(p->terminal);
}

void pty_resize(struct pty *p)
{
	struct winsize size;

	if (p->master >= 0 && !p->drawn && p->terminal->fd >= 0 &&
	    ioctl(p->terminal->fd, TIOCGWINSZ, &size) == 0)
		ioctl(p->master, TIOCSWINSZ, &size);
}

void pty_set_size(struct pty *p, unsigned rows, unsigned columns)
{
	const struct winsize size = { .ws_row = (unsigned short)rows,
	                              .ws_col = (unsigned short)columns };

	if (p->master >= 0)
		ioctl(p->master, TIOCSWINSZ, &size);
}
