/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Regular expressions that explode, and texts that make them. */
#include "base/alloc.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/pattern.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

static void refuse_kind(enum pattern_kind kind, const char *text,
                        const char *why)
{
	struct pattern *p = NULL;
	struct error *err = pattern_make(text, strlen(text), kind, &p);

	assert_non_null(err);
	assert_null(p);
	assert_string_equal(err->message, why);
	error_destroy(err);
}

static void refuse(const char *text, const char *why)
{
	refuse_kind(PATTERN_EXTENDED, text, why);
}

static struct pattern *make_kind(enum pattern_kind kind, const char *text)
{
	struct pattern *p;

	assert_null(pattern_make(text, strlen(text), kind, &p));
	return p;
}

static struct pattern *make(const char *text)
{
	return make_kind(PATTERN_EXTENDED, text);
}

/* OPEN, COUNT times, an `a`, and CLOSE as often. */
static char *nested(const char *open, size_t count, const char *close)
{
	AUTO_BUF struct buf b = { 0 };

	buf_init(&b);
	for (size_t i = 0; i < count; i++)
		buf_puts(&b, open);
	buf_puts(&b, "a");
	for (size_t i = 0; i < count; i++)
		buf_puts(&b, close);
	return buf_take(&b);
}

static void explosions_are_refused(void **state)
{
	static const char *const repeat[] = {
		"((a{1,200}){1,200}){1,200}", "a{10000}", "(a{200}){1,}{200}",
		"(((a{20,}){20,}){20,}){20,}", "([[:alpha:]{]b){5000}",
		"([]{3}]b){3000}", "a{,30000}", "(a(b(c{9}){9}){9}){9}",
		"a{99999999999999999999}", "[[.-.]a]{5000}",
	};
	const char *too_much = "the pattern repeats too much";
	AUTO_FREE char *plus = nested("(", 20, ")+");
	AUTO_FREE char *twice = nested("(", 20, "){2}");
	AUTO_FREE char *longest = nested("(", 600, ")");

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(repeat); i++)
		refuse(repeat[i], too_much);
	refuse(plus, too_much);
	refuse(twice, too_much);
	refuse(longest, "the pattern is too long");
	refuse("(a)\\1", "the pattern has a back-reference");
	refuse("(a*)*[\\]\\1", "the pattern has a back-reference");
	refuse("(a|b)*a(a|b){200}", "the pattern has too many ways to match");
	refuse("(a", "bad regular expression (Unmatched ( or \\()");
}

/* A backslash makes an operator of what is none without. */
static void basic_ones_are_bounded_too(void **state)
{
	static const char *const repeat[] = {
		"\\(\\(a\\{1,200\\}\\)\\{1,200\\}\\)\\{1,200\\}",
		"a\\{10000\\}", "[]\\{3\\}]\\{5000\\}",
	};
	const char *too_much = "the pattern repeats too much";

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(repeat); i++)
		refuse_kind(PATTERN_BASIC, repeat[i], too_much);
	refuse_kind(PATTERN_ANY_CASE, "((a{1,200}){1,200}){1,200}", too_much);
	refuse_kind(PATTERN_BASIC, "\\(a\\|b\\)*a\\(a\\|b\\)\\{200\\}",
	            "the pattern has too many ways to match");
	refuse_kind(PATTERN_BASIC, "\\(a\\)\\1",
	            "the pattern has a back-reference");
	refuse_kind(PATTERN_BASIC, "\\(a",
	            "bad regular expression (Unmatched ( or \\()");
}

static void kinds_differ(void **state)
{
	static const struct {
		enum pattern_kind kind;
		const char *pattern, *yes, *no;
	} list[] = {
		{ PATTERN_BASIC, "^((a{1,200}){1,200}){9}$",
		  "((a{1,200}){1,200}){9}", "a" },
		{ PATTERN_BASIC, "^a+b?$", "a+b?", "aab" },
		{ PATTERN_BASIC, "^a\\{2\\}\\(b\\|c\\)$", "aac", "ac" },
		{ PATTERN_ANY_CASE, "^OPEN(at)?$", "openAT", "opena" },
		{ PATTERN_EXTENDED, "^OPEN$", "OPEN", "open" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(list); i++) {
		struct pattern *p = make_kind(list[i].kind, list[i].pattern);

		assert_true(pattern_finds(p, list[i].yes));
		assert_false(pattern_finds(p, list[i].no));
		pattern_destroy(p);
	}
}

/* What has characters of several bytes is matched by characters, all else may
 * be by bytes. */
static void characters_are_whole(void **state)
{
	struct pattern *dots, *set;

	(void)state;
	assert_non_null(setlocale(LC_CTYPE, "C.UTF-8"));
	dots = make("^a..$");
	set = make("^[\u00e8\u00e9]x$");
	assert_true(pattern_finds(dots, "abc"));
	assert_true(pattern_finds(dots, "a\u00e9\u00e8"));
	assert_false(pattern_finds(dots, "a\u00e9"));
	assert_true(pattern_finds(set, "\u00e9x"));
	assert_false(pattern_finds(set, "ex"));
	assert_false(pattern_finds(set, "\u00ffx"));
	pattern_destroy(dots);
	pattern_destroy(set);
	setlocale(LC_CTYPE, "C");
}

static void what_people_write_is_taken(void **state)
{
	static const struct { const char *pattern, *text; } list[] = {
		{ "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-"
		  "[0-9a-f]{12}", "/x/0123abcd-0123-abcd-4567-0123456789ab" },
		{ "^/(usr/)?lib(64|32)?/.*\\.so(\\.[0-9]+)*$",
		  "/usr/lib64/libm.so.6.1" },
		{ "^/proc/([0-9]+|self)/(fd|task/[0-9]+)/.+$",
		  "/proc/12/task/14/comm" },
		{ "a{1000}", NULL }, { "(ab?){1,40}", "xabaab" },
		{ "^[][{}]{1,2}$", "]{" }, { "\\(a\\{2\\}", "(a{2}" },
		{ "a\\{b", "a{b" }, { "", "" }, { "(|a)+b", "aab" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(list); i++) {
		struct pattern *p = make(list[i].pattern);
		const char *text = list[i].text;

		if (text)
			assert_int_equal(pattern_match(p, text, strlen(text)),
			                 PATTERN_YES);
		assert_int_equal(pattern_match(p, "\1", 1),
		                 *list[i].pattern ? PATTERN_NO : PATTERN_YES);
		pattern_destroy(p);
	}
}

#ifdef __SANITIZE_ADDRESS__
/* What was freed is kept for a while. */
enum { GROWS_KB = 800 * 1024 };
#else
enum { GROWS_KB = 128 * 1024 };
#endif

/* Texts each of which leads to states that none has led to before. */
static void states_do_not_pile_up(void **state)
{
	enum { TEXTS = 50, LEN = 512 };
	struct pattern *p = make("(a|b)*a(a|b){18}c");
	struct rusage before, after;
	unsigned random = 1;
	char text[LEN + 1] = "";

	(void)state;
	getrusage(RUSAGE_SELF, &before);
	for (unsigned i = 0; i < TEXTS; i++) {
		for (size_t k = 0; k < LEN; k++) {
			random = random * 1103515245 + 12345;
			text[k] = "ab"[random >> 16 & 1];
		}
		assert_int_equal(pattern_match(p, text, LEN), PATTERN_NO);
	}
	assert_int_equal(pattern_match(p, "aaaaaaaaaaaaaaaaaaac", 20), PATTERN_YES);
	getrusage(RUSAGE_SELF, &after);
	assert_true(after.ru_maxrss - before.ru_maxrss < GROWS_KB);
	pattern_destroy(p);
}

static void too_long_a_text_is_said(void **state)
{
	enum { LEN = 1 << 20 };
	struct pattern *p = make(".*a.{40}c");
	AUTO_FREE char *text = xcalloc(1, LEN + 1);

	(void)state;
	memset(text, 'a', LEN);
	assert_int_equal(pattern_match(p, text, LEN), PATTERN_TOO_LONG);
	text[200] = '\0';
	assert_int_equal(pattern_match(p, text, 200), PATTERN_NO);
	pattern_destroy(p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(explosions_are_refused),
		cmocka_unit_test(basic_ones_are_bounded_too),
		cmocka_unit_test(kinds_differ),
		cmocka_unit_test(characters_are_whole),
		cmocka_unit_test(what_people_write_is_taken),
		cmocka_unit_test(states_do_not_pile_up),
		cmocka_unit_test(too_long_a_text_is_said),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
