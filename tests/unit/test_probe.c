/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a probe is run: whatever it does, there is an answer, and no process. */
#include "target/probe.h"

#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

static struct probe_result run(void (*body)(struct probe_result *r))
{
	const struct probe probe = { .name = "test", .run = body,
	                             .without = "" };
	struct probe_result r;

	probe_run(&probe, &r);
	/* Neither the probe nor what it made is a child of this process. */
	assert_int_equal(waitpid(-1, NULL, WNOHANG | __WALL), -1);
	assert_int_equal(errno, ECHILD);
	return r;
}

/* The id of what a probe left behind, in its text. */
static void must_be_gone(const struct probe_result *r)
{
	pid_t pid = (pid_t)atoi(r->text);

	assert_true(pid > 1);
	assert_int_equal(kill(pid, 0), -1);
	assert_int_equal(errno, ESRCH);
}

static void body_says(struct probe_result *r)
{
	probe_say(r, PROBE_PARTLY, "%d of %d", 1, 2);
	probe_without(r, "%s", "so what");
}

static void tells(void **state)
{
	struct probe_result r = run(body_says);

	(void)state;
	assert_int_equal(r.answer, PROBE_PARTLY);
	assert_string_equal(r.text, "1 of 2");
	assert_string_equal(r.without, "so what");
}

static void body_crashes(struct probe_result *r)
{
	(void)r;
	raise(SIGSEGV);
}

static void crash(void **state)
{
	struct probe_result r = run(body_crashes);

	(void)state;
	assert_int_equal(r.answer, PROBE_NO);
	assert_string_equal(r.text, "who tried it was killed by SIGSEGV");
}

static void body_hangs(struct probe_result *r)
{
	(void)r;
	for (;;)
		pause();
}

static void hang(void **state)
{
	struct probe_result r = run(body_hangs);

	(void)state;
	assert_int_equal(r.answer, PROBE_NO);
	assert_string_equal(r.text, "no end within 2 s");
}

/* By a plain fork: it does not end with its parent by itself. */
static void body_leaves(struct probe_result *r)
{
	pid_t pid = fork();

	if (!pid)
		body_hangs(r);
	probe_say(r, PROBE_YES, "%d", (int)pid);
}

static void left_behind(void **state)
{
	struct probe_result r = run(body_leaves);

	(void)state;
	must_be_gone(&r);
}

static int child_status(void)
{
	return 42;
}

static int child_dies(void)
{
	raise(SIGILL);
	return 0;
}

static void children(void **state)
{
	int signum;

	(void)state;
	assert_int_equal(probe_in_child(child_status, &signum), 42);
	assert_int_equal(signum, 0);
	assert_int_equal(probe_in_child(child_dies, &signum), -1);
	assert_int_equal(signum, SIGILL);
	assert_int_equal(probe_trace_child(), 0);
	assert_int_equal(waitpid(-1, NULL, WNOHANG | __WALL), -1);
}

struct seen {
	unsigned count, needed;
};

/* Each says something, in one line, with what follows from a "no". */
static void look(void *ctx, const struct probe *probe,
                 const struct probe_result *r)
{
	struct seen *seen = ctx;

	seen->count++;
	seen->needed += probe->needed;
	assert_true(probe->name[0] && strlen(probe->name) < 26);
	assert_true(r->text[0]);
	assert_null(strchr(r->text, '\n'));
	assert_int_not_equal(r->answer, PROBE_UNTRIED);
	if (r->answer == PROBE_NO || r->answer == PROBE_PARTLY)
		assert_true(r->without[0]);
	if (probe->needed)
		assert_int_not_equal(r->answer, PROBE_NO);
}

static void all(void **state)
{
	struct seen seen = { 0 };

	(void)state;
	probe_all(look, &seen);
	assert_int_equal(seen.count, 27);
	assert_int_equal(seen.needed, 3);
	assert_int_equal(waitpid(-1, NULL, WNOHANG | __WALL), -1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tells),
		cmocka_unit_test(crash),
		cmocka_unit_test(hang),
		cmocka_unit_test(left_behind),
		cmocka_unit_test(children),
		cmocka_unit_test(all),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
