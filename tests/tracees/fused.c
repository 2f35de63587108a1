/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Serves a file system of its own (linux/fuse.h) with one file in it, whose
 * pages hold their number, maps that file, reads its first page, and stops: who
 * reads another page waits for a server that stands.  The mount is detached
 * before, so that nothing is left behind.  Says "no fuse" where it may not mount.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/fuse.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

enum { PAGE = 4096, PAGES = 16, BUFFER = 1 << 20 };

char *served;
static int device;

static void answer(uint64_t unique, int error, const void *data, size_t len)
{
	struct fuse_out_header head = {
		.len = (uint32_t)(sizeof(head) + len),
		.error = error, .unique = unique,
	};
	struct iovec parts[] = {
		{ &head, sizeof(head) }, { (void *)(uintptr_t)data, len },
	};

	if (writev(device, parts, 2) < 0 && errno != ENOENT)
		perror("writev");
}

static struct fuse_attr attributes(uint64_t node)
{
	return (struct fuse_attr){
		.ino = node, .nlink = 1,
		.mode = node == 1 ? S_IFDIR | 0755 : S_IFREG | 0644,
		.size = node == 1 ? 0 : PAGES * PAGE, .blksize = PAGE,
	};
}

static void send_pages(const struct fuse_in_header *in,
                       const struct fuse_read_in *read)
{
	size_t len = read->offset >= PAGES * PAGE ? 0
	             : read->offset + read->size > PAGES * PAGE
	             ? PAGES * PAGE - (size_t)read->offset : read->size;
	char *data = calloc(1, len + 1);

	for (size_t i = 0; i < len; i++)
		data[i] = (char)('A' + (read->offset + i) / PAGE);
	answer(in->unique, 0, data, len);
	free(data);
}

static void serve_one(const struct fuse_in_header *in)
{
	const void *arg = in + 1;
	struct fuse_init_out init = {
		.major = FUSE_KERNEL_VERSION, .minor = 31,
		.max_write = PAGE, .max_readahead = 0,
	};
	struct fuse_entry_out entry = {
		.nodeid = 2, .attr = attributes(2), .attr_valid = 100,
		.entry_valid = 100,
	};
	struct fuse_attr_out attr = {
		.attr_valid = 100, .attr = attributes(in->nodeid),
	};
	struct fuse_open_out open = { .fh = 1, .open_flags = FOPEN_KEEP_CACHE };

	switch (in->opcode) {
	case FUSE_INIT:
		answer(in->unique, 0, &init, sizeof(init));
		break;
	case FUSE_LOOKUP:
		answer(in->unique, 0, &entry, sizeof(entry));
		break;
	case FUSE_GETATTR:
		answer(in->unique, 0, &attr, sizeof(attr));
		break;
	case FUSE_OPEN:
		answer(in->unique, 0, &open, sizeof(open));
		break;
	case FUSE_READ:
		send_pages(in, arg);
		break;
	case FUSE_FORGET:
	case FUSE_BATCH_FORGET:
	case FUSE_INTERRUPT:
		break;
	default:
		answer(in->unique, -ENOSYS, NULL, 0);
	}
}

static void *serve(void *arg)
{
	char *buffer = malloc(BUFFER);

	(void)arg;
	while (read(device, buffer, BUFFER) > 0)
		serve_one((const struct fuse_in_header *)buffer);
	return NULL;
}

static int mount_here(const char *where)
{
	char options[100];

	device = open("/dev/fuse", O_RDWR | O_CLOEXEC);
	if (device < 0)
		return 0;
	if (geteuid() != 0 && unshare(CLONE_NEWUSER | CLONE_NEWNS) != 0)
		return 0;
	snprintf(options, sizeof(options),
	         "fd=%d,rootmode=40000,user_id=%d,group_id=%d", device,
	         (int)geteuid(), (int)getegid());
	return mount("fused", where, "fuse", MS_NOSUID | MS_NODEV, options) ==
	       0;
}

int main(void)
{
	char where[] = "/tmp/fused-XXXXXX", path[64];
	pthread_t server;
	int fd;

	if (!mkdtemp(where))
		return 1;
	if (!mount_here(where)) {
		rmdir(where);
		puts("no fuse");
		return 0;
	}
	pthread_create(&server, NULL, serve, NULL);
	snprintf(path, sizeof(path), "%s/file", where);
	fd = open(path, O_RDONLY);
	umount2(where, MNT_DETACH);
	rmdir(where);
	served = mmap(NULL, PAGES * PAGE, PROT_READ, MAP_PRIVATE, fd, 0);
	if (fd < 0 || served == MAP_FAILED || served[0] != 'A')
		return 1;
	close(fd);
	raise(SIGSTOP);
	printf("the last page: %c\n", served[(PAGES - 1) * PAGE]);
	return 0;
}
