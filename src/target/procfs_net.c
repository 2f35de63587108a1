/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * target/procfs_net.c: the texts for sockets, and the files in /proc/PID/net
 * (proc_pid_net(5)).
 */
#include "target/procfs_parse.h"

#include "base/buf.h"

#include <arpa/inet.h>
#include <linux/netlink.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

/* What nearly all texts fit into: conditions ask for them at each call. */
enum { TEXT_ROOM = 512 };

const struct socket_protocol *socket_protocol_find(const char *name)
{
	static const struct socket_protocol table[] = {
		{ "TCP", AF_INET, IPPROTO_TCP, "tcp" },
		{ "TCPv6", AF_INET6, IPPROTO_TCP, "tcp6" },
		{ "UDP", AF_INET, IPPROTO_UDP, "udp" },
		{ "UDPv6", AF_INET6, IPPROTO_UDP, "udp6" },
		{ "UDP-Lite", AF_INET, IPPROTO_UDPLITE, "udplite" },
		{ "UDPLITEv6", AF_INET6, IPPROTO_UDPLITE, "udplite6" },
		{ "RAW", AF_INET, IPPROTO_RAW, "raw" },
		{ "RAWv6", AF_INET6, IPPROTO_RAW, "raw6" },
		{ "UNIX", AF_UNIX, 0, "unix" },
		{ "UNIX-STREAM", AF_UNIX, 0, "unix" },
		{ "NETLINK", AF_NETLINK, 0, "netlink" },
	};

	for (size_t i = 0; i < ARRAY_LEN(table); i++)
		if (!strcmp(table[i].name, name))
			return &table[i];
	return NULL;
}

static bool is_zero(const unsigned char addr[16])
{
	static const unsigned char zero[16];

	return !memcmp(addr, zero, sizeof(zero));
}

static void put_end(struct buf *b, int family, const unsigned char *addr,
                    unsigned port)
{
	char text[INET6_ADDRSTRLEN] = "?";

	inet_ntop(family, addr, text, sizeof(text));
	buf_printf(b, family == AF_INET6 ? "[%s]:%u" : "%s:%u", text, port);
}

/* Whether all of it went in. */
static bool put_out(const struct buf *b, char *data, size_t size)
{
	return snprintf(data, size, "%s", b->data) < (int)size;
}

bool socket_ends_text(const struct socket_ends *ends, char *data, size_t size)
{
	bool connected = ends->peer_port || !is_zero(ends->peer);
	AUTO_BUF struct buf text = { 0 };
	char room[TEXT_ROOM];

	buf_init_in(&text, room, sizeof(room));
	if (!connected && !ends->local_port && is_zero(ends->local))
		return false;
	put_end(&text, ends->family, ends->local, ends->local_port);
	if (connected) {
		buf_puts(&text, "->");
		put_end(&text, ends->family, ends->peer, ends->peer_port);
	}
	return put_out(&text, data, size);
}

bool socket_unix_text(uint64_t inode, uint64_t peer, const char *path,
                      size_t path_len, char *data, size_t size)
{
	AUTO_BUF struct buf text = { 0 };
	char room[TEXT_ROOM];

	buf_init_in(&text, room, sizeof(room));
	buf_printf(&text, "%llu", (unsigned long long)inode);
	if (peer)
		buf_printf(&text, "->%llu", (unsigned long long)peer);
	if (path_len) {
		bool abstract = !path[0];

		/* A path of the file system ends at its NUL. */
		if (abstract) {
			path++;
			path_len--;
		} else {
			path_len = strnlen(path, path_len);
		}
		buf_puts(&text, abstract ? ",@\"" : ",\"");
		buf_put_c_escaped(&text, path, path_len);
		buf_putc(&text, '"');
	}
	return put_out(&text, data, size);
}

bool socket_netlink_text(unsigned protocol, unsigned port, char *data,
                         size_t size)
{
	static const char *const names[] = {
		[NETLINK_ROUTE] = "ROUTE",
		[NETLINK_UNUSED] = "UNUSED",
		[NETLINK_USERSOCK] = "USERSOCK",
		[NETLINK_FIREWALL] = "FIREWALL",
		[NETLINK_SOCK_DIAG] = "SOCK_DIAG",
		[NETLINK_NFLOG] = "NFLOG",
		[NETLINK_XFRM] = "XFRM",
		[NETLINK_SELINUX] = "SELINUX",
		[NETLINK_ISCSI] = "ISCSI",
		[NETLINK_AUDIT] = "AUDIT",
		[NETLINK_FIB_LOOKUP] = "FIB_LOOKUP",
		[NETLINK_CONNECTOR] = "CONNECTOR",
		[NETLINK_NETFILTER] = "NETFILTER",
		[NETLINK_IP6_FW] = "IP6_FW",
		[NETLINK_DNRTMSG] = "DNRTMSG",
		[NETLINK_KOBJECT_UEVENT] = "KOBJECT_UEVENT",
		[NETLINK_GENERIC] = "GENERIC",
		[NETLINK_SCSITRANSPORT] = "SCSITRANSPORT",
		[NETLINK_ECRYPTFS] = "ECRYPTFS",
		[NETLINK_RDMA] = "RDMA",
		[NETLINK_CRYPTO] = "CRYPTO",
		[NETLINK_SMC] = "SMC",
	};
	int len;

	if (protocol < ARRAY_LEN(names) && names[protocol])
		len = snprintf(data, size, "%s:%u", names[protocol], port);
	else
		len = snprintf(data, size, "%u:%u", protocol, port);
	return len >= 0 && (size_t)len < size;
}

/*
 * The kernel prints each 32-bit word of an address as a number of this
 * machine's: written back as such a number it has the network's order.
 */
static bool parse_hex_addr(const char *hex, int family,
                           unsigned char addr[16])
{
	size_t words = family == AF_INET6 ? 4 : 1;

	if (strlen(hex) != words * 8)
		return false;
	for (size_t i = 0; i < words; i++) {
		char digits[9] = "";
		uint32_t word;

		memcpy(digits, hex + i * 8, 8);
		word = (uint32_t)strtoul(digits, NULL, 16);
		memcpy(addr + i * 4, &word, 4);
	}
	return true;
}

static bool parse_inet_line(int family, const char *line, uint64_t inode,
                            char *data, size_t size)
{
	struct socket_ends ends = { .family = family };
	char local[33], peer[33];
	unsigned long long found;

	/* sl local:port remote:port st queues timer retrnsmt uid timeout ino */
	if (sscanf(line,
	           " %*[0-9]: %32[0-9A-F]:%4x %32[0-9A-F]:%4x %*s %*s %*s %*s"
	           " %*s %*s %llu",
	           local, &ends.local_port, peer, &ends.peer_port,
	           &found) != 5 || found != inode)
		return false;
	return parse_hex_addr(local, family, ends.local) &&
	       parse_hex_addr(peer, family, ends.peer) &&
	       socket_ends_text(&ends, data, size);
}

/* An abstract name's NULs are shown as `@` there. */
static bool parse_unix_line(const char *line, uint64_t inode, char *data,
                            size_t size)
{
	unsigned long long found;
	char path[128] = "";
	int at = 0;
	size_t len;

	if (sscanf(line, "%*[0-9A-Fa-f]: %*x %*x %*x %*x %*x %llu%n", &found,
	           &at) != 1 || found != inode)
		return false;
	if (line[at] == ' ')
		snprintf(path, sizeof(path), "%s", line + at + 1);
	len = strlen(path);
	if (path[0] == '@')
		path[0] = '\0';
	return socket_unix_text(inode, 0, path, len, data, size);
}

static bool parse_netlink_line(const char *line, uint64_t inode, char *data,
                               size_t size)
{
	unsigned protocol, port;
	unsigned long long found;

	/* sk Eth Pid Groups Rmem Wmem Dump Locks Drops Inode */
	if (sscanf(line, "%*[0-9a-f] %u %u %*s %*s %*s %*s %*s %*s %llu",
	           &protocol, &port, &found) != 3 || found != inode)
		return false;
	return socket_netlink_text(protocol, port, data, size);
}

bool proc_parse_net_line(const struct socket_protocol *proto, const char *line,
                         uint64_t inode, char *data, size_t size)
{
	switch (proto->family) {
	case AF_INET:
	case AF_INET6:
		return parse_inet_line(proto->family, line, inode, data, size);
	case AF_UNIX:
		return parse_unix_line(line, inode, data, size);
	case AF_NETLINK:
		return parse_netlink_line(line, inode, data, size);
	default:
		return false;
	}
}
