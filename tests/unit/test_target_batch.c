/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Batches, streams and page maps of a child that is stopped under ptrace, with
 * all kinds of pages that there are.
 */
#include "target/batch.h"
#include "target/memory.h"
#include "target/pagemap.h"
#include "target/procfs_parse.h"
#include "target/stream.h"
#include "stopped_child.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/userfaultfd.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

enum {
	PAGE = 4096,
	/* Sixteen pages, told apart by their first one. */
	TOUCHED = 0, HOLE = 4, NONE = 6, SHARED = 7, NO_FILE = 8, GAP = 9,
	TEXT = 10, UNSERVED = 12, LAST = 14, PAGES = 16,
	FAR = 4, /* pages of the second area */
};
static const size_t vast = 4ull << 30;

struct child {
	char *base, *vast;
	bool unserved;     /* a userfaultfd could be had */
	struct process process;
	struct thread thread;
};

static taddr at(const struct child *c, size_t offset)
{
	return (taddr)(uintptr_t)c->base + offset;
}

static char expected(size_t offset)
{
	return (char)(offset * 7 + offset / PAGE + 1);
}

static void fill(char *base, size_t page, size_t pages)
{
	for (size_t i = page * PAGE; i < (page + pages) * PAGE; i++)
		base[i] = expected(i);
}

static void remap(char *page, size_t pages, int flags, int fd)
{
	assert_true(mmap(page, pages * PAGE, PROT_READ | PROT_WRITE,
	                 flags | MAP_FIXED, fd, 0) == page);
}

static char *map_pages(void)
{
	char *base = mmap(NULL, PAGES * PAGE, PROT_READ | PROT_WRITE,
	                  MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	int fd = memfd_create("empty", MFD_CLOEXEC);

	assert_true(base != MAP_FAILED);
	madvise(base, PAGES * PAGE, MADV_NOHUGEPAGE);
	fill(base, TOUCHED, HOLE - TOUCHED);
	fill(base, NONE, 1);
	fill(base, TEXT, UNSERVED - TEXT);
	fill(base, LAST, PAGES - LAST);
	mprotect(base + NONE * PAGE, PAGE, PROT_NONE);
	remap(base + SHARED * PAGE, 1, MAP_SHARED | MAP_ANONYMOUS, -1);
	fill(base, SHARED, 1);
	/* So that it is there, but not in the child's page tables. */
	remap(base + NO_FILE * PAGE, 1, MAP_PRIVATE, fd);
	munmap(base + GAP * PAGE, PAGE);
	close(fd);
	return base;
}

static bool leave_unserved(char *page)
{
	struct uffdio_api api = { .api = UFFD_API };
	struct uffdio_register area = {
		.range = { (uintptr_t)page, 2 * PAGE },
		.mode = UFFDIO_REGISTER_MODE_MISSING,
	};
	long fd = syscall(SYS_userfaultfd, O_CLOEXEC);

	if (fd < 0 && errno == EPERM && geteuid() != 0)
		return false;
	madvise(page, 2 * PAGE, MADV_DONTNEED);
	return ioctl((int)fd, UFFDIO_API, &api) == 0 &&
	       ioctl((int)fd, UFFDIO_REGISTER, &area) == 0;
}

static void child_main(char *base, int fd)
{
	char ready = leave_unserved(base + UNSERVED * PAGE);

	if (write(fd, &ready, 1) != 1)
		_exit(1);
	for (;;)
		pause();
}

static int setup(void **state)
{
	struct child *c = calloc(1, sizeof(*c));
	int fds[2];
	char ready = 0;

	c->base = map_pages();
	c->vast = mmap(NULL, vast, PROT_READ | PROT_WRITE,
	               MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	assert_true(c->vast != MAP_FAILED);
	assert_int_equal(pipe(fds), 0);
	c->thread.tid = fork();
	if (!c->thread.tid)
		child_main(c->base, fds[1]);
	assert_int_equal(read(fds[0], &ready, 1), 1);
	c->unserved = ready;
	close(fds[0]);
	close(fds[1]);
	stop_child(&c->process, &c->thread);
	munmap(c->base, PAGES * PAGE);
	munmap(c->vast, vast);
	*state = c;
	return 0;
}

static int teardown(void **state)
{
	struct child *c = *state;

	end_child(&c->process, &c->thread);
	free(c);
	return 0;
}

static void assert_text(const void *data, size_t offset, size_t len)
{
	const char *text = data;

	for (size_t i = 0; i < len; i++)
		if (text[i] != expected(offset + i))
			fail_msg("byte %zu is 0x%02x", offset + i,
			         text[i] & 0xff);
}

/* A write stands between two reads of the same bytes. */
static void carries_out_in_order(void **state)
{
	struct child *c = *state;
	struct target_batch b = { 0 };
	char before[4], after[4], far[4], gap[4];

	target_batch_read(&b, &c->process, at(c, 100), before, 4);
	target_batch_read(&b, &c->process, at(c, GAP * PAGE), gap, 4);
	target_batch_regs(&b, &c->thread);
	target_batch_write(&b, &c->process, at(c, 100), "new!", 4);
	target_batch_read(&b, &c->process, at(c, LAST * PAGE), far, 4);
	target_batch_read(&b, &c->process, at(c, 100), after, 4);
	assert_int_equal(target_batch_run(&b), 5);
	assert_text(before, 100, 4);
	assert_memory_equal(after, "new!", 4);
	assert_text(far, LAST * PAGE, 4);
	assert_int_equal(b.items.items[1].piece.done, 0);
	assert_int_equal(b.items.items[1].piece.errnum, EFAULT);
	assert_string_equal(target_piece_reason(&c->process,
	                                        &b.items.items[1].piece),
	                    "is not mapped");
	assert_true(c->thread.regs_valid);
	target_batch_deinit(&b);
}

static void hide_all(void *ctx, taddr addr, uint8_t *data, size_t len)
{
	(void)ctx;
	(void)addr;
	memset(data, '-', len);
}

static uint8_t *cover_none(void *ctx, taddr addr, const uint8_t *data,
                           size_t len)
{
	(void)ctx;
	(void)addr;
	(void)data;
	(void)len;
	return NULL;
}

static void hides_what_is_planted(void **state)
{
	struct child *c = *state;
	struct target_batch b = { 0 };
	char shown[4], raw[4];

	c->process.mask.hide = hide_all;
	c->process.mask.cover = cover_none;
	target_batch_read(&b, &c->process, at(c, 0), shown, 4);
	target_batch_add(&b, (struct batch_item){
		.kind = BATCH_READ, .raw = true, .process = &c->process,
		.piece = { .addr = at(c, 0), .data = raw, .len = 4 },
	});
	assert_int_equal(target_batch_run(&b), 2);
	assert_memory_equal(shown, "----", 4);
	assert_text(raw, 0, 4);
	c->process.mask.cover = NULL;
	target_batch_deinit(&b);
}

/* In one request, backwards, from page to page; some fail, one would wait. */
static void takes_thousands(void **state)
{
	enum { COUNT = 3000 };
	static const size_t pages[] = { TOUCHED, NONE, GAP, SHARED, TEXT,
		                        UNSERVED, LAST };
	struct child *c = *state;
	struct target_batch b = { 0 };
	char *data = calloc(COUNT, 8);
	size_t whole = 0;

	for (size_t i = COUNT; i-- > 0;)
		target_batch_read(&b, &c->process,
		                  at(c, pages[i % 7] * PAGE + i), data + 8 * i,
		                  8);
	whole = target_batch_run(&b);
	for (size_t i = 0; i < COUNT; i++) {
		size_t page = pages[i % 7];
		const struct memory_piece *p = &b.items.items[COUNT - 1 - i]
		                                .piece;

		if (page == GAP || (page == UNSERVED && c->unserved)) {
			assert_int_equal(p->errnum, EFAULT);
			continue;
		}
		assert_int_equal(p->done, 8);
		assert_int_equal(p->errnum, 0);
		whole--;
		if (page != UNSERVED)
			assert_text(p->data, page * PAGE + i, 8);
	}
	assert_int_equal(whole, 0);
	target_batch_deinit(&b);
	free(data);
}

struct seen {
	enum chunk_kind kind;
	taddr addr;
	uint64_t len;
	bool forced;
	const char *reason;
};

/* Chunks with neighbours of one kind put together; the data is looked at. */
static size_t stream(struct child *c, struct memory_stream *m,
                     struct seen *seen, size_t max)
{
	struct memory_chunk k;
	size_t count = 0;

	for (;;) {
		struct seen *last = count ? &seen[count - 1] : NULL;

		assert_null(memory_stream_next(m, &k));
		if (k.kind == CHUNK_END)
			return count;
		if (k.kind == CHUNK_DATA &&
		    k.addr - at(c, 0) < PAGES * PAGE)
			assert_text(k.data, (size_t)(k.addr - at(c, 0)),
			            (size_t)k.len);
		if (last && last->kind == k.kind && last->forced == k.forced &&
		    last->reason == k.reason) {
			assert_int_equal(last->addr + last->len, k.addr);
			last->len += k.len;
			continue;
		}
		assert_true(count < max);
		seen[count++] = (struct seen){ k.kind, k.addr, k.len, k.forced,
			                       k.reason };
	}
}

static void assert_seen(const struct child *c, const struct seen *s,
                        enum chunk_kind kind, size_t page, size_t pages)
{
	assert_int_equal(s->kind, kind);
	assert_int_equal(s->addr, at(c, page * PAGE));
	assert_int_equal(s->len, pages * PAGE);
}

static void streams_all_kinds(void **state)
{
	CLEANUP(memory_stream_destroy) struct memory_stream *m = NULL;
	struct child *c = *state;
	struct seen seen[16];
	size_t n;

	assert_null(memory_stream_create(&c->process, 0, &m));
	memory_stream_seek(m, at(c, 0), at(c, PAGES * PAGE));
	n = stream(c, m, seen, ARRAY_LEN(seen));
	assert_seen(c, &seen[0], CHUNK_DATA, TOUCHED, HOLE - TOUCHED);
	assert_seen(c, &seen[1], CHUNK_ZEROES, HOLE, NONE - HOLE);
	assert_seen(c, &seen[2], CHUNK_DATA, NONE, 1);
	assert_true(seen[2].forced);
	assert_seen(c, &seen[3], CHUNK_DATA, SHARED, 1);
	assert_false(seen[3].forced);
	assert_seen(c, &seen[4], CHUNK_UNREADABLE, NO_FILE, 1);
	assert_seen(c, &seen[5], CHUNK_UNMAPPED, GAP, 1);
	assert_seen(c, &seen[6], CHUNK_DATA, TEXT, UNSERVED - TEXT);
	assert_seen(c, &seen[7], c->unserved ? CHUNK_UNREADABLE : CHUNK_DATA,
	            UNSERVED, c->unserved ? 2 : PAGES - UNSERVED);
	if (!c->unserved)
		return;
	assert_string_equal(seen[7].reason,
	                    "waits for the program to serve it");
	assert_seen(c, &seen[8], CHUNK_DATA, LAST, PAGES - LAST);
	assert_int_equal(n, 9);
}

/* From the middle of a page to the middle of another. */
static void streams_odd_ranges(void **state)
{
	CLEANUP(memory_stream_destroy) struct memory_stream *m = NULL;
	struct child *c = *state;
	struct seen seen[4];

	assert_null(memory_stream_create(&c->process, 0, &m));
	memory_stream_seek(m, at(c, 3 * PAGE + 7), at(c, HOLE * PAGE + 3));
	assert_int_equal(stream(c, m, seen, ARRAY_LEN(seen)), 2);
	assert_int_equal(seen[0].addr, at(c, 3 * PAGE + 7));
	assert_int_equal(seen[0].len, PAGE - 7);
	assert_int_equal(seen[1].len, 3);
	memory_stream_seek(m, 16, 16);
	assert_int_equal(stream(c, m, seen, ARRAY_LEN(seen)), 0);
	memory_stream_seek(m, UINT64_MAX - 100, UINT64_MAX);
	assert_int_equal(stream(c, m, seen, ARRAY_LEN(seen)), 0);
	memory_stream_seek(m, 1ull << 63, UINT64_MAX);
	assert_true(stream(c, m, seen, ARRAY_LEN(seen)) <= 3);
	assert_int_equal(seen[0].kind, CHUNK_UNMAPPED);
}

static void streams_into_others_buffers(void **state)
{
	CLEANUP(memory_stream_destroy) struct memory_stream *m = NULL;
	struct child *c = *state;
	struct memory_chunk k;
	uint8_t buffer[PAGE];
	size_t chunks = 0;

	assert_null(memory_stream_create(&c->process, 0, &m));
	memory_stream_use(m, buffer, sizeof(buffer));
	memory_stream_seek(m, at(c, 0), at(c, HOLE * PAGE));
	for (;; chunks++) {
		assert_null(memory_stream_next(m, &k));
		if (k.kind == CHUNK_END)
			break;
		assert_ptr_equal(k.data, buffer);
		assert_text(buffer, (size_t)(k.addr - at(c, 0)), k.len);
		assert_false(memory_stream_pending(m));
	}
	assert_int_equal(chunks, HOLE);
}

/* 4 GB that nobody touched but for some pages: a few chunks, nothing read. */
static void passes_over_untouched_memory(void **state)
{
	CLEANUP(memory_stream_destroy) struct memory_stream *m = NULL;
	struct child *c = *state;
	taddr start = (taddr)(uintptr_t)c->vast;
	struct seen seen[4];

	assert_null(memory_stream_create(&c->process, 0, &m));
	assert_null(target_write(&c->process, start + (1ull << 31), "x", 1));
	memory_stream_seek(m, start, start + vast);
	assert_int_equal(stream(c, m, seen, ARRAY_LEN(seen)), 3);
	assert_int_equal(seen[0].kind, CHUNK_ZEROES);
	assert_int_equal(seen[0].len, 1ull << 31);
	assert_int_equal(seen[1].kind, CHUNK_DATA);
	assert_int_equal(seen[2].kind, CHUNK_ZEROES);
	assert_int_equal(seen[2].addr + seen[2].len, start + vast);
}

/* What was unmapped, and what died, since the stream was made. */
static void outlives_the_memory(void **state)
{
	CLEANUP(memory_stream_destroy) struct memory_stream *m = NULL;
	struct child *c = *state;
	struct memory_chunk k;
	struct error *err;

	assert_null(memory_stream_create(&c->process, 0, &m));
	memory_stream_seek(m, at(c, 0), at(c, HOLE * PAGE));
	kill(c->thread.tid, SIGKILL);
	waitpid(c->thread.tid, NULL, __WALL);
	err = memory_stream_next(m, &k);
	assert_non_null(err);
	assert_int_equal(err->kind, ERROR_GONE);
	error_destroy(err);
}

static void assert_run(struct pagemap *m, taddr start, taddr end,
                       struct page_run want)
{
	struct page_run run;

	assert_null(pagemap_next(m, start, end, &run));
	assert_int_equal(run.start, want.start);
	assert_int_equal(run.end, want.end);
	/* Only a scan tells these. */
	assert_int_equal(run.flags & ~(unsigned)(PAGE_IS_ZERO |
	                                         PAGE_IS_IN_HUGE),
	                 want.flags);
}

static void check_runs(const struct child *c, struct pagemap *m)
{
	taddr end = at(c, PAGES * PAGE);

	assert_run(m, at(c, 0), end, (struct page_run){
		at(c, 0), at(c, HOLE * PAGE), PAGE_IS_THERE });
	assert_run(m, at(c, HOLE * PAGE), end, (struct page_run){
		at(c, HOLE * PAGE), at(c, NONE * PAGE), 0 });
	assert_run(m, at(c, (NO_FILE) * PAGE), end, (struct page_run){
		at(c, NO_FILE * PAGE), at(c, TEXT * PAGE), 0 });
	/* Backwards too. */
	assert_run(m, at(c, PAGE), at(c, 2 * PAGE), (struct page_run){
		at(c, PAGE), at(c, 2 * PAGE), PAGE_IS_THERE });
	assert_run(m, 0, 1 << 16, (struct page_run){ 0, 1 << 16, 0 });
}

static void maps_pages_both_ways(void **state)
{
	struct child *c = *state;
	struct pagemap m;

	assert_null(pagemap_open(&m, c->thread.tid));
	check_runs(c, &m);
	pagemap_by_entries(&m);
	check_runs(c, &m);
	pagemap_close(&m);
}

static void reads_smaps(void **state)
{
	struct child *c = *state;
	proc_smap_vec smaps = { 0 };
	proc_map_vec maps = { 0 };
	const struct proc_smap *s;

	assert_null(proc_smaps(c->thread.tid, &smaps));
	assert_null(proc_maps(c->thread.tid, &maps));
	assert_int_equal(smaps.len, maps.len);
	for (size_t i = 0; i < maps.len; i++) {
		assert_int_equal(smaps.items[i].map.start,
		                 maps.items[i].start);
		assert_string_equal(smaps.items[i].map.name,
		                    maps.items[i].name);
	}
	s = proc_smap_at(&smaps, at(c, PAGE));
	assert_non_null(s);
	assert_int_equal(s->rss, HOLE * PAGE);
	assert_int_equal(s->flags & (VM_READ | VM_WRITE | VM_EXEC | VM_SHARED),
	                 VM_READ | VM_WRITE);
	s = proc_smap_at(&smaps, at(c, UNSERVED * PAGE));
	assert_int_equal(!!(s->flags & VM_USERFAULT), c->unserved);
	assert_null(proc_smap_at(&smaps, at(c, GAP * PAGE)));
	assert_null(proc_map_at(&maps, at(c, GAP * PAGE)));
	assert_non_null(proc_map_at(&maps, at(c, SHARED * PAGE)));
	proc_smaps_deinit(&smaps);
	proc_maps_deinit(&maps);
	assert_int_equal(proc_coredump_filter(c->thread.tid),
	                 proc_coredump_filter(getpid()));
}

static void parses_smaps_lines(void **state)
{
	struct proc_smap s = { .protection_key = -1 };
	static const char *const lines[] = {
		"Rss:                  12 kB", "ProtectionKey:         3",
		"AnonHugePages:      2048 kB", "Swap: 99999999999999999999 kB",
		"Private_Hugetlb:     4 kB", "Shared_Hugetlb:     8 kB",
		"VmFlags: rd mr dd xx um ", "Rss", "", "Nothing: 1 kB",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(lines); i++)
		proc_parse_smap_line(lines[i], strlen(lines[i]), &s);
	assert_int_equal(s.rss, 12 << 10);
	assert_int_equal(s.protection_key, 3);
	assert_int_equal(s.anon_huge, 2 << 20);
	assert_int_equal(s.swap, 0);
	assert_int_equal(s.hugetlb, 12 << 10);
	assert_int_equal(s.flags, VM_READ | VM_MAY_READ | VM_DONT_DUMP |
	                 VM_USERFAULT);
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(carries_out_in_order),
		CASE(hides_what_is_planted),
		CASE(takes_thousands),
		CASE(streams_all_kinds),
		CASE(streams_odd_ranges),
		CASE(streams_into_others_buffers),
		CASE(passes_over_untouched_memory),
		CASE(outlives_the_memory),
		CASE(maps_pages_both_ways),
		CASE(reads_smaps),
		cmocka_unit_test(parses_smaps_lines),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
