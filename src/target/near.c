/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "target/near.h"

#include "base/alloc.h"
#include "target/internal.h"

#include <string.h>

enum {
	CHECK = 256,            /* tries, and then a look at who else runs */
	CROWDED_REST = 4096,
	CROSSED = 16,           /* times in a row that others may run */
	CROSSED_REST = 256,
};

/* Calls that tell a mask or hand it on; those that read may tell one of /proc's. */
static bool minds(const struct target_call *call)
{
	static const uint16_t numbers[] = {
		0, 17, 19, 295, 327,    /* read, pread64, readv, preadv(2) */
		40, 275, 326,           /* sendfile, splice, copy_file_range */
		209, 426,               /* io_submit, io_uring_enter */
		56, 57, 58, 435,        /* clone, fork, vfork, clone3 */
		203, 204,               /* sched_setaffinity, _getaffinity */
	};

	if (call->abi != ABI_X86_64)
		return true;
	for (size_t i = 0; i < ARRAY_LEN(numbers); i++)
		if (call->nr == numbers[i])
			return true;
	return false;
}

/* Inside a call that can be waited for, it needs no processor for long. */
static bool is_inside(const struct thread *t)
{
	return t->last_mode == RESUME_SYSCALL &&
	       t->stop.reasons == STOP_ENTRY && !minds(&t->stop.call);
}

static bool get(pid_t tid, cpu_set_t *mask)
{
	return sched_getaffinity(tid, sizeof(*mask), mask) == 0;
}

static bool set(pid_t tid, const cpu_set_t *mask)
{
	return sched_setaffinity(tid, sizeof(*mask), mask) == 0;
}

/*
 * Where scdb may run on all that its cpuset has, that is what it is given back:
 * by a mask of all ones, which also is right when the cpuset grows.
 */
static bool keep(struct near *n)
{
	cpu_set_t whole;
	int cpu = sched_getcpu();

	if (cpu < 0 || !get(0, &n->own) || CPU_COUNT(&n->own) < 2)
		return false;
	memset(&n->given, 0xff, sizeof(n->given));
	if (!set(0, &n->given) || !get(0, &whole))
		return false;
	if (!CPU_EQUAL(&whole, &n->own))
		n->given = n->own;
	CPU_ZERO(&n->here);
	CPU_SET((size_t)cpu, &n->here);
	return set(0, &n->here);
}

void near_end(struct target *target)
{
	struct near *n = &target->near;

	if (n->kept)
		set(0, &n->given);
	n->kept = false;
}

static void rest(struct target *target, unsigned stops)
{
	near_end(target);
	target->near.rest = stops;
}

/* Whether it pays, so far as can be told. */
static bool pays(struct target *target)
{
	struct near *n = &target->near;

	if (n->rest) {
		n->rest--;
		return false;
	}
	if (n->roaming) {
		if (++n->crossed % CROSSED == 0)
			rest(target, CROSSED_REST);
		return false;
	}
	n->crossed = 0;
	if (++n->tries % CHECK == 0 && target_is_crowded(target))
		rest(target, CROWDED_REST);
	return n->rest == 0;
}

bool near_before(struct thread *t)
{
	struct near *n = &t->target->near;
	cpu_set_t mask;

	n->lined = false;
	if (!n->on || n->useless || !t->target->streaming ||
	    !t->process->launched || t->last_mode != RESUME_SYSCALL ||
	    (t->stop.reasons & STOP_ENTRY && !is_inside(t)) ||
	    !pays(t->target))
		return false;
	if (!n->kept)
		n->kept = keep(n);
	n->useless = !n->kept;
	n->lined = n->kept && get(t->tid, &mask) &&
	           CPU_EQUAL(&mask, &n->own) && set(t->tid, &n->here);
	return n->lined;
}

void near_after(struct thread *t)
{
	set(t->tid, &t->target->near.given);
}

void near_goes(struct thread *t)
{
	t->roams = !is_inside(t);
	t->target->near.roaming += t->roams;
}

void near_rests(struct thread *t)
{
	t->target->near.roaming -= t->roams;
	t->roams = false;
}
