/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session/delay.h"

#include "session/internal.h"

#include "base/alloc.h"

#include <errno.h>
#include <sys/timerfd.h>
#include <unistd.h>

struct delay_state {
	int timer;
	int64_t set_to;        /* 0: not set */
	VEC(pid_t) waiting;
};

static int64_t now_ns(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (int64_t)ts.tv_sec * 1000000000 + ts.tv_nsec;
}

static void set_timer(struct delay_state *d, int64_t at)
{
	struct itimerspec when = { .it_value = {
		.tv_sec = (time_t)(at / 1000000000),
		.tv_nsec = (long)(at % 1000000000) } };

	d->set_to = at;
	(void)timerfd_settime(d->timer, TFD_TIMER_ABSTIME, &when, NULL);
}

/* Lets those go on whose time has come, and waits for the next. */
static void wake(void *ctx, short events)
{
	struct session *s = ctx;
	struct delay_state *d = s->delays;
	bool runs = s->run == RUN_FOREGROUND || s->run == RUN_BACKGROUND;
	VEC(pid_t) due = { 0 };
	uint64_t times;

	(void)events;
	if (read(d->timer, &times, sizeof(times)) < 0)
		return;
	d->set_to = 0;
	/* Those that still have to wait enter themselves again. */
	for (size_t i = 0; i < d->waiting.len; i++)
		vec_push(&due, d->waiting.items[i]);
	d->waiting.len = 0;
	for (size_t i = 0; i < due.len; i++) {
		struct thread *t = target_thread(s->target, due.items[i]);

		/* Otherwise it is asked when the user goes on. */
		if (t && runs && t->state == THREAD_STOPPED &&
		    thread_info(t)->wakes && !thread_info(t)->held)
			stop_resume(s, t);
	}
	vec_deinit(&due);
}

static struct error *begin(struct session *s)
{
	struct delay_state *d;
	int timer;

	if (s->delays)
		return NULL;
	timer = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK);
	if (timer < 0)
		return error_errno(errno, "no timer for a delay");
	d = xcalloc(1, sizeof(*d));
	d->timer = timer;
	s->delays = d;
	session_watch(s, &(struct watch){ .fd = timer, .events = POLLIN,
	                                  .ready = wake, .ctx = s });
	return NULL;
}

void delays_destroy(struct session *s)
{
	if (!s->delays)
		return;
	session_unwatch(s, s->delays->timer);
	close(s->delays->timer);
	vec_deinit(&s->delays->waiting);
	free(s->delays);
	s->delays = NULL;
}

struct error *delay_add(struct session *s, struct thread *t,
                        uint64_t nanoseconds)
{
	struct thread_info *info = thread_info(t);

	TRY(begin(s));
	if (!info->wakes)
		info->wakes = now_ns();
	info->wakes += (int64_t)nanoseconds;
	return NULL;
}

bool delay_holds(struct session *s, struct thread *t)
{
	struct thread_info *info = thread_info(t);
	struct delay_state *d = s->delays;

	if (!info->wakes)
		return false;
	if (now_ns() >= info->wakes) {
		info->wakes = 0;
		return false;
	}
	vec_push(&d->waiting, t->tid);
	if (!d->set_to || info->wakes < d->set_to)
		set_timer(d, info->wakes);
	return true;
}
