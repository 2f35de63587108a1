/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Memory of a child that is stopped under ptrace: pieces, edges of pages, what
 * only /proc/PID/mem reaches, and what nothing reaches.
 */
#include "target/memory.h"
#include "stopped_child.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/userfaultfd.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

enum { PAGE = 4096, PAGES = 10 };

/*
 * Pages of the child, as they were mapped here before the fork: 0 and 1 hold
 * text, 2 is a hole, 3 is PROT_NONE with text, 4 is read-only with text, 5 is
 * shared and read-only, 6 and 7 hold text.  8 is to be served by the child
 * itself (userfaultfd(2)), which never does that; 9 holds text.
 */
struct child {
	char *base;
	struct process process;
	struct thread thread;
};

static taddr at(const struct child *c, size_t offset)
{
	return (taddr)(uintptr_t)(c->base + offset);
}

static char *map_pages(void)
{
	char *base = mmap(NULL, PAGES * PAGE, PROT_READ | PROT_WRITE,
	                  MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	assert_true(base != MAP_FAILED);
	for (size_t i = 0; i < PAGES * PAGE; i++)
		base[i] = (char)(i * 7 + i / PAGE);
	munmap(base + 2 * PAGE, PAGE);
	mprotect(base + 3 * PAGE, PAGE, PROT_NONE);
	mprotect(base + 4 * PAGE, PAGE, PROT_READ);
	assert_true(mmap(base + 5 * PAGE, PAGE, PROT_READ,
	                 MAP_SHARED | MAP_ANONYMOUS | MAP_FIXED, -1, 0) !=
	            MAP_FAILED);
	return base;
}

/* What the child has at OFFSET, as map_pages put it there. */
static char expected(size_t offset)
{
	return (char)(offset * 7 + offset / PAGE);
}

/* A page that no access reaches: behind the end of its file. */
static bool leave_without_file(char *page)
{
	int fd = memfd_create("empty", MFD_CLOEXEC);

	return mmap(page, PAGE, PROT_READ | PROT_WRITE,
	            MAP_PRIVATE | MAP_FIXED, fd, 0) == page;
}

/*
 * Only a server that is stopped matters here: nobody reads the descriptor.  An
 * ordinary user may not serve the kernel's own faults (userfaultfd(2)).
 */
static bool leave_unserved(char *page)
{
	struct uffdio_api api = { .api = UFFD_API };
	struct uffdio_register area = {
		.range = { (uintptr_t)page, PAGE },
		.mode = UFFDIO_REGISTER_MODE_MISSING,
	};
	long fd = syscall(SYS_userfaultfd, O_CLOEXEC);

	if (fd < 0 && errno == EPERM && geteuid() != 0)
		return leave_without_file(page);
	return mmap(page, PAGE, PROT_READ | PROT_WRITE,
	            MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) == page &&
	       ioctl((int)fd, UFFDIO_API, &api) == 0 &&
	       ioctl((int)fd, UFFDIO_REGISTER, &area) == 0;
}

static void child_main(char *base, int fd)
{
	char ready = leave_unserved(base + 8 * PAGE);

	if (write(fd, &ready, 1) != 1)
		_exit(1);
	for (;;)
		pause();
}

static int setup(void **state)
{
	struct child *c = calloc(1, sizeof(*c));
	int fds[2];
	char ready = 0;

	c->base = map_pages();
	assert_int_equal(pipe(fds), 0);
	c->thread.tid = fork();
	if (!c->thread.tid)
		child_main(c->base, fds[1]);
	assert_int_equal(read(fds[0], &ready, 1), 1);
	assert_int_equal(ready, 1);
	close(fds[0]);
	close(fds[1]);
	stop_child(&c->process, &c->thread);
	munmap(c->base, PAGES * PAGE);
	*state = c;
	return 0;
}

static int teardown(void **state)
{
	struct child *c = *state;

	end_child(&c->process, &c->thread);
	free(c);
	return 0;
}

static void assert_text(const char *data, size_t offset, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (data[i] != expected(offset + i))
			fail_msg("byte %zu is 0x%02x", offset + i,
			         data[i] & 0xff);
}

static void assert_fault(struct error *err, taddr addr, const char *message)
{
	assert_non_null(err);
	assert_int_equal(err->kind, ERROR_FAULT);
	assert_int_equal(err->addr, addr);
	if (message)
		assert_string_equal(err->message, message);
	error_destroy(err);
}

static void reads_what_is_there(void **state)
{
	struct child *c = *state;
	char data[2 * PAGE];

	assert_null(target_read(&c->process, at(c, 100), data, 50));
	assert_text(data, 100, 50);
	assert_null(target_read(&c->process, at(c, PAGE - 5), data, 10));
	assert_text(data, PAGE - 5, 10);
	assert_null(target_read(&c->process, at(c, 0), data, 2 * PAGE));
	assert_text(data, 0, 2 * PAGE);
	assert_null(target_read(&c->process, at(c, 2 * PAGE), data, 0));
}

/* Whoever waited for the page would wait for ever. */
static void does_not_wait_for_a_page(void **state)
{
	struct child *c = *state;
	char a[16], b[16], d[32], long_one[2 * PAGE], text[] = "text";
	struct memory_piece pieces[] = {
		{ .addr = at(c, 10), .data = a, .len = 16 },
		{ .addr = at(c, 8 * PAGE), .data = b, .len = 16 },
		{ .addr = at(c, 9 * PAGE + 5), .data = b, .len = 16 },
		{ .addr = at(c, 8 * PAGE - 16), .data = d, .len = 32 },
	};

	assert_fault(target_read(&c->process, at(c, 8 * PAGE), a, 8),
	             at(c, 8 * PAGE), NULL);
	assert_fault(target_read(&c->process, at(c, 7 * PAGE), long_one,
	                         sizeof(long_one)), at(c, 8 * PAGE), NULL);
	assert_fault(target_write(&c->process, at(c, 8 * PAGE), text, 4),
	             at(c, 8 * PAGE), NULL);
	assert_int_equal(target_read_pieces(&c->process, pieces,
	                                    ARRAY_LEN(pieces)), 2);
	assert_int_equal(pieces[1].errnum, EFAULT);
	assert_text(b, 9 * PAGE + 5, 16);
	assert_int_equal(pieces[3].done, 16);
	assert_text(d, 8 * PAGE - 16, 16);
	assert_int_equal(target_write_pieces(&c->process, &pieces[1], 1), 0);
}

/* A range longer than what is read at once by /proc/PID/mem. */
static void reads_long_ranges(void **state)
{
	struct child *c = *state;
	char data[PAGES * PAGE];

	assert_fault(target_read(&c->process, at(c, 0), data, PAGES * PAGE),
	             at(c, 2 * PAGE), NULL);
	assert_text(data, 0, 2 * PAGE);
	assert_int_equal(memory_read(&c->process.memory, at(c, 3 * PAGE),
	                             data, 7 * PAGE), 5 * PAGE);
	assert_text(data, 3 * PAGE, 2 * PAGE);
	for (size_t i = 2 * PAGE; i < 3 * PAGE; i++)
		assert_int_equal(data[i], 0);
}

static void reads_without_permission(void **state)
{
	struct child *c = *state;
	char data[2 * PAGE];

	assert_null(target_read(&c->process, at(c, 3 * PAGE), data, PAGE));
	assert_text(data, 3 * PAGE, PAGE);
	/* From a page without permission on into one with it. */
	assert_null(target_read(&c->process, at(c, 4 * PAGE - 9), data, 20));
	assert_text(data, 4 * PAGE - 9, 20);
}

static void names_the_first_bad_address(void **state)
{
	struct child *c = *state;
	char data[4 * PAGE];
	char want[80];

	assert_fault(target_read(&c->process, at(c, PAGE), data, 3 * PAGE),
	             at(c, 2 * PAGE), NULL);
	snprintf(want, sizeof(want), "can't read memory at 0x%llx",
	         (unsigned long long)at(c, 2 * PAGE));
	assert_fault(target_read(&c->process, at(c, 2 * PAGE - 1), data, 2),
	             at(c, 2 * PAGE), want);
	assert_fault(target_read(&c->process, 0, data, 8), 0,
	             "can't read memory at 0x0");
	assert_fault(target_read(&c->process, 0x1234, data, 8), 0x1234,
	             "can't read memory at 0x1234");
	assert_fault(target_write(&c->process, 0x1234, data, 8), 0x1234,
	             "can't write memory at 0x1234");
}

static void survives_the_end_of_the_address_space(void **state)
{
	struct child *c = *state;
	char data[64];
	taddr addrs[] = { UINT64_MAX, UINT64_MAX - 7, UINT64_MAX - 100,
		          1ull << 63, 1ull << 47, 0x7fffffffffffull };

	for (size_t i = 0; i < ARRAY_LEN(addrs); i++)
		assert_fault(target_read(&c->process, addrs[i], data, 64),
		             addrs[i], NULL);
}

static void forces_writes(void **state)
{
	struct child *c = *state;
	char data[32];

	assert_null(target_write(&c->process, at(c, PAGE - 3), "planted", 7));
	assert_null(target_read(&c->process, at(c, PAGE - 3), data, 7));
	assert_memory_equal(data, "planted", 7);
	assert_null(target_write(&c->process, at(c, 5 * PAGE - 8), "readonly",
	                         8));
	assert_null(target_read(&c->process, at(c, 5 * PAGE - 8), data, 8));
	assert_memory_equal(data, "readonly", 8);
	assert_null(target_write(&c->process, at(c, 3 * PAGE), "none", 4));
	assert_null(target_read(&c->process, at(c, 3 * PAGE), data, 4));
	assert_memory_equal(data, "none", 4);
	/* What others share is theirs too. */
	assert_fault(target_write(&c->process, at(c, 5 * PAGE), "x", 1),
	             at(c, 5 * PAGE), NULL);
}

/* A kernel that refuses /proc/PID/mem: an unreadable fd stands in for that. */
static void falls_back_to_words(void **state)
{
	struct child *c = *state;
	struct error *err;
	char data[2 * PAGE];
	int fds[2];

	assert_int_equal(pipe(fds), 0);
	c->process.mem_fd = fds[0];
	assert_null(target_read(&c->process, at(c, 3 * PAGE + 3), data, 21));
	assert_text(data, 3 * PAGE + 3, 21);
	assert_null(target_read(&c->process, at(c, 3 * PAGE), data,
	                        2 * PAGE));
	assert_text(data, 3 * PAGE, 2 * PAGE);
	assert_null(target_write(&c->process, at(c, 4 * PAGE + 5), "by words",
	                         8));
	assert_null(target_read(&c->process, at(c, 4 * PAGE), data, 16));
	assert_text(data, 4 * PAGE, 5);
	assert_memory_equal(data + 5, "by words", 8);
	assert_text(data + 13, 4 * PAGE + 13, 3);
	/* Nothing of that where the thread runs. */
	c->thread.state = THREAD_RUNNING;
	err = target_read(&c->process, at(c, 3 * PAGE), data, 8);
	assert_non_null(err);
	error_destroy(err);
	close(fds[1]);
}

static void goes_on_behind_a_bad_piece(void **state)
{
	struct child *c = *state;
	char a[16], b[16], d[16], e[32], f[16];
	struct memory_piece pieces[] = {
		{ .addr = at(c, 10), .data = a, .len = 16 },
		{ .addr = at(c, 2 * PAGE), .data = b, .len = 16 },
		{ .addr = at(c, 3 * PAGE + 1), .data = d, .len = 16 },
		{ .addr = at(c, 2 * PAGE - 10), .data = e, .len = 32 },
		{ .addr = 8, .data = NULL, .len = 0 },
		{ .addr = UINT64_MAX - 3, .data = f, .len = 16 },
		{ .addr = at(c, 7 * PAGE), .data = f, .len = 16 },
	};

	assert_int_equal(target_read_pieces(&c->process, pieces,
	                                    ARRAY_LEN(pieces)), 4);
	assert_int_equal(pieces[0].done, 16);
	assert_int_equal(pieces[0].errnum, 0);
	assert_text(a, 10, 16);
	assert_int_equal(pieces[1].done, 0);
	assert_int_equal(pieces[1].errnum, EFAULT);
	assert_int_equal(pieces[2].done, 16);
	assert_text(d, 3 * PAGE + 1, 16);
	assert_int_equal(pieces[3].done, 10);
	assert_int_equal(pieces[3].errnum, EFAULT);
	assert_text(e, 2 * PAGE - 10, 10);
	assert_int_equal(pieces[5].errnum, EFAULT);
	assert_int_equal(pieces[6].done, 16);
	assert_text(f, 7 * PAGE, 16);
}

/* More than one call may have, with holes strewn in. */
static void takes_any_number_of_pieces(void **state)
{
	enum { COUNT = 2 * IOV_MAX + 500 };
	struct child *c = *state;
	struct memory_piece *pieces = calloc(COUNT, sizeof(*pieces));
	char *data = calloc(COUNT, 4);

	for (size_t i = 0; i < COUNT; i++)
		pieces[i] = (struct memory_piece){
			.addr = i % 100 == 7 ? 16 : at(c, i),
			.data = data + 4 * i,
			.len = 4,
		};
	assert_int_equal(target_read_pieces(&c->process, pieces, COUNT),
	                 COUNT - (COUNT - 7 + 99) / 100);
	for (size_t i = 0; i < COUNT; i++) {
		assert_int_equal(pieces[i].done, i % 100 == 7 ? 0 : 4);
		if (i % 100 != 7)
			assert_text(data + 4 * i, i, 4);
	}
	free(pieces);
	free(data);
}

static void writes_pieces(void **state)
{
	struct child *c = *state;
	char one[] = "one", two[] = "two", back[4];
	struct memory_piece pieces[] = {
		{ .addr = at(c, 2 * PAGE), .data = one, .len = 3 },
		{ .addr = at(c, 0), .data = one, .len = 3 },
		{ .addr = at(c, 4 * PAGE), .data = two, .len = 3 },
	};

	assert_int_equal(target_write_pieces(&c->process, pieces, 3), 2);
	assert_null(target_read(&c->process, at(c, 0), back, 3));
	assert_memory_equal(back, "one", 3);
	assert_null(target_read(&c->process, at(c, 4 * PAGE), back, 3));
	assert_memory_equal(back, "two", 3);
}

static void fills_in_struct_memory(void **state)
{
	struct child *c = *state;
	char data[PAGE];
	bool cut;

	assert_int_equal(memory_read(&c->process.memory, at(c, PAGE + 50),
	                             data, PAGE), PAGE - 50);
	assert_text(data, PAGE + 50, PAGE - 50);
	assert_int_equal(memory_read(&c->process.memory, at(c, 2 * PAGE), data,
	                             8), 0);
	assert_null(target_write(&c->process, at(c, 2 * PAGE - 6), "tail", 5));
	assert_int_equal(memory_read_string(&c->process.memory,
	                                    at(c, 2 * PAGE - 6), data, PAGE,
	                                    &cut), 4);
	assert_false(cut);
	assert_string_equal(data, "tail");
}

/* The leader exited: the memory is reached through whoever lives. */
static void finds_a_live_thread(void **state)
{
	struct child *c = *state;
	struct thread dead = { .process = &c->process, .tid = 0,
		               .state = THREAD_RUNNING };
	pid_t gone = fork();
	char data[8];

	if (!gone)
		_exit(0);
	waitpid(gone, NULL, 0);
	dead.tid = gone;
	c->thread.state = THREAD_RUNNING;
	vec_deinit(&c->process.threads);
	vec_push(&c->process.threads, &dead);
	vec_push(&c->process.threads, &c->thread);
	assert_null(target_read(&c->process, at(c, 0), data, 8));
	assert_text(data, 0, 8);
	assert_null(target_read(&c->process, at(c, 3 * PAGE), data, 8));
	assert_text(data, 3 * PAGE, 8);
}

static void says_that_a_process_is_gone(void **state)
{
	struct child *c = *state;
	struct error *err;
	char data[8];

	assert_null(target_read(&c->process, at(c, 3 * PAGE), data, 8));
	kill(c->thread.tid, SIGKILL);
	waitpid(c->thread.tid, NULL, __WALL);
	err = target_read(&c->process, at(c, 0), data, 8);
	assert_non_null(err);
	assert_int_equal(err->kind, ERROR_GONE);
	error_destroy(err);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(reads_what_is_there),
		TEST(does_not_wait_for_a_page),
		TEST(reads_long_ranges),
		TEST(reads_without_permission),
		TEST(names_the_first_bad_address),
		TEST(survives_the_end_of_the_address_space),
		TEST(forces_writes),
		TEST(falls_back_to_words),
		TEST(goes_on_behind_a_bad_piece),
		TEST(takes_any_number_of_pieces),
		TEST(writes_pieces),
		TEST(fills_in_struct_memory),
		TEST(finds_a_live_thread),
		TEST(says_that_a_process_is_gone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
