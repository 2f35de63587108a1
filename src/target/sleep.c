/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Sleeping until there is something to collect.  A stream of stops is waited
 * for in one of two ways: asking again and again, which spares the way into a
 * sleep and out of it where a processor is to spare, or in wait4.
 */
#include "target/internal.h"

#include "base/buf.h"
#include "target/procfs.h"

#include <assert.h>
#include <poll.h>
#include <stdio.h>
#include <sys/signalfd.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
	PREEMPTED_NS = 50000,   /* between two looks: somebody else ran */
	STREAM_TICK_US = 10000, /* how often a stream looks elsewhere */
};

static int64_t now_ns(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (int64_t)ts.tv_sec * 1000000000 + ts.tv_nsec;
}

bool target_is_crowded(const struct target *target)
{
	AUTO_BUF struct buf text = { 0 };
	unsigned running;

	buf_init(&text);
	error_destroy(proc_read("/proc/loadavg", 128, &text));
	return sscanf(text.data, "%*s %*s %*s %u/", &running) == 1 &&
	       running > target->processors;
}

static bool spin(struct target *target)
{
	struct spinning *spin = &target->spinning;
	int64_t start, last, now, limit = spinning_limit(spin);

	if (spinning_rests(spin))
		return false;
	if (spinning_checks(spin) && target_is_crowded(target)) {
		spinning_failed(spin, true);
		return false;
	}
	start = now = now_ns();
	do {
		last = now;
		target_collect(target);
		now = now_ns();
		if (target->queue_head) {
			spinning_paid(spin, now - start);
			return true;
		}
	} while (now - start < limit && now - last < PREEMPTED_NS);
	spinning_failed(spin, now - last >= PREEMPTED_NS);
	return false;
}

static void on_tick(int signal)
{
	(void)signal;
}

/* A tick that ends a blocking wait, so that the terminal is looked at. */
static void tick(struct target *target, bool on)
{
	struct itimerval timer = { 0 };
	struct sigaction action = { .sa_handler = on_tick };

	if (!on)
		near_end(target);
	if (target->ticking == on)
		return;
	if (on) {
		sigaction(SIGALRM, &action, &target->alarm_before);
		timer.it_interval.tv_usec = timer.it_value.tv_usec =
			STREAM_TICK_US;
	}
	setitimer(ITIMER_REAL, &timer, NULL);
	if (!on)
		sigaction(SIGALRM, &target->alarm_before, NULL);
	target->ticking = on;
}

void target_stop_ticking(struct target *target)
{
	tick(target, false);
}

/* The cheapest sleep: no signalfd to read. */
static bool wait_in_stream(struct target *target)
{
	int status;
	pid_t tid;
	struct thread *t;

	tick(target, true);
	tid = wait4(-1, &status, __WALL, NULL);
	t = tid > 0 ? wait_take(target, tid, status) : NULL;
	if (t)
		thread_queue(t);
	return tid > 0;
}

static void drain_child_fd(struct target *target)
{
	struct signalfd_siginfo info[8];

	while (read(target->child_fd, info, sizeof(info)) > 0)
		;
}

int target_sleep(struct target *target, struct pollfd *fds, size_t count,
                 int timeout_ms)
{
	struct pollfd all[12] = {
		{ .fd = target->child_fd, .events = POLLIN },
	};
	int ready;

	assert(count < ARRAY_LEN(all));
	if (target->streaming && timeout_ms != 0) {
		bool looks = target->poll && !target->near.lined;

		if (target->running && ((looks && spin(target)) ||
		                        wait_in_stream(target)))
			return 1;
		/* Nobody is left who could go on with it, or it has paused. */
		target->streaming = false;
	}
	tick(target, false);
	for (size_t i = 0; i < count; i++)
		all[i + 1] = fds[i];
	if (!target->processes.len && !target->leaving.len)
		all[0].fd = -1;
	ready = poll(all, count + 1, timeout_ms);
	for (size_t i = 0; i < count; i++)
		fds[i].revents = ready > 0 ? all[i + 1].revents : 0;
	if (ready <= 0)
		return 0;
	if (all[0].revents) {
		drain_child_fd(target);
		ready--;
		return 1 | (ready ? 2 : 0);
	}
	return 2;
}
