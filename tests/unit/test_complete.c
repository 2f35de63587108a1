/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Completion: each kind of word, and that what is offered is taken. */
#include "cmds/internal.h"
#include "expr/expr.h"
#include "session_fixture.h"

#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

struct fixture {
	struct out_capture out;
	struct session *s;
	char dir[300];
};

static void make_file(const char *dir, const char *name)
{
	AUTO_FREE char *path = xasprintf("%s/%s", dir, name);
	int fd = open(path, O_CREAT | O_WRONLY, 0600);

	assert_true(fd >= 0);
	close(fd);
}

static const char *const file_names[] = {
	"alpha", "alpine two", "al\tpha", "-s", "b;c",
};

static int set_up(void **state)
{
	struct fixture *f = xcalloc(1, sizeof(*f));
	AUTO_FREE char *sub = NULL;

	snprintf(f->dir, sizeof(f->dir), "%s/scdb-test-XXXXXX",
	         getenv("TMPDIR") ? getenv("TMPDIR") : "/tmp");
	assert_non_null(mkdtemp(f->dir));
	for (size_t i = 0; i < ARRAY_LEN(file_names); i++)
		make_file(f->dir, file_names[i]);
	sub = xasprintf("%s/sub", f->dir);
	assert_int_equal(mkdir(sub, 0700), 0);
	setenv("HOME", f->dir, 1);
	assert_int_equal(chdir(f->dir), 0);
	f->s = session_begin(&f->out);
	f->s->program.env = xcalloc(3, sizeof(char *));
	f->s->program.env[0] = xstrdup("LANG=C");
	f->s->program.env[1] = xstrdup("LANGUAGE=");
	command_init(f->s);
	*state = f;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *f = *state;

	command_deinit(f->s);
	session_end(f->s, &f->out);
	for (size_t i = 0; i < ARRAY_LEN(file_names); i++)
		unlink(file_names[i]);
	rmdir("sub");
	assert_int_equal(chdir("/"), 0);
	assert_int_equal(rmdir(f->dir), 0);
	free(f);
	return 0;
}

static void free_words(command_words *words)
{
	for (size_t i = 0; i < words->len; i++)
		free(words->items[i]);
	vec_deinit(words);
}

static int by_text(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* WANTED: every offer, sorted, a bar between, as the whole line becomes. */
static void completes(struct fixture *f, const char *line, const char *wanted)
{
	AUTO_BUF struct buf text;
	command_words words = { 0 };
	size_t at = command_complete(f->s, line, &words);

	buf_init(&text);
	if (words.len)
		qsort(words.items, words.len, sizeof(*words.items),
		      by_text);
	for (size_t i = 0; i < words.len; i++)
		buf_printf(&text, "%s%.*s%s", i ? "|" : "", (int)at, line,
		           words.items[i]);
	free_words(&words);
	if (strcmp(text.data, wanted) != 0)
		fail_msg("%s: %s", line, text.data);
}

static void does(struct fixture *f, const char *line)
{
	struct error *err = command_execute(f->s, line);

	if (err)
		fail_msg("%s: %s", line, err->message);
	buf_reset(&f->out.text);
}

/* Lines of a block. */
static char *next_line(void *ctx, const char *prompt)
{
	const char *const **at = ctx;

	(void)prompt;
	return **at ? xstrdup(*(*at)++) : NULL;
}

static void define(struct fixture *f, const char *line)
{
	static const char *const block[] = { "echo", "end", NULL };
	const char *const *at = block;

	command_set_input(f->s, (struct command_input){
		.next_line = next_line, .ctx = &at });
	does(f, line);
	command_set_input(f->s, (struct command_input){ 0 });
}

static void names(void **state)
{
	struct fixture *f = *state;

	completes(f, "sysf", "sysfinish");
	completes(f, "info proc m", "info proc mappings");
	completes(f, "cat s", "cat signal|cat syscall");
	completes(f, "show vers", "show version");
	completes(f, "unset ", "unset environment|unset substitute-path");
	define(f, "define sysmine");
	completes(f, "sysm", "sysmine");
	completes(f, "document ", "document sysmine");
	completes(f, "show user s", "show user sysmine");
	completes(f, "help sysm", "help sysmine");
	completes(f, "nope ", "");
	completes(f, "si ", "");
}

static void topics(void **state)
{
	struct fixture *f = *state;

	completes(f, "help runn", "help running");
	completes(f, "help info thr", "help info threads");
	completes(f, "help set string", "help set string-limit");
	completes(f, "help string-", "help string-limit");
	completes(f, "help sk", "help skip");
}

static void settings(void **state)
{
	struct fixture *f = *state;

	completes(f, "set conf", "set confirm");
	completes(f, "set confirm o", "set confirm off|set confirm on");
	completes(f, "set confirm on ", "");
	completes(f, "set color ", "set color auto|set color off|"
	          "set color on");
	completes(f, "set history-size u", "set history-size unlimited");
	completes(f, "set cwd s", "set cwd sub/");
	completes(f, "set safe-path /nowhere:al", "set safe-path /nowhere:"
	          "alpha|set safe-path /nowhere:alpine two");
	completes(f, "show conf", "show confirm");
	completes(f, "show confirm o", "");
	completes(f, "set $eflag", "set $eflags");
	completes(f, "set environment LANG", "set environment LANG=|"
	          "set environment LANGUAGE=");
	completes(f, "unset env LANGU", "unset env LANGUAGE");
	completes(f, "show env L", "show env LANG|show env LANGUAGE");
}

static void calls(void **state)
{
	struct fixture *f = *state;

	completes(f, "catch syscall openat", "catch syscall openat|"
	          "catch syscall openat2");
	completes(f, "catch syscall read,%fi", "catch syscall read,%file");
	completes(f, "catch syscall !%fi", "catch syscall !%file");
	completes(f, "catch syscall %file,!openat2",
	          "catch syscall %file,!openat2");
	completes(f, "catch syscall read@", "catch syscall read@32|"
	          "catch syscall read@64|catch syscall read@x32");
	completes(f, "catch syscall read,write@3",
	          "catch syscall read,write@32");
	completes(f, "catch syscall read en", "catch syscall read entry");
	completes(f, "catch syscall read entry i",
	          "catch syscall read entry if");
	completes(f, "sysuntil getpp", "sysuntil getppid");
	completes(f, "phases b", "phases both");
	completes(f, "nr getpp", "nr getppid");
	completes(f, "syscall getpp", "syscall getppid");
}

static void expressions(void **state)
{
	struct fixture *f = *state;

	does(f, "set $ripe = 1");
	does(f, "set $rift = \"text\"");
	completes(f, "print $ri", "print $rift|print $rip|print $ripe");
	completes(f, "print 1+$_ex", "print 1+$_exitcode");
	completes(f, "p/x $eflag", "p/x $eflags");
	completes(f, "p AT_FDCW", "p AT_FDCWD");
	completes(f, "set var $ripe = $rift", "set var $ripe = $rift");
	completes(f, "if $ripe == $eflag", "if $ripe == $eflags");
	completes(f, "x/4x $eflag", "x/4x $eflags");
	completes(f, "printf \"%d\\n\", $eflag", "printf \"%d\\n\", $eflags");
	completes(f, "printf \"$eflag", "");
	completes(f, "info registers $eflag", "info registers $eflags");
	completes(f, "info registers gen", "info registers general");
	completes(f, "skip ENOTDI", "skip ENOTDIR");
	completes(f, "skip -ENOTDI", "skip -ENOTDIR");
	/* Names of the arguments of the calls that a condition is about. */
	completes(f, "catch syscall read,openat exit if pathn",
	          "catch syscall read,openat exit if pathname");
	completes(f, "catch syscall read if pathn", "");
	completes(f, "sysuntil openat if mod", "sysuntil openat if mode");
	does(f, "catch syscall openat");
	completes(f, "condition 1 pathn", "condition 1 pathname");
	/* An operand does not follow another. */
	completes(f, "print $ripe $ri", "");
	completes(f, "print $ripe + ($eflag", "print $ripe + ($eflags");
	completes(f, "nr getppid getppi", "");
	/* Numbers can be said with a variable; $rift is none. */
	completes(f, "ignore $ri", "ignore $ripe");
	completes(f, "delete $bp", "delete $bpnum");
}

static void files(void **state)
{
	struct fixture *f = *state;

	completes(f, "source al", "source alpha|source alpine two");
	completes(f, "source ./al", "source ./alpha|source ./alpine two");
	completes(f, "source alpine t", "source alpine two");
	completes(f, "source ~/alph", "source ~/alpha");
	completes(f, "source ~", "source ~/");
	completes(f, "save breakpoints su", "save breakpoints sub/");
	completes(f, "file /etc/hostn", "file /etc/hostname");
	/* Words of a shell: no blanks, no signs. */
	completes(f, "shell cat al", "shell cat alpha");
	completes(f, "!cat b", "");
	completes(f, "run <al", "");
	completes(f, "run al", "run alpha");
	completes(f, "arg buf @alph", "arg buf @alpha");
	completes(f, "emulate 0 buf=@alph", "emulate 0 buf=@alpha");
}

static void others(void **state)
{
	struct fixture *f = *state;

	completes(f, "signal SIGUS", "signal SIGUSR1|signal SIGUSR2");
	completes(f, "handle SIGUSR1 nos", "handle SIGUSR1 nostop");
	completes(f, "info signals al", "info signals all");
	completes(f, "info signals SIGUSR1 ", "");
	completes(f, "skip -s ENOTDI", "skip -s ENOTDIR");
	completes(f, "apropos -", "apropos -v");
	completes(f, "continue -", "continue -a");
	does(f, "catch syscall read");
	does(f, "catch syscall write");
	completes(f, "delete ", "delete 1|delete 2|delete rule|delete snapshot");
	completes(f, "delete 1-", "delete 1-1|delete 1-2");
	completes(f, "delete 2-", "delete 2-2");
	completes(f, "delete 1,", "delete 1,1|delete 1,2");
	completes(f, "condition 1,", "");
	completes(f, "define hook-sysf", "define hook-sysfinish");
	completes(f, "define hookp", "define hookpost-");
	completes(f, "define hook-st", "define hook-start|define hook-starti|"
	          "define hook-step|define hook-stepi|define hook-stop|"
	          "define hook-strings");
	completes(f, "define hookpost-sto", "");
	completes(f, "thread apply a", "thread apply all");
	completes(f, "thread apply all -as", "thread apply all -ascending");
	completes(f, "thread apply all -q info sysc",
	          "thread apply all -q info syscall|"
	          "thread apply all -q info syscalls");
	completes(f, "thread apply 1 print $eflag",
	          "thread apply 1 print $eflags");
}

static void aliases(void **state)
{
	struct fixture *f = *state;

	does(f, "alias opens = catch syscall %file");
	does(f, "alias sig = signal");
	does(f, "alias g = handle");
	completes(f, "open", "opens");
	completes(f, "sig SIGUS", "sig SIGUSR1|sig SIGUSR2");
	completes(f, "  g SIGUSR1 nos", "  g SIGUSR1 nostop");
	completes(f, "opens ent", "opens entry");
	completes(f, "opens if pathn", "opens if pathname");
	completes(f, "help ope", "help opens");
	completes(f, "alias x = info thr", "alias x = info threads");
	completes(f, "thread apply all sig SIGUS",
	          "thread apply all sig SIGUSR1|thread apply all sig SIGUSR2");
	/* Only what stands behind the alias's name can be replaced. */
	completes(f, "opens", "opens");
}

/* A process id comes with its name; other ids may begin with it. */
static void processes_have_names(void **state)
{
	struct fixture *f = *state;
	AUTO_FREE char *line = xasprintf("attach %d", (int)getpid());
	AUTO_FREE char *wanted = xasprintf("%d\ttest_complete",
	                                   (int)getpid());
	command_words words = { 0 };
	bool found = false;

	assert_int_equal(command_complete(f->s, line, &words), 7);
	for (size_t i = 0; i < words.len; i++)
		found = found || strcmp(words.items[i], wanted) == 0;
	free_words(&words);
	assert_true(found);
}

static bool is_expression(const char *type)
{
	return type && strncmp(type, ":expression", 11) == 0;
}

/* What an expression or a condition must be, beyond its extent. */
static struct error *check_expression(struct fixture *f,
                                      const struct command *command,
                                      const struct command_args *args)
{
	const struct command_arg *last = &args->arg[COMMAND_MAX_ARGS - 1];
	struct error *err = NULL;
	struct expr *expr = NULL;

	while (last > args->arg && !last->given)
		last--;
	if (!last->given || strcmp(command->name, "set variable") == 0)
		return NULL;
	if (strcmp(command->name, "condition") == 0 && last != args->arg)
		err = session_compile_condition(f->s, last->text,
			catch_syscall_set(breakpoint_find(f->s,
				(unsigned)args->arg[0].number)), &expr);
	else if (strstr(command->args, ":condition") && !last->set &&
	         !last->number)
		err = session_compile_condition(f->s, last->text,
		                                args->arg[0].set, &expr);
	else if (is_expression(strrchr(command->args, ':')))
		err = session_compile(f->s, last->text, &expr);
	expr_destroy(expr);
	return err;
}

/* LINE's name and arguments are taken, but for what is still to come. */
static void is_taken(struct fixture *f, const char *line)
{
	AUTO_FREE char *expanded = script_expand_alias(f->s, line);
	const struct command *command;
	struct command_args args;
	const char *rest;
	struct error *err = command_find(f->s, expanded ? expanded : line,
	                                 &command, &rest);

	if (!err && !(command->flags & CMD_USER)) {
		err = command_args_parse(f->s, command, rest, &args);
		if (!err) {
			err = check_expression(f, command, &args);
			command_args_deinit(&args);
		}
	}
	if (err && !strstr(err->message, "missing") &&
	    /* The piece before a name's end: `catch syscall !` */
	    !strstr(err->message, "must be followed") &&
	    /* `catch exec if comm`: a comparison is still to come. */
	    !strstr(err->message, "neither true nor false"))
		fail_msg("%s: %s", line, err->message);
	error_destroy(err);
}

/* What may stand behind a place, and behind what is watched. */
static void places(void **state)
{
	struct fixture *f = *state;

	f->s->program.path = xasprintf("%s/breaks", getenv("SCDB_TRACEES"));
	completes(f, "break wor", "break work");
	completes(f, "break work i", "break work if");
	completes(f, "hbreak work th", "hbreak work thread");
	completes(f, "tbreak work -f", "tbreak work -force-condition");
	completes(f, "break work if sin", "break work if sink");
	completes(f, "break work if coun", "");
	completes(f, "thbreak repeat if(coun", "thbreak repeat if(count");
	completes(f, "break work if $ri", "break work if $rip");
	completes(f, "break work thread 1 i", "break work thread 1 if");
	completes(f, "dprintf work,\"%d sin", "");
	completes(f, "dprintf repeat,\"%d\\n\",coun",
	          "dprintf repeat,\"%d\\n\",count");
	completes(f, "watch sin", "watch sink");
	completes(f, "watch -loc", "watch -location");
	completes(f, "rwatch -l sin", "rwatch -l sink");
	completes(f, "watch sink i", "watch sink if");
	completes(f, "watch sink + sin", "watch sink + sink");
	completes(f, "awatch sink if 1+sin", "awatch sink if 1+sink");
	completes(f, "set breakpoint pend", "set breakpoint pending");
	completes(f, "set breakpoint auto-hw ", "set breakpoint auto-hw off");
	does(f, "break repeat");
	completes(f, "condition 1 coun", "condition 1 count");
}

/* Somebody leans on TAB: words that were offered, each behind the other. */
static void lean_on_tab(struct fixture *f, unsigned *seed)
{
	AUTO_BUF struct buf line;

	buf_init(&line);
	for (int depth = 0; depth < 6; depth++) {
		command_words words = { 0 };
		size_t at = command_complete(f->s, line.data, &words);
		size_t chosen;

		assert_true(at <= line.len);
		if (!words.len)
			return;
		chosen = (size_t)rand_r(seed) % words.len;
		words.items[chosen][strcspn(words.items[chosen], "\t")] = '\0';
		line.len = at;
		buf_puts(&line, words.items[chosen]);
		free_words(&words);
		/* What asks for more at once is no word yet. */
		if (!strchr("=/-", line.data[line.len - 1])) {
			is_taken(f, line.data);
			buf_putc(&line, ' ');
		}
	}
}

static void offers_are_taken(void **state)
{
	struct fixture *f = *state;
	unsigned seed = 1;

	does(f, "catch syscall read");
	does(f, "catch syscall openat");
	does(f, "alias opens = catch syscall %file");
	does(f, "set $count = 1");
	define(f, "define mine");
	for (int i = 0; i < 5000; i++)
		lean_on_tab(f, &seed);
}

/* At the entry of an openat. */
static void at_a_stop(void **state)
{
	struct fixture *f = *state;
	const char *tracees = getenv("SCDB_TRACEES");
	unsigned seed = 2;

	assert_non_null(tracees);
	f->s->program.path = xasprintf("%s/fuzzed-static", tracees);
	f->s->program.args = xcalloc(1, sizeof(char *));
	does(f, "catch syscall openat entry");
	does(f, "run");
	completes(f, "arg pathn", "arg pathname");
	completes(f, "arg flags pathn", "arg flags pathname");
	completes(f, "print pathn", "print pathname");
	completes(f, "emulate 0 p", "emulate 0 pathname=");
	completes(f, "skip -s pathn", "skip -s pathname");
	completes(f, "info registers orig_", "info registers orig_rax");
	completes(f, "thread ", "thread 1\tfuzzed-static|thread apply");
	completes(f, "inferior ", "inferior 1\tfuzzed-static");
	completes(f, "kill ", "kill 1\tfuzzed-static");
	completes(f, "thread apply 1", "thread apply 1\tfuzzed-static");
	/* A call of that ABI only. */
	completes(f, "nr waitp", "");
	completes(f, "syscall getpi", "syscall getpid");
	for (int i = 0; i < 1000; i++)
		lean_on_tab(f, &seed);
	does(f, "kill");
}

#define TEST(name) \
	cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(names), TEST(topics), TEST(settings), TEST(calls),
		TEST(expressions), TEST(files), TEST(others), TEST(aliases),
		TEST(processes_have_names), TEST(offers_are_taken),
		TEST(places),
		TEST(at_a_stop),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
