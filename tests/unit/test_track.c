/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The stack of calls, driven by stops made up here: no process is behind the
 * thread, so nothing in these cases may touch its registers or memory.
 */
#include "base/out.h"
#include "session/internal.h"
#include "target/internal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

enum {
	NR_READ = 0,
	NR_GETPPID = 110,
	NR_RESTART = 219,
	NR_EXECVE = 59,
	NR_NANOSLEEP = 35,
	PC = 0x401000,
	SP = 0x70000000,
	NOBODY = 0x3ffffff0, /* more than any pid: pid_max is at most 2^22 */
};

struct world {
	struct out_capture capture;
	struct session *s;
	struct process *p;
	struct thread *t;
};

static int set_up(void **state)
{
	struct world *w = xcalloc(1, sizeof(*w));
	struct error *err;

	out_capture_init(&w->capture);
	err = session_create(&w->capture.out, NULL, &w->s);
	assert_null(err);
	w->p = process_create(w->s->target, NOBODY, false);
	w->t = thread_create(w->p, NOBODY);
	thread_set_state(w->t, THREAD_STOPPED);
	*state = w;
	return 0;
}

static int tear_down(void **state)
{
	struct world *w = *state;

	process_destroy(w->p);
	session_destroy(w->s);
	out_capture_deinit(&w->capture);
	free(w);
	return 0;
}

static bool entry(struct world *w, uint64_t nr, taddr pc, taddr sp)
{
	w->t->stop = (struct stop){
		.thread = w->t,
		.reasons = STOP_ENTRY,
		.pc = pc,
		.sp = sp,
		.call = { .abi = ABI_X86_64, .known_abi = true, .nr = nr },
	};
	return track_stop(w->s, w->t);
}

static bool exit_with(struct world *w, int64_t result)
{
	w->t->stop = (struct stop){
		.thread = w->t,
		.reasons = STOP_EXIT,
		.result = result,
	};
	return track_stop(w->s, w->t);
}

static void go(struct world *w)
{
	track_resume(w->s, w->t);
}

static size_t depth(const struct world *w)
{
	return thread_info(w->t)->depth;
}

/* As track_signal does it for a signal that a handler takes. */
static void handler_starts(struct world *w)
{
	call_current(w->t)->resumable = false;
	call_current(w->t)->handler_called = false;
}

static void test_plain(void **state)
{
	struct world *w = *state;

	assert_true(entry(w, NR_READ, PC, SP));
	assert_int_equal(call_current(w->t)->phase, CALL_AT_ENTRY);
	go(w);
	assert_int_equal(call_current(w->t)->phase, CALL_INSIDE);
	assert_true(exit_with(w, 5));
	assert_int_equal(call_current(w->t)->phase, CALL_AT_EXIT);
	assert_int_equal(call_current(w->t)->result, 5);
	go(w);
	assert_null(call_current(w->t));
}

/* An exit without an entry: a child's first, or calls were not watched. */
static void test_exit_alone(void **state)
{
	struct world *w = *state;

	assert_false(exit_with(w, 0));
	assert_null(call_current(w->t));
}

/* Exits that were not watched: the next entry says that it is over. */
static void test_unwatched(void **state)
{
	struct world *w = *state;

	for (int i = 0; i < 100; i++) {
		assert_true(entry(w, NR_READ, PC, SP));
		go(w);
	}
	assert_int_equal(depth(w), 1);
}

static void test_restarted(void **state)
{
	static const int codes[] = { 512, 513, 514, 516 };
	struct world *w = *state;

	for (size_t i = 0; i < ARRAY_LEN(codes); i++) {
		uint64_t index;

		assert_true(entry(w, NR_READ, PC, SP));
		index = call_current(w->t)->log_index;
		go(w);
		assert_false(exit_with(w, -codes[i]));
		assert_int_equal(call_current(w->t)->phase, CALL_SUSPENDED);
		go(w);
		/* Made again: nothing new, the same in the log. */
		assert_false(entry(w, codes[i] == 516 ? NR_RESTART : NR_READ,
		                   PC, SP));
		assert_int_equal(call_current(w->t)->log_index, index);
		assert_int_equal(call_current(w->t)->made.nr, NR_READ);
		go(w);
		assert_true(exit_with(w, 1));
		go(w);
		assert_int_equal(depth(w), 0);
	}
}

/* What was followed no longer is known when it goes on all the same. */
static void test_left_alone(void **state)
{
	struct world *w = *state;
	struct call found = { .made = { .abi = ABI_X86_64, .nr = NR_RESTART },
		              .pc = PC, .sp = SP };
	struct call other = found;

	assert_true(entry(w, NR_NANOSLEEP, PC, SP));
	go(w);
	assert_false(exit_with(w, -516));
	go(w);
	track_lose(w->t);
	assert_null(call_current(w->t));
	track_name_restarted(thread_info(w->t), &found);
	assert_int_equal(found.made.nr, NR_NANOSLEEP);
	other.pc = PC + 0x100;
	track_name_restarted(thread_info(w->t), &other);
	assert_int_equal(other.made.nr, NR_RESTART);
	/* Another program knows nothing of it. */
	track_exec(w->t);
	found.made.nr = NR_RESTART;
	track_name_restarted(thread_info(w->t), &found);
	assert_int_equal(found.made.nr, NR_RESTART);
}

/* How long a call took does not grow while its exit is looked at. */
static void test_seconds(void **state)
{
	struct world *w = *state;
	double seconds;

	assert_true(entry(w, NR_READ, PC, SP));
	go(w);
	assert_true(exit_with(w, 5));
	seconds = call_seconds(call_current(w->t));
	assert_true(seconds > 0);
	for (int i = 0; i < 1000; i++)
		assert_true(call_seconds(call_current(w->t)) == seconds);
}

/* It should have come again, and another one came. */
static void test_not_restarted(void **state)
{
	struct world *w = *state;

	assert_true(entry(w, NR_READ, PC, SP));
	go(w);
	assert_false(exit_with(w, -512));
	assert_true(entry(w, NR_GETPPID, PC, SP));
	assert_int_equal(depth(w), 1);
	assert_int_equal(call_current(w->t)->made.nr, NR_GETPPID);
}

static void test_handler(void **state)
{
	struct world *w = *state;

	assert_true(entry(w, NR_READ, PC, SP));
	go(w);
	assert_false(exit_with(w, -512));
	handler_starts(w);
	assert_true(entry(w, NR_GETPPID, PC + 0x100, SP - 0x400));
	assert_int_equal(depth(w), 2);
	go(w);
	assert_true(exit_with(w, 1));
	go(w);
	assert_int_equal(depth(w), 1);
	assert_int_equal(call_current(w->t)->made.nr, NR_READ);
}

/* The handler makes the same call at the same place, deeper: its own. */
static void test_handler_same_call(void **state)
{
	struct world *w = *state;

	assert_true(entry(w, NR_READ, PC, SP));
	go(w);
	assert_false(exit_with(w, -512));
	handler_starts(w);
	assert_true(entry(w, NR_READ, PC, SP - 0x400));
	assert_int_equal(depth(w), 2);
}

static void test_handler_jumps(void **state)
{
	/* What the program does after the jump, with or without a call in the
	 * handler before it: at the same depth, or above. */
	static const taddr after[] = { SP, SP + 0x100 };
	struct world *w = *state;

	for (size_t i = 0; i < ARRAY_LEN(after); i++) {
		track_lose(w->t);
		assert_true(entry(w, NR_READ, PC, SP));
		go(w);
		assert_false(exit_with(w, -512));
		handler_starts(w);
		assert_true(entry(w, NR_GETPPID, PC + 0x100, SP - 0x400));
		go(w);
		assert_true(exit_with(w, 1));
		go(w);
		assert_true(entry(w, NR_READ, PC, after[i]));
		assert_int_equal(depth(w), 1);
	}
}

/* A handler on a stack of its own, above: its calls end nothing. */
static void test_handler_on_other_stack(void **state)
{
	struct world *w = *state;

	assert_true(entry(w, NR_READ, PC, SP));
	go(w);
	assert_false(exit_with(w, -512));
	handler_starts(w);
	assert_true(entry(w, NR_GETPPID, PC + 0x100, SP + 0x10000));
	go(w);
	assert_true(exit_with(w, 1));
	go(w);
	assert_true(entry(w, NR_GETPPID, PC + 0x100, SP + 0x10000));
	assert_int_equal(depth(w), 2);
}

/* Jump after jump: the stack stays small, and the newest is on top. */
static void test_many_jumps(void **state)
{
	struct world *w = *state;

	for (int i = 0; i < 100; i++) {
		assert_true(entry(w, NR_READ, PC, SP - (taddr)i * 0x1000));
		assert_true(depth(w) <= CALL_DEPTH);
		go(w);
		assert_false(exit_with(w, -512));
		handler_starts(w);
	}
	assert_int_equal(call_current(w->t)->sp, SP - 99 * 0x1000);
}

static void test_exec_in_handler(void **state)
{
	struct world *w = *state;

	assert_true(entry(w, NR_NANOSLEEP, PC, SP));
	go(w);
	assert_false(exit_with(w, -516));
	handler_starts(w);
	assert_true(entry(w, NR_EXECVE, PC + 0x100, SP - 0x400));
	go(w);
	track_exec(w->t);
	assert_int_equal(depth(w), 1);
	assert_true(exit_with(w, 0));
	go(w);
	assert_int_equal(depth(w), 0);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(test_plain),
		CASE(test_exit_alone),
		CASE(test_unwatched),
		CASE(test_restarted),
		CASE(test_not_restarted),
		CASE(test_left_alone),
		CASE(test_seconds),
		CASE(test_handler),
		CASE(test_handler_same_call),
		CASE(test_handler_jumps),
		CASE(test_handler_on_other_stack),
		CASE(test_many_jumps),
		CASE(test_exec_in_handler),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
