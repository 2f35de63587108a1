/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Addresses and options of sockets. */
#include "syscalls/decode_socket.h"

#include "syscalls/decode_struct.h"
#include "syscalls/decoders.h"

#include <arpa/inet.h>
#include <net/if.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

enum { SOCKADDR_MAX = 128 };

/* An address, copied, and its length. */
struct address_text {
	const struct decode_job *job;
	const uint8_t *data;
	size_t len;
};

static uint16_t net16(const uint8_t *data)
{
	return (uint16_t)(data[0] << 8 | data[1]);
}

static void put_rest(const struct address_text *t)
{
	size_t len = t->len - 2;

	if (!len)
		return;
	buf_puts(t->job->out, ", sa_data=\"");
	buf_put_c_escaped(t->job->out, t->data + 2, len > 126 ? 126 : len);
	buf_putc(t->job->out, '"');
}

static bool put_unix(const struct address_text *t)
{
	size_t len = t->len - 2;
	const uint8_t *path = t->data + 2;
	struct buf *out = t->job->out;

	if (!len)
		return true;
	buf_puts(out, ", sun_path=");
	if (len > 108)
		len = 108;
	if (path[0] || len == 1) {
		decode_put_chars(t->job, path, len);
	} else {
		buf_puts(out, "@\"");
		buf_put_c_escaped(out, path + 1, len - 1);
		buf_putc(out, '"');
	}
	return true;
}

static bool put_inet(const struct address_text *t)
{
	char text[INET_ADDRSTRLEN];

	if (t->len < sizeof(struct sockaddr_in))
		return false;
	inet_ntop(AF_INET, t->data + 4, text, sizeof(text));
	buf_printf(t->job->out,
	           ", sin_port=htons(%u), sin_addr=inet_addr(\"%s\")",
	           net16(t->data + 2), text);
	return true;
}

static void put_interface(struct buf *out, uint32_t index)
{
	char name[IF_NAMESIZE];

	if (index && if_indextoname(index, name)) {
		buf_puts(out, "if_nametoindex(\"");
		buf_put_c_escaped(out, name, strnlen(name, sizeof(name)));
		buf_puts(out, "\")");
	} else {
		decode_put_unsigned(out, index);
	}
}

static bool put_inet6(const struct address_text *t)
{
	enum { OLD_SIZE = 24 }; /* without the scope */
	struct buf *out = t->job->out;
	char text[INET6_ADDRSTRLEN];
	uint32_t flow;

	if (t->len < OLD_SIZE)
		return false;
	inet_ntop(AF_INET6, t->data + 8, text, sizeof(text));
	flow = (uint32_t)net16(t->data + 4) << 16 | net16(t->data + 6);
	buf_printf(out, ", sin6_port=htons(%u), sin6_flowinfo=htonl(%u), "
	           "inet_pton(AF_INET6, \"%s\", &sin6_addr)",
	           net16(t->data + 2), flow, text);
	if (t->len >= OLD_SIZE + 4) {
		uint32_t scope = (uint32_t)decode_number(t->data + 24, 4);
		/* Only there is it an interface of this machine. */
		bool link = t->data[8] == 0xfe && (t->data[9] & 0xc0) == 0x80;

		buf_puts(out, ", sin6_scope_id=");
		if (link)
			put_interface(out, scope);
		else
			decode_put_unsigned(out, scope);
	}
	return true;
}

static bool put_netlink(const struct address_text *t)
{
	if (t->len < 12)
		return false;
	buf_printf(t->job->out, ", nl_pid=%d, nl_groups=%#08x",
	           (int)decode_number(t->data + 4, 4),
	           (unsigned)decode_number(t->data + 8, 4));
	return true;
}

static bool put_packet(const struct address_text *t)
{
	struct buf *out = t->job->out;
	size_t len;

	if (t->len < 12)
		return false;
	len = t->data[11];
	buf_puts(out, ", sll_protocol=htons(");
	decode_put_enum(out, "ethernet_protocols", net16(t->data + 2));
	buf_puts(out, "), sll_ifindex=");
	put_interface(out, (uint32_t)decode_number(t->data + 4, 4));
	buf_puts(out, ", sll_hatype=");
	decode_put_enum(out, "arp_hardware", decode_number(t->data + 8, 2));
	buf_puts(out, ", sll_pkttype=");
	decode_put_enum(out, "packet_types", t->data[10]);
	buf_printf(out, ", sll_halen=%zu", len);
	if (!len)
		return true;
	buf_puts(out, ", sll_addr=[");
	for (size_t i = 0; i < len; i++) {
		decode_put_comma(out, i);
		if (12 + i >= t->len) {
			buf_puts(out, "...");
			break;
		}
		decode_put_hex(out, t->data[12 + i]);
	}
	buf_putc(out, ']');
	return true;
}

static bool put_vsock(const struct address_text *t)
{
	if (t->len < 16)
		return false;
	buf_printf(t->job->out, ", svm_cid=%#x, svm_port=%#x",
	           (unsigned)decode_number(t->data + 8, 4),
	           (unsigned)decode_number(t->data + 4, 4));
	return true;
}

static bool put_family(const struct address_text *t, unsigned family)
{
	switch (family) {
	case AF_UNIX:
		return put_unix(t);
	case AF_INET:
		return put_inet(t);
	case AF_INET6:
		return put_inet6(t);
	case AF_NETLINK:
		return put_netlink(t);
	case AF_PACKET:
		return put_packet(t);
	case AF_VSOCK:
		return put_vsock(t);
	}
	return false;
}

void decode_put_sockaddr(const struct decode_job *job, taddr addr,
                         uint64_t len)
{
	uint8_t data[SOCKADDR_MAX] = { 0 };
	struct address_text t = { job, data, len < sizeof(data)
	                                     ? (size_t)len : sizeof(data) };
	unsigned family;

	if (!addr || len < 2 || !decode_read(job, addr, data, t.len)) {
		decode_put_addr(job->out, addr);
		return;
	}
	family = (unsigned)decode_number(data, 2);
	buf_puts(job->out, "{sa_family=");
	decode_put_enum(job->out, "sock_family", family);
	if (!put_family(&t, family))
		put_rest(&t);
	buf_putc(job->out, '}');
}

void decode_sockaddr(const struct decode_job *job)
{
	if (decode_has_data(job))
		decode_put_sockaddr(job, job->value,
		                    decode_count(job, 0, 0));
}

void decode_sockaddr_len(const struct decode_job *job)
{
	const struct decode_context *c = job->c;
	uint8_t data[4];

	if (!job->value || !decode_read(job, job->value, data, 4))
		decode_put_addr(job->out, job->value);
	else if (c->phase == DECODE_EXIT && c->has_length_before &&
	         c->length_before != (int)decode_number(data, 4))
		buf_printf(job->out, "[%d => %d]", (int)c->length_before,
		           (int)decode_number(data, 4));
	else
		buf_printf(job->out, "[%d]", (int)decode_number(data, 4));
}

/* ---- options ---- */

static const char *option_list(int64_t level)
{
	static const struct {
		int level;
		const char *list;
	} lists[] = {
		{ 0, "sockopts_ip" }, { 1, "sockopts" }, { 6, "sockopts_tcp" },
		{ 17, "sockopts_udp" }, { 136, "sockopts_udp" },
		{ 41, "sockopts_ipv6" }, { 255, "sockopts_raw" },
		{ 263, "sockopts_packet" }, { 270, "sockopts_netlink" },
		{ 282, "sockopts_tls" }, { 40, "sockopts_vsock" },
	};

	for (size_t i = 0; i < ARRAY_LEN(lists); i++) {
		if (lists[i].level == level)
			return lists[i].list;
	}
	return "";
}

void decode_sockopt_name(const struct decode_job *job)
{
	const char *list = option_list(decode_param(job, 0, -1));

	if (*list)
		decode_put_enum(job->out, list, (uint32_t)job->value);
	else
		decode_put_signed(job->out, (int32_t)job->value);
}

/* Options of SOL_SOCKET that are no int. */
static const char *option_struct(int64_t level, int64_t name)
{
	if (level != SOL_SOCKET)
		return NULL;
	switch (name) {
	case SO_LINGER:
		return "linger";
	case SO_PEERCRED:
		return "ucred";
	case 20: /* SO_RCVTIMEO_OLD */
	case 21: /* SO_SNDTIMEO_OLD */
		return "timeval";
	case 66: /* SO_RCVTIMEO_NEW */
	case 67: /* SO_SNDTIMEO_NEW */
		return "timeval64";
	}
	return NULL;
}

static void put_option_int(const struct decode_job *job, int64_t level,
                           int64_t name, int32_t value)
{
	struct buf *out = job->out;

	buf_putc(out, '[');
	if (level == SOL_SOCKET && name == SO_ERROR && errno_name(value))
		buf_puts(out, errno_name(value));
	else if (level == SOL_SOCKET && name == SO_TYPE)
		decode_put_flags(out, "sock_type", (uint32_t)value);
	else if (level == SOL_SOCKET && name == SO_DOMAIN)
		decode_put_enum(out, "sock_family", (uint32_t)value);
	else if (level == SOL_SOCKET && name == SO_PROTOCOL)
		decode_put_enum(out, "inet_protocols", (uint32_t)value);
	else
		decode_put_signed(out, value);
	buf_putc(out, ']');
}

static bool is_text_option(int64_t level, int64_t name)
{
	return (level == SOL_SOCKET && (name == SO_BINDTODEVICE ||
	        name == SO_PEERSEC)) ||
	       (level == 6 && (name == 13 || name == 31)); /* congestion, ULP */
}

void decode_sockopt(const struct decode_job *job)
{
	int64_t level = decode_param(job, 0, -1);
	int64_t name = decode_param(job, 1, -1);
	uint64_t len = decode_count(job, 2, 0);
	const char *type = option_struct(level, name);
	const struct layout *layout = NULL;
	uint8_t data[4];

	if (!decode_has_data(job))
		return;
	if (decode_is_negative(job, 2)) {
		decode_put_addr(job->out, job->value);
		return;
	}
	if (type)
		layout = layout_find(type, decode_abi(job));
	if (layout && len >= layout_size(layout, decode_abi(job)))
		decode_put_struct(job, type, job->value);
	else if (!is_text_option(level, name) && len == 4 &&
	         decode_read(job, job->value, data, 4))
		put_option_int(job, level, name,
		               (int32_t)decode_number(data, 4));
	else
		decode_put_bytes(job, job->value, len);
}
