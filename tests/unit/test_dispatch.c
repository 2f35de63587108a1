/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From a line to a command: names, errors, files, completion.  No process. */
#include "cmds/internal.h"
#include "session_fixture.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

struct fixture {
	struct out_capture out;
	struct session *s;
};

static int set_up(void **state)
{
	struct fixture *f = xcalloc(1, sizeof(*f));

	f->s = session_begin(&f->out);
	command_init(f->s);
	*state = f;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *f = *state;

	command_deinit(f->s);
	session_end(f->s, &f->out);
	free(f);
	return 0;
}

static void finds(const char *line, const char *name, const char *rest)
{
	const struct command *command;
	const char *at;
	struct error *err = command_find(NULL, line, &command, &at);

	if (err)
		fail_msg("%s: %s", line, err->message);
	assert_string_equal(command->name, name);
	assert_string_equal(at, rest);
}

static void finds_not(const char *line, const char *message)
{
	const struct command *command;
	const char *at;
	struct error *err = command_find(NULL, line, &command, &at);

	if (!err)
		fail_msg("%s was found", line);
	assert_string_equal(err->message, message);
	error_destroy(err);
}

/* gdb's names, abbreviations and prefixes. */
static void names(void **state)
{
	(void)state;
	finds("c", "continue", "");
	finds("c 5", "continue", "5");
	finds("r a b", "run", "a b");
	finds("p/x $rax", "print", "/x $rax");
	finds("p$rax", "print", "$rax");
	finds("x/4xg $sp", "x", "/4xg $sp");
	finds("i r rip", "info registers", "rip");
	finds("info reg", "info registers", "");
	finds("inf b", "info breakpoints", "");
	finds("i proc m", "info proc mappings", "");
	finds("i proc 12", "info proc", "12");
	finds("cat sys openat", "catch syscall", "openat");
	finds("tc sys", "tcatch syscall", "");
	finds("d 1", "delete", "1");
	finds("dis 1", "disable", "1");
	finds("h", "help", "");
	finds("q", "quit", "");
	finds("k", "kill", "");
	finds("ss", "sysstep", "");
	finds("su read", "sysuntil", "read");
	finds("sf", "sysfinish", "");
	finds("info syscall", "info syscall", "");
	finds("syscall getpid()", "syscall", "getpid()");
	finds("set var $rax = 1", "set variable", "$rax = 1");
	finds("set $rax = 1", "set", "$rax = 1");
	finds("set env A=b", "set environment", "A=b");
	finds("set conf off", "set", "conf off");
	finds("show args", "show", "args");
	finds("!ls -l", "shell", "ls -l");
	finds("  run", "run", "");
	finds_not("xyzzy", "undefined command: \"xyzzy\"; try \"help\"");
	finds_not("info xyzzy",
	          "undefined info command: \"xyzzy\"; try \"help info\"");
	finds_not("de", "ambiguous command \"de\": detach, delete, define");
	/* One that all others begin with is meant. */
	finds("info sysc", "info syscall", "");
	finds("i sys", "info syscall", "");
	finds("info s", "info stack", "");
	/* gdb's, which are no abbreviations of others. */
	finds("si", "stepi", "");
	finds("s", "step", "");
	finds("n 2", "next", "2");
	finds("start", "start", "");
	finds("f 1", "frame", "1");
	finds("u 5", "until", "5");
	finds("sig 0", "signal", "0");
	finds("starti", "starti", "");
	finds_not("\"", "undefined command: \"\"\"; try \"help\"");
	finds_not("\233x", "undefined command: \"\\233x\"; try \"help\"");
}

static void fails(struct fixture *f, const char *line, const char *message)
{
	struct error *err = command_execute(f->s, line);

	if (!err)
		fail_msg("%s worked", line);
	assert_string_equal(err->message, message);
	error_destroy(err);
}

static void works(struct fixture *f, const char *line, const char *output)
{
	struct error *err = command_execute(f->s, line);

	if (err)
		fail_msg("%s: %s", line, err->message);
	assert_string_equal(f->out.text.data, output);
	buf_reset(&f->out.text);
}

static void lines(void **state)
{
	struct fixture *f = *state;
	AUTO_FREE char *giant = xmalloc((1 << 20) + 1);
	struct thread *thread;
	struct error *err;

	memset(giant, 'a', 1 << 20);
	giant[1 << 20] = '\0';
	err = session_thread_find(f->s, "0\rx", &thread);
	assert_non_null(err);
	assert_non_null(strstr(err->message, "not \"0\\015"));
	error_destroy(err);
	works(f, "", "");
	works(f, "   # a comment", "");
	works(f, "echo a\\tb\\n", "a\tb\n");
	fails(f, "catch", "\"catch\" must be followed by one of: "
	      "syscall, exec, fork, vfork, clone, exit, signal, load, unload");
	fails(f, giant,
	      "a line of 1048576 bytes is too long: at most 65536");
	fails(f, "echo \033[2J",
	      "the line holds a control byte, \\033, at column 6");
	fails(f, "continue",
	      "no process: use `run`, `starti` or `attach PID`");
	fails(f, "delete 4",
	      "No breakpoint number 4.");
	fails(f, "attach", "PID is missing (usage: attach PID)");
}

static void settings(void **state)
{
	struct fixture *f = *state;

	works(f, "set confirm off", "");
	works(f, "show confirm", "confirm is off: whether to ask before a "
	      "process is ended\n");
	works(f, "set history-size unlimited", "");
	assert_int_equal(f->s->settings.history_size, 0);
	works(f, "set log-size 3", "");
	works(f, "set args a  b", "");
	assert_string_equal(f->s->settings.args, "a  b");
	works(f, "set args", "");
	assert_null(f->s->settings.args);
	works(f, "set env X=1", "");
	works(f, "set env X = 2", "");
	works(f, "show env X", "X=2\n");
	works(f, "unset env X", "");
	fails(f, "show env X", "variable \"X\" is not set");
	fails(f, "set log-size 0", "log-size: say a number from 1 to 1000000");
	fails(f, "set color blue", "color: say one of: auto, on, off");
	fails(f, "set confirm maybe", "confirm: say on or off");
	fails(f, "set xyzzy 1",
	      "there is no setting \"xyzzy\"; `show` lists them");
	fails(f, "set follow- 1", "ambiguous setting \"follow-\": "
	      "follow-cpu, follow-fork-mode");
}

static void topics(void **state)
{
	static const char limit[] = "Usage: set string-limit 1..1048576\n"
		"Bytes of a string that are shown.\nIt starts as 32.\n"
		"\nExample:\n    set string-limit 200\n";
	struct fixture *f = *state;

	works(f, "help set string-limit", limit);
	works(f, "help string-", limit);
	works(f, "help show str", limit);
	works(f, "help ignore", "Usage: ignore NUMBER COUNT\n"
	      "Pass over a breakpoint a number of times.\n\nExample:\n"
	      "    catch syscall read\n    ignore $bpnum 2\n\n"
	      "Command      What it does\n"
	      "ignore rule  keep a rule from acting a number of times\n");
	works(f, "alias opens = catch syscall %file", "");
	assert_null(command_execute(f->s, "help opens"));
	assert_ptr_equal(strstr(f->out.text.data, "opens stands for: "
	                        "catch syscall %file\nUsage: catch syscall "),
	                 f->out.text.data);
	buf_reset(&f->out.text);
	fails(f, "help xyzzy", "there is no command, group or setting "
	      "\"xyzzy\"; try \"apropos WORD\"");
	fails(f, "help de", "ambiguous command \"de\": detach, delete, "
	      "define");
	fails(f, "help follow", "ambiguous setting \"follow\": follow-cpu, "
	      "follow-fork-mode");
	fails(f, "help set xyzzy",
	      "there is no setting \"xyzzy\"; `show` lists them");
	fails(f, "help skip xyzzy",
	      "there is no command \"skip xyzzy\"");
	fails(f, "apropos (a{200}){200}", "the pattern repeats too much");
	fails(f, "apropos (.*)x\\1", "the pattern has a back-reference");
	fails(f, "apropos (", "bad regular expression (Unmatched ( or \\()");
	fails(f, "help xy", "there is no command, group or setting \"xy\"; "
	      "try \"apropos WORD\"");
}

static void printing(void **state)
{
	struct fixture *f = *state;

	works(f, "p 1+2", "$1 = 3\n");
	works(f, "print/x 255", "$2 = 0xff\n");
	works(f, "p/t 5", "$3 = 101\n");
	works(f, "p/o 8", "$4 = 010\n");
	works(f, "p/c 65", "$5 = 65 'A'\n");
	works(f, "p/z 255", "$6 = 0x000000ff\n");
	works(f, "p/d -1", "$7 = -1\n");
	works(f, "p/u -1", "$8 = 4294967295\n");
	works(f, "p/a 4096", "$9 = 0x1000\n");
	works(f, "p/c 10", "$10 = 10 '\\n'\n");
	works(f, "p/c 0", "$11 = 0 '\\000'\n");
	works(f, "p O_CREAT|O_EXCL", "$12 = 192\n");
	works(f, "p \"a\\n\"", "$13 = \"a\\n\"\n");
	works(f, "p/x \"a\"", "$14 = {0x61, 0x0}\n");
	works(f, "p", "$15 = \"a\"\n");
	works(f, "p 2147483647 + 1", "$16 = -2147483648\n");
	works(f, "p -pretty -- 5.0 / 2", "$17 = 2.5\n");
	works(f, "output 'a' + 1", "98");
	works(f, "whatis 1 + 1.5f", "type = float\n");
	works(f, "ptype unsigned long *", "type = unsigned long *\n");
	works(f, "p $x = 7", "$18 = 7\n");
	works(f, "p $x += 2, $x++ * 10", "$19 = 90\n");
	works(f, "p $x", "$20 = 10\n");
	works(f, "p $never", "$21 = void\n");
	works(f, "call $never", "");
	works(f, "p $$2 + $18", "$22 = 97\n");
	works(f, "printf \"%s %c %5.2f %d\\n\", \"ab\", 99, 2.5, 7",
	      "ab c  2.50 7\n");
	fails(f, "p 1 + nosuch",
	      "unknown name \"nosuch\" at column 5: 1 + ^nosuch");
	fails(f, "p 1 / 0", "division by zero at column 3: 1 ^/ 0");
	fails(f, "p (1", "expected \")\" at column 3, found the end: (1^");
	fails(f, "p int", "a type is no value at column 1: ^int");
	fails(f, "p/i 1", "instructions mean nothing to `print`: use `x/i`");
	fails(f, "p/5x 1",
	      "counts and units mean nothing to `print`: use `x`");
	fails(f, "p -elements 0x -- 1", "\"0x\" is not a number");
}

static void missing_expression(void **state)
{
	struct fixture *f = *state;

	fails(f, "p", "EXPRESSION is missing: nothing was printed yet");
	works(f, "show values", "");
	works(f, "p 1.5f", "$1 = 1.5\n");
	works(f, "show values", "$1 = 1.5\n");
	works(f, "display 6 * 7", "1: 6 * 7 = 42\n");
	works(f, "info display", "Auto-display expressions now in effect:\n"
	      "Num Enb Expression\n1:   y  6 * 7\n");
	fails(f, "undisplay 2", "there is no display 2");
	works(f, "undisplay 1", "");
	works(f, "info display",
	      "There are no auto-display expressions now.\n");
}

/* Lines from an array, for blocks. */
struct feed {
	const char *const *lines;
};

static char *next_line(void *ctx, const char *prompt)
{
	struct feed *feed = ctx;

	(void)prompt;
	return *feed->lines ? xstrdup(*feed->lines++) : NULL;
}

static void catchpoints(void **state)
{
	static const char *const lines_given[] = {
		"  silent ", "commands 1", "skip", "end", " continue", "end",
		NULL,
	};
	struct fixture *f = *state;
	struct feed feed = { lines_given };
	const struct breakpoint *b;

	command_set_input(f->s, (struct command_input){
		.next_line = next_line, .ctx = &feed });
	works(f, "catch syscall openat entry if flags & 1",
	      "Catchpoint 1 (openat, at entry)\n");
	works(f, "tcatch syscall", "Temporary catchpoint 2 (any system "
	      "call)\n");
	works(f, "commands 1", "");
	b = breakpoint_find(f->s, 1);
	assert_int_equal(b->commands.len, 5);
	assert_string_equal(b->commands.items[0], "silent");
	assert_string_equal(b->commands.items[4], "continue");
	fails(f, "commands 1", "the input ended before `end`");
	works(f, "disable 1-2", "");
	assert_false(b->enabled);
	works(f, "enable", "");
	assert_true(b->enabled);
	fails(f, "delete 1 7",
	      "No breakpoint number 7.");
	assert_non_null(breakpoint_find(f->s, 1));
	works(f, "ignore 1 2",
	      "Will ignore next 2 crossings of catchpoint 1.\n");
	assert_int_equal(b->ignore, 2);
	works(f, "delete 1-2", "");
	assert_null(breakpoint_find(f->s, 1));
}

static void sources(struct fixture *f, const void *data, size_t len,
                    const char *message)
{
	/* Long enough that a shortened name would show. */
	char path[] = "/tmp/././././././././././././././././././././././././"
		"./././././././scdb-test-XXXXXX";
	int fd = mkstemp(path);
	struct error *err;

	assert_true(fd >= 0);
	assert_int_equal(write(fd, data, len), len);
	close(fd);
	err = command_source(f->s, path);
	unlink(path);
	if (!message) {
		assert_null(err);
		return;
	}
	assert_non_null(err);
	/* Behind "FILE". */
	assert_memory_equal(err->message, path, strlen(path));
	assert_string_equal(err->message + strlen(path), message);
	error_destroy(err);
}

static void files(void **state)
{
	static const char block[] = "catch syscall read\ncommands\n"
		"silent\nend\necho done\\n\n";
	struct fixture *f = *state;

	sources(f, block, sizeof(block) - 1, NULL);
	assert_string_equal(f->out.text.data,
	                    "Catchpoint 1 (read)\ndone\n");
	assert_int_equal(breakpoint_find(f->s, 1)->commands.len, 1);
	sources(f, "\necho a\nnope\necho b\n", 20,
	        ":3: undefined command: \"nope\"; try \"help\"");
	sources(f, "echo a\n\x7f" "ELF\0", 12,
	        ":2: not a text file: byte \\177");
	sources(f, "echo \0\n", 7, ":1: not a text file: byte \\000");
	sources(f, "commands\nx\n", 11,
	        ":1: the input ended before `end`");
	sources(f, "echo no newline", 15, NULL);
	sources(f, "", 0, NULL);
}

static void repeats(void **state)
{
	static const struct {
		const char *line, *repeat;
	} cases[] = {
		{ "ss 3", "ss 3" }, { "c", "c" },   { "x/4x 0", "x" },
		{ "run", NULL },    { "nope", NULL }, { "i r", NULL },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		AUTO_FREE char *repeat = command_repeatable(NULL, cases[i].line);

		if (cases[i].repeat)
			assert_string_equal(repeat, cases[i].repeat);
		else
			assert_null(repeat);
	}
}

/* WANTED: every offer, blanks between, sorted as the tables have them. */
static void completes(struct fixture *f, const char *line, size_t offset,
                      const char *wanted)
{
	AUTO_BUF struct buf text;
	command_words words = { 0 };
	size_t at = command_complete(f->s, line, &words);

	buf_init(&text);
	for (size_t i = 0; i < words.len; i++) {
		buf_printf(&text, "%s%s", i ? " " : "", words.items[i]);
		free(words.items[i]);
	}
	vec_deinit(&words);
	if (strcmp(text.data, wanted) || (words.len && at != offset))
		fail_msg("%s: at %zu: %s", line, at, text.data);
}

static void completion(void **state)
{
	struct fixture *f = *state;

	completes(f, "sysf", 0, "sysfinish");
	completes(f, "info proc m", 10, "mappings");
	completes(f, "catch s", 6, "syscall signal");
	completes(f, "catch syscall epoll_ct", 14, "epoll_ctl epoll_ctl_old");
	completes(f, "catch syscall read,%fi", 14, "read,%file");
	completes(f, "catch syscall !%fi", 14, "!%file");
	completes(f, "catch syscall read en", 19, "entry");
	completes(f, "catch syscall read entry i", 25, "if");
	completes(f, "catch syscall read if $ri", 22, "$rip");
	completes(f, "set conf", 4, "confirm");
	completes(f, "set confirm o", 12, "on off");
	completes(f, "signal SIGUS", 7, "SIGUSR1 SIGUSR2");
	completes(f, "info registers ri", 15, "rip");
	completes(f, "p $eflag", 2, "$eflags");
	completes(f, "p AT_FDCW", 2, "AT_FDCWD");
	completes(f, "help info thr", 10, "threads");
	completes(f, "skip ENOTDI", 5, "ENOTDIR");
	completes(f, "nope ", 0, "");
	completes(f, "source /etc/hostn", 7, "/etc/hostname");
	completes(f, "shell cat /etc/hostn", 10, "/etc/hostname");
	completes(f, "!cat /etc/hostn", 5, "/etc/hostname");
	completes(f, "handle SIGUSR1 nos", 15, "nostop");
	completes(f, "handle SIGUS", 7, "SIGUSR1 SIGUSR2");
	completes(f, "condition ", 10, "");
	works(f, "catch syscall read", "Catchpoint 1 (read)\n");
	completes(f, "condition ", 10, "1");
	completes(f, "ignore ", 7, "rule 1");
}

/* A process id comes with its name; other ids may begin with it. */
static void processes_have_names(void **state)
{
	struct fixture *f = *state;
	AUTO_FREE char *line = xasprintf("attach %d", (int)getpid());
	AUTO_FREE char *wanted = xasprintf("%d\ttest_dispatch",
	                                   (int)getpid());
	command_words words = { 0 };
	bool found = false;

	assert_int_equal(command_complete(f->s, line, &words), 7);
	for (size_t i = 0; i < words.len; i++) {
		found = found || strcmp(words.items[i], wanted) == 0;
		free(words.items[i]);
	}
	vec_deinit(&words);
	assert_true(found);
}

/* Lines of the words and signs that commands are made of, in any order. */
static void random_line(unsigned *seed, char line[128])
{
	static const char *const pieces[] = {
		"catch ", "syscall ", "read", ",", "!", "/", "%file", " ",
		" if ", "exit ", "info ", "reg", "set ", "$r", "=", "(", ")",
		"\"", "'", "\\", "-s", "skip ", "p", "/x", "help ", "sou",
		"5", "-", "syscall open(", "\xff", "~", "#", "&", "show ",
	};
	size_t len = 0;

	for (int i = rand_r(seed) % 12; i >= 0; i--) {
		const char *piece = pieces[(size_t)rand_r(seed) %
		                           ARRAY_LEN(pieces)];

		if (len + strlen(piece) < 127) {
			memcpy(line + len, piece, strlen(piece));
			len += strlen(piece);
		}
	}
	line[len] = '\0';
}

/* What is offered replaces the line from its offset on, and goes on with it. */
static void any_line_completes(void **state)
{
	struct fixture *f = *state;
	unsigned seed = 1;

	for (int i = 0; i < 20000; i++) {
		command_words words = { 0 };
		char line[128];
		size_t at;

		random_line(&seed, line);
		at = command_complete(f->s, line, &words);
		assert_true(at <= strlen(line));
		for (size_t k = 0; k < words.len; k++) {
			if (strncmp(words.items[k], line + at,
			            strlen(line + at)) != 0)
				fail_msg("%s: %s", line, words.items[k]);
			free(words.items[k]);
		}
		vec_deinit(&words);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names),
		cmocka_unit_test_setup_teardown(lines, set_up, tear_down),
		cmocka_unit_test_setup_teardown(settings, set_up, tear_down),
		cmocka_unit_test_setup_teardown(topics, set_up, tear_down),
		cmocka_unit_test_setup_teardown(printing, set_up, tear_down),
		cmocka_unit_test_setup_teardown(missing_expression, set_up, tear_down),
		cmocka_unit_test_setup_teardown(catchpoints, set_up,
		                                tear_down),
		cmocka_unit_test_setup_teardown(files, set_up, tear_down),
		cmocka_unit_test(repeats),
		cmocka_unit_test_setup_teardown(completion, set_up,
		                                tear_down),
		cmocka_unit_test_setup_teardown(processes_have_names, set_up,
		                                tear_down),
		cmocka_unit_test_setup_teardown(any_line_completes, set_up,
		                                tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
