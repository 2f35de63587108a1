/* SPDX-License-Identifier: GPL-3.0-or-later */
/* builds: 64 */
/*
 * named: hostile names wherever a debugger may find some (hostile.c has those
 * in arguments of calls, one after the other): of a thread, a memfd, a file
 * that is gone, sockets, a network interface, an attribute, the source, a
 * function and a variable.  BROKEN stands at the beginning of a line only where
 * somebody has let a new line through.  Ends by SIGTRAP, all of them there.
 */
#include "tracee.h"

#include <fcntl.h>
#include <net/if.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/xattr.h>

#define EVIL "e\033]0;x\007\nBROKEN\r\xff\xc2\x9b" "2J\xe2\x80\xae\xe2\x80\xa8"
#define SHORT "e\033[2J\nBROKEN"
#define SYMBOL "\"evil_function_BROKEN\033[32m\xff\""

struct evil {
	char text[48];
	const char *pointer;
};
struct evil evil_data = { EVIL, EVIL };
int evil_variable = 42;
int evil_function(int arg) __asm__(SYMBOL);

static void make_files(void)
{
	int fd = memfd_create(EVIL, 0);
	int gone = open(EVIL, O_RDWR | O_CREAT, 0600);

	MUST(fd >= 0 && gone >= 0 && ftruncate(fd, 4096) == 0);
	MUST(mmap(NULL, 4096, PROT_READ, MAP_SHARED, fd, 0) != MAP_FAILED);
	MUST(unlink(EVIL) == 0);
	setxattr(".", "user." EVIL, EVIL, 5, 0);
}

static void make_sockets(void)
{
	struct sockaddr_un a = { .sun_family = AF_UNIX, .sun_path = "\0" EVIL };
	struct ifreq r = { .ifr_name = SHORT };
	int s = socket(AF_UNIX, SOCK_STREAM, 0);
	int udp = socket(AF_INET, SOCK_DGRAM, 0);

	MUST(bind(s, (struct sockaddr *)&a, sizeof(a)) == 0);
	MUST(listen(s, 1) == 0);
	ioctl(udp, SIOCGIFINDEX, &r);
	setsockopt(udp, SOL_SOCKET, SO_BINDTODEVICE, SHORT, sizeof(SHORT));
}

#line 1 "named\nBROKEN\033[31m.c"
int evil_function(int arg)
{
	__asm__ volatile("int3");
	return arg + evil_variable;
}

int main(void)
{
	char *argv[] = { EVIL, NULL };

	make_files();
	make_sockets();
	MUST(prctl(PR_SET_NAME, SHORT) == 0);
	execve(EVIL, argv, argv);
	return evil_function(1) & 0;
}
