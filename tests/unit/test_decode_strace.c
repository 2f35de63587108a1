/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A call as a line of strace's log, in two parts.  What is expected was written
 * by strace 6.1 of programs that made these calls.
 */
#include "decode_fake.h"

#include <errno.h>
#include <poll.h>
#include <sched.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <sys/select.h>
#include <time.h>

#include <cmocka.h>

#define ARGS(...) ((const uint64_t[SYSCALL_ARGS]){ __VA_ARGS__ })

/* The line's two parts, "|" between. */
struct line {
	struct fake f;
	struct decode_text text;
	struct buf out;
};

static void begin(struct line *l, enum abi abi, const char *name,
                  const uint64_t *args)
{
	fake_call(&l->f, abi, name, args);
	l->f.c.strace = true;
	l->text = (struct decode_text){ 0 };
	buf_reset(&l->out);
	decode_begin(&l->f.c, &l->text, &l->out);
	buf_putc(&l->out, '|');
}

static void end(struct line *l, int64_t result, const char *expected)
{
	l->f.c.phase = DECODE_EXIT;
	l->f.c.result = result;
	decode_rest(&l->f.c, &l->text, &l->out);
	buf_puts(&l->out, ") = ");
	decode_outcome(&l->f.c, &l->out);
	assert_string_equal(l->out.data, expected);
}

static void line_init(struct line *l)
{
	fake_init(&l->f);
	buf_init(&l->out);
}

static void line_deinit(struct line *l)
{
	buf_deinit(&l->out);
}

static void read_at_the_entry(void **state)
{
	CLEANUP(line_deinit) struct line l = { 0 };
	taddr path, data;

	(void)state;
	line_init(&l);
	path = fake_string(&l.f, "/x");
	data = fake_put(&l.f, "abc", 3);
	begin(&l, ABI_X86_64, "openat", ARGS((uint32_t)-100, path, 0));
	/* What changes meanwhile is not what was asked for. */
	l.f.data[path - BASE + 1] = 'y';
	end(&l, -ENOENT, "openat(AT_FDCWD, \"/x\", O_RDONLY|) = "
	    "-1 ENOENT (No such file or directory)");
	begin(&l, ABI_X86_64, "read", ARGS(3, data, 8));
	end(&l, 3, "read(3, |\"abc\", 8) = 3");
	begin(&l, ABI_X86_64, "getpid", ARGS(0));
	end(&l, 7, "getpid(|) = 7");
	l.f.c.phase = DECODE_ENTRY;
	begin(&l, ABI_X86_64, "exit_group", ARGS(3));
	end(&l, 0, "exit_group(3|) = ?");
}

static void what_happened_stands_behind(void **state)
{
	CLEANUP(line_deinit) struct line l = { 0 };
	struct pollfd fds[2] = { { .fd = 5, .events = POLLIN },
	                         { .fd = 6, .events = POLLOUT } };
	struct timespec left = { 1, 5 };
	fd_set set;
	taddr at, time;

	(void)state;
	line_init(&l);
	at = fake_put(&l.f, fds, sizeof(fds));
	time = fake_put(&l.f, &left, sizeof(left));
	begin(&l, ABI_X86_64, "ppoll", ARGS(at, 2, time, 0, 8));
	l.f.data[at - BASE + 14] = POLLOUT;
	end(&l, 1, "ppoll([{fd=5, events=POLLIN}, {fd=6, events=POLLOUT}], 2, "
	    "{tv_sec=1, tv_nsec=5}, NULL, 8|) = "
	    "1 ([{fd=6, revents=POLLOUT}], left {tv_sec=1, tv_nsec=5})");
	begin(&l, ABI_X86_64, "poll", ARGS(at, 1, 9));
	end(&l, 0, "poll([{fd=5, events=POLLIN}], 1, 9|) = 0 (Timeout)");
	FD_ZERO(&set);
	FD_SET(3, &set);
	at = fake_put(&l.f, &set, sizeof(set));
	begin(&l, ABI_X86_64, "select", ARGS(4, at, 0, 0, 0));
	end(&l, 1, "select(4, [3], NULL, NULL, NULL|) = 1 (in [3])");
}

static void moved_places(void **state)
{
	CLEANUP(line_deinit) struct line l = { 0 };
	uint64_t offset = 0;
	taddr at;

	(void)state;
	line_init(&l);
	at = fake_put(&l.f, &offset, sizeof(offset));
	begin(&l, ABI_X86_64, "sendfile", ARGS(4, 3, at, 5));
	l.f.data[at - BASE] = 5;
	end(&l, 5, "sendfile(4, 3, [0]| => [5], 5) = 5");
	begin(&l, ABI_X86_64, "sendfile", ARGS(4, 99, at, 5));
	end(&l, -EBADF, "sendfile(4, 99, [5]|, 5) = "
	    "-1 EBADF (Bad file descriptor)");
	begin(&l, ABI_X86_64, "sendfile", ARGS(4, 3, 0, 5));
	end(&l, 5, "sendfile(4, 3, NULL|, 5) = 5");
}

static void makers(void **state)
{
	CLEANUP(line_deinit) struct line l = { 0 };
	uint64_t words[11] = { CLONE_PARENT_SETTID, 0, 0, 0, SIGCHLD };
	uint32_t tid = 4711;

	(void)state;
	line_init(&l);
	begin(&l, ABI_X86_64, "clone",
	      ARGS(CLONE_CHILD_CLEARTID | SIGCHLD, 0, 0, 0x7f00));
	end(&l, 99, "clone(child_stack=NULL, flags=CLONE_CHILD_CLEARTID|"
	    "SIGCHLD, child_tidptr=0x7f00|) = 99");
	words[3] = fake_put(&l.f, &tid, sizeof(tid));
	begin(&l, ABI_X86_64, "clone3",
	      ARGS(fake_put(&l.f, words, sizeof(words)), 88));
	end(&l, 4711, "clone3(|{flags=CLONE_PARENT_SETTID, parent_tid=0x10000, "
	    "exit_signal=SIGCHLD, stack=NULL, stack_size=0} => "
	    "{parent_tid=[4711]}, 88) = 4711");
}

static void outcomes(void **state)
{
	static const struct { int64_t result; const char *text; } rows[] = {
		{ -512, "getpid(|) = ? ERESTARTSYS "
		  "(To be restarted if SA_RESTART is set)" },
		{ -513, "getpid(|) = ? ERESTARTNOINTR (To be restarted)" },
		{ -514, "getpid(|) = ? ERESTARTNOHAND "
		  "(To be restarted if no handler)" },
		{ -516, "getpid(|) = ? ERESTART_RESTARTBLOCK "
		  "(Interrupted by signal)" },
		{ -4000, "getpid(|) = -1 (errno 4000)" },
	};
	CLEANUP(line_deinit) struct line l = { 0 };

	(void)state;
	line_init(&l);
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		begin(&l, ABI_X86_64, "getpid", ARGS(0));
		end(&l, rows[i].result, rows[i].text);
	}
	begin(&l, ABI_X86_64, "restart_syscall", ARGS(0));
	end(&l, 0, "restart_syscall("
	    "<... resuming interrupted system call ...>|) = 0");
	l.f.c.resumed = "nanosleep";
	begin(&l, ABI_X86_64, "restart_syscall", ARGS(0));
	end(&l, 0, "restart_syscall("
	    "<... resuming interrupted nanosleep ...>|) = 0");
}

/* The mask stands where the kernel puts it; where nothing is, an address. */
static void saved_masks(void **state)
{
	CLEANUP(line_deinit) struct line l = { 0 };

	(void)state;
	line_init(&l);
	l.f.data[296] = 2;
	l.f.data[248] = 0x80;
	l.f.data[80] = 8;
	l.f.data[712] = 4;
	l.f.c.sp = BASE;
	begin(&l, ABI_X86_64, "rt_sigreturn", ARGS(0));
	end(&l, 0, "rt_sigreturn({mask=[INT]}|) = 0");
	begin(&l, ABI_I386, "rt_sigreturn", ARGS(0));
	end(&l, 0, "rt_sigreturn({mask=[FPE]}|) = 0");
	begin(&l, ABI_I386, "sigreturn", ARGS(0));
	end(&l, 0, "sigreturn({mask=[ILL RT_3]}|) = 0");
	l.f.c.sp = 0x40;
	begin(&l, ABI_X86_64, "rt_sigreturn", ARGS(0));
	end(&l, 0, "rt_sigreturn(0x40|) = 0");
}

static void signals(void **state)
{
	siginfo_t info = { .si_signo = SIGTERM, .si_code = SI_USER };
	AUTO_BUF struct buf out = { 0 };

	(void)state;
	buf_init(&out);
	info.si_pid = 12;
	decode_siginfo(&info, &out);
	assert_string_equal(out.data, "{si_signo=SIGTERM, si_code=SI_USER, "
	                    "si_pid=12, si_uid=0}");
}

static void numbers(void **state)
{
	static const uint64_t values[] = { 0, 1, 9, 10, 255, 1ull << 32,
	                                   INT64_MAX, UINT64_MAX };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(values); i++) {
		AUTO_BUF struct buf b = { 0 }, expected = { 0 };

		buf_init(&b);
		buf_init(&expected);
		buf_put_decimal(&b, values[i]);
		buf_putc(&b, ' ');
		buf_put_hex(&b, values[i]);
		buf_printf(&expected, "%llu %llx",
		           (unsigned long long)values[i],
		           (unsigned long long)values[i]);
		assert_string_equal(b.data, expected.data);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(read_at_the_entry),
		cmocka_unit_test(what_happened_stands_behind),
		cmocka_unit_test(moved_places),
		cmocka_unit_test(makers),
		cmocka_unit_test(outcomes),
		cmocka_unit_test(saved_masks),
		cmocka_unit_test(signals),
		cmocka_unit_test(numbers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
