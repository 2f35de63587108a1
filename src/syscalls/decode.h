/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * syscalls/decode.h: arguments and results as a person reads them, and data
 * for arguments as a person writes it.
 */
#ifndef SCDB_SYSCALLS_DECODE_H
#define SCDB_SYSCALLS_DECODE_H

#include "base/buf.h"
#include "base/error.h"
#include "base/memory.h"
#include "syscalls/syscalls.h"

#include <sys/types.h>

/* When the decoding happens: `>` data is there only after the call. */
enum decode_phase { DECODE_ENTRY, DECODE_EXIT };

/*
 * What decoders may ask the outside: what a descriptor is.  Any may be NULL.
 */
struct decode_host {
	void *ctx;
	/* The text of /proc/PID/fd/FD into DATA ("/etc/hosts", "pipe:[1]",
	 * "TCP:[...]"); length, or -1. */
	ssize_t (*fd_text)(void *ctx, int fd, char *data, size_t size);
	/* The same of a netlink socket ("NETLINK:[ROUTE:77]"); of all else -1. */
	ssize_t (*netlink)(void *ctx, int fd, char *data, size_t size);
};

struct decode_context {
	const struct syscall_view *call;
	const struct memory *memory;
	const struct decode_host *host;
	enum decode_phase phase;
	int64_t result;        /* at exit; as arch_result gave it */
	/* At exit of a CALL_LENGTH call: the length that it wrote over, where
	 * that is known. */
	bool has_length_before;
	int32_t length_before;
	/*
	 * Bounds of what is shown; 0 takes strace's: 32 bytes of a string, and
	 * as many elements of an array (`-s`).
	 */
	size_t max_string;
	size_t max_elements;
	/* All fields of long structs, all of the environment: strace's -v. */
	bool whole;
	/* As strace writes: arguments without names, errors with their text. */
	bool strace;
	/* At the entry: the stack, for calls that have what they ask for
	 * there; 0: not known. */
	taddr sp;
	/* What restart_syscall goes on with; NULL: not known. */
	const char *resumed;
};

/*
 * Argument INDEX as strace would show it ("AT_FDCWD", "\"/etc/hosts\"",
 * "O_RDONLY|O_CLOEXEC", "{st_mode=S_IFREG|0644, ...}", "0x7ffd...").  Data that
 * the kernel will write is shown as an address at DECODE_ENTRY; unreadable data
 * as an address; an unknown flag or enumerator as a number.  What is appended
 * is safe printable ASCII or UTF-8 (paths of descriptors are escaped).
 */
void decode_arg(const struct decode_context *c, unsigned index,
                struct buf *out);
/* Where the data behind argument INDEX begins, if any is to be read for it. */
bool decode_arg_place(const struct decode_context *c, unsigned index,
                      struct memory_place *place);
/* "dirfd=AT_FDCWD, pathname=\"/etc/hosts\", flags=O_RDONLY". Unused optional
 * trailing arguments (open's mode without O_CREAT) are left out. */
void decode_args(const struct decode_context *c, struct buf *out);
/* Whether decode_args leaves argument INDEX out here. */
bool decode_arg_hidden(const struct decode_context *c, unsigned index);
/*
 * "3</etc/hosts>", "-ENOENT (No such file or directory)" has only its name:
 * "-ENOENT"; "0x7f..." for addresses; "?" for RESULT_NONE.
 */
void decode_result(const struct decode_context *c, struct buf *out);

/*
 * A call as a line of strace's log (syscalls/decode_strace.c).  At the entry
 * decode_begin writes "NAME(" and the arguments up to the first that the kernel
 * has yet to fill in, and returns which that is; decode_rest writes what is left
 * of them at the exit (AT 0: they begin there), without the closing bracket;
 * decode_outcome what stands behind the "= ".  NAMES: "dirfd=AT_FDCWD".
 * decode_begin leaves where each argument begins in STARTS, from the start of
 * OUT, for those that it wrote.
 */
struct decode_text {
	bool names;
	bool changes;                      /* NEXT was written as it was */
	unsigned next;                     /* the first argument not in OUT */
	size_t starts[SYSCALL_ARGS + 1];   /* in OUT; 0: it is hidden */
	size_t ends[SYSCALL_ARGS + 1];
};
void decode_begin(const struct decode_context *c, struct decode_text *text,
                  struct buf *out);
void decode_rest(const struct decode_context *c, struct decode_text *text,
                 struct buf *out);
void decode_outcome(const struct decode_context *c, struct buf *out);
/* {si_signo=SIGCHLD, ...} of a siginfo_t of our own. */
void decode_siginfo(const void *info, struct buf *out);

/*
 * The length that a CALL_LENGTH call at its entry has in the tracee's memory.
 */
bool decode_length_before(const struct syscall_view *call,
                          const struct memory *memory, int32_t *length);

/*
 * For conditions: whether argument INDEX names a NUL-terminated string (path,
 * str) or a buffer; else it is a number.
 */
enum arg_shape { SHAPE_NUMBER, SHAPE_STRING, SHAPE_BUFFER, SHAPE_POINTER };
enum arg_shape decode_arg_shape(const struct syscall_arg *arg);
/* Whether the number is signed when compared (int, fd, off_t). */
bool decode_arg_is_signed(const struct syscall_arg *arg);
/* Sign- or zero-extends what the register holds to what the C type says. */
int64_t decode_arg_value(const struct syscall_view *call, unsigned index);

/*
 * Bytes that DATA stands for, to be stored where pointer argument INDEX
 * points: a C string literal ("hello\n", without a NUL; paths and strs get
 * one), hex bytes (x"00ff"), @FILE (its bytes), {3,4} (integers of the element
 * size that the argument's type has, 4 where it has none).  At most LIMIT
 * bytes.  The caller frees *BYTES.
 */
struct error *decode_data_parse(const struct syscall_view *call,
                                unsigned index, const char *data,
                                size_t limit, uint8_t **bytes,
                                size_t *len) MUST_CHECK;
/* How many bytes the argument's type says there is room for, or 0 where it
 * does not say. */
size_t decode_arg_room(const struct syscall_view *call, unsigned index);
/* How many bytes argument INDEX has where it is a buffer of plain bytes; 0: it
 * is none, or has not been filled. */
size_t decode_arg_bytes(const struct decode_context *c, unsigned index);

/*
 * One field of the struct that an argument points at (syscalls/field.c).
 */
struct arg_field {
	unsigned index;     /* of the argument */
	bool written;       /* the kernel writes it: known at the exit */
	size_t offset, size;
	bool is_signed, is_text;
	bool swapped;       /* in the network's byte order */
	bool is_socket;     /* of a socket's address ... */
	int family;         /* ... of this family alone; 0: of any */
	bool named;         /* ... which a message names */
};
/* PATH: "st_size", "it_value.tv_sec".  False: the argument has no such field. */
bool decode_field_find(const struct syscall_desc *desc, unsigned index,
                       enum abi abi, const char *path,
                       struct arg_field *field);
/* Calls FN with the names of all. */
void decode_field_each(const struct syscall_desc *desc, unsigned index,
                       void (*fn)(void *ctx, const char *name), void *ctx);
/* Whether the argument's type is called TYPE ("fd"). */
bool decode_field_is(const struct syscall_desc *desc, unsigned index,
                     const char *type);
struct field_value {
	bool is_text;       /* of what is to be written */
	uint64_t number;
	size_t len;         /* of TEXT, where the field is one */
	char text[128];
};
enum field_state { FIELD_READ, FIELD_ABSENT, FIELD_UNREADABLE };
enum field_state decode_field_read(const struct syscall_view *call,
                                   const struct arg_field *field,
                                   const struct memory *memory,
                                   struct field_value *value);

/*
 * VALUE as FIELD has it: BYTES has room for 128.  An error where it does not
 * fit, or where the struct in MEMORY has no such field.
 */
struct error *decode_field_write(const struct syscall_view *call,
                                 const struct arg_field *field,
                                 const struct memory *memory,
                                 const struct field_value *value,
                                 uint8_t *bytes, size_t *len) MUST_CHECK;

/*
 * Names of numbers (errno names go both ways; signals as "SIGINT").
 * NULL where there is none.
 */
const char *errno_name(int errnum);
int errno_number(const char *name);     /* "ENOENT"; 0 where none */
const char *signal_name(int signum, char data[16]); /* "SIGRT_3" too */
int signal_number(const char *name);    /* "SIGINT", "INT", "2"; 0: none */
/* Any constant of any list: O_CREAT, SIGTERM, AF_INET, ENOENT (positive). */
bool constant_value(const char *name, int64_t *value);
/* Calls FN for every constant name that starts with PREFIX. */
void constant_each(const char *prefix, void (*fn)(void *ctx, const char *name),
                   void *ctx);

#endif
