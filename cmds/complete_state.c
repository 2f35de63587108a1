/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Completion of what there is at the moment: processes, files, names. */
#include "cmds/complete.h"

#include "base/alloc.h"
#include "expr/expr.h"
#include "expr/value.h"
#include "target/procfs.h"

#include <ctype.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* NAME with the thread's name, COMM, as its note. */
static void offer_noted(struct offer *o, const char *name, const char *comm)
{
	AUTO_BUF struct buf shown = { 0 };
	AUTO_FREE char *note = NULL;

	buf_init(&shown);
	buf_put_printable(&shown, comm, strlen(comm), false);
	o->after = note = xasprintf("\t%s", shown.data);
	offer(o, name);
	o->after = NULL;
}

void complete_pid(const char *word, command_words *words)
{
	struct offer o = offer_begin(word, "", words);
	pid_vec pids = { 0 };
	struct error *err = proc_pids(&pids);

	error_destroy(err);
	for (size_t i = 0; i < pids.len; i++) {
		AUTO_BUF struct buf shown = { 0 };
		char text[16];

		buf_init(&shown);
		snprintf(text, sizeof(text), "%d", (int)pids.items[i]);
		/* Nothing there: one of the kernel's threads, or a zombie. */
		if (strncmp(text, word, strlen(word)) == 0)
			proc_cmdline(pids.items[i], &shown);
		if (shown.len) {
			char comm[64];

			proc_comm(pids.items[i], comm);
			offer_noted(&o, text, comm);
		}
	}
	vec_deinit(&pids);
}

void complete_inferior(const struct session *s, const char *word,
                       command_words *words)
{
	struct offer o = offer_begin(word, "", words);

	for (size_t i = 0; i < s->target->processes.len; i++) {
		const struct process *p = s->target->processes.items[i];
		char text[16], comm[64] = "";

		snprintf(text, sizeof(text), "%u", p->number);
		if (p->threads.len)
			session_thread_name(p->threads.items[0], comm);
		offer_noted(&o, text, comm);
	}
}

void complete_thread(const struct session *s, const char *word,
                     command_words *words)
{
	struct offer o = offer_begin(word, "", words);

	for (size_t i = 0; i < s->target->processes.len; i++) {
		const struct process *p = s->target->processes.items[i];

		for (size_t k = 0; k < p->threads.len; k++) {
			char label[24], comm[64];

			session_thread_label(s, p->threads.items[k], label);
			session_thread_name(p->threads.items[k], comm);
			offer_noted(&o, label, comm);
		}
	}
}

void complete_numbers(const struct session *s, const char *word, bool several,
                      command_words *words)
{
	struct offer o = offer_begin(word, several ? "-," : "", words);
	unsigned long least = 0;

	if (*o.start == '$') {
		o.before = "$";
		complete_variables(s, true, &o);
		return;
	}
	/* A range's end is not below its start. */
	if (o.kept_len && o.kept[o.kept_len - 1] == '-') {
		const char *from = o.start - 1;

		while (from > word && isdigit((unsigned char)from[-1]))
			from--;
		least = strtoul(from, NULL, 10);
		if (!least)
			return;
	}
	for (size_t i = 0; i < s->breakpoints.len; i++) {
		char text[16];

		snprintf(text, sizeof(text), "%u",
		         s->breakpoints.items[i]->number);
		if (s->breakpoints.items[i]->number >= least)
			offer(&o, text);
	}
}

struct variable_offer {
	struct offer *o;
	bool numbers;
};

static void offer_variable(void *ctx, const char *name,
                           struct value *value)
{
	const struct variable_offer *v = ctx;

	if (!v->numbers || type_is_integral(value_type(value)))
		offer(v->o, name);
}

void complete_variables(const struct session *s, bool numbers,
                        struct offer *o)
{
	struct variable_offer v = { o, numbers };

	session_variables_each(s, offer_variable, &v);
	offer(o, "bpnum");
	offer(o, "rulenum");
	if (!numbers)
		offer(o, "_exitcode");
}

void complete_environment(const struct session *s, const char *word,
                          const char *after, command_words *words)
{
	struct offer o = offer_begin(word, "", words);

	o.after = after;
	for (char **env = s->program.env; env && *env; env++) {
		AUTO_FREE char *name = xstrndup(*env, strcspn(*env, "="));

		/* What `set environment` could not take back. */
		if (!name[strcspn(name, " \t\r\n\f\v\x7f")])
			offer(&o, name);
	}
}

void complete_user(const struct session *s, const char *word,
                   command_words *words)
{
	struct offer o = offer_begin(word, "", words);

	for (size_t i = 0; i < s->commands->user.len; i++)
		offer(&o, s->commands->user.items[i]->command.name);
}

void complete_new_name(const struct session *s, const char *word,
                       command_words *words)
{
	static const char *const hooks[] = { "hook-", "hookpost-" };
	struct offer o = offer_begin(word, "", words);
	const struct command *c;

	complete_user(s, word, words);
	for (size_t k = 0; k < ARRAY_LEN(hooks); k++) {
		size_t len = strlen(hooks[k]);

		if (strncmp(word, hooks[k], len) != 0) {
			offer(&o, hooks[k]);
			continue;
		}
		o = offer_begin(word, "", words);
		o.before = hooks[k];
		for (size_t i = 0; (c = command_at(i)); i++)
			if (command_is_child(NULL, c))
				offer(&o, c->name);
		for (size_t i = 0; i < s->commands->user.len; i++)
			offer(&o, s->commands->user.items[i]->command.name);
		if (k == 0)
			offer(&o, "stop");
	}
}

void complete_apply(struct session *s, const char *text, const char *word,
                    command_words *words)
{
	static const char *const options[] = { "-ascending", "-q", "-s", "-c" };
	struct offer o = offer_begin(word, "", words);
	bool any = false, all = false;

	while (text < word) {
		size_t len = strcspn(text, " \t");
		bool is_all = len == 3 && strncmp(text, "all", 3) == 0;

		if (!isdigit((unsigned char)*text) && !is_all && *text != '-')
			break;
		any = any || *text != '-';
		all = all || is_all;
		text = skip_blanks(text + len);
	}
	if (text < word) {
		if (any)
			complete_inner(s, text, word, words, false);
		return;
	}
	if (!any)
		offer(&o, "all");
	if (!all)
		complete_thread(s, word, words);
	if (any && *word == '-')
		offer_all(&o, options, ARRAY_LEN(options));
	else if (any)
		complete_inner(s, word, word, words, false);
}

/* Whether a file of that name can be said in a command's line. */
static bool can_be_said(const char *name, bool plain)
{
	for (; *name; name++) {
		unsigned char c = (unsigned char)*name;

		if (c < ' ' || c == 0x7f)
			return false;
		if (plain && strchr(" '\"\\$&;|<>()`*?[]{}!#~=", c))
			return false;
	}
	return name[-1] != ' ';
}

/* The directory of the first LEN bytes of TEXT. */
static DIR *open_directory(const char *text, size_t len)
{
	AUTO_FREE char *dir = len ? xstrndup(text, len) : xstrdup(".");
	AUTO_FREE char *path = command_path(dir);

	return opendir(path);
}

void complete_file(const char *text, const char *word, bool plain,
                   command_words *words)
{
	const char *slash = strrchr(text, '/');
	struct offer o = { .words = words, .kept = word };
	struct dirent *entry;
	DIR *dir;

	o.start = slash ? slash + 1 : text;
	if (strcmp(text, "~") == 0 && getenv("HOME")) {
		offer(&o, "~/");
		return;
	}
	/* A blank in the file's own name: what stands before it is there. */
	o.kept_len = o.start > word ? (size_t)(o.start - word) : 0;
	dir = open_directory(text, (size_t)(o.start - text));
	while (dir && (entry = readdir(dir))) {
		size_t typed = o.start < word ? (size_t)(word - o.start) : 0;
		struct offer part = o;
		struct stat st;

		if ((*o.start != '.' && entry->d_name[0] == '.') ||
		    !can_be_said(entry->d_name, plain) ||
		    strncmp(entry->d_name, o.start, typed) != 0)
			continue;
		part.start = o.start + typed;
		part.after = fstatat(dirfd(dir), entry->d_name, &st, 0) == 0 &&
		             S_ISDIR(st.st_mode) ? "/" : NULL;
		offer(&part, entry->d_name + typed);
	}
	if (dir)
		closedir(dir);
}

static void offer_listed(void *ctx, const char *name, const char *text)
{
	(void)text;
	offer(ctx, name);
}

void complete_screen(const struct session *s, enum screen_list list,
                     const char *word, command_words *words)
{
	struct offer o = offer_begin(word, "", words);

	if (s->hooks.screen_list)
		s->hooks.screen_list(s->hooks.ctx, list, offer_listed, &o);
}
