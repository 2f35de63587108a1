/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * target/diagnose.c: why a process can't be attached to, and what would help.
 *
 * The kernel says EPERM for a dozen reasons.  They are looked for here in the
 * order in which ptrace(2) ("Ptrace access mode checking") and kernel/ptrace.c
 * of Linux check them.
 */
#include "target/diagnose.h"

#include "base/buf.h"
#include "target/procfs_parse.h"
#include "target/target.h"

#include <errno.h>
#include <grp.h>
#include <linux/capability.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { NAME_MAX_SHOWN = 300, STATUS_TEXT_MAX = 16384 };

/* One of the two processes of an attach. */
struct party {
	pid_t pid;
	struct proc_status status;
	uint64_t permitted, effective;  /* capabilities */
	char label[NAME_MAX_SHOWN];     /* process 4711 "cat" */
};

struct diagnosis {
	const char *proc;
	struct party scdb;
	struct party it;
	int yama;                       /* ptrace_scope; -1: no Yama */
};

/* What may be in a name that its owner chose is made harmless. */
static void make_label(const char *proc, pid_t pid, char *label, size_t size)
{
	char name[64];
	AUTO_BUF struct buf text = { 0 };

	buf_init(&text);
	proc_comm_at(proc, pid, name);
	buf_printf(&text, "process %d \"", (int)pid);
	buf_put_c_escaped(&text, name, strlen(name));
	buf_putc(&text, '"');
	snprintf(label, size, "%s", text.data);
}

static uint64_t capabilities(const char *text, const char *name)
{
	const char *at = proc_find_line(text, name);

	return at ? strtoull(at, NULL, 16) : 0;
}

static struct error *look_at(const char *proc, pid_t pid, struct party *party)
{
	char path[PROC_PATH_MAX];
	AUTO_BUF struct buf text = { 0 };

	buf_init(&text);
	party->pid = pid;
	TRY(proc_status_at(proc, pid, &party->status));
	make_label(proc, pid, party->label, sizeof(party->label));
	snprintf(path, sizeof(path), "%s/%d/status", proc, (int)pid);
	TRY(proc_read(path, STATUS_TEXT_MAX, &text));
	party->permitted = capabilities(text.data, "CapPrm");
	party->effective = capabilities(text.data, "CapEff");
	return NULL;
}

static int yama_scope(const char *proc)
{
	char path[PROC_PATH_MAX];
	AUTO_BUF struct buf text = { 0 };
	struct error *err;

	buf_init(&text);
	snprintf(path, sizeof(path), "%s/sys/kernel/yama/ptrace_scope", proc);
	err = proc_read(path, 16, &text);
	if (err) {
		error_destroy(err);
		return -1;
	}
	return atoi(text.data);
}

static void user_name(uid_t uid, char *name, size_t size)
{
	const struct passwd *entry = getpwuid(uid);

	if (entry)
		snprintf(name, size, "user %.64s", entry->pw_name);
	else
		snprintf(name, size, "user id %u", uid);
}

static void group_name(gid_t gid, char *name, size_t size)
{
	const struct group *entry = getgrgid(gid);

	if (entry)
		snprintf(name, size, "group %.64s", entry->gr_name);
	else
		snprintf(name, size, "group id %u", gid);
}

/* What a process without CAP_SYS_PTRACE needs: root may lack it too. */
static const char *more_rights(const struct diagnosis *d)
{
	return d->scdb.status.uid[1] == 0
	       ? "scdb needs CAP_SYS_PTRACE, which root lacks here "
	         "(docker run --cap-add=SYS_PTRACE gives it)"
	       : "run scdb as root";
}

static bool may_trace_all(const struct diagnosis *d)
{
	return d->scdb.effective >> CAP_SYS_PTRACE & 1;
}

/* All three must be the caller's real one: kernel/ptrace.c. */
static bool ids_match(unsigned mine, const unsigned theirs[4])
{
	return theirs[0] == mine && theirs[1] == mine && theirs[2] == mine;
}

static struct error *by_state(const struct diagnosis *d)
{
	const struct proc_status *s = &d->it.status;
	char parent[NAME_MAX_SHOWN];

	if (s->kernel_thread)
		return error_new(ERROR_REFUSED,
		                 "%s is a kernel thread: there is no program "
		                 "in it to debug",
		                 d->it.label);
	if (s->state != 'Z' && s->state != 'X')
		return NULL;
	if (s->threads > 1)
		return error_new(ERROR_REFUSED,
		                 "the main thread of %s has exited, and its "
		                 "other threads can't be attached to",
		                 d->it.label);
	if (!s->parent)
		return error_new(ERROR_REFUSED,
		                 "%s is a zombie: it has exited", d->it.label);
	make_label(d->proc, s->parent, parent, sizeof(parent));
	return error_new(ERROR_REFUSED,
	                 "%s is a zombie: it has exited, and its parent, %s, "
	                 "has not yet asked for its status",
	                 d->it.label, parent);
}

static struct error *by_tracer(const struct diagnosis *d)
{
	char tracer[NAME_MAX_SHOWN];
	pid_t pid = d->it.status.tracer;

	if (!pid)
		return NULL;
	if (pid == d->scdb.pid)
		return error_new(ERROR_REFUSED,
		                 "%s is already traced by this scdb",
		                 d->it.label);
	make_label(d->proc, pid, tracer, sizeof(tracer));
	return error_new(ERROR_REFUSED,
	                 "%s is already traced, by %s: let that one detach "
	                 "first",
	                 d->it.label, tracer);
}

static struct error *by_credentials(const struct diagnosis *d)
{
	const struct proc_status *s = &d->it.status;
	uid_t mine = d->scdb.status.uid[0];
	char owner[80];

	if (may_trace_all(d))
		return NULL;
	user_name(s->uid[1], owner, sizeof(owner));
	if (!ids_match(mine, s->uid)) {
		if (s->uid[0] == mine)
			return error_new(ERROR_REFUSED,
			                 "%s has the rights of %s (a set-uid "
			                 "program): %s",
			                 d->it.label, owner, more_rights(d));
		if (mine == 0)
			return error_new(ERROR_REFUSED,
			                 "%s belongs to %s: %s", d->it.label,
			                 owner, more_rights(d));
		if (s->uid[1] == 0)
			return error_new(ERROR_REFUSED,
			                 "%s belongs to user root: run scdb "
			                 "as root",
			                 d->it.label);
		return error_new(ERROR_REFUSED,
		                 "%s belongs to %s: run scdb as that user or "
		                 "as root",
		                 d->it.label, owner);
	}
	if (ids_match(d->scdb.status.gid[0], s->gid))
		return NULL;
	group_name(s->gid[1], owner, sizeof(owner));
	return error_new(ERROR_REFUSED, "%s has the rights of %s: %s",
	                 d->it.label, owner, more_rights(d));
}

/*
 * The link's text, the same for two processes in one user namespace; false
 * where it may not be read.
 */
static bool user_namespace(const char *proc, pid_t pid, char name[64])
{
	char path[PROC_PATH_MAX];
	ssize_t len;

	snprintf(path, sizeof(path), "%s/%d/ns/user", proc, (int)pid);
	len = readlink(path, name, 63);
	name[len > 0 ? len : 0] = '\0';
	return len > 0;
}

static struct error *by_namespace(const struct diagnosis *d)
{
	char ours[64], theirs[64];

	if (!user_namespace(d->proc, d->scdb.pid, ours) ||
	    !user_namespace(d->proc, d->it.pid, theirs) ||
	    !strcmp(ours, theirs))
		return NULL;
	/* Who may do all in the first namespace may do it in each. */
	if (may_trace_all(d) && !strcmp(ours, "user:[4026531837]"))
		return NULL;
	return error_new(ERROR_REFUSED,
	                 "%s lives in another user namespace (%s, scdb in "
	                 "%s), where scdb has no rights: run scdb as root of "
	                 "the namespace that holds both",
	                 d->it.label, theirs, ours);
}

/*
 * The kernel gives the files in /proc/PID of a process that is not dumpable to
 * root, the directory excepted (task_dump_owner in its fs/proc/base.c).
 * prctl(PR_SET_DUMPABLE) and the run of a program that the user may not read
 * make one so.
 */
static struct error *by_dumpable(const struct diagnosis *d)
{
	char path[PROC_PATH_MAX];
	struct stat is;

	if (may_trace_all(d))
		return NULL;
	snprintf(path, sizeof(path), "%s/%d/status", d->proc,
	         (int)d->it.pid);
	if (stat(path, &is) || is.st_uid == d->it.status.uid[1])
		return NULL;
	return error_new(ERROR_REFUSED,
	                 "%s has forbidden to be looked at (it is not "
	                 "dumpable): %s",
	                 d->it.label, more_rights(d));
}

static struct error *by_capabilities(const struct diagnosis *d)
{
	if (may_trace_all(d) || !(d->it.permitted & ~d->scdb.permitted))
		return NULL;
	return error_new(ERROR_REFUSED,
	                 "%s has capabilities that scdb lacks: %s",
	                 d->it.label, more_rights(d));
}

static struct error *by_yama(const struct diagnosis *d)
{
	if (d->yama >= 3)
		return error_new(ERROR_REFUSED,
		                 "nobody may attach to %s: "
		                 "/proc/sys/kernel/yama/ptrace_scope is 3, "
		                 "which stays so until the next boot",
		                 d->it.label);
	if (may_trace_all(d))
		return NULL;
	if (d->yama == 2)
		return error_new(ERROR_REFUSED,
		                 "only root may attach to %s: "
		                 "/proc/sys/kernel/yama/ptrace_scope is 2: %s",
		                 d->it.label, more_rights(d));
	if (d->yama == 1)
		return error_new(ERROR_REFUSED,
		                 "scdb may not attach to %s, which it has not "
		                 "started: /proc/sys/kernel/yama/ptrace_scope "
		                 "is 1: start it under scdb, or run scdb as "
		                 "root, or set that to 0",
		                 d->it.label);
	return NULL;
}

static struct error *by_permission(const struct diagnosis *d)
{
	TRY(by_credentials(d));
	TRY(by_namespace(d));
	TRY(by_dumpable(d));
	TRY(by_capabilities(d));
	TRY(by_yama(d));
	return error_new(ERROR_REFUSED,
	                 "the kernel does not let scdb attach to %s: a "
	                 "container or a security module may forbid it, or "
	                 "another tracer, outside of this container, may have "
	                 "it",
	                 d->it.label);
}

static struct error *without_entry(pid_t pid, int errnum)
{
	if (errnum != EPERM && errnum != EACCES)
		return error_new(ERROR_NOT_FOUND, "there is no process %d",
		                 (int)pid);
	return error_new(ERROR_REFUSED,
	                 "process %d may not be attached to, nor is it shown "
	                 "in /proc (another user's, with /proc mounted with "
	                 "hidepid, or gone since): run scdb as root",
	                 (int)pid);
}

static struct error *diagnose(const struct diagnosis *d, int errnum)
{
	pid_t tgid = d->it.status.tgid;
	char owner[NAME_MAX_SHOWN];

	if (tgid != d->it.pid) {
		make_label(d->proc, tgid, owner, sizeof(owner));
		return error_new(ERROR_USAGE,
		                 "%d is a thread of %s: attach to %d, which "
		                 "takes all its threads",
		                 (int)d->it.pid, owner, (int)tgid);
	}
	if (tgid == d->scdb.status.tgid)
		return error_new(ERROR_REFUSED,
		                 "%s is this scdb itself, which can't trace "
		                 "itself",
		                 d->it.label);
	TRY(by_state(d));
	TRY(by_tracer(d));
	if (errnum == EPERM || errnum == EACCES)
		return by_permission(d);
	if (errnum == ESRCH)
		return error_new(ERROR_GONE,
		                 "%s ended while scdb attached to it",
		                 d->it.label);
	return error_errno(errnum, "can't attach to %s", d->it.label);
}

struct error *diagnose_at(const char *proc, pid_t self, pid_t pid, int errnum)
{
	struct diagnosis d = { .proc = proc };
	struct error *err = look_at(proc, pid, &d.it);

	if (err) {
		error_destroy(err);
		err = without_entry(pid, errnum);
	} else {
		TRY(look_at(proc, self, &d.scdb));
		d.yama = yama_scope(proc);
		err = diagnose(&d, errnum);
	}
	if (err && err->kind != ERROR_NO_MEMORY)
		err->errnum = errnum;
	return err;
}

struct error *target_diagnose(pid_t pid, int errnum)
{
	return diagnose_at("/proc", getpid(), pid, errnum);
}
