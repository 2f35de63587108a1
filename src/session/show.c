/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a stop looks like: one line that can be read alone, then
 * the location.
 */
#include "session/frames.h"
#include "session/internal.h"
#include "session/source.h"

#include "base/alloc.h"
#include "target/core.h"
#include "target/procfs.h"

#include <stdio.h>
#include <string.h>

void session_thread_label(const struct session *s, const struct thread *t,
                          char label[24])
{
	if (s->target->processes.len > 1 || t->process->number > 1)
		snprintf(label, 24, "%u.%u", t->process->number, t->number);
	else
		snprintf(label, 24, "%u", t->number);
}

void thread_name_refresh(struct thread *t)
{
	char name[64];

	session_thread_name(t, name);
	/* A dead one has no name any more: the last one known stays. */
	if (strcmp(name, "?") != 0 || !thread_info(t)->comm[0])
		memcpy(thread_info(t)->comm, name, sizeof(name));
}

void show_thread_known(struct session *s, const struct thread *t)
{
	struct out *o = s->out;
	char label[24];

	session_thread_label(s, t, label);
	out_text(o, ROLE_NUMBER, "[");
	out_str(o, "thread", ROLE_NUMBER, label);
	out_text(o, ROLE_NUMBER, "]");
	out_text(o, ROLE_PLAIN, " ");
	out_int(o, "tid", ROLE_PLAIN, t->tid, "%d", (int)t->tid);
	out_hidden_int(o, "pid", t->process->pid);
	out_text(o, ROLE_PLAIN, " \"");
	/* Nobody asked for the name of one that was killed as it stood. */
	out_str(o, "comm", ROLE_STRING,
	        thread_info(t)->comm[0] ? thread_info(t)->comm : "?");
	out_text(o, ROLE_PLAIN, "\" ");
}

void show_thread(struct session *s, const struct thread *t)
{
	if (t->state != THREAD_GONE)
		thread_name_refresh((struct thread *)(uintptr_t)t);
	show_thread_known(s, t);
}

double call_seconds(const struct call *call)
{
	struct timespec now;

	if (call->phase == CALL_AT_EXIT)
		return call->seconds;
	if (!call->started.tv_sec && !call->started.tv_nsec)
		return 0;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)(now.tv_sec - call->started.tv_sec) +
	       (double)(now.tv_nsec - call->started.tv_nsec) / 1e9;
}

/*
 * What close has closed can't be asked any more, and its number may be that of
 * another file already: it is what was seen at the entry, or nothing.
 */
static ssize_t closed_text(struct thread *t, const struct call *call,
                           char *data, size_t size)
{
	const struct thread_info *info = thread_info(t);

	if (!call->log_index || info->closing.log_index != call->log_index)
		return -1;
	snprintf(data, size, "%s", info->closing.text);
	return (ssize_t)strlen(data);
}

static ssize_t host_fd_text(void *ctx, int fd, char *data, size_t size)
{
	struct thread *t = ctx;
	struct thread_info *info = thread_info(t);
	const struct call *call = call_current(t);
	bool closes = call && call->plan.fate == FATE_RUN &&
	              !call->plan.has_nr && !strcmp(call->view.name, "close");
	ssize_t len;

	if (closes && call->phase == CALL_AT_EXIT)
		return closed_text(t, call, data, size);
	len = proc_fd_text(t->tid, fd, data, size);
	if (closes && len > 0 && (size_t)len < sizeof(info->closing.text)) {
		info->closing.log_index = call->log_index;
		memcpy(info->closing.text, data, (size_t)len + 1);
	}
	return len;
}

static ssize_t host_netlink(void *ctx, int fd, char *data, size_t size)
{
	const struct thread *t = ctx;

	return proc_netlink_text(t->tid, fd, data, size);
}

void call_decode_context(struct session *s, struct thread *t,
                         const struct syscall_view *view,
                         struct decode_context *c)
{
	const struct call *call = call_current(t);
	struct thread_info *info = thread_info(t);

	info->host = (struct decode_host){ .ctx = t,
	                                   .fd_text = host_fd_text,
	                                   .netlink = host_netlink };
	*c = (struct decode_context){
		.call = view,
		.memory = &t->process->memory,
		.host = &info->host,
		.phase = DECODE_ENTRY,
		.max_string = s->settings.string_limit,
		.max_elements = s->settings.element_limit,
		.whole = s->settings.whole_structs,
		.strace = s->settings.style == STYLE_STRACE,
	};
	if (call && call->phase == CALL_AT_EXIT) {
		c->phase = DECODE_EXIT;
		c->result = call->result;
		c->has_length_before = call->has_length_before;
		c->length_before = call->length_before;
	}
}

static const char *arrow(const struct out *o, const struct call *call)
{
	if (call->phase == CALL_AT_ENTRY)
		return o->utf8 ? "→ " : "-> ";
	if (call->plan.fate == FATE_SKIP)
		return o->utf8 ? "⇥ " : "-| ";
	return o->utf8 ? "← " : "<- ";
}

static void show_arg(struct out *o, const struct decode_context *c,
                     unsigned index)
{
	const struct syscall_arg *arg = &c->call->desc->args[index];
	AUTO_BUF struct buf text = { 0 };

	buf_init(&text);
	decode_arg(c, index, &text);
	out_begin(o, "argument");
	if (c->strace) {
		out_hidden_str(o, "name", arg->name);
	} else {
		out_str(o, "name", ROLE_PLAIN, arg->name);
		out_text(o, ROLE_PLAIN, "=");
	}
	out_hidden_word(o, "raw", c->call->args[index]);
	out_str(o, "value",
	        arg->direction || decode_arg_shape(arg) == SHAPE_STRING
	        ? ROLE_STRING : ROLE_CONSTANT, text.data);
	out_end(o);
}

/* A call that nobody knows has six numbers. */
static void show_unknown_args(struct out *o, const struct decode_context *c,
                              bool brief)
{
	AUTO_BUF struct buf text = { 0 };

	buf_init(&text);
	decode_args(c, &text);
	out_text(o, ROLE_PLAIN, "%s", brief ? "..." : text.data);
	for (unsigned i = 0; i < SYSCALL_ARGS && !brief; i++) {
		char value[24];

		out_begin(o, "argument");
		snprintf(value, sizeof(value), "%u", i);
		out_hidden_str(o, "name", value);
		out_hidden_word(o, "raw", c->call->args[i]);
		snprintf(value, sizeof(value), "0x%llx",
		         (unsigned long long)c->call->args[i]);
		out_hidden_str(o, "value", value);
		out_end(o);
	}
}

/* At an exit whose entry was shown, only what the kernel wrote is news. */
static bool is_news(const struct decode_context *c, unsigned index, bool brief)
{
	if (!brief)
		return true;
	return c->call->desc->args[index].direction & ARG_OUT &&
	       !arch_is_error(c->result);
}

static void show_args(struct out *o, const struct decode_context *c,
                      bool brief)
{
	const struct syscall_desc *desc = c->call->desc;
	bool first = true, gap = false;

	out_text(o, ROLE_PLAIN, "(");
	out_list_begin(o, "args");
	if (desc && desc->traits & CALL_RESTART)
		out_text(o, ROLE_DIM, "<... an interrupted call goes on ...>");
	if (!desc)
		show_unknown_args(o, c, brief);
	for (unsigned i = 0; desc && i < desc->nargs; i++) {
		if (decode_arg_hidden(c, i))
			continue;
		if (!is_news(c, i, brief)) {
			if (!gap)
				out_text(o, ROLE_DIM, first ? "..." : ", ...");
			gap = true;
			first = false;
			continue;
		}
		if (!first)
			out_text(o, ROLE_PLAIN, ", ");
		show_arg(o, c, i);
		first = gap = false;
	}
	out_list_end(o);
	out_text(o, ROLE_PLAIN, ")");
}

static void show_result(struct out *o, const struct call *call,
                        const struct decode_context *c)
{
	AUTO_BUF struct buf text = { 0 };

	buf_init(&text);
	if (c->strace)
		decode_outcome(c, &text);
	else
		decode_result(c, &text);
	out_text(o, ROLE_PLAIN, " = ");
	out_str(o, "result",
	        arch_is_error(call->result) ? ROLE_ERROR : ROLE_GOOD,
	        text.data);
	out_hidden_int(o, "value", call->result);
	if (call->plan.fate == FATE_SKIP)
		out_text(o, ROLE_WARNING,
		         call->plan.emulated ? " (emulated)" : " (skipped)");
	else if (call->plan.has_result)
		out_text(o, ROLE_WARNING, " (faked)");
	out_hidden_bool(o, "skipped", call->plan.fate == FATE_SKIP);
	out_hidden_bool(o, "emulated", call->plan.emulated);
	out_hidden_bool(o, "faked", call->plan.has_result &&
	                call->plan.fate == FATE_RUN);
}

/* A call of another ABI than the code's own: `int $0x80` in 64-bit code. */
static bool is_foreign(struct thread *t, enum abi abi)
{
	enum abi own;
	struct error *err = target_abi(t, &own);

	if (err) {
		error_destroy(err);
		return false;
	}
	return own != abi;
}

static void show_call_stop(struct session *s, struct thread *t,
                           struct call *call)
{
	struct out *o = s->out;
	struct syscall_view view;
	struct decode_context c;
	double seconds = call_seconds(call);
	bool exit = call->phase == CALL_AT_EXIT;

	call_effective(call, t, &view);
	call_decode_context(s, t, &view, &c);
	call_log_shown(s, t, call);
	out_hidden_str(o, "phase", exit ? "exit" : "entry");
	out_text(o, ROLE_ARROW, "%s", arrow(o, call));
	out_str(o, "call", ROLE_NAME, view.name);
	out_hidden_str(o, "abi", arch_abi(view.abi)->name);
	out_hidden_uint(o, "nr", view.nr);
	show_args(o, &c, exit && call->entry_shown);
	if (exit) {
		show_result(o, call, &c);
		out_text(o, ROLE_DIM, "          %.6f s", seconds);
		out_hidden_uint(o, "nanoseconds", (uint64_t)(seconds * 1e9));
	} else {
		call->entry_shown = true;
	}
	if (is_foreign(t, view.abi))
		out_text(o, ROLE_DIM, "  [%s]", arch_abi(view.abi)->name);
}

static void show_signal_text(struct session *s, const struct thread *t)
{
	const siginfo_t *info = &t->stop.siginfo;
	struct out *o = s->out;
	char name[16];

	out_text(o, ROLE_PLAIN, "received ");
	out_str(o, "signal", ROLE_WARNING, signal_name(t->stop.signal, name));
	out_text(o, ROLE_PLAIN, " (");
	out_str(o, "description", ROLE_PLAIN, strsignal(t->stop.signal));
	out_text(o, ROLE_PLAIN, ")");
	out_hidden_int(o, "si_code", info->si_code);
	switch (t->stop.signal) {
	case SIGSEGV:
	case SIGBUS:
	case SIGILL:
	case SIGFPE:
		if (info->si_code > 0) {
			out_text(o, ROLE_PLAIN, ", address ");
			out_word(o, "si_addr", ROLE_ADDRESS,
			         (uintptr_t)info->si_addr, "%p",
			         info->si_addr);
		}
		break;
	default:
		if (info->si_code <= 0 && info->si_pid > 0) {
			out_text(o, ROLE_PLAIN, " from process ");
			out_int(o, "si_pid", ROLE_NUMBER, info->si_pid, "%d",
			        (int)info->si_pid);
		}
	}
}

static void show_call(struct session *s, struct thread *t,
                      const struct call *call)
{
	struct decode_context c;

	call_decode_context(s, t, &call->view, &c);
	out_str(s->out, "call", ROLE_NAME, call->view.name);
	show_args(s->out, &c, false);
}

/* A stop that is not a call's: broken off, or in user code. */
static void show_plain_stop(struct session *s, struct thread *t)
{
	struct call *call = call_current(t);

	out_text(s->out, ROLE_PLAIN, "stopped");
	if (t->stop.reasons & STOP_GROUP) {
		char name[16];

		out_text(s->out, ROLE_PLAIN, " by ");
		out_str(s->out, "signal", ROLE_WARNING,
		        signal_name(t->stop.signal, name));
	}
	if (!call || call->phase == CALL_AT_ENTRY)
		return;
	out_text(s->out, ROLE_PLAIN,
	         call->phase == CALL_AT_EXIT ? " after " : " in ");
	show_call(s, t, call);
}

/* A signal, and the call that it broke off. */
static void show_signal_stop(struct session *s, struct thread *t)
{
	struct call *call = call_current(t);

	show_signal_text(s, t);
	if (!call || call->phase != CALL_SUSPENDED || !call->resumable)
		return;
	out_text(s->out, ROLE_PLAIN, " in ");
	show_call(s, t, call);
}

/* "in libc.so.6+0x12345": the mapping that holds PC, and where in its file. */
static void show_mapping(struct session *s, struct thread *t, taddr pc,
                         bool hidden)
{
	proc_map_vec maps = { 0 };

	error_destroy(process_maps(t->process, &maps));
	for (size_t i = 0; i < maps.len; i++) {
		const struct proc_map *map = &maps.items[i];
		const char *base = strrchr(map->name, '/');
		uint64_t offset = pc - map->start + map->offset;

		if (pc < map->start || pc >= map->end || !map->name[0])
			continue;
		if (hidden) {
			out_hidden_word(s->out, "offset", offset);
			break;
		}
		out_text(s->out, ROLE_PLAIN, " in ");
		out_str(s->out, "module", ROLE_NAME,
		        base ? base + 1 : map->name);
		out_word(s->out, "offset", ROLE_ADDRESS, offset, "+0x%llx",
		         (unsigned long long)offset);
		break;
	}
	proc_maps_deinit(&maps);
}

/* "in getppid+11 (libc.so.6)"; false: no symbol is known there. */
static bool show_symbol(struct session *s, struct thread *t, taddr pc)
{
	struct symbol symbol;
	AUTO_FREE char *readable = NULL;

	if (!image_symbol_at(session_image(s, t->process), pc, &symbol))
		return false;
	readable = symbol_demangle(symbol.name);
	out_text(s->out, ROLE_PLAIN, " in ");
	out_str(s->out, "symbol", ROLE_NAME,
	        readable ? readable : symbol.name);
	if (pc != symbol.addr)
		out_text(s->out, ROLE_PLAIN, "+%llu",
		         (unsigned long long)(pc - symbol.addr));
	out_hidden_uint(s->out, "symbol_offset", pc - symbol.addr);
	out_text(s->out, ROLE_PLAIN, " (");
	out_str(s->out, "module", ROLE_NAME, module_short_name(symbol.module));
	out_text(s->out, ROLE_PLAIN, ")");
	return true;
}

static void show_location(struct session *s, struct thread *t)
{
	const struct arch_regs *regs;
	struct error *err = target_regs(t, &regs);
	taddr pc;

	if (err) {
		error_destroy(err);
		return;
	}
	pc = regs->user.rip;
	out_text(s->out, ROLE_PLAIN, "    at ");
	out_word(s->out, "pc", ROLE_ADDRESS, pc, "0x%0*llx",
	         arch_of_regs(regs)->word * 2, (unsigned long long)pc);
	show_mapping(s, t, pc, show_symbol(s, t, pc));
	if (s->settings.show_caller && call_current(t))
		show_caller(s, t);
	out_text(s->out, ROLE_PLAIN, "\n");
}

static void show_source(struct session *s, struct thread *t)
{
	const struct arch_regs *regs;
	struct error *err = target_regs(t, &regs);

	if (err)
		error_destroy(err);
	else
		source_show_stop(s, t, arch_pc(regs));
}

/* For programs. */
static const char *stop_reason(const struct thread *t)
{
	const struct call *call = call_current(t);
	unsigned reasons = t->stop.reasons;

	if (reasons & (STOP_SIGNAL | STOP_TRAP))
		return "signal";
	if (reasons & (STOP_ENTRY | STOP_EXIT) && call &&
	    (call->phase == CALL_AT_ENTRY || call->phase == CALL_AT_EXIT))
		return "syscall";
	if (thread_info(t)->notes.len)
		return "breakpoint";
	return reasons & STOP_GROUP ? "group-stop" : "interrupted";
}

/* A signal or a call, behind what breakpoints have to say. */
static bool tells_more(const struct thread *t)
{
	const struct call *call = call_current(t);

	return t->stop.reasons & (STOP_SIGNAL | STOP_TRAP) ||
	       (t->stop.reasons & (STOP_ENTRY | STOP_EXIT) && call &&
	        (call->phase == CALL_AT_ENTRY || call->phase == CALL_AT_EXIT));
}

void show_stop(struct session *s, const struct thread *thread)
{
	struct thread *t = (struct thread *)(uintptr_t)thread;
	struct call *call = call_current(t);
	unsigned reasons = t->stop.reasons;
	const struct breakpoint *b = s->stop_tid == t->tid
		? breakpoint_find(s, s->stop_breakpoint) : NULL;
	bool own, noted;

	out_begin(s->out, "stop");
	if (b)
		out_hidden_uint(s->out, "breakpoint", s->stop_breakpoint);
	if (b && s->stop_shown)
		b = breakpoint_find(s, s->stop_shown);
	own = b && b->kind->show_stop;
	if (!own)
		out_hidden_str(s->out, "reason", stop_reason(t));
	show_thread(s, t);
	noted = notes_show(s, t);
	if (noted && own)
		out_text(s->out, ROLE_PLAIN, "\n\n");
	else if (noted && tells_more(t))
		out_text(s->out, ROLE_PLAIN, notes_have_values(t)
		         ? "\nby the call " : ", ");
	if (own)
		b->kind->show_stop(s, t, b);
	else if (reasons & (STOP_SIGNAL | STOP_TRAP))
		show_signal_stop(s, t);
	else if (tells_more(t))
		show_call_stop(s, t, call);
	else if (!noted)
		show_plain_stop(s, t);
	out_text(s->out, ROLE_PLAIN, "\n");
	show_location(s, t);
	out_end(s->out);
	show_source(s, t);
	out_flush(s->out);
}

void show_signal(struct session *s, const struct thread *t)
{
	out_begin(s->out, "signal");
	show_thread(s, t);
	show_signal_text(s, t);
	out_text(s->out, ROLE_PLAIN, "\n");
	out_end(s->out);
}
