/* SPDX-License-Identifier: GPL-3.0-or-later */
/* builds: 64 */
/*
 * uffd [--addr | two | waits]
 *
 * Pages that a thread of this program fills when they are touched
 * (userfaultfd). A debugger that has stopped that thread and reads such a
 * page (a path, a write's data) would wait for ever: it must read by a helper
 * with a time limit, or report the page as unreadable. --addr prints the
 * address first. two: the calls have two such pages each, so that both might be
 * read by one process_vm_readv, which waits killable only; waits: the same, but
 * when a line came. Exit status 77 where userfaultfd is not to be had.
 */
#include "tracee.h"

#include <fcntl.h>
#include <linux/userfaultfd.h>
#include <sys/ioctl.h>
#include <sys/mman.h>

#define PAGE 4096
#define PAGES 4

static int fault_fd;
static char *area;

static void *serve(void *arg)
{
	static char page[PAGE] __attribute__((aligned(PAGE)));
	struct uffd_msg m;

	(void)arg;
	while (read(fault_fd, &m, sizeof(m)) == sizeof(m)) {
		uint64_t at = m.arg.pagefault.address & ~(uint64_t)(PAGE - 1);
		struct uffdio_copy c = {
			.dst = at, .src = (uintptr_t)page, .len = PAGE,
		};

		snprintf(page, sizeof(page), "/served/page/%d",
			 (int)((at - (uintptr_t)area) / PAGE));
		ioctl(fault_fd, UFFDIO_COPY, &c);
	}
	return NULL;
}

static void setup(void)
{
	struct uffdio_api api = { .api = UFFD_API };
	struct uffdio_register r = { .mode = UFFDIO_REGISTER_MODE_MISSING };

	fault_fd = (int)syscall(SYS_userfaultfd, O_CLOEXEC);
	if (fault_fd < 0) {
		SAY("userfaultfd: %s\n", strerrorname_np(errno));
		exit(77);
	}
	MUST(ioctl(fault_fd, UFFDIO_API, &api) == 0);
	area = mmap(NULL, PAGES * PAGE, PROT_READ | PROT_WRITE,
		    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	MUST(area != MAP_FAILED);
	r.range.start = (uintptr_t)area;
	r.range.len = PAGES * PAGE;
	MUST(ioctl(fault_fd, UFFDIO_REGISTER, &r) == 0);
}

/* Before it, as many calls as a debugger needs to get used to the program. */
static int rename_them(void)
{
	int failed;

	for (int i = 0; i < 20; i++)
		MUST(rename("/no/such/file", "/no/other/file") < 0);
	failed = rename(area, area + PAGE) < 0 ? errno : 0;
	SAY("rename of %s: %s\n", area, strerrorname_np(failed));
	return 0;
}

int main(int argc, char **argv)
{
	const char *mode = arg_word(argc, argv, 1);
	int fd[2], i;

	setup();
	if (strcmp(mode, "two") == 0 || strcmp(mode, "waits") == 0) {
		char line[2];

		thread_start(serve, NULL);
		SAY("ready\n");
		MUST(mode[0] == 't' || read(0, line, 2) > 0);
		return rename_them();
	}
	if (strcmp(mode, "--addr") == 0)
		SAY("area %#lx\n", (unsigned long)area);
	thread_start(serve, NULL);
	MUST(pipe(fd) == 0);
	for (i = 0; i < PAGES - 1; i++) {
		char *p = area + i * PAGE;
		int path = open(p, O_RDONLY);

		SAY("open of page %d: %s\n", i, path < 0 ?
		    strerrorname_np(errno) : "ok");
	}
	SAY("write of page %d: %ld\n", i,
	    (long)write(fd[1], area + i * PAGE, 16));
	SAY("%s\n", area + i * PAGE);
	return 0;
}
