/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Threads that run into planted breakpoints, and how they get over them.
 *
 * displaced_enter comes first at each stop: it makes registers true that a step
 * out of line left otherwise, and turns the SIGTRAP of a site into a stop at it.
 * displaced_leave comes last, before a thread goes on.
 */
#include "session/displaced.h"

#include "session/sites_internal.h"

#include <signal.h>
#include <string.h>

void displaced_forget(struct thread *t)
{
	struct thread_info *info = thread_info(t);

	xol_forget(&info->step);
	info->at_site = false;
	info->passes = false;
	info->again = false;
}

/* With all others: more of them will be asked for, and they cost little. */
static bool read_pc(struct thread *t, taddr *pc)
{
	const struct arch_regs *regs;
	struct error *err = target_regs(t, &regs);

	if (!err)
		*pc = arch_pc(regs);
	error_destroy(err);
	return err == NULL;
}

static void write_pc(struct thread *t, taddr pc)
{
	error_destroy(target_set_word(t, offsetof(struct user_regs_struct, rip),
	                              pc));
}

/*
 * A signal or an interrupt came before the instruction at PC was done, or it
 * faulted.  When the thread is back there as it is now, that is the same hit.
 */
static void expect_again(struct thread *t, taddr pc)
{
	struct thread_info *info = thread_info(t);
	const struct arch_regs *regs;
	struct error *err = target_regs(t, &regs);

	info->passes = !err;
	info->pass_pc = pc;
	info->again = !err;
	if (!err)
		info->again_regs = *regs;
	error_destroy(err);
}

/* Segments and what the kernel keeps aside, nothing has changed. */
static bool is_again(struct thread *t)
{
	struct thread_info *info = thread_info(t);
	const struct arch_regs *regs;
	struct error *err;
	bool same;

	if (!info->again)
		return false;
	info->again = false;
	err = target_regs(t, &regs);
	same = !err &&
	       memcmp(&regs->user, &info->again_regs.user,
	              offsetof(struct user_regs_struct, orig_rax)) == 0 &&
	       regs->user.rip == info->again_regs.user.rip &&
	       regs->user.rsp == info->again_regs.user.rsp;
	error_destroy(err);
	return same;
}

/* Addresses of the slot in what the kernel tells the program's handler. */
static void mend_siginfo(struct thread *t, taddr from, taddr to)
{
	siginfo_t *info = &t->stop.siginfo;

	if (info->si_code <= 0 ||
	    (info->si_signo != SIGILL && info->si_signo != SIGFPE &&
	     info->si_signo != SIGTRAP && info->si_signo != SIGSEGV &&
	     info->si_signo != SIGBUS))
		return;
	if ((taddr)(uintptr_t)info->si_addr != from)
		return;
	info->si_addr = (void *)(uintptr_t)to;
	error_destroy(target_set_siginfo(t, info));
}

/* The stop was scdb's own, and tells nothing but that. */
static void quieten(struct thread *t, unsigned reason)
{
	t->stop.reasons = (t->stop.reasons & ~(unsigned)STOP_TRAP) | reason;
	t->stop.signal = 0;
}

static bool is_kernels(const siginfo_t *info)
{
	return info->si_code > 0;
}

static void say_lost(struct session *s, struct thread *t)
{
	output_begin(s);
	out_message(s->out, "warning", ROLE_WARNING,
	            "warning: process %d unmapped the memory from which scdb "
	            "steps over breakpoints: other memory is used",
	            (int)t->process->pid);
	output_end(s);
}

/* The program single-steps itself: the trap is its own. */
static bool has_trap_flag(struct thread *t)
{
	const uint64_t trap_flag = 0x100;
	const struct arch_regs *regs;
	struct error *err = target_regs(t, &regs);
	bool has = !err && regs->user.eflags & trap_flag;

	error_destroy(err);
	return has;
}

static struct xol_stop describe_stop(const struct thread *t)
{
	unsigned reasons = t->stop.reasons;
	const siginfo_t *si = &t->stop.siginfo;

	return (struct xol_stop){
		.trap = reasons & STOP_TRAP && si->si_code == TRAP_TRACE,
		.int3 = reasons & STOP_TRAP && si->si_code == SI_KERNEL,
		.entry = reasons & STOP_ENTRY,
		.fault = reasons & STOP_SIGNAL && is_kernels(si) &&
		         (si->si_signo == SIGSEGV || si->si_signo == SIGBUS),
		.fault_addr = (taddr)(uintptr_t)si->si_addr,
	};
}

/* The slot went: the fault was scdb's, and the instruction is begun again. */
static void begin_again(struct session *s, struct thread *t, taddr pc)
{
	say_lost(s, t);
	t->stop.reasons &= ~(unsigned)STOP_SIGNAL;
	quieten(t, STOP_STEPPED);
	expect_again(t, pc);
}

/*
 * Makes the registers of a thread true that was stepping out of line.  False:
 * it had left its slot long before.
 */
static bool end_step(struct session *s, struct thread *t)
{
	struct xol_stop stop = describe_stop(t);
	taddr from, pc;
	enum xol_at at;
	bool own;

	if (!read_pc(t, &pc)) {
		xol_forget(&thread_info(t)->step);
		return false;
	}
	from = pc;
	at = xol_at_stop(space_of(t->process)->xol, &thread_info(t)->step, t,
	                 &stop, &pc, &own);
	if (at == XOL_AT_ELSEWHERE)
		return false;
	if (t->stop.reasons & (STOP_ENTRY | STOP_EXIT))
		t->stop.pc = pc;
	if (at == XOL_AT_LOST) {
		begin_again(s, t, pc);
		return true;
	}
	if (at == XOL_AT_START || at == XOL_AT_MORE)
		expect_again(t, pc);
	if (own && t->stop.reasons & STOP_TRAP && !has_trap_flag(t))
		quieten(t, STOP_STEPPED);
	else if (t->stop.reasons & (STOP_SIGNAL | STOP_TRAP))
		mend_siginfo(t, from, pc);
	return true;
}

/* The program changed the instruction: what is there now is run. */
static void say_changed(struct session *s, struct site *site)
{
	if (site->complained)
		return;
	site->complained = true;
	output_begin(s);
	out_message(s->out, "warning", ROLE_WARNING,
	            "warning: the program changed its code at 0x%llx, where a "
	            "breakpoint was: what it wrote is taken for its own",
	            (unsigned long long)site->addr);
	output_end(s);
}

/*
 * What is to be known of the tracee's memory at a hit: the bytes under the site,
 * and whether the thread is in a restartable sequence.
 */
struct glance {
	uint8_t bytes[ARCH_INSN_MAX];
	uint64_t rseq_cs;
};

/* False: the bytes can't be read. */
static bool look(struct thread *t, const struct site *site, struct glance *g)
{
	struct thread_info *info = thread_info(t);
	size_t len = site->xol.insn.len;
	bool known = info->rseq || target_rseq(t, &info->rseq);
	const struct memory_piece pieces[] = {
		{ .addr = site->addr, .data = g->bytes, .len = len },
		{ .addr = info->rseq + 8, .data = &g->rseq_cs, .len = 8 },
	};

	g->rseq_cs = 0;
	return target_glance(t, pieces, known ? 2 : 1) ||
	       memory_read(&t->process->memory, site->addr, g->bytes, len) ==
	       len;
}

/* Other breakpoints may stand on the bytes behind the first one. */
static void hide_others(const struct thread *t, const struct site *site,
                        struct glance *g)
{
	const struct memory_mask *mask = &t->process->mask;

	mask->hide(mask->ctx, site->addr, g->bytes, site->xol.insn.len);
}

/*
 * Whether SITE can be stepped over: if the program changed what is behind its
 * first byte, it is taken apart anew.
 */
static bool is_good(struct session *s, struct thread *t, struct site *site,
                    struct glance *g)
{
	const struct displaced *d = &site->xol.insn;

	hide_others(t, site, g);
	if (memcmp(g->bytes + 1, d->bytes + 1, (size_t)d->len - 1) == 0)
		return true;
	say_changed(s, site);
	return site_analyse(t->process, site);
}

/*
 * Whether the restartable sequence that the thread is in covers PC: the kernel
 * aborts it when the thread goes on, and must find pc inside for that
 * (kernel/rseq.c, rseq_ip_fixup).  struct rseq_cs: linux/rseq.h.
 */
static bool in_rseq(const struct thread *t, const struct glance *g, taddr pc)
{
	uint64_t part[2] = { 0 }; /* start_ip, post_commit_offset */

	return g->rseq_cs &&
	       memory_read(&t->process->memory, g->rseq_cs + 8, part,
	                   sizeof(part)) == sizeof(part) &&
	       pc - part[0] < part[1];
}

/* It was taken out just after the thread had run into it. */
static bool find_removed(struct thread *t, taddr addr)
{
	uint8_t now = INT3;

	if (!site_was_at(t->process, addr))
		return false;
	error_destroy(target_read_raw(t->process, addr, &now, 1));
	if (now == INT3)
		return false;
	write_pc(t, addr);
	quieten(t, STOP_STEPPED);
	return true;
}

/* A breakpoint instruction was run: is it one of ours? */
static void find_hit(struct session *s, struct thread *t)
{
	struct thread_info *info = thread_info(t);
	struct glance g;
	struct site *site;
	taddr pc;

	if (!read_pc(t, &pc))
		return;
	site = site_at(t->process, pc - 1);
	if (!site && find_removed(t, pc - 1))
		return;
	if (!site || !site->planted || !look(t, site, &g))
		return;
	write_pc(t, pc - 1);
	quieten(t, STOP_STEPPED);
	if (!is_good(s, t, site, &g))
		return;
	info->in_rseq = in_rseq(t, &g, pc - 1);
	info->passes = true;
	info->pass_pc = pc - 1;
	if (is_again(t))
		return;
	site->hits++;
	info->at_site = true;
}

void displaced_enter(struct session *s, struct thread *t)
{
	struct thread_info *info = thread_info(t);
	bool stepped;

	if (!space_of(t->process) || info->entered == t->runs + 1)
		return;
	info->entered = t->runs + 1;
	stepped = info->step.state != XOL_IDLE && end_step(s, t);
	/* In a slot it was a breakpoint instruction of the program's own. */
	if (!stepped && t->stop.reasons & STOP_TRAP &&
	    t->stop.siginfo.si_code == SI_KERNEL)
		find_hit(s, t);
}

bool displaced_hit(struct thread *t, taddr *addr)
{
	struct thread_info *info = thread_info(t);

	if (!info->at_site)
		return false;
	info->at_site = false;
	*addr = info->pass_pc;
	return true;
}

/* T goes over SITE when it goes on. */
static void stands_at(struct thread *t, const struct site *site)
{
	struct thread_info *info = thread_info(t);
	struct glance g;

	info->in_rseq = look(t, site, &g) && in_rseq(t, &g, site->addr);
	info->passes = true;
	info->pass_pc = site->addr;
}

void displaced_pass(struct thread *t)
{
	struct thread_info *info = thread_info(t);
	struct site *site;
	taddr pc;

	if (!space_of(t->process) || !read_pc(t, &pc))
		return;
	site = site_at(t->process, pc);
	if (!site)
		return;
	stands_at(t, site);
	info->at_site = false;
}

void displaced_land(struct thread *t, taddr pc)
{
	struct thread_info *info = thread_info(t);
	struct site *site;

	/* It goes over what it has seen already: a turn of a `rep`. */
	if (!space_of(t->process) || (info->passes && info->pass_pc == pc))
		return;
	site = site_at(t->process, pc);
	if (!site || !site->planted)
		return;
	stands_at(t, site);
	info->at_site = true;
	info->again = false;
	site->hits++;
}

/*
 * All others stand, the breakpoint is out, and T makes one step.  Its stop is
 * queued as any other; theirs are too, and let them go on.
 */
static void step_in_place(struct session *s, struct thread *t,
                          struct site *site)
{
	struct process *p = t->process;
	pid_t pid = p->pid;
	taddr addr = site->addr;
	bool call = site->xol.insn.how == DISPLACED_SYSCALL;
	uint64_t runs = t->runs;

	target_stop_all(s->target, 2000);
	if (t->state != THREAD_STOPPED || t->runs != runs)
		return;
	site_unplant(p, site);
	target_resume_alone(t, call ? RESUME_SYSCALL : RESUME_STEP, 1000);
	if (target_process(s->target, pid) != p)
		return;
	site = site_at(p, addr);
	if (site && !site->planted)
		error_destroy(site_plant(p, site));
}

/* True: T goes on by *MODE; false: it has gone on already. */
static bool begin(struct session *s, struct thread *t, struct site *site,
                  enum resume_mode *mode)
{
	struct thread_info *info = thread_info(t);

	switch (xol_begin(space_of(t->process)->xol, &site->xol, &info->step, t,
	                  *mode == RESUME_STEP)) {
	case XOL_GO_STEP:
		*mode = RESUME_STEP;
		return true;
	case XOL_GO_TRAP:
		*mode = *mode == RESUME_STEP ? RESUME_CONT : *mode;
		return true;
	case XOL_GO_CALL:
		*mode = RESUME_SYSCALL;
		return true;
	case XOL_GO_IN_PLACE:
		step_in_place(s, t, site);
		return false;
	case XOL_GO_DONE:
		/* One instruction was asked for, and is done. */
		if (*mode != RESUME_STEP)
			return true;
		target_moved(t, STOP_STEPPED);
		return false;
	default:
		return true;
	}
}

bool displaced_leave(struct session *s, struct thread *t, int signal,
                     enum resume_mode *mode)
{
	struct thread_info *info = thread_info(t);
	struct site *site;
	taddr pc;

	if (!info->passes)
		return true;
	info->passes = info->at_site = false;
	if (!space_of(t->process) || !read_pc(t, &pc) || pc != info->pass_pc)
		return true;
	site = site_at(t->process, pc);
	if (!site || !site->planted)
		return true;
	/* A handler's frame must not have the slot's address; the instruction
	 * comes after it. */
	if (signal || info->in_rseq) {
		expect_again(t, pc);
		info->passes = info->in_rseq = false;
		return true;
	}
	info->again = false;
	return begin(s, t, site, mode);
}
