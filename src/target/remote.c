/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Remote system calls: the tracee performs a call for scdb and is as before.
 *
 * At an entry stop the call in progress makes room: the thread makes ours
 * instead, and is then sent back over its instruction to its own entry.
 * Anywhere else pc is set to a `syscall` (`int $0x80`) instruction that the
 * process has anyway, and all registers are put back after it.
 *
 * Signals are blocked meanwhile.  A call that was being restarted when it was
 * stopped needs a stop of the kernel's own before it goes on, or the program
 * would see the kernel's restart code: traps.md, "A call in progress is state".
 */
#include "target/internal.h"

#include "base/alloc.h"
#include "base/log.h"
#include "target/core.h"
#include "target/filter.h"
#include "target/memory.h"
#include "target/procfs.h"

#include <errno.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

bool wait_for(struct thread *t, int limit_ms)
{
	struct target *target = t->target;
	pid_t tid = t->tid;

	for (int spent = 0;; spent++) {
		int status;
		/* Briefly by yielding, then by naps of a millisecond. */
		pid_t got = wait4(tid, &status, __WALL | WNOHANG, NULL);

		if (got == tid && wait_take(target, tid, status) == t)
			return true;
		if (got < 0 && errno != EINTR)
			return false;
		if (got == 0 && spent > 200)
			usleep(1000);
		if (spent > 200 + limit_ms)
			return false;
	}
}

/* The whole of what a remote call disturbs. */
struct saved {
	struct arch_regs regs;
	struct stop stop;
	sigset_t mask;
	bool masked;
	bool was_listening;
	unsigned runs;
	struct thread_mended mended;
	int lost_stop;      /* a SIGSTOP that came in between */
	bool was_queued;    /* the stop still waits for somebody to see it */
};

enum { KERNEL_SIGSET = 8 };

static struct error *gone(const struct thread *t)
{
	return error_new(ERROR_GONE,
	                 "thread %d died during the call", (int)t->tid);
}

/* prctl(2), PR_SET_SYSCALL_USER_DISPATCH; the kernel tells since 6.4. */
static bool dispatches(const struct thread *t)
{
	const enum __ptrace_request get_config = 0x4211;
	struct { uint64_t mode, selector, offset, len; } config = { 0 };

	return ptrace(get_config, t->tid, sizeof(config), &config) == 0 &&
	       config.mode != 0;
}

/* Why no call can be made here, or NULL. */
static struct error *refuse(struct thread *t)
{
	enum seccomp_mode mode;

	if (t->process->core)
		return core_refusal();
	if (t->state != THREAD_STOPPED)
		return error_new(ERROR_REFUSED, "thread %d is not stopped",
		                 (int)t->tid);
	if (t->in_vfork)
		return error_new(ERROR_REFUSED,
		                 "thread %d waits in vfork for its child: no "
		                 "call can be made for it until that execs or "
		                 "exits", (int)t->tid);
	if (t->stop.reasons & STOP_DYING)
		return error_new(ERROR_REFUSED, "thread %d is about to end: "
		                 "no call can be made for it", (int)t->tid);
	if (t->stop.reasons & (STOP_CLONE | STOP_FORK | STOP_VFORK |
	                       STOP_VFORK_DONE | STOP_EXEC))
		return error_new(ERROR_REFUSED,
		                 "thread %d stands inside a call that makes a "
		                 "process: step to its exit first",
		                 (int)t->tid);
	mode = target_seccomp(t);
	if (dispatches(t))
		return error_new(ERROR_REFUSED,
		                 "the thread has its calls dispatched to a "
		                 "handler of its own (PR_SET_SYSCALL_USER_"
		                 "DISPATCH)");
	if (mode == SECCOMP_STRICT)
		return error_new(ERROR_REFUSED,
		                 "the process is in strict seccomp: the "
		                 "kernel would kill it for the call");
	if (mode == SECCOMP_FILTERED)
		return error_new(ERROR_REFUSED,
		                 "the process has a seccomp filter, which "
		                 "might answer the call or kill the process");
	return NULL;
}

/* With the breakpoints that are planted: none of them is to be run into. */
static size_t read_really(struct process *p, taddr addr, uint8_t *data,
                          size_t len)
{
	int errnum;

	return memory_move(p, MEMORY_READ, (struct memory_span){
		.addr = addr, .data = data, .len = len }, &errnum);
}

/* Two bytes CODE in executable memory of the process, or 0. */
static taddr find_insn(struct process *p, pid_t tid, const uint8_t code[2])
{
	proc_map_vec maps = { 0 };
	struct error *err = proc_maps(tid, &maps);
	AUTO_FREE uint8_t *page = xmalloc(65536);
	taddr found = 0;

	error_destroy(err);
	/* From the end: the vDSO comes last and has one, in one page. */
	for (size_t i = maps.len; i-- > 0 && !found;) {
		const struct proc_map *map = &maps.items[i];

		if (map->perms[2] != 'x' || map->perms[0] != 'r' ||
		    strcmp(map->name, "[vsyscall]") == 0)
			continue;
		for (taddr at = map->start; at < map->end && !found;
		     at += 65535) {
			size_t want = map->end - at < 65536
			              ? (size_t)(map->end - at) : 65536;
			size_t got = read_really(p, at, page, want);
			uint8_t *hit = got > 1 ? memmem(page, got, code, 2)
			                       : NULL;

			if (hit)
				found = at + (taddr)(hit - page);
			if (got < want)
				break;
		}
	}
	proc_maps_deinit(&maps);
	return found;
}

static struct error *call_site(struct thread *t, enum abi abi, taddr *site)
{
	static const uint8_t codes[2][2] = { { 0x0f, 0x05 }, { 0xcd, 0x80 } };
	struct process *p = t->process;
	const uint8_t *code = codes[abi == ABI_I386];
	taddr *known = abi == ABI_I386 ? &p->int80_insn : &p->syscall_insn;
	uint8_t now[2];

	if (!*known || read_really(p, *known, now, 2) != 2 ||
	    memcmp(now, code, 2) != 0)
		*known = find_insn(p, t->tid, code);
	if (!*known)
		return error_new(ERROR_REFUSED,
		                 "no %s instruction was found in the process "
		                 "to make a call with",
		                 abi == ABI_I386 ? "int $0x80" : "syscall");
	*site = *known;
	return NULL;
}

static void block_signals(struct thread *t, struct saved *saved)
{
	sigset_t all;

	sigfillset(&all);
	if (ptrace(PTRACE_GETSIGMASK, t->tid, KERNEL_SIGSET, &saved->mask) == 0)
		saved->masked = ptrace(PTRACE_SETSIGMASK, t->tid, KERNEL_SIGSET,
		                       &all) == 0;
}

static void unblock_signals(struct thread *t, const struct saved *saved)
{
	if (saved->masked)
		ptrace(PTRACE_SETSIGMASK, t->tid, KERNEL_SIGSET, &saved->mask);
}

/* Goes on until a stop with REASON; others in between are passed over. */
static struct error *run_to(struct thread *t, unsigned reason,
                            const struct remote_call *call,
                            struct saved *saved)
{
	for (;;) {
		bool asked = false;

		target_resume(t, RESUME_SYSCALL, 0);
		while (!wait_for(t, 10)) {
			if (t->state == THREAD_GONE)
				break;
			/* A leader that exits is told of after its threads. */
			if (proc_state(t->process->pid, t->tid) == 'Z') {
				thread_set_state(t, THREAD_ZOMBIE);
				return gone(t);
			}
			if (!asked && call->stop_waiting &&
			    call->stop_waiting(call->ctx)) {
				target_interrupt(t);
				asked = true;
			}
		}
		if (t->state == THREAD_GONE) {
			thread_queue(t);
			return gone(t);
		}
		if (t->stop.reasons & reason)
			return NULL;
		/* Only SIGSTOP can't be blocked; it is sent again later. */
		if (t->stop.reasons & STOP_SIGNAL)
			saved->lost_stop = t->stop.signal;
	}
}

static void set_call(struct arch_regs *regs, const struct remote_call *call)
{
	const struct arch_abi *a = arch_abi(call->abi);

	for (int i = 0; i < 6; i++)
		arch_word_set(regs, a->arg_offsets[i], call->args[i]);
}

/* Back to the entry of the thread's own call, which it makes once more. */
static struct error *enter_again(struct thread *t, const struct arch_abi *a,
                                 struct saved *saved)
{
	struct arch_regs regs = saved->regs;

	regs.user.rip -= a->insn_len;
	regs.user.rax = saved->regs.user.orig_rax;
	regs.user.orig_rax = (unsigned long long)-1;
	TRY(target_set_regs(t, &regs));
	TRY(run_to(t, STOP_ENTRY, &(struct remote_call){ 0 }, saved));
	saved->stop.unmade = false;
	return target_set_regs(t, &saved->regs);
}

/* At an entry: ours instead of the thread's own, then back to its entry. */
static struct error *call_at_entry_stop(struct thread *t,
                                        const struct remote_call *call,
                                        struct saved *saved, int64_t *result)
{
	const struct arch_abi *a = arch_abi(call->abi);
	struct arch_regs regs = saved->regs;

	if (saved->stop.unmade)
		TRY(enter_again(t, a, saved));
	set_call(&regs, call);
	regs.user.orig_rax = call->nr | a->nr_bit;
	TRY(target_set_regs(t, &regs));
	TRY(run_to(t, STOP_EXIT, call, saved));
	*result = t->stop.result;
	return enter_again(t, a, saved);
}

static struct error *call_elsewhere(struct thread *t,
                                    const struct remote_call *call,
                                    struct saved *saved, int64_t *result)
{
	const struct arch_abi *a = arch_abi(call->abi);
	struct arch_regs regs = saved->regs;
	taddr site = 0;

	TRY(call_site(t, call->abi, &site));
	set_call(&regs, call);
	regs.user.rip = site;
	regs.user.rax = call->nr | a->nr_bit;
	regs.user.orig_rax = (unsigned long long)-1;
	TRY(target_set_regs(t, &regs));
	TRY(run_to(t, STOP_ENTRY, call, saved));
	TRY(run_to(t, STOP_EXIT, call, saved));
	*result = t->stop.result;
	/* A stop of the kernel's own, where restarts are looked at again. */
	if (ptrace(PTRACE_INTERRUPT, t->tid, 0, 0) != 0)
		return gone(t);
	TRY(run_to(t, STOP_INTERRUPT | STOP_GROUP,
	           &(struct remote_call){ 0 }, saved));
	return target_set_regs(t, &saved->regs);
}

/*
 * A signal whose delivery the remote call used up is delivered again, alone,
 * with all it carried.
 */
static struct error *redeliver(struct thread *t, const struct saved *saved)
{
	struct saved unused = { 0 };
	sigset_t others;
	struct error *err;

	sigfillset(&others);
	sigdelset(&others, saved->stop.signal);
	ptrace(PTRACE_SETSIGMASK, t->tid, KERNEL_SIGSET, &others);
	TRY(target_send(t, saved->stop.signal));
	err = run_to(t, STOP_SIGNAL, &(struct remote_call){ 0 }, &unused);
	if (err)
		return err;
	ptrace(PTRACE_SETSIGINFO, t->tid, 0, &saved->stop.siginfo);
	return target_set_regs(t, &saved->regs);
}

struct error *target_remote_call(struct thread *t,
                                 const struct remote_call *call,
                                 int64_t *result)
{
	struct saved saved = { 0 };
	const struct arch_regs *regs;
	struct error *err;
	bool entry = t->stop.reasons & STOP_ENTRY;

	TRY(refuse(t));
	if (entry && t->stop.call.abi != call->abi)
		return error_new(ERROR_REFUSED,
		                 "at the entry of a call of another ABI");
	TRY(target_regs(t, &regs));
	saved.regs = *regs;
	saved.stop = t->stop;
	saved.was_listening = t->was_listening;
	saved.runs = t->runs;
	saved.mended = t->mended;
	saved.was_queued = t->queued;
	t->process->unwatched++;
	target_unqueue(t);
	target_stop_ticking(t->target);
	block_signals(t, &saved);
	err = entry ? call_at_entry_stop(t, call, &saved, result)
	            : call_elsewhere(t, call, &saved, result);
	if (!err && saved.stop.reasons & (STOP_SIGNAL | STOP_TRAP))
		err = redeliver(t, &saved);
	if (t->state != THREAD_STOPPED)
		return err;
	if (err)
		error_destroy(target_set_regs(t, &saved.regs));
	unblock_signals(t, &saved);
	if (saved.lost_stop)
		error_destroy(target_send(t, saved.lost_stop));
	/* For everybody else the thread has stood still. */
	t->stop = saved.stop;
	t->was_listening = saved.was_listening;
	t->runs = saved.runs;
	t->mended = saved.mended;
	if (saved.was_queued)
		thread_queue(t);
	if (!err && arch_is_restart(*result))
		*result = -EINTR; /* what an interrupted call returns */
	return err;
}
