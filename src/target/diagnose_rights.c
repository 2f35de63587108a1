/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * target/diagnose_rights.c: who may not attach to a process, and what would
 * help.
 *
 * The kernel says EPERM for a dozen reasons.  They are looked for here by the
 * rules of ptrace(2) ("Ptrace access mode checking") and of kernel/ptrace.c,
 * security/commoncap.c and security/yama/yama_lsm.c of Linux; first what no
 * other right could outweigh.
 */
#include "target/diagnose.h"

#include "base/buf.h"
#include "target/procfs_parse.h"

#include <errno.h>
#include <grp.h>
#include <linux/capability.h>
#include <pwd.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

enum { OWNER_MAX = 80, ANCESTORS_MAX = 64, CAPABILITIES_SHOWN = 3 };

/* The number of the first user namespace: PROC_USER_INIT_INO. */
static const char first_namespace[] = "user:[4026531837]";

/* capabilities(7), by number. */
static const char *const capability_names[] = {
	"CHOWN", "DAC_OVERRIDE", "DAC_READ_SEARCH", "FOWNER", "FSETID", "KILL",
	"SETGID", "SETUID", "SETPCAP", "LINUX_IMMUTABLE", "NET_BIND_SERVICE",
	"NET_BROADCAST", "NET_ADMIN", "NET_RAW", "IPC_LOCK", "IPC_OWNER",
	"SYS_MODULE", "SYS_RAWIO", "SYS_CHROOT", "SYS_PTRACE", "SYS_PACCT",
	"SYS_ADMIN", "SYS_BOOT", "SYS_NICE", "SYS_RESOURCE", "SYS_TIME",
	"SYS_TTY_CONFIG", "MKNOD", "LEASE", "AUDIT_WRITE", "AUDIT_CONTROL",
	"SETFCAP", "MAC_OVERRIDE", "MAC_ADMIN", "SYSLOG", "WAKE_ALARM",
	"BLOCK_SUSPEND", "AUDIT_READ", "PERFMON", "BPF", "CHECKPOINT_RESTORE",
};

static void user_name(uid_t uid, char name[OWNER_MAX])
{
	const struct passwd *entry = getpwuid(uid);

	if (entry)
		snprintf(name, OWNER_MAX, "user %.64s", entry->pw_name);
	else
		snprintf(name, OWNER_MAX, "user id %u", uid);
}

static void group_name(gid_t gid, char name[OWNER_MAX])
{
	const struct group *entry = getgrgid(gid);

	if (entry)
		snprintf(name, OWNER_MAX, "group %.64s", entry->gr_name);
	else
		snprintf(name, OWNER_MAX, "group id %u", gid);
}

/* What a process without CAP_SYS_PTRACE needs: root may lack it too. */
static const char *more_rights(const struct diagnosis *d)
{
	return d->scdb.status.uid[1] == 0
	       ? "scdb needs CAP_SYS_PTRACE, which root lacks here "
	         "(docker run --cap-add=SYS_PTRACE gives it)"
	       : "run scdb as root";
}

/* Without a link the kernel has no others. */
static bool is_first(const struct party *p)
{
	return !p->user_ns[0] || !strcmp(p->user_ns, first_namespace);
}

/*
 * The links may be read of those only whom one might trace; everybody may read
 * the maps, which are told in the reader's own terms.
 */
static bool other_namespace(const struct diagnosis *d)
{
	const struct party *ours = &d->scdb, *its = &d->it;

	if (ours->user_ns[0] && its->user_ns[0])
		return strcmp(ours->user_ns, its->user_ns);
	return ours->uid_map[0] && its->uid_map[0] &&
	       strcmp(ours->uid_map, its->uid_map);
}

/* CAP_SYS_PTRACE counts in the namespace in which one has it, and below. */
static bool may_trace_all(const struct diagnosis *d)
{
	return (d->scdb.effective >> CAP_SYS_PTRACE & 1) &&
	       (is_first(&d->scdb) || !other_namespace(d));
}

struct error *diagnose_ptrace(const struct diagnosis *d)
{
	int errnum = d->env->trace_child();

	if (!errnum)
		return NULL;
	if (d->scdb.status.seccomp)
		return error_new(ERROR_REFUSED,
		                 "the seccomp filter in which scdb runs "
		                 "refuses ptrace, for a child of its own too "
		                 "(%s): run scdb outside of that sandbox, or "
		                 "let the filter allow it (docker run "
		                 "--security-opt seccomp=unconfined)",
		                 strerror(errnum));
	return error_new(ERROR_REFUSED,
	                 "scdb may not trace anything, not even a child of its "
	                 "own (%s): a security module (SELinux, AppArmor) "
	                 "forbids it",
	                 strerror(errnum));
}

/* What rights over the namespace can't outweigh. */
static struct error *by_namespace(const struct diagnosis *d)
{
	static const char help[] = "where scdb has no rights: run scdb as root "
	                           "of the namespace that holds both";

	if (!other_namespace(d) || is_first(&d->scdb))
		return NULL;
	if (d->it.user_ns[0])
		return error_new(ERROR_REFUSED,
		                 "%s lives in another user namespace (%s, scdb "
		                 "in %s), %s",
		                 d->it.label, d->it.user_ns, d->scdb.user_ns,
		                 help);
	return error_new(ERROR_REFUSED,
	                 "%s lives in another user namespace than scdb (%s), "
	                 "%s",
	                 d->it.label, d->scdb.user_ns, help);
}

static bool all_same(const unsigned ids[4])
{
	return ids[0] == ids[1] && ids[0] == ids[2];
}

/* Its real, effective and saved id must each be the caller's real one. */
static bool ids_match(unsigned mine, const unsigned theirs[4])
{
	return theirs[0] == mine && all_same(theirs);
}

static struct error *by_mixed_ids(const struct diagnosis *d, const char *what,
                                  void (*name)(unsigned, char[OWNER_MAX]),
                                  const unsigned ids[4])
{
	char real[OWNER_MAX], effective[OWNER_MAX], saved[OWNER_MAX];

	name(ids[0], real);
	name(ids[1], effective);
	name(ids[2], saved);
	return error_new(ERROR_REFUSED,
	                 "%s has the rights of several (a %s program): real "
	                 "%s, effective %s, saved %s: %s",
	                 d->it.label, what, real, effective, saved,
	                 more_rights(d));
}

static struct error *by_user(const struct diagnosis *d)
{
	const struct proc_status *s = &d->it.status;
	uid_t mine = d->scdb.status.uid[0];
	char owner[OWNER_MAX];

	if (ids_match(mine, s->uid))
		return NULL;
	if (!all_same(s->uid))
		return by_mixed_ids(d, "set-uid", user_name, s->uid);
	user_name(s->uid[0], owner);
	if (d->scdb.status.uid[1] == 0)
		return error_new(ERROR_REFUSED, "%s belongs to %s: %s",
		                 d->it.label, owner, more_rights(d));
	if (s->uid[0] == 0)
		return error_new(ERROR_REFUSED,
		                 "%s belongs to user root: run scdb as root",
		                 d->it.label);
	return error_new(ERROR_REFUSED,
	                 "%s belongs to %s: run scdb as that user or as root",
	                 d->it.label, owner);
}

static struct error *by_group(const struct diagnosis *d)
{
	const struct proc_status *s = &d->it.status;
	gid_t mine = d->scdb.status.gid[0];
	char its[OWNER_MAX], ours[OWNER_MAX];

	if (ids_match(mine, s->gid))
		return NULL;
	if (!all_same(s->gid))
		return by_mixed_ids(d, "set-gid", group_name, s->gid);
	group_name(s->gid[0], its);
	group_name(mine, ours);
	return error_new(ERROR_REFUSED,
	                 "%s has the rights of %s, and scdb those of %s: run "
	                 "scdb with that group (newgrp) or as root",
	                 d->it.label, its, ours);
}

static struct error *by_credentials(const struct diagnosis *d)
{
	if (may_trace_all(d))
		return NULL;
	TRY(by_user(d));
	return by_group(d);
}

/*
 * The kernel gives the files in /proc/PID of a process that is not dumpable to
 * root of the namespace of its memory, the directory excepted (task_dump_owner
 * in its fs/proc/base.c).
 */
static struct error *by_dumpable(const struct diagnosis *d)
{
	char path[PROC_PATH_MAX];
	struct stat is;

	snprintf(path, sizeof(path), "%s/%d/status", d->env->proc,
	         (int)d->it.pid);
	if (stat(path, &is) || is.st_uid == d->it.status.uid[1])
		return NULL;
	/* Root here is root of that namespace, if it is shown as root. */
	if (may_trace_all(d) && (is_first(&d->scdb) || is.st_uid == 0))
		return NULL;
	return error_new(ERROR_REFUSED,
	                 "%s has forbidden to be looked at (it is not "
	                 "dumpable: by prctl(PR_SET_DUMPABLE), by rights that "
	                 "it once had, or because its program may not be "
	                 "read): %s",
	                 d->it.label, more_rights(d));
}

static void put_capabilities(struct buf *text, uint64_t set)
{
	unsigned shown = 0, more = 0;

	for (unsigned i = 0; i < 64; i++) {
		if (!(set >> i & 1))
			continue;
		if (shown == CAPABILITIES_SHOWN) {
			more++;
			continue;
		}
		buf_puts(text, shown++ ? ", " : "");
		if (i < ARRAY_LEN(capability_names))
			buf_printf(text, "CAP_%s", capability_names[i]);
		else
			buf_printf(text, "capability %u", i);
	}
	if (more)
		buf_printf(text, " and %u more", more);
}

static struct error *by_capabilities(const struct diagnosis *d)
{
	uint64_t lacks = d->it.permitted & ~d->scdb.permitted;
	AUTO_BUF struct buf names = { 0 };

	if (may_trace_all(d))
		return NULL;
	if (other_namespace(d))
		return error_new(ERROR_REFUSED,
		                 "%s lives in a user namespace over which scdb "
		                 "has no CAP_SYS_PTRACE: %s",
		                 d->it.label, more_rights(d));
	if (!lacks)
		return NULL;
	buf_init(&names);
	put_capabilities(&names, lacks);
	return error_new(ERROR_REFUSED,
	                 "%s has capabilities that scdb lacks (%s): %s",
	                 d->it.label, names.data, more_rights(d));
}

static bool is_descendant(const struct diagnosis *d)
{
	pid_t at = d->it.status.parent;

	for (int i = 0; i < ANCESTORS_MAX && at > 0; i++) {
		struct proc_status status;
		struct error *err;

		if (at == d->scdb.pid)
			return true;
		err = proc_status_at(d->env->proc, at, &status);
		error_destroy(err);
		if (err)
			return false;
		at = status.parent;
	}
	return false;
}

/* The scopes in which scdb may trace nothing, or only with rights. */
static struct error *by_yama(const struct diagnosis *d)
{
	if (d->yama >= 3)
		return error_new(ERROR_REFUSED,
		                 "nobody may attach to %s: "
		                 "/proc/sys/kernel/yama/ptrace_scope is %d, "
		                 "which stays so until the next boot",
		                 d->it.label, d->yama);
	if (d->yama == 2 && !may_trace_all(d))
		return error_new(ERROR_REFUSED,
		                 "only root may attach to %s: "
		                 "/proc/sys/kernel/yama/ptrace_scope is 2: %s",
		                 d->it.label, more_rights(d));
	return NULL;
}

static struct error *by_yama_descent(const struct diagnosis *d)
{
	if (d->yama != 1 || may_trace_all(d) || is_descendant(d))
		return NULL;
	return error_new(ERROR_REFUSED,
	                 "scdb may not attach to %s, which it has not "
	                 "started: /proc/sys/kernel/yama/ptrace_scope is 1: "
	                 "start it under scdb, or run scdb as root, or set "
	                 "that to 0, or let the program call "
	                 "prctl(PR_SET_PTRACER)",
	                 d->it.label);
}

/* AppArmor's profile, SELinux's context: "" where there is none. */
static void read_confinement(const struct diagnosis *d, struct buf *label)
{
	char path[PROC_PATH_MAX];
	AUTO_BUF struct buf text = { 0 };

	buf_init(&text);
	snprintf(path, sizeof(path), "%s/%d/attr/current", d->env->proc,
	         (int)d->scdb.pid);
	error_destroy(proc_read(path, 128, &text));
	while (text.len && (text.data[text.len - 1] == '\n' ||
	                    !text.data[text.len - 1]))
		buf_truncate(&text, text.len - 1);
	if (text.len && strcmp(text.data, "unconfined"))
		buf_put_c_escaped(label, text.data, text.len);
}

static struct error *by_nothing_known(const struct diagnosis *d)
{
	AUTO_BUF struct buf label = { 0 };

	buf_init(&label);
	read_confinement(d, &label);
	if (label.len)
		return error_new(ERROR_REFUSED,
		                 "the kernel does not let scdb attach to %s, "
		                 "though its rights suffice: the security "
		                 "module that runs scdb as \"%s\" may forbid "
		                 "it",
		                 d->it.label, label.data);
	return error_new(ERROR_REFUSED,
	                 "the kernel does not let scdb attach to %s: a "
	                 "container or a security module may forbid it, or "
	                 "another tracer, outside of this container, may have "
	                 "it",
	                 d->it.label);
}

struct error *diagnose_permission(const struct diagnosis *d)
{
	TRY(by_yama(d));
	TRY(diagnose_ptrace(d));
	TRY(by_namespace(d));
	TRY(by_credentials(d));
	TRY(by_dumpable(d));
	TRY(by_capabilities(d));
	TRY(by_yama_descent(d));
	return by_nothing_known(d);
}
