/* SPDX-License-Identifier: GPL-3.0-or-later */
/* /proc: parsers on hostile text, readers on this process and its children. */
#include "target/procfs_parse.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

/* --- text ------------------------------------------------------------- */

static void parses_status(void **state)
{
	struct proc_status s = { 0 };

	(void)state;
	assert_true(proc_parse_status(
		"Name:\ta)b\\nState:\tZ\nUmask:\t0022\nState:\tT (stopped)\n"
		"Tgid:\t12\nNgid:\t0\nPid:\t14\nPPid:\t3\nTracerPid:\t77\n"
		"Uid:\t1\t2\t3\t4294967294\nGid:\t5\t6\t7\t8\n"
		"Threads:\t9\nSigQ:\t0/1\nSigPnd:\t0000000000000002\n"
		"ShdPnd:\t8000000000000000\nSigBlk:\t0000000000000100\n"
		"SigIgn:\t1\nSigCgt:\tffffffffffffffff\nSeccomp:\t2\n", &s));
	assert_int_equal(s.state, 'T');
	assert_int_equal(s.tgid, 12);
	assert_int_equal(s.pid, 14);
	assert_int_equal(s.parent, 3);
	assert_int_equal(s.tracer, 77);
	assert_int_equal(s.uid[0], 1);
	assert_int_equal(s.uid[3], 4294967294u);
	assert_int_equal(s.gid[3], 8);
	assert_int_equal(s.threads, 9);
	assert_true(s.pending == 2);
	assert_true(s.shared_pending == 1ull << 63);
	assert_true(s.blocked == 0x100);
	assert_true(s.ignored == 1);
	assert_true(s.caught == UINT64_MAX);
	assert_int_equal(s.seccomp, 2);
	assert_false(s.kernel_thread);
}

/* Cut off anywhere: nothing is read behind the end, nothing crashes. */
static void parses_truncated_status(void **state)
{
	static const char whole[] =
		"Name:\tx\nState:\tS (sleeping)\nTgid:\t12\nPid:\t12\n"
		"Uid:\t1\t2\t3\t4\n";
	struct proc_status s;

	(void)state;
	for (size_t len = 0; len < sizeof(whole); len++) {
		char *text = strndup(whole, len);
		bool has_pid = strstr(text, "\nPid:") != NULL;

		assert_int_equal(proc_parse_status(text, &s), has_pid);
		free(text);
	}
	assert_false(proc_parse_status("Tgid:\t1\nPid:\t1\n", &s));
	assert_false(proc_parse_status("State:\t\nTgid:\t1\nPid:\t1\n", &s));
}

static void parses_stat(void **state)
{
	static const char hostile[] =
		"7 (a) R 1 2 3 (\n) S) T 1 7 7 0 -1 2129984 0 0";
	static const char short_one[] = "7 (x) S";
	unsigned flags;

	(void)state;
	assert_int_equal(proc_parse_stat(hostile, sizeof(hostile) - 1, &flags),
	                 'T');
	assert_int_equal(flags, 2129984);
	assert_int_equal(proc_parse_stat(short_one, sizeof(short_one) - 1,
	                                 &flags), 'S');
	assert_int_equal(flags, 0);
	assert_int_equal(proc_parse_stat("7 (x)", 5, &flags), 0);
	assert_int_equal(proc_parse_stat("7 (x) ", 6, &flags), 0);
	assert_int_equal(proc_parse_stat("", 0, &flags), 0);
	assert_int_equal(proc_parse_stat("no such line", 12, &flags), 0);
}

static bool parse_map(const char *line, struct proc_map *map)
{
	return proc_parse_map(line, strlen(line), map);
}

static void parses_maps(void **state)
{
	struct proc_map m;

	(void)state;
	assert_true(parse_map("7f00-ffffffffffff0000 r-xp 0123 fe:00 99   "
	                      "         /a b\t)\\040 (deleted)", &m));
	assert_true(m.start == 0x7f00);
	assert_true(m.end == 0xffffffffffff0000);
	assert_string_equal(m.perms, "r-xp");
	assert_int_equal(m.offset, 0x123);
	assert_string_equal(m.dev, "fe:00");
	assert_int_equal(m.inode, 99);
	assert_string_equal(m.name, "/a b\t)\\040 (deleted)");
	free(m.name);
	assert_true(parse_map("1000-2000 rw-s 0 00:00 0 ", &m));
	assert_string_equal(m.name, "");
	free(m.name);
	assert_true(parse_map("1000-2000 rw-s 0 00:00 0", &m));
	assert_string_equal(m.name, "");
	free(m.name);
}

static void refuses_what_is_no_map(void **state)
{
	static const char *const lines[] = {
		"", "1000", "1000-2000", "1000-2000 ", "-2000 rwxp 0 0:0 0",
		"1000-2000 rwxpp 0 00:00 0", "1000-2000  0 00:00 0",
		"1000-2000 rwxp x 00:00 0", "1000-2000 rwxp 0 00:00 ",
		"1000-2000 rwxp 0 00:00 12a", "2000-1000 rwxp 0 00:00 0",
		"10000000000000000-2 rwxp 0 00:00 0",
		"1000-2000 rwxp 0 00:00 99999999999999999999999",
		"1000-2000 rwxp 0 0123456789abcdef01:0 0",
		"1000-2000 rwxp", "zz-2000 rwxp 0 00:00 0",
	};
	struct proc_map m;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(lines); i++)
		if (parse_map(lines[i], &m))
			fail_msg("took: %s", lines[i]);
}

/* --- this process and its children ----------------------------------- */

static pid_t spawn_sleeper(void)
{
	pid_t pid = fork();

	if (!pid) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		for (;;)
			pause();
	}
	return pid;
}

static void end(pid_t pid)
{
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
}

static void knows_itself(void **state)
{
	struct proc_status s;
	char exe[PATH_MAX], real[PATH_MAX];
	AUTO_BUF struct buf line = { 0 };

	(void)state;
	assert_null(proc_status(getpid(), &s));
	assert_int_equal(s.pid, getpid());
	assert_int_equal(s.tgid, getpid());
	assert_int_equal(s.parent, getppid());
	assert_int_equal(s.uid[1], geteuid());
	assert_int_equal(s.gid[0], getgid());
	assert_int_equal(s.state, 'R');
	assert_false(s.kernel_thread);
	assert_int_equal(proc_state(getpid(), getpid()), 'R');
	proc_exe(getpid(), exe, sizeof(exe));
	assert_non_null(realpath("/proc/self/exe", real));
	assert_string_equal(exe, real);
	proc_exe(getpid(), exe, 5);
	assert_int_equal(strlen(exe), 4);
	buf_init(&line);
	proc_cmdline(getpid(), &line);
	assert_non_null(strstr(line.data, "test_procfs"));
	assert_false(proc_is_kernel_worker(getpid(), getpid()));
}

static void hostile_names_come_whole(void **state)
{
	static const char name[] = "a)b\nR 1 (\t\"";
	char old[16], comm[64];
	struct proc_status s;

	(void)state;
	prctl(PR_GET_NAME, old);
	prctl(PR_SET_NAME, name);
	proc_comm(getpid(), comm);
	assert_string_equal(comm, name);
	assert_int_equal(proc_state(getpid(), getpid()), 'R');
	assert_null(proc_status(getpid(), &s));
	assert_int_equal(s.state, 'R');
	prctl(PR_SET_NAME, "\n");
	proc_comm(getpid(), comm);
	assert_string_equal(comm, "\n");
	prctl(PR_SET_NAME, old);
}

static void knows_kernel_threads(void **state)
{
	struct proc_status s;
	AUTO_BUF struct buf line = { 0 };
	char exe[16], name[64];

	(void)state;
	buf_init(&line);
	proc_comm(2, name);
	if (strcmp(name, "kthreadd") != 0)
		return; /* inside of a pid namespace there are none */
	assert_null(proc_status(2, &s));
	assert_true(s.kernel_thread);
	assert_true(proc_is_kernel_worker(2, 2));
	proc_exe(2, exe, sizeof(exe));
	assert_string_equal(exe, "");
	proc_cmdline(2, &line);
	assert_string_equal(line.data, "");
}

static void assert_gone(struct error *err)
{
	assert_non_null(err);
	assert_int_equal(err->kind, ERROR_GONE);
	error_destroy(err);
}

static void knows_who_is_gone(void **state)
{
	pid_t pid = spawn_sleeper();
	struct proc_status s;
	proc_map_vec maps = { 0 };
	proc_fd_vec fds = { 0 };
	pid_vec tids = { 0 };
	siginfo_t info;
	char text[64];

	(void)state;
	kill(pid, SIGKILL);
	waitid(P_PID, (id_t)pid, &info, WEXITED | WNOWAIT);
	assert_null(proc_status(pid, &s));
	assert_int_equal(s.state, 'Z');
	assert_false(s.kernel_thread);
	assert_int_equal(proc_state(pid, pid), 'Z');
	end(pid);
	assert_gone(proc_status(pid, &s));
	assert_gone(proc_maps(pid, &maps));
	assert_gone(proc_fds(pid, &fds));
	assert_gone(proc_tasks(pid, &tids));
	assert_int_equal(proc_state(pid, pid), 0);
	proc_comm(pid, text);
	assert_string_equal(text, "?");
	proc_exe(pid, text, sizeof(text));
	assert_string_equal(text, "");
	assert_int_equal(proc_fd_text(pid, 0, text, sizeof(text)), -1);
	assert_gone(proc_status(-1, &s));
}

static void *wait_at(void *barrier)
{
	pthread_barrier_wait(barrier);
	pthread_barrier_wait(barrier);
	return NULL;
}

static void lists_threads_and_processes(void **state)
{
	enum { THREADS = 20 };
	pthread_barrier_t barrier;
	pthread_t threads[THREADS];
	pid_vec tids = { 0 }, pids = { 0 };
	bool found = false;

	(void)state;
	pthread_barrier_init(&barrier, NULL, THREADS + 1);
	for (int i = 0; i < THREADS; i++)
		pthread_create(&threads[i], NULL, wait_at, &barrier);
	pthread_barrier_wait(&barrier);
	assert_null(proc_tasks(getpid(), &tids));
	assert_int_equal(tids.len, THREADS + 1);
	for (size_t i = 1; i < tids.len; i++)
		assert_true(tids.items[i - 1] < tids.items[i]);
	pthread_barrier_wait(&barrier);
	for (int i = 0; i < THREADS; i++)
		pthread_join(threads[i], NULL);
	assert_null(proc_pids(&pids));
	for (size_t i = 0; i < pids.len; i++)
		found = found || pids.items[i] == getpid();
	assert_true(found);
	vec_deinit(&tids);
	vec_deinit(&pids);
}

static const struct proc_map *map_at(const proc_map_vec *maps,
                                     const void *addr)
{
	taddr at = (taddr)(uintptr_t)addr;

	for (size_t i = 0; i < maps->len; i++)
		if (maps->items[i].start <= at && at < maps->items[i].end)
			return &maps->items[i];
	return NULL;
}

static void maps_files_of_any_name(void **state)
{
	static const char *const names[] = {
		"a b", "a\nb", "a\\012b", "a\t\\040", "x (deleted)", "\x1b[2J",
	};
	char dir[] = "/tmp/test_procfs.XXXXXX";
	void *at[ARRAY_LEN(names)];
	char path[ARRAY_LEN(names)][64];
	proc_map_vec maps;
	void *stays;

	(void)state;
	assert_non_null(mkdtemp(dir));
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		int fd;

		snprintf(path[i], sizeof(path[i]), "%s/%s", dir, names[i]);
		fd = open(path[i], O_CREAT | O_RDWR | O_CLOEXEC, 0600);
		assert_true(fd >= 0);
		assert_int_equal(ftruncate(fd, 4096), 0);
		at[i] = mmap(NULL, 4096, PROT_READ, MAP_PRIVATE, fd, 0);
		close(fd);
	}
	stays = mmap(NULL, 4096, PROT_READ, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	assert_null(proc_maps(getpid(), &maps));
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		const struct proc_map *m = map_at(&maps, at[i]);

		assert_non_null(m);
		assert_string_equal(m->perms, "r--p");
		/* Others than root can't tell these two apart. */
		if (geteuid() == 0 || i != 2)
			assert_string_equal(m->name, path[i]);
	}
	assert_string_equal(map_at(&maps, stays)->name,
	                    "/dev/zero (deleted)");
	assert_string_equal(map_at(&maps, &maps)->name, "[stack]");
	proc_maps_deinit(&maps);
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		munmap(at[i], 4096);
		unlink(path[i]);
	}
	munmap(stays, 4096);
	rmdir(dir);
}

/* More lines than any buffer holds. */
static void maps_thousands(void **state)
{
	enum { COUNT = 5000 };
	char *base = mmap(NULL, COUNT * 8192, PROT_READ,
	                  MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	proc_map_vec maps;
	size_t found = 0;

	(void)state;
	for (size_t i = 0; i < COUNT; i++)
		mprotect(base + i * 8192, 4096, PROT_READ | PROT_EXEC);
	assert_null(proc_maps(getpid(), &maps));
	for (size_t i = 0; i < maps.len; i++) {
		if (i)
			assert_true(maps.items[i - 1].end <=
			            maps.items[i].start);
		found += !strcmp(maps.items[i].perms, "r-xp") &&
		         !maps.items[i].inode;
	}
	assert_true(found >= COUNT);
	proc_maps_deinit(&maps);
	munmap(base, COUNT * 8192);
}

static void reads_at_most_what_is_asked(void **state)
{
	AUTO_BUF struct buf text = { 0 };
	struct error *err;

	(void)state;
	buf_init(&text);
	buf_puts(&text, "front ");
	assert_null(proc_read("/proc/self/status", 5, &text));
	assert_string_equal(text.data, "front Name:");
	err = proc_read("/proc/self/no such file", 5, &text);
	assert_non_null(err);
	assert_int_equal(err->kind, ERROR_NOT_FOUND);
	error_destroy(err);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(parses_status),
		cmocka_unit_test(parses_truncated_status),
		cmocka_unit_test(parses_stat),
		cmocka_unit_test(parses_maps),
		cmocka_unit_test(refuses_what_is_no_map),
		cmocka_unit_test(knows_itself),
		cmocka_unit_test(hostile_names_come_whole),
		cmocka_unit_test(knows_kernel_threads),
		cmocka_unit_test(knows_who_is_gone),
		cmocka_unit_test(lists_threads_and_processes),
		cmocka_unit_test(maps_files_of_any_name),
		cmocka_unit_test(maps_thousands),
		cmocka_unit_test(reads_at_most_what_is_asked),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
