/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * netlink SEED COUNT: sends COUNT messages of each kind to netlink sockets: good
 * ones, and such with lengths, types and contents that are none.  A filter
 * answers for the kernel, so that nothing is changed.
 */
#include <linux/filter.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <linux/seccomp.h>
#include <linux/sock_diag.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { ROOM = 400, PAGE = 4096 };

static uint32_t seed;

static uint32_t random_number(void)
{
	seed = seed * 1664525 + 1013904223;
	return seed >> 8;
}

/* sendto succeeds without being made. */
static void answer(void)
{
	struct sock_filter code[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
		         offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_sendto, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | 0),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	struct sock_fprog program = { sizeof(code) / sizeof(code[0]), code };

	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) ||
	    prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program)) {
		perror("seccomp");
		exit(1);
	}
}

static void put16(unsigned char *at, unsigned value)
{
	at[0] = (unsigned char)value;
	at[1] = (unsigned char)(value >> 8);
}

/* Attributes from AT on, mostly of the length that they say. */
static void fill_attrs(unsigned char *data, size_t at, size_t end)
{
	while (at + 4 <= end) {
		unsigned len = 4 + random_number() % 36;
		unsigned type;

		if (random_number() % 16 == 0)
			len = random_number() % 8;
		/* strace never ends at some next hops of a route. */
		type = random_number() % 66;
		if (type == RTA_MULTIPATH)
			type = 0;
		put16(data + at, len);
		put16(data + at + 2, type |
		      (random_number() % 12 ? 0 : 0x8000));
		if (len < 4)
			return;
		at += (len + 3) / 4 * 4;
	}
}

/* One message; returns how long it is. */
static size_t fill(unsigned char *data, unsigned type, unsigned header)
{
	size_t len = 16 + random_number() % (ROOM / 2);
	uint32_t said = (uint32_t)len;

	for (size_t i = 0; i < ROOM; i++)
		data[i] = (unsigned char)(random_number() % 3
		                          ? 0 : random_number());
	fill_attrs(data, 16 + header, len);
	if (random_number() % 8 == 0)
		said = random_number();
	memcpy(data, &said, sizeof(said));
	put16(data + 4, type);
	put16(data + 6, random_number() % 4 ? 0x301 : random_number());
	data[16] = (unsigned char)(random_number() % 4 ? 2 : random_number());
	return len;
}

/* A socket that has an address: only such are told of by sock_diag. */
static int bound_socket(int protocol)
{
	struct sockaddr_nl own = { .nl_family = AF_NETLINK };
	int fd = socket(AF_NETLINK, SOCK_RAW, protocol);

	return fd >= 0 && bind(fd, (struct sockaddr *)&own, sizeof(own)) == 0
	       ? fd : -1;
}

int main(int argc, char **argv)
{
	static const unsigned char headers[] = { 16, 8, 12, 12, 12, 20 };
	unsigned char *page = mmap((void *)0x20000000, PAGE,
	                           PROT_READ | PROT_WRITE, MAP_PRIVATE |
	                           MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0);
	int route = bound_socket(NETLINK_ROUTE);
	int diag = bound_socket(NETLINK_SOCK_DIAG);
	unsigned char *data = page + PAGE - ROOM;
	int count;

	if (argc < 3 || page == MAP_FAILED || route < 0 || diag < 0) {
		perror("netlink");
		return 1;
	}
	seed = (uint32_t)atoi(argv[1]);
	count = atoi(argv[2]);
	answer();
	for (int i = 0; i < count; i++) {
		for (unsigned type = 0; type < 48; type++) {
			unsigned kind = type < 16 ? 0 : (type - 16) / 4 % 6;
			size_t len = fill(data, type, headers[kind]);

			sendto(route, data, len, 0, NULL, 0);
		}
		for (unsigned type = 18; type < 22; type++) {
			size_t len = fill(data, type, 56);

			sendto(diag, data, len, 0, NULL, 0);
		}
		sendto(route, data + ROOM - 20, 100, 0, NULL, 0);
		sendto(route, NULL, 100, 0, NULL, 0);
		sendto(route, data, (size_t)i, 0, NULL, 0);
	}
	return 0;
}
