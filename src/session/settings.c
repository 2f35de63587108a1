/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session/settings.h"

#include "base/alloc.h"
#include "base/buf.h"
#include "session/internal.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* By subject; each has its names in ascending order. */
static const struct setting_rows *const subjects[] = {
	&settings_of_calls, &settings_of_running, &settings_of_tool,
	&settings_of_values,
};

const struct setting *setting_next(const struct setting *after)
{
	const struct setting *next = NULL;

	for (size_t i = 0; i < ARRAY_LEN(subjects); i++) {
		size_t at = 0;

		while (after && at < subjects[i]->count &&
		       strcmp(subjects[i]->row[at].name, after->name) <= 0)
			at++;
		if (at < subjects[i]->count &&
		    (!next ||
		     strcmp(subjects[i]->row[at].name, next->name) < 0))
			next = &subjects[i]->row[at];
	}
	return next;
}

static void *member(const struct settings *settings,
                    const struct setting *setting)
{
	return (char *)(uintptr_t)settings + setting->offset;
}

static void store(struct settings *settings, const struct setting *setting,
                  uint64_t value)
{
	switch (setting->type) {
	case SETTING_BOOL:
		*(bool *)member(settings, setting) = value != 0;
		break;
	case SETTING_UINT:
		*(uint64_t *)member(settings, setting) = value;
		break;
	case SETTING_ENUM:
		*(unsigned *)member(settings, setting) = (unsigned)value;
		break;
	case SETTING_STRING:
		break;
	}
}

void settings_init(struct settings *settings)
{
	*settings = (struct settings){ 0 };
	for (const struct setting *t = NULL; (t = setting_next(t)); )
		store(settings, t, t->initial);
}

void settings_deinit(struct settings *settings)
{
	for (const struct setting *t = NULL; (t = setting_next(t)); )
		if (t->type == SETTING_STRING) {
			char **text = member(settings, t);

			free(*text);
			*text = NULL;
		}
}

struct error *setting_find(const char *name, const struct setting **setting)
{
	const struct setting *found = NULL;
	AUTO_BUF struct buf names = { 0 }, shown = { 0 };
	size_t fits = 0;

	buf_init(&names);
	buf_init(&shown);
	buf_put_printable(&shown, name, strnlen(name, 60), false);
	for (const struct setting *t = NULL; (t = setting_next(t)); ) {
		if (strcmp(t->name, name) == 0) {
			*setting = t;
			return NULL;
		}
		if (strncmp(t->name, name, strlen(name)) == 0) {
			buf_printf(&names, "%s%s", fits++ ? ", " : "", t->name);
			found = t;
		}
	}
	if (fits > 1)
		return error_new(ERROR_USAGE, "ambiguous setting \"%s\": %s",
		                 shown.data, names.data);
	if (!found)
		return error_new(ERROR_USAGE, "there is no setting \"%s\"; "
		                 "`show` lists them", shown.data);
	*setting = found;
	return NULL;
}

const struct setting *setting_starting(const char *name)
{
	const struct setting *t = NULL;

	while ((t = setting_next(t)))
		if (strncmp(t->name, name, strlen(name)) == 0)
			break;
	return t;
}

static struct error *parse_bool(const char *text, uint64_t *value)
{
	static const char *const yes[] = { "on", "yes", "1", "enable", "" };
	static const char *const no[] = { "off", "no", "0", "disable" };

	for (size_t i = 0; i < ARRAY_LEN(yes); i++)
		if (strcmp(text, yes[i]) == 0) {
			*value = 1;
			return NULL;
		}
	for (size_t i = 0; i < ARRAY_LEN(no); i++)
		if (strcmp(text, no[i]) == 0) {
			*value = 0;
			return NULL;
		}
	return error_new(ERROR_USAGE, "say on or off");
}

static struct error *parse_uint(const struct setting *setting,
                                const char *text, uint64_t *value)
{
	unsigned long long number;
	char *end;

	if (setting->unlimited && (strcmp(text, "unlimited") == 0 ||
	    (setting->zero_counts && strcmp(text, "-1") == 0))) {
		*value = setting->zero_counts ? UINT64_MAX : 0;
		return NULL;
	}
	errno = 0;
	number = strtoull(text, &end, 0);
	if (!isdigit((unsigned char)*text) || *end || errno ||
	    number > setting->most ||
	    (number < setting->least && !(setting->unlimited && !number)))
		return error_new(ERROR_USAGE,
		                 "say a number from %llu to %llu%s",
		                 (unsigned long long)setting->least,
		                 (unsigned long long)setting->most,
		                 setting->unlimited ? ", or unlimited" : "");
	*value = number;
	return NULL;
}

static struct error *parse_enum(const struct setting *setting,
                                const char *text, uint64_t *value)
{
	AUTO_BUF struct buf words = { 0 };
	size_t fits = 0, len = strlen(text);

	buf_init(&words);
	for (size_t i = 0; setting->words[i]; i++) {
		buf_printf(&words, "%s%s", i ? ", " : "", setting->words[i]);
		if (strcmp(setting->words[i], text) == 0) {
			*value = i;
			return NULL;
		}
		if (len && strncmp(setting->words[i], text, len) == 0) {
			*value = i;
			fits++;
		}
	}
	if (fits == 1)
		return NULL;
	return error_new(ERROR_USAGE, "say one of: %s", words.data);
}

struct error *setting_set(struct session *s, const struct setting *setting,
                          const char *text)
{
	struct error *err = NULL;
	uint64_t value = 0;

	switch (setting->type) {
	case SETTING_BOOL:
		err = parse_bool(text, &value);
		break;
	case SETTING_UINT:
		err = parse_uint(setting, text, &value);
		break;
	case SETTING_ENUM:
		err = parse_enum(setting, text, &value);
		break;
	case SETTING_STRING: {
		char **old = member(&s->settings, setting);

		if (*text && setting->check_text)
			err = setting->check_text(s, text);
		if (err)
			break;
		free(*old);
		*old = *text ? xstrdup(text) : NULL;
		break;
	}
	}
	if (!err && setting->check)
		err = setting->check(s, value);
	if (err)
		return error_prefix(err, "%s", setting->name);
	store(&s->settings, setting, value);
	if (setting->changed)
		setting->changed(s);
	return NULL;
}

void setting_values(const struct setting *setting, struct buf *text)
{
	switch (setting->type) {
	case SETTING_BOOL:
		buf_puts(text, "on|off");
		break;
	case SETTING_UINT:
		buf_printf(text, "%llu..%llu%s",
		           (unsigned long long)setting->least,
		           (unsigned long long)setting->most,
		           setting->unlimited ? "|unlimited" : "");
		break;
	case SETTING_ENUM:
		for (size_t i = 0; setting->words[i]; i++)
			buf_printf(text, "%s%s", i ? "|" : "",
			           setting->words[i]);
		break;
	case SETTING_STRING:
		buf_puts(text, "[TEXT]");
		break;
	}
}

static char *value_text(const struct settings *settings,
                        const struct setting *setting)
{
	const void *value = member(settings, setting);

	switch (setting->type) {
	case SETTING_BOOL:
		return xstrdup(*(const bool *)value ? "on" : "off");
	case SETTING_UINT:
		if (setting->unlimited && *(const uint64_t *)value ==
		    (setting->zero_counts ? UINT64_MAX : 0))
			return xstrdup("unlimited");
		return xasprintf("%llu", (unsigned long long)
		                 *(const uint64_t *)value);
	case SETTING_ENUM:
		return xstrdup(setting->words[*(const unsigned *)value]);
	case SETTING_STRING:
		break;
	}
	value = *(char *const *)value;
	if (!value)
		value = setting->initial_text;
	return xstrdup(value ? value : "");
}

char *setting_text(const struct session *s, const struct setting *setting)
{
	return value_text(&s->settings, setting);
}

char *setting_initial(const struct setting *setting)
{
	struct settings settings = { 0 };

	store(&settings, setting, setting->initial);
	return value_text(&settings, setting);
}
