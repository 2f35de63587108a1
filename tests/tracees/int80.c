/* SPDX-License-Identifier: GPL-3.0-or-later */
/* builds: 64 static */
/*
 * int80
 *
 * 64-bit code that makes i386's calls by int $0x80: the personality belongs
 * to the stop, not to the process. The numbers here mean other calls in the
 * 64-bit table (20 is writev, 4 is stat, 5 is fstat, 39 is getpid), so a
 * debugger that guesses shows it. Buffers lie below 4 GB.
 */
#include "raw.h"
#include "tracee.h"

#include <fcntl.h>
#include <sys/mman.h>

enum { I386_READ = 3, I386_WRITE = 4, I386_OPEN = 5, I386_CLOSE = 6,
       I386_GETPID = 20, I386_MKDIR = 39, I386_GETPPID = 64,
       I386_GETUID32 = 199 };

static long call32(unsigned long nr, unsigned long a, unsigned long b,
		   unsigned long c)
{
	return raw_call_via(VIA_INT80, nr,
			    (const unsigned long[6]){ a, b, c });
}

int main(void)
{
	char *low = mmap(NULL, 8192, PROT_READ | PROT_WRITE,
			 MAP_PRIVATE | MAP_ANONYMOUS | MAP_32BIT, -1, 0);
	unsigned long buf = (unsigned long)low;
	long fd;

	MUST(low != MAP_FAILED);
	printf("getpid %s\n", call32(I386_GETPID, 0, 0, 0) == getpid() ?
	       "right" : "wrong");
	printf("getppid %s\n", call32(I386_GETPPID, 0, 0, 0) == getppid() ?
	       "right" : "wrong");
	printf("getuid32 %s\n",
	       call32(I386_GETUID32, 0, 0, 0) == (long)getuid() ?
	       "right" : "wrong");
	strcpy(low, "/proc/self/status");
	fd = call32(I386_OPEN, buf, O_RDONLY, 0);
	printf("open %s\n", fd >= 0 ? "ok" : strerrorname_np((int)-fd));
	printf("read %ld", call32(I386_READ, (unsigned long)fd, buf, 5));
	printf(" %.5s\n", low);
	printf("close %ld\n", call32(I386_CLOSE, (unsigned long)fd, 0, 0));
	strcpy(low, "/nonexistent");
	fd = call32(I386_OPEN, buf, O_RDONLY, 0);
	printf("open %s\n", fd >= 0 ? "ok" : strerrorname_np((int)-fd));
	fd = call32(I386_MKDIR, buf + 12, 0755, 0);
	printf("mkdir %s\n", fd >= 0 ? "ok" : strerrorname_np((int)-fd));
	fd = call32(9999, 1, 2, 3);
	printf("9999 %s\n", fd >= 0 ? "ok" : strerrorname_np((int)-fd));
	fflush(stdout);
	strcpy(low, "written by int80\n");
	fd = call32(I386_WRITE, 1, buf, strlen(low));
	printf("write %ld\n", fd);
	printf("64-bit getpid %s\n", syscall(SYS_getpid) == getpid() ?
	       "right" : "wrong");
	return raw_status(0);
}
