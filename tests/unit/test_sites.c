/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Breakpoints that nobody asked to be shown: each hit is counted, and the
 * program does what it would have done.
 */
#include "arch/displaced.h"
#include "session/internal.h"
#include "session/location.h"
#include "session/sites.h"
#include "xol/xol.h"
#include "session_fixture.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

struct fixture {
	struct out_capture out;
	struct session *s;
};

static int set_up(void **state)
{
	struct fixture *f = xcalloc(1, sizeof(*f));

	f->s = session_begin(&f->out);
	f->s->program.to_stderr = true;
	*state = f;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *f = *state;

	session_end(f->s, &f->out);
	free(f);
	return 0;
}

static char *tracee(const char *name)
{
	return xasprintf("%s/%s", getenv("SCDB_TRACEES"), name);
}

/* Before its first instruction. */
static struct process *start(struct session *s, const char *name,
                             const char *args)
{
	struct error *err;

	free(s->program.path);
	s->program.path = tracee(name);
	free(s->settings.args);
	s->settings.args = xstrdup(args);
	err = session_launch(s, true, false);
	if (err)
		fail_msg("%s", err->message);
	return s->current->process;
}

static void go_on(struct session *s)
{
	struct error *err = session_continue(s, -1, false, false);

	if (err)
		fail_msg("%s", err->message);
	session_wait(s);
}

/* What it ends with by itself. */
static int native(const char *name, const char *args)
{
	AUTO_FREE char *line = xasprintf("%s/%s %s >&2", getenv("SCDB_TRACEES"),
	                                 name, args);
	int status = system(line);

	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

static taddr function(struct session *s, const char *name)
{
	AUTO_FREE char *text = xasprintf("*%s", name);
	place_list places = { 0 };
	struct error *err = location_resolve(s, text, 0, &places);
	taddr addr;

	if (err)
		fail_msg("%s", err->message);
	addr = places.items[0].addr;
	vec_deinit(&places);
	return addr;
}

static struct site *plant(struct session *s, struct process *p, taddr addr)
{
	struct site *site = NULL;
	struct error *err = site_add(s, p, addr, &site);

	if (err)
		fail_msg("%s", err->message);
	return site;
}

static void one_thread(void **state)
{
	struct fixture *f = *state;
	struct process *p = start(f->s, "hits", "1 1000");
	struct site *site = plant(f->s, p, function(f->s, "busy"));

	go_on(f->s);
	assert_int_equal(f->s->run, RUN_NONE);
	assert_int_equal(f->s->last_exit_status, native("hits", "1 1000"));
	assert_int_equal(site_hits(site), 1000);
	assert_true(site_is_dead(site));
	site_drop(f->s, site);
}

/* A site on every instruction of the LEN bytes at ADDR. */
static size_t plant_all(struct session *s, struct process *p, taddr addr,
                        taddr end, struct site **sites)
{
	bool wide = process_word(p) == 8;
	size_t count = 0;

	while (addr < end) {
		uint8_t bytes[16];
		struct displaced insn;

		assert_null(target_read(p, addr, bytes, sizeof(bytes)));
		arch_displace(wide ? arch_x86_64() : arch_i386(), bytes,
		              sizeof(bytes), addr, &insn);
		assert_int_not_equal(insn.how, DISPLACED_REFUSE);
		sites[count++] = plant(s, p, addr);
		addr += insn.len;
	}
	return count;
}

static taddr end_of(struct session *s, const char *name)
{
	struct image *image = session_image(s, s->current->process);
	struct symbol at;

	assert_true(image_symbol_at(image, function(s, name), &at));
	return function(s, name) + at.size;
}

enum { MOST = 512 };

/* Every instruction of the hot functions, THREADS at once. */
static void every_instruction(struct session *s, const char *name,
                              const char *args, uint64_t hits)
{
	struct process *p = start(s, name, args);
	struct site *sites[MOST], *entry;
	size_t count = plant_all(s, p, function(s, "busy"), end_of(s, "busy"),
	                         sites);

	entry = sites[0];
	count += plant_all(s, p, function(s, "helper"), end_of(s, "helper"),
	                   sites + count);
	go_on(s);
	assert_int_equal(s->run, RUN_NONE);
	assert_int_equal(s->last_exit_status, native(name, args));
	assert_int_equal(site_hits(entry), hits);
	for (size_t i = 0; i < count; i++)
		site_drop(s, sites[i]);
}

static void all_in_one_thread(void **state)
{
	struct fixture *f = *state;

	every_instruction(f->s, "hits", "1 200", 200);
}

static void all_in_many_threads(void **state)
{
	struct fixture *f = *state;

	every_instruction(f->s, "hits", "8 200", 1600);
}

static void all_in_32_bits(void **state)
{
	struct fixture *f = *state;

	every_instruction(f->s, "hits-32", "4 200", 800);
}

static void all_static(void **state)
{
	struct fixture *f = *state;

	every_instruction(f->s, "hits-static", "4 200", 800);
}

/* No memory for slots is to be had: all others stand while one steps. */
static void in_place(void **state)
{
	struct fixture *f = *state;
	struct process *p = start(f->s, "hits", "4 100");
	struct site *sites[MOST];
	size_t count = plant_all(f->s, p, function(f->s, "busy"),
	                         end_of(f->s, "busy"), sites);

	xol_limit(sites_xol(p), 0);
	go_on(f->s);
	assert_int_equal(f->s->last_exit_status, native("hits", "4 100"));
	assert_int_equal(site_hits(sites[0]), 400);
	for (size_t i = 0; i < count; i++)
		site_drop(f->s, sites[i]);
}

/* For MS milliseconds, in the background. */
static void run_for(struct session *s, int ms)
{
	struct timespec start, now;

	clock_gettime(CLOCK_MONOTONIC, &start);
	do {
		session_pump(s, NULL, 0, 1);
		clock_gettime(CLOCK_MONOTONIC, &now);
	} while ((now.tv_sec - start.tv_sec) * 1000 +
	         (now.tv_nsec - start.tv_nsec) / 1000000 < ms);
}

/* Somebody else's child, so that scdb's own waits leave it alone: says its id
 * and, at its end, its status. */
static void start_apart(int fd)
{
	AUTO_FREE char *path = tracee("hits");
	pid_t pid = fork();
	int status;

	if (pid == 0) {
		dup2(STDERR_FILENO, STDOUT_FILENO);
		execl(path, "hits", "4", "2000000000", "signals", (char *)NULL);
		_exit(127);
	}
	if (write(fd, &pid, sizeof(pid)) != sizeof(pid) ||
	    waitpid(pid, &status, 0) != pid ||
	    write(fd, &status, sizeof(status)) != sizeof(status))
		_exit(1);
	_exit(0);
}

/*
 * Attached to and left, wherever its threads are: in slots, behind a breakpoint
 * whose SIGTRAP is still to be told of, on their way.
 */
static void attach_and_leave(void **state)
{
	struct fixture *f = *state;
	int pipes[2], status = -1;
	pid_t pid;

	assert_int_equal(pipe(pipes), 0);
	if (fork() == 0)
		start_apart(pipes[1]);
	close(pipes[1]);
	assert_int_equal(read(pipes[0], &pid, sizeof(pid)), sizeof(pid));
	usleep(20000);
	for (int round = 0; round < 40; round++) {
		struct site *sites[MOST];
		struct process *p;
		size_t count;
		struct error *err = session_attach(f->s, pid);

		if (err)
			fail_msg("round %d: %s", round, err->message);
		p = f->s->current->process;
		count = plant_all(f->s, p, function(f->s, "busy"),
		                  end_of(f->s, "busy"), sites);
		assert_null(session_continue(f->s, -1, true, true));
		run_for(f->s, 1 + round % 4);
		/* Children that it made meanwhile, too. */
		while (f->s->target->processes.len) {
			p = f->s->target->processes.items[0];
			err = session_detach(f->s, p);
			if (err)
				fail_msg("round %d: %s", round, err->message);
		}
		for (size_t i = 0; i < count; i++)
			site_drop(f->s, sites[i]);
	}
	usleep(50000);
	kill(pid, SIGTERM);
	assert_int_equal(read(pipes[0], &status, sizeof(status)),
	                 sizeof(status));
	close(pipes[0]);
	assert_true(WIFSIGNALED(status));
	assert_int_equal(WTERMSIG(status), SIGTERM);
}

/* Many at once are as one by one; what can't be had is told of. */
static void many_at_once(void **state)
{
	struct fixture *f = *state;
	struct process *p = start(f->s, "hits", "2 100");
	taddr busy = function(f->s, "busy"), helper = function(f->s, "helper");
	taddr addrs[] = { helper, 0x10, busy, helper, busy + 1 };
	struct site *sites[ARRAY_LEN(addrs)];
	struct error *errors[ARRAY_LEN(addrs)];
	uint8_t before, now;

	assert_null(target_read_raw(p, busy, &before, 1));
	assert_int_equal(site_add_many(f->s, p, addrs, 4, sites, errors), 3);
	assert_non_null(errors[1]);
	assert_null(sites[1]);
	assert_ptr_equal(sites[0], sites[3]);
	assert_int_equal(site_address(sites[2]), busy);
	error_destroy(errors[1]);
	assert_null(target_read_raw(p, busy, &now, 1));
	assert_int_equal(now, 0xcc);
	assert_null(target_read(p, busy, &now, 1));
	assert_int_equal(now, before);
	site_drop_many(f->s, sites, 3);
	assert_null(target_read_raw(p, busy, &now, 1));
	assert_int_equal(now, before);
	go_on(f->s);
	assert_int_equal(f->s->last_exit_status, native("hits", "2 100"));
	/* busy(i) calls helper once, and once more where i is odd. */
	assert_int_equal(site_hits(sites[3]), 2 * 150);
	site_drop(f->s, sites[3]);
}

/* One stands in the middle of the other's instruction: that is not changed. */
static void in_the_middle(void **state)
{
	struct fixture *f = *state;
	struct process *p = start(f->s, "hits", "2 100");
	taddr helper = function(f->s, "helper");
	struct site *site = plant(f->s, p, helper), *inside;

	/* Else it would stand on the next one. */
	assert_true(site_xol(site)->insn.len > 1);
	inside = plant(f->s, p, helper + 1);
	go_on(f->s);
	assert_int_equal(f->s->last_exit_status, native("hits", "2 100"));
	assert_int_equal(site_hits(site), 300);
	assert_null(strstr(f->out.text.data, "changed"));
	site_drop(f->s, site);
	site_drop(f->s, inside);
}

/* What is written over a breakpoint is what the program has there. */
static void written_over(void **state)
{
	struct fixture *f = *state;
	struct process *p = start(f->s, "hits", "1 100");
	taddr busy = function(f->s, "busy");
	struct site *site = plant(f->s, p, busy);
	uint8_t code[32], now[32];
	struct memory_piece piece = { .addr = busy - 8, .data = now,
		                      .len = 24 };

	assert_null(target_read(p, busy - 8, code, 24));
	assert_null(target_write(p, busy - 8, code, 24));
	assert_null(target_read_raw(p, busy, now, 1));
	assert_int_equal(now[0], 0xcc);
	assert_int_equal(target_read_pieces(p, &piece, 1), 1);
	assert_memory_equal(now, code, 24);
	/* xor %eax,%eax; ret: the function is another one. */
	assert_null(target_write(p, busy, "\x31\xc0\xc3", 3));
	assert_null(target_read(p, busy, now, 3));
	assert_memory_equal(now, "\x31\xc0\xc3", 3);
	go_on(f->s);
	assert_int_equal(f->s->last_exit_status, 0);
	assert_int_equal(site_hits(site), 100);
	site_drop(f->s, site);
}

/* Every instruction of FUNCTION, in a program that makes it hard. */
static void hostile(struct session *s, const char *mode, const char *name)
{
	static const char *const programs[] = { "hostile_code",
		                                "hostile_code-32" };
	struct site *sites[MOST];

	for (size_t i = 0; i < ARRAY_LEN(programs); i++) {
		struct process *p = start(s, programs[i], mode);
		size_t count = plant_all(s, p, function(s, name),
		                         end_of(s, name), sites);
		int expected = native(programs[i], mode);
		uint64_t hits = 0;

		session_handle_signal(s, SIGSEGV,
		                      (struct signal_action){ .pass = true });
		session_handle_signal(s, SIGILL,
		                      (struct signal_action){ .pass = true });
		session_handle_signal(s, SIGTRAP,
		                      (struct signal_action){ .pass = true });
		go_on(s);
		assert_int_equal(s->run, RUN_NONE);
		assert_int_not_equal(expected, 99);
		if (s->last_exit_status != expected)
			fail_msg("%s %s: %d, not %d", programs[i], mode,
			         s->last_exit_status, expected);
		for (size_t k = 0; k < count; k++) {
			hits += site_hits(sites[k]);
			site_drop(s, sites[k]);
		}
		assert_true(hits > 0);
	}
}

static void hostile_code(void **state)
{
	struct fixture *f = *state;

	hostile(f->s, "faults", "faulty");
	hostile(f->s, "faults", "undefined");
	hostile(f->s, "trap", "victim");
	hostile(f->s, "trap", "own_int3");
	hostile(f->s, "step", "victim");
	hostile(f->s, "middle", "middle");
	hostile(f->s, "unmap", "victim");
	hostile(f->s, "family", "victim");
}

/* A breakpoint in a restartable sequence aborts it, each time. */
static void restartable(void **state)
{
	struct fixture *f = *state;
	struct process *p = start(f->s, "hostile_code", "rseq");
	struct site *site = plant(f->s, p, function(f->s, "rseq_inside"));

	assert_int_equal(native("hostile_code", "rseq"), 40);
	go_on(f->s);
	assert_int_equal(f->s->last_exit_status, 43);
	assert_int_equal(site_hits(site), 3);
	site_drop(f->s, site);
}

static void code_that_changes(void **state)
{
	struct fixture *f = *state;

	hostile(f->s, "overwrite", "victim");
	hostile(f->s, "behind", "middle");
}

/* Signals at 1 kHz, and forks: the children count their own. */
static void with_signals(void **state)
{
	struct fixture *f = *state;

	every_instruction(f->s, "hits", "4 2000 signals", 8000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(one_thread, set_up, tear_down),
		cmocka_unit_test_setup_teardown(all_in_one_thread, set_up,
		                                tear_down),
		cmocka_unit_test_setup_teardown(all_in_many_threads, set_up,
		                                tear_down),
		cmocka_unit_test_setup_teardown(all_in_32_bits, set_up,
		                                tear_down),
		cmocka_unit_test_setup_teardown(all_static, set_up, tear_down),
		cmocka_unit_test_setup_teardown(in_place, set_up, tear_down),
		cmocka_unit_test_setup_teardown(attach_and_leave, set_up,
		                                tear_down),
		cmocka_unit_test_setup_teardown(many_at_once, set_up,
		                                tear_down),
		cmocka_unit_test_setup_teardown(in_the_middle, set_up,
		                                tear_down),
		cmocka_unit_test_setup_teardown(written_over, set_up,
		                                tear_down),
		cmocka_unit_test_setup_teardown(hostile_code, set_up,
		                                tear_down),
		cmocka_unit_test_setup_teardown(code_that_changes, set_up,
		                                tear_down),
		cmocka_unit_test_setup_teardown(restartable, set_up, tear_down),
		cmocka_unit_test_setup_teardown(with_signals, set_up,
		                                tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
