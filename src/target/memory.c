/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A process's memory as others see it: without what scdb planted there. */
#include "target/memory.h"

#include "base/alloc.h"
#include "target/cache.h"
#include "target/core.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

enum { MANY = 64 };         /* pieces that are dealt with at once */

void memory_hide(const struct process *p, taddr addr, void *data, size_t len)
{
	if (p->mask.cover && len)
		p->mask.hide(p->mask.ctx, addr, data, len);
}

static uint8_t *cover(const struct process *p, taddr addr, const void *data,
                      size_t len)
{
	return p->mask.cover && len
	       ? p->mask.cover(p->mask.ctx, addr, data, len) : NULL;
}

/* What was read before is of no use any more. */
static void note_change(const struct process *p)
{
	if (p->target)
		p->target->changes++;
}

static void tell_written(const struct process *p, taddr addr, const void *data,
                         size_t done)
{
	if (p->mask.cover && done)
		p->mask.written(p->mask.ctx, addr, data, done);
}

size_t target_read_pieces(struct process *process, struct memory_piece *pieces,
                          size_t count)
{
	size_t whole = memory_move_pieces(process, MEMORY_READ, pieces, count);

	for (size_t i = 0; i < count; i++)
		memory_hide(process, pieces[i].addr, pieces[i].data, pieces[i].done);
	return whole;
}

size_t target_write_pieces(struct process *process,
                           struct memory_piece *pieces, size_t count)
{
	AUTO_FREE struct written {
		void *given;
		uint8_t *covered;
	} *own = xcalloc(count ? count : 1, sizeof(*own));
	size_t whole;

	process->writes++;
	note_change(process);
	for (size_t i = 0; i < count; i++) {
		own[i].given = pieces[i].data;
		own[i].covered = cover(process, pieces[i].addr, pieces[i].data,
		                       pieces[i].len);
		if (own[i].covered)
			pieces[i].data = own[i].covered;
	}
	whole = memory_move_pieces(process, MEMORY_WRITE, pieces, count);
	for (size_t i = 0; i < count; i++) {
		pieces[i].data = own[i].given;
		tell_written(process, pieces[i].addr, own[i].given,
		             pieces[i].done);
		free(own[i].covered);
	}
	return whole;
}

static struct error *lacking_error(const struct process *p, taddr addr)
{
	AUTO_BUF struct buf why = { 0 };

	buf_init(&why);
	core_lacking(p->core, addr, &why);
	return error_fault(addr, "memory at 0x%llx is not in the core%s%s",
	                   (unsigned long long)addr, why.len ? ": " : "",
	                   why.data);
}

static struct error *move_error(const struct process *p, const char *verb,
                                taddr addr, int errnum)
{
	struct error *err;

	if (errnum == ESRCH)
		return error_new(ERROR_GONE, "process %d is gone",
		                 (int)p->pid);
	if (p->core && errnum == EROFS)
		return core_refusal_to_change();
	if (errnum == ETIMEDOUT)
		return error_fault(addr, "memory at 0x%llx waits for the "
		                   "program to serve it",
		                   (unsigned long long)addr);
	if (errnum == ENODATA)
		return lacking_error(p, addr);
	if (errnum == EFAULT)
		return error_fault(addr, "can't %s memory at 0x%llx", verb,
		                   (unsigned long long)addr);
	err = error_errno(errnum, "can't %s memory at 0x%llx", verb,
	                  (unsigned long long)addr);
	err->addr = addr;
	return err;
}

static bool is_cached(struct process *p, taddr addr, void *data, size_t len)
{
	return p->target && p->target->cache &&
	       target_cache_read(p, addr, data, len);
}

static struct error *read_range(struct process *p, taddr addr, void *data,
                                size_t len, bool raw)
{
	struct memory_span s = { .addr = addr, .data = data, .len = len };
	int errnum;
	size_t done;

	if (!raw && is_cached(p, addr, data, len))
		return NULL;
	done = memory_move(p, MEMORY_READ, s, &errnum);
	if (!raw)
		memory_hide(p, addr, data, done);
	if (done == len)
		return NULL;
	return move_error(p, "read", addr + done, errnum);
}

struct error *target_read(struct process *process, taddr addr, void *data,
                          size_t len)
{
	return read_range(process, addr, data, len, false);
}

struct error *target_read_raw(struct process *process, taddr addr, void *data,
                              size_t len)
{
	return read_range(process, addr, data, len, true);
}

bool target_glance(struct thread *thread, const struct memory_piece *pieces,
                   size_t count)
{
	return memory_glance(thread, pieces, count);
}

struct error *target_write_raw(struct process *process, taddr addr,
                               const void *data, size_t len)
{
	/* Written from only; the span serves both directions. */
	struct memory_span s = {
		.addr = addr,
		.data = (unsigned char *)(uintptr_t)data,
		.len = len,
	};
	int errnum;
	size_t done = memory_move(process, MEMORY_WRITE, s, &errnum);

	note_change(process);
	if (done == len)
		return NULL;
	return move_error(process, "write", addr + done, errnum);
}

struct error *target_write(struct process *process, taddr addr,
                           const void *data, size_t len)
{
	AUTO_FREE uint8_t *covered = cover(process, addr, data, len);
	struct error *err = target_write_raw(process, addr,
	                                     covered ? covered : data, len);
	size_t done = !err ? len
	              : err->addr > addr && err->addr - addr < len
	              ? (size_t)(err->addr - addr) : 0;

	process->writes++;
	tell_written(process, addr, data, done);
	return err;
}

bool target_read_plain(struct process *process, taddr addr, void *data,
                       size_t len)
{
	struct memory_span s = { .addr = addr, .data = data, .len = len };

	if (!memory_move_plain(process, MEMORY_READ, &s))
		return false;
	memory_hide(process, addr, data, len);
	return true;
}

bool target_write_plain(struct process *process, taddr addr, const void *data,
                        size_t len)
{
	AUTO_FREE uint8_t *covered = cover(process, addr, data, len);
	struct memory_span s = {
		.addr = addr,
		.data = covered ? covered : (unsigned char *)(uintptr_t)data,
		.len = len,
	};

	process->writes++;
	note_change(process);
	if (!memory_move_plain(process, MEMORY_WRITE, &s))
		return false;
	tell_written(process, addr, data, len);
	return true;
}

static size_t memory_of_process(void *ctx, taddr addr, void *data, size_t len)
{
	struct process *p = ctx;
	struct memory_span s = { .addr = addr, .data = data, .len = len };
	int errnum;
	size_t done;

	if (is_cached(p, addr, data, len))
		return len;
	done = memory_move(p, MEMORY_READ, s, &errnum);
	memory_hide(p, addr, data, done);
	return done;
}

static void many_of_process(void *ctx, struct memory_want *wants, size_t count)
{
	struct process *p = ctx;
	struct memory_piece pieces[MANY];

	while (count) {
		size_t n = count < MANY ? count : MANY;

		for (size_t i = 0; i < n; i++)
			pieces[i] = (struct memory_piece){
				.addr = wants[i].addr, .data = wants[i].data,
				.len = wants[i].len,
			};
		memory_move_shown(p, pieces, n);
		for (size_t i = 0; i < n; i++) {
			wants[i].got = pieces[i].done;
			memory_hide(p, wants[i].addr, wants[i].data,
			            wants[i].got);
		}
		wants += n;
		count -= n;
	}
}

void process_memory_init(struct process *process)
{
	process->mem_fd = -1;
	process->memory = (struct memory){
		.read = memory_of_process, .read_many = many_of_process,
		.ctx = process,
	};
}
