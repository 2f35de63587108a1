/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * strace's grammar, of its options -e inject= and -e fault=:
 * SET[:error=E][:retval=V][:signal=S][:syscall=X][:delay_enter=T]
 * [:delay_exit=T][:poke_enter=@argN=HEX,...][:poke_exit=...][:when=W].
 * What strace 6.1 takes is taken, and what it refuses refused, but for the
 * kernel's own errors (512 to 516), which no call may return, and bytes that are
 * no two hex digits ("0x", "1g"); more names of errors and signals (EWOULDBLOCK,
 * SIGIOT) are taken.
 */
#include "session/rule_internal.h"

#include "base/alloc.h"
#include "session/words.h"

#include <ctype.h>
#include <errno.h>
#include <string.h>

/* What was read of one. */
struct inject {
	bool fault;
	bool has_error, has_retval, has_signal, has_call;
	bool has_delay[2], has_poke[2];   /* entry, exit */
	int64_t result;
	char call[SYSCALL_NAME_MAX];
	struct rule *rule;
};

static struct error *refuse(const char *token)
{
	return error_new(ERROR_USAGE, "inject does not understand \"%s\"",
	                 token);
}

static struct error *twice(const char *token)
{
	return error_new(ERROR_USAGE, "\"%s\" is said twice, or beside what "
	                 "excludes it", token);
}

static struct rule_act *add_act(struct rule *r, enum rule_act_kind kind,
                                enum catch_phases phase)
{
	vec_push(&r->acts, (struct rule_act){ .kind = kind, .phase = phase });
	return &r->acts.items[r->acts.len - 1];
}

static void upper(char *text)
{
	for (; *text; text++)
		*text = (char)toupper((unsigned char)*text);
}

static struct error *take_error(struct inject *in, char *value,
                                enum catch_phases phase)
{
	unsigned long number;
	char *end;

	(void)phase;
	if (in->has_error || in->has_retval)
		return twice("error");
	errno = 0;
	number = strtoul(value, &end, 10);
	if (end == value || *end || errno) {
		upper(value);
		number = (unsigned long)errno_number(value);
	}
	if (number < 1 || number > 4095)
		return error_new(ERROR_USAGE, "\"%s\" is no error: say ENOENT "
		                 "or a number from 1 to 4095", value);
	in->has_error = true;
	in->result = -(int64_t)number;
	return call_check_result(ABI_X86_64, in->result);
}

static struct error *take_retval(struct inject *in, char *value,
                                 enum catch_phases phase)
{
	unsigned long long number;
	char *end;

	(void)phase;
	if (in->has_error || in->has_retval)
		return twice("retval");
	errno = 0;
	number = strtoull(value, &end, 0);
	if (end == value || *end || errno)
		return error_new(ERROR_USAGE, "\"%s\" is no number for retval",
		                 value);
	in->has_retval = true;
	in->result = (int64_t)number;
	return call_check_result(ABI_X86_64, in->result);
}

static struct error *take_signal(struct inject *in, char *value,
                                 enum catch_phases phase)
{
	struct rule_act *act;

	if (in->has_signal)
		return twice("signal");
	upper(value);
	in->has_signal = true;
	act = add_act(in->rule, ACT_SIGNAL, phase);
	act->signal = signal_number(value);
	return act->signal ? NULL
		: error_new(ERROR_USAGE, "no signal is called \"%s\"", value);
}

static struct error *take_call(struct inject *in, char *value,
                               enum catch_phases phase)
{
	AUTO_FREE char *pure = NULL;
	struct syscall_set *set;
	struct error *err;
	bool is_pure;

	(void)phase;
	if (in->has_call)
		return twice("syscall");
	if (syscall_number(ABI_X86_64, value) < 0)
		return error_new(ERROR_NOT_FOUND, "no call is called \"%s\"",
		                 value);
	err = syscall_set_parse("%pure", &set);
	if (err)
		return err;
	is_pure = syscall_set_has_number(set, ABI_X86_64, (uint64_t)
	                                 syscall_number(ABI_X86_64, value));
	syscall_set_destroy(set);
	if (!is_pure)
		return error_new(ERROR_USAGE, "%s is none of the calls without "
		                 "arguments (%%pure)", value);
	in->has_call = true;
	strncpy(in->call, value, sizeof(in->call) - 1);
	return NULL;
}

static struct error *take_delay(struct inject *in, char *value,
                                enum catch_phases phase)
{
	struct rule_act *act;

	if (in->has_delay[phase == CATCH_EXIT])
		return twice("delay");
	in->has_delay[phase == CATCH_EXIT] = true;
	act = add_act(in->rule, ACT_DELAY, phase);
	return rule_time_parse(value, true, &act->nanoseconds);
}

/* "@arg1=68690a": of seven arguments, though no call here has the last. */
static struct error *take_poked(struct rule_act *act, const char *text)
{
	const char *hex = strlen(text) < 6 ? "" : text + 6;
	size_t digits = strlen(hex);
	struct rule_data data = { 0 };

	if (strncmp(text, "@arg", 4) != 0 || text[4] < '1' || text[4] > '7' ||
	    text[5] != '=' || !digits || digits % 2 || digits > 2048 ||
	    strspn(hex, "0123456789abcdefABCDEF") != digits)
		return error_new(ERROR_USAGE, "a poke is @argN=HEX, not "
		                 "\"%s\"", text);
	data.field.arg = xasprintf("%c", text[4] - 1);
	vec_push(&data.items, (struct rule_datum){
		.text = xasprintf("x\"%s\"", hex) });
	vec_push(&act->data, data);
	for (size_t i = 0; i + 1 < act->data.len; i++)
		if (strcmp(act->data.items[i].field.arg,
		           data.field.arg) == 0)
			return twice("@arg");
	return NULL;
}

static struct error *take_poke(struct inject *in, char *value,
                               enum catch_phases phase)
{
	struct rule_act *act;
	char *rest = NULL;

	if (in->has_poke[phase == CATCH_EXIT])
		return twice("poke");
	if (!*value)
		return error_new(ERROR_USAGE, "a poke is @argN=HEX");
	in->has_poke[phase == CATCH_EXIT] = true;
	act = add_act(in->rule, ACT_POKE, phase);
	for (char *one = strtok_r(value, ",", &rest); one;
	     one = strtok_r(NULL, ",", &rest))
		TRY(take_poked(act, one));
	return NULL;
}

/* strace has no last one as large as its largest number. */
static struct error *take_when(struct inject *in, char *value,
                               enum catch_phases phase)
{
	struct rule_when *when = &in->rule->when;

	(void)phase;
	TRY(rule_when_parse(value, STRACE_MOST, when));
	return when->last == STRACE_MOST ? refuse(value) : NULL;
}

static const struct token {
	const char *name;
	bool fault;            /* `fault` takes it too */
	enum catch_phases phase;
	struct error *(*take)(struct inject *in, char *value,
	                      enum catch_phases phase);
} tokens[] = {
	{ "when", true, CATCH_ENTRY, take_when },
	{ "syscall", true, CATCH_ENTRY, take_call },
	{ "error", true, CATCH_ENTRY, take_error },
	{ "retval", false, CATCH_ENTRY, take_retval },
	{ "signal", false, CATCH_ENTRY, take_signal },
	{ "poke_enter", false, CATCH_ENTRY, take_poke },
	{ "poke_exit", false, CATCH_EXIT, take_poke },
	{ "delay_enter", false, CATCH_ENTRY, take_delay },
	{ "delay_exit", false, CATCH_EXIT, take_delay },
};

/* "NAME=VALUE".  What is wrong with a value is said where that begins. */
static struct error *take_token(struct inject *in, char *token)
{
	for (size_t i = 0; i < ARRAY_LEN(tokens); i++) {
		const struct token *t = &tokens[i];
		size_t len = strlen(t->name);

		if (strncmp(token, t->name, len) != 0 || token[len] != '=')
			continue;
		if (!in->fault || t->fault)
			return error_at(t->take(in, token + len + 1, t->phase),
			                len + 1);
	}
	return !in->fault ? refuse(token)
		: error_new(ERROR_USAGE, "fault takes error, syscall and when, "
		            "not \"%s\": `inject` takes more", token);
}

/* What becomes of the call. */
static struct error *add_decision(struct inject *in)
{
	struct rule *r = in->rule;
	struct rule_act *act;

	if (!in->has_error && !in->has_retval) {
		if (!in->fault && !r->acts.len)
			return error_new(ERROR_USAGE, "say what to inject: "
			                 "error, retval, signal, delay_enter, "
			                 "delay_exit, poke_enter or "
			                 "poke_exit");
		if (!in->fault)
			return NULL;
		in->result = -ENOSYS;
	}
	r->decides = true;
	if (in->has_call)
		add_act(r, ACT_NR, CATCH_ENTRY)->name = xstrdup(in->call);
	act = add_act(r, in->has_call ? ACT_FAKE : ACT_SKIP, CATCH_ENTRY);
	vec_push(&act->values.items,
	         (struct rule_value){ .number = in->result });
	return NULL;
}

static struct error *parse(char *text, struct inject *in)
{
	char *rest = NULL, *set, *token;
	size_t len = strlen(text);
	struct error *err = NULL;

	if (!*text || *text == ':')
		return error_at(error_new(ERROR_USAGE, "the calls are missing, "
		                          "as in `inject openat:error=ENOENT`"),
		                0);
	set = strtok_r(text, ":", &rest);
	while (!err && (token = strtok_r(NULL, ":", &rest))) {
		err = error_at(take_token(in, token), (size_t)(token - text));
	}
	if (!err)
		err = rule_inject_set(set, &in->rule->set);
	return err ? err : error_at(add_decision(in), len);
}

struct error *rule_inject(struct session *s, const char *spec, bool fault,
                          struct rule **rule)
{
	AUTO_FREE char *copy = xstrdup(words_skip(spec));
	struct inject in = { .fault = fault };
	struct error *err;

	TRY(rule_room(s));
	words_trim(copy);
	in.rule = rule_new();
	in.rule->strace = true;
	in.rule->per = PER_THREAD_CALL;
	in.rule->text = xasprintf("%s %s", fault ? "fault" : "inject", copy);
	err = parse(copy, &in);
	if (err) {
		rule_destroy(in.rule);
		return session_point(err, words_skip(spec));
	}
	rule_put(s, in.rule);
	*rule = in.rule;
	return NULL;
}
