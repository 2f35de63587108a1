/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Soft-dirty bits for a kernel that has none, for LD_PRELOAD in front of scdb.
 *
 * Writing "4" to /proc/PID/clear_refs keeps a sum of each page that the process
 * has mapped privately; a pagemap that is read has bit 55 in all but those whose
 * page still has that sum.  What scdb writes itself counts, as it does in the
 * kernel, whatever it writes.  FAKE_OTHER: somebody else clears them too,
 * between the first clearing and the next look at a single page's bits.
 *
 * At its end FAKE_COUNTS gets a line: how often was cleared, and how many bytes
 * were read by process_vm_readv.
 */
#include <dlfcn.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

enum { PAGE = 4096, SLOTS = 1 << 18 };

static struct slot {
	uint64_t page, sum;      /* page 0: free */
} *slots;
static pid_t cleared;           /* whose pages these are */
static unsigned clears, single; /* ... reads of one page's bits */
static unsigned long long bytes_read;
static pid_t owner;
static const char *counts;

static struct slot *slot_of(uint64_t page)
{
	size_t i = page * 0x9e3779b97f4a7c15 >> 46;

	while (slots[i].page && slots[i].page != page)
		i = (i + 1) % SLOTS;
	return &slots[i];
}

/* 0: it can't be read. */
static uint64_t sum_of(pid_t pid, uint64_t page)
{
	ssize_t (*real)(pid_t, const struct iovec *, unsigned long,
			const struct iovec *, unsigned long, unsigned long) =
		dlsym(RTLD_NEXT, "process_vm_readv");
	static uint64_t words[PAGE / 8];
	struct iovec here = { words, PAGE }, there = { (void *)page, PAGE };
	uint64_t sum = 14695981039346656037u;

	if (real(pid, &here, 1, &there, 1, 0) != PAGE)
		return 0;
	for (size_t i = 0; i < PAGE / 8; i++)
		sum = (sum ^ words[i]) * 1099511628211u + (sum >> 29);
	return sum | 1;
}

/* The process of /proc/PID/NAME; 0: FD is something else. */
static pid_t whose(int fd, const char *name)
{
	char link[64], path[256], last[32];
	ssize_t len;
	int pid;

	snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
	len = readlink(link, path, sizeof(path) - 1);
	if (len <= 0)
		return 0;
	path[len] = '\0';
	if (sscanf(path, "/proc/%d/%31s", &pid, last) != 2 ||
	    strcmp(last, name) != 0)
		return 0;
	return pid;
}

static void keep_sums(pid_t pid)
{
	ssize_t (*real)(int, void *, size_t, off_t) =
		dlsym(RTLD_NEXT, "pread");
	char path[64], line[512];
	FILE *maps;
	int fd;

	memset(slots, 0, SLOTS * sizeof(*slots));
	cleared = pid;
	snprintf(path, sizeof(path), "/proc/%d/pagemap", pid);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	snprintf(path, sizeof(path), "/proc/%d/maps", pid);
	maps = fopen(path, "re");
	while (maps && fgets(line, sizeof(line), maps)) {
		unsigned long start, end, entry;
		char perms[5];

		if (sscanf(line, "%lx-%lx %4s", &start, &end, perms) != 3 ||
		    perms[3] != 'p' || perms[1] != 'w' || start >> 47)
			continue;
		for (; start < end; start += PAGE)
			if (real(fd, &entry, 8, (off_t)(start / PAGE * 8)) ==
			    8 && entry >> 63 && entry >> 56 & 1)
				*slot_of(start) = (struct slot){
					start, sum_of(pid, start),
				};
	}
	if (maps)
		fclose(maps);
	close(fd);
}

ssize_t write(int fd, const void *data, size_t len)
{
	ssize_t (*real)(int, const void *, size_t) = dlsym(RTLD_NEXT, "write");
	pid_t pid;

	if (len == 1 && *(const char *)data == '4' &&
	    (pid = whose(fd, "clear_refs"))) {
		keep_sums(pid);
		clears++;
	}
	return real(fd, data, len);
}

ssize_t pread(int fd, void *data, size_t len, off_t at)
{
	ssize_t (*real)(int, void *, size_t, off_t) =
		dlsym(RTLD_NEXT, "pread");
	ssize_t got = real(fd, data, len, at);
	uint64_t *entries = data;
	pid_t pid = got > 0 && len % 8 == 0 ? whose(fd, "pagemap") : 0;

	if (pid && pid == cleared && len == 8 && ++single == 3 &&
	    getenv("FAKE_OTHER"))
		keep_sums(pid);
	for (ssize_t i = 0; pid && i < got / 8; i++) {
		uint64_t page = ((uint64_t)at / 8 + (uint64_t)i) * PAGE;
		struct slot *s = slot_of(page);

		if (pid == cleared && s->page && s->sum &&
		    s->sum == sum_of(pid, page))
			entries[i] &= ~(1ull << 55);
		else
			entries[i] |= 1ull << 55;
	}
	return got;
}

ssize_t pread64(int fd, void *data, size_t len, off_t at)
{
	return pread(fd, data, len, at);
}

ssize_t process_vm_readv(pid_t pid, const struct iovec *here,
			 unsigned long count, const struct iovec *there,
			 unsigned long count2, unsigned long flags)
{
	ssize_t (*real)(pid_t, const struct iovec *, unsigned long,
			const struct iovec *, unsigned long, unsigned long) =
		dlsym(RTLD_NEXT, "process_vm_readv");
	ssize_t got = real(pid, here, count, there, count2, flags);

	if (got > 0)
		bytes_read += (unsigned long long)got;
	return got;
}

ssize_t pwrite(int fd, const void *data, size_t len, off_t at)
{
	ssize_t (*real)(int, const void *, size_t, off_t) =
		dlsym(RTLD_NEXT, "pwrite");

	if (cleared && whose(fd, "mem") == cleared)
		for (uint64_t page = (uint64_t)at & -(uint64_t)PAGE;
		     page < (uint64_t)at + len; page += PAGE)
			slot_of(page)->sum = 0;
	return real(fd, data, len, at);
}

ssize_t pwrite64(int fd, const void *data, size_t len, off_t at)
{
	return pwrite(fd, data, len, at);
}

ssize_t process_vm_writev(pid_t pid, const struct iovec *here,
			  unsigned long count, const struct iovec *there,
			  unsigned long count2, unsigned long flags)
{
	ssize_t (*real)(pid_t, const struct iovec *, unsigned long,
			const struct iovec *, unsigned long, unsigned long) =
		dlsym(RTLD_NEXT, "process_vm_writev");

	for (unsigned long i = 0; pid == cleared && i < count2; i++) {
		uint64_t page = (uint64_t)there[i].iov_base & -(uint64_t)PAGE;

		for (; page < (uint64_t)there[i].iov_base + there[i].iov_len;
		     page += PAGE)
			slot_of(page)->sum = 0;
	}
	return real(pid, here, count, there, count2, flags);
}

__attribute__((constructor)) static void begin(void)
{
	slots = calloc(SLOTS, sizeof(*slots));
	if (!slots)
		abort();
	owner = getpid();
	counts = getenv("FAKE_COUNTS");
	unsetenv("LD_PRELOAD");
}

__attribute__((destructor)) static void end(void)
{
	FILE *f = counts && getpid() == owner ? fopen(counts, "ae") : NULL;

	if (!f)
		return;
	fprintf(f, "%u %llu\n", clears, bytes_read);
	fclose(f);
}
