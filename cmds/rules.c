/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rules: what becomes of calls without anybody being asked. */
#include "cmds/internal.h"
#include "cmds/tables.h"

#include "session/rules.h"

#include <string.h>

static void warn_of_skip(void *ctx, const struct syscall_desc *desc)
{
	struct session *s = ctx;

	if (desc->traits & (CALL_NO_RETURN | CALL_EXECS | CALL_FORKS |
	                    CALL_NO_RESULT))
		out_message(s->out, "warning", ROLE_WARNING,
		            "warning: a program does not expect %s to be "
		            "skipped: `help skip`", desc->name);
}

static void announce(struct session *s, const struct rule *rule)
{
	if (s->commands->quiet_rules)
		return;
	out_begin(s->out, "rule-made");
	out_text(s->out, ROLE_PLAIN, "Rule ");
	out_uint(s->out, "number", ROLE_NUMBER, rule_number(rule), "%u",
	         rule_number(rule));
	out_text(s->out, ROLE_PLAIN, ": ");
	out_str(s->out, "text", ROLE_NAME, rule_text(rule));
	out_text(s->out, ROLE_PLAIN, "\n");
	out_end(s->out);
	if (rule_skips(rule) && !syscall_set_is_all(rule_set(rule)))
		syscall_set_each(rule_set(rule), warn_of_skip, s);
}

static struct error *run_on(struct session *s, struct command_args *args)
{
	struct rule *rule;

	TRY(rule_add(s, args->arg[0].text, &rule));
	announce(s, rule);
	return NULL;
}

static struct error *inject(struct session *s, struct command_args *args,
                            bool fault)
{
	struct rule *rule;

	TRY(rule_inject(s, args->arg[0].text, fault, &rule));
	announce(s, rule);
	return NULL;
}

static struct error *run_inject(struct session *s, struct command_args *args)
{
	return inject(s, args, false);
}

static struct error *run_fault(struct session *s, struct command_args *args)
{
	return inject(s, args, true);
}

static struct error *find(const struct session *s, uint64_t number,
                          struct rule **rule)
{
	*rule = rule_find(s, number);
	if (*rule)
		return NULL;
	return error_new(ERROR_NOT_FOUND, "No rule number %llu.",
	                 (unsigned long long)number);
}

static struct error *check(const struct session *s, uint64_t number)
{
	struct rule *rule;

	return find(s, number, &rule);
}

static struct error *settle(const struct session *s, struct command_arg *arg)
{
	return arg_settle_numbers(s, arg, check);
}

/* FN on those named, or on all. */
static struct error *for_each(struct session *s, struct command_arg *arg,
                              void (*fn)(struct session *s,
                                         struct rule *rule))
{
	struct rule *rule;

	TRY(settle(s, arg));
	for (size_t i = 0; i < arg->number_count; i++) {
		rule = rule_find(s, arg->numbers[i]);
		if (rule) /* named twice, it may be gone */
			fn(s, rule);
	}
	for (size_t i = rules_count(s); !arg->given && i-- > 0;)
		fn(s, rules_at(s, i));
	return NULL;
}

static void enable_one(struct session *s, struct rule *rule)
{
	rule_enable(s, rule, true);
}

static void disable_one(struct session *s, struct rule *rule)
{
	rule_enable(s, rule, false);
}

static struct error *run_delete(struct session *s, struct command_args *args)
{
	if (!args->arg[0].given && rules_count(s) &&
	    !command_confirm(s, "Delete all rules?"))
		return NULL;
	return for_each(s, &args->arg[0], rule_delete);
}

static struct error *run_enable(struct session *s, struct command_args *args)
{
	return for_each(s, &args->arg[0], enable_one);
}

static struct error *run_disable(struct session *s, struct command_args *args)
{
	return for_each(s, &args->arg[0], disable_one);
}

static struct error *run_ignore(struct session *s, struct command_args *args)
{
	struct rule *rule;

	TRY(find(s, args->arg[0].number, &rule));
	rule_ignore(rule, args->arg[1].number);
	return NULL;
}

static struct error *run_move(struct session *s, struct command_args *args)
{
	struct rule *rule;

	TRY(find(s, args->arg[0].number, &rule));
	rule_move(s, rule, args->arg[1].number);
	return NULL;
}

static struct error *run_info(struct session *s, struct command_args *args)
{
	TRY(settle(s, &args->arg[0]));
	rules_list(s, args->arg[0].numbers, args->arg[0].number_count);
	return NULL;
}

static struct error *run_save(struct session *s, struct command_args *args)
{
	AUTO_BUF struct buf text = { 0 };

	if (!rules_count(s))
		return error_new(ERROR_USAGE, "there is nothing to save");
	buf_init(&text);
	rules_save(s, &text);
	return command_save(s, args->arg[0].text, &text);
}

static const struct command table[] = {
	{
		.name = "on", .group = GROUP_SYSCALLS, .args = "rule:rest",
		.summary = "make a rule about calls: what becomes of them "
			"without a stop",
		.help = "SET [if COND] [when N[..M][+[STEP]]] [per thread|"
			"process|call] do ACTION[, ACTION...]. The actions: stop, "
			"skip [-s] VALUE, emulate VALUE ARG=DATA..., fake "
			"VALUE, arg NAME VALUE, nr CALL, signal SIG, delay "
			"TIME, poke ARG[.FIELD]=DATA..., set $NAME = "
			"VALUE, log [\"FORMAT\"], count, "
			"commands \"LINE\"...; `random P% [seed N]` may stand "
			"before each, and `entry` or `exit` behind stop, "
			"signal, delay, poke, log, count and commands. Of "
			"several rules that decide about a call the first one "
			"does. `info rules` lists them.",
		.example = "on openat if pathname ~ \"/etc/h*\" do skip "
			"-EACCES, log",
		.run = run_on,
	}, {
		.name = "inject", .group = GROUP_SYSCALLS, .args = "rule:rest",
		.summary = "make a rule as strace's option -e inject has it",
		.help = "SET[:error=E|:retval=V][:signal=S][:syscall=X]"
			"[:delay_enter=T][:delay_exit=T][:poke_enter=@argN="
			"HEX][:poke_exit=@argN=HEX][:when=W]. Times are "
			"counted for each thread and call. `inject=...` is "
			"taken too.",
		.example = "inject openat:error=EACCES:when=3+",
		.run = run_inject,
	}, {
		.name = "fault", .group = GROUP_SYSCALLS, .args = "rule:rest",
		.summary = "make a rule as strace's option -e fault has it",
		.help = "As `inject`, with error, syscall and when alone. "
			"Without an error it is ENOSYS.",
		.example = "fault %network",
		.run = run_fault,
	}, {
		.name = "info rules", .group = GROUP_SYSCALLS,
		.args = "[numbers:numbers]",
		.summary = "list rules in their order",
		.example = "on read do count\n"
			"info rules",
		.run = run_info,
	}, {
		.name = "delete rule", .aliases = "rules",
		.group = GROUP_SYSCALLS, .args = "[numbers:numbers]",
		.summary = "delete rules, some or all",
		.example = "on read do count\n"
			"delete rule 1",
		.run = run_delete,
	}, {
		.name = "enable rule", .aliases = "rules",
		.group = GROUP_SYSCALLS, .args = "[numbers:numbers]",
		.summary = "let rules act again, some or all",
		.example = "on read do count\n"
			"enable rule $rulenum",
		.run = run_enable,
	}, {
		.name = "disable rule", .aliases = "rules",
		.group = GROUP_SYSCALLS, .args = "[numbers:numbers]",
		.summary = "keep rules from acting, some or all",
		.example = "on read do count\n"
			"disable rule 1",
		.run = run_disable,
	}, {
		.name = "ignore rule", .group = GROUP_SYSCALLS,
		.args = "number:breakpoint count:number",
		.summary = "keep a rule from acting a number of times",
		.example = "on read do count\n"
			"ignore rule 1 2",
		.run = run_ignore,
	}, {
		.name = "move rule", .group = GROUP_SYSCALLS,
		.args = "number:breakpoint place:count",
		.summary = "give a rule another place in their order",
		.help = "1 is the first that is asked.",
		.example = "on read do count\n"
			"on read do skip 0\n"
			"move rule 2 1",
		.run = run_move,
	}, {
		.name = "move", .group = GROUP_SYSCALLS, .args = "",
		.flags = CMD_PREFIX,
		.summary = "change the order of rules",
		.example = "on read do count\n"
			"move rule 1 1",
	}, {
		.name = "save rules", .group = GROUP_SYSCALLS,
		.args = "file:file",
		.summary = "write the rules to a file that `source` reads "
			"back",
		.example = "on read do count\n"
			"save rules my-rules",
		.run = run_save,
	},
};

const struct command_table commands_rules = { table, ARRAY_LEN(table) };
