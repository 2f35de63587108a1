/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Probes of calls that a process makes for itself. */
#include "target/probe.h"
#include "target/soft_dirty.h"

#include "target/procfs.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <linux/userfaultfd.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

enum { PAGE = 4096, GOOD = 7, BAD = 8 };

static int body_filtered(void)
{
	errno = probe_filter(SYS_getppid, SECCOMP_RET_ERRNO | ENOANO);
	if (errno)
		return errno;
	return syscall(SYS_getppid) == -1 && errno == ENOANO ? 0 : 255;
}

/* What a body's errno, its success or its death means. */
static void tell_body(struct probe_result *r, int (*body)(void),
                      const char *good)
{
	int signum;
	int status = probe_in_child(body, &signum);

	if (status == 0)
		probe_say(r, PROBE_YES, "%s", good);
	else if (status == 255)
		probe_say(r, PROBE_NO, "accepted, and without effect");
	else if (status > 0)
		probe_say(r, PROBE_NO, "refused: %s", strerror(status));
	else
		probe_say(r, PROBE_NO, "killed by SIG%s",
		          sigabbrev_np(signum) ? sigabbrev_np(signum) : "?");
}

void probe_seccomp(struct probe_result *r)
{
	tell_body(r, body_filtered, "a filter answered a call");
}

/* SECCOMP_USER_NOTIF_FD_SYNC_WAKE_UP, newer than this system's header. */
#define NOTIFY_SET_FLAGS SECCOMP_IOW(4, uint64_t)
enum { NOTIFY_SYNC_WAKE_UP = 1 };

/* The listener that hears of getppid, or -1. */
static int notify_filter(void)
{
	struct sock_filter code[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
		         offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_getppid, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_USER_NOTIF),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	struct sock_fprog program = { ARRAY_LEN(code), code };

	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
		return -1;
	return (int)syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER,
	                    SECCOMP_FILTER_FLAG_NEW_LISTENER, &program);
}

/* Answers one call of a child by 4711; the exit status of that child. */
static int notify_once(int listener)
{
	struct seccomp_notif_sizes sizes;
	union {
		struct seccomp_notif notif;
		char room[1024];
	} got = { .room = "" };
	union {
		struct seccomp_notif_resp resp;
		char room[1024];
	} answer = { .room = "" };
	pid_t pid;

	if (syscall(SYS_seccomp, SECCOMP_GET_NOTIF_SIZES, 0, &sizes) != 0 ||
	    sizes.seccomp_notif > sizeof(got) ||
	    sizes.seccomp_notif_resp > sizeof(answer))
		return BAD;
	pid = fork(); /* not probe_fork: that calls getppid */
	if (!pid) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		answer.resp.val = syscall(SYS_getppid);
		_exit(answer.resp.val == 4711 ? GOOD : BAD);
	}
	if (pid < 0 || ioctl(listener, SECCOMP_IOCTL_NOTIF_RECV, &got) != 0)
		return BAD;
	answer.resp.id = got.notif.id;
	answer.resp.val = 4711;
	if (ioctl(listener, SECCOMP_IOCTL_NOTIF_SEND, &answer) != 0)
		return BAD;
	return probe_wait(pid);
}

void probe_notify(struct probe_result *r)
{
	int listener = notify_filter();
	bool sync;

	if (listener < 0) {
		probe_refused(r, "refused");
		return;
	}
	sync = ioctl(listener, NOTIFY_SET_FLAGS, NOTIFY_SYNC_WAKE_UP) == 0;
	if (notify_once(listener) != GOOD) {
		probe_say(r, PROBE_NO, "accepted, and without effect");
	} else if (sync) {
		probe_say(r, PROBE_YES, "a call was answered, and it has the "
		          "synchronous wake-up");
	} else {
		probe_say(r, PROBE_PARTLY, "a call was answered, but it lacks "
		          "the synchronous wake-up");
	}
}

/* include/uapi/linux/fs.h of Linux 6.7 and later. */
struct scan_region {
	uint64_t start, end, categories;
};
struct scan_arg {
	uint64_t size, flags, start, end, walk_end, vec, vec_len, max_pages;
	uint64_t category_inverted, category_mask, category_anyof_mask;
	uint64_t return_mask;
};
#define SCAN_REQUEST _IOWR('f', 16, struct scan_arg)
enum { SCAN_PRESENT = 1 << 3 };

void probe_pagemap_scan(struct probe_result *r)
{
	struct scan_region region = { 0 };
	struct scan_arg arg = {
		.size = sizeof(arg), .vec = (uintptr_t)&region, .vec_len = 1,
		.category_mask = SCAN_PRESENT, .return_mask = SCAN_PRESENT,
	};
	volatile char *pages;
	int fd = open("/proc/self/pagemap", O_RDONLY | O_CLOEXEC);

	pages = mmap(NULL, 2 * PAGE, PROT_READ | PROT_WRITE,
	             MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (fd < 0 || pages == MAP_FAILED) {
		probe_refused(r, "/proc/self/pagemap");
		return;
	}
	pages[PAGE] = 1;
	arg.start = (uintptr_t)pages;
	arg.end = arg.start + 2 * PAGE;
	if (ioctl(fd, SCAN_REQUEST, &arg) < 0)
		probe_refused(r, "refused");
	else if (region.start == arg.start + PAGE && region.end == arg.end)
		probe_say(r, PROBE_YES, "it told which page is there");
	else
		probe_say(r, PROBE_NO, "what it tells is wrong");
}

void probe_soft_dirty(struct probe_result *r)
{
	struct error *err;
	volatile char *page = mmap(NULL, PAGE, PROT_READ | PROT_WRITE,
	                           MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	taddr addr = (uintptr_t)page;
	bool before, after;

	if (page == MAP_FAILED) {
		probe_refused(r, "a page");
		return;
	}
	*page = 1;
	err = soft_dirty_clear(getpid());
	if (err) {
		probe_say(r, PROBE_NO, "%s", err->message);
		error_destroy(err);
		return;
	}
	before = soft_dirty_has(getpid(), addr);
	*page = 2;
	after = soft_dirty_has(getpid(), addr);
	if (before)
		probe_say(r, PROBE_NO, "they can't be cleared");
	else if (!after)
		probe_say(r, PROBE_NO, "a page that was written got none");
	else
		probe_say(r, PROBE_YES, "a page got one when it was written");
}

void probe_userfaultfd(struct probe_result *r)
{
	struct uffdio_api api = { .api = UFFD_API };
	bool all = true;
	int fd = (int)syscall(SYS_userfaultfd, O_CLOEXEC);

	if (fd < 0) {
		all = false;
		fd = (int)syscall(SYS_userfaultfd,
		                  O_CLOEXEC | UFFD_USER_MODE_ONLY);
	}
	if (fd < 0 || ioctl(fd, UFFDIO_API, &api) != 0) {
		probe_refused(r, "refused");
		return;
	}
	probe_say(r, all ? PROBE_YES : PROBE_PARTLY, "a program can fill in "
	          "its own pages%s",
	          all ? "" : " where its code, not the kernel, touches them");
	probe_without(r, "scdb does not wait for such pages: it says that "
	              "they can't be read");
}

static int body_vsyscall(void)
{
	/* `time`, at its fixed place: arch/x86/entry/vsyscall. */
	time_t (*call)(time_t *) =
		(time_t (*)(time_t *))(uintptr_t)0xffffffffff600400;
	time_t before = time(NULL);

	return call(NULL) - before < 60 ? 0 : 255;
}

static bool vsyscall_readable(void)
{
	proc_map_vec maps = { 0 };
	struct error *err = proc_maps(getpid(), &maps);
	bool readable = false;

	error_destroy(err);
	for (size_t i = 0; !err && i < maps.len; i++)
		if (!strcmp(maps.items[i].name, "[vsyscall]"))
			readable = maps.items[i].perms[0] == 'r';
	proc_maps_deinit(&maps);
	return readable;
}

void probe_vsyscall(struct probe_result *r)
{
	tell_body(r, body_vsyscall, "");
	if (r->answer != PROBE_YES)
		return;
	probe_say(r, PROBE_YES, "it can be called%s",
	          vsyscall_readable() ? " and read" : ", not read");
	probe_without(r, "calls made there do not stop");
}

static int body_int80(void)
{
	long result;

	/* 20 is getpid among the 32-bit calls. */
	__asm__ volatile("int $0x80" : "=a"(result) : "a"(20L)
	                 : "memory", "r8", "r9", "r10", "r11");
	if ((int)result < 0)
		return -(int)result;
	return (int)result == getpid() ? 0 : 255;
}

void probe_int80(struct probe_result *r)
{
	tell_body(r, body_int80, "int $0x80 made one");
}

static int body_x32(void)
{
	enum { X32_BIT = 0x40000000 };
	long result = syscall(X32_BIT + SYS_getpid);

	if (result < 0)
		return errno;
	return result == getpid() ? 0 : 255;
}

void probe_x32(struct probe_result *r)
{
	tell_body(r, body_x32, "one was made");
}

static inline __attribute__((always_inline)) long raw_call(long nr, long a,
                                                           long b)
{
	long result;

	__asm__ volatile("syscall" : "=a"(result) : "a"(nr), "D"(a), "S"(b)
	                 : "rcx", "r11", "memory");
	return result;
}

/* Once it has one, no function may return that was called before. */
static int body_shadow_stack(void)
{
	enum { ARCH_SHSTK_ENABLE = 0x5001, SHSTK = 1 };
	long result = raw_call(SYS_arch_prctl, ARCH_SHSTK_ENABLE, SHSTK);

	raw_call(SYS_exit_group, -result, 0);
	return 255;
}

void probe_shadow_stack(struct probe_result *r)
{
	tell_body(r, body_shadow_stack, "a process can have one");
}
