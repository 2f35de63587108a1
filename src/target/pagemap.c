/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "target/pagemap.h"

#include "base/alloc.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { PAGE = 4096 };

/* Documentation/admin-guide/mm/pagemap.rst of the kernel; its header
 * (linux/fs.h) may be older than the kernel that runs. */
enum {
	SCAN_FILE = 1 << 2, SCAN_PRESENT = 1 << 3, SCAN_SWAPPED = 1 << 4,
	SCAN_ZERO = 1 << 5, SCAN_HUGE = 1 << 6, SCAN_GUARD = 1 << 8,
};

struct scan_region {
	uint64_t start, end, categories;
};

struct scan_arg {
	uint64_t size, flags, start, end, walk_end, vec, vec_len, max_pages,
	         category_inverted, category_mask, category_anyof_mask,
	         return_mask;
};

/* The vsyscall page is there, and has no entry. */
static const taddr kernel_half = 1ull << 63;

#define SCAN_IOCTL _IOWR('f', 16, struct scan_arg)

static unsigned flags_of_scan(uint64_t categories)
{
	return (categories & SCAN_PRESENT ? PAGE_IS_THERE : 0) |
	       (categories & SCAN_SWAPPED ? PAGE_IS_SWAPPED : 0) |
	       (categories & SCAN_FILE ? PAGE_IS_OF_FILE : 0) |
	       (categories & SCAN_ZERO ? PAGE_IS_ZERO : 0) |
	       (categories & SCAN_HUGE ? PAGE_IS_IN_HUGE : 0) |
	       (categories & SCAN_GUARD ? PAGE_IS_GUARD : 0);
}

static unsigned flags_of_entry(uint64_t entry)
{
	return (entry & 1ull << 63 ? PAGE_IS_THERE : 0) |
	       (entry & 1ull << 62 ? PAGE_IS_SWAPPED : 0) |
	       (entry & 1ull << 61 ? PAGE_IS_OF_FILE : 0) |
	       (entry & 1ull << 58 ? PAGE_IS_GUARD : 0);
}

/* Regions found, or -1 with errno; *WALKED: how far it looked. */
static int scan(struct pagemap *m, taddr start, taddr end,
                struct scan_region *regions, size_t count, taddr *walked)
{
	uint64_t want = SCAN_PRESENT | SCAN_SWAPPED |
	                (m->knows_guards ? SCAN_GUARD : 0);
	struct scan_arg arg = {
		.size = sizeof(arg),
		.start = start,
		.end = end,
		.vec = (uintptr_t)regions,
		.vec_len = count,
		.category_anyof_mask = want,
		.return_mask = want | SCAN_FILE | SCAN_ZERO | SCAN_HUGE,
	};
	int found;

	do
		found = ioctl(m->fd, SCAN_IOCTL, &arg);
	while (found < 0 && errno == EINTR);
	*walked = arg.walk_end;
	return found;
}

/* An empty range does: what is not known is refused first. */
static bool can_scan(struct pagemap *m)
{
	struct scan_region one;
	taddr walked;

	return scan(m, PAGE, 2 * PAGE, &one, 1, &walked) >= 0;
}

struct error *pagemap_open(struct pagemap *m, pid_t tid)
{
	char path[64];

	*m = (struct pagemap){ .fd = -1 };
	snprintf(path, sizeof(path), "/proc/%d/pagemap", (int)tid);
	m->fd = open(path, O_RDONLY | O_CLOEXEC);
	if (m->fd < 0 && (errno == ENOENT || errno == ESRCH))
		return error_new(ERROR_GONE, "no process %d", (int)tid);
	if (m->fd < 0)
		return error_errno(errno, "can't open %s", path);
	m->knows_guards = true;
	m->scans = can_scan(m);
	if (m->scans)
		return NULL;
	m->knows_guards = false;
	m->scans = can_scan(m);
	return NULL;
}

void pagemap_close(struct pagemap *m)
{
	if (m->fd >= 0)
		close(m->fd);
	free(m->entries);
	m->entries = NULL;
	m->fd = -1;
}

void pagemap_by_entries(struct pagemap *m)
{
	m->scans = false;
	m->known = m->known_end = 0;
}

static void add_run(struct pagemap *m, taddr start, taddr end, unsigned flags)
{
	struct page_run *last = m->count ? &m->runs[m->count - 1] : NULL;

	if (start == end)
		return;
	if (last && last->flags == flags && last->end == start) {
		last->end = end;
		return;
	}
	assert(m->count < ARRAY_LEN(m->runs));
	m->runs[m->count++] = (struct page_run){ start, end, flags };
}

/* A region and the gap before it are two runs. */
static struct error *look_by_scan(struct pagemap *m, taddr start, taddr end)
{
	struct scan_region found[PAGEMAP_RUNS / 2 - 1];
	taddr walked = start, at = start;
	int count = scan(m, start, end, found, ARRAY_LEN(found), &walked);

	if (count < 0)
		return error_errno(errno, "can't look for pages at 0x%llx",
		                   (unsigned long long)start);
	for (int i = 0; i < count; i++) {
		add_run(m, at, found[i].start, 0);
		add_run(m, found[i].start, found[i].end,
		        flags_of_scan(found[i].categories));
		at = found[i].end;
	}
	/* A list that is full may have been cut where WALKED says, or before. */
	if ((size_t)count < ARRAY_LEN(found))
		walked = end;
	if (walked < at)
		walked = at;
	add_run(m, at, walked, 0);
	m->known_end = walked;
	return NULL;
}

static struct error *look_by_entries(struct pagemap *m, taddr start, taddr end)
{
	size_t want = PAGEMAP_ENTRIES;
	ssize_t got;

	if (!m->entries)
		m->entries = xmalloc(PAGEMAP_ENTRIES * sizeof(*m->entries));
	if ((end - start) / PAGE < want)
		want = (size_t)((end - start) / PAGE);
	do
		got = pread(m->fd, m->entries, want * sizeof(*m->entries),
		            (off_t)(start / PAGE * sizeof(*m->entries)));
	while (got < 0 && errno == EINTR);
	if (got < 0)
		return error_errno(errno, "can't look for pages at 0x%llx",
		                   (unsigned long long)start);
	if (!got && start < kernel_half)
		return error_new(ERROR_GONE, "the process is gone");
	want = (size_t)got / sizeof(*m->entries);
	for (size_t i = 0; i < want && m->count < ARRAY_LEN(m->runs); i++) {
		add_run(m, start, start + PAGE, flags_of_entry(m->entries[i]));
		start += PAGE;
	}
	m->known_end = start;
	if (!want) {
		add_run(m, start, end, 0);
		m->known_end = end;
	}
	return NULL;
}

struct error *pagemap_next(struct pagemap *m, taddr start, taddr end,
                           struct page_run *run)
{
	struct page_run *r;

	assert(start % PAGE == 0 && start < end);
	end += (PAGE - end % PAGE) % PAGE;
	if (start < m->known || start >= m->known_end) {
		m->count = m->next = 0;
		m->known = m->known_end = start;
		TRY(m->scans && start < kernel_half ? look_by_scan(m, start, end)
		    : look_by_entries(m, start, end));
	}
	if (m->next >= m->count || start < m->runs[m->next].start)
		m->next = 0;
	while (m->next < m->count && m->runs[m->next].end <= start)
		m->next++;
	if (m->next == m->count)
		return error_new(ERROR_GONE, "the process is gone");
	r = &m->runs[m->next];
	*run = (struct page_run){
		.start = start,
		.end = r->end < end ? r->end : end,
		.flags = r->flags,
	};
	return NULL;
}
