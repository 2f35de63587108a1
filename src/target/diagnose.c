/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * target/diagnose.c: why a process can't be attached to, and what would help:
 * what it is, what state it is in, who has it already.  Who may not attach to
 * it is looked for in src/target/diagnose_rights.c.
 */
#include "target/diagnose.h"

#include "base/buf.h"
#include "target/probe.h"
#include "target/procfs_parse.h"
#include "target/target.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { STATUS_TEXT_MAX = 16384, TRACERS_MAX = 16 };

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

/* Whether it could be read. */
static bool read_text(const char *path, char *data, size_t size)
{
	AUTO_BUF struct buf text = { 0 };
	struct error *err;

	buf_init(&text);
	err = proc_read(path, size - 1, &text);
	error_destroy(err);
	snprintf(data, size, "%s", text.data);
	return !err;
}

static struct error *look_at(const char *proc, pid_t pid, struct party *party)
{
	char path[PROC_PATH_MAX];
	AUTO_BUF struct buf text = { 0 };
	ssize_t len;

	buf_init(&text);
	party->pid = pid;
	TRY(proc_status_at(proc, pid, &party->status));
	make_label(proc, pid, party->label, sizeof(party->label));
	snprintf(path, sizeof(path), "%s/%d/status", proc, (int)pid);
	TRY(proc_read(path, STATUS_TEXT_MAX, &text));
	party->permitted = capabilities(text.data, "CapPrm");
	party->effective = capabilities(text.data, "CapEff");
	snprintf(path, sizeof(path), "%s/%d/ns/user", proc, (int)pid);
	len = readlink(path, party->user_ns, sizeof(party->user_ns) - 1);
	party->user_ns[len > 0 ? len : 0] = '\0';
	snprintf(path, sizeof(path), "%s/%d/uid_map", proc, (int)pid);
	if (read_text(path, party->uid_map, sizeof(party->uid_map)) &&
	    !party->uid_map[0])
		strcpy(party->uid_map, "none");
	return NULL;
}

static int yama_scope(const char *proc)
{
	char path[PROC_PATH_MAX];
	char text[16];

	snprintf(path, sizeof(path), "%s/sys/kernel/yama/ptrace_scope", proc);
	read_text(path, text, sizeof(text));
	return text[0] ? atoi(text) : -1;
}

static struct error *by_state(const struct diagnosis *d)
{
	const struct proc_status *s = &d->it.status;
	char parent[DIAGNOSE_LABEL_MAX];

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
	make_label(d->env->proc, s->parent, parent, sizeof(parent));
	return error_new(ERROR_REFUSED,
	                 "%s is a zombie: it has exited, and its parent, %s, "
	                 "has not yet asked for its status",
	                 d->it.label, parent);
}

/* TracerPid is a thread's id where the tracer has several. */
static pid_t tgid_of(const char *proc, pid_t tid)
{
	struct proc_status status;
	struct error *err = proc_status_at(proc, tid, &status);

	error_destroy(err);
	return err ? tid : status.tgid;
}

/*
 * A thread of the process that somebody else traces, or 0: one is enough for
 * the kernel to refuse the attach as a whole.
 */
static pid_t traced_thread(const struct diagnosis *d, pid_t *tracer)
{
	char tasks[PROC_PATH_MAX];
	pid_vec tids = { 0 };
	pid_t found = 0;

	error_destroy(proc_tasks_at(d->env->proc, d->it.pid, &tids));
	snprintf(tasks, sizeof(tasks), "%s/%d/task", d->env->proc,
	         (int)d->it.pid);
	for (size_t i = 0; i < tids.len && !found; i++) {
		struct proc_status status;
		struct error *err = proc_status_at(tasks, tids.items[i],
		                                   &status);

		if (!err && status.tracer && status.tracer != d->scdb.pid) {
			found = tids.items[i];
			*tracer = status.tracer;
		}
		error_destroy(err);
	}
	vec_deinit(&tids);
	return found;
}

static struct error *by_tracer(const struct diagnosis *d)
{
	char tracer[DIAGNOSE_LABEL_MAX];
	pid_t pid = d->it.status.tracer;
	pid_t thread = d->it.pid;

	if (pid && pid == d->scdb.pid)
		return error_new(ERROR_REFUSED,
		                 "%s is already traced by this scdb",
		                 d->it.label);
	if (!pid)
		thread = traced_thread(d, &pid);
	if (!pid)
		return NULL;
	pid = tgid_of(d->env->proc, pid);
	make_label(d->env->proc, pid, tracer, sizeof(tracer));
	if (thread == d->it.pid)
		return error_new(ERROR_REFUSED,
		                 "%s is already traced, by %s: let that one "
		                 "detach first",
		                 d->it.label, tracer);
	return error_new(ERROR_REFUSED,
	                 "thread %d of %s is already traced, by %s: let that "
	                 "one detach first",
	                 (int)thread, d->it.label, tracer);
}

/*
 * An exec waits until its process's other threads are reaped, holding the lock
 * that an attach takes (cred_guard_mutex of Linux).
 */
static struct error *by_exec(const struct diagnosis *d)
{
	char tracer[DIAGNOSE_LABEL_MAX];
	pid_t pid = 0;
	pid_t thread = traced_thread(d, &pid);

	if (!thread)
		return error_new(ERROR_REFUSED,
		                 "%s is in the midst of an exec, which does "
		                 "not end: try again later",
		                 d->it.label);
	pid = tgid_of(d->env->proc, pid);
	make_label(d->env->proc, pid, tracer, sizeof(tracer));
	return error_new(ERROR_REFUSED,
	                 "%s is in the midst of an exec, which waits for its "
	                 "thread %d, and that one is traced, by %s, which has "
	                 "to let it end",
	                 d->it.label, (int)thread, tracer);
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

static struct error *by_itself(const struct diagnosis *d)
{
	pid_t tgid = d->it.status.tgid;
	char owner[DIAGNOSE_LABEL_MAX];

	if (tgid != d->it.pid) {
		make_label(d->env->proc, tgid, owner, sizeof(owner));
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
	return NULL;
}

static struct error *diagnose(const struct diagnosis *d, int errnum)
{
	TRY(by_itself(d));
	TRY(by_state(d));
	if (errnum == EDEADLK)
		return by_exec(d);
	TRY(by_tracer(d));
	if (errnum == ESRCH)
		return error_new(ERROR_GONE,
		                 "%s ended while scdb attached to it",
		                 d->it.label);
	if (errnum == EPERM || errnum == EACCES)
		return diagnose_permission(d);
	TRY(diagnose_ptrace(d));
	return error_errno(errnum, "can't attach to %s", d->it.label);
}

/* Whether the numbers in /proc are those that scdb knows processes by. */
static struct error *check_proc(const struct diagnose_env *env)
{
	char path[PROC_PATH_MAX];
	char name[32];
	ssize_t len;

	snprintf(path, sizeof(path), "%s/self", env->proc);
	len = readlink(path, name, sizeof(name) - 1);
	name[len > 0 ? len : 0] = '\0';
	if (!name[0])
		return error_new(ERROR_REFUSED,
		                 "there is no /proc here, or none that shows "
		                 "scdb: mount one (mount -t proc proc /proc)");
	if (atoi(name) != env->self)
		return error_new(ERROR_REFUSED,
		                 "/proc is that of another pid namespace (scdb "
		                 "is %d there, and %d by its own count): mount "
		                 "one of this namespace, as unshare "
		                 "--mount-proc does",
		                 atoi(name), (int)env->self);
	return NULL;
}

/* While it is stopped, nobody lets scdb go on that it has stopped. */
struct error *diagnose_before(const struct diagnose_env *env, pid_t pid)
{
	pid_t at = env->self;

	TRY(check_proc(env));
	for (int i = 0; i < TRACERS_MAX; i++) {
		struct proc_status status;
		char label[DIAGNOSE_LABEL_MAX];
		struct error *err = proc_status_at(env->proc, at, &status);

		error_destroy(err);
		if (err || !status.tracer)
			return NULL;
		at = tgid_of(env->proc, status.tracer);
		if (at != pid)
			continue;
		make_label(env->proc, pid, label, sizeof(label));
		return error_new(ERROR_REFUSED,
		                 "%s traces this scdb: stopped by it, it would "
		                 "hold up scdb for ever",
		                 label);
	}
	return NULL;
}

struct error *diagnose_at(const struct diagnose_env *env, pid_t pid,
                          int errnum)
{
	struct diagnosis d = { .env = env };
	struct error *err = check_proc(env);

	if (err) {
		/* Nothing in it can be trusted. */
	} else if ((err = look_at(env->proc, pid, &d.it)) != NULL) {
		error_destroy(err);
		err = without_entry(pid, errnum);
	} else {
		TRY(look_at(env->proc, env->self, &d.scdb));
		d.yama = yama_scope(env->proc);
		err = diagnose(&d, errnum);
	}
	if (err && err->kind != ERROR_NO_MEMORY)
		err->errnum = errnum;
	return err;
}

struct diagnose_env diagnose_env(void)
{
	return (struct diagnose_env){
		.proc = "/proc",
		.self = getpid(),
		.trace_child = probe_trace_child,
	};
}

struct error *target_diagnose(pid_t pid, int errnum)
{
	const struct diagnose_env env = diagnose_env();

	return diagnose_at(&env, pid, errnum);
}
