/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A call as strace writes it: the arguments in the order of its line, in two
 * parts where the kernel fills some in, and behind the result what strace says
 * of it there.
 */
#include "syscalls/decode_struct.h"
#include "syscalls/decoders.h"

#include <errno.h>
#include <string.h>

/* What strace names, or says in another order than the registers have. */
struct named_arg {
	const char *arg;     /* of the signature; NULL: no more */
	const char *shown;   /* what goes before its value */
};

static const struct named_arg clone_args[SYSCALL_ARGS] = {
	{ "stack", "child_stack=" }, { "flags", "flags=" },
	{ "parent_tid", "parent_tid=" }, { "tls", "tls=" },
	{ "child_tid", "child_tidptr=" },
};

/* The argument that stands at PLACE of C's line; -1: there are no more. */
static int arg_at(const struct decode_context *c, unsigned place,
                  const char **shown)
{
	const struct syscall_desc *desc = c->call->desc;

	*shown = NULL;
	if (!desc)
		return place < SYSCALL_ARGS ? (int)place : -1;
	if (place >= desc->nargs)
		return -1;
	if (!(desc->traits & CALL_FORKS) || strcmp(desc->name, "clone") != 0)
		return (int)place;
	*shown = clone_args[place].shown;
	return syscall_arg_index(desc, clone_args[place].arg);
}

/* What the kernel both reads and writes, and strace shows at the entry. */
static bool is_asked(const struct syscall_arg *arg)
{
	static const char *const types[] = { "pollfd", "fdset" };

	for (size_t i = 0; i < ARRAY_LEN(types); i++)
		if (!strcmp(arg->type->name, types[i]))
			return true;
	return !strcmp(arg->type->name, "struct") &&
	       (!strcmp(arg->params[0], "user_desc") ||
	        (!strncmp(arg->params[0], "time", 4) &&
	         strncmp(arg->params[0], "timex", 5) != 0));
}

/* The offsets of splice and copy_file_range; sendfile's are shown twice. */
static bool is_offset(const struct syscall_desc *desc,
                      const struct syscall_arg *arg)
{
	return !strcmp(arg->type->name, "off64_ptr") &&
	       strncmp(desc->name, "sendfile", 8) != 0;
}

/* sendfile's place, shown as it was and as it is then. */
static bool is_moved(const struct decode_context *c, int index)
{
	const struct syscall_desc *desc = c->call->desc;

	if (desc->args[index].type->direction)
		return changes_ioctl(c->call, (unsigned)index);
	return desc->args[index].direction == ARG_INOUT &&
	       !strncmp(desc->name, "sendfile", 8);
}

/* Whether the argument waits for the exit. */
static bool is_late(const struct decode_context *c, int index)
{
	const struct syscall_desc *desc = c->call->desc;
	const struct syscall_arg *arg = desc ? &desc->args[index] : NULL;

	if (!arg || !arg->type)
		return false;
	if (arg->type->direction)
		return arg->type->direction(c->call, (unsigned)index) & ARG_OUT;
	if (arg->direction == ARG_OUT)
		return strcmp(arg->type->name, "clone_tid") != 0 ||
		       !strncmp(arg->name, "parent", 6);
	if (!strcmp(arg->type->name, "struct_for"))
		return decode_variant_is_late(c->call, arg);
	return arg->direction == ARG_INOUT && !is_asked(arg) &&
	       !is_offset(desc, arg);
}

static void put_arg(const struct decode_context *c, int index,
                    const char *shown, struct decode_text *text,
                    struct buf *out)
{
	const struct syscall_desc *desc = c->call->desc;

	if (shown)
		buf_puts(out, shown);
	else if (text->names && desc)
		buf_printf(out, "%s=", desc->args[index].name);
	text->starts[index] = out->len;
	decode_arg(c, (unsigned)index, out);
	text->ends[index] = out->len;
}

/*
 * What arguments point at is read at once where it is more than one place: a
 * single one costs no less so.
 */
static void foresee_args(const struct decode_context *c, unsigned from,
                         bool entry)
{
	struct memory_place places[SYSCALL_ARGS];
	size_t count = 0;
	const char *shown;
	int index;

	for (; (index = arg_at(c, from, &shown)) >= 0; from++) {
		if (entry && is_late(c, index))
			break;
		if (!decode_arg_hidden(c, (unsigned)index))
			count += decode_arg_place(c, (unsigned)index,
			                          &places[count]);
	}
	if (count > 1)
		memory_foresee(c->memory, places, count);
}

/* From text->next on; ENTRY: up to what waits for the exit. */
static void put_args(const struct decode_context *c, struct decode_text *text,
                     bool first, bool entry, struct buf *out)
{
	const char *shown;
	int index;

	foresee_args(c, text->next, entry);
	for (; (index = arg_at(c, text->next, &shown)) >= 0; text->next++) {
		if (decode_arg_hidden(c, (unsigned)index))
			continue;
		if (!first)
			buf_puts(out, ", ");
		first = false;
		if (entry && is_late(c, index)) {
			text->changes = is_moved(c, index);
			if (text->changes)
				put_arg(c, index, shown, text, out);
			return;
		}
		put_arg(c, index, shown, text, out);
	}
}

/*
 * The signal mask that sigreturn puts back, in the frame that the kernel made on
 * the stack: arch/x86/include/uapi/asm/{sigcontext,ucontext}.h.
 */
static void put_saved_mask(const struct decode_context *c, struct buf *out)
{
	enum {
		MASK_64 = 296,   /* in struct ucontext */
		RT_MASK_32 = 12 + 128 + 108, /* three words and the siginfo
		                              * before it */
		OLD_MASK_32 = 80, EXTRA_MASK_32 = 88 + 624,
	};
	struct decode_job job = { .c = c, .out = out,
	                          .limit = out->len + 4096 };
	bool old = !strcmp(c->call->name, "sigreturn");
	uint8_t data[8] = { 0 };
	bool read;

	if (!c->sp)
		return;
	if (c->call->abi != ABI_I386)
		read = decode_read(&job, c->sp + MASK_64, data, 8);
	else if (old)
		read = decode_read(&job, c->sp + OLD_MASK_32, data, 4) &&
		       decode_read(&job, c->sp + EXTRA_MASK_32, data + 4, 4);
	else
		read = decode_read(&job, c->sp + RT_MASK_32, data, 8);
	if (!read) {
		decode_put_addr(out, c->sp);
		return;
	}
	buf_puts(out, "{mask=");
	decode_put_sigset(out, decode_number(data, 8));
	buf_putc(out, '}');
}

void decode_begin(const struct decode_context *c, struct decode_text *text,
                  struct buf *out)
{
	buf_puts(out, c->call->name);
	buf_putc(out, '(');
	text->next = 0;
	text->changes = false;
	memset(text->starts, 0, sizeof(text->starts));
	if (c->call->desc && c->call->desc->traits & CALL_RESTART)
		buf_printf(out, "<... resuming interrupted %s ...>",
		           c->resumed ? c->resumed : "system call");
	if (c->call->desc && c->call->desc->traits & CALL_NO_RESULT)
		put_saved_mask(c, out);
	put_args(c, text, true, true, out);
}

void decode_rest(const struct decode_context *c, struct decode_text *text,
                 struct buf *out)
{
	const char *shown;
	bool first = !text->changes;

	if (text->changes) {
		int index = arg_at(c, text->next++, &shown);

		if (c->result >= 0 && c->call->args[index] &&
		    (c->result > 0 || c->call->desc->args[index].type->direction)) {
			buf_puts(out, " => ");
			decode_arg(c, (unsigned)index, out);
		}
	}
	put_args(c, text, first, false, out);
}

/* ---- what stands behind the result ---- */

static struct decode_job job_for(const struct decode_context *c,
                                 const char *name, struct buf *out)
{
	int index = syscall_arg_index(c->call->desc, name);
	struct decode_job job = { .c = c, .out = out,
	                          .limit = out->len + 4096 };

	if (index < 0)
		return job;
	job.index = (unsigned)index;
	job.arg = &c->call->desc->args[index];
	job.value = c->call->abi == ABI_I386 ? (uint32_t)c->call->args[index]
	                                     : c->call->args[index];
	return job;
}

/* ", left {tv_sec=0, tv_nsec=1000}" */
static void put_left(const struct decode_context *c, const char *name,
                     const char *before, struct buf *out)
{
	struct decode_job job = job_for(c, name, out);

	if (!job.value)
		return;
	buf_printf(out, "%sleft ", before);
	decode_put_struct(&job, job.arg->params[0], job.value);
}

/* [{fd=3, revents=POLLIN}] */
static void put_polled(const struct decode_context *c, struct buf *out)
{
	struct decode_job job = job_for(c, "fds", out);
	uint64_t count = decode_count(&job, 0, 0);
	size_t shown = 0;
	uint8_t data[8];
	taddr at;

	buf_putc(out, '[');
	for (uint64_t i = 0; i < count && !decode_full(&job); i++) {
		if (!decode_element(job.value, i, 8, &at) ||
		    !decode_read(&job, at, data, 8))
			break;
		if (!decode_number(data + 6, 2))
			continue;
		decode_put_comma(out, shown);
		if (shown++ >= decode_max_elements(&job)) {
			buf_puts(out, "...");
			break;
		}
		buf_puts(out, "{fd=");
		decode_put_fd(&job, (int32_t)decode_number(data, 4));
		buf_puts(out, ", revents=");
		decode_put_flags(out, "poll", decode_number(data + 6, 2));
		buf_putc(out, '}');
	}
	buf_putc(out, ']');
}

static void put_poll_note(const struct decode_context *c, struct buf *out)
{
	put_polled(c, out);
	if (strncmp(c->call->name, "ppoll", 5) == 0)
		put_left(c, "tmo_p", ", ", out);
}

/* in [3 4], out [5], left {...} */
static void put_select_note(const struct decode_context *c, struct buf *out)
{
	static const struct { const char *arg, *word; } sets[] = {
		{ "readfds", "in" }, { "writefds", "out" },
		{ "exceptfds", "except" },
	};
	const char *before = "";

	for (size_t i = 0; i < ARRAY_LEN(sets); i++) {
		struct decode_job job = job_for(c, sets[i].arg, out);
		size_t from = out->len, start;

		if (!job.value)
			continue;
		buf_printf(out, "%s%s ", before, sets[i].word);
		start = out->len;
		decode_fdset(&job);
		if (strcmp(out->data + start, "[]") != 0)
			before = ", ";
		else
			buf_truncate(out, from);
	}
	put_left(c, "timeout", before, out);
}

/* set_thread_area has chosen a number, which it wrote to the struct. */
static void put_entry_number(const struct decode_context *c, struct buf *out)
{
	struct decode_job job = job_for(c, "u_info", out);
	uint8_t data[4];

	if (decode_read(&job, job.value, data, sizeof(data)))
		buf_printf(out, "entry_number=%u",
		           (unsigned)decode_number(data, 4));
}

static void put_note(const struct decode_context *c, struct buf *out)
{
	const char *name = c->call->name;
	size_t from = out->len;
	bool some = false;

	buf_puts(out, " (");
	if (!strcmp(name, "poll") || !strncmp(name, "ppoll", 5)) {
		put_poll_note(c, out);
		some = true;
	} else if (!strcmp(name, "select") || !strcmp(name, "_newselect") ||
	           !strncmp(name, "pselect6", 8)) {
		put_select_note(c, out);
		some = out->len > from + 2;
	} else if (!strcmp(name, "set_thread_area")) {
		put_entry_number(c, out);
		some = out->len > from + 2;
	} else if (!strncmp(name, "recvmmsg", 8)) {
		put_left(c, "timeout", "", out);
		some = out->len > from + 2;
	}
	if (some)
		buf_putc(out, ')');
	else
		buf_truncate(out, from);
}

/* What the codes of the kernel's own mean: signal(7), kernel/signal.c. */
static const char *restart_text(int code)
{
	switch (code) {
	case 512:
		return "ERESTARTSYS (To be restarted if SA_RESTART is set)";
	case 513:
		return "ERESTARTNOINTR (To be restarted)";
	case 514:
		return "ERESTARTNOHAND (To be restarted if no handler)";
	default:
		return "ERESTART_RESTARTBLOCK (Interrupted by signal)";
	}
}

void decode_outcome(const struct decode_context *c, struct buf *out)
{
	const struct syscall_desc *desc = c->call->desc;
	bool none = desc && desc->result == RESULT_NONE;

	if (arch_is_restart(c->result)) {
		buf_printf(out, "? %s", restart_text((int)-c->result));
	} else if (arch_is_error(c->result) && !none) {
		int errnum = (int)-c->result;
		const char *name = errno_name(errnum);
		const char *text = strerrordesc_np(errnum);

		if (name)
			buf_printf(out, "-1 %s (%s)", name, text ? text : "?");
		else
			buf_printf(out, "-1 (errno %d)", errnum);
	} else {
		decode_result(c, out);
		if (desc && (c->result > 0 ||
		             !strcmp(desc->name, "set_thread_area")))
			put_note(c, out);
	}
}

void decode_siginfo(const void *info, struct buf *out)
{
	struct syscall_view view = { .abi = ABI_X86_64 };
	struct decode_context c = { .call = &view };
	struct decode_job job = { .c = &c, .out = out,
	                          .limit = out->len + 4096 };

	put_siginfo(&job, NULL, info, 0);
}
