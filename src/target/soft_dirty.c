/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "target/soft_dirty.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/kcmp.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { PAGE = 4096 };

/* Documentation/admin-guide/mm/pagemap.rst of the kernel. */
static const uint64_t bit_there = 1ull << 63, bit_of_file = 1ull << 61,
                      bit_mapped_once = 1ull << 56, bit_dirty = 1ull << 55;

struct error *soft_dirty_clear(pid_t tid)
{
	char path[64];
	ssize_t put;
	int fd, errnum;

	snprintf(path, sizeof(path), "/proc/%d/clear_refs", (int)tid);
	fd = open(path, O_WRONLY | O_CLOEXEC);
	if (fd < 0)
		return error_errno(errno, "can't open %s", path);
	do
		put = write(fd, "4", 1);
	while (put < 0 && errno == EINTR);
	errnum = errno;
	close(fd);
	return put == 1 ? NULL : error_errno(errnum, "can't write %s", path);
}

static size_t read_entries(int fd, taddr addr, uint64_t *entries, size_t count)
{
	ssize_t got;

	do
		got = pread(fd, entries, count * sizeof(*entries),
		            (off_t)(addr / PAGE * sizeof(*entries)));
	while (got < 0 && errno == EINTR);
	return got < 0 ? 0 : (size_t)got / sizeof(*entries);
}

bool soft_dirty_has(pid_t tid, taddr addr)
{
	uint64_t entry = 0;
	char path[64];
	int fd;

	snprintf(path, sizeof(path), "/proc/%d/pagemap", (int)tid);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return false;
	if (!read_entries(fd, addr, &entry, 1))
		entry = 0;
	close(fd);
	return entry & bit_there && entry & bit_dirty;
}

bool soft_dirty_shares(pid_t one, pid_t other)
{
	/* 1 to 3 are orders of those that differ; else nothing is known. */
	return syscall(SYS_kcmp, one, other, KCMP_VM, 0, 0) <= 0;
}

bool soft_dirty_same(struct soft_dirty *d, int pagemap, taddr addr, taddr end)
{
	taddr page = addr - addr % PAGE;
	uint64_t entry;

	if (page - d->start >= d->count * (taddr)PAGE) {
		size_t want = (size_t)SOFT_DIRTY_WINDOW;

		if ((end - page + PAGE - 1) / PAGE < want)
			want = (size_t)((end - page + PAGE - 1) / PAGE);
		d->start = page;
		d->count = read_entries(pagemap, page, d->entries, want);
		if (!d->count)
			return false;
	}
	entry = d->entries[(page - d->start) / PAGE];
	return (entry & (bit_there | bit_of_file | bit_mapped_once |
	                 bit_dirty)) == (bit_there | bit_mapped_once);
}
