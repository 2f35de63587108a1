/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session/ranges.h"

#include "expr/value.h"

#include <ctype.h>

static struct error *address(struct session *s, const char *text, taddr *addr)
{
	AUTO_VALUE struct value *v = NULL;

	TRY(session_value(s, text, &v));
	return value_as_address(v, addr);
}

/* Up to STOP, or a blank where that is 0, outside brackets and quotes. */
static size_t part_len(const char *text, char stop)
{
	size_t len = 0;
	unsigned depth = 0;
	char quote = 0;

	for (; text[len]; len++) {
		char c = text[len];

		if (quote) {
			if (c == '\\' && text[len + 1])
				len++;
			else if (c == quote)
				quote = 0;
		} else if (c == '"' || c == '\'') {
			quote = c;
		} else if (strchr("([{", c)) {
			depth++;
		} else if (strchr(")]}", c)) {
			depth -= depth > 0;
		} else if (!depth && (stop ? c == stop
		                      : isspace((unsigned char)c))) {
			break;
		}
	}
	return len;
}

size_t range_word_len(const char *text)
{
	return part_len(text, 0);
}

static struct error *check(struct range r, struct range *range)
{
	/* The last page of all can't be mapped, so nothing is lost. */
	if (!r.end)
		r.end = ~(taddr)0;
	if (r.end <= r.start)
		return error_new(ERROR_USAGE, "a range that ends at 0x%llx "
		                 "can't begin at 0x%llx",
		                 (unsigned long long)r.end,
		                 (unsigned long long)r.start);
	*range = r;
	return NULL;
}

struct error *range_of(struct session *s, const char *start, const char *end,
                       struct range *range)
{
	struct range r;
	taddr len;

	TRY(address(s, start, &r.start));
	if (*end != '+') {
		TRY(address(s, end, &r.end));
		return check(r, range);
	}
	TRY(address(s, end + 1, &len));
	if (!len)
		return error_new(ERROR_USAGE, "a range of no bytes");
	if (__builtin_add_overflow(r.start, len, &r.end) && r.end)
		return error_new(ERROR_USAGE, "0x%llx bytes from 0x%llx on "
		                 "are more than there is",
		                 (unsigned long long)len,
		                 (unsigned long long)r.start);
	return check(r, range);
}

struct error *range_parse(struct session *s, const char *text,
                          struct range *range)
{
	size_t len = part_len(text, ',');
	AUTO_FREE char *start = xstrndup(text, len);
	const char *end = text + len + (text[len] == ',');

	end += strspn(end, " \t");
	if (!*end)
		return error_new(ERROR_USAGE, "\"%.60s\" is not a range: say "
		                 "START,END or START,+LENGTH", text);
	return range_of(s, start, end, range);
}

struct range range_common(struct range a, struct range b)
{
	return (struct range){
		.start = a.start > b.start ? a.start : b.start,
		.end = a.end < b.end ? a.end : b.end,
	};
}

uint64_t range_len(struct range r)
{
	return r.end > r.start ? r.end - r.start : 0;
}

struct error *size_parse(const char *text, uint64_t *size)
{
	static const char units[] = "KMGT";
	char *end;
	long double n = isdigit((unsigned char)*text) ? strtold(text, &end)
	                                              : -1;
	const char *unit;

	if (n >= 0 && *end &&
	    (unit = strchr(units, toupper((unsigned char)*end))) != NULL) {
		n *= (long double)(1ull << 10 * (unit - units + 1));
		end++;
		end += *end == 'B';
	}
	if (n < 0 || n >= 0x1p63L || *end)
		return error_new(ERROR_USAGE, "\"%.60s\" is not a size: say a "
		                 "number, with K, M, G or T behind it perhaps",
		                 text);
	*size = (uint64_t)n;
	return NULL;
}
