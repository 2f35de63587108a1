/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Random command lines at each state that a program can be in: made from the
 * grammar of the tables, and mutated.  Never a crash; never a hang (a Ctrl-C
 * comes after a moment, as from a user who waits); an error is one line; and
 * afterwards scdb still answers.
 *
 * The program can do no harm (tests/tracees/fuzzed.c).  Left out is what runs a
 * shell, writes files elsewhere than here (a directory that is made for that,
 * and removed), or would trace somebody else's process.
 */
#include "cmds/internal.h"
#include "fuzz_left_out.h"
#include "fuzz_words.h"

#include <ctype.h>
#include <ftw.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

enum state { NONE, ENTRY, EXIT, SIGNALLED, RUNNING, EXITED, CORE, STATES };

static const char *const state_names[STATES] = {
	"no process", "entry", "exit", "signal", "running", "exited", "core",
};

enum { TICK_MS = 10, HANG_TICKS = 2000, MOST_TEXT = 3000 };

/* What a signal handler must know. */
static char line_now[COMMAND_MAX_LINE * 2 + 1];
static volatile sig_atomic_t ticks, impatient;

struct fuzz {
	struct out_capture out;
	struct session *s;
	enum state state;
	int signal_fd;
	unsigned seed;
	char *program;
	unsigned blocks;     /* lines that the block in progress had */
};

static unsigned pick(struct fuzz *f, unsigned n)
{
	return (unsigned)rand_r(&f->seed) % n;
}

/* Crashes and hangs: which line it was. */

static void tell_line(void)
{
	static const char head[] = "\nthe line was: ";

	if (write(STDERR_FILENO, head, sizeof(head) - 1) < 0 ||
	    write(STDERR_FILENO, line_now, strnlen(line_now, 2000)) < 0 ||
	    write(STDERR_FILENO, "\n", 1) < 0)
		_exit(1);
}

static void crashed(int signum)
{
	tell_line();
	signal(signum, SIG_DFL);
	raise(signum);
}

static void tick(int signum)
{
	(void)signum;
	if (++ticks > HANG_TICKS) {
		tell_line();
		_exit(1);
	}
	/* From the second on: the user's Ctrl-C. */
	if (ticks > 1 && impatient)
		kill(getpid(), SIGINT);
}

void __sanitizer_set_death_callback(void (*callback)(void))
	__attribute__((weak));

static void catch_crashes(void)
{
	static const int fatal[] = { SIGSEGV, SIGBUS, SIGFPE, SIGILL,
	                             SIGABRT };
	struct sigaction action = { .sa_handler = crashed };

	if (__sanitizer_set_death_callback) {
		__sanitizer_set_death_callback(tell_line);
	} else {
		for (size_t i = 0; i < ARRAY_LEN(fatal); i++)
			sigaction(fatal[i], &action, NULL);
	}
	action.sa_handler = tick;
	action.sa_flags = SA_RESTART;
	sigaction(SIGRTMIN, &action, NULL);
}

static bool take_interrupt(void *ctx)
{
	static const struct timespec now = { 0 };
	sigset_t mask;

	(void)ctx;
	sigemptyset(&mask);
	sigaddset(&mask, SIGINT);
	return sigtimedwait(&mask, NULL, &now) == SIGINT;
}

/* scdb has the only timer of setitimer for itself (target/sleep.c). */
static timer_t start_ticks(void)
{
	const struct itimerspec every = {
		{ .tv_nsec = TICK_MS * 1000000 },
		{ .tv_nsec = TICK_MS * 1000000 },
	};
	struct sigevent event = {
		.sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGRTMIN,
	};
	timer_t timer;

	assert_int_equal(timer_create(CLOCK_MONOTONIC, &event, &timer), 0);
	assert_int_equal(timer_settime(timer, 0, &every, NULL), 0);
	return timer;
}

/* Sessions. */

static void tear_down(struct fuzz *f)
{
	if (!f->s)
		return;
	command_deinit(f->s);
	session_destroy(f->s);
	out_capture_deinit(&f->out);
	f->s = NULL;
}

static void must(struct fuzz *f, const char *line)
{
	struct error *err;

	snprintf(line_now, sizeof(line_now), "%s", line);
	err = command_execute(f->s, line);
	if (err)
		fail_msg("%s: %s", line, err->message);
}

static char *block_line(void *ctx, const char *prompt)
{
	static const char *const lines[] = {
		"end", "end", "end", "silent", "print 1", "else", "loop_break",
		"if 1", "while 0", "bogus", "info breakpoints",
	};
	struct fuzz *f = ctx;

	(void)prompt;
	if (f->blocks++ > 20)
		return NULL;
	return xstrdup(lines[pick(f, ARRAY_LEN(lines))]);
}

static void set_up_program(struct fuzz *f)
{
	static const char *const modes[STATES] = {
		"open", "open", "open", "signal", "sleep", "open", "open",
	};
	struct program *p = &f->s->program;

	p->path = xstrdup(f->program);
	p->args = xcalloc(2, sizeof(char *));
	p->args[0] = xstrdup(modes[f->state]);
	p->env = xcalloc(2, sizeof(char *));
	p->env[0] = xstrdup("LANG=C");
}

static void set_up(struct fuzz *f)
{
	static const struct session_hooks hooks = {
		.interrupted = take_interrupt,
	};

	ticks = 0;
	out_capture_init(&f->out);
	assert_null(session_create(&f->out.out, &hooks, &f->s));
	command_init(f->s);
	f->s->signal_fd = f->signal_fd;
	command_set_input(f->s, (struct command_input){
		.next_line = block_line, .ctx = f });
	set_up_program(f);
	switch (f->state) {
	case ENTRY:
	case EXIT:
		must(f, "catch syscall openat entry");
		must(f, "run");
		if (f->state == EXIT)
			must(f, "sysfinish");
		assert_non_null(f->s->current);
		break;
	case SIGNALLED:
	case EXITED:
		must(f, "run");
		break;
	case RUNNING:
		must(f, "run &");
		break;
	case CORE:
		must(f, "starti");
		must(f, "generate-core-file core");
		must(f, "kill");
		must(f, "core-file core");
		break;
	default:
		break;
	}
}

/* What a line may have changed, so that the state is not the one meant. */
static bool is_as_meant(const struct fuzz *f)
{
	const struct session *s = f->s;
	const struct call *call = call_current(s->current);

	if (s->quit || s->commands->user.len || s->commands->aliases.len > 2 ||
	    s->breakpoints.len > 20)
		return false;
	switch (f->state) {
	case NONE:
		return !s->current && s->last_exit_status < 0;
	case EXITED:
		return !s->current && s->last_exit_status >= 0;
	case RUNNING:
		return s->run == RUN_BACKGROUND;
	case CORE:
		return session_core(s);
	case ENTRY:
		return s->run == RUN_STOPPED && call &&
		       call->phase == CALL_AT_ENTRY;
	case EXIT:
		return s->run == RUN_STOPPED && call &&
		       call->phase == CALL_AT_EXIT;
	default:
		return s->run == RUN_STOPPED && s->current && !call;
	}
}

/* Lines by the grammar. */

static const char *any_of(struct fuzz *f, const char *const *list,
                          size_t count)
{
	return list[pick(f, (unsigned)count)];
}

#define ANY_OF(f, list) any_of(f, list, ARRAY_LEN(list))

static void put_right(struct fuzz *f, const char *list, struct buf *line)
{
	size_t count = 1, len;

	for (const char *c = list; *c; c++)
		count += *c == ' ';
	for (size_t skip = pick(f, (unsigned)count); skip > 0; skip--)
		list = strchr(list, ' ') + 1;
	len = strcspn(list, " ");
	buf_add(line, list, len);
}

static void put_sample(struct fuzz *f, enum takes type, struct buf *line)
{
	bool wild = pick(f, 4) == 0;

	if (type == TAKES_CONDITION)
		buf_puts(line, "if ");
	if (right[type] && !wild)
		put_right(f, right[type], line);
	else if (type == TAKES_SET)
		buf_puts(line, ANY_OF(f, sets));
	else if (type == TAKES_CONDITION || type == TAKES_VALUE ||
	         type == TAKES_EXPRESSION)
		buf_puts(line, ANY_OF(f, expressions));
	else
		buf_puts(line, ANY_OF(f, words));
	/* Some take more than one. */
	if ((type == TAKES_APPLY || type == TAKES_SIGNALS ||
	     type == TAKES_DATA) && pick(f, 3)) {
		buf_putc(line, ' ');
		put_sample(f, type, line);
	}
}

/* One of what TAB would offer there. */
static void put_offer(struct fuzz *f, struct buf *line)
{
	command_words offers = { 0 };
	size_t at = command_complete(f->s, line->data, &offers);

	if (offers.len) {
		char *chosen = offers.items[pick(f, (unsigned)offers.len)];

		chosen[strcspn(chosen, "\t")] = '\0';
		line->len = at;
		buf_puts(line, chosen);
	}
	for (size_t i = 0; i < offers.len; i++)
		free(offers.items[i]);
	vec_deinit(&offers);
}

static const struct setting *any_setting(struct fuzz *f)
{
	const struct setting *t = NULL;
	unsigned count = 0;

	while ((t = setting_next(t)))
		count++;
	for (count = pick(f, count), t = setting_next(NULL); count; count--)
		t = setting_next(t);
	return t;
}

static void make_line(struct fuzz *f, struct buf *line)
{
	const struct command *c;
	struct command_spec spec;
	unsigned count = 0;

	while (command_at(count))
		count++;
	c = command_at(pick(f, count));
	buf_reset(line);
	buf_puts(line, c->name);
	command_spec_parse(c->args, &spec);
	if (spec.options[0] && pick(f, 4) == 0)
		buf_printf(line, " -%c", spec.options[pick(f, (unsigned)
			strlen(spec.options))]);
	for (size_t i = 0; i < spec.count; i++) {
		if (spec.args[i].optional && pick(f, 3) == 0)
			continue;
		if (spec.args[i].type != TAKES_FORMAT)
			buf_putc(line, ' ');
		if (pick(f, 3) == 0)
			put_offer(f, line);
		else
			put_sample(f, spec.args[i].type, line);
	}
	if ((c->flags & CMD_SETTINGS) && pick(f, 2)) {
		buf_reset(line);
		buf_printf(line, "%s %s %s", c->name, any_setting(f)->name,
		           ANY_OF(f, words));
	}
	if (pick(f, 20) == 0) {
		buf_putc(line, ' ');
		buf_puts(line, ANY_OF(f, words));
	}
}

/* Mutations. */

static void put_piece(struct fuzz *f, struct buf *line)
{
	static const char *const pieces[] = {
		" ", "\t", ",", "!", "/", "%", "@", "$", "(", ")", "[", "]",
		"{", "}", "\"", "'", "\\", "-", "=", "&", "#", "~", "*", "?",
		"\xff", "\xe2\x86\x92", "\x1b[2J", "\r", "0", "9", "a", ".",
		"if ", "18446744073709551616", "-0x8000000000000000",
	};

	switch (pick(f, 6)) {
	case 0:
		buf_putc(line, (char)(1 + pick(f, 255)));
		break;
	case 1:
		buf_puts(line, ANY_OF(f, expressions));
		break;
	case 2:
		buf_puts(line, ANY_OF(f, words));
		break;
	default:
		buf_puts(line, ANY_OF(f, pieces));
		break;
	}
}

static void mutate_once(struct fuzz *f, struct buf *line)
{
	AUTO_FREE char *text = buf_take(line); /* which is empty then */
	size_t len = strlen(text);
	/* Mostly behind the name, which is found then. */
	size_t from = pick(f, 4) ? strcspn(text, " ") : 0;
	size_t at = from + pick(f, (unsigned)(len - from) + 1);
	size_t span = pick(f, 8);
	size_t times = pick(f, 40) ? 1 : 1 + pick(f, 3000);

	span = span > len - at ? len - at : span;
	buf_add(line, text, at);
	switch (pick(f, 4)) {
	case 0: /* taken out */
		at += span;
		break;
	case 1: /* doubled, or more */
		for (size_t i = 0; i < times && span; i++)
			buf_add(line, text + at, span);
		break;
	case 2: /* replaced */
		put_piece(f, line);
		at += span;
		break;
	default:
		put_piece(f, line);
		break;
	}
	buf_add(line, text + at, len - at);
}

/* One line at the state. */

static bool is_one_line(const char *message)
{
	for (const char *c = message; *c; c++)
		if ((unsigned char)*c < ' ' || *c == 0x7f)
			return false;
	return *message;
}

static void answers(struct fuzz *f)
{
	struct error *err;

	/* Somebody may have defined it anew. */
	if (f->s->commands->user.len || f->s->quit)
		return;
	buf_reset(&f->out.text);
	err = command_execute(f->s, "echo here\\n");
	if (err || !strstr(f->out.text.data, "here\n"))
		fail_msg("at %s, after \"%s\": %s", state_names[f->state],
		         line_now, err ? err->message : f->out.text.data);
}

static void try_line(struct fuzz *f, const struct buf *line)
{
	struct error *err;
	char *repeat;

	if (line->len >= sizeof(line_now) || is_left_out(f->s, line->data))
		return;
	memcpy(line_now, line->data, line->len + 1);
	f->blocks = 0;
	ticks = 0;
	impatient = 1;
	err = command_execute(f->s, line->data);
	if (err && !is_one_line(err->message))
		fail_msg("at %s: \"%s\": %s", state_names[f->state],
		         line->data, err->message);
	error_destroy(err);
	repeat = command_repeatable(f->s, line->data);
	free(repeat);
	impatient = 0;
	take_interrupt(NULL);
	answers(f);
	buf_reset(&f->out.text);
	if (!is_as_meant(f)) {
		tear_down(f);
		set_up(f);
	}
}

static void random_lines(struct fuzz *f, unsigned made, unsigned mutated)
{
	AUTO_BUF struct buf line;

	buf_init(&line);
	for (unsigned i = 0; i < made; i++) {
		make_line(f, &line);
		try_line(f, &line);
	}
	for (unsigned i = 0; i < mutated; i++) {
		make_line(f, &line);
		for (unsigned k = 1 + pick(f, 4) * pick(f, 2); k > 0; k--)
			mutate_once(f, &line);
		if (pick(f, 500) == 0)
			while (line.len < COMMAND_MAX_LINE - 64)
				put_piece(f, &line);
		try_line(f, &line);
	}
}

/* A directory in one of its own, so that a ".." is seen. */
static char *enter_scratch(void)
{
	char *dir = xasprintf("%s/scdb-fuzz-XXXXXX",
	                      getenv("TMPDIR") ? getenv("TMPDIR") : "/tmp");

	assert_non_null(mkdtemp(dir));
	assert_int_equal(chdir(dir), 0);
	assert_int_equal(mkdir("here", 0700), 0);
	assert_int_equal(chdir("here"), 0);
	return dir;
}

static int remove_one(const char *path, const struct stat *st, int type,
                      struct FTW *ftw)
{
	(void)st, (void)type, (void)ftw;
	return remove(path);
}

static void leave_scratch(const char *dir)
{
	assert_int_equal(chdir(dir), 0);
	assert_int_equal(nftw("here", remove_one, 8, FTW_DEPTH | FTW_PHYS), 0);
	assert_int_equal(chdir("/"), 0);
	/* Nothing was written beside it. */
	assert_int_equal(rmdir(dir), 0);
}

static void at_state(void **state)
{
	const char *seed = getenv("SCDB_TEST_SEED");
	const char *tracees = getenv("SCDB_TRACEES");
	bool whole = getenv("SCDB_TEST_LONG");
	struct fuzz f = { .state = (enum state)(intptr_t)*state };
	AUTO_FREE char *dir = NULL;
	timer_t timer;
	sigset_t mask;

	assert_non_null(tracees);
	f.seed = (seed ? (unsigned)atoi(seed) : 1) * STATES + f.state;
	f.program = xasprintf("%s/fuzzed-static", tracees);
	dir = enter_scratch();
	sigemptyset(&mask);
	sigaddset(&mask, SIGCHLD);
	sigaddset(&mask, SIGINT);
	sigprocmask(SIG_BLOCK, &mask, NULL);
	sigdelset(&mask, SIGCHLD);
	f.signal_fd = signalfd(-1, &mask, SFD_CLOEXEC | SFD_NONBLOCK);
	assert_true(f.signal_fd >= 0);
	catch_crashes();
	timer = start_ticks();
	set_up(&f);
	/* The sanitizers are slow. */
	random_lines(&f, whole ? 1000 : 100, !whole ? 1000
	             : __sanitizer_set_death_callback ? 25000 : 100000);
	timer_delete(timer);
	tear_down(&f);
	take_interrupt(NULL);
	close(f.signal_fd);
	free(f.program);
	leave_scratch(dir);
}

#define AT(state) { #state, at_state, NULL, NULL, (void *)(intptr_t)(state) }

int main(void)
{
	const struct CMUnitTest tests[] = {
		AT(NONE), AT(ENTRY), AT(EXIT), AT(SIGNALLED), AT(RUNNING),
		AT(EXITED), AT(CORE),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
