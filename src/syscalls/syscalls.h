/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * syscalls/syscalls.h: the system calls of Linux as data: numbers, names,
 * classes, and what each argument is.
 *
 * Numbers: one table an ABI, number to name (syscalls/numbers_*.inc, made and
 * checked by tools that read the kernel's own tables).
 * Signatures: one row a call (syscalls/signatures.inc), shared by all ABIs; a
 * row may be for one ABI alone where that ABI's call of the same name differs.
 *
 * A signature is text, parsed once at start-up of the table:
 *
 *	"dirfd:atfd pathname:path flags:flags(open) mode:mode"
 *
 * each argument NAME:[DIR]TYPE[(PARAMETERS)], where DIR says what happens to
 * the memory that a pointer argument names: `<` the kernel reads it, `>` the
 * kernel writes it, `<>` both; none for a plain value.  (`path` and `str` are
 * always `<`.)  PARAMETERS are words separated by commas: the name of a list
 * of constants (flags(open), enum(whence)), the name of the argument that
 * holds a length (buf(count)), `ret` for the result, a struct's name
 * (struct(stat)), a number.  docs/adding-a-call.md has the list of types.
 */
#ifndef SCDB_SYSCALLS_SYSCALLS_H
#define SCDB_SYSCALLS_SYSCALLS_H

#include "arch/arch.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/memory.h"
#include "base/types.h"

#include <stdbool.h>

enum { SYSCALL_ARGS = 6, SYSCALL_NAME_MAX = 40 };

/* strace's classes: bits of struct syscall_desc.classes. */
enum syscall_class {
	CLASS_FILE = 1 << 0,
	CLASS_NETWORK = 1 << 1,
	CLASS_DESC = 1 << 2,
	CLASS_PROCESS = 1 << 3,
	CLASS_MEMORY = 1 << 4,
	CLASS_SIGNAL = 1 << 5,
	CLASS_IPC = 1 << 6,
	CLASS_CLOCK = 1 << 7,
	CLASS_CREDS = 1 << 8,
	CLASS_PURE = 1 << 9,
};

/* What is special about a call as a whole. */
enum syscall_trait {
	CALL_NO_RETURN = 1 << 0,  /* exit, exit_group: never an exit stop */
	CALL_NO_RESULT = 1 << 1,  /* rt_sigreturn, sigreturn: rax is restored */
	CALL_EXECS = 1 << 2,      /* execve, execveat */
	CALL_FORKS = 1 << 3,      /* fork, vfork, clone, clone3 */
	CALL_RESTART = 1 << 4,    /* restart_syscall */
	CALL_MULTIPLEX = 1 << 5,  /* i386 socketcall, ipc */
	CALL_VDSO = 1 << 6,       /* the vDSO usually answers it */
	CALL_LENGTH = 1 << 7,     /* getsockname: it writes over a length that
	                           * bounds what it writes elsewhere */
};

/* How a result is shown. */
enum syscall_result {
	RESULT_INT, RESULT_FD, RESULT_ADDRESS, RESULT_PID, RESULT_UINT,
	RESULT_OCTAL, /* umask */
	RESULT_NONE,
};

enum arg_direction { ARG_VALUE = 0, ARG_IN = 1, ARG_OUT = 2, ARG_INOUT = 3 };

struct arg_type; /* a decoder: syscalls/decode.h */

struct syscall_arg {
	char name[24];
	enum arg_direction direction;
	const struct arg_type *type;
	char params[4][32];       /* "" where there is none */
	int8_t param_arg[4];      /* index of the argument that a parameter
	                           * names, or -1 */
};

struct syscall_desc {
	const char *name;
	uint32_t classes;
	uint32_t traits;
	enum syscall_result result;
	unsigned nargs;
	struct syscall_arg args[SYSCALL_ARGS];
};

/*
 * The call NR of ABI (x32 numbers with or without their bit).  NULL where no
 * table has it; it is then shown by number, with six raw arguments.
 */
const struct syscall_desc *syscall_by_number(enum abi abi, uint64_t nr);
/*
 * NR's name, or "syscall_0x1c8" made in DATA where it has none.
 */
const char *syscall_name(enum abi abi, uint64_t nr,
                         char data[SYSCALL_NAME_MAX]);
/* Its number, x32's with their bit, or -1 where ABI has no call NAME. */
int64_t syscall_number(enum abi abi, const char *name);
/* Whether any ABI has a call (or socketcall/ipc subcall) of this name. */
bool syscall_exists(const char *name);
/* All names, sorted, each once; COUNT of them. */
const char *const *syscall_names(size_t *count);
/* Index of the argument called NAME, or -1.  A pair of descriptors is `fds`
 * too. */
int syscall_arg_index(const struct syscall_desc *desc, const char *name);
/*
 * Up to MAX names nearest to WORD (edit distance at most 3, best first);
 * returns how many.  Classes ("%file") are offered for words with `%`.
 */
size_t syscall_nearest(const char *word, const char *names[], size_t max);
const char *const *syscall_class_names(size_t *count); /* "%file", ... */

/* A call as it was made: `target` and `session` fill it in. */
struct syscall_made {
	enum abi abi;
	uint64_t nr;
	uint64_t args[SYSCALL_ARGS]; /* as the ABI has them: 32 bits for i386 */
};

/* What a multiplexed call stands for; else the call itself. */
struct syscall_view {
	enum abi abi;
	uint64_t nr;                    /* of the call really made */
	const struct syscall_desc *desc; /* NULL: unknown number */
	uint64_t args[SYSCALL_ARGS];
	bool multiplexed;               /* args came from memory */
	char name[SYSCALL_NAME_MAX];
};

/*
 * Resolves socketcall and ipc by their first argument, reading MEM for the
 * subcall's arguments; where MEM can't be read it stays socketcall.
 */
void syscall_resolve(const struct syscall_made *made, const struct memory *mem,
                     struct syscall_view *view);

/*
 * SET of the manual: names, numbers, /regex/, %classes, all, `!` before any,
 * `@64` (x86_64 and x32), `@x32`, `@32` after any.
 */
struct syscall_set;
/* "" and NULL mean all.  On error SET is untouched and the message offers
 * the nearest names. */
struct error *syscall_set_parse(const char *text,
                                struct syscall_set **set) MUST_CHECK;
struct syscall_set *syscall_set_copy(const struct syscall_set *set);
void syscall_set_destroy(struct syscall_set *set);
/* By number alone: what a filter can know.  A multiplexer is in the set where
 * any of its subcalls is. */
bool syscall_set_has_number(const struct syscall_set *set, enum abi abi,
                            uint64_t nr);
/* Adds all of those to BITS. */
struct call_bits;
void syscall_set_numbers(const struct syscall_set *set,
                         struct call_bits *bits);
/* The exact answer, for a resolved call. */
bool syscall_set_has(const struct syscall_set *set,
                     const struct syscall_view *view);
bool syscall_set_is_all(const struct syscall_set *set);
/* As the user wrote it, blanks taken out; "all" for everything. */
const char *syscall_set_text(const struct syscall_set *set);
/* Calls FN with the name of every call in the set, once each. */
void syscall_set_each(const struct syscall_set *set,
                      void (*fn)(void *ctx, const struct syscall_desc *desc),
                      void *ctx);

#endif
