/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * oddstructs WHAT SEED: calls that fail, with structs of all lengths.
 *
 * grown: structs that are longer or shorter than any kernel's.
 * addresses: sockets' addresses of all families.
 */
#define _GNU_SOURCE
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { PAGE = 4096, ROOM = 2 * PAGE };

static void clone_of(void *data, size_t size)
{
	/* A signal that there isn't: no child is made. */
	((uint8_t *)data)[32] = 0xff;
	syscall(SYS_clone3, data, size);
}

static void open_of(void *data, size_t size)
{
	syscall(SYS_openat2, -1, "x", data, size);
}

static void mount_of(void *data, size_t size)
{
	syscall(SYS_mount_setattr, -1, "x", 0, data, size);
}

static void sched_of(void *data, size_t size)
{
	uint32_t said = (uint32_t)size;

	memcpy(data, &said, sizeof(said));
	syscall(SYS_sched_setattr, 0, data, 77);
}

/* DATA has ROOM bytes, and nothing behind them. */
static void grown(uint8_t *data)
{
	static const struct {
		void (*call)(void *data, size_t size);
		size_t known;
	} calls[] = {
		{ clone_of, 88 }, { open_of, 24 }, { mount_of, 32 },
		{ sched_of, 56 },
	};
	static const size_t more[] = { 0, 1, 8, 40, PAGE, PAGE + 1000 };

	for (size_t i = 0; i < 4 * 6; i++) {
		size_t known = calls[i / 6].known, extra = more[i % 6];

		memset(data, 0, ROOM);
		calls[i / 6].call(data, known + extra);
		data[known + extra / 2] = 0xab;
		calls[i / 6].call(data, known + extra);
		memset(data, 0, ROOM);
		calls[i / 6].call(data + ROOM - known, known + extra);
	}
	for (size_t size = 1; size < 56; size += 5) {
		memset(data, 0, ROOM);
		open_of(data, size);
		mount_of(data, size);
		sched_of(data, size);
	}
}

static void fill(uint8_t *data, size_t len, int kind)
{
	for (size_t i = 0; i < len; i++)
		data[i] = (uint8_t)(kind == 0 ? 0 : kind == 1 ? 255 :
				    kind == 2 ? i % 7 : rand());
}

static void addresses(uint8_t *data)
{
	for (int i = 0; i < 47 * 5; i++)
		for (socklen_t len = 2; len < 130; len += len < 40 ? 1 : 29) {
			fill(data, 128, i % 5);
			data[0] = (uint8_t)(i / 5);
			data[1] = 0;
			connect(-1, (void *)data, len);
		}
}

int main(int argc, char **argv)
{
	uint8_t *data = mmap(NULL, ROOM + PAGE, PROT_READ | PROT_WRITE,
			     MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (argc < 3 || data == MAP_FAILED)
		return 2;
	munmap(data + ROOM, PAGE);
	srand((unsigned)atoi(argv[2]));
	if (!strcmp(argv[1], "grown"))
		grown(data);
	else
		addresses(data);
	return 0;
}
