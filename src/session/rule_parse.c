/* SPDX-License-Identifier: GPL-3.0-or-later */
/* scdb's own grammar: SET [if C] [when W] [per P] do ACTION[, ACTION...]. */
#include "session/rule_internal.h"

#include "base/alloc.h"
#include "session/words.h"
#include "session/world.h"

#include <string.h>

/* The clauses of a rule, in its text; NULL: not there. */
struct clauses {
	char *set, *condition, *when, *per, *acts;
};

/* Cuts the text at AT, where WORD is; what stands behind that. */
static char *cut_at(char *at, const char *word)
{
	if (!at)
		return NULL;
	*at = '\0';
	return words_skip(at + strlen(word));
}

/* ERR is about what stands at PART of the rule. */
static struct error *placed(const struct clauses *c, const char *part,
                            struct error *err)
{
	return err ? error_at(err, (size_t)(part - c->set)) : NULL;
}

static struct error *check_given(const struct clauses *c, const char *text,
                                 const char *what, const char *behind)
{
	if (!text || *text)
		return NULL;
	return placed(c, text, error_new(ERROR_USAGE, "%s is missing behind "
	                                 "`%s`", what, behind));
}

/* What was not cut off is said twice, or before `if`. */
static struct error *check_order(const struct clauses *c)
{
	static const char *const names[] = { "when", "per" };

	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		const char *at = words_find(c->set, names[i], false);

		if (at)
			return placed(c, at, error_new(ERROR_USAGE,
				"`%s` is said twice, or before `if`: say SET "
				"if CONDITION when N per thread do ACTIONS",
				names[i]));
	}
	return NULL;
}

static struct error *split(char *text, struct clauses *c)
{
	char *when, *per;

	*c = (struct clauses){ .set = text };
	TRY(words_check(text));
	c->acts = cut_at(words_find(text, "do", false), "do");
	if (!c->acts)
		return placed(c, text + strlen(text), error_new(ERROR_USAGE,
			"`do` and an action are missing, as in `on openat do "
			"skip -EACCES`"));
	when = words_find(text, "when", true);
	per = words_find(text, "per", true);
	c->condition = cut_at(words_find(text, "if", false), "if");
	if (c->condition && (when < c->condition || per < c->condition) &&
	    (when || per)) {
		when = words_find(c->condition, "when", true);
		per = words_find(c->condition, "per", true);
	}
	c->when = cut_at(when, "when");
	c->per = cut_at(per, "per");
	TRY(check_order(c));
	words_trim(c->set);
	if (!*c->set)
		return placed(c, text, error_new(ERROR_USAGE,
		                                 "the calls are missing"));
	for (char **at = &c->condition; at <= &c->acts; at++)
		if (*at)
			words_trim(*at);
	TRY(check_given(c, c->condition, "a condition", "if"));
	TRY(check_given(c, c->when, "a number", "when"));
	TRY(check_given(c, c->per, "thread or process", "per"));
	return check_given(c, c->acts, "an action", "do");
}

static struct error *take_per(const char *text, struct rule *r)
{
	static const struct { const char *word; enum rule_per per; } words[] = {
		{ "thread", PER_THREAD }, { "process", PER_PROCESS },
		{ "call", PER_THREAD_CALL },
	};

	for (size_t i = 0; text && i < ARRAY_LEN(words); i++)
		if (strcmp(text, words[i].word) == 0) {
			r->per = words[i].per;
			return NULL;
		}
	return !text ? NULL : error_new(ERROR_USAGE, "say `per thread`, `per "
		"process` or `per call`, not \"per %s\"", text);
}

static struct error *take_acts(struct session *s, const struct clauses *c,
                               struct rule *r)
{
	for (char *text = c->acts;;) {
		size_t len = words_extent(text, ",");
		struct rule_act act = { 0 };
		bool last = !text[len];

		if (r->acts.len == RULE_ACTS_MAX)
			return placed(c, text, error_new(ERROR_USAGE,
				"more than %d actions", RULE_ACTS_MAX));
		text[len] = '\0';
		vec_push(&r->acts, act);
		TRY(placed(c, text, rule_act_parse(s, r, text,
			&r->acts.items[r->acts.len - 1])));
		TRY(placed(c, words_skip(text), rule_acts_check(r)));
		if (last)
			break;
		text += len + 1;
	}
	for (size_t i = 0; i < r->acts.len; i++)
		r->decides = r->decides ||
		             rule_act_decides(&r->acts.items[i]);
	return NULL;
}

static struct error *take_all(struct session *s, const struct clauses *c,
                              struct rule *r)
{
	struct error *err = NULL;

	TRY(placed(c, c->set, syscall_set_parse(c->set, &r->set)));
	if (c->condition)
		err = session_place(session_compile_rule(s, c->condition, r->set,
		                                        true, &r->condition,
		                                        &r->at_exit),
		                   c->condition);
	TRY(placed(c, c->condition, err));
	if (c->when)
		err = rule_when_parse(c->when, INT64_MAX, &r->when);
	TRY(placed(c, c->when, err));
	TRY(placed(c, c->per, take_per(c->per, r)));
	return take_acts(s, c, r);
}

struct error *rule_add(struct session *s, const char *text, struct rule **rule)
{
	AUTO_FREE char *copy = xstrdup(words_skip(text));
	struct rule *r;
	struct clauses c;
	struct error *err;

	TRY(rule_room(s));
	words_trim(copy);
	r = rule_new();
	r->text = xasprintf("on %s", copy);
	err = split(copy, &c);
	if (!err)
		err = take_all(s, &c, r);
	if (err) {
		rule_destroy(r);
		return session_point(err, words_skip(text));
	}
	rule_put(s, r);
	*rule = r;
	return NULL;
}
