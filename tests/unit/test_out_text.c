/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The text backend: streams, colours, bytes that can't be shown. */
#include "ui/out_text.h"

#include "session/settings.h"

#include <fcntl.h>
#include <signal.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

struct pipes {
	int out[2], err[2];
	struct out_text text;
};

static void open_pipes(struct pipes *p)
{
	assert_int_equal(pipe2(p->out, O_NONBLOCK), 0);
	assert_int_equal(pipe2(p->err, O_NONBLOCK), 0);
	out_text_init(&p->text, p->out[1], p->err[1]);
}

static void close_pipes(struct pipes *p)
{
	out_text_deinit(&p->text);
	for (int i = 0; i < 2; i++) {
		close(p->out[i]);
		close(p->err[i]);
	}
}

static void gets(int fd, const char *wanted)
{
	char data[512];
	ssize_t len = read(fd, data, sizeof(data) - 1);

	data[len > 0 ? len : 0] = '\0';
	assert_string_equal(data, wanted);
}

static void streams(void **state)
{
	struct pipes p;
	struct out *o = &p.text.out;

	(void)state;
	open_pipes(&p);
	out_text(o, ROLE_PLAIN, "half");
	gets(p.out[0], "");
	out_text(o, ROLE_NAME, " a line\nand");
	gets(p.out[0], "half a line\n");
	/* What stands before an error is written before it. */
	out_message(o, "error", ROLE_ERROR, "no %s", "luck");
	gets(p.out[0], "and");
	gets(p.err[0], "no luck\n");
	out_begin(o, "warning");
	out_begin(o, "inner");
	out_text(o, ROLE_PLAIN, "w");
	out_end(o);
	out_end(o);
	out_text(o, ROLE_PLAIN, "o\n");
	out_flush(o);
	gets(p.err[0], "w");
	gets(p.out[0], "o\n");
	out_hidden_int(o, "secret", 5);
	out_flush(o);
	gets(p.out[0], "");
	close_pipes(&p);
}

/* Never within a line: before it, or where a part was written behind that. */
static void asides(void **state)
{
	struct pipes p;
	struct out *o = &p.text.out;

	(void)state;
	open_pipes(&p);
	out_begin(o, "warning");
	out_text(o, ROLE_PLAIN, "to be");
	out_aside(o, "note", ROLE_DIM, "%d%%", 25);
	out_text(o, ROLE_PLAIN, " warned\n");
	out_end(o);
	gets(p.out[0], "25%\n");
	gets(p.err[0], "to be warned\n");
	out_text(o, ROLE_PLAIN, "one ");
	out_aside(o, "note", ROLE_DIM, "a\nside");
	out_text(o, ROLE_PLAIN, "line\ntwo");
	gets(p.out[0], "a\\012side\none line\n");
	out_flush(o);
	out_text(o, ROLE_PLAIN, " parts");
	out_aside(o, "note", ROLE_DIM, "between");
	out_text(o, ROLE_PLAIN, "\n");
	gets(p.out[0], "two\nbetween\n parts\n");
	close_pipes(&p);
}

static void colors(void **state)
{
	unsigned mode = COLOR_ON;
	struct pipes p;
	struct out *o = &p.text.out;

	(void)state;
	open_pipes(&p);
	out_str(o, "f", ROLE_ERROR, "x");
	out_text(o, ROLE_ERROR, "\n");
	gets(p.out[0], "x\n"); /* a pipe is no terminal */
	p.text.color = &mode;
	out_text(o, ROLE_ERROR, "a\nb\n");
	gets(p.out[0], "\033[31ma\033[m\n\033[31mb\033[m\n");
	out_text(o, ROLE_PLAIN, "c\n");
	gets(p.out[0], "c\n");
	mode = COLOR_OFF;
	out_text(o, ROLE_ERROR, "d\n");
	gets(p.out[0], "d\n");
	close_pipes(&p);
}

/* Nothing that comes from outside drives a terminal, with colours or not. */
static void escapes(void **state)
{
	unsigned mode = COLOR_ON;
	struct pipes p;
	struct out *o = &p.text.out;

	(void)state;
	open_pipes(&p);
	p.text.color = &mode;
	p.text.out.utf8 = true;
	out_str(o, "f", ROLE_PLAIN, "\033[2J\nx\xc3\xa4\xff");
	out_text(o, ROLE_PLAIN, "\n");
	gets(p.out[0], "\\033[2J\\012x\xc3\xa4\\377\n");
	p.text.out.utf8 = false;
	out_str(o, "f", ROLE_PLAIN, "\xc3\xa4");
	out_text(o, ROLE_PLAIN, "\n");
	gets(p.out[0], "\\303\\244\n");
	close_pipes(&p);
}

static void tables(void **state)
{
	static const struct out_column columns[] = {
		{ "a", "A", false }, { "b", "Bee", true },
	};
	struct pipes p;
	struct out *o = &p.text.out;

	(void)state;
	open_pipes(&p);
	out_table_begin(o, "t", columns, 2);
	out_row(o);
	out_str(o, "a", ROLE_PLAIN, "long cell");
	out_int(o, "b", ROLE_NUMBER, 5, "%d", 5);
	out_table_end(o);
	gets(p.out[0], "A          Bee\nlong cell    5\n");
	close_pipes(&p);
}

static void one_row(struct out *o, const struct out_column *columns,
                    const char *last)
{
	out_table_begin(o, "t", columns, 2);
	out_row(o);
	out_str(o, "a", ROLE_ADDRESS, "0x1000");
	out_str(o, "b", ROLE_PLAIN, last);
	out_table_end(o);
}

/* A table is fitted to the screen: below its column, at blanks and commas. */
static void fitted(void **state)
{
	static const struct out_column columns[] = {
		{ "a", "A", false }, { "b", "B", false },
	};
	uint64_t width = 30;
	struct pipes p;
	struct out *o = &p.text.out;

	(void)state;
	open_pipes(&p);
	p.text.pager.width = &width;
	out_table_begin(o, "t", columns, 2);
	out_row(o);
	out_str(o, "a", ROLE_ADDRESS, "0x1000");
	out_str(o, "b", ROLE_PLAIN, "one two three four,five six");
	out_row(o);
	out_str(o, "a", ROLE_ADDRESS, "0x2000");
	out_str(o, "b", ROLE_PLAIN, "a 0x0123456789abcdef0123456789 b");
	out_table_end(o);
	gets(p.out[0], "A       B\n"
	     "0x1000  one two three four,\n        five six\n"
	     "0x2000  a\n        0x0123456789abcdef0123456789\n"
	     "        b\n");
	/* Too little is left: the terminal breaks it where it ends. */
	width = 20;
	one_row(o, columns, "one two three four,five six");
	gets(p.out[0], "A       B\n0x1000  one two three four,five six\n");
	/* One blank less between columns, and all is there. */
	width = 13;
	one_row(o, columns, "a call");
	gets(p.out[0], "A      B\n0x1000 a call\n");
	width = 12;
	one_row(o, columns, "a call");
	gets(p.out[0], "A       B\n0x1000  a call\n");
	close_pipes(&p);
}

struct reader {
	enum pager_answer answer;
	unsigned asked;
};

static enum pager_answer answer(void *ctx)
{
	struct reader *r = ctx;

	r->asked++;
	return r->answer;
}

/* Each screen but the last ends in a question. */
static void pages(void **state)
{
	uint64_t height = 4, width = 10;
	struct reader r = { .answer = PAGER_MORE };
	struct pipes p;
	struct out *o = &p.text.out;

	(void)state;
	open_pipes(&p);
	p.text.pager = (struct pager){ .height = &height, .width = &width,
	                               .ask = answer, .ctx = &r };
	out_text(o, ROLE_PLAIN, "1\n2\n3\n");
	assert_int_equal(r.asked, 0);
	out_text(o, ROLE_PLAIN, "4\n5\n6\n7");
	assert_int_equal(r.asked, 1);
	out_text(o, ROLE_PLAIN, "\n");
	assert_int_equal(r.asked, 2);
	gets(p.out[0], "1\n2\n3\n4\n5\n6\n7\n");
	/* A line that is wider than the screen takes more of it. */
	pager_reset(&p.text.pager);
	out_text(o, ROLE_PLAIN, "12345678901234567890\n2\n");
	assert_int_equal(r.asked, 2);
	out_text(o, ROLE_PLAIN, "3\n");
	assert_int_equal(r.asked, 3);
	/* Enough: nothing more, until the next command. */
	r.answer = PAGER_QUIT;
	out_text(o, ROLE_PLAIN, "a\nb\nc\nd\n");
	out_text(o, ROLE_PLAIN, "e\n");
	assert_int_equal(r.asked, 4);
	gets(p.out[0], "12345678901234567890\n2\n3\na\nb\n");
	pager_reset(&p.text.pager);
	out_text(o, ROLE_PLAIN, "f\n");
	gets(p.out[0], "f\n");
	r.answer = PAGER_ALL;
	out_text(o, ROLE_PLAIN, "1\n2\n3\n4\n5\n6\n7\n8\n");
	assert_int_equal(r.asked, 5);
	height = 0;
	pager_reset(&p.text.pager);
	out_text(o, ROLE_PLAIN, "1\n2\n3\n4\n5\n6\n7\n8\n");
	assert_int_equal(r.asked, 5);
	close_pipes(&p);
}

static void note_failure(void *ctx)
{
	++*(int *)ctx;
}

static void broken_pipe(void **state)
{
	int failures = 0;
	struct pipes p;

	(void)state;
	open_pipes(&p);
	p.text.on_failure = note_failure;
	p.text.ctx = &failures;
	close(p.out[0]);
	p.out[0] = -1;
	out_text(&p.text.out, ROLE_PLAIN, "a\n");
	out_text(&p.text.out, ROLE_PLAIN, "b\n");
	assert_int_equal(failures, 1);
	assert_true(p.text.failed);
	close_pipes(&p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(streams),
		cmocka_unit_test(asides),
		cmocka_unit_test(colors),
		cmocka_unit_test(escapes),
		cmocka_unit_test(tables),
		cmocka_unit_test(fitted),
		cmocka_unit_test(pages),
		cmocka_unit_test(broken_pipe),
	};

	signal(SIGPIPE, SIG_IGN);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
