/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `info syscall N`: a call of the log, whole. */
#include "session/log_internal.h"

#include <stdio.h>
#include <string.h>

/* Of a thread that is there no more there is no name. */
static void show_who(const struct session *s, const struct log_entry *e)
{
	const struct thread *t = target_thread(s->target, e->tid);
	struct out *o = s->out;

	out_text(o, ROLE_NUMBER, "[%u.%u] ", e->process, e->thread);
	out_int(o, "tid", ROLE_PLAIN, e->tid, "%d ", (int)e->tid);
	out_hidden_int(o, "pid", e->pid);
	if (!t || t->process->pid != e->pid || !thread_info(t)->comm[0])
		return;
	out_text(o, ROLE_PLAIN, "\"");
	out_str(o, "comm", ROLE_STRING, thread_info(t)->comm);
	out_text(o, ROLE_PLAIN, "\" ");
}

static void show_numbers(struct out *o, const struct log_entry *e,
                         const struct syscall_view *view)
{
	out_text(o, ROLE_PLAIN, "\n  number   ");
	out_uint(o, "nr", ROLE_NUMBER, view->nr, "%llu",
	         (unsigned long long)view->nr);
	out_text(o, ROLE_PLAIN, " of %s\n", arch_abi(e->made.abi)->name);
	out_text(o, ROLE_PLAIN, "  log      ");
	out_uint(o, "index", ROLE_NUMBER, e->index, "%llu",
	         (unsigned long long)e->index);
	out_text(o, ROLE_WARNING, "%s", log_entry_flags(e));
	out_text(o, ROLE_PLAIN, "\n");
}

static void show_end(struct out *o, const struct log_entry *e,
                     const char *result)
{
	bool failed = e->finished && arch_is_error(e->result);
	const char *what;

	if (!e->finished) {
		out_text(o, ROLE_PLAIN, "  result   not known\n");
		return;
	}
	out_text(o, ROLE_PLAIN, "  result   ");
	out_str(o, "result", failed ? ROLE_ERROR : ROLE_GOOD, result);
	what = failed ? strerrordesc_np((int)-e->result) : NULL;
	if (what)
		out_text(o, ROLE_ERROR, " (%s)", what);
	out_text(o, ROLE_PLAIN, "\n  took     %.6f s\n", e->seconds);
}

static void show_arg(struct session *s, const struct log_entry *e,
                     const struct syscall_view *view, unsigned index)
{
	const struct syscall_desc *desc = view->desc;
	struct decode_context c = { .call = view, .phase = DECODE_ENTRY };
	AUTO_BUF struct buf text = { 0 }, name = { 0 };

	buf_init(&text);
	buf_init(&name);
	if (e->values[index])
		buf_puts(&text, e->values[index]);
	else if (desc)
		decode_arg(&c, index, &text);
	if (desc)
		buf_printf(&name, "  %s", desc->args[index].name);
	else
		buf_printf(&name, "  %u", index);
	out_row(s->out);
	out_str_shown(s->out, "name", ROLE_NAME, name.data + 2, name.data);
	out_word(s->out, "raw", ROLE_ADDRESS, view->args[index], "0x%llx",
	         (unsigned long long)view->args[index]);
	out_str(s->out, "value", ROLE_STRING, text.data);
}

static void show_args(struct session *s, const struct log_entry *e,
                      const struct syscall_view *view)
{
	static const struct out_column columns[] = {
		{ "name", "  ARGUMENT", false },
		{ "raw", "RAW", false },
		{ "value", "VALUE", false },
	};
	unsigned count = view->desc ? view->desc->nargs : SYSCALL_ARGS;

	if (!count)
		return;
	out_table_begin(s->out, "args", columns, ARRAY_LEN(columns));
	for (unsigned i = 0; i < count; i++)
		show_arg(s, e, view, i);
	out_table_end(s->out);
}

struct error *call_log_show_whole(struct session *s, uint64_t index)
{
	const struct log_entry *e = log_entry_at(s->log, index);
	AUTO_BUF struct buf args = { 0 }, result = { 0 };
	struct syscall_view view;
	struct out *o = s->out;

	if (!e)
		return error_new(ERROR_NOT_FOUND, "the log has no call %llu%s",
		                 (unsigned long long)index,
		                 s->log->last_index
		                 ? "; `info syscalls` lists them"
		                 : ": no calls have been seen");
	buf_init(&args);
	buf_init(&result);
	syscall_resolve(&e->made, NULL, &view);
	log_entry_decode(s, e, &view, &args, &result);
	out_begin(o, "logged_call");
	log_entry_hidden(o, e);
	show_who(s, e);
	out_text(o, ROLE_PLAIN, e->finished ? "was in " : "is in ");
	out_str(o, "name", ROLE_NAME, view.name);
	show_numbers(o, e, &view);
	show_end(o, e, result.data);
	show_args(s, e, &view);
	out_end(o);
	return NULL;
}
