/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words that each type of argument knows. */
#include "cmds/internal.h"

#include "base/alloc.h"
#include "syscalls/decode.h"
#include "target/procfs.h"

#include <ctype.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/*
 * Where a word is being collected: what is offered replaces the line from the
 * last blank on, so that what stands between it and START is kept before it.
 */
struct offer {
	command_words *words;
	const char *kept;
	size_t kept_len;
	const char *start;    /* the piece that is completed */
	const char *before;   /* put before each name: "$" */
	const char *after;    /* ... and behind it: "=" */
};

static void offer(struct offer *o, const char *name)
{
	size_t before = o->before ? strlen(o->before) : 0;
	const char *start = o->start;

	if (before && strncmp(start, o->before, strlen(start) < before
	                                        ? strlen(start) : before))
		return;
	start += strlen(start) < before ? strlen(start) : before;
	if (strncmp(name, start, strlen(start)) != 0)
		return;
	vec_push(o->words, xasprintf("%.*s%s%s%s", (int)o->kept_len, o->kept,
	                             o->before ? o->before : "", name,
	                             o->after ? o->after : ""));
}

static void offer_to(void *ctx, const char *name)
{
	offer(ctx, name);
}

static void offer_all(struct offer *o, const char *const *names, size_t count)
{
	for (size_t i = 0; i < count; i++)
		offer(o, names[i]);
}

/* The piece of WORD behind the last of BREAKS. */
static struct offer offer_begin(const char *word, const char *breaks,
                                command_words *words)
{
	struct offer o = { .words = words, .kept = word, .start = word };

	for (const char *at = word; *at; at++)
		if (strchr(breaks, *at))
			o.start = at + 1;
	o.kept_len = (size_t)(o.start - word);
	return o;
}

void complete_name(const struct session *s, const struct command *parent,
                   const char *word, command_words *words)
{
	struct offer o = offer_begin(word, "", words);
	const struct command *c;
	size_t count;
	const struct setting *settings = settings_table(&count);

	for (size_t i = 0; (c = command_at(i)); i++)
		if (command_is_child(parent, c))
			offer(&o, command_last_word(c));
	for (size_t i = 0; !parent && i < s->commands->user.len; i++)
		offer(&o, s->commands->user.items[i]->command.name);
	for (size_t i = 0; !parent && i < s->commands->aliases.len; i++)
		offer(&o, s->commands->aliases.items[i].name);
	if (!parent || !(parent->flags & CMD_SETTINGS))
		return;
	for (size_t i = 0; i < count; i++)
		offer(&o, settings[i].name);
}

static void complete_set(const char *word, command_words *words)
{
	struct offer o = offer_begin(word, ",!", words);
	const char *const *names;
	size_t count;

	names = syscall_names(&count);
	/* Nothing typed: not four hundred names, but what else there is. */
	if (*o.start)
		offer_all(&o, names, count);
	names = syscall_class_names(&count);
	offer_all(&o, names, count);
	offer(&o, "all");
}

static void complete_registers(struct offer o)
{
	const struct arch *arch = arch_x86_64();

	for (size_t i = 0; i < arch->reg_count; i++)
		offer(&o, arch->regs[i].name);
}

static void complete_arguments(const struct session *s, struct offer *o)
{
	const struct call *call = call_current(s->current);
	const struct syscall_desc *desc = call ? call->view.desc : NULL;

	for (unsigned i = 0; desc && i < desc->nargs; i++)
		offer(o, desc->args[i].name);
}

/* `emulate`: those that point to something. */
static void complete_pointers(const struct session *s, const char *word,
                              command_words *words)
{
	struct offer o = offer_begin(word, "", words);
	const struct call *call = call_current(s->current);
	const struct syscall_desc *desc = call ? call->view.desc : NULL;

	o.after = "=";
	for (unsigned i = 0; desc && i < desc->nargs; i++)
		if (decode_arg_shape(&desc->args[i]) != SHAPE_NUMBER)
			offer(&o, desc->args[i].name);
}

static void complete_expression(const struct session *s, const char *word,
                                command_words *words)
{
	static const char *const names[] = { "ret", "errno", "pid", "tid",
	                                     "comm", "nr" };
	struct offer o = offer_begin(word, "+-*/%&|^~!=<>?:()[],", words);

	if (*o.start == '$') {
		o.before = "$";
		complete_registers(o);
		return;
	}
	complete_arguments(s, &o);
	offer_all(&o, names, ARRAY_LEN(names));
	if (*o.start)
		constant_each(o.start, offer_to, &o);
}

static void complete_condition(const struct session *s, const char *text,
                               const char *word, command_words *words)
{
	struct offer o = offer_begin(word, "", words);

	if (strncmp(text, "if", 2) == 0 && isspace((unsigned char)text[2]))
		complete_expression(s, word, words);
	else
		offer(&o, "if");
}

static void complete_pid(const char *word, command_words *words)
{
	struct offer o = offer_begin(word, ",", words);
	pid_vec pids = { 0 };
	struct error *err = proc_pids(&pids);

	error_destroy(err);
	for (size_t i = 0; i < pids.len; i++) {
		char text[16], name[64];
		AUTO_FREE char *note = NULL;
		AUTO_BUF struct buf shown = { 0 };

		buf_init(&shown);
		/* Nothing there: one of the kernel's threads, or a zombie. */
		proc_cmdline(pids.items[i], &shown);
		if (!shown.len)
			continue;
		shown.len = 0;
		proc_comm(pids.items[i], name);
		buf_put_printable(&shown, name, strlen(name), false);
		o.after = note = xasprintf("\t%s", shown.data);
		snprintf(text, sizeof(text), "%d", (int)pids.items[i]);
		offer(&o, text);
	}
	vec_deinit(&pids);
}

static void complete_inferior(const struct session *s, const char *word,
                              command_words *words)
{
	struct offer o = offer_begin(word, "", words);

	for (size_t i = 0; i < s->target->processes.len; i++) {
		char text[16];

		snprintf(text, sizeof(text), "%u",
		         s->target->processes.items[i]->number);
		offer(&o, text);
	}
}

static void complete_thread(const struct session *s, const char *word,
                            command_words *words)
{
	struct offer o = offer_begin(word, "", words);

	for (size_t i = 0; i < s->target->processes.len; i++) {
		const struct process *p = s->target->processes.items[i];

		for (size_t k = 0; k < p->threads.len; k++) {
			char label[24];

			session_thread_label(s, p->threads.items[k], label);
			offer(&o, label);
		}
	}
}

static void complete_signal(const char *word, command_words *words)
{
	struct offer o = offer_begin(word, "", words);
	char data[16];

	for (int signum = 1; signum <= 64; signum++) {
		const char *name = signal_name(signum, data);

		if (name)
			offer(&o, name);
	}
}

/* `handle`: signals, and what becomes of them. */
static void complete_signals(const char *word, command_words *words)
{
	static const char *const actions[] = {
		"all", "stop", "nostop", "print", "noprint", "pass", "nopass",
	};
	struct offer o = offer_begin(word, "", words);

	offer_all(&o, actions, ARRAY_LEN(actions));
	complete_signal(word, words);
}

static void complete_numbers(const struct session *s, const char *word,
                             command_words *words)
{
	struct offer o = offer_begin(word, "-,", words);

	for (size_t i = 0; i < s->breakpoints.len; i++) {
		char text[16];

		snprintf(text, sizeof(text), "%u",
		         s->breakpoints.items[i]->number);
		offer(&o, text);
	}
}

static void complete_setting(const char *text, const char *word,
                             command_words *words)
{
	static const char *const switches[] = { "on", "off" };
	struct offer o = offer_begin(word, "", words);
	AUTO_FREE char *name = xstrndup(text, strcspn(text, " \t="));
	const struct setting *setting;
	struct error *err;

	if (word == text)
		return; /* names come with those of the commands */
	err = setting_find(name, &setting);
	if (err) {
		error_destroy(err);
		return;
	}
	if (setting->type == SETTING_BOOL)
		offer_all(&o, switches, ARRAY_LEN(switches));
	for (size_t i = 0; setting->words && setting->words[i]; i++)
		offer(&o, setting->words[i]);
	if (setting->unlimited)
		offer(&o, "unlimited");
}

static void complete_file(const char *word, command_words *words)
{
	struct offer o = offer_begin(word, "/", words);
	const char *home = getenv("HOME");
	AUTO_FREE char *path = NULL;
	struct dirent *entry;
	DIR *dir;

	if (word[0] == '~' && word[1] == '/' && home)
		path = xasprintf("%s%.*s", home, (int)o.kept_len - 1,
		                 word + 1);
	else
		path = o.kept_len ? xstrndup(word, o.kept_len) : xstrdup(".");
	dir = opendir(path);
	while (dir && (entry = readdir(dir))) {
		struct stat st;

		if (*o.start != '.' && entry->d_name[0] == '.')
			continue;
		o.after = fstatat(dirfd(dir), entry->d_name, &st, 0) == 0 &&
		          S_ISDIR(st.st_mode) ? "/" : NULL;
		offer(&o, entry->d_name);
	}
	if (dir)
		closedir(dir);
}

static void complete_call(const struct session *s, const char *text,
                          const char *word, command_words *words)
{
	struct offer o = offer_begin(word, "", words);
	const struct call *call = call_current(s->current);
	const char *const *names;
	size_t count;

	if (strchr(text, '(')) {
		complete_expression(s, word, words);
		return;
	}
	names = syscall_names(&count);
	for (size_t i = 0; i < count; i++)
		if (!call || syscall_number(call->made.abi, names[i]) >= 0)
			offer(&o, names[i]);
}

static void complete_phase(const char *word, command_words *words)
{
	static const char *const phases[] = { "entry", "exit", "both" };
	struct offer o = offer_begin(word, "", words);

	offer_all(&o, phases, ARRAY_LEN(phases));
}

static void complete_value(const struct session *s, const char *word,
                           command_words *words)
{
	/* -ENOENT means the same as ENOENT. */
	complete_expression(s, word, words);
}

static void complete_some_registers(const char *word, command_words *words)
{
	static const char *const groups[] = { "general", "segment", "system",
	                                      "all" };
	struct offer o = offer_begin(word, "", words);

	if (*word == '$')
		o.before = "$";
	else
		offer_all(&o, groups, ARRAY_LEN(groups));
	complete_registers(o);
}

/* `help COMMAND`: the topic is a line of its own. */
static void complete_topic(struct session *s, const char *text,
                           const char *word, command_words *words)
{
	size_t first = words->len;
	size_t offset = complete_line(s, text, words, true);

	/* Names of one word are what both agree on. */
	if (text + offset != word)
		while (words->len > first)
			free(words->items[--words->len]);
}

void complete_argument(struct session *s, enum takes type, const char *text,
                       const char *word, command_words *words)
{
	struct offer o;

	switch (type) {
	case TAKES_SET:
		complete_set(word, words);
		break;
	case TAKES_PHASE:
		complete_phase(word, words);
		break;
	case TAKES_CONDITION:
		complete_condition(s, text, word, words);
		break;
	case TAKES_VALUE:
		complete_value(s, word, words);
		break;
	case TAKES_EXPRESSION:
		complete_expression(s, word, words);
		break;
	case TAKES_REGISTERS:
		complete_some_registers(word, words);
		break;
	case TAKES_PID:
		complete_pid(word, words);
		break;
	case TAKES_THREAD:
		complete_thread(s, word, words);
		break;
	case TAKES_SIGNAL:
		complete_signal(word, words);
		break;
	case TAKES_NUMBERS:
	case TAKES_BREAKPOINT:
		complete_numbers(s, word, words);
		break;
	case TAKES_INFERIOR:
		complete_inferior(s, word, words);
		break;
	case TAKES_SIGNALS:
		complete_signals(word, words);
		break;
	case TAKES_ARGUMENT:
		o = offer_begin(word, "", words);
		complete_arguments(s, &o);
		break;
	case TAKES_DATA:
		complete_pointers(s, word, words);
		break;
	case TAKES_SETTING:
		complete_setting(text, word, words);
		break;
	case TAKES_FILE:
	case TAKES_SHELL:
		complete_file(word, words);
		break;
	case TAKES_COMMAND:
		complete_topic(s, text, word, words);
		break;
	case TAKES_CALL:
		complete_call(s, text, word, words);
		break;
	default:
		break;
	}
}
