/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Actions: from text to `struct rule_act`, and which fit each other. */
#include "session/rule_internal.h"

#include "base/alloc.h"
#include "expr/expr.h"
#include "session/words.h"

#include <ctype.h>
#include <errno.h>
#include <string.h>

/*
 * An action while it is read: ARGS is what stands behind its name, SPOT what is
 * looked at.
 */
struct act_text {
	struct session *s;
	const struct rule *rule;
	char *args;
	const char *spot;
	struct rule_act *act;
	bool phase_given;
	bool late;             /* it asks for what only the exit knows */
};

static struct error *unexpected(const char *text)
{
	return error_new(ERROR_USAGE, "unexpected \"%s\"", text);
}

/* The next word, at which errors will point. */
static char *next_word(struct act_text *a)
{
	char *word = words_cut(&a->args);

	a->spot = word;
	return word;
}

static struct error *nothing_more(struct act_text *a)
{
	a->spot = a->args;
	return *a->args ? unexpected(a->args) : NULL;
}

static struct error *missing(const char *what, const char *example)
{
	return error_new(ERROR_USAGE, "%s is missing, as in `%s`", what,
	                 example);
}

/* Whether one is a string for sure; what has types tells when it is asked. */
static bool has_text(const struct rule_values *values)
{
	for (size_t i = 0; i < values->items.len; i++) {
		const struct expr *expr = values->items.items[i].expr;

		if (expr && expr_type(expr) == EXPR_STRING)
			return true;
	}
	return false;
}

static struct error *check_numbers(const struct rule_values *values)
{
	return has_text(values) ? error_new(ERROR_USAGE, "a number is wanted, "
	                                    "no string") : NULL;
}

/* Values that calls shall return. */
static struct error *parse_results(struct act_text *a, const char *text)
{
	struct rule_values *values = &a->act->values;

	TRY(rule_values_parse(a->s, text, a->rule->set, values, &a->late));
	TRY(check_numbers(values));
	for (size_t i = 0; i < values->items.len; i++)
		TRY(call_check_result(ABI_X86_64,
		                      values->items.items[i].number));
	return NULL;
}

static struct error *parse_skip(struct act_text *a)
{
	if (words_begin(a->args, "-s")) {
		words_cut(&a->args);
		a->spot = a->args;
		a->act->shows_exit = true;
	}
	return parse_results(a, *a->args ? a->args : "0");
}

static struct error *parse_fake(struct act_text *a)
{
	if (!*a->args)
		return missing("a value", "fake -ENOENT");
	return parse_results(a, a->args);
}

static bool is_named(const struct rule_field *field, const char *name)
{
	size_t len = strlen(field->arg);

	return strncmp(name, field->arg, len) == 0 &&
	       (field->path ? name[len] == '.' &&
	                      strcmp(name + len + 1, field->path) == 0
	                    : !name[len]);
}

/* DATA for NAME, which is an argument or a field. */
static struct error *add_data(struct act_text *a, const char *name,
                              const char *text)
{
	struct rule_data *data;

	for (size_t i = 0; i < a->act->data.len; i++)
		if (is_named(&a->act->data.items[i].field, name))
			return error_new(ERROR_USAGE, "%s is said twice", name);
	vec_push(&a->act->data, (struct rule_data){ 0 });
	data = &a->act->data.items[a->act->data.len - 1];
	TRY(rule_field_parse(a->rule->set, name, &data->field));
	TRY(rule_arg_check(a->rule->set, data->field.arg, true));
	a->spot = text;
	return rule_data_parse(a->s, text, a->rule->set, data, &a->late);
}

/* "ARG=DATA" items, blanks between. */
static struct error *parse_stores(struct act_text *a)
{
	while (*a->args) {
		char *word = next_word(a);
		char *equals = strchr(word, '=');

		if (!equals || equals == word)
			return error_new(ERROR_USAGE, "say ARG=DATA, as in "
			                 "buf=\"text\", not \"%s\"", word);
		*equals = '\0';
		TRY(add_data(a, word, equals + 1));
	}
	return NULL;
}

static struct error *parse_emulate(struct act_text *a)
{
	if (!*a->args)
		return missing("a value", "emulate 5 buf=\"hello\"");
	TRY(parse_results(a, next_word(a)));
	return parse_stores(a);
}

static struct error *parse_poke(struct act_text *a)
{
	if (!*a->args)
		return missing("data", "poke buf=\"hello\"");
	TRY(parse_stores(a));
	/* What the kernel writes is there when it has. */
	for (size_t i = 0; i < a->act->data.len; i++)
		a->late = a->late || (!a->phase_given &&
		                      a->act->data.items[i].field.written);
	return NULL;
}

static struct error *parse_arg(struct act_text *a)
{
	struct rule_act *act = a->act;

	act->name = xstrdup(next_word(a));
	if (!*act->name || !*a->args)
		return missing("a value", "arg count 1");
	if (strchr(act->name, '.'))
		return add_data(a, act->name, a->args);
	TRY(rule_arg_check(a->rule->set, act->name, false));
	a->spot = a->args;
	if (call_is_data(*a->args == '[' ? words_skip(a->args + 1) : a->args))
		return add_data(a, act->name, a->args);
	TRY(rule_values_parse(a->s, a->args, a->rule->set, &act->values,
	                      &a->late));
	return rule_arg_check(a->rule->set, act->name,
	                      has_text(&act->values));
}

/* "$NAME = VALUE", "$NAME += VALUE", ... */
static struct error *parse_set(struct act_text *a)
{
	AUTO_FREE char *value = NULL;
	size_t len = *a->args == '$' ? 1 : 0, at;
	struct error *err;
	const char *text;
	char op;

	while (len && (isalnum((unsigned char)a->args[len]) ||
	               a->args[len] == '_'))
		len++;
	at = len + strspn(a->args + len, " \t");
	op = a->args[at];
	if (op && strchr("+-*/%&|^", op))
		at++;
	if (len < 2 || a->args[at] != '=' || a->args[at + 1] == '=')
		return missing("$NAME = VALUE", "set $left -= ret");
	a->act->name = xstrndup(a->args + 1, len - 1);
	if (!variable_find(a->s, a->act->name))
		return error_new(ERROR_NOT_FOUND, "$%s has no value yet: `set "
		                 "$%s = 0` before", a->act->name,
		                 a->act->name);
	text = words_skip(a->args + at + 1);
	value = *text && op != '='
		? xasprintf("$%s %c (%s)", a->act->name, op, text)
		: xstrdup(text);
	a->spot = text;
	err = rule_values_parse(a->s, value, a->rule->set, &a->act->values,
	                        &a->late);
	/* What was put before the user's words is not counted. */
	if (err && *text && op != '=' && err->column > len + 4)
		err->column -= len + 4;
	return err;
}

static struct error *parse_nr(struct act_text *a)
{
	const char *near[3], *name;
	unsigned long number;
	size_t count;
	char *end;

	if (!*a->args)
		return missing("a call", "nr getpid");
	a->act->name = xstrdup(next_word(a));
	name = a->act->name;
	errno = 0;
	number = strtoul(name, &end, 0);
	if (strchr("0123456789+-", *name) && !*end &&
	    (!isdigit((unsigned char)*name) || errno || number > UINT32_MAX))
		return error_new(ERROR_USAGE, "\"%s\" is no call's number",
		                 name);
	if (syscall_exists(name) || !*end)
		return nothing_more(a);
	count = syscall_nearest(name, near, ARRAY_LEN(near));
	return error_new(ERROR_NOT_FOUND, "no call is called \"%s\"%s%s%s",
	                 name, count ? "; did you mean " : "",
	                 count ? near[0] : "", count ? "?" : "");
}

static struct error *parse_signal(struct act_text *a)
{
	if (!*a->args)
		return missing("a signal", "signal SIGTERM");
	a->act->signal = signal_number(a->args);
	return a->act->signal ? NULL
		: error_new(ERROR_USAGE, "no signal is called \"%s\": say "
		            "SIGINT, INT or 2", a->args);
}

static struct error *parse_delay(struct act_text *a)
{
	AUTO_FREE char *unit = NULL;
	size_t len;

	if (!*a->args)
		return missing("a time", "delay 10ms");
	if (*a->args != '(')
		return rule_time_parse(a->args, 0, &a->act->nanoseconds);
	/* "(EXPRESSION)ms" */
	len = words_extent(a->args, "smun \t");
	unit = xasprintf("1%s", a->args + len);
	TRY(rule_time_parse(unit, 0, &a->act->nanoseconds));
	a->args[len] = '\0';
	TRY(rule_values_parse(a->s, a->args, a->rule->set, &a->act->values,
	                      &a->late));
	return check_numbers(&a->act->values);
}

static struct error *parse_log(struct act_text *a)
{
	/* The call as a line has its result. */
	a->late = !*a->args && !a->phase_given;
	return *a->args ? rule_format_parse(a->s, a->args, a->rule->set,
	                                    a->act, &a->late) : NULL;
}

/* Lines in quotes. */
static struct error *parse_commands(struct act_text *a)
{
	if (!*a->args)
		return missing("a command in quotes",
		               "commands \"info syscall\" \"continue\"");
	while (*a->args) {
		char *word = next_word(a);
		size_t len = strlen(word);

		if (len < 2 || word[0] != word[len - 1] ||
		    !strchr("\"'", word[0]))
			return error_new(ERROR_USAGE, "a command stands in "
			                 "quotes, not \"%s\"", word);
		vec_push(&a->act->lines, xstrndup(word + 1, len - 2));
	}
	return NULL;
}

/* What of a call an action is about: those of one kind exclude each other. */
enum { FIRM_FATE = 1, FIRM_RESULT = 2, FIRM_NUMBER = 4, FIRM_ARGS = 8 };

static const struct act_kind {
	const char *name;
	unsigned decides;      /* bits of the above */
	unsigned phases;       /* at which it can be; both: the word says */
	struct error *(*parse)(struct act_text *a);
} kinds[] = {
	[ACT_STOP] = { "stop", 0, CATCH_BOTH, nothing_more },
	[ACT_SKIP] = { "skip", FIRM_FATE, CATCH_ENTRY, parse_skip },
	[ACT_EMULATE] = { "emulate", FIRM_FATE, CATCH_ENTRY, parse_emulate },
	[ACT_FAKE] = { "fake", FIRM_RESULT, CATCH_BOTH, parse_fake },
	[ACT_ARG] = { "arg", FIRM_ARGS, CATCH_ENTRY, parse_arg },
	[ACT_NR] = { "nr", FIRM_NUMBER, CATCH_ENTRY, parse_nr },
	[ACT_SIGNAL] = { "signal", 0, CATCH_BOTH, parse_signal },
	[ACT_DELAY] = { "delay", 0, CATCH_BOTH, parse_delay },
	[ACT_POKE] = { "poke", 0, CATCH_BOTH, parse_poke },
	[ACT_SET] = { "set", 0, CATCH_BOTH, parse_set },
	[ACT_LOG] = { "log", 0, CATCH_BOTH, parse_log },
	[ACT_COUNT] = { "count", 0, CATCH_BOTH, nothing_more },
	[ACT_COMMANDS] = { "commands", 0, CATCH_BOTH, parse_commands },
};

bool rule_act_decides(const struct rule_act *act)
{
	return kinds[act->kind].decides != 0;
}

/* "random P% [seed N]" */
static struct error *parse_chance(struct act_text *a)
{
	struct rule_chance *chance = &a->act->chance;
	char *word, *end;
	double percent;

	words_cut(&a->args);
	word = next_word(a);
	errno = 0;
	percent = isdigit((unsigned char)*word) ? strtod(word, &end) : -1;
	if (!(percent >= 0 && percent <= 100) || errno ||
	    strcmp(end, "%") != 0)
		return error_new(ERROR_USAGE, "random takes 0%% to 100%%, as "
		                 "in `random 10%% seed 7 skip -EIO`, not "
		                 "\"%s\"", word);
	chance->given = true;
	chance->limit = (uint64_t)(percent / 100 * 4294967296.0);
	chance->state = UINT64_C(0x9e3779b97f4a7c15);
	if (!words_begin(a->args, "seed"))
		return NULL;
	words_cut(&a->args);
	word = next_word(a);
	errno = 0;
	chance->state ^= strtoull(word, &end, 0) *
	                 UINT64_C(0xbf58476d1ce4e5b9);
	if (!isdigit((unsigned char)*word) || *end || errno)
		return error_new(ERROR_USAGE, "a seed is a number, not "
		                 "\"%s\"", word);
	if (!chance->state)
		chance->state = 1;
	return NULL;
}

static struct error *find_kind(const char *word, enum rule_act_kind *kind)
{
	AUTO_BUF struct buf names = { 0 };

	buf_init(&names);
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
		if (strcmp(kinds[i].name, word) == 0) {
			*kind = (enum rule_act_kind)i;
			return NULL;
		}
		buf_printf(&names, "%s%s", i ? ", " : "", kinds[i].name);
	}
	return error_new(ERROR_USAGE, "no action is called \"%s\": there are "
	                 "%s", word, names.data);
}

/* The word entry or exit behind the action's name, or what it is without. */
static struct error *parse_phase(struct act_text *a)
{
	const struct act_kind *kind = &kinds[a->act->kind];
	enum catch_phases fits = a->rule->at_exit ? CATCH_EXIT : CATCH_ENTRY;
	bool entry = words_begin(a->args, "entry");

	a->act->phase = fits;
	a->phase_given = (entry || words_begin(a->args, "exit")) &&
	                 kind->phases == CATCH_BOTH &&
	                 a->act->kind != ACT_FAKE;
	if (a->phase_given) {
		words_cut(&a->args);
		a->act->phase = entry ? CATCH_ENTRY : CATCH_EXIT;
	}
	if (a->rule->at_exit && (!(kind->phases & CATCH_EXIT) ||
	                         a->act->phase == CATCH_ENTRY))
		return error_new(ERROR_USAGE, "`%s` is for a call's entry, "
		                 "where what the condition asks for is not "
		                 "known yet", kind->name);
	return NULL;
}

/* What asks for the call's end is done there. */
static struct error *settle_phase(struct act_text *a)
{
	if (!a->late || a->act->phase == CATCH_EXIT)
		return NULL;
	if (a->phase_given || !(kinds[a->act->kind].phases & CATCH_EXIT))
		return error_new(ERROR_USAGE, "`%s` asks for what is not known "
		                 "at a call's entry", kinds[a->act->kind].name);
	a->act->phase = CATCH_EXIT;
	return NULL;
}

static struct error *parse_act(struct act_text *a)
{
	const char *word;

	if (words_begin(a->args, "random"))
		TRY(parse_chance(a));
	word = next_word(a);
	if (!*word)
		return error_new(ERROR_USAGE, "an action is missing");
	TRY(find_kind(word, &a->act->kind));
	TRY(parse_phase(a));
	a->spot = a->args;
	TRY(kinds[a->act->kind].parse(a));
	return settle_phase(a);
}

struct error *rule_act_parse(struct session *s, struct rule *r, char *text,
                             struct rule_act *act)
{
	struct act_text a = { .s = s, .rule = r, .act = act,
	                      .args = words_skip(text) };
	struct error *err;

	words_trim(a.args);
	err = parse_act(&a);
	return err ? error_at(err, (size_t)(a.spot - text)) : NULL;
}

void rule_act_deinit(struct rule_act *act)
{
	rule_values_deinit(&act->values);
	for (size_t i = 0; i < act->data.len; i++)
		rule_data_deinit(&act->data.items[i]);
	vec_deinit(&act->data);
	for (size_t i = 0; i < act->lines.len; i++)
		free(act->lines.items[i]);
	vec_deinit(&act->lines);
	for (size_t i = 0; i < act->pieces.len; i++)
		rule_piece_deinit(&act->pieces.items[i]);
	vec_deinit(&act->pieces);
	free(act->name);
}

/* A call that is skipped has no result, number or argument to be changed. */
static bool exclude(const struct rule_act *a, const struct rule_act *b)
{
	unsigned one = kinds[a->kind].decides, two = kinds[b->kind].decides;

	if (!one || !two || a->chance.given || b->chance.given)
		return false;
	if (one == FIRM_ARGS && two == FIRM_ARGS)
		return strcmp(a->name, b->name) == 0;
	return one == two || one == FIRM_FATE || two == FIRM_FATE;
}

struct error *rule_acts_check(const struct rule *r)
{
	const struct rule_act *last = &r->acts.items[r->acts.len - 1];

	for (size_t i = 0; i + 1 < r->acts.len; i++) {
		const struct rule_act *a = &r->acts.items[i];

		if (exclude(a, last))
			return error_new(ERROR_USAGE, "`%s` and `%s` "
			                 "contradict each other: a call can "
			                 "have one of them",
			                 kinds[a->kind].name,
			                 kinds[last->kind].name);
	}
	return NULL;
}
