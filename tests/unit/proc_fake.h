/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A tree that stands for /proc: scdb (SELF), what it would attach to (IT) and
 * another debugger (OTHER).
 */
#ifndef TESTS_PROC_FAKE_H
#define TESTS_PROC_FAKE_H

#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

/* Process ids in the tree that stands for /proc. */
enum { SELF = 500, IT = 4711, OTHER = 4800 };
#define PTRACE_CAP "0000000000080000"
#define NO_CAP "0000000000000000"

struct entry {
	const char *comm;
	char state;
	pid_t tgid, parent, tracer;
	unsigned uids[3], gids[3];
	const char *permitted, *effective;
	unsigned threads;
	bool kernel_thread;
	unsigned seccomp;
};

/*
 * The user whose scdb this is; never root.  The files of its processes are its
 * own, as they are in /proc: so without root it must be who runs the test.
 */
static uid_t user;

static struct entry user_process(void)
{
	return (struct entry){
		.comm = "cat\n", .state = 'S', .parent = 1,
		.uids = { user, user, user }, .gids = { 1000, 1000, 1000 },
		.permitted = NO_CAP, .effective = NO_CAP, .threads = 1,
	};
}

/* What the kernel says when scdb tries to trace a child of its own. */
static int child_errno;

static int trace_child(void)
{
	return child_errno;
}

static char root[] = "/tmp/test_diagnose.XXXXXX";

static void put_file(const char *name, const char *text)
{
	char path[256];
	FILE *file;

	snprintf(path, sizeof(path), "%s/%s", root, name);
	file = fopen(path, "w");
	assert_non_null(file);
	fputs(text, file);
	fclose(file);
}

static void give_file(const char *name, uid_t owner)
{
	char path[256];

	snprintf(path, sizeof(path), "%s/%s", root, name);
	if (geteuid() == 0)
		assert_int_equal(chown(path, owner, (gid_t)-1), 0);
}

static void put_dir(const char *name)
{
	char path[256];

	snprintf(path, sizeof(path), "%s/%s", root, name);
	mkdir(path, 0700);
}

/* The link by which a process finds itself. */
static void put_self(const char *name)
{
	char path[256];

	snprintf(path, sizeof(path), "%s/self", root);
	unlink(path);
	if (name)
		assert_int_equal(symlink(name, path), 0);
}

static void put_process(pid_t pid, const struct entry *e)
{
	char name[64], text[2048];

	snprintf(name, sizeof(name), "%d", pid);
	put_dir(name);
	snprintf(text, sizeof(text),
	         "Name:\tx\nState:\t%c (x)\nTgid:\t%d\nPid:\t%d\nPPid:\t%d\n"
	         "TracerPid:\t%d\nUid:\t%u\t%u\t%u\t0\nGid:\t%u\t%u\t%u\t0\n"
	         "Threads:\t%u\nCapPrm:\t%s\nCapEff:\t%s\nKthread:\t%d\n"
	         "Seccomp:\t%u\n",
	         e->state, e->tgid ? e->tgid : pid, pid, e->parent, e->tracer,
	         e->uids[0], e->uids[1], e->uids[2], e->gids[0], e->gids[1],
	         e->gids[2], e->threads, e->permitted, e->effective,
	         e->kernel_thread, e->seccomp);
	snprintf(name, sizeof(name), "%d/status", pid);
	put_file(name, text);
	give_file(name, user);
	snprintf(name, sizeof(name), "%d/comm", pid);
	put_file(name, e->comm);
}

static int remove_one(const char *path, const struct stat *st, int type,
                      struct FTW *ftw)
{
	(void)st;
	(void)type;
	(void)ftw;
	return remove(path);
}

/* scdb, an ordinary user's, and a debugger of the same user. */
static int setup(void **state)
{
	struct entry e;

	(void)state;
	user = geteuid() ? geteuid() : 1000;
	child_errno = 0;
	e = user_process();
	strcpy(root + strlen(root) - 6, "XXXXXX");
	if (!mkdtemp(root))
		return -1;
	put_self("500");
	e.comm = "scdb\n";
	put_process(SELF, &e);
	e.comm = "gdb\n";
	put_process(OTHER, &e);
	e.comm = "cat\n";
	put_process(IT, &e);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	return nftw(root, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

static void put_yama(const char *text)
{
	put_dir("sys");
	put_dir("sys/kernel");
	put_dir("sys/kernel/yama");
	put_file("sys/kernel/yama/ptrace_scope", text);
}

static void put_user_namespace(pid_t pid, const char *name)
{
	char dir[64], path[256];

	snprintf(dir, sizeof(dir), "%d/ns", pid);
	put_dir(dir);
	snprintf(path, sizeof(path), "%s/%s/user", root, dir);
	unlink(path);
	assert_int_equal(symlink(name, path), 0);
}

/* scdb as ROOT: with all rights, or (a container) with none. */
static void become_root(bool with_rights)
{
	struct entry e = user_process();

	e.comm = "scdb\n";
	e.uids[0] = e.uids[1] = e.uids[2] = 0;
	e.gids[0] = e.gids[1] = e.gids[2] = 0;
	e.permitted = e.effective = with_rights ? PTRACE_CAP : NO_CAP;
	put_process(SELF, &e);
}

#endif
