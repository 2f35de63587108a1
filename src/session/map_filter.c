/* SPDX-License-Identifier: GPL-3.0-or-later */
/* session/map_filter.c: choosing among mappings. */
#include "session/ranges.h"

#include <fnmatch.h>

enum term_kind { TERM_PERM, TERM_NAME, TERM_ADDR, TERM_SIZE, TERM_FILE,
	         TERM_SHARED };

enum size_op { SIZE_LESS = 1, SIZE_EQUAL = 2, SIZE_MORE = 4 };

struct map_filter_term {
	enum term_kind kind;
	bool not;
	bool wanted;          /* FILE, SHARED */
	char *text;           /* PERM, NAME */
	struct range range;   /* ADDR */
	unsigned op;          /* SIZE: enum size_op */
	uint64_t size;
};

/* As they stand in /proc/PID/maps; what is no such letter is refused. */
static struct error *parse_perm(const char *text, struct map_filter_term *t)
{
	static const char *const letters[] = { "r-?", "w-?", "x-?", "sp?" };
	size_t len = strlen(text);

	for (size_t i = 0; i < len; i++)
		if (i >= ARRAY_LEN(letters) || !strchr(letters[i], text[i]))
			return error_new(ERROR_USAGE, "\"%.60s\" are no "
			                 "permissions: say such as rw-p, r?x "
			                 "or rw", text);
	t->text = xstrdup(text);
	return len ? NULL : error_new(ERROR_USAGE, "permissions are missing");
}

static struct error *parse_addr(struct session *s, const char *text,
                                struct map_filter_term *t)
{
	AUTO_FREE char *one = NULL;

	if (strchr(text, ',') || !*text)
		return range_parse(s, text, &t->range);
	one = xasprintf("%s,+1", text);
	return range_parse(s, one, &t->range);
}

/* OP, the comparison and the size behind it. */
static struct error *parse_size(const char *text, struct map_filter_term *t)
{
	for (; *text && strchr("<=>", *text); text++)
		t->op |= *text == '<' ? SIZE_LESS
		         : *text == '=' ? SIZE_EQUAL : SIZE_MORE;
	return size_parse(text, &t->size);
}

static const struct term_word {
	const char *word;
	enum term_kind kind;
	bool wanted;
} words[] = {
	{ "perm=", TERM_PERM, true }, { "name=", TERM_NAME, true },
	{ "addr=", TERM_ADDR, true }, { "size", TERM_SIZE, true },
	{ "file", TERM_FILE, true }, { "anon", TERM_FILE, false },
	{ "shared", TERM_SHARED, true }, { "private", TERM_SHARED, false },
};

/* What stands behind the word; NULL: it is another. */
static const char *behind(const struct term_word *w, const char *text)
{
	size_t len = strlen(w->word);

	if (strncmp(text, w->word, len) != 0)
		return NULL;
	text += len;
	if (w->kind == TERM_SIZE)
		return *text && strchr("<=>", *text) ? text : NULL;
	if (w->kind == TERM_FILE || w->kind == TERM_SHARED)
		return *text ? NULL : text;
	return text;
}

bool map_filter_begins(const char *text)
{
	AUTO_FREE char *word = xstrndup(text, range_word_len(text));
	bool is = *word == '!' || !*word;

	for (size_t i = 0; i < ARRAY_LEN(words) && !is; i++)
		is = behind(&words[i], word) != NULL;
	return is;
}

static struct error *parse_term(struct session *s, const char *text,
                                struct map_filter_term *t)
{
	const struct term_word *w = NULL;
	const char *rest = NULL;

	t->not = *text == '!';
	text += t->not;
	for (size_t i = 0; i < ARRAY_LEN(words) && !rest; i++) {
		w = &words[i];
		rest = behind(w, text);
	}
	if (!rest)
		return error_new(ERROR_USAGE, "\"%.60s\" is no filter: say "
		                 "perm=PERMISSIONS, name=GLOB, addr=RANGE, "
		                 "size>SIZE, file, anon, shared or private",
		                 text);
	t->kind = w->kind;
	t->wanted = w->wanted;
	switch (t->kind) {
	case TERM_PERM:
		return parse_perm(rest, t);
	case TERM_ADDR:
		return parse_addr(s, rest, t);
	case TERM_SIZE:
		return parse_size(rest, t);
	case TERM_NAME:
		t->text = xstrdup(rest);
		return NULL;
	default:
		return NULL;
	}
}

struct error *map_filter_parse(struct session *s, const char *text,
                               struct map_filter *filter)
{
	CLEANUP(map_filter_deinit) struct map_filter f = { 0 };

	while (*(text += strspn(text, " \t"))) {
		size_t len = range_word_len(text);
		AUTO_FREE char *word = xstrndup(text, len);
		struct map_filter_term t = { 0 };
		struct error *err = parse_term(s, word, &t);

		vec_push(&f.terms, t);
		TRY(err);
		text += len;
	}
	*filter = f;
	f = (struct map_filter){ 0 };
	return NULL;
}

static bool perm_fits(const char *want, const char *perms)
{
	for (; *want; want++, perms++)
		if (*want != '?' && *want != *perms)
			return false;
	return true;
}

static bool name_fits(const char *glob, const char *name)
{
	const char *slash = strrchr(name, '/');

	return strcmp(glob, name) == 0 || fnmatch(glob, name, 0) == 0 ||
	       (slash && !strchr(glob, '/') &&
	        fnmatch(glob, slash + 1, 0) == 0);
}

static bool term_holds(const struct map_filter_term *t,
                       const struct proc_map *m)
{
	uint64_t size = m->end - m->start;

	switch (t->kind) {
	case TERM_PERM:
		return perm_fits(t->text, m->perms);
	case TERM_NAME:
		return name_fits(t->text, m->name);
	case TERM_ADDR:
		return t->range.start < m->end && t->range.end > m->start;
	case TERM_SIZE:
		return t->op & (size < t->size ? SIZE_LESS
		                : size > t->size ? SIZE_MORE : SIZE_EQUAL);
	case TERM_FILE:
		return (m->inode != 0) == t->wanted;
	case TERM_SHARED:
		return (m->perms[3] == 's') == t->wanted;
	}
	return false;
}

bool map_filter_takes(const struct map_filter *filter,
                      const struct proc_map *map)
{
	for (size_t i = 0; i < filter->terms.len; i++) {
		const struct map_filter_term *t = &filter->terms.items[i];

		if (term_holds(t, map) == t->not)
			return false;
	}
	return true;
}

void map_filter_deinit(struct map_filter *filter)
{
	for (size_t i = 0; i < filter->terms.len; i++)
		free(filter->terms.items[i].text);
	vec_deinit(&filter->terms);
}
