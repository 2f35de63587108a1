/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When a rule acts: the times that it matches are counted; chance; spans. */
#include "session/rule_internal.h"

#include "base/alloc.h"

#include <ctype.h>
#include <errno.h>
#include <string.h>

/* A number from 1 to MOST; *END: behind it. */
static bool take_number(const char *text, uint64_t most, const char **end,
                        uint64_t *number)
{
	char *stop;

	if (most == STRACE_MOST) {
		text += strspn(text, " \t");
		text += *text == '+';
	}
	errno = 0;
	*number = isdigit((unsigned char)*text) ? strtoull(text, &stop, 10)
	                                        : 0;
	if (!*number || errno || *number > most)
		return false;
	*end = stop;
	return true;
}

static struct error *refuse(const char *text, const char *at, uint64_t most)
{
	return error_at(error_new(ERROR_USAGE, "when is N, N+, N+STEP, N..M or "
	                          "N..M+STEP, with numbers from 1 to %llu, "
	                          "not \"%s\"", (unsigned long long)most,
	                          text), (size_t)(at - text));
}

struct error *rule_when_parse(const char *text, uint64_t most,
                              struct rule_when *when)
{
	struct rule_when w = { 0 };
	const char *at = text;

	if (!take_number(at, most, &at, &w.first))
		return refuse(text, at, most);
	if (at[0] == '.' && at[1] == '.') {
		at += 2;
		if (!take_number(at, most, &at, &w.last))
			return refuse(text, at, most);
		if (w.last < w.first)
			return error_new(ERROR_USAGE, "when ends before it "
			                 "begins: \"%s\"", text);
		w.step = 1;
	}
	if (*at == '+') {
		w.step = 1;
		if (*++at && !take_number(at, most, &at, &w.step))
			return refuse(text, at, most);
	}
	if (*at)
		return refuse(text, at, most);
	*when = w;
	return NULL;
}

static bool is_time(const struct rule_when *w, uint64_t count)
{
	if (count < w->first || (w->last && count > w->last))
		return false;
	return w->step ? (count - w->first) % w->step == 0
	               : count == w->first;
}

static bool is_there(const struct session *s, unsigned number)
{
	for (size_t i = 0; i < s->target->processes.len; i++)
		if (s->target->processes.items[i]->number == number)
			return true;
	return false;
}

/* The counts of processes that have ended are not kept for ever. */
static void forget_ended(const struct session *s, struct rule *r)
{
	size_t kept = 0;

	for (size_t i = 0; i < r->counts.len; i++)
		if (is_there(s, r->counts.items[i].process))
			r->counts.items[kept++] = r->counts.items[i];
	r->counts.len = kept;
}

static uint64_t *process_count(const struct session *s, struct rule *r,
                               unsigned process)
{
	for (size_t i = 0; i < r->counts.len; i++)
		if (r->counts.items[i].process == process)
			return &r->counts.items[i].count;
	if (r->counts.len && r->counts.len == r->counts.cap)
		forget_ended(s, r);
	vec_push(&r->counts, (struct rule_process_count){ process, 0 });
	return &r->counts.items[r->counts.len - 1].count;
}

/* A thread's counts go with it.  NR: 0 where all calls count together. */
static uint64_t *thread_count(struct thread *t, unsigned rule, enum abi abi,
                              uint64_t nr)
{
	struct thread_info *info = thread_info(t);

	for (size_t i = 0; i < info->rule_counts.len; i++) {
		struct rule_thread_count *c = &info->rule_counts.items[i];

		if (c->rule == rule && c->nr == nr && c->abi == abi)
			return &c->count;
	}
	vec_push(&info->rule_counts,
	         (struct rule_thread_count){ rule, abi, nr, 0 });
	return &info->rule_counts.items[info->rule_counts.len - 1].count;
}

bool rule_when_counts(struct session *s, struct rule *r, struct thread *t,
                      const struct call *call)
{
	uint64_t *count = &r->count;

	if (r->per == PER_PROCESS)
		count = process_count(s, r, t->process->number);
	else if (r->per == PER_THREAD)
		count = thread_count(t, r->number, ABI_X86_64, 0);
	else if (r->per == PER_THREAD_CALL)
		count = thread_count(t, r->number, call->made.abi,
		                     call->made.nr);
	return is_time(&r->when, ++*count);
}

/* Marsaglia's xorshift64*: the same seed gives the same row everywhere. */
bool rule_chance_takes(struct rule_chance *chance)
{
	uint64_t x = chance->state;

	if (!chance->given)
		return true;
	x ^= x >> 12;
	x ^= x << 25;
	x ^= x >> 27;
	chance->state = x;
	return (x * UINT64_C(0x2545f4914f6cdd1d)) >> 32 < chance->limit;
}

/* A decimal number, perhaps with an exponent; *END: behind it.  Or -1. */
static double take_decimal(const char *text, char **end)
{
	size_t first = strspn(text, "+-.");
	double value;

	if (!isdigit((unsigned char)text[first]) ||
	    strncasecmp(text + first, "0x", 2) == 0)
		return -1;
	errno = 0;
	value = strtod(text, end);
	return errno || !(value >= 0) ? -1 : value;
}

struct error *rule_time_parse(const char *text, bool strace,
                              uint64_t *nanoseconds)
{
	static const struct { const char *name; double unit; } units[] = {
		{ "s", 1e9 }, { "ms", 1e6 }, { "us", 1e3 }, { "ns", 1 },
		{ "", 1e3 },
	};
	static const double most = 1e9 * 86400 * 365;
	size_t i = 0, count = ARRAY_LEN(units) - !strace;
	char *end;
	double value = take_decimal(text + (strace ? strspn(text, " ") : 0),
	                            &end);

	while (value >= 0 && i < count && strcmp(units[i].name, end) != 0)
		i++;
	if (value < 0 || i == count)
		return error_new(ERROR_USAGE, "a time is a number with s, ms, "
		                 "us or ns behind it, not \"%s\"", text);
	value *= units[i].unit;
	if (value > most && !strace)
		return error_new(ERROR_USAGE, "no delay is longer than a year: "
		                 "\"%s\"", text);
	*nanoseconds = (uint64_t)(value > most ? most : value);
	return NULL;
}
