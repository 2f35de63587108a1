/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cmds/complete.h: what the files of completion share.
 *
 * complete.c walks a line, complete_words.c knows what each type of argument
 * may be, complete_state.c what depends on processes, files and the user.
 */
#ifndef SCDB_CMDS_COMPLETE_H
#define SCDB_CMDS_COMPLETE_H

#include "cmds/internal.h"

/*
 * Where a word is being collected: what is offered replaces the line from the
 * last blank on, so that what stands between it and START is kept before it.
 */
struct offer {
	command_words *words;
	const char *kept;
	size_t kept_len;
	const char *start;    /* the piece that is completed */
	const char *before;   /* put before each name: "$" */
	const char *after;    /* ... and behind it: "=" */
};

/* offer.c: the piece of WORD behind the last of BREAKS. */
struct offer offer_begin(const char *word, const char *breaks,
                         command_words *words);
/* Where NAME begins with the piece. */
void offer(struct offer *o, const char *name);
void offer_all(struct offer *o, const char *const *names, size_t count);

/* The words of a line inside a line, which are kept where they are at WORD. */
void complete_inner(struct session *s, const char *line, const char *word,
                    command_words *words, bool names_only);

/* complete_state.c */
void complete_pid(const char *word, command_words *words);
void complete_inferior(const struct session *s, const char *word,
                       command_words *words);
void complete_thread(const struct session *s, const char *word,
                     command_words *words);
/* Panes, layouts. */
void complete_screen(const struct session *s, enum screen_list list,
                     const char *word, command_words *words);
/* SEVERAL: commas and ranges. */
void complete_numbers(const struct session *s, const char *word, bool several,
                      command_words *words);
/* The user's variables, without their `$`; those that are NUMBERS only. */
void complete_variables(const struct session *s, bool numbers,
                        struct offer *o);
/* Names of the program's symbols. */
void complete_symbols(struct session *s, struct offer *o);
/* FUNCTION, FILE:FUNCTION, and files, with a comma between two. */
void complete_location(struct session *s, const char *word,
                       command_words *words);
/* complete_break.c */
/* What `break` takes, and `dprintf`. */
void complete_where(struct session *s, const char *text, const char *word,
                    command_words *words);
/* What `watch` takes. */
void complete_watched(struct session *s, const char *text, const char *word,
                      command_words *words);
void complete_break_setting(const char *text, const char *word,
                            command_words *words);
/*
 * An expression.  SET: of what calls the names of arguments are; NULL: of the
 * present one.  WHERE: a location whose variables are meant too, or NULL.
 */
void complete_expression_at(struct session *s, const char *text,
                            const char *word, const struct syscall_set *set,
                            const char *where, command_words *words);
/* Variables of the functions that the location WHERE is in. */
void complete_locals_at(struct session *s, const char *where,
                        struct offer *o);
/* What `frame` takes. */
void complete_frame(struct session *s, const char *text, const char *word,
                    command_words *words);
/* Variables of the selected frame. */
void complete_locals(struct session *s, struct offer *o);
/* What is behind FUNCTION:: or FILE::; false: no `::` is there. */
bool complete_scoped(struct session *s, const char *text, struct offer *o);
/* The types behind `struct` and so on; false: no such word is there. */
bool complete_tag(struct session *s, const char *text, struct offer *o);
/* The members behind `x.` and `p->`; false: no such thing ends TEXT. */
bool complete_member(struct session *s, const char *text, const char *word,
                     command_words *words);
/* rule_files.c: what `load rules` takes. */
void complete_rule_file(const struct session *s, const char *word,
                        command_words *words);
void complete_environment(const struct session *s, const char *word,
                          const char *after, command_words *words);
void complete_user(const struct session *s, const char *word,
                   command_words *words);
/* `define`: the user's, to be made anew, and hooks. */
void complete_new_name(const struct session *s, const char *word,
                       command_words *words);
/* `thread apply`: threads, options, and then a command. */
void complete_apply(struct session *s, const char *text, const char *word,
                    command_words *words);
/*
 * Files.  TEXT is the path so far, of which WORD is the part behind the last
 * blank.  PLAIN: only those that are one word of a shell as they stand.
 */
void complete_file(const char *text, const char *word, bool plain,
                   command_words *words);

#endif
