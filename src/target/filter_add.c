/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Filters come into processes; whose filters a process has. */
#include "target/filter.h"

#include "base/alloc.h"
#include "target/procfs.h"

#include <errno.h>
#include <linux/capability.h>
#include <linux/prctl.h>
#include <linux/seccomp.h>
#include <sys/syscall.h>
#include <unistd.h>

/* The calls that bring a filter in, by ABI. */
struct numbers {
	uint64_t mmap, munmap, seccomp, prctl;
};
static const struct numbers numbers[ABI_COUNT] = {
	[ABI_X86_64] = { 9, 11, 317, 157 },
	[ABI_X32] = { 9, 11, 317, 157 },
	[ABI_I386] = { 192, 91, 354, 172 },
};

/* Memory of the process that holds a struct sock_fprog and what that names. */
struct room {
	taddr addr;
	size_t len;
};

bool target_filter_can_add(const struct thread *t)
{
	return t->state == THREAD_STOPPED && !t->in_vfork &&
	       !(t->stop.reasons & (STOP_CLONE | STOP_FORK | STOP_VFORK |
	                            STOP_VFORK_DONE | STOP_EXEC | STOP_DYING));
}

static struct error *call_abi(struct thread *t, enum abi *abi)
{
	if (!(t->stop.reasons & STOP_ENTRY))
		return target_abi(t, abi);
	*abi = t->stop.call.abi;
	return NULL;
}

static struct error *fill_room(struct process *p, const struct room *room,
                               const struct sock_filter *program, size_t count)
{
	/* struct sock_fprog of both kinds: they differ in where the address is. */
	struct {
		uint16_t len;
		uint16_t pad;
		uint32_t addr32;
		uint64_t addr64;
	} head = {
		.len = (uint16_t)count,
		.addr32 = (uint32_t)(room->addr + sizeof(head)),
		.addr64 = room->addr + sizeof(head),
	};

	TRY(target_write_raw(p, room->addr, &head, sizeof(head)));
	return target_write_raw(p, room->addr + sizeof(head), program,
	                        count * sizeof(*program));
}

static struct error *make_room(struct thread *t, enum abi abi,
                               struct room *room)
{
	struct remote_call map = {
		.abi = abi, .nr = numbers[abi].mmap,
		.args = { 0, room->len, 3 /* read, write */,
		          0x22 /* private, anonymous */, (uint64_t)-1, 0 },
	};
	int64_t result;

	TRY(target_remote_call(t, &map, &result));
	if (arch_is_error(result))
		return error_errno((int)-result, "the process could not map "
		                   "%zu bytes for a filter", room->len);
	room->addr = (taddr)result;
	return NULL;
}

static void leave_room(struct thread *t, enum abi abi, const struct room *room)
{
	struct remote_call unmap = {
		.abi = abi, .nr = numbers[abi].munmap,
		.args = { room->addr, room->len },
	};
	int64_t result;

	if (t->state == THREAD_STOPPED)
		error_destroy(target_remote_call(t, &unmap, &result));
}

/* cap_bprm_creds_from_file in the kernel's security/commoncap.c. */
bool target_keeps_gains(void)
{
	struct __user_cap_header_struct head = {
		.version = _LINUX_CAPABILITY_VERSION_3,
	};
	struct __user_cap_data_struct data[_LINUX_CAPABILITY_U32S_3];

	return syscall(SYS_capget, &head, data) == 0 &&
	       data[0].effective >> CAP_SYS_PTRACE & 1;
}

static struct error *give_up_gains(struct thread *t, enum abi abi)
{
	struct remote_call call = {
		.abi = abi, .nr = numbers[abi].prctl,
		.args = { PR_SET_NO_NEW_PRIVS, 1 },
	};
	int64_t result;

	TRY(target_remote_call(t, &call, &result));
	if (result != 0)
		return error_errno((int)-result, "no_new_privs can't be set");
	t->process->filter.no_gains = true;
	return NULL;
}

/* The filter in ROOM for all threads; *RESULT is what seccomp(2) says. */
static struct error *load_filter(struct thread *t, enum abi abi,
                                 const struct room *room, int64_t *result)
{
	struct remote_call call = {
		.abi = abi, .nr = numbers[abi].seccomp,
		.args = { SECCOMP_SET_MODE_FILTER,
		          t->process->alive > 1 ? SECCOMP_FILTER_FLAG_TSYNC : 0,
		          room->addr },
	};

	return target_remote_call(t, &call, result);
}

static struct error *add(struct thread *t, enum abi abi,
                         const struct room *room, enum filter_rights rights)
{
	int64_t result;

	TRY(load_filter(t, abi, room, &result));
	if (result == -EACCES && rights == FILTER_NO_GAINS) {
		TRY(give_up_gains(t, abi));
		TRY(load_filter(t, abi, room, &result));
	}
	if (result == -EACCES)
		return error_new(ERROR_REFUSED, "the process has no "
		                 "CAP_SYS_ADMIN: for a filter no_new_privs "
		                 "would have to be set");
	if (result > 0)
		return error_new(ERROR_REFUSED, "thread %lld has a filter of "
		                 "its own", (long long)result);
	if (result < 0)
		return error_errno((int)-result, "the kernel refuses the "
		                   "filter");
	return NULL;
}

struct error *target_filter_add(struct thread *t,
                                const struct call_bits *calls,
                                enum filter_rights rights)
{
	AUTO_FREE struct sock_filter *program =
		xcalloc(FILTER_MAX, sizeof(*program));
	struct process *p = t->process;
	struct room room = { 0 };
	struct error *err;
	enum abi abi;
	size_t count = filter_build(calls, program);

	if (!count)
		return error_new(ERROR_REFUSED, "too many single calls for "
		                 "one filter");
	room.len = (16 + count * sizeof(*program) + 4095) & ~(size_t)4095;
	TRY(call_abi(t, &abi));
	TRY(make_room(t, abi, &room));
	err = fill_room(p, &room, program, count);
	if (!err)
		err = add(t, abi, &room, rights);
	if (!err) {
		p->filter.count++;
		call_bits_add(&p->filter.calls, calls);
	}
	leave_room(t, abi, &room);
	return err;
}

enum seccomp_mode filter_mode(const struct process *p,
                              const struct proc_status *status)
{
	unsigned ours = p->filter.count;

	if (status->seccomp != SECCOMP_FILTERED)
		return (enum seccomp_mode)status->seccomp;
	/* What scdb itself lives under its children do too. */
	if (p->launched)
		ours += p->target->own_filters;
	if (p->filter.own || !ours || status->filters > ours)
		return SECCOMP_FILTERED;
	return SECCOMP_NONE;
}

/* Whether no thread of P can make a filter without a stop at that call. */
static bool makers_stop(const struct process *p)
{
	for (size_t i = 0; i < p->threads.len && !p->filter.count; i++) {
		const struct thread *t = p->threads.items[i];

		if (t->state == THREAD_RUNNING &&
		    t->last_mode != RESUME_SYSCALL &&
		    t->last_mode != RESUME_SYSEMU)
			return false;
	}
	return true;
}

enum seccomp_mode target_seccomp(struct thread *t)
{
	const struct process *p = t->process;
	enum seccomp_mode mode = SECCOMP_NONE;
	struct proc_status status;
	struct error *err;

	if (!p->filter.own && t->unfiltered == p->unwatched + 1)
		return SECCOMP_NONE;
	err = proc_status(t->tid, &status);
	if (!err)
		mode = filter_mode(p, &status);
	t->unfiltered = !err && mode == SECCOMP_NONE && makers_stop(p)
		? p->unwatched + 1 : 0;
	error_destroy(err);
	return mode;
}

/* Any of its threads that still has one. */
static unsigned filters_now(const struct process *p)
{
	for (size_t i = 0; i < p->threads.len; i++) {
		const struct thread *t = p->threads.items[i];
		struct proc_status status;
		struct error *err;

		if (t->state == THREAD_GONE || t->state == THREAD_ZOMBIE)
			continue;
		err = proc_status(t->tid, &status);
		if (!err && status.state != 'Z' && status.state != 'X')
			return status.filters;
		error_destroy(err);
	}
	return 0;
}

/*
 * The filters of a process are a chain that only grows, and the child's is what
 * its parent's was: where both are as long, they are the same.
 */
void filter_inherit(struct process *child, const struct proc_status *status,
                    const struct process *parent)
{
	child->filter.own = parent->filter.own;
	child->filter.no_gains = parent->filter.no_gains;
	if (!parent->filter.count || !status->filters)
		return;
	if (status->filters == filters_now(parent)) {
		child->filter.calls = parent->filter.calls;
		child->filter.count = parent->filter.count;
	} else if (!parent->filter.own &&
	           status->filters > child->target->own_filters) {
		/* Which of them it has is not known: it gets another. */
		child->filter.count = status->filters -
		                      child->target->own_filters;
	}
}
