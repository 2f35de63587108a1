/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A core as a process, and what it says of that. */
#include "target/core.h"

#include "base/alloc.h"
#include "target/core_internal.h"
#include "target/internal.h"

#include <elf.h>
#include <stdio.h>

struct error *core_refusal(void)
{
	return error_new(ERROR_USAGE, "no process, but a core: use `run`, "
	                 "`starti` or `attach PID`");
}

struct error *core_refusal_to_change(void)
{
	return error_new(ERROR_REFUSED, "a core can't be changed");
}

const char *core_path(const struct core *core)
{
	return core->path;
}

enum abi core_abi(const struct core *core)
{
	return core->wide ? ABI_X86_64
	       : core->machine == EM_386 ? ABI_I386 : ABI_X32;
}

const char *core_command(const struct core *core)
{
	return core->command[0] ? core->command : core->name;
}

const char *core_name(const struct core *core)
{
	return core->name;
}

const char *core_thread_name(const struct core *core, const struct thread *t)
{
	/* The numbers are those of the core's own, in its order. */
	const char *name = core->threads.items[t->number - 1].name;

	return name[0] || t->tid != t->process->pid ? name : core->name;
}

void core_status(const struct core *core, struct proc_status *status)
{
	*status = core->status;
	status->threads = (unsigned)core->threads.len;
}

int core_signal(const struct core *core)
{
	return core->threads.items[0].signal;
}

uint64_t core_missing(const struct core *core)
{
	return core->missing;
}

void core_each_auxv(const struct core *core,
                    bool (*fn)(void *ctx, uint64_t type, uint64_t value),
                    void *ctx)
{
	size_t word = core->wide ? 8 : 4;

	for (size_t at = 0; at + 2 * word <= core->auxv_len; at += 2 * word) {
		uint64_t type = 0, value = 0;

		memcpy(&type, core->auxv + at, word);
		memcpy(&value, core->auxv + at + word, word);
		if (!fn(ctx, type, value) || type == AT_NULL)
			return;
	}
}

/* Mappings: segments, cut where those of files begin and end. */

struct places {
	taddr vdso, stack;
};

static bool find_place(void *ctx, uint64_t type, uint64_t value)
{
	struct places *p = ctx;

	if (type == AT_SYSINFO_EHDR)
		p->vdso = value;
	else if (type == AT_RANDOM)
		p->stack = value;
	return true;
}

static const char *special_name(const struct places *p, taddr start, taddr end)
{
	const taddr vsyscall = 0xffffffffff600000;

	if (p->vdso && p->vdso == start)
		return "[vdso]";
	if (p->stack && p->stack >= start && p->stack < end)
		return "[stack]";
	return start == vsyscall ? "[vsyscall]" : "";
}

static void add_map(const struct core *core, const struct places *places,
                    taddr start, taddr end, proc_map_vec *maps)
{
	int file = core_mapping_at(core, start);
	int at = core_segment_at(core, start);
	unsigned flags = at < 0 ? 0 : core->segments.items[at].flags;
	struct proc_map map = { .start = start, .end = end, .dev = "00:00" };
	const char *name;

	if (at < 0)
		snprintf(map.perms, sizeof(map.perms), "????");
	else
		snprintf(map.perms, sizeof(map.perms), "%c%c%cp",
		         flags & PF_R ? 'r' : '-', flags & PF_W ? 'w' : '-',
		         flags & PF_X ? 'x' : '-');
	if (file >= 0) {
		const struct core_mapping *m = &core->mappings.items[file];

		map.offset = m->offset + (start - m->start);
		map.inode = m->file + 1;
		name = core->files.items[m->file].name;
	} else {
		name = special_name(places, start, end);
	}
	map.name = xstrdup(name);
	vec_push(maps, map);
}

/* A segment's part from START to END, in which no mapping begins or ends. */
static void add_split(const struct core *core, const struct places *places,
                      const struct core_segment *s, size_t *next,
                      proc_map_vec *maps)
{
	const struct core_mapping *m = core->mappings.items;
	taddr at = s->addr, end = s->addr + (s->size - 1);

	while (*next < core->mappings.len && m[*next].end <= at)
		(*next)++;
	for (size_t i = *next;
	     i < core->mappings.len && m[i].start <= end; i++) {
		if (m[i].start > at) {
			add_map(core, places, at, m[i].start, maps);
			at = m[i].start;
		}
		if (m[i].end > end)
			break;
		add_map(core, places, at, m[i].end, maps);
		at = m[i].end;
	}
	if (at <= end)
		add_map(core, places, at, end + 1, maps);
}

struct error *core_maps(const struct core *core, proc_map_vec *maps)
{
	const struct core_mapping *m = core->mappings.items;
	struct places places = { 0 };
	size_t next = 0, bare = 0;

	core_each_auxv(core, find_place, &places);
	*maps = (proc_map_vec){ 0 };
	for (size_t i = 0; i < core->segments.len; i++) {
		const struct core_segment *s = &core->segments.items[i];

		/* What has no segment comes before it. */
		for (; bare < core->mappings.len && m[bare].start < s->addr;
		     bare++)
			if (core_segment_at(core, m[bare].start) < 0)
				add_map(core, &places, m[bare].start,
				        m[bare].end < s->addr ? m[bare].end
				                              : s->addr, maps);
		add_split(core, &places, s, &next, maps);
	}
	for (; bare < core->mappings.len; bare++)
		if (core_segment_at(core, m[bare].start) < 0)
			add_map(core, &places, m[bare].start, m[bare].end,
			        maps);
	return NULL;
}

/* /proc of a leader that exited has no mappings: those of any that lives. */
struct error *process_maps(const struct process *p, proc_map_vec *maps)
{
	if (p->core)
		return core_maps(p->core, maps);
	for (size_t i = 0; i < p->threads.len; i++)
		if (p->threads.items[i]->state != THREAD_ZOMBIE &&
		    p->threads.items[i]->state != THREAD_GONE)
			return proc_maps(p->threads.items[i]->tid, maps);
	return proc_maps(p->pid, maps);
}

struct arch_xstate *core_xstate(const struct core *core,
                                const struct thread *t)
{
	/* The numbers are those of the core's own, in its order. */
	const struct core_thread *from = &core->threads.items[t->number - 1];
	struct arch_xstate *state;

	if (!from->xstate_len)
		return NULL;
	state = xcalloc(1, sizeof(*state));
	state->len = core_pread(core->fd, state->data, from->xstate_len,
	                        from->xstate_at);
	arch_xstate_place(state, core->layout, core->layout_count);
	return state;
}

bool core_siginfo(const struct core *core, const struct thread *t,
                  siginfo_t *info)
{
	const struct core_thread *from = &core->threads.items[t->number - 1];

	if (from->has_siginfo)
		*info = from->siginfo;
	return from->has_siginfo;
}

static void add_thread(struct process *p, const struct core_thread *from)
{
	struct thread *t = thread_create(p, from->tid);
	bool first = t->number == 1;

	thread_set_state(t, THREAD_STOPPED);
	t->is_new = false;
	t->regs = from->regs;
	t->regs_valid = true;
	/*
	 * One signal stands with all threads: who had it comes first, or has a
	 * siginfo of it (gdb and scdb write one of each thread).
	 */
	if (!from->signal ||
	    !(first || (from->has_siginfo &&
	                from->siginfo.si_signo == from->signal)))
		return;
	t->stop.reasons = STOP_SIGNAL;
	t->stop.signal = from->signal;
	if (from->has_siginfo)
		t->stop.siginfo = from->siginfo;
}

struct process *target_add_core(struct target *target, struct core *core)
{
	pid_t pid = core->status.pid > 0 ? core->status.pid
	                                 : core->threads.items[0].tid;
	struct process *p = process_create(target, pid, false);

	p->core = core;
	for (size_t i = 0; i < core->threads.len; i++)
		add_thread(p, &core->threads.items[i]);
	return p;
}

void target_set_aside(struct process *p)
{
	struct target *target = p->target;

	for (size_t i = 0; i < p->threads.len; i++)
		map_remove(&target->threads, (uint64_t)p->threads.items[i]->tid);
	for (size_t i = 0; i < target->processes.len; i++)
		if (target->processes.items[i] == p)
			vec_remove(&target->processes, i--);
}

void target_put_back(struct process *p)
{
	for (size_t i = 0; i < p->threads.len; i++)
		map_put(&p->target->threads,
		        (uint64_t)p->threads.items[i]->tid,
		        p->threads.items[i]);
	vec_push(&p->target->processes, p);
}
