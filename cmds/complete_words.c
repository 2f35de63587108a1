/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words that each type of argument knows. */
#include "cmds/complete.h"

#include "base/alloc.h"
#include "syscalls/decode.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

static void offer_to(void *ctx, const char *name)
{
	offer(ctx, name);
}

void complete_name(const struct session *s, const struct command *parent,
                   const char *word, command_words *words)
{
	struct offer o = offer_begin(word, "", words);
	const struct command *c;

	for (size_t i = 0; (c = command_at(i)); i++)
		if (command_is_child(parent, c))
			offer(&o, command_last_word(c));
	for (size_t i = 0; !parent && i < s->commands->user.len; i++)
		offer(&o, s->commands->user.items[i]->command.name);
	for (size_t i = 0; !parent && i < s->commands->aliases.len; i++)
		offer(&o, s->commands->aliases.items[i].name);
	if (!parent || !(parent->flags & CMD_SETTINGS))
		return;
	for (const struct setting *t = NULL; (t = setting_next(t)); )
		offer(&o, t->name);
}

/* read@64 */
static void complete_abi(const char *word, command_words *words)
{
	static const char *const names[] = { "64", "x32", "32" };
	struct offer o = offer_begin(word, "@", words);

	offer_all(&o, names, ARRAY_LEN(names));
}

static void complete_set(const char *word, command_words *words)
{
	struct offer o = offer_begin(word, ",!", words);
	const char *const *names;
	size_t count;

	if (strchr(o.start, '@')) {
		complete_abi(word, words);
		return;
	}
	names = syscall_names(&count);
	/* Nothing typed: not four hundred names, but what else there is. */
	if (*o.start)
		offer_all(&o, names, count);
	names = syscall_class_names(&count);
	offer_all(&o, names, count);
	offer(&o, "all");
}

static void complete_registers(const struct session *s, struct offer *o)
{
	const struct arch *arch = arch_x86_64();
	const struct arch_regs *regs;
	struct arch_xreg reg;
	struct error *err;

	if (s->current && session_is_stopped(s, s->current)) {
		err = target_regs(s->current, &regs);
		arch = err ? arch : arch_of_regs(regs);
		error_destroy(err);
	}
	for (size_t i = 0; i < arch->reg_count; i++)
		offer(o, arch->regs[i].name);
	for (size_t i = 0; arch_xreg_at(arch, i, &reg); i++)
		offer(o, reg.name);
}

/* Each name once: calls of a set have many in common. */
static void offer_arguments(void *ctx, const struct syscall_desc *desc)
{
	struct offer *o = ctx;

	for (unsigned i = 0; i < desc->nargs; i++) {
		size_t before = o->words->len;
		bool known = false;

		offer(o, desc->args[i].name);
		if (o->words->len == before)
			continue;
		for (size_t k = 0; k < before && !known; k++)
			known = strcmp(o->words->items[k],
			               o->words->items[before]) == 0;
		if (known)
			free(o->words->items[--o->words->len]);
	}
}

static void complete_arguments(const struct session *s, struct offer *o)
{
	const struct call *call = call_current(s->current);

	if (call && call->view.desc)
		offer_arguments(o, call->view.desc);
}

/* Gives the words from FIRST on the LEN bytes at TEXT as their beginning. */
static void put_before(command_words *words, size_t first, const char *text,
                       size_t len)
{
	for (size_t i = first; i < words->len; i++) {
		char *whole = xasprintf("%.*s%s", (int)len, text,
		                        words->items[i]);

		free(words->items[i]);
		words->items[i] = whole;
	}
}

/* `emulate`: those that point to something. */
static void complete_pointers(const struct session *s, const char *word,
                              command_words *words)
{
	struct offer o = offer_begin(word, "", words);
	const struct call *call = call_current(s->current);
	const struct syscall_desc *desc = call ? call->view.desc : NULL;

	if (strstr(word, "=@")) {
		const char *file = strstr(word, "=@") + 2;
		size_t first = words->len;

		complete_file(file, file, true, words);
		put_before(words, first, word, (size_t)(file - word));
		return;
	}
	o.after = "=";
	for (unsigned i = 0; desc && i < desc->nargs; i++)
		if (decode_arg_shape(&desc->args[i]) != SHAPE_NUMBER)
			offer(&o, desc->args[i].name);
}

/* Whether an operand may stand at AT: not right behind another. */
static bool wants_operand(const char *text, const char *at)
{
	while (at > text && isspace((unsigned char)at[-1]))
		at--;
	return at == text || strchr("+-*/%&|^~!=<>?:([,", at[-1]);
}

void complete_expression_at(struct session *s, const char *text,
                            const char *word, const struct syscall_set *set,
                            const char *where, command_words *words)
{
	static const char *const names[] = { "ret", "errno", "pid", "tid",
	                                     "comm", "nr" };
	struct offer o = offer_begin(word, "+-*/%&|^~!=<>?:()[],", words);

	if (complete_member(s, text, word, words) ||
	    complete_tag(s, text, &o) || complete_scoped(s, text, &o) ||
	    !wants_operand(text, o.start))
		return;
	if (*o.start == '$') {
		o.before = "$";
		complete_registers(s, &o);
		complete_variables(s, false, &o);
		return;
	}
	if (set)
		syscall_set_each(set, offer_arguments, &o);
	else
		complete_arguments(s, &o);
	offer_all(&o, names, ARRAY_LEN(names));
	if (*o.start)
		constant_each(o.start, offer_to, &o);
	if (where)
		complete_locals_at(s, where, &o);
	complete_locals(s, &o);
	complete_symbols(s, &o);
}

static void complete_expression(const struct session *s, const char *text,
                                const char *word,
                                const struct syscall_set *set,
                                command_words *words)
{
	complete_expression_at((struct session *)(uintptr_t)s, text, word, set,
	                       NULL, words);
}

static void complete_symbol(struct session *s, const char *word,
                            command_words *words)
{
	struct offer o = offer_begin(word, "", words);

	complete_symbols(s, &o);
}

static void complete_condition(const struct session *s, const char *text,
                               const char *word, const struct syscall_set *set,
                               command_words *words)
{
	struct offer o = offer_begin(word, "", words);

	if (strncmp(text, "if", 2) == 0 && isspace((unsigned char)text[2]))
		complete_expression(s, skip_blanks(text + 2), word, set,
		                    words);
	else
		offer(&o, "if");
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

static void complete_setting(const struct session *s, const char *text,
                             const char *word, command_words *words)
{
	static const char *const switches[] = { "on", "off" };
	struct offer o = offer_begin(word, "", words);
	AUTO_FREE char *name = xstrndup(text, strcspn(text, " \t="));
	const struct setting *setting;
	struct error *err;

	if (*text == '$') {
		complete_expression(s, text, word, NULL, words);
		return;
	}
	if (word == text)
		return; /* names come with those of the commands */
	err = setting_find(name, &setting);
	if (err) {
		error_destroy(err);
		return;
	}
	if (setting->paths) {
		const char *colon = strrchr(word, ':');
		const char *from = colon ? colon + 1 : word;
		size_t first = words->len;

		complete_file(from, from, false, words);
		put_before(words, first, word, (size_t)(from - word));
		for (size_t i = 0; setting->words && setting->words[i]; i++)
			offer(&o, setting->words[i]);
		return;
	}
	/* The value is one word. */
	if (word != skip_blanks(text + strlen(name)))
		return;
	if (setting->type == SETTING_BOOL)
		offer_all(&o, switches, ARRAY_LEN(switches));
	for (size_t i = 0; setting->words && setting->words[i]; i++)
		offer(&o, setting->words[i]);
	if (setting->offer)
		setting->offer((struct session *)(uintptr_t)s, offer_to, &o);
	if (setting->unlimited)
		offer(&o, "unlimited");
}

/* `set print`: the settings that begin with BEFORE, without it. */
static void complete_part(const struct session *s, const char *before,
                          const char *text, const char *word,
                          command_words *words)
{
	struct offer o = offer_begin(word, "", words);
	size_t len = strlen(before);
	AUTO_FREE char *whole = xasprintf("%s%s", before, text);

	for (const struct setting *t = NULL; (t = setting_next(t)); )
		if (text == word && strncmp(t->name, before, len) == 0)
			offer(&o, t->name + len);
	if (text != word)
		complete_setting(s, whole, whole + len + (word - text), words);
}

/* @FILE, or an expression. */
static void complete_data(const struct session *s, const char *text,
                          const char *word, command_words *words)
{
	if (*word == '@') {
		size_t first = words->len;

		complete_file(word + 1, word + 1, false, words);
		put_before(words, first, "@", 1);
	} else {
		complete_expression(s, text, word, NULL, words);
	}
}

static void complete_call(const struct session *s, const char *text,
                          const char *word, command_words *words)
{
	struct offer o = offer_begin(word, "", words);
	const struct call *call = call_current(s->current);
	const char *const *names;
	size_t count;

	if (strchr(text, '(')) {
		complete_data(s, text, word, words);
		return;
	}
	names = syscall_names(&count);
	for (size_t i = 0; text == word && i < count; i++)
		if (!call || syscall_number(call->made.abi, names[i]) >= 0)
			offer(&o, names[i]);
}

static void complete_phase(const char *word, command_words *words)
{
	static const char *const phases[] = { "entry", "exit", "both" };
	struct offer o = offer_begin(word, "", words);

	offer_all(&o, phases, ARRAY_LEN(phases));
}

static void complete_some_registers(const struct session *s, const char *word,
                                    command_words *words)
{
	static const char *const groups[] = { "general", "segment", "system",
	                                      "float", "vector", "all" };
	struct offer o = offer_begin(word, "", words);

	if (*word == '$')
		o.before = "$";
	else
		offer_all(&o, groups, ARRAY_LEN(groups));
	complete_registers(s, &o);
}

/* `help`: names of commands, groups, settings. */
static void complete_topic(struct session *s, const char *text,
                           const char *word, command_words *words)
{
	struct offer o = offer_begin(word, "", words);

	complete_inner(s, text, word, words, true);
	if (text != word)
		return;
	for (unsigned g = 0; g < GROUP_COUNT; g++)
		if (!command_named(command_group_name(g)))
			offer(&o, command_group_name(g));
	for (const struct setting *t = NULL; (t = setting_next(t)); )
		offer(&o, t->name);
}

/* Behind the format's closing quote. */
static void complete_values(const struct session *s, const char *text,
                            const char *word, command_words *words)
{
	const char *quote = strrchr(text, '"');

	if (quote && quote > text && quote < word)
		complete_expression(s, text, word, NULL, words);
}

static void complete_alias(struct session *s, const char *text,
                           const char *word, command_words *words)
{
	const char *equals = strchr(text, '=');

	if (equals && equals < word)
		complete_inner(s, skip_blanks(equals + 1), word, words, false);
}

/* Types whose words depend on the word alone. */
static bool complete_simple(struct session *s, enum takes type,
                            const char *word, command_words *words)
{
	static const char *const all[] = { "all" }, *const zero[] = { "0" };
	struct offer o = offer_begin(word, "", words);

	switch (type) {
	case TAKES_SET:
		complete_set(word, words);
		return true;
	case TAKES_PHASE:
		complete_phase(word, words);
		return true;
	case TAKES_REGISTERS:
		complete_some_registers(s, word, words);
		return true;
	case TAKES_SIGNAMES:
		complete_signal(word, words);
		offer_all(&o, all, 1);
		return true;
	case TAKES_SIGNAL:
		complete_signal(word, words);
		offer_all(&o, zero, 1);
		return true;
	case TAKES_SIGNALS:
		complete_signals(word, words);
		return true;
	case TAKES_ARGUMENT:
		complete_arguments(s, &o);
		return true;
	case TAKES_DATA:
		complete_pointers(s, word, words);
		return true;
	default:
		return false;
	}
}

/* Types whose words are those of something that exists. */
static bool complete_existing(const struct session *s, enum takes type,
                              const char *word, command_words *words)
{
	switch (type) {
	case TAKES_PID:
		complete_pid(word, words);
		return true;
	case TAKES_THREAD:
		complete_thread(s, word, words);
		return true;
	case TAKES_INFERIOR:
		complete_inferior(s, word, words);
		return true;
	case TAKES_NUMBERS:
	case TAKES_PLACES:
	case TAKES_BREAKPOINT:
		complete_numbers(s, word, type != TAKES_BREAKPOINT, words);
		return true;
	case TAKES_VARIABLE:
		complete_environment(s, word, NULL, words);
		return true;
	case TAKES_PANE:
		complete_screen(s, SCREEN_LIST_PANES, word, words);
		return true;
	case TAKES_RULE_FILE:
		complete_rule_file(s, word, words);
		return true;
	case TAKES_USER:
		complete_user(s, word, words);
		return true;
	case TAKES_NEWNAME:
		complete_new_name(s, word, words);
		return true;
	default:
		return false;
	}
}

/* What the program's files know, and how they are shown. */
static void complete_program(struct session *s, const struct completion *c)
{
	switch (c->type) {
	case TAKES_LOCATION:
		complete_location(s, c->word, c->words);
		break;
	case TAKES_WHERE:
		complete_where(s, c->text, c->word, c->words);
		break;
	case TAKES_WATCHED:
		complete_watched(s, c->text, c->word, c->words);
		break;
	case TAKES_BREAK_SETTING:
		complete_break_setting(c->text, c->word, c->words);
		break;
	case TAKES_FRAME:
		complete_frame(s, c->text, c->word, c->words);
		break;
	case TAKES_PRINT_SETTING:
		complete_part(s, "print-", c->text, c->word, c->words);
		break;
	case TAKES_BACKTRACE_SETTING:
		complete_part(s, "backtrace-", c->text, c->word, c->words);
		break;
	case TAKES_SYMBOL:
		complete_symbol(s, c->word, c->words);
		break;
	default:
		break;
	}
}

static void complete_traced_condition(struct session *s, const char *text,
                                      const char *word, command_words *words)
{
	const char *condition = strstr(text, " if ") + 1;
	AUTO_FREE char *calls = xstrndup(text, (size_t)(condition - 1 - text));
	struct syscall_set *set = NULL;

	error_destroy(arg_parse_set(calls, &set));
	complete_condition(s, condition, word, set, words);
	syscall_set_destroy(set);
}

/* SET|off [if COND] [to FILE] */
static void complete_traced(struct session *s, const char *text,
                            const char *word, command_words *words)
{
	static const char *const ends[] = { "off" };
	static const char *const more[] = { "if", "to" };
	struct offer o = offer_begin(word, "", words);
	size_t before = trimmed_len(text, (size_t)(word - text));

	if (!before) {
		complete_set(word, words);
		offer_all(&o, ends, ARRAY_LEN(ends));
	} else if (before > 2 && strncmp(text + before - 3, " to", 3) == 0) {
		complete_file(word, word, false, words);
	} else if (strstr(text, " if ")) {
		complete_traced_condition(s, text, word, words);
	} else {
		offer_all(&o, more, ARRAY_LEN(more));
	}
}

void complete_argument(struct session *s, const struct completion *c)
{
	const char *text = c->text, *word = c->word;
	command_words *words = c->words;

	if (complete_simple(s, c->type, word, words) ||
	    complete_existing(s, c->type, word, words))
		return;
	switch (c->type) {
	case TAKES_CONDITION:
		complete_condition(s, text, word, c->set, words);
		break;
	case TAKES_VALUE:
		/* -ENOENT means the same as ENOENT. */
	case TAKES_EXPRESSION:
		if (c->set || c->where)
			complete_expression_at(s, text, word, c->set, c->where,
			                       words);
		else
			complete_data(s, text, word, words);
		break;
	case TAKES_LAYOUT:
		if (text == word)
			complete_screen(s, SCREEN_LIST_LAYOUTS, word, words);
		break;
	case TAKES_SETTING:
		complete_setting(s, text, word, words);
		break;
	case TAKES_ASSIGNMENT:
		if (text == word)
			complete_environment(s, word, "=", words);
		break;
	case TAKES_FILE:
	case TAKES_PATH:
		complete_file(text, word, c->more, words);
		break;
	case TAKES_SHELL:
		complete_file(word, word, true, words);
		break;
	case TAKES_COMMAND:
		complete_topic(s, text, word, words);
		break;
	case TAKES_CALL:
		complete_call(s, text, word, words);
		break;
	case TAKES_TRACED:
		complete_traced(s, text, word, words);
		break;
	case TAKES_APPLY:
		complete_apply(s, text, word, words);
		break;
	case TAKES_ALIAS:
		complete_alias(s, text, word, words);
		break;
	case TAKES_VALUES:
		complete_values(s, text, word, words);
		break;
	default:
		complete_program(s, c);
		break;
	}
}
