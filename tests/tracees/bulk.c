/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * bulk COUNT
 *
 * 32 MB of noise, which stand COUNT times behind each other from `big` on: a lot
 * of memory that takes little.  Then it calls getppid, and ends with 7.
 */
#include "tracee.h"

#include <sys/mman.h>

enum { PIECE = 32 << 20 };

unsigned char *big;
size_t big_size;
static int fd;

static void fill(void)
{
	uint64_t *at, seed = 1;

	fd = memfd_create("bulk", 0);
	MUST(fd >= 0 && ftruncate(fd, PIECE) == 0);
	at = mmap(NULL, PIECE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	MUST(at != MAP_FAILED);
	for (size_t i = 0; i < PIECE / sizeof(*at); i++)
		at[i] = random_next(&seed);
	MUST(munmap(at, PIECE) == 0);
}

static void map(size_t count)
{
	big_size = count * PIECE;
	big = mmap(NULL, big_size, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS |
	           MAP_NORESERVE, -1, 0);
	MUST(big != MAP_FAILED);
	for (size_t i = 0; i < count; i++)
		MUST(mmap(big + i * PIECE, PIECE, PROT_READ, MAP_SHARED |
		          MAP_FIXED, fd, 0) != MAP_FAILED);
}

int main(int argc, char **argv)
{
	fill();
	map(argc > 1 ? (size_t)atol(argv[1]) : 1);
	getppid();
	return 7;
}
