/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "target/memory.h"

#include "base/alloc.h"
#include "target/core.h"
#include "target/served.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <unistd.h>

enum {
	PAGE = 4096,
	WORD = sizeof(uint64_t),
	/* Up to here /proc/PID/mem is the quicker way. */
	SHORT = 4 * PAGE,
	/* From so many pieces on they are read aside. */
	MANY = 64,
	/* So many are read before /proc/PID/mem is opened for them. */
	FEW_SINGLES = 10,
};

static size_t page_rest(taddr addr)
{
	return PAGE - (size_t)(addr % PAGE);
}

/* Where there are more processes than descriptors the others' are closed. */
static int open_with_room(const struct process *p, const char *path)
{
	const struct target *target = p->target;
	int fd = open(path, O_RDWR | O_CLOEXEC);

	if (fd >= 0 || !target || (errno != EMFILE && errno != ENFILE))
		return fd;
	for (size_t i = 0; i < target->processes.len; i++)
		process_memory_reset(target->processes.items[i]);
	return open(path, O_RDWR | O_CLOEXEC);
}

/* Opens /proc/TID/mem of any thread that has memory; 0 or an errno. */
static int mem_open(struct process *p)
{
	char path[64];
	int errnum;

	snprintf(path, sizeof(path), "/proc/%d/mem", (int)memory_tid(p));
	p->mem_fd = open_with_room(p, path);
	if (p->mem_fd >= 0)
		return 0;
	errnum = errno == ENOENT ? ESRCH : errno;
	for (size_t i = 0; i < p->threads.len && p->mem_fd < 0; i++) {
		const struct thread *t = p->threads.items[i];

		if (!memory_is_alive(t))
			continue;
		snprintf(path, sizeof(path), "/proc/%d/mem", (int)t->tid);
		p->mem_fd = open(path, O_RDWR | O_CLOEXEC);
	}
	return p->mem_fd >= 0 ? 0 : errnum;
}

static bool needs_server(struct process *p, const struct memory_span *s);

static ssize_t mem_call(int fd, enum memory_way way, const struct memory_span *s)
{
	ssize_t got;

	do {
		got = way == MEMORY_READ
		      ? pread(fd, s->data, s->len, (off_t)s->addr)
		      : pwrite(fd, s->data, s->len, (off_t)s->addr);
	} while (got < 0 && errno == EINTR);
	return got;
}

/* How /proc/PID/mem says that nothing can be there. */
static bool is_fault(int errnum)
{
	return errnum == EIO || errnum == EOVERFLOW || errnum == EINVAL;
}

/*
 * Carries out the front of S by /proc/TID/mem; returns how many bytes.  *ERRNUM
 * says why it was none.
 */
static size_t mem_move(struct process *p, enum memory_way way,
                       const struct memory_span *s, int *errnum)
{
	bool opened = p->mem_fd < 0;
	ssize_t got;

	*errnum = opened ? mem_open(p) : 0;
	if (*errnum)
		return 0;
	got = way == MEMORY_READ && needs_server(p, s)
	      ? memory_read_aside(p, s) : mem_call(p->mem_fd, way, s);
	if (got == 0 && !opened) {
		/* Of memory that is no more: an exec that nobody told of. */
		process_memory_reset(p);
		*errnum = mem_open(p);
		if (*errnum)
			return 0;
		got = mem_call(p->mem_fd, way, s);
	}
	if (got > 0)
		return (size_t)got;
	*errnum = got == 0 ? ESRCH : is_fault(errno) ? EFAULT : errno;
	return 0;
}

static int peek(pid_t tid, taddr addr, uint64_t *word)
{
	return syscall(SYS_ptrace, PTRACE_PEEKDATA, (long)tid, addr, word)
	       ? errno : 0;
}

static int poke(pid_t tid, taddr addr, uint64_t word)
{
	return syscall(SYS_ptrace, PTRACE_POKEDATA, (long)tid, addr, word)
	       ? errno : 0;
}

/*
 * Word by word through a stopped thread, to the end of S or of its page: for
 * kernels that refuse to force /proc/PID/mem.
 */
static size_t word_move(struct process *p, enum memory_way way,
                        const struct memory_span *s)
{
	const struct thread *t = memory_thread(p);
	size_t len = s->len < page_rest(s->addr) ? s->len
	             : page_rest(s->addr);
	size_t done = 0;

	if (!t || t->state != THREAD_STOPPED)
		return 0;
	while (done < len) {
		size_t at = (size_t)((s->addr + done) % WORD);
		size_t n = len - done < WORD - at ? len - done : WORD - at;
		taddr base = s->addr + done - at;
		uint64_t word;

		if (peek(t->tid, base, &word))
			break;
		if (way == MEMORY_READ) {
			memcpy(s->data + done, (char *)&word + at, n);
		} else {
			memcpy((char *)&word + at, s->data + done, n);
			if (poke(t->tid, base, word))
				break;
		}
		done += n;
	}
	return done;
}

/*
 * What process_vm_* could not do, to the first byte that nothing can reach.
 * Returns how many bytes at the front; *ERRNUM says why not all, or is 0.
 */
static size_t forced_move(struct process *p, enum memory_way way, struct memory_span s,
                          int *errnum)
{
	size_t done = 0;

	*errnum = 0;
	while (s.len) {
		size_t n = mem_move(p, way, &s, errnum);

		if (!n && *errnum != ESRCH && *errnum != ETIMEDOUT)
			n = word_move(p, way, &s);
		if (!n)
			return done;
		*errnum = 0;
		done += n;
		s.addr += n;
		s.data += n;
		s.len -= n;
	}
	return done;
}

static bool is_done(const struct memory_piece *piece)
{
	return piece->done == piece->len && !piece->errnum;
}

/*
 * Which pages of a process a process_vm_* call may touch.  A page that is not
 * there may be one that the tracee itself serves by a userfaultfd: the call
 * would wait for it, killable only, and for ever where the server is stopped.
 * /proc/TID/mem does not wait (the kernel can't let go of its lock there).
 */
struct residence {
	int fd;        /* /proc/TID/pagemap, or -1 */
	taddr page;    /* the last one looked at ... */
	bool is_there; /* ... and what was found */
};

static void residence_close(struct residence *r)
{
	if (r->fd >= 0)
		close(r->fd);
}

static struct residence residence_open(const struct process *p)
{
	char path[64];

	snprintf(path, sizeof(path), "/proc/%d/pagemap", (int)memory_tid(p));
	return (struct residence){ .fd = open(path, O_RDONLY | O_CLOEXEC),
		                   .page = 1 };
}

/* Documentation/admin-guide/mm/pagemap.rst of the kernel. */
static bool entry_is_there(uint64_t entry)
{
	const uint64_t present = 1ull << 63, swapped = 1ull << 62,
	               write_protected = 1ull << 57; /* by userfaultfd */

	return entry & (present | swapped) && !(entry & write_protected);
}

static bool is_there(struct residence *r, const struct memory_span *s)
{
	taddr page = s->addr / PAGE;
	taddr last = s->len ? (s->addr + s->len - 1) / PAGE : page;
	uint64_t entries[128];

	if (page == last && page * PAGE == r->page)
		return r->is_there;
	while (page <= last) {
		size_t want = last - page < ARRAY_LEN(entries)
		              ? (size_t)(last - page + 1) : ARRAY_LEN(entries);
		ssize_t got = pread(r->fd, entries, want * sizeof(*entries),
		                    (off_t)(page * sizeof(*entries)));
		bool there = got == (ssize_t)(want * sizeof(*entries));

		for (size_t i = 0; there && i < want; i++)
			there = entry_is_there(entries[i]);
		r->page = last * PAGE;
		r->is_there = there;
		if (!there)
			break;
		page += want;
	}
	return r->is_there;
}

/* Whether S may have to wait for a server: most have no such mapping. */
static bool needs_server(struct process *p, const struct memory_span *s)
{
	CLEANUP(residence_close) struct residence r = { .fd = -1 };

	if (!memory_may_wait(p, s))
		return false;
	r = residence_open(p);
	return !is_there(&r, s);
}

/*
 * One call for as many pieces as one may have; where it stops, that piece is
 * tried in the other ways.  Returns how many pieces are dealt with.
 */
static size_t move_batch(struct process *p, enum memory_way way,
                         struct residence *r, struct memory_piece *pieces,
                         size_t count)
{
	struct iovec here[MEMORY_BATCH], there[MEMORY_BATCH];
	struct memory_piece *bad;
	size_t safe = 0, at = 0;

	for (; safe < count && safe < MEMORY_BATCH; safe++) {
		struct memory_span s = memory_piece_rest(&pieces[safe]);

		if (!is_there(r, &s))
			break;
		here[safe] = memory_here(&s);
		there[safe] = memory_there(&s);
	}
	if (safe) {
		ssize_t got = memory_vm_move(p, way, here, there, safe);

		at = memory_account(pieces, safe, got > 0 ? (size_t)got : 0);
	}
	if (at == safe && safe)
		return safe;
	bad = &pieces[at];
	bad->done += forced_move(p, way, memory_piece_rest(bad), &bad->errnum);
	return at + 1;
}

/*
 * A piece too long for any address space would make the kernel refuse the
 * whole call.
 */
static bool is_absurd(const struct memory_piece *piece)
{
	return piece->len > SSIZE_MAX / 2 ||
	       piece->addr + piece->len < piece->addr;
}

/* What is not done yet. */
static void move_carefully(struct process *p, enum memory_way way,
                           struct memory_piece *pieces, size_t count)
{
	CLEANUP(residence_close) struct residence r = residence_open(p);

	for (size_t i = 0; i < count;) {
		size_t end = i;

		while (end < count && end - i < MEMORY_BATCH &&
		       !is_absurd(&pieces[end]) && !is_done(&pieces[end]))
			end++;
		if (end > i)
			i += move_batch(p, way, &r, pieces + i, end - i);
		else if (is_done(&pieces[i]))
			i++;
		else
			pieces[i++].errnum = EFAULT;
	}
}

/* Returns whether any is absurd. */
static bool nothing_done(struct memory_piece *pieces, size_t count)
{
	bool absurd = false;

	for (size_t i = 0; i < count; i++) {
		pieces[i].done = 0;
		pieces[i].errnum = 0;
		absurd |= is_absurd(&pieces[i]);
	}
	return absurd;
}

static size_t count_whole(const struct memory_piece *pieces, size_t count)
{
	size_t whole = 0;

	for (size_t i = 0; i < count; i++)
		whole += is_done(&pieces[i]);
	return whole;
}

/* Of a core, which can be read only. */
static size_t core_move(const struct process *p, enum memory_way way,
                        const struct memory_span *s, int *errnum)
{
	if (way == MEMORY_READ)
		return core_read(p->core, s->addr, s->data, s->len, errnum);
	*errnum = EROFS;
	return 0;
}

static size_t core_move_pieces(const struct process *p, enum memory_way way,
                               struct memory_piece *pieces, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct memory_span s;

		pieces[i].done = 0;
		s = memory_piece_rest(&pieces[i]);
		pieces[i].done = core_move(p, way, &s, &pieces[i].errnum);
	}
	return count_whole(pieces, count);
}

/*
 * To look up each page of many pieces costs more than to read it, and to start
 * a process as much as reading some thirty.
 */
size_t memory_move_pieces(struct process *p, enum memory_way way,
                          struct memory_piece *pieces, size_t count)
{
	if (p->core)
		return core_move_pieces(p, way, pieces, count);
	if (!nothing_done(pieces, count) && count >= MANY)
		memory_rush(p, way, pieces, count, true);
	if (count_whole(pieces, count) < count)
		move_carefully(p, way, pieces, count);
	return count_whole(pieces, count);
}

size_t memory_move_known(struct process *p, struct memory_piece *pieces,
                         size_t count)
{
	if (p->core)
		return core_move_pieces(p, MEMORY_READ, pieces, count);
	if (!nothing_done(pieces, count))
		memory_rush(p, MEMORY_READ, pieces, count, false);
	if (count_whole(pieces, count) < count)
		move_carefully(p, MEMORY_READ, pieces, count);
	return count_whole(pieces, count);
}

/* Whether one call may take them: none can keep it waiting. */
static bool can_rush(struct process *p, const struct memory_piece *pieces,
                     size_t count)
{
	if (p->core || !served_never(p))
		return false;
	for (size_t i = 0; i < count; i++) {
		struct memory_span s = memory_piece_rest(&pieces[i]);

		if (memory_may_wait(p, &s))
			return false;
	}
	return true;
}

/*
 * A single piece costs less by /proc/PID/mem, but to open that as much as ten:
 * most processes of a shell script read less.
 */
void memory_move_shown(struct process *p, struct memory_piece *pieces,
                       size_t count)
{
	bool single = count == 1 &&
	              (p->mem_fd >= 0 || ++p->singles > FEW_SINGLES);

	if (!nothing_done(pieces, count) && !single &&
	    can_rush(p, pieces, count))
		memory_rush(p, MEMORY_READ, pieces, count, false);
	for (size_t i = 0; i < count; i++) {
		struct memory_piece *piece = &pieces[i];

		if (!is_done(piece))
			piece->done += memory_move(p, MEMORY_READ,
			                           memory_piece_rest(piece),
			                           &piece->errnum);
	}
}

size_t memory_move(struct process *p, enum memory_way way,
                         struct memory_span s, int *errnum)
{
	struct memory_piece piece = {
		.addr = s.addr, .data = s.data, .len = s.len,
	};

	*errnum = 0;
	if (!s.len)
		return 0;
	if (p->core)
		return core_move(p, way, &s, errnum);
	if (is_absurd(&piece)) {
		/* To the end of the address space, where it reaches that. */
		size_t end = (size_t)(0 - s.addr);

		*errnum = EFAULT;
		if (!s.addr || end >= s.len || end > SSIZE_MAX / 2)
			return 0;
		s.len = end;
		end = memory_move(p, way, s, errnum);
		*errnum = EFAULT;
		return end;
	}
	if (s.len <= SHORT)
		return forced_move(p, way, s, errnum);
	memory_move_pieces(p, way, &piece, 1);
	*errnum = piece.errnum;
	return piece.done;
}

void process_memory_reset(struct process *process)
{
	if (process->mem_fd >= 0)
		close(process->mem_fd);
	process->mem_fd = -1;
	process->plain_page = 0;
	process->singles = 0;
	memory_waits_destroy(process);
}

/*
 * The page where such a write was last seen to be possible is remembered: it is
 * the stack's, time and again.
 */
bool memory_move_plain(struct process *p, enum memory_way way,
                       const struct memory_span *s)
{
	struct iovec here = memory_here(s), there = memory_there(s);
	taddr page = s->addr / PAGE;
	int errnum;

	if (p->core)
		return core_move(p, way, s, &errnum) == s->len;
	if (page != p->plain_page || s->len > page_rest(s->addr)) {
		CLEANUP(residence_close) struct residence r = residence_open(p);

		if (!is_there(&r, s))
			return false;
		p->plain_page = page;
	}
	return memory_vm_move(p, way, &here, &there, 1) == (ssize_t)s->len;
}

bool memory_glance(struct thread *t, const struct memory_piece *pieces,
                   size_t count)
{
	struct iovec here[4], there[4];
	size_t want = 0;

	assert(count <= ARRAY_LEN(here));
	if (count == 1) {
		const struct memory_span only = { pieces->addr, pieces->data,
			                          pieces->len };
		int errnum;

		return mem_move(t->process, MEMORY_READ, &only, &errnum) ==
		       only.len;
	}
	for (size_t i = 0; i < count; i++) {
		here[i] = (struct iovec){ pieces[i].data, pieces[i].len };
		there[i] = (struct iovec){ (void *)(uintptr_t)pieces[i].addr,
			                   pieces[i].len };
		want += pieces[i].len;
	}
	return process_vm_readv(t->tid, here, count, there, count, 0) ==
	       (ssize_t)want;
}
