/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * oddstructs WHAT: calls that fail, with arguments of all kinds.
 *
 * grown: structs that are longer or shorter than any kernel's.
 * options: sockets' options of all levels, without a value.
 * addresses: sockets' addresses of all families but those that docs/strace.md
 * names.
 */
#include <stdint.h>
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

static void options(void)
{
	for (int level = 0; level < 284; level++)
		for (int name = 0; name < 135; name++) {
			/* Those that have options, and some that have none. */
			if (level > 43 && level < 250 && level != 132 &&
			    level != 101)
				break;
			setsockopt(-1, level, name, NULL, 0);
			if (!level || level == 41)
				getsockopt(-1, level, name, NULL, NULL);
		}
}

/* AX25, PACKET, RXRPC, IEEE802154, NFC */
static int is_left_out(unsigned family)
{
	return family == 3 || family == 17 || family == 33 || family == 36 ||
	       family == 39;
}

static void addresses(uint8_t *data)
{
	for (unsigned i = 0; i < 47 * 3; i++)
		for (socklen_t len = 2; len < 130 && !is_left_out(i / 3);
		     len += len < 40 ? 1 : 29) {
			for (unsigned at = 0; at < 128; at++)
				data[at] = (uint8_t)(i % 3 == 2 ? at % 7 :
						     i % 3 ? 0xff : 0);
			data[0] = (uint8_t)(i / 3);
			data[1] = 0;
			connect(-1, (void *)data, len);
		}
}

int main(int argc, char **argv)
{
	uint8_t *data = mmap(NULL, ROOM + PAGE, PROT_READ | PROT_WRITE,
			     MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (argc < 2 || data == MAP_FAILED)
		return 2;
	munmap(data + ROOM, PAGE);
	if (!strcmp(argv[1], "grown"))
		grown(data);
	else if (!strcmp(argv[1], "options"))
		options();
	else
		addresses(data);
	return 0;
}
