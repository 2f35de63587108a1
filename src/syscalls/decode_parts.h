/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * syscalls/decode_parts.h: what decoders share: reading the tracee within
 * bounds, and writing the small things that larger ones are made of.
 *
 * Nothing here trusts a length or a count that comes from the tracee; all
 * numbers are little-endian, as on every machine that scdb knows.
 */
#ifndef SCDB_SYSCALLS_DECODE_PARTS_H
#define SCDB_SYSCALLS_DECODE_PARTS_H

#include "syscalls/constants.h"
#include "syscalls/decode_types.h"

enum {
	DECODE_MAX_STRING = 32,    /* strace's -s */
	DECODE_MAX_ELEMENTS = 32,  /* the same */
	DECODE_MAX_PATH = 4096,
	DECODE_MAX_OUT = 64 * 1024, /* of one argument's text */
};

/* Bytes of a pointer of user space, and of the kernel's long. */
uint8_t decode_pointer_size(enum abi abi);
uint8_t decode_long_size(enum abi abi);
static inline enum abi decode_abi(const struct decode_job *job)
{
	return job->c->call->abi;
}

/* SIZE bytes (1, 2, 4, 8) at DATA as a number. */
uint64_t decode_number(const uint8_t *data, size_t size);
/* The lower SIZE bytes of VALUE, sign-extended. */
int64_t decode_signed(uint64_t value, size_t size);

/* All LEN bytes, or false. */
bool decode_read(const struct decode_job *job, taddr addr, void *data,
                 size_t len);
/* A pointer or a long of the ABI at ADDR. */
bool decode_read_pointer(const struct decode_job *job, taddr addr,
                         uint64_t *value);
/* ADDR + INDEX * SIZE; false where that leaves the address space. */
bool decode_element(taddr addr, uint64_t index, size_t size, taddr *at);

/* Whether OUT has all that it may get: a loop ends then, with "...". */
bool decode_full(const struct decode_job *job);
size_t decode_max_string(const struct decode_job *job);
size_t decode_max_elements(const struct decode_job *job);

/*
 * Whether there is data to show behind the job's pointer.  Where there is
 * none (NULL, not yet written, the call failed) the address is shown.
 */
bool decode_has_data(const struct decode_job *job);
/* Whether the call is at its exit with an error. */
bool decode_failed(const struct decode_job *job);

/* "NULL" or "0x7ffd...". */
void decode_put_addr(struct buf *out, taddr addr);
void decode_put_hex(struct buf *out, uint64_t value); /* "0", "0x1f" */
void decode_put_signed(struct buf *out, int64_t value);
void decode_put_unsigned(struct buf *out, uint64_t value);
void decode_put_id(struct buf *out, uint32_t id);     /* -1 as -1 */
/*
 * The date in a C comment, of SECONDS since the epoch and a fraction of so many
 * digits; nothing at the epoch or where no calendar goes.
 */
void decode_put_date(struct buf *out, int64_t seconds, int64_t fraction,
                     int digits);
/* A clock_t of 100 a second: "0", "150 // 1.50 s" with a C comment. */
void decode_put_ticks(struct buf *out, int64_t ticks);
void decode_put_signal(struct buf *out, int64_t signum);
void decode_put_mode(struct buf *out, uint32_t mode);
void decode_put_keyserial(struct buf *out, int32_t serial);
void decode_put_dev(struct buf *out, uint64_t dev);   /* the kernel's form */
void decode_put_fd(const struct decode_job *job, int64_t fd);
/* LEN bytes of our own memory in quotes, cut to the longest string. */
void decode_put_quoted(const struct decode_job *job, const void *data,
                       size_t len);
/* A char array: up to its NUL; without one all but the last, and "...". */
void decode_put_chars(const struct decode_job *job, const void *data,
                      size_t size);
/* LEN bytes of the tracee; the address where they can't be read. */
void decode_put_bytes(const struct decode_job *job, taddr addr, uint64_t len);
/* "\x35\xf7": LEN bytes that are no text. */
void decode_put_hex_bytes(const struct decode_job *job, taddr addr,
                          uint64_t len);
/* A string of the tracee, cut after MAX bytes. */
void decode_put_string(const struct decode_job *job, taddr addr, size_t max);
/* "a", ", b": puts the separator before all but the first of an array. */
void decode_put_comma(struct buf *out, size_t index);
/* For the rest of an array, whose element at ADDR can't be read. */
void decode_put_unreadable(struct buf *out, taddr addr);
/* A list's flags or enumerators by the list's NAME, for decoders that know. */
void decode_put_flags(struct buf *out, const char *name, uint64_t value);
void decode_put_enum(struct buf *out, const char *name, uint64_t value);

/* [INT TERM] of 64 signals. */
void decode_put_sigset(struct buf *out, uint64_t set);
/* The same: a signal set of SIZE bytes, 4 to 8, at ADDR; else the address. */
void decode_put_sigset_at(const struct decode_job *job, taddr addr,
                          uint64_t size);

/* The value of the INDEXth argument of the call, widened by its type. */
int64_t decode_value(const struct decode_job *job, unsigned index);
/*
 * The number that parameter INDEX of the job's argument stands for: a number,
 * another argument (a pointer to a length is followed), or the result.
 * FALLBACK where there is no such parameter; a negative count counts as 0.
 * Nothing in it is checked: it may be 2^64-1.
 */
uint64_t decode_count(const struct decode_job *job, unsigned index,
                      uint64_t fallback);
/* Whether parameter INDEX names a negative number: the kernel won't have it. */
bool decode_is_negative(const struct decode_job *job, unsigned index);
/* Whether COUNT is more than parameter INDEX, a number, lets through. */
bool decode_is_beyond(const struct decode_job *job, unsigned index,
                      uint64_t count);
/* A parameter that is a number; 0 where it is none. */
uint64_t decode_fixed_count(const char *text);
/* The value of the argument that parameter INDEX names, or FALLBACK. */
int64_t decode_param(const struct decode_job *job, unsigned index,
                     int64_t fallback);

/*
 * [a, b, ...]: COUNT elements of SIZE bytes at ADDR, each read and given to
 * PUT; the address where the first can't be read, or so many leave the address
 * space.  SIZE is at most 64.
 */
void decode_put_array(const struct decode_job *job, taddr addr, uint64_t count,
                      size_t size,
                      void (*put)(const struct decode_job *job,
                                  const uint8_t *data));

#endif
