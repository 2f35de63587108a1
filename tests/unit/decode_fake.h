/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A tracee for decoders: memory that is an array at BASE and nothing else, and
 * a call made of a name and arguments.
 */
#ifndef SCDB_TESTS_DECODE_FAKE_H
#define SCDB_TESTS_DECODE_FAKE_H

#include "syscalls/decode.h"

#include <stdio.h>
#include <string.h>

enum { BASE = 0x10000, FAKE_SIZE = 16384 };

struct fake {
	uint8_t data[FAKE_SIZE];
	size_t used;
	struct memory memory;
	struct decode_host host;
	struct syscall_view call;
	struct decode_context c;
};

static inline size_t fake_read(void *ctx, taddr addr, void *data, size_t len)
{
	const struct fake *f = ctx;

	if (addr < BASE || addr >= BASE + FAKE_SIZE)
		return 0;
	if (len > BASE + FAKE_SIZE - addr)
		len = BASE + FAKE_SIZE - addr;
	memcpy(data, f->data + (addr - BASE), len);
	return len;
}

static inline ssize_t fake_fd(void *ctx, int fd, char *data, size_t size)
{
	(void)ctx;
	if (fd == 3)
		return snprintf(data, size, "/etc/hosts");
	if (fd == 4)
		return snprintf(data, size, "/tmp/a>\033[2Jb");
	return -1;
}

static inline void fake_init(struct fake *f)
{
	memset(f, 0, sizeof(*f));
	f->memory = (struct memory){ .read = fake_read, .ctx = f };
	f->host = (struct decode_host){ .fd_text = fake_fd };
	f->c = (struct decode_context){ .call = &f->call,
	                                .memory = &f->memory };
}

/* Stores LEN bytes, aligned at 16; returns their address. */
static inline taddr fake_put(struct fake *f, const void *data, size_t len)
{
	taddr at;

	f->used = (f->used + 15) & ~(size_t)15;
	at = BASE + f->used;
	memcpy(f->data + f->used, data, len);
	f->used += len;
	return at;
}

static inline taddr fake_string(struct fake *f, const char *s)
{
	return fake_put(f, s, strlen(s) + 1);
}

static inline void fake_call(struct fake *f, enum abi abi, const char *name,
                             const uint64_t args[SYSCALL_ARGS])
{
	f->call = (struct syscall_view){
		.abi = abi,
		.nr = (uint64_t)syscall_number(abi, name),
	};
	f->call.desc = syscall_by_number(abi, f->call.nr);
	memcpy(f->call.args, args, sizeof(f->call.args));
	snprintf(f->call.name, sizeof(f->call.name), "%s", name);
	f->c.phase = DECODE_ENTRY;
}

/* The arguments' text without their names, as strace has it. */
static inline void fake_text(struct fake *f, struct buf *out)
{
	bool first = true;

	buf_reset(out);
	for (unsigned i = 0; f->call.desc && i < f->call.desc->nargs; i++) {
		if (decode_arg_hidden(&f->c, i))
			continue;
		if (!first)
			buf_puts(out, ", ");
		first = false;
		decode_arg(&f->c, i, out);
	}
}

#endif
