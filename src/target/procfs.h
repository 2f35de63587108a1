/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * target/procfs.h: what /proc tells of processes.  Every text in it is the
 * tracee's to choose: bounded here, escaped by whoever shows it.
 */
#ifndef SCDB_TARGET_PROCFS_H
#define SCDB_TARGET_PROCFS_H

#include "base/buf.h"
#include "base/error.h"
#include "base/types.h"
#include "base/vec.h"

#include <stdbool.h>
#include <sys/types.h>

/* /proc/TID/status, the lines that scdb needs. */
struct proc_status {
	char state;            /* R S D T t Z X I */
	pid_t tgid, pid, parent, tracer;
	uid_t uid[4];          /* real, effective, saved, file system */
	gid_t gid[4];
	uint64_t pending;      /* signal sets: bit N-1 is signal N */
	uint64_t shared_pending;
	uint64_t blocked, ignored, caught;
	unsigned threads;
	unsigned seccomp;      /* 0 off, 1 strict, 2 filter */
	unsigned filters;      /* so many; 0 too where the kernel can't tell */
	bool kernel_thread;    /* has no memory of its own */
};

struct error *proc_status(pid_t tid, struct proc_status *status) MUST_CHECK;
/* The bare name, at most 63 bytes; "?" where it can't be had. */
void proc_comm(pid_t tid, char name[64]);
/* "" where it can't be had. */
void proc_exe(pid_t pid, char *path, size_t size);
/* Whether both run the same file; false where that can't be told. */
bool proc_same_exe(pid_t a, pid_t b);
/* Arguments as one line, blanks between, not escaped. */
void proc_cmdline(pid_t pid, struct buf *line);
/* /proc/PID/task/TID/stat, what else scdb needs. */
struct proc_stat {
	char state;
	pid_t parent, group, session;
	int nice;
	uint64_t flags;        /* PF_ of include/linux/sched.h */
	/* User, system time; the children's, waited for. */
	uint64_t times_us[4];
};
struct error *proc_stat(pid_t pid, pid_t tid, struct proc_stat *stat) MUST_CHECK;
/* "State" of /proc/PID/stat of one thread; 0 where it is gone. */
char proc_state(pid_t pid, pid_t tid);
/*
 * Whether thread TID of PID is one of the kernel's own (an io_uring or vhost
 * worker among a program's threads, say): nobody can trace those (EPERM).
 */
bool proc_is_kernel_worker(pid_t pid, pid_t tid);

typedef VEC(pid_t) pid_vec;
/* The directory's numbers, ascending; *TIDS is new, its old items are lost. */
struct error *proc_tasks(pid_t pid, pid_vec *tids) MUST_CHECK;
struct error *proc_pids(pid_vec *pids) MUST_CHECK;

struct proc_map {
	taddr start, end;
	char perms[5];         /* "r-xp" */
	uint64_t offset;
	char dev[16];
	uint64_t inode;
	char *name;            /* "" where there is none; owned */
};
typedef VEC(struct proc_map) proc_map_vec;
/* PID may be any live thread's id. */
struct error *proc_maps(pid_t pid, proc_map_vec *maps) MUST_CHECK;
void proc_maps_deinit(proc_map_vec *maps);

/* VmFlags of /proc/PID/smaps; Documentation/filesystems/proc.rst. */
enum vm_flag {
	VM_READ = 1 << 0, VM_WRITE = 1 << 1, VM_EXEC = 1 << 2,
	VM_SHARED = 1 << 3,
	VM_MAY_READ = 1 << 4,   /* can be read by force */
	VM_GROWS_DOWN = 1 << 5, /* a stack */
	VM_PFN = 1 << 6,        /* no memory of the kernel's: a device's */
	VM_IO = 1 << 7,
	VM_LOCKED = 1 << 8,
	VM_DONT_COPY = 1 << 9,  /* not in children */
	VM_DONT_DUMP = 1 << 10, /* not in core files */
	VM_WIPE = 1 << 11,      /* empty in children */
	VM_HUGETLB = 1 << 12,
	VM_HUGE = 1 << 13, VM_NO_HUGE = 1 << 14, /* madvise(2) */
	VM_USERFAULT = 1 << 15, /* somebody serves the pages that are missing */
	VM_USERFAULT_WP = 1 << 16, VM_USERFAULT_MINOR = 1 << 17,
	VM_SHADOW_STACK = 1 << 18, VM_SEALED = 1 << 19,
	VM_NO_RESERVE = 1 << 20, VM_ACCOUNT = 1 << 21,
	VM_SOFT_DIRTY = 1 << 22, /* new since clear_refs: all pages count as
	                          * written */
};

/* Of /proc/PID/smaps: sizes in bytes. */
struct proc_smap {
	struct proc_map map;
	uint64_t page_size, rss, pss;
	uint64_t shared_clean, shared_dirty, private_clean, private_dirty;
	uint64_t anonymous, swap, locked;
	uint64_t anon_huge, shmem_huge, file_huge; /* by page tables' levels */
	uint64_t hugetlb;      /* not in rss */
	int protection_key;    /* -1: not told */
	unsigned flags;        /* enum vm_flag; 0: not told */
};
typedef VEC(struct proc_smap) proc_smap_vec;
/*
 * Costs the kernel a look at each page that is there: tens of milliseconds
 * for GBs.
 */
struct error *proc_smaps(pid_t pid, proc_smap_vec *maps) MUST_CHECK;
void proc_smaps_deinit(proc_smap_vec *maps);
/* The one that holds ADDR, or NULL; they are sorted. */
const struct proc_smap *proc_smap_at(const proc_smap_vec *maps, taddr addr);
const struct proc_map *proc_map_at(const proc_map_vec *maps, taddr addr);
/* core(5): which mappings a core of PID has; 0x33 where it can't be had. */
unsigned proc_coredump_filter(pid_t pid);

struct proc_fd {
	int fd;
	char *target;          /* readlink's text; owned */
	uint64_t pos;
	unsigned flags;        /* open flags, as in fdinfo (octal there) */
};
typedef VEC(struct proc_fd) proc_fd_vec;
struct error *proc_fds(pid_t pid, proc_fd_vec *fds) MUST_CHECK;
void proc_fds_deinit(proc_fd_vec *fds);
/*
 * What FD of PID is: "/etc/hosts", "pipe:[12]", "TCP:[a:1->b:2]",
 * "UNIX-STREAM:[34]", "anon_inode:[eventfd]".  Length, or -1.
 */
ssize_t proc_fd_text(pid_t pid, int fd, char *data, size_t size);
/* The same of a netlink socket; -1 for all else, of which little is asked. */
ssize_t proc_netlink_text(pid_t pid, int fd, char *data, size_t size);

/*
 * The front of a file of /proc, at most LIMIT bytes, put behind what TEXT
 * (initialised by the caller) holds.
 */
struct error *proc_read(const char *path, size_t limit,
                        struct buf *text) MUST_CHECK;

#endif
