/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/pattern.h"

#include "base/alloc.h"
#include "base/error.h"

#include <ctype.h>
#include <locale.h>
#include <regex.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* Bounds which the C library does not set itself. */
enum {
	PATTERN_MAX = 1024,
	NODES_MAX = 4096,            /* for each, glibc keeps a set of them */
	KEPT_MAX = 64 * 1024 * 1024, /* bytes of states */
	TEXT_LEAST = 256,            /* a text that each pattern can take */
	NODE_BYTES = 20,             /* of a state for each of its nodes */
	STATE_NODES = 5,             /* what a state without any takes */
};

/*
 * What a part of an expression becomes: nodes, and forks, where a byte may be
 * taken in several ways.  Each byte of a text can lead to as many new states.
 */
struct size {
	uint64_t nodes, forks;
};

/* It is made when a text comes for it, and anew when it has kept too much. */
struct machine {
	regex_t regex;
	bool made;
	uint64_t kept;       /* since then, at most */
};

/*
 * In a locale whose characters have several bytes the C library copies each
 * text.  What is ASCII matches as well byte by byte, which takes no memory.
 */
struct pattern {
	struct machine ascii, any;
	char *text;
	int flags;           /* regcomp's */
	uint64_t bytes_each; /* kept for a byte of a text, at most */
};

static void add(struct size *to, struct size what)
{
	to->nodes += what.nodes;
	to->forks += what.forks;
}

/* Saturates well above all bounds: what is above needs no exact number. */
static void multiply(struct size *s, uint64_t times)
{
	const uint64_t most = UINT64_C(1) << 32;

	s->nodes = s->nodes < most / times ? s->nodes * times : most;
	s->forks = s->forks < most / times ? s->forks * times : most;
}

/* Behind the bracket expression at S; a class in it has brackets too. */
static const char *skip_bracket(const char *s)
{
	s += s[1] == '^' ? 2 : 1;
	if (*s == ']')
		s++;
	while (*s && *s != ']') {
		char kind = s[1];

		if (*s++ != '[' || !kind || !strchr(":.=", kind))
			continue;
		for (s++; *s && !(s[0] == kind && s[1] == ']'); s++)
			;
		s += *s ? 2 : 0;
	}
	return *s ? s + 1 : s;
}

/* How often the bound at S, a brace, has its atom written; *S goes behind. */
static uint64_t read_bound(const char **s)
{
	const uint64_t most = 1 << 16;
	char *end;
	uint64_t n = strtoul(*s + 1, &end, 10), last = n;

	if (*end == ',' && end[1] == '}')
		last = n < most ? n + 1 : most;
	else if (*end == ',')
		last = strtoul(end + 1, &end, 10);
	*s += strcspn(*s, "}");
	n = n > last ? n : last;
	return n > most ? most : n ? n : 1;
}

/* An atom at S, or what stands behind one, LAST; S goes on. */
static const char *take_one(const char *s, struct size *last)
{
	*last = (struct size){ .nodes = 1 };
	if (*s == '\\' && s[1]) {
		last->forks = isalpha((unsigned char)s[1]) != 0;
		return s + 2;
	}
	last->forks = *s == '.' || *s == '[' || *s == '|';
	return *s == '[' ? skip_bracket(s) : s + 1;
}

/* `+` is one and any number more, which is written twice. */
static const char *take_repeat(const char *s, struct size *last)
{
	if (*s == '{')
		multiply(last, read_bound(&s));
	else if (*s == '+')
		multiply(last, 2);
	add(last, (struct size){ 1, 1 });
	return *s ? s + 1 : s;
}

static struct size measure(const char *s)
{
	struct size whole[PATTERN_MAX + 1] = { { 0 } }, last = { 0 };
	unsigned depth = 0;

	while (*s) {
		if (strchr("*+?", *s) || (*s == '{' &&
		    (isdigit((unsigned char)s[1]) || s[1] == ','))) {
			s = take_repeat(s, &last);
			continue;
		}
		add(&whole[depth], last);
		if (*s == '(') {
			last = (struct size){ 0 };
			whole[++depth] = (struct size){ .nodes = 1 };
			s++;
		} else if (*s == ')' && depth) {
			last = whole[depth--];
			s++;
		} else {
			s = take_one(s, &last);
		}
	}
	for (add(&whole[depth], last); depth; depth--)
		add(&whole[depth - 1], whole[depth]);
	return whole[0];
}

/* The basic expression S as an extended one: a backslash is what it lacks. */
static void put_extended(const char *s, char *made)
{
	static const char signs[] = "(){}|+?";

	while (*s) {
		const char *next = *s == '[' ? skip_bracket(s) : s + 1;

		if (*s == '\\' && s[1] && strchr(signs, s[1])) {
			next = ++s + 1;
		} else if (*s == '\\' && s[1]) {
			next = s + 2;
		} else if (strchr(signs, *s)) {
			*made++ = '\\';
		}
		while (s < next)
			*made++ = *s++;
	}
	*made = '\0';
}

static struct size measure_of(const char *s, enum pattern_kind kind)
{
	char extended[2 * PATTERN_MAX + 1];

	if (kind != PATTERN_BASIC)
		return measure(s);
	put_extended(s, extended);
	return measure(extended);
}

static uint64_t bytes_each(struct size size)
{
	return (size.forks ? size.forks : 1) * (size.nodes + STATE_NODES) *
	       NODE_BYTES;
}

static bool has_back_reference(const char *s)
{
	for (; *s; s++) {
		if (*s != '\\')
			continue;
		if (s[1] >= '1' && s[1] <= '9')
			return true;
		s += s[1] != '\0';
	}
	return false;
}

/* SIZE is that of S afterwards. */
static const char *find_fault(const char *s, size_t len,
                              enum pattern_kind kind, struct size *size)
{
	if (len > PATTERN_MAX)
		return "the pattern is too long";
	if (has_back_reference(s))
		return "the pattern has a back-reference";
	*size = measure_of(s, kind);
	if (size->nodes > NODES_MAX)
		return "the pattern repeats too much";
	if (bytes_each(*size) > KEPT_MAX / TEXT_LEAST)
		return "the pattern has too many ways to match";
	return NULL;
}

/* M anew.  Where memory is out what is there stays, for nothing replaces it. */
static int compile(const struct pattern *p, struct machine *m)
{
	bool bytes = m == &p->ascii;
	locale_t plain = bytes ? newlocale(LC_ALL_MASK, "C", (locale_t)0)
	                       : (locale_t)0;
	locale_t before = plain ? uselocale(plain) : (locale_t)0;
	regex_t regex;
	int failed = regcomp(&regex, p->text, p->flags);

	if (plain) {
		uselocale(before);
		freelocale(plain);
	}
	if (failed)
		return failed;
	if (m->made)
		regfree(&m->regex);
	*m = (struct machine){ .regex = regex, .made = true };
	return 0;
}

struct error *pattern_make(const char *s, size_t len, enum pattern_kind kind,
                           struct pattern **made)
{
	static const int flags[] = {
		[PATTERN_EXTENDED] = REG_EXTENDED, [PATTERN_BASIC] = 0,
		[PATTERN_ANY_CASE] = REG_EXTENDED | REG_ICASE,
	};
	struct size size;
	const char *fault = find_fault(s, len, kind, &size);
	struct pattern *p;
	char why[200];
	int failed;

	if (fault)
		return error_new(ERROR_USAGE, "%s", fault);
	p = xcalloc(1, sizeof(*p));
	p->text = xstrdup(s);
	p->flags = flags[kind] | REG_NOSUB;
	p->bytes_each = bytes_each(size);
	failed = compile(p, &p->any);
	if (!failed) {
		*made = p;
		return NULL;
	}
	regerror(failed, &p->any.regex, why, sizeof(why));
	pattern_destroy(p);
	return error_new(ERROR_USAGE, "bad regular expression (%s)", why);
}

void pattern_destroy(struct pattern *p)
{
	if (!p)
		return;
	if (p->any.made)
		regfree(&p->any.regex);
	if (p->ascii.made)
		regfree(&p->ascii.regex);
	free(p->text);
	free(p);
}

static bool is_ascii(const char *text, size_t len)
{
	while (len && !(*text & 0x80))
		text++, len--;
	return !len;
}

enum pattern_answer pattern_match(struct pattern *p, const char *text,
                                  size_t len)
{
	struct machine *m = is_ascii(text, len) ? &p->ascii : &p->any;
	regmatch_t range = { .rm_eo = (regoff_t)len };
	int failed = 0;

	if (len > KEPT_MAX / p->bytes_each)
		return PATTERN_TOO_LONG;
	if (!m->made || m->kept + len * p->bytes_each > KEPT_MAX)
		failed = compile(p, m);
	if (failed && !m->made)
		return PATTERN_TOO_LONG;
	m->kept += len * p->bytes_each;
	failed = regexec(&m->regex, len ? text : "", 1, &range, REG_STARTEND);
	if (failed && failed != REG_NOMATCH)
		return PATTERN_TOO_LONG;
	return failed ? PATTERN_NO : PATTERN_YES;
}

bool pattern_finds(struct pattern *p, const char *text)
{
	return pattern_match(p, text, strlen(text)) == PATTERN_YES;
}

bool path_is_below(const char *path, const char *dir)
{
	size_t len = strlen(dir);

	while (len && dir[len - 1] == '/')
		len--;
	return strncmp(path, dir, len) == 0 &&
	       (!path[len] || path[len] == '/');
}
