/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * target/procfs_sockets.c: what is behind "socket:[INODE]".
 *
 * The protocol is in an extended attribute of the socket.  Its addresses are
 * asked of the kernel by netlink (sock_diag(7)), which answers for the network
 * namespace of the asker; where the tracee lives in another, or netlink does
 * not answer, /proc/PID/net is read.
 */
#include "target/procfs_parse.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/netlink_diag.h>
#include <linux/rtnetlink.h>
#include <linux/sock_diag.h>
#include <linux/unix_diag.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/xattr.h>
#include <time.h>
#include <unistd.h>

enum {
	TIME_LIMIT_MS = 200,       /* for one socket, all together */
	LINES_MAX = 1 << 20,       /* of a file of /proc/PID/net */
	INSIDE_MAX = 512,          /* an escaped path has 4 * 108 */
};

struct query {
	const struct socket_protocol *proto;
	uint64_t inode;
	struct timespec deadline;
	char *data;                /* what goes between the brackets */
	size_t size;
};

union request {
	struct inet_diag_req_v2 inet;
	struct unix_diag_req unix_socket;
	struct netlink_diag_req netlink;
};

static bool is_late(const struct query *q)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec > q->deadline.tv_sec ||
	       (now.tv_sec == q->deadline.tv_sec &&
	        now.tv_nsec > q->deadline.tv_nsec);
}

/* Returns the length of the request; *FLAGS says whether it asks for all. */
static size_t make_request(const struct query *q, union request *r,
                           unsigned short *flags)
{
	memset(r, 0, sizeof(*r));
	*flags = NLM_F_REQUEST | NLM_F_DUMP;
	switch (q->proto->family) {
	case AF_UNIX:
		/* The only family that can be asked about one inode. */
		*flags = NLM_F_REQUEST;
		r->unix_socket = (struct unix_diag_req){
			.sdiag_family = AF_UNIX,
			.udiag_states = ~0u,
			.udiag_ino = (unsigned)q->inode,
			.udiag_show = UDIAG_SHOW_NAME | UDIAG_SHOW_PEER,
			.udiag_cookie = { ~0u, ~0u },
		};
		return sizeof(r->unix_socket);
	case AF_NETLINK:
		r->netlink = (struct netlink_diag_req){
			.sdiag_family = AF_NETLINK,
			.sdiag_protocol = NDIAG_PROTO_ALL,
		};
		return sizeof(r->netlink);
	default:
		r->inet = (struct inet_diag_req_v2){
			.sdiag_family = (unsigned char)q->proto->family,
			.sdiag_protocol = (unsigned char)q->proto->protocol,
			.idiag_states = ~0u,
		};
		return sizeof(r->inet);
	}
}

static bool send_request(int fd, const struct query *q)
{
	struct sockaddr_nl kernel = { .nl_family = AF_NETLINK };
	union request request;
	struct nlmsghdr header = { .nlmsg_type = SOCK_DIAG_BY_FAMILY };
	struct iovec parts[2];
	struct msghdr message = {
		.msg_name = &kernel, .msg_namelen = sizeof(kernel),
		.msg_iov = parts, .msg_iovlen = 2,
	};
	size_t len = make_request(q, &request, &header.nlmsg_flags);

	header.nlmsg_len = (unsigned)(NLMSG_HDRLEN + len);
	parts[0] = (struct iovec){ &header, sizeof(header) };
	parts[1] = (struct iovec){ &request, len };
	return sendmsg(fd, &message, 0) == (ssize_t)header.nlmsg_len;
}

static bool take_inet(const struct query *q, const struct inet_diag_msg *m)
{
	struct socket_ends ends = {
		.family = q->proto->family,
		.local_port = ntohs(m->id.idiag_sport),
		.peer_port = ntohs(m->id.idiag_dport),
	};
	size_t len = ends.family == AF_INET6 ? 16 : 4;

	if (m->idiag_inode != q->inode || m->idiag_family != ends.family)
		return false;
	memcpy(ends.local, m->id.idiag_src, len);
	memcpy(ends.peer, m->id.idiag_dst, len);
	return socket_ends_text(&ends, q->data, q->size);
}

static bool take_unix(const struct query *q, const struct unix_diag_msg *m,
                      size_t len)
{
	const struct rtattr *attr = (const struct rtattr *)(m + 1);
	size_t left = len - sizeof(*m);
	const char *path = NULL;
	size_t path_len = 0;
	uint32_t peer = 0;

	if (m->udiag_ino != q->inode)
		return false;
	while (left >= sizeof(*attr) && attr->rta_len >= sizeof(*attr) &&
	       attr->rta_len <= left) {
		const char *data = (const char *)attr + RTA_LENGTH(0);
		size_t size = attr->rta_len - RTA_LENGTH(0);
		size_t step = RTA_ALIGN(attr->rta_len);

		if (attr->rta_type == UNIX_DIAG_NAME) {
			path = data;
			path_len = size;
		} else if (attr->rta_type == UNIX_DIAG_PEER &&
		           size >= sizeof(peer)) {
			memcpy(&peer, data, sizeof(peer));
		}
		if (step >= left)
			break;
		left -= step;
		attr = (const struct rtattr *)((const char *)attr + step);
	}
	return socket_unix_text(q->inode, peer, path, path_len, q->data,
	                        q->size);
}

static bool take_answer(const struct query *q, const void *data, size_t len)
{
	const struct netlink_diag_msg *m = data;

	switch (q->proto->family) {
	case AF_INET:
	case AF_INET6:
		return len >= sizeof(struct inet_diag_msg) &&
		       take_inet(q, data);
	case AF_UNIX:
		return len >= sizeof(struct unix_diag_msg) &&
		       take_unix(q, data, len);
	default:
		return len >= sizeof(*m) && m->ndiag_ino == q->inode &&
		       socket_netlink_text(m->ndiag_protocol, m->ndiag_portid,
		                           q->data, q->size);
	}
}

/*
 * One datagram of answers.  Returns whether it was found; *MORE whether another
 * may come.
 */
static bool take_datagram(const struct query *q, struct nlmsghdr *h,
                          size_t len, bool *more)
{
	for (; NLMSG_OK(h, len); h = NLMSG_NEXT(h, len)) {
		if (h->nlmsg_type != SOCK_DIAG_BY_FAMILY) {
			*more = false; /* an error, or the end */
			return false;
		}
		if (take_answer(q, (const char *)h + NLMSG_HDRLEN,
		                h->nlmsg_len - NLMSG_HDRLEN))
			return true;
		if (!(h->nlmsg_flags & NLM_F_MULTI))
			*more = false;
	}
	return false;
}

static bool receive_answers(int fd, const struct query *q)
{
	union {
		struct nlmsghdr header;
		char bytes[32768];
	} answer;
	bool more = true;

	while (more && !is_late(q)) {
		struct sockaddr_nl from = { 0 };
		socklen_t from_len = sizeof(from);
		ssize_t got = recvfrom(fd, &answer, sizeof(answer), 0,
		                       (struct sockaddr *)&from, &from_len);

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return false;
		if (from.nl_pid == 0 &&
		    take_datagram(q, &answer.header, (size_t)got, &more))
			return true;
	}
	return false;
}

static bool ask_netlink(const struct query *q)
{
	struct timeval limit = { .tv_usec = TIME_LIMIT_MS * 1000 };
	int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC,
	                NETLINK_SOCK_DIAG);
	bool found;

	if (fd < 0)
		return false;
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit));
	setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof(limit));
	found = send_request(fd, q) && receive_answers(fd, q);
	close(fd);
	return found;
}

static bool read_net_file(pid_t pid, const struct query *q)
{
	char path[PROC_PATH_MAX];
	char line[1024];
	bool found = false;
	FILE *file;

	snprintf(path, sizeof(path), "/proc/%d/net/%s", (int)pid,
	         q->proto->net_file);
	file = fopen(path, "re");
	if (!file)
		return false;
	for (size_t i = 0; i < LINES_MAX && !found && !is_late(q) &&
	     fgets(line, sizeof(line), file); i++) {
		line[strcspn(line, "\n")] = '\0';
		found = proc_parse_net_line(q->proto, line, q->inode, q->data,
		                            q->size);
	}
	fclose(file);
	return found;
}

static bool same_network(pid_t pid)
{
	char path[PROC_PATH_MAX];
	struct stat ours, theirs;

	snprintf(path, sizeof(path), "/proc/%d/ns/net", (int)pid);
	return !stat("/proc/self/ns/net", &ours) && !stat(path, &theirs) &&
	       ours.st_ino == theirs.st_ino && ours.st_dev == theirs.st_dev;
}

/*
 * The name of the socket's protocol.  The descriptor may become another file
 * at any moment, one whose attributes its owner serves (FUSE) and never sends:
 * so it is held by O_PATH, which asks nobody, and only a socket is asked.
 */
static bool socket_protocol_name(pid_t pid, int fd, uint64_t inode,
                                 char name[64])
{
	char path[PROC_PATH_MAX];
	char want[64], is[64];
	ssize_t len;
	int held;

	snprintf(path, sizeof(path), "/proc/%d/fd/%d", (int)pid, fd);
	held = open(path, O_PATH | O_CLOEXEC);
	if (held < 0)
		return false;
	snprintf(path, sizeof(path), "/proc/self/fd/%d", held);
	snprintf(want, sizeof(want), "socket:[%llu]",
	         (unsigned long long)inode);
	len = readlink(path, is, sizeof(is) - 1);
	if (len > 0) {
		is[len] = '\0';
		len = strcmp(is, want) ? -1 : getxattr(path,
		      "system.sockprotoname", name, 63);
	}
	close(held);
	if (len <= 0)
		return false;
	name[len] = '\0';
	return true;
}

bool proc_socket_is(pid_t pid, int fd, uint64_t inode, const char *protocol)
{
	char name[64];

	return socket_protocol_name(pid, fd, inode, name) &&
	       !strcmp(name, protocol);
}

ssize_t proc_socket_text(pid_t pid, int fd, uint64_t inode, char *data,
                         size_t size)
{
	char name[64];
	char inside[INSIDE_MAX];
	struct query q = {
		.inode = inode, .data = inside, .size = sizeof(inside),
	};

	if (!socket_protocol_name(pid, fd, inode, name))
		return -1;
	q.proto = socket_protocol_find(name);
	if (!q.proto)
		return -1;
	clock_gettime(CLOCK_MONOTONIC, &q.deadline);
	q.deadline.tv_nsec += TIME_LIMIT_MS * 1000000L;
	if (q.deadline.tv_nsec >= 1000000000L) {
		q.deadline.tv_nsec -= 1000000000L;
		q.deadline.tv_sec++;
	}
	if (!(same_network(pid) && ask_netlink(&q)) &&
	    !read_net_file(pid, &q))
		snprintf(inside, sizeof(inside), "%llu",
		         (unsigned long long)inode);
	snprintf(data, size, "%s:[%s]", name, inside);
	return (ssize_t)strlen(data);
}
