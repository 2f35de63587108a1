/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/pattern.h"

#include "base/alloc.h"
#include "base/error.h"

#include <ctype.h>
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

struct pattern {
	regex_t regex;
	char *text;
	uint64_t bytes_each; /* kept for a byte of a text, at most */
	uint64_t kept;       /* since REGEX was made, at most */
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

const char *pattern_fault(const char *s, size_t len)
{
	struct size size;

	if (len > PATTERN_MAX)
		return "the pattern is too long";
	if (has_back_reference(s))
		return "the pattern has a back-reference";
	size = measure(s);
	if (size.nodes > NODES_MAX)
		return "the pattern repeats too much";
	if (bytes_each(size) > KEPT_MAX / TEXT_LEAST)
		return "the pattern has too many ways to match";
	return NULL;
}

static int compile(struct pattern *p)
{
	p->kept = 0;
	return regcomp(&p->regex, p->text, REG_EXTENDED | REG_NOSUB);
}

struct error *pattern_make(const char *s, size_t len, struct pattern **made)
{
	const char *fault = pattern_fault(s, len);
	struct pattern *p;
	char why[200];
	int failed;

	if (fault)
		return error_new(ERROR_USAGE, "%s", fault);
	p = xcalloc(1, sizeof(*p));
	p->text = xstrdup(s);
	p->bytes_each = bytes_each(measure(s));
	failed = compile(p);
	if (!failed) {
		*made = p;
		return NULL;
	}
	regerror(failed, &p->regex, why, sizeof(why));
	free(p->text);
	free(p);
	return error_new(ERROR_USAGE, "bad regular expression (%s)", why);
}

void pattern_destroy(struct pattern *p)
{
	if (!p)
		return;
	regfree(&p->regex);
	free(p->text);
	free(p);
}

/* Out of memory: what is there can't be given up, for nothing replaces it. */
static void make_anew(struct pattern *p)
{
	regex_t old = p->regex;

	if (compile(p))
		p->regex = old;
	else
		regfree(&old);
}

enum pattern_answer pattern_match(struct pattern *p, const char *text,
                                  size_t len)
{
	regmatch_t range = { .rm_eo = (regoff_t)len };
	int failed;

	if (len > KEPT_MAX / p->bytes_each)
		return PATTERN_TOO_LONG;
	if (p->kept + len * p->bytes_each > KEPT_MAX)
		make_anew(p);
	p->kept += len * p->bytes_each;
	failed = regexec(&p->regex, len ? text : "", 1, &range, REG_STARTEND);
	if (failed && failed != REG_NOMATCH)
		return PATTERN_TOO_LONG;
	return failed ? PATTERN_NO : PATTERN_YES;
}

bool path_is_below(const char *path, const char *dir)
{
	size_t len = strlen(dir);

	while (len && dir[len - 1] == '/')
		len--;
	return strncmp(path, dir, len) == 0 &&
	       (!path[len] || path[len] == '/');
}
