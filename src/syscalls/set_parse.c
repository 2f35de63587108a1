/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The text of a set: "openat,%network@32,/^recv/,!recvmsg,102@32".
 */
#include "syscalls/set.h"

#include "base/alloc.h"
#include "base/pattern.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum {
	TEXT_MAX = 64 * 1024,
	REGEX_MAX = 256,
	/* Each is tried on all names. */
	REGEXES_MAX = 256,
	SHOWN_MAX = 60,
	ABIS_ALL = 1 << ABI_X86_64 | 1 << ABI_X32 | 1 << ABI_I386,
};

#define BLANKS " \t\r\n"

/* A piece of the user's text. */
struct piece {
	const char *start;
	size_t len;
};

static struct piece piece_trim(struct piece p)
{
	while (p.len && strchr(BLANKS, p.start[0])) {
		p.start++;
		p.len--;
	}
	while (p.len && strchr(BLANKS, p.start[p.len - 1]))
		p.len--;
	return p;
}

/* P as it may stand in a message; the caller frees it. */
static char *piece_shown(struct piece p)
{
	AUTO_BUF struct buf b = { 0 };

	buf_init(&b);
	if (p.len > SHOWN_MAX) {
		buf_put_printable(&b, p.start, SHOWN_MAX, false);
		buf_puts(&b, "...");
	} else {
		buf_put_printable(&b, p.start, p.len, false);
	}
	return xstrdup(b.data);
}

static struct error *refuse(enum error_kind kind, const char *before,
                            struct piece p, const char *after)
{
	AUTO_FREE char *shown = piece_shown(p);

	return error_new(kind, "%s\"%s\"%s", before, shown, after);
}

static void list_classes(struct buf *b)
{
	size_t count;
	const char *const *classes = syscall_class_names(&count);

	for (size_t i = 0; i < count; i++)
		buf_printf(b, "%s%s", i ? ", " : "; there are ", classes[i]);
}

/* "no system call "opennat"; did you mean openat, openat2?" */
static struct error *unknown(const char *what, struct piece p)
{
	const char *near[3];
	AUTO_FREE char *word = xstrndup(p.start, p.len);
	size_t count = syscall_nearest(word, near, ARRAY_LEN(near));
	AUTO_BUF struct buf b = { 0 };

	buf_init(&b);
	for (size_t i = 0; i < count; i++)
		buf_printf(&b, "%s%s", i ? ", " : "; did you mean ", near[i]);
	if (count)
		buf_putc(&b, '?');
	else if (*word == '%')
		list_classes(&b);
	return refuse(ERROR_NOT_FOUND, what, p, b.data);
}

/* Ends at the regex's closing slash or at the next comma. */
static size_t element_length(const char *text)
{
	size_t at = strspn(text, BLANKS "!");

	if (text[at] == '/') {
		for (at++; text[at] && text[at] != '/'; at++)
			if (text[at] == '\\' && text[at + 1])
				at++;
		if (text[at])
			at++;
	}
	return at + strcspn(text + at, ",");
}

/* Takes "@64", "@x32" or "@32" off P's end. */
static struct error *take_abi(struct piece *p, unsigned *abis)
{
	static const struct {
		const char *name;
		unsigned abis;
	} suffixes[] = {
		/* x32 is 64-bit code with pointers of 32 bits. */
		{ "64", 1 << ABI_X86_64 | 1 << ABI_X32 },
		{ "x32", 1 << ABI_X32 },
		{ "32", 1 << ABI_I386 },
	};
	const char *at = memrchr(p->start, '@', p->len);
	struct piece suffix;

	*abis = ABIS_ALL;
	if (!at || (*p->start == '/' &&
		    memchr(at, '/', p->len - (size_t)(at - p->start))))
		return NULL;
	suffix.start = at + 1;
	suffix.len = p->len - (size_t)(at + 1 - p->start);
	p->len = (size_t)(at - p->start);
	*p = piece_trim(*p);
	suffix = piece_trim(suffix);
	for (size_t i = 0; i < ARRAY_LEN(suffixes); i++)
		if (suffix.len == strlen(suffixes[i].name) &&
		    !memcmp(suffix.start, suffixes[i].name, suffix.len)) {
			*abis = suffixes[i].abis;
			return NULL;
		}
	return refuse(ERROR_USAGE, "no ABI ", suffix,
		      "; there are @64, @x32 and @32");
}

static struct error *parse_number(const char *word, struct piece p,
                                  struct set_element *element)
{
	static const uint64_t x32_bit = 0x40000000;
	char *end;
	unsigned long long nr;

	errno = 0;
	nr = strtoull(word, &end, 0);
	if (*end)
		return refuse(ERROR_USAGE, "", p, " is no number");
	if (errno || nr > INT32_MAX)
		return refuse(ERROR_USAGE, "no system call has the number ", p,
			      "");
	element->kind = SET_NUMBER;
	element->number = nr;
	if (nr & x32_bit) {
		element->number = nr & ~x32_bit;
		element->abis &= 1 << ABI_X32;
		if (!element->abis)
			return refuse(ERROR_USAGE, "the number ", p,
				      " is of the x32 ABI");
	}
	return NULL;
}

static struct error *parse_class(const char *word, struct piece p,
                                 struct set_element *element)
{
	size_t count;
	const char *const *classes = syscall_class_names(&count);

	for (size_t i = 0; i < count; i++)
		if (!strcmp(classes[i], word)) {
			element->kind = SET_CLASS;
			element->classes = UINT32_C(1) << i;
			return NULL;
		}
	return unknown("no class of system calls ", p);
}

/* What is between the slashes, `\/` standing for a slash. */
static struct error *take_regex(struct piece p, struct buf *pattern)
{
	if (p.len < 2 || p.start[p.len - 1] != '/')
		return refuse(ERROR_USAGE, "no slash at the end of ", p, "");
	for (size_t i = 1; i < p.len - 1; i++) {
		if (p.start[i] == '\\' && p.start[i + 1] == '/')
			continue;
		buf_putc(pattern, p.start[i]);
	}
	if (!pattern->len)
		return refuse(ERROR_USAGE, "nothing to look for in ", p, "");
	if (pattern->len > REGEX_MAX)
		return refuse(ERROR_USAGE, "too large a regular expression: ",
			      p, "");
	return NULL;
}

/* What matches PATTERN, which the user wrote as P. */
static struct error *apply_pattern(struct syscall_set *set, struct piece p,
                                   const char *pattern,
                                   struct set_element *element)
{
	struct error *err = pattern_make(pattern, strlen(pattern),
	                                 PATTERN_EXTENDED, &element->regex);

	if (err) {
		AUTO_FREE char *shown = piece_shown(p);

		return error_prefix(err, "%s", shown);
	}
	element->kind = SET_REGEX;
	if (!set_apply(set, element))
		err = refuse(ERROR_NOT_FOUND, "no system call matches ", p,
			     "");
	pattern_destroy(element->regex);
	return err;
}

static struct error *apply_regex(struct syscall_set *set, struct piece p,
                                 struct set_element *element)
{
	AUTO_BUF struct buf pattern = { 0 };

	buf_init(&pattern);
	TRY(take_regex(p, &pattern));
	return apply_pattern(set, p, pattern.data, element);
}

/* strace's classes of the variants of a call, as expressions. */
static const char *variants(const char *word)
{
	static const char *const list[][2] = {
		{ "%stat", "^(old)?stat(64)?$" },
		{ "%lstat", "^(old)?lstat(64)?$" },
		{ "%fstat", "^((old)?fstat|fstat(at)?64|newfstatat)$" },
		{ "%%stat", "^((old)?[fl]?stat|[fl]?stat64|fstatat64|"
			"newfstatat|statx)$" },
		{ "%statfs", "^statfs(64)?$" },
		{ "%fstatfs", "^fstatfs(64)?$" },
		{ "%%statfs", "^(f?statfs(64)?|ustat)$" },
	};

	for (size_t i = 0; i < ARRAY_LEN(list); i++)
		if (!strcmp(list[i][0], word))
			return list[i][1];
	return NULL;
}

static struct error *apply_word(struct syscall_set *set, struct piece p,
                                struct set_element *element)
{
	AUTO_FREE char *word = xstrndup(p.start, p.len);

	if (variants(word))
		return apply_pattern(set, p, variants(word), element);
	if (isdigit((unsigned char)*word)) {
		TRY(parse_number(word, p, element));
	} else if (*word == '%') {
		TRY(parse_class(word, p, element));
	} else if (!strcmp(word, "all")) {
		element->kind = SET_ALL;
	} else if (syscall_exists(word)) {
		element->kind = SET_NAME;
		element->name = word;
	} else {
		return unknown("no system call ", p);
	}
	if (!set_apply(set, element))
		return refuse(ERROR_NOT_FOUND, "that ABI has no system call ",
			      p, "");
	return NULL;
}

/* Applies one element and adds it to TEXT without its blanks. */
static struct error *parse_element(struct syscall_set *set, struct piece p,
                                   struct buf *text)
{
	struct set_element element = { .in = true };
	struct piece whole;

	p = piece_trim(p);
	if (p.len && *p.start == '!') {
		element.in = false;
		p.start++;
		p.len--;
		p = piece_trim(p);
	}
	whole = p;
	if (p.len)
		TRY(take_abi(&p, &element.abis));
	if (!p.len)
		return error_new(ERROR_USAGE,
				 "a name is missing in the set of calls");
	if (text->len)
		buf_putc(text, ',');
	else if (!element.in)
		set_fill(set, true);
	if (!element.in)
		buf_putc(text, '!');
	buf_add(text, p.start, p.len);
	if (whole.len > p.len) {
		const char *abi = memrchr(whole.start, '@', whole.len);

		buf_putc(text, '@');
		abi += 1 + strspn(abi + 1, BLANKS);
		buf_add(text, abi, whole.len - (size_t)(abi - whole.start));
	}
	if (*p.start == '/')
		return apply_regex(set, p, &element);
	return apply_word(set, p, &element);
}

static struct error *parse_elements(struct syscall_set *set, const char *all)
{
	AUTO_BUF struct buf b = { 0 };
	const char *text = all;
	struct error *err;
	size_t regexes = 0;

	buf_init(&b);
	for (;;) {
		struct piece p = { text, element_length(text) };

		regexes += text[strspn(text, BLANKS "!")] == '/';
		if (regexes > REGEXES_MAX)
			return error_new(ERROR_USAGE, "over %d regular "
					 "expressions in a set of system calls",
					 REGEXES_MAX);
		err = parse_element(set, p, &b);
		if (err)
			return error_at(err, (size_t)(text - all) +
			                strspn(text, BLANKS));
		text += p.len;
		if (!*text)
			break;
		text++;
	}
	set->text = buf_take(&b);
	return NULL;
}

struct error *syscall_set_parse(const char *text, struct syscall_set **set)
{
	struct syscall_set *new_set;
	struct error *err = NULL;

	if (text && strnlen(text, TEXT_MAX + 1) > TEXT_MAX)
		return error_new(ERROR_USAGE,
				 "a set of system calls of over %d KB",
				 TEXT_MAX / 1024);
	new_set = set_create();
	if (!text || !text[strspn(text, BLANKS)]) {
		set_fill(new_set, true);
		new_set->text = xstrdup("all");
	} else {
		err = parse_elements(new_set, text);
	}
	if (err) {
		syscall_set_destroy(new_set);
		return err;
	}
	set_seal(new_set);
	*set = new_set;
	return NULL;
}
