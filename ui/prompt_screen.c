/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The prompt on the full screen: the same readline, whose keys come from there
 * and which draws nothing itself.
 */
#include "ui/prompt.h"

#include "base/alloc.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <readline/readline.h>

static void draw_nothing(void)
{
}

/*
 * Readline looks at the terminal for more while it inserts a character, and what
 * it took itself would come before keys that the screen still has.
 */
static int no_input(void)
{
	return 0;
}

/* What else readline would write to the terminal goes nowhere. */
static void mute(void)
{
	FILE *nowhere = fopen("/dev/null", "we");

	rl_prep_term_function = NULL;
	rl_deprep_term_function = NULL;
	rl_redisplay_function = draw_nothing;
	rl_input_available_hook = no_input;
	if (nowhere)
		rl_outstream = nowhere;
}

static void unmute(void)
{
	rl_prep_term_function = rl_prep_terminal;
	rl_deprep_term_function = rl_deprep_terminal;
	rl_redisplay_function = rl_redisplay;
	rl_input_available_hook = NULL;
	if (rl_outstream != stdout)
		fclose(rl_outstream);
	rl_outstream = stdout;
}

void prompt_set_screen(struct prompt *p, const struct prompt_screen *screen)
{
	bool edits = p->reading && p->interactive && !p->done;

	if (screen && !p->screen) {
		if (edits)
			rl_deprep_terminal();
		mute();
	} else if (!screen && p->screen) {
		unmute();
		if (edits) {
			rl_prep_terminal(1);
			rl_on_new_line();
			rl_redisplay();
		}
	}
	p->screen = screen;
	rl_completion_display_matches_hook = NULL;
}

void prompt_key(struct prompt *p, const char *bytes, size_t len)
{
	if (!p->reading || p->done)
		return;
	/* One call takes all that was stuffed. */
	for (size_t i = 0; i < len; i++)
		rl_stuff_char((unsigned char)bytes[i]);
	if (len)
		rl_callback_read_char();
}

bool prompt_submit(struct prompt *p, const char *line, bool kept)
{
	if (!p->reading || p->done || p->nested)
		return false;
	free(p->kept);
	p->kept = *rl_line_buffer ? xstrdup(rl_line_buffer) : NULL;
	rl_replace_line("", 1);
	prompt_take_line(p, xstrdup(line));
	p->by_key = !kept;
	return true;
}

void prompt_put_back(struct prompt *p)
{
	rl_insert_text(p->kept);
	rl_redisplay_function();
	free(p->kept);
	p->kept = NULL;
}

bool prompt_line(const struct prompt *p, struct prompt_line *line)
{
	if (!p->reading || p->done)
		return false;
	*line = (struct prompt_line){
		.prompt = rl_display_prompt ? rl_display_prompt : "",
		.text = rl_line_buffer ? rl_line_buffer : "",
		.point = (size_t)rl_point,
	};
	return true;
}
