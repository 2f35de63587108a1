/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The one loop: stops of the target, scdb's own signals, and whatever the
 * prompt watches.  In a stream of stops the rest is looked at every 10 ms.
 */
#include "session/internal.h"

#include "target/procfs.h"

#include <assert.h>
#include <errno.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>

enum {
	LOOK_NS = 10 * 1000 * 1000,
	CLOCK_STOPS = 16,
	MAX_FDS = 4,
	BLOCKED_INTERRUPT_MS = 100, /* how often SIGINT is looked for */
};

void output_begin(struct session *s)
{
	if (s->hooks.output_begin)
		s->hooks.output_begin(s->hooks.ctx);
}

void output_end(struct session *s)
{
	if (s->hooks.output_end)
		s->hooks.output_end(s->hooks.ctx);
	out_flush(s->out);
}

static int64_t now_ns(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (int64_t)ts.tv_sec * 1000000000 + ts.tv_nsec;
}

static bool is_running(const struct session *s)
{
	return s->run == RUN_FOREGROUND || s->run == RUN_BACKGROUND;
}

/* Ctrl-C: what runs is stopped and shown. */
static void break_off(struct session *s)
{
	if (is_running(s))
		stop_break_off(s, false);
}

struct error *session_interrupt(struct session *s, bool all)
{
	TRY(session_need_process(s));
	if (!is_running(s))
		return error_new(ERROR_USAGE,
		                 "the program is stopped already");
	if (s->settings.non_stop && !all && s->current &&
	    session_is_stopped(s, s->current))
		return error_new(ERROR_USAGE, "the thread is stopped already: "
		                 "use `interrupt -a` for the others");
	stop_break_off(s, all);
	return NULL;
}

static void take_own_signals(struct session *s)
{
	struct signalfd_siginfo info;

	while (read(s->signal_fd, &info, sizeof(info)) == sizeof(info)) {
		if (info.ssi_signo == SIGINT) {
			s->interrupted = !is_running(s);
			break_off(s);
		} else if (info.ssi_signo == SIGTERM ||
		           info.ssi_signo == SIGHUP) {
			s->quit = true;
			s->exit_signal = (int)info.ssi_signo;
		}
	}
}

/* A SIGINT of which no stop will tell: the program blocks it or stands. */
static bool interrupt_is_stuck(const struct session *s)
{
	for (size_t i = 0; i < s->target->processes.len; i++) {
		const struct process *p = s->target->processes.items[i];
		struct proc_status status;
		struct error *err;

		if (!p->launched)
			continue;
		err = proc_status(p->pid, &status);
		if (err)
			error_destroy(err);
		else if ((status.pending | status.shared_pending) &
		         (1ull << (SIGINT - 1)))
			return true;
	}
	return false;
}

static void look_for_interrupt(struct session *s)
{
	if (s->run != RUN_FOREGROUND || !s->terminal_group ||
	    !session_signal_action(s, SIGINT).stop)
		return;
	if (!interrupt_is_stuck(s)) {
		s->interrupt_seen = 0;
		return;
	}
	/* The first time it may be on its way to a stop. */
	if (s->interrupt_seen < 2 && ++s->interrupt_seen == 2)
		break_off(s);
}

/* True: a stop was shown, or all ended. */
static bool take_stops(struct session *s)
{
	struct stop *stop;

	target_collect(s->target);
	if (!is_running(s))
		return target_has_queued(s->target) && stop_take_deaths(s);
	while ((stop = target_next(s->target))) {
		bool shown = stop_handle(s, stop);

		if (s->releases.len)
			stop_release(s);
		if (shown)
			return true;
		s->target->streaming = true;
	}
	if (s->may_be_idle && stop_when_idle(s))
		return true;
	return !is_running(s);
}

static int wait_limit(const struct session *s, int64_t end, int64_t now)
{
	int limit = end < 0 ? -1 : now >= end ? 0
	            : (int)((end - now + 999999) / 1000000);

	if (s->run == RUN_FOREGROUND && s->terminal_group &&
	    (limit < 0 || limit > BLOCKED_INTERRUPT_MS))
		limit = BLOCKED_INTERRUPT_MS;
	return limit;
}

static int count_ready(const struct pollfd *fds, size_t count)
{
	int ready = 0;

	for (size_t i = 0; i < count; i++)
		ready += fds[i].revents != 0;
	return ready;
}

void session_watch(struct session *s, const struct watch *watch)
{
	size_t at = 0;

	while (at < s->watch_count && s->watches[at].fd != watch->fd)
		at++;
	assert(at < SESSION_MAX_WATCHES);
	s->watches[at] = *watch;
	if (at == s->watch_count)
		s->watch_count++;
}

void session_unwatch(struct session *s, int fd)
{
	for (size_t i = 0; i < s->watch_count; i++) {
		if (s->watches[i].fd == fd) {
			s->watches[i] = s->watches[--s->watch_count];
			return;
		}
	}
}

static void tell_watches(struct session *s, const struct pollfd *fds)
{
	struct watch watches[SESSION_MAX_WATCHES];
	size_t count = s->watch_count;

	/* They may change while they are told. */
	memcpy(watches, s->watches, sizeof(watches));
	for (size_t i = 0; i < count; i++)
		if (fds[i].revents && !s->quit)
			watches[i].ready(watches[i].ctx, fds[i].revents);
}

/* Looks at everything once, waiting at most LIMIT ms.  Ready ones of FDS. */
static int look(struct session *s, struct pollfd *fds, size_t count, int limit)
{
	struct pollfd all[MAX_FDS + 1 + SESSION_MAX_WATCHES];
	int ready;

	assert(count <= MAX_FDS);
	for (size_t i = 0; i < count; i++)
		all[i] = fds[i];
	all[count] = (struct pollfd){ .fd = s->signal_fd, .events = POLLIN };
	for (size_t i = 0; i < s->watch_count; i++)
		all[count + 1 + i] = (struct pollfd){
			.fd = s->watches[i].events ? s->watches[i].fd : -1,
			.events = s->watches[i].events };
	if (limit)
		trace_flush(s);
	else
		trace_give_up(s);
	ready = target_sleep(s->target, all, count + 1 + s->watch_count,
	                     limit);
	for (size_t i = 0; i < count; i++)
		fds[i].revents = ready & 2 ? all[i].revents : 0;
	if (ready & 2 && all[count].revents)
		take_own_signals(s);
	if (ready & 2)
		tell_watches(s, all + count + 1);
	if (!ready)
		look_for_interrupt(s);
	return count_ready(fds, count);
}

static int pump(struct session *s, struct pollfd *fds, size_t count,
                int timeout_ms)
{
	int64_t start = now_ns(), last_look = start;
	int64_t end = timeout_ms < 0 ? -1
	              : start + (int64_t)timeout_ms * 1000000;
	enum run_state before = s->run;
	unsigned stops = 0;

	for (size_t i = 0; i < count; i++)
		fds[i].revents = 0;
	while (!s->quit) {
		int64_t now;
		int ready;

		if (take_stops(s))
			return 0;
		/* The clock is not read at each stop of a stream. */
		if (s->target->streaming && ++stops % CLOCK_STOPS &&
		    target_sleep(s->target, NULL, 0, 10))
			continue;
		now = now_ns();
		if (s->target->streaming && now - last_look < LOOK_NS)
			continue;
		last_look = now;
		ready = look(s, fds, count,
		             s->target->streaming ? 0
		             : wait_limit(s, end, now));
		if (ready || s->run != before)
			return ready;
		if (end >= 0 && now >= end)
			return 0;
	}
	return 0;
}

int session_pump(struct session *s, struct pollfd *fds, size_t count,
                 int timeout_ms)
{
	int ready = pump(s, fds, count, timeout_ms);

	/* Others' calls are not to end with EINTR. */
	target_stop_ticking(s->target);
	return ready;
}

void session_wait(struct session *s)
{
	while (s->run == RUN_FOREGROUND && !s->quit)
		session_pump(s, NULL, 0, -1);
}
