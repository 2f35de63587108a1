/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What command lines are made of when they are made at random. */
#ifndef SCDB_TESTS_FUZZ_WORDS_H
#define SCDB_TESTS_FUZZ_WORDS_H

#include "cmds/internal.h"

static const char *const expressions[] = {
	"1", "0", "-1", "$rip", "$rsp + 8", "$nope", "$1", "$$", "ret", "errno",
	"fd", "pathname", "pathname ~ \"*\"", "\"text\"", "1 / 0", "(1 + 2) * 3",
	"O_RDONLY|O_CREAT", "ENOENT", "-EPERM", "0x7fffffffffffffff",
	"18446744073709551615", "99999999999999999999", "1 ? 2 : 3", "!1 && ~0",
	"comm == \"x\"", "comm =~ \"(a|b)+\"", "$_exitcode", "$bpnum", "$n",
	"1 << 70", "$rsp[0]", "-9223372036854775808 / -1", "", "tid", "nr",
	"$eflags", "$eax", "$xmm0", "pathname == 0", "@no-such-file",
	"x\"00ff\"", "{1,2}", "@./", "\"\\x", "'a'",
	/* Of the program: tests/tracees/fuzzed.c, and libc in it. */
	"argc", "argv", "*argv", "argv[0]@argc", "*argv@99999999", "main",
	"&main", "*main", "main::moment", "'fuzzed.c'::main", "what", "what[1]",
	"moment", "&moment", "moment.tv_nsec", "&moment->tv_sec", "prog.len",
	"(char)65", "(struct timespec *)argv", "*(struct sock_fprog *)$rsp",
	"sizeof(struct timespec)", "sizeof (int[3])", "(int (*)(char))main",
	"{int}$rsp", "{struct timespec}0", "environ[0]", "_nl_global_locale",
	"stdout->_lock", "*stdin", "main_arena", "$_siginfo", "$_siginfo.nope",
	"$_strlen(what)", "$_regex(what, \"o.*\")", "$_streq(what, 1)",
	"getpid()", "$_syscall", "1.5e300 * 1e300", "1.0 / 0", "3 % 0",
	"sizeof(sizeof(int))", "a.b.c", "*(int*)0", "**argv", "&*argv[0]",
	"@entry", "argc@entry", "(long double)1", "x@-1", "1@2", "$rip()",
	"main.x", "struct timespec", "unsigned long", "int[2][3]", "int (*)()",
	"*$sp@100", "$xmm0.v4_float", "$st0", "$ymm0.v8_int32[9]",
};
static const char *const sets[] = {
	"read", "openat,close", "%file", "!%file", "all", "/op.*/", "0", "257@64",
	"read@32", "!all", "nope", "", "/(/", "%network !read", "-1", "999999",
	"read@x32", "read@", "/^.*(a*)*$/", "socketcall", "%nope", ",,",
};
static const char *const words[] = {
	"1", "0", "2", "5-3", "1-3", "all", "-1", "abc", "SIGUSR1", "USR1", "0x1",
	"9999999999", "$n", "$bpnum", "1.1", "entry", "exit", "both", "general",
	"rip", "$rip", "nostop", "pass", "on", "off", "unlimited", "hook-stop",
	"X=1", "X", "if", "if 1", "if fd == 3", "/x", "/4xg", "/s", "/i", "/99c",
	"getpid()", "getpid", "openat(AT_FDCWD, \"a\", 0)", "close(-1", "x = help",
	"main", "*$pc", "100000", "$pc", "cat.c:1", "+1",
	"1 info syscall", "all -q print 1", "\"%d\\n\", 1", "\"%s\", 1",
	"\"%*d\", 2", "buf=\"hello\"", "pathname=\"x\"", "fd=1", "$n = 3",
	"$rax = 1", "$rip = 0", "--", "-s", "-a", "&", "\\", "~", "#",
	"main", "*main", "main,+8", "$pc,+99999999", "fuzzed.c:60", ":1", "1,",
	"fuzzed.c:0", "fuzzed.c:main", "nope.c:1", "*0", "*0,*1", ",20", "-",
	"/m main", "/rs main", "/x", "function main", "level 1", "address 0",
	"-full", "full 2", "-3", "-elements 3 -- argv", "-pretty on -- moment",
	"/o struct timespec", "struct timespec", "fuzzed-static:main", "+", "*",
	"-9223372036854775808",
	"main thread 1", "main if argc", "main -force-condition if x",
	"-force-condition main", "main,\"%d\\n\",argc", "once 1", "count 2 1",
	"-f 1 zork", "1.1-2", "2.9", "^m", "fuzzed.c:^m", "pending on",
	"pending auto", "thread 1", "if argc > 0", "nowhere", "*main+1",
};

/* Words that are right for a type, blanks between; else those above. */
static const char *const right[TAKES_TYPES] = {
	[TAKES_COUNT] = "1 2 5 1000 99999",
	[TAKES_NUMBER] = "0 1 2 9999",
	[TAKES_NUMBERS] = "1 1-3 2,1 $bpnum",
	[TAKES_PLACES] = "1 1.1 2.1-2 $bpnum $bpnum.1 1-2 9.9",
	[TAKES_BREAKPOINT] = "1 2 $bpnum",
	[TAKES_PID] = "1 2 99999999",
	[TAKES_INFERIOR] = "1 2",
	[TAKES_THREAD] = "1 1.1 2",
	[TAKES_SIGNAL] = "SIGUSR1 0 CHLD SIGRT_3 9",
	[TAKES_SIGNAMES] = "SIGUSR1 all 2-5 14",
	[TAKES_ARGUMENT] = "pathname dirfd flags 0 5",
	[TAKES_PHASE] = "entry exit both",
	[TAKES_FORMAT] = "/x /d /s /c /4xg /2i /3s /20xb /9999xb /t /z /a",
	[TAKES_VALUE] = "0 -1 ENOENT -EACCES 5 pathname $rax 1+2",
	[TAKES_CONDITION] = "1 0 dirfd==-100 errno ret>3 pathname~\"no*\"",
	[TAKES_EXPRESSION] = "1 $rip 1+2 pathname $rsp \"a\" comm $$ tid $n=1",
	[TAKES_REGISTERS] = "rip general all $rsp segment system eflags",
	[TAKES_SETTING] = "confirm color $n=1 $rax=2 string-limit",
	[TAKES_CALL] = "getpid() close(99) openat(AT_FDCWD,\"a\",0) nanosleep(0)",
	[TAKES_COMMAND] = "run catch skip info string-limit running x",
	[TAKES_DATA] = "pathname=\"abc\" pathname=x\"00\" pathname={1} fd=1",
	[TAKES_SIGNALS] = "SIGUSR1 all nostop pass noprint 3-7 stop",
	[TAKES_PATH] = "/dev/null /dev/full /no/such/file . \"a f g \"f",
	[TAKES_SHELL] = "open signal sleep none",
	[TAKES_USER] = "mine hook-stop",
	[TAKES_NEWNAME] = "mine hook-stop hook-print hookpost-x",
	[TAKES_VARIABLE] = "LANG X",
	[TAKES_ASSIGNMENT] = "X=1 LANG= Y",
	[TAKES_APPLY] = "1 all -q -s -c print info help echo syscall",
	[TAKES_ALIAS] = "a=print b=info zz=catch",
	[TAKES_VALUES] = "\"%d\\n\",1 \"%s\",pathname \"%p\",$rsp \"a\"",
	[TAKES_SYMBOL] = "main confine open malloc environ $rip *main",
	[TAKES_LOCATION] = "main *main fuzzed.c:60 70 main:1 +2 *$rip 1,9 $pc,+9",
	[TAKES_WHERE] = "main *main fuzzed.c:60 70 thread 1 if argc argc==1",
	[TAKES_WATCHED] = "-l argc *argv $rip if thread 1 argc+1",
	[TAKES_BREAK_SETTING] = "pending auto-hw always-inserted on off",
	[TAKES_FRAME] = "0 1 2 99 -1",
	[TAKES_PRINT_SETTING] = "pretty elements repeats union symbol",
	[TAKES_BACKTRACE_SETTING] = "limit past-main past-entry",
};

#endif
