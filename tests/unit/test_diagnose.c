/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Why an attach was refused: told from a /proc that is made up here. */
#include "target/diagnose.h"
#include "target/target.h"
#include "proc_fake.h"

#include <errno.h>
#include <grp.h>
#include <pwd.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

static void check(pid_t pid, int errnum, enum error_kind kind,
                  const char *want)
{
	const struct diagnose_env env = { root, SELF, trace_child };
	struct error *err = diagnose_at(&env, pid, errnum);

	assert_non_null(err);
	assert_string_equal(err->message, want);
	assert_int_equal(err->kind, kind);
	assert_int_equal(err->errnum, errnum);
	error_destroy(err);
}

static void refused(const char *want)
{
	check(IT, EPERM, ERROR_REFUSED, want);
}

static const char unknown[] =
	"the kernel does not let scdb attach to process 4711 \"cat\": a "
	"container or a security module may forbid it, or another tracer, "
	"outside of this container, may have it";

static void no_such_process(void **state)
{
	(void)state;
	check(99, ESRCH, ERROR_NOT_FOUND, "there is no process 99");
	check(-1, ESRCH, ERROR_NOT_FOUND, "there is no process -1");
	check(99, EPERM, ERROR_REFUSED,
	      "process 99 may not be attached to, nor is it shown in /proc "
	      "(another user's, with /proc mounted with hidepid, or gone "
	      "since): run scdb as root");
	check(IT, ESRCH, ERROR_GONE,
	      "process 4711 \"cat\" ended while scdb attached to it");
	check(IT, EIO, ERROR_FAULT,
	      "can't attach to process 4711 \"cat\": Input/output error");
}

static void itself_and_threads(void **state)
{
	struct entry e = user_process();

	(void)state;
	check(SELF, EPERM, ERROR_REFUSED,
	      "process 500 \"scdb\" is this scdb itself, which can't trace "
	      "itself");
	e.tgid = IT;
	put_process(4712, &e);
	check(4712, EPERM, ERROR_USAGE,
	      "4712 is a thread of process 4711 \"cat\": attach to 4711, "
	      "which takes all its threads");
}

static void states(void **state)
{
	struct entry e = user_process();

	(void)state;
	e.state = 'Z';
	e.parent = OTHER;
	put_process(IT, &e);
	refused("process 4711 \"cat\" is a zombie: it has exited, and its "
	        "parent, process 4800 \"gdb\", has not yet asked for its "
	        "status");
	e.parent = 0;
	put_process(IT, &e);
	refused("process 4711 \"cat\" is a zombie: it has exited");
	e.threads = 3;
	put_process(IT, &e);
	refused("the main thread of process 4711 \"cat\" has exited, and its "
	        "other threads can't be attached to");
	e = user_process();
	e.kernel_thread = true;
	put_process(IT, &e);
	refused("process 4711 \"cat\" is a kernel thread: there is no program "
	        "in it to debug");
}

static void tracers(void **state)
{
	struct entry e = user_process();

	(void)state;
	e.tracer = OTHER;
	put_process(IT, &e);
	refused("process 4711 \"cat\" is already traced, by process 4800 "
	        "\"gdb\": let that one detach first");
	e.tracer = SELF;
	put_process(IT, &e);
	refused("process 4711 \"cat\" is already traced by this scdb");
	e.tracer = 77;
	put_process(IT, &e);
	refused("process 4711 \"cat\" is already traced, by process 77 "
	        "\"?\": let that one detach first");
}

/* As the messages name an id. */
static const char *id_name(const char *what, unsigned id, char name[80])
{
	const struct passwd *pw = !strcmp(what, "user") ? getpwuid(id) : NULL;
	const struct group *gr = !strcmp(what, "group") ? getgrgid(id) : NULL;

	if (pw || gr)
		snprintf(name, 80, "%s %s", what,
		         pw ? pw->pw_name : gr->gr_name);
	else
		snprintf(name, 80, "%s id %u", what, id);
	return name;
}

static void mixed_ids(const char *program, const char *what,
                      const unsigned ids[3])
{
	char want[512], real[80], effective[80], saved[80];

	snprintf(want, sizeof(want), "process 4711 \"cat\" has the rights of "
	         "several (a %s program): real %s, effective %s, saved %s: run "
	         "scdb as root", program, id_name(what, ids[0], real),
	         id_name(what, ids[1], effective),
	         id_name(what, ids[2], saved));
	refused(want);
}

static void group_refused(void)
{
	char want[512], ours[80];

	snprintf(want, sizeof(want), "process 4711 \"cat\" has the rights of "
	         "group id 3999999999, and scdb those of %s: run scdb with "
	         "that group (newgrp) or as root",
	         id_name("group", 1000, ours));
	refused(want);
}

static void users(void **state)
{
	struct entry e = user_process();

	(void)state;
	e.uids[0] = e.uids[1] = e.uids[2] = 0;
	put_process(IT, &e);
	refused("process 4711 \"cat\" belongs to user root: run scdb as root");
	e.uids[0] = e.uids[1] = e.uids[2] = 3999999999u;
	put_process(IT, &e);
	refused("process 4711 \"cat\" belongs to user id 3999999999: run scdb "
	        "as that user or as root");
	e.uids[0] = user;
	e.uids[1] = e.uids[2] = 0;
	put_process(IT, &e);
	mixed_ids("set-uid", "user", e.uids);
	e.uids[1] = user;
	put_process(IT, &e);
	mixed_ids("set-uid", "user", e.uids);
	e.uids[0] = 3999999999u;
	e.uids[2] = user;
	put_process(IT, &e);
	mixed_ids("set-uid", "user", e.uids);
	e = user_process();
	e.gids[1] = e.gids[2] = 3999999999u;
	put_process(IT, &e);
	mixed_ids("set-gid", "group", e.gids);
	e.gids[1] = 3999999998u;
	e.gids[0] = e.gids[2] = 1000;
	put_process(IT, &e);
	mixed_ids("set-gid", "group", e.gids);
	for (int i = 0; i < 3; i++)
		e.gids[i] = 3999999999u;
	put_process(IT, &e);
	group_refused();
	become_root(false);
	e = user_process();
	e.uids[0] = e.uids[1] = e.uids[2] = 3999999999u;
	put_process(IT, &e);
	refused("process 4711 \"cat\" belongs to user id 3999999999: scdb "
	        "needs CAP_SYS_PTRACE, which root lacks here (docker run "
	        "--cap-add=SYS_PTRACE gives it)");
}

#define NOT_DUMPABLE \
	"process 4711 \"cat\" has forbidden to be looked at (it is not " \
	"dumpable: by prctl(PR_SET_DUMPABLE), by rights that it once had, or " \
	"because its program may not be read): "
static const char not_dumpable_text[] = NOT_DUMPABLE "run scdb as root";
static const char not_dumpable_by_root[] =
	NOT_DUMPABLE "scdb needs CAP_SYS_PTRACE, which root lacks here "
	"(docker run --cap-add=SYS_PTRACE gives it)";

/* The kernel gives the files to root; anybody but their user will do here. */
static void not_dumpable(void **state)
{
	struct entry e = user_process();

	(void)state;
	e.uids[0] = e.uids[1] = e.uids[2] = user + 1;
	put_process(IT, &e);
	e.comm = "scdb\n";
	put_process(SELF, &e);
	refused(not_dumpable_text);
	become_root(true);
	refused(unknown);
	/* Root of a namespace that does not hold its memory. */
	put_user_namespace(SELF, "user:[4026532222]");
	put_user_namespace(IT, "user:[4026532222]");
	refused(not_dumpable_by_root);
}

static void capabilities(void **state)
{
	struct entry e = user_process();

	(void)state;
	e.permitted = "0000000000000400";
	put_process(IT, &e);
	refused("process 4711 \"cat\" has capabilities that scdb lacks "
	        "(CAP_NET_BIND_SERVICE): run scdb as root");
	e.permitted = "800003ffffffffff";
	put_process(IT, &e);
	refused("process 4711 \"cat\" has capabilities that scdb lacks "
	        "(CAP_CHOWN, CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH and 40 "
	        "more): run scdb as root");
	e.permitted = "8000000000000000";
	put_process(IT, &e);
	refused("process 4711 \"cat\" has capabilities that scdb lacks "
	        "(capability 63): run scdb as root");
	/* It need not have them in effect. */
	e.permitted = "0000000000000400";
	put_process(IT, &e);
	e.comm = "scdb\n";
	put_process(SELF, &e);
	refused(unknown);
}

static void yama(void **state)
{
	struct entry e = user_process();

	(void)state;
	put_yama("1\n");
	refused("scdb may not attach to process 4711 \"cat\", which it has "
	        "not started: /proc/sys/kernel/yama/ptrace_scope is 1: start "
	        "it under scdb, or run scdb as root, or set that to 0, or let "
	        "the program call prctl(PR_SET_PTRACER)");
	e.parent = OTHER;
	put_process(IT, &e);
	e.parent = SELF;
	put_process(OTHER, &e);
	refused(unknown); /* a grandchild of scdb's */
	put_yama("0\n");
	refused(unknown);
	/* It refuses to trace a child too, but is the reason itself. */
	child_errno = EPERM;
	put_yama("2\n");
	refused("only root may attach to process 4711 \"cat\": "
	        "/proc/sys/kernel/yama/ptrace_scope is 2: run scdb as root");
	put_yama("3\n");
	refused("nobody may attach to process 4711 \"cat\": "
	        "/proc/sys/kernel/yama/ptrace_scope is 3, which stays so until "
	        "the next boot");
	become_root(true);
	refused("nobody may attach to process 4711 \"cat\": "
	        "/proc/sys/kernel/yama/ptrace_scope is 3, which stays so until "
	        "the next boot");
}

static void unknown_reasons(void **state)
{
	(void)state;
	become_root(true);
	refused(unknown);
	put_yama("2\n");
	refused(unknown);
	put_yama("garbage");
	refused(unknown);
}

static void user_namespaces(void **state)
{
	(void)state;
	become_root(true);
	put_user_namespace(SELF, "user:[4026532222]");
	put_user_namespace(IT, "user:[4026532222]");
	refused(unknown);
	put_user_namespace(IT, "user:[4026531837]");
	refused("process 4711 \"cat\" lives in another user namespace "
	        "(user:[4026531837], scdb in user:[4026532222]), where scdb "
	        "has no rights: run scdb as root of the namespace that holds "
	        "both");
	/* Root of the first one has rights in all. */
	put_user_namespace(SELF, "user:[4026531837]");
	put_user_namespace(IT, "user:[4026532222]");
	refused(unknown);
}

/* What scdb sees of its own namespace and of its target's by the maps. */
static void namespaces_by_map(void **state)
{
	static const char other[] =
		"process 4711 \"cat\" lives in another user namespace "
		"than scdb (user:[4026532222]), where scdb has no rights: run "
		"scdb as root of the namespace that holds both";

	(void)state;
	become_root(true);
	put_user_namespace(SELF, "user:[4026532222]");
	put_file("500/uid_map", "         0       1000          1\n");
	refused(unknown);
	put_file("4711/uid_map", "         0       1000          1\n");
	refused(unknown);
	put_file("4711/uid_map", "         0 4294967295 4294967295\n");
	refused(other);
	/* A new one has no map. */
	put_file("500/uid_map", "");
	refused(other);
	put_file("4711/uid_map", "");
	refused(unknown);
}

/* An ordinary user of the first one; the same user in another. */
static void namespace_below(void **state)
{
	(void)state;
	put_user_namespace(SELF, "user:[4026531837]");
	put_file("500/uid_map", "         0          0 4294967295\n");
	put_file("4711/uid_map", "         0       1000          1\n");
	refused("process 4711 \"cat\" lives in a user namespace over which "
	        "scdb has no CAP_SYS_PTRACE: run scdb as root");
}

static void sandboxes(void **state)
{
	static const char filtered[] =
		"the seccomp filter in which scdb runs refuses ptrace, for a "
		"child of its own too (%s): run scdb outside of that sandbox, "
		"or let the filter allow it (docker run --security-opt "
		"seccomp=unconfined)";
	struct entry e = user_process();
	char want[512];

	(void)state;
	child_errno = EACCES;
	refused("scdb may not trace anything, not even a child of its own "
	        "(Permission denied): a security module (SELinux, AppArmor) "
	        "forbids it");
	e.comm = "scdb\n";
	e.seccomp = 2;
	put_process(SELF, &e);
	child_errno = EPERM;
	snprintf(want, sizeof(want), filtered, "Operation not permitted");
	refused(want);
	child_errno = ENOSYS;
	snprintf(want, sizeof(want), filtered, "Function not implemented");
	check(IT, ENOSYS, ERROR_REFUSED, want);
	/* A filter that lets ptrace through is not to blame. */
	child_errno = 0;
	refused(unknown);
}

static void confinement(void **state)
{
	(void)state;
	put_dir("500/attr");
	put_file("500/attr/current", "unconfined\n");
	refused(unknown);
	put_file("500/attr/current", "docker-\x1b (enforce)\n");
	refused("the kernel does not let scdb attach to process 4711 \"cat\", "
	        "though its rights suffice: the security module that runs "
	        "scdb as \"docker-\\33 (enforce)\" may forbid it");
}

static void put_task(pid_t pid, pid_t tid, pid_t tracer)
{
	struct entry e = user_process();
	char name[64], text[256];

	snprintf(name, sizeof(name), "%d/task", pid);
	put_dir(name);
	snprintf(name, sizeof(name), "%d/task/%d", pid, tid);
	put_dir(name);
	snprintf(name, sizeof(name), "%d/task/%d/status", pid, tid);
	snprintf(text, sizeof(text), "Name:\tx\nState:\t%c (x)\nTgid:\t%d\n"
	         "Pid:\t%d\nTracerPid:\t%d\nKthread:\t0\n", e.state, pid,
	         tid, tracer);
	put_file(name, text);
}

/* A tracer may have one thread, and be one thread of several. */
static void traced_threads(void **state)
{
	struct entry e = user_process();

	(void)state;
	put_task(IT, IT, 0);
	put_task(IT, 4712, SELF);
	refused(unknown);
	check(IT, EDEADLK, ERROR_REFUSED,
	      "process 4711 \"cat\" is in the midst of an exec, which does not "
	      "end: try again later");
	e.comm = "thread\n";
	e.tgid = OTHER;
	put_process(4801, &e);
	put_task(IT, 4713, 4801);
	refused("thread 4713 of process 4711 \"cat\" is already traced, by "
	        "process 4800 \"gdb\": let that one detach first");
	check(IT, EDEADLK, ERROR_REFUSED,
	      "process 4711 \"cat\" is in the midst of an exec, which waits "
	      "for its thread 4713, and that one is traced, by process 4800 "
	      "\"gdb\", which has to let it end");
}

/* What must not even be tried. */
static void before(void **state)
{
	const struct diagnose_env env = { root, SELF, trace_child };
	struct entry e = user_process();
	struct error *err;

	(void)state;
	assert_null(diagnose_before(&env, IT));
	e.comm = "scdb\n";
	e.tracer = OTHER;
	put_process(SELF, &e);
	assert_null(diagnose_before(&env, IT));
	err = diagnose_before(&env, OTHER);
	assert_non_null(err);
	assert_string_equal(err->message,
	                    "process 4800 \"gdb\" traces this scdb: stopped by "
	                    "it, it would hold up scdb for ever");
	error_destroy(err);
	/* Whoever traces the tracer, and two that trace each other. */
	e.comm = "gdb\n";
	e.tracer = IT;
	put_process(OTHER, &e);
	err = diagnose_before(&env, IT);
	assert_non_null(err);
	error_destroy(err);
	e.tracer = OTHER;
	put_process(IT, &e);
	assert_null(diagnose_before(&env, 99));
}

static void other_procs(void **state)
{
	(void)state;
	put_self("77");
	check(IT, EPERM, ERROR_REFUSED,
	      "/proc is that of another pid namespace (scdb is 77 there, and "
	      "500 by its own count): mount one of this namespace, as unshare "
	      "--mount-proc does");
	put_self(NULL);
	check(99, ESRCH, ERROR_REFUSED,
	      "there is no /proc here, or none that shows scdb: mount one "
	      "(mount -t proc proc /proc)");
}

/* One line, and nothing that a terminal obeys. */
static void hostile_names(void **state)
{
	struct entry e = user_process();

	(void)state;
	e.comm = "a\nb\" \x1b[2J\n";
	e.kernel_thread = true;
	put_process(IT, &e);
	refused("process 4711 \"a\\nb\\\" \\33[2J\" is a kernel thread: there "
	        "is no program in it to debug");
	put_file("4711/comm", "");
	refused("process 4711 \"?\" is a kernel thread: there is no program "
	        "in it to debug");
	put_file("4711/status", "garbage");
	check(IT, ESRCH, ERROR_NOT_FOUND, "there is no process 4711");
}

/* The same on the real /proc, where the kernel gives the errno. */
static void real_refusals(void **state)
{
	struct error *err;
	siginfo_t info;
	pid_t pid = fork();

	(void)state;
	if (!pid)
		_exit(0);
	waitid(P_PID, (id_t)pid, &info, WEXITED | WNOWAIT);
	assert_int_equal(ptrace(PTRACE_SEIZE, pid, 0, 0), -1);
	err = target_diagnose(pid, errno);
	assert_non_null(err);
	assert_non_null(strstr(err->message, "is a zombie"));
	error_destroy(err);
	waitpid(pid, NULL, 0);
	assert_int_equal(ptrace(PTRACE_SEIZE, pid, 0, 0), -1);
	err = target_diagnose(pid, errno);
	assert_non_null(err);
	assert_int_equal(err->kind, ERROR_NOT_FOUND);
	error_destroy(err);
	assert_int_equal(ptrace(PTRACE_SEIZE, getpid(), 0, 0), -1);
	err = target_diagnose(getpid(), errno);
	assert_non_null(err);
	assert_non_null(strstr(err->message, "scdb itself"));
	error_destroy(err);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(no_such_process),
		TEST(itself_and_threads),
		TEST(states),
		TEST(tracers),
		TEST(users),
		TEST(not_dumpable),
		TEST(capabilities),
		TEST(yama),
		TEST(unknown_reasons),
		TEST(user_namespaces),
		TEST(namespaces_by_map),
		TEST(namespace_below),
		TEST(sandboxes),
		TEST(confinement),
		TEST(traced_threads),
		TEST(before),
		TEST(other_procs),
		TEST(hostile_names),
		cmocka_unit_test(real_refusals),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
