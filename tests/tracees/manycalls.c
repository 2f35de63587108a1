/* SPDX-License-Identifier: GPL-3.0-or-later */
/* builds: 64 32 */
/*
 * manycalls DIR
 *
 * Calls on files, descriptors and memory, of which manycalls.h says what they
 * are for. DIR is where it works; it expects it to be empty.
 */
#include "manycalls.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <sys/ioctl.h>
#include <sys/select.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <sys/xattr.h>

#ifdef __i386__
#define SYS_fstatx SYS_fstat64
#define SYS_statat SYS_fstatat64
#define SYS_mmapx SYS_mmap2
#else
#define SYS_fstatx SYS_fstat
#define SYS_statat SYS_newfstatat
#define SYS_mmapx SYS_mmap
#endif

static void files_opened(void)
{
	struct { uint64_t flags, mode, resolve; } how = {
		O_RDWR | O_CREAT, 0640, 0x4 | 0x8,
	};

	S(open, "f", O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);	/* 3 */
	S(open, "f", O_WRONLY | O_APPEND | O_SYNC);			/* 4 */
	S(open, "f", O_RDONLY | O_NONBLOCK | O_NOFOLLOW | 0x40000000);
	S(close, 5);
	S(open, "none", O_ACCMODE);
	S(open, "none", O_RDWR | O_DSYNC | O_DIRECT | O_NOATIME);
	S(open, ".", O_RDWR | O_TMPFILE, 0600);				/* 5 */
	S(open, NULL, O_RDONLY);
	S(open, BAD, O_RDONLY | O_PATH);
	S(open, no_nul, O_RDONLY);
	S(open, text, O_RDONLY);
	S(open, "\1\t\33[1m\303\244\377\"\\", O_RDONLY);
	S(openat, AT_FDCWD, "d", O_RDONLY | O_DIRECTORY);
	S(openat, 3, "x", O_WRONLY | O_CREAT | O_EXCL, 04777);
	S(openat, -5, "x", O_RDONLY);
	S(openat, 1000, ".", O_RDONLY | O_LARGEFILE);
	S(openat2, AT_FDCWD, "g", &how, sizeof(how));			/* 6 */
	S(openat2, AT_FDCWD, "g", &how, 3L);
	S(openat2, AT_FDCWD, "g", NULL, sizeof(how));
	S(openat2, AT_FDCWD, "g", BAD, sizeof(how));
	how.flags = O_PATH | 1ULL << 40, how.mode = 0, how.resolve = 0x80;
	S(openat2, -1, "g", &how, sizeof(how));
	S(creat, "c", 0600);						/* 7 */
	S(creat, "", 07777);
	S(memfd_create, "mem\n", 3);					/* 8 */
	S(memfd_create, NULL, 0x80000000);
	S(pipe, data + 1024);						/* 9 10 */
	S(pipe2, data + 1032, O_CLOEXEC | O_NONBLOCK);			/* 11 12 */
	S(pipe2, BAD, O_CLOEXEC);
	S(pipe2, data, 1);
	S(dup, 3);							/* 13 */
	S(dup, 999);
	S(dup2, 3, 14);
	S(dup2, 14, 15);
	S(dup3, 3, 16, O_CLOEXEC);
	S(dup3, 3, 3, 8);
	S(close, 15);
	S(close, 15);
	S(close_range, 15, 16, 0);
	S(close_range, 900, 800, 6);
	S(close_range, 900, ~0U, 0x84);
}

static void files_named(void)
{
	S(mkdir, "d", 0755);
	S(mkdir, NULL, 01777);
	S(mkdirat, AT_FDCWD, "d/e", 0700);
	S(mkdirat, 3, "d", 0);
	S(rmdir, "none");
	S(link, "f", "d/link");
	S(linkat, AT_FDCWD, "f", AT_FDCWD, "d/link2", AT_SYMLINK_FOLLOW);
	S(linkat, 3, "", -1, BAD, AT_EMPTY_PATH | 1);
	S(symlink, "target\33", "s");
	S(symlinkat, text, AT_FDCWD, "s2");
	S(readlink, "s", data + 2048, 100L);
	S(readlink, "s", data + 2048, 3L);
	S(readlink, "f", data + 2048, 100L);
	S(readlinkat, AT_FDCWD, "s", data + 2048, 100L);
	S(readlinkat, AT_FDCWD, "s", NULL, 0L);
	S(rename, "c", "d/c");
	S(renameat, AT_FDCWD, "d/c", AT_FDCWD, "c");
	S(renameat2, AT_FDCWD, "c", AT_FDCWD, "f", 3);
	S(renameat2, AT_FDCWD, "c", AT_FDCWD, "f", 0x12);
	S(unlink, "none");
	S(unlinkat, AT_FDCWD, "d/link2", 0);
	S(unlinkat, AT_FDCWD, "d/e", AT_REMOVEDIR);
	S(unlinkat, AT_FDCWD, "d", 0x1200);
	S(mknod, "fifo", S_IFIFO | 0600, 0);
	S(mknod, "none/x", S_IFCHR | 0600, 0x103L);
	S(mknod, "none/x", 0170000 | 0600, 0L);
	S(mknodat, AT_FDCWD, "sock", S_IFSOCK | 0600, 0L);
	S(mknodat, 999, "b", S_IFBLK | 02640, 0x12345678L);
	S(chdir, "d");
	S(fchdir, 3);
	S(chdir, "..");
	S(getcwd, data + 2048, 3L);
	S(getcwd, NULL, 4096L);
	S(chroot, "none/none");
	S(open, "d", O_RDONLY | O_DIRECTORY);				/* 15 */
	S(getdents64, 15, data + 4096, 4096L);
	S(getdents64, 15, data + 4096, 4096L);
	S(getdents64, 3, data + 4096, 4096L);
	S(lseek, 15, 0L, SEEK_SET);
	S(getdents, 15, data + 4096, 4096L);
	S(getdents, 15, BAD, 1L);
	S(close, 15);
}

static void files_told(void)
{
	S(stat, "f", data + 4096);
	S(stat, "none", data + 4096);
	S(stat, "f", BAD);
	S(lstat, "s", data + 4096);
	S(fstatx, 3, data + 4096);
	S(fstatx, 9, data + 4096);
	S(fstatx, 3, NULL);
	S(statat, AT_FDCWD, "fifo", data + 4096, AT_SYMLINK_NOFOLLOW);
	S(statat, 3, "", data + 4096, AT_EMPTY_PATH | AT_NO_AUTOMOUNT);
	S(statat, AT_FDCWD, "/dev/null", data + 4096, 0);
	S(statat, AT_FDCWD, "f", data + 4096, 0x80000000);
	S(statx, AT_FDCWD, "f", AT_STATX_DONT_SYNC, 0x7ff,
	  data + 4096);
	S(statx, 3, "", AT_EMPTY_PATH, 0xfff, data + 4096);
	S(statx, 3, "", 0x6000 | AT_SYMLINK_NOFOLLOW, 0x80000007, NULL);
	S(access, "f", R_OK | W_OK);
	S(access, "f", 0xf8);
	S(access, "none", F_OK);
	S(faccessat, AT_FDCWD, "f", X_OK);
	S(faccessat2, AT_FDCWD, "f", R_OK, AT_EACCESS | AT_SYMLINK_NOFOLLOW);
	S(faccessat2, AT_FDCWD, "f", 9, 1);
	S(chmod, "f", 0640);
	S(chmod, "none", 0177777);
	S(fchmod, 3, 04711);
	S(fchmodat, AT_FDCWD, "f", 0600);
	S(chown, "f", -1, -1);
	S(lchown, "none", 0, 65534);
	S(fchown, 3, -1, -1);
	S(fchownat, AT_FDCWD, "f", -1, -1, AT_SYMLINK_NOFOLLOW);
	S(fchownat, AT_FDCWD, "none", 1000, 70000, 0x7);
	S(umask, 077);
	S(umask, 022);
	S(truncate, "f", 4096L);
	S(truncate, "none", -1L);
	S(ftruncate, 3, 10000L);
	S(fallocate, 3, 1, OFF(5000000000), OFF(5));
	S(fallocate, 9, 0x8003, OFF(-1), OFF(5));
	S(fsync, 3);
	S(fdatasync, 9);
	S(syncfs, -1);
	S(flock, 3, 2 | 4);
	S(flock, 3, 8);
	S(flock, 3, 0x63);
	S(statfs, ".", NULL);
	S(statfs, "none", data);
	S(fstatfs, 9, data + 4096);
	S(ustat, 0x9999L, data + 4096);
	S(name_to_handle_at, AT_FDCWD, "f", BAD, data, 0x1000);
	S(open_by_handle_at, -1, BAD, O_RDONLY);
	S(swapon, "none", 0x18005);
	S(swapoff, "none");
	S(acct, "none/none");
	S(quotactl, 0x80000700 | 1, "none", 0, data);
	S(mount, "none", "none/none", "ext4", 0x21, "data");
	S(mount, NULL, "none/none", NULL, 0x5000, NULL);
	S(umount2, "none/none", 3);
	S(umount2, "none/none", 0x84);
	S(pivot_root, "none/none", "none/old");
}

static void files_read(void)
{
	struct iovec v[3] = {
		{ data + 256, 24 }, { NULL, 0 }, { text, 100 },
	};
	struct iovec w[3] = {
		{ data + 1024, 5 }, { data + 1100, 50 }, { data + 2048, 500 },
	};
	struct iovec bad[2] = { { BAD, 10 }, { data, (size_t)-1 } };
	int64_t off = 3, off2 = 1LL << 40;

	S(write, 3, data, 100L);
	S(write, 3, text, 32L);
	S(write, 3, text, 33L);
	S(write, 3, data + 256, 24L);
	S(write, 3, "", 0L);
	S(write, 3, NULL, 5L);
	S(write, 3, no_nul, 200L);
	S(write, -1, text, 0x7fffffffL);
	S(write, 10, "some\tdata", 9L);
	S(lseek, 3, 0L, SEEK_SET);
	S(lseek, 3, -1L, SEEK_END);
	S(lseek, 3, 0L, 3);
	S(lseek, 3, 0L, 77);
	S(read, 3, data + 1024, 4L);
	S(read, 9, data + 1024, 100L);
	S(read, 11, data + 1024, 100L);
	S(read, 3, BAD, 100L);
	S(read, 999, data, 100L);
	S(pread64, 3, data + 1024, 8L, OFF(2));
	S(pread64, 3, data + 1024, 8L, OFF(-1));
	S(pwrite64, 3, data + 256, 20L, OFF(5000000000));
	S(writev, 3, v, 3L);
	S(writev, 3, NULL, 3L);
	S(writev, 3, BAD, 3L);
	S(writev, 3, bad, 2L);
	S(writev, 3, at_end(v, sizeof(v)), 1025L);
	S(writev, 3, at_end(v, sizeof(v)), -1L);
	S(writev, 3, v, 0L);
	S(lseek, 3, 0L, SEEK_SET);
	S(readv, 3, w, 3L);
	S(readv, 999, w, 3L);
	S(preadv, 3, w, 2L, 4L, 0L);
	S(pwritev, 3, v, 1L, 3L, 0L);
	S(preadv2, 3, w, 2L, 0L, 0L, 8);
	S(pwritev2, 3, v, 1L, -1L, -1L, 0x1012);
	S(vmsplice, 12, v, 1L, SPLICE_F_NONBLOCK);
	S(tee, 11, 10, 10L, 0x83);
	S(splice, 11, NULL, 10, NULL, 5L, SPLICE_F_MOVE);
	S(splice, 3, &off, 12, NULL, 5L, 0);
	S(splice, -1, BAD, -2, &off2, 1L << 30, 0xf0);
	S(sendfile, 12, 3, NULL, 10L);
	S(sendfile, 12, 3, &off2, 3L);
	S(copy_file_range, 3, &off, 6, &off2, 4L, 0);
	S(copy_file_range, 3, NULL, -1, NULL, 4L, 1);
	S(readahead, 3, OFF(0), 100L);
	S(sync_file_range, 3, OFF(0), OFF(4096), 2);
	S(sync_file_range, -1, OFF(0), OFF(4096), 0xf);
	S(fadvise64, 3, OFF(0), 100L, 2);
	S(fadvise64, 3, OFF(1), 100L, 99);
}

static void attributes(void)
{
	S(setxattr, "f", "user.scdb", "a\0b", 3L, 0);
	S(setxattr, "f", "user.scdb", text, 5000L, XATTR_REPLACE | 4);
	S(lsetxattr, "none", "user.x", NULL, 0L, XATTR_CREATE);
	S(fsetxattr, 999, text, BAD, 3L, 0);
	S(getxattr, "f", "user.scdb", data + 4096, 100L);
	S(getxattr, "f", "user.none", data + 4096, 0L);
	S(lgetxattr, "none", "user.scdb", NULL, 0L);
	S(fgetxattr, 3, "user.scdb", NULL, 0L);
	S(listxattr, "none", data + 4096, 1000L);
	S(llistxattr, "f", data + 4096, 0L);
	S(flistxattr, 999, data + 4096, 1000L);
	S(removexattr, "f", "user.scdb");
	S(lremovexattr, "none", "user.scdb");
	S(fremovexattr, 999, BAD);
}

static void controls(void)
{
	struct flock lock = { .l_type = F_RDLCK, .l_whence = SEEK_SET,
			      .l_start = 3, .l_len = 5 };
	struct flock64 lock64 = { .l_type = 77, .l_whence = SEEK_END,
				  .l_len = 1LL << 40 };
	struct { int type, pid; } owner = { 1, 1 };
	int one = 1;

	S(fcntl, 3, F_GETFD);
	S(fcntl, 3, F_SETFD, FD_CLOEXEC);
	S(fcntl, 3, F_SETFD, 6);
	S(fcntl, 3, F_GETFL);
	S(fcntl, 3, F_SETFL, O_APPEND | O_NONBLOCK);
	S(fcntl, 3, F_DUPFD, 20);					/* 20 */
	S(fcntl, 3, F_DUPFD_CLOEXEC, 30);				/* 30 */
	S(fcntl, 999, F_GETFD);
	S(fcntl, 3, F_SETLK, &lock);
	S(fcntl, 3, F_GETLK, &lock);
	S(fcntl, 3, F_SETLK, BAD);
	S(fcntl, 3, F_SETOWN, 0);
	S(fcntl, 3, F_GETOWN);
	S(fcntl, 3, 15, &owner);
	S(fcntl, 3, 16, &owner);
	S(fcntl, 3, F_SETSIG, SIGUSR1);
	S(fcntl, 3, F_GETSIG);
	S(fcntl, 3, F_SETLEASE, F_UNLCK);
	S(fcntl, 3, F_GETLEASE);
	S(fcntl, 3, F_NOTIFY, 0x80000003);
	S(fcntl, 9, F_SETPIPE_SZ, 4096);
	S(fcntl, 9, F_GETPIPE_SZ);
	S(fcntl, 8, 1033, 0x5);
	S(fcntl, 8, 1034);
	S(fcntl, 3, 0x1234, 5);
#ifdef __i386__
	S(fcntl64, 3, F_SETLK64, &lock64);
	S(fcntl64, 3, F_GETLK64, &lock64);
	S(fcntl64, 3, F_GETFL);
#else
	S(fcntl, 3, 36, &lock64);
	S(fcntl, 3, 37, NULL);
#endif
	S(ioctl, 9, FIONREAD, data + 4096);
	S(ioctl, 9, FIONREAD, BAD);
	S(ioctl, 9, FIONBIO, &one);
	S(ioctl, 3, FIOCLEX);
	S(ioctl, 3, FIONCLEX);
	S(ioctl, 3, TCGETS, data);
	S(ioctl, 0, TIOCGWINSZ, data);
	S(ioctl, 3, TIOCSWINSZ, data);
	S(ioctl, 3, TIOCGPGRP, data);
	S(ioctl, -1, 0x12345678, 0x9abcdef0L);
	S(ioctl, -1, 0xc0185578, data);
}

static void memory(void)
{
	char *m = mmap(NULL, 8 * 4096, PROT_READ | PROT_WRITE,
		       MAP_SHARED | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
	void *pages[2] = { page, BAD };
	int nodes[2] = { 0, 5 };
	long mask[16] = { 1 };
	struct iovec local = { data + 1024, 10 }, remote = { data, 10 };

	MUST(m != MAP_FAILED);
	S(mmapx, NULL, 0L, 0, MAP_PRIVATE, -1, 0L);
	S(mmapx, page, 4096L, 0xf00, MAP_PRIVATE | MAP_FIXED_NOREPLACE, 3, 0L);
	S(mmapx, BAD, 4096L, PROT_READ, 0x2a | 21 << 26 | 0x40000, -1, 1L);
	S(mmapx, NULL, -1L, PROT_EXEC | PROT_GROWSDOWN, 0x80, 999, -4096L);
	S(mprotect, m, 4096L, PROT_READ);
	S(mprotect, BAD, 1L, PROT_NONE);
	S(mprotect, m, 4096L, 0x1000007);
	S(madvise, m, 4096L, MADV_DONTNEED);
	S(madvise, m, 4096L, 14);
	S(madvise, m, 4096L, 12345);
	S(mincore, m, 4096L * 2, data + 1024);
	S(mincore, BAD, 1L, data);
	S(mlock, m, 100L);
	S(mlock2, m, 4096L, 1);
	S(mlock2, m, 4096L, 6);
	S(munlock, m, 4096L * 8);
	S(mlockall, 0x18);
	S(munlockall);
	S(msync, m, 4096L, MS_ASYNC | MS_INVALIDATE);
	S(msync, m, 4096L, 0x15);
	S(mremap, m, 4096L * 8, 4096L * 4, 0);
	S(mremap, BAD, 4096L, 0L, 3, m);
	S(mremap, BAD, 4096L, 0L, 9, m);
	S(remap_file_pages, BAD, 4096L, 1, 0L, 0x8000);
	S(munmap, m, 4096L * 4);
	S(munmap, BAD, -1L);
	S(brk, BAD);
	S(pkey_free, 77);
	S(pkey_mprotect, BAD, 4096L, PROT_READ, 77);
	S(pkey_alloc, 1, 7L);
	S(membarrier, 0, 0, 0);
	S(membarrier, 0x1002, 3, 0);
	S(process_vm_readv, getpid(), &local, 1L, &remote, 1L, 0L);
	S(process_vm_writev, -1, &local, 1L, &remote, 1L, 1L);
	S(process_madvise, -1, &local, 1L, MADV_COLD, 0);
	S(mbind, BAD, 4096L, 0x8002, mask, 64L, 0x17);
	S(mbind, BAD, 4096L, 99, NULL, 0L, 0);
	S(get_mempolicy, data + 4096, NULL, 0L, NULL, 0);
	S(get_mempolicy, NULL, BAD, 64L, m, 0x17);
	S(set_mempolicy, 77, at_end(mask, sizeof(mask)), 1000000000L);
	S(migrate_pages, -1, 64L, mask, mask);
	S(move_pages, 0, 2L, pages, nodes, data + 1024, 0x80);
	S(move_pages, -1, 1L << 30, at_end(pages, sizeof(pages)), NULL,
	  data + 1024, 2);
	S(set_mempolicy_home_node, BAD, 4096L, 1L, 1L);
	S(userfaultfd, 0x70000000);
	S(memfd_secret, 0x7000);
}

static void waiting(void)
{
	struct pollfd p[3] = {
		{ 9, POLLIN | POLLOUT, 0 }, { 999, 0x4007, 0 }, { -1, 1, 0 },
	};
	struct epoll_event event = { EPOLLIN | EPOLLET | 1 << 28,
				     { .u64 = 0x123456789abcdefULL } };
	struct { long sec, nsec; } ts = { 0, 1000 };
	struct { int64_t sec, nsec; } ts64 = { 0, 0 };
	struct timeval tv = { 0, 5 };
	sigset_t set;
	struct { const void *mask; long size; } sigmask = { &set, 8 };
	fd_set r, w;

	sigemptyset(&set);
	sigaddset(&set, SIGUSR1);
	sigaddset(&set, 34);
	S(poll, p, 3, 0);
	S(poll, p, 1, -1);
	S(poll, NULL, 0, 0);
	S(poll, BAD, 2, 7);
	S(poll, at_end(p, sizeof(p)), 0x40000000, 0);
	S(ppoll, p, 3, &ts, &set, 8L);
	ts.nsec = 0; /* what was left differs */
	S(ppoll, p, 0, &ts, NULL, 0L);
	S(ppoll, p, 3, BAD, &set, 3L);
	FD_ZERO(&r);
	FD_ZERO(&w);
	FD_SET(9, &r);
	FD_SET(3, &r);
	FD_SET(10, &w);
#ifdef __i386__
	S(_newselect, 12, &r, &w, NULL, &tv);
	S(_newselect, -1, &r, NULL, BAD, &tv);
#else
	S(select, 12, &r, &w, NULL, &tv);
	S(select, -1, &r, NULL, BAD, &tv);
#endif
	FD_SET(12, &w);
	S(pselect6, 13, NULL, &w, NULL, &ts, &sigmask);
	S(pselect6, 0, NULL, NULL, NULL, &ts, NULL);
	S(pselect6, 5, &r, NULL, NULL, NULL, BAD);
	S(epoll_create, 1);						/* 15 */
	S(epoll_create1, EPOLL_CLOEXEC);				/* 16 */
	S(epoll_create1, 3);
	S(epoll_ctl, 15, EPOLL_CTL_ADD, 9, &event);
	event.events = EPOLLOUT | EPOLLONESHOT;
	S(epoll_ctl, 15, EPOLL_CTL_ADD, 12, &event);
	S(epoll_ctl, 15, EPOLL_CTL_MOD, 3, BAD);
	S(epoll_ctl, 15, EPOLL_CTL_DEL, 999, NULL);
	S(epoll_ctl, 15, 77, 9, &event);
	S(epoll_wait, 15, data + 1024, 10, 0);
	S(epoll_wait, 15, data + 1024, -1, 0);
	S(epoll_pwait, 15, data + 1024, 1, 0, &set, 8L);
	S(epoll_pwait2, 16, data + 1024, 1, &ts64, NULL, 8L);
	S(eventfd, 3);							/* 17 */
	S(eventfd2, 0x80000000, EFD_SEMAPHORE | EFD_NONBLOCK);		/* 18 */
	S(eventfd2, 0, 6);
	S(inotify_init);						/* 19 */
	S(inotify_init1, IN_CLOEXEC | IN_NONBLOCK);			/* 21 */
	S(inotify_init1, 1);
	S(inotify_add_watch, 19, ".", IN_ALL_EVENTS | IN_ONESHOT);
	S(inotify_add_watch, 19, "none", 0x10010004);
	S(inotify_rm_watch, 19, 1);
	S(inotify_rm_watch, 3, -1);
	S(fanotify_init, 0x80000f00, O_RDONLY);
	S(fanotify_mark, -1, 0x185, OFF(0x40000003), AT_FDCWD, "none");
}

int main(int argc, char **argv)
{
	(void)argc;
	prepare(argv[1]);
	files_opened();
	files_named();
	files_told();
	files_read();
	attributes();
	controls();
	memory();
	waiting();
	return 0;
}
