/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The rules that a call is asked of, by its number: as few as can be, in their
 * order, whatever was added, deleted, moved, enabled and disabled.
 */
#include "session_fixture.h"

#include "session/rule_internal.h"

#include "base/alloc.h"

static struct rule *add(struct session *s, const char *text)
{
	struct rule *r = NULL;
	struct error *err = rule_add(s, text, &r);

	if (err)
		fail_msg("%s: %s", text, err->message);
	return r;
}

static struct syscall_view call(enum abi abi, uint64_t nr)
{
	struct syscall_made made = { .abi = abi, .nr = nr };
	struct syscall_view view;

	syscall_resolve(&made, NULL, &view);
	return view;
}

static const struct rule_list *list_of(const struct session *s, enum abi abi,
                                       uint64_t nr)
{
	struct syscall_view view = call(abi, nr);

	return rules_of_call(s->rules, &view);
}

/* What is in the list and may be asked is what there is, one by one. */
static void check_list(const struct session *s, enum abi abi, uint64_t nr)
{
	struct syscall_view view = call(abi, nr);
	const struct rule_list *list = rules_of_call(s->rules, &view);
	size_t at = 0;

	for (size_t i = 0; i < rules_count(s); i++) {
		struct rule *r = rules_at(s, i);

		if (!r->enabled ||
		    !syscall_set_has_number(r->set, abi, nr))
			continue;
		while (at < list->len && nr >= CALL_BITS &&
		       list->items[at] != r)
			at++;
		assert_true(at < list->len);
		assert_ptr_equal(list->items[at], r);
		at++;
	}
	if (nr < CALL_BITS)
		assert_int_equal(at, list->len);
}

static void check_wanted(const struct session *s)
{
	struct call_bits wanted = { 0 }, known = { 0 };

	for (size_t i = 0; i < rules_count(s); i++)
		if (rules_at(s, i)->enabled)
			syscall_set_numbers(rule_set(rules_at(s, i)), &wanted);
	rules_wanted(s, &known);
	assert_memory_equal(&wanted, &known, sizeof(known));
}

static uint32_t dice(uint32_t *seed, uint32_t sides)
{
	*seed = *seed * 1103515245 + 12345;
	return (*seed >> 16) % sides;
}

static void change(struct session *s, uint32_t *seed)
{
	static const char *const sets[] = {
		"getpid", "read,write", "all", "!read", "%file", "39@64",
		"socket", "4000", "close@32", "/^get/",
	};
	struct rule *r;

	if (!rules_count(s) || dice(seed, 3) == 0) {
		AUTO_FREE char *text =
			xasprintf("%s do count",
			          sets[dice(seed, ARRAY_LEN(sets))]);

		add(s, text);
		return;
	}
	r = rules_at(s, dice(seed, (uint32_t)rules_count(s)));
	switch (dice(seed, 4)) {
	case 0:
		rule_delete(s, r);
		break;
	case 1:
		rule_move(s, r, 1 + dice(seed, (uint32_t)rules_count(s)));
		break;
	default:
		rule_enable(s, r, dice(seed, 2));
	}
}

static void lists_follow_the_rules(void **state)
{
	static const struct { enum abi abi; uint64_t nr; } calls[] = {
		{ ABI_X86_64, 0 }, { ABI_X86_64, 39 }, { ABI_X86_64, 41 },
		{ ABI_X86_64, 4000 }, { ABI_X86_64, 257 }, { ABI_I386, 6 },
		{ ABI_I386, 102 }, { ABI_I386, 359 }, { ABI_X32, 1 },
		{ ABI_X86_64, UINT64_MAX },
	};
	struct out_capture out;
	struct session *s = session_begin(&out);
	uint32_t seed = 7;

	(void)state;
	for (unsigned i = 0; i < 1000; i++) {
		change(s, &seed);
		/* Not after each: lists are made between changes or not. */
		if (dice(&seed, 3) == 0)
			continue;
		for (size_t k = 0; k < ARRAY_LEN(calls); k++)
			check_list(s, calls[k].abi, calls[k].nr);
		check_wanted(s);
	}
	session_end(s, &out);
}

/* Of either grammar; room that was made is used. */
static void refuse_one_more(struct session *s)
{
	const char *why = "no more than 10000 rules: delete some";
	struct rule *rule = NULL;
	struct error *err = rule_add(s, "read do count", &rule);

	assert_non_null(err);
	assert_string_equal(err->message, why);
	error_destroy(err);
	err = rule_inject(s, "read:error=EIO", false, &rule);
	assert_non_null(err);
	assert_string_equal(err->message, why);
	error_destroy(err);
	assert_null(rule);
	assert_int_equal(rules_count(s), RULES_MAX);
	rule_delete(s, rules_at(s, 0));
	assert_null(rule_add(s, "read do count", &rule));
	assert_int_equal(rule_number(rule), RULES_MAX + 1);
}

static void ten_thousand_rules_are_not_looked_through(void **state)
{
	struct out_capture out;
	struct session *s = session_begin(&out);

	(void)state;
	for (unsigned i = 0; i < RULES_MAX; i++) {
		AUTO_FREE char *text = xasprintf("%u@64 if nr == %u do count",
		                                 i % 200, i);

		add(s, text);
	}
	assert_int_equal(list_of(s, ABI_X86_64, 7)->len, RULES_MAX / 200);
	assert_int_equal(list_of(s, ABI_X86_64, 201)->len, 0);
	assert_int_equal(list_of(s, ABI_I386, 7)->len, 0);
	refuse_one_more(s);
	session_end(s, &out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lists_follow_the_rules),
		cmocka_unit_test(ten_thousand_rules_are_not_looked_through),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
