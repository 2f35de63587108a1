/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * target/procfs_parse.h: the parts of procfs that tests feed with text of
 * their own: parsers, and readers that take the directory which stands for
 * /proc.  Nothing is owned here.
 */
#ifndef SCDB_TARGET_PROCFS_PARSE_H
#define SCDB_TARGET_PROCFS_PARSE_H

#include "target/procfs.h"

#include <stdbool.h>

enum {
	/* No path in /proc/PID is longer; directories given by tests fit. */
	PROC_PATH_MAX = 512,
	/* What a link or a mapped file's name may be long. */
	PROC_LINK_MAX = 4096,
	PROC_MAPS_MAX = 1 << 20,     /* vm.max_map_count starts at 65530 */
	PROC_NAMES_MAX = 256 << 20,  /* bytes of all names together */
};

/* The text behind "NAME:" at the start of one of TEXT's lines, or NULL. */
const char *proc_find_line(const char *text, const char *name);
/* False where TEXT lacks Pid, Tgid or State; STATUS is untouched then. */
bool proc_parse_status(const char *text, struct proc_status *status);
/* False: no such line (its name may hold anything); STAT is untouched. */
bool proc_take_stat(const char *line, size_t len, long ticks,
                    struct proc_stat *stat);
/*
 * What stands behind the name in /proc/PID/stat (LEN bytes, and a NUL): the
 * state and, in *FLAGS, the kernel's PF_ flags (include/linux/sched.h).  0
 * where it is no such line.
 */
char proc_parse_stat(const char *text, size_t len, unsigned *flags);
/*
 * One line of /proc/PID/maps without its end.  The name is as the kernel wrote
 * it.  False (and MAP untouched) where it is no such line.
 */
bool proc_parse_map(const char *line, size_t len, struct proc_map *map);
/*
 * A parsed line with its name as it is in truth, of a process whose mappings
 * are being listed; *NAMES grows by what the name takes.
 */
bool proc_map_take(pid_t pid, const char *line, size_t len, size_t *names,
                   struct proc_map *map);
/*
 * A line of /proc/PID/smaps: SMAP is untouched where it is one that is not
 * wanted.  Not the first of a mapping, which is as in maps.
 */
void proc_parse_smap_line(const char *line, size_t len,
                          struct proc_smap *smap);
/* Calls FN with each line of /proc/PID/FILE, until FN says that it is wrong. */
typedef bool (*proc_line_fn)(void *ctx, const char *line, size_t len);
struct error *proc_each_line(pid_t pid, const char *file, proc_line_fn fn,
                             void *ctx) MUST_CHECK;
/* `pos` and `flags` of /proc/PID/fdinfo/FD; what is missing is left alone. */
void proc_parse_fdinfo(const char *text, struct proc_fd *fd);

/* As their namesakes in target/procfs.h, with PROC in place of "/proc". */
struct error *proc_status_at(const char *proc, pid_t tid,
                             struct proc_status *status) MUST_CHECK;
struct error *proc_tasks_at(const char *proc, pid_t pid,
                            pid_vec *tids) MUST_CHECK;
void proc_comm_at(const char *proc, pid_t tid, char name[64]);
/* PF_ flags of a thread, 0 where they can't be had. */
unsigned proc_flags_at(const char *proc, pid_t pid, pid_t tid);

/*
 * What the socket INODE is, that /proc/PID/fd/FD was seen to be: DATA gets a
 * text like "TCP:[127.0.0.1:22]".  Length, or -1 where nothing is known.
 */
ssize_t proc_socket_text(pid_t pid, int fd, uint64_t inode, char *data,
                         size_t size);
/* Whether the descriptor is that socket, and of this protocol ("NETLINK"). */
bool proc_socket_is(pid_t pid, int fd, uint64_t inode, const char *protocol);

/* A protocol as the kernel names it in the xattr system.sockprotoname. */
struct socket_protocol {
	const char *name;
	int family;
	int protocol;          /* IPPROTO_*; 0 where the family has no such */
	const char *net_file;  /* in /proc/PID/net */
};
/* NULL where it is none whose sockets can be looked up. */
const struct socket_protocol *socket_protocol_find(const char *name);

/* The texts that go between the brackets; false where there is nothing. */
struct socket_ends {
	int family;                /* AF_INET or AF_INET6 */
	unsigned char local[16], peer[16];  /* in network order */
	unsigned local_port, peer_port;
};
bool socket_ends_text(const struct socket_ends *ends, char *data, size_t size);
/* PEER is an inode, or 0; PATH is raw, its first byte NUL if abstract. */
bool socket_unix_text(uint64_t inode, uint64_t peer, const char *path,
                      size_t path_len, char *data, size_t size);
bool socket_netlink_text(unsigned protocol, unsigned port, char *data,
                         size_t size);
/*
 * One line of PROTO's file in /proc/PID/net: where it is about INODE, DATA gets
 * such a text.  Returns whether it is.
 */
bool proc_parse_net_line(const struct socket_protocol *proto, const char *line,
                         uint64_t inode, char *data, size_t size);

#endif
