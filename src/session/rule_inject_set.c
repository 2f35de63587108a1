/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The calls of strace's `inject` and `fault`, in its words, as a SET. */
#include "session/rule_internal.h"

#include "base/alloc.h"

#include <ctype.h>
#include <string.h>

static const char nothing[] = "all,!all";

/* These need no `%`, as long ago. */
static bool is_old_class(const char *word)
{
	static const char *const old[] = {
		"desc", "file", "ipc", "memory", "network", "process",
		"signal",
	};
	size_t len = strcspn(word, "@");

	for (size_t i = 0; i < ARRAY_LEN(old); i++)
		if (strlen(old[i]) == len && !strncmp(old[i], word, len))
			return true;
	return false;
}

/* Numbers are decimal, and of calls that there are. */
static struct error *put_number(const char *word, struct buf *made)
{
	char *end;
	unsigned long number = strtoul(word, &end, 10);
	bool known = false;

	for (int abi = 0; abi < ABI_COUNT; abi++)
		known = known || syscall_by_number((enum abi)abi, number);
	if (!known || (*end && *end != '@'))
		return error_new(ERROR_NOT_FOUND,
		                 "no system call has the number \"%s\"", word);
	buf_printf(made, "%lu%s", number, end);
	return NULL;
}

/*
 * An expression has no second slash, one without anything finds all, and an ABI
 * may stand behind it.
 */
static void put_regex(const char *word, struct buf *made)
{
	const char *at = strrchr(word, '@');
	const char *end = word + (at ? (size_t)(at - word) : strlen(word));

	buf_puts(made, end == word + 1 ? "/." : "/");
	for (const char *c = word + 1; c < end; c++) {
		if (*c == '\\' && c + 1 < end)
			buf_putc(made, *c++);
		else if (*c == '/')
			buf_putc(made, '\\');
		buf_putc(made, *c);
	}
	buf_printf(made, "/%s", end);
}

static struct error *put_element(const char *word, struct buf *made)
{
	if (*word == '!' || word[strcspn(word, " \t")])
		return error_new(ERROR_NOT_FOUND, "no system call \"%s\": `!` "
		                 "stands before the first, for all of them, "
		                 "and there are no blanks", word);
	if (isdigit((unsigned char)*word))
		return put_number(word, made);
	if (*word == '/')
		put_regex(word, made);
	else
		buf_printf(made, "%s%s", is_old_class(word) ? "%" : "", word);
	return NULL;
}

/* WORD, if it is a call, or is optional (`?`) and bears no other fault. */
static struct error *add_element(const char *word, bool out, struct buf *made)
{
	AUTO_BUF struct buf one = { 0 };
	bool optional = *word == '?';
	struct syscall_set *set;
	struct error *err;

	buf_init(&one);
	word += strspn(word, "?");
	err = put_element(word, &one);
	if (!err)
		err = syscall_set_parse(*word ? one.data : "?", &set);
	if (err && optional && err->kind == ERROR_NOT_FOUND) {
		error_destroy(err);
		return NULL;
	}
	if (err)
		return err;
	syscall_set_destroy(set);
	buf_printf(made, "%s%s%s", made->len ? "," : "", out ? "!" : "",
	           one.data);
	return NULL;
}

struct error *rule_inject_set(char *text, struct syscall_set **set)
{
	AUTO_BUF struct buf made = { 0 };
	bool out = false;
	char *rest = NULL, *start = text, *one;

	buf_init(&made);
	for (; *text == '!'; text++)
		out = !out;
	if (!text[strspn(text, ",")])
		return error_new(ERROR_USAGE, "the calls are missing, as in "
		                 "`inject openat:error=ENOENT`");
	one = strcmp(text, "none") == 0 ? NULL : strtok_r(text, ",", &rest);
	for (; one; one = strtok_r(NULL, ",", &rest)) {
		struct error *err = add_element(one, out, &made);

		if (err) {
			err->column = 0;
			return error_at(err, (size_t)(one - start));
		}
	}
	if (!made.len)
		buf_puts(&made, out ? "all" : nothing);
	return syscall_set_parse(made.data, set);
}
