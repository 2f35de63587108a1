/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Messages of netlink sockets: include/uapi/linux/netlink.h. */
#include "syscalls/decode_netlink.h"

#include "syscalls/decode_struct.h"

#include <linux/netlink.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

enum {
	HEADER = 16,      /* struct nlmsghdr */
	/* An error has the message that it is about in it. */
	DEPTH_MAX = 4,
	/* No message is as long: what says so is no netlink's. */
	MESSAGE_MAX = 1 << 24,
};

struct header {
	uint32_t len, seq, pid;
	uint16_t type, flags;
};

static void put_message(const struct decode_job *job, int protocol,
                        const struct header *h, taddr addr, uint64_t len,
                        unsigned depth);

static const struct constant_list *type_list(int protocol, uint16_t type)
{
	static const struct { int protocol; const char *list; } lists[] = {
		{ NETLINK_ROUTE, "nl_route_types" },
		{ NETLINK_SOCK_DIAG, "nl_sock_diag_types" },
		{ NETLINK_AUDIT, "nl_audit_types" },
		{ NETLINK_XFRM, "nl_xfrm_types" },
		{ NETLINK_SELINUX, "nl_selinux_types" },
		{ NETLINK_CRYPTO, "nl_crypto_types" },
		{ NETLINK_GENERIC, "nl_generic_types" },
	};

	for (size_t i = 0; type >= NLMSG_MIN_TYPE && i < ARRAY_LEN(lists); i++)
		if (lists[i].protocol == protocol)
			return constant_list_find(lists[i].list);
	return constant_list_find("netlink_types");
}

/* netfilter's have a subsystem in the upper half. */
static void put_type(struct buf *out, int protocol, uint16_t type)
{
	if (protocol != NETLINK_NETFILTER || type < NLMSG_MIN_TYPE) {
		constant_put_enum(type_list(protocol, type), type, out);
		return;
	}
	decode_put_enum(out, "nl_netfilter_subsys", type >> 8);
	buf_puts(out, "<<8|");
	decode_put_hex(out, type & 0xff);
}

/* What the upper flags mean depends on what is asked for. */
static const char *flag_list(int protocol, uint16_t type)
{
	enum { RTM_DELACTION_TYPE = 49 };

	if (type < NLMSG_MIN_TYPE)
		return type == NLMSG_ERROR ? "netlink_ack_flags"
		                           : "netlink_flags";
	if (protocol == NETLINK_SOCK_DIAG)
		return "netlink_get_flags";
	if (protocol != NETLINK_ROUTE)
		return "netlink_flags";
	if (type == RTM_DELACTION_TYPE)
		return "netlink_get_flags";
	switch (type & 3) {
	case 0:
		return "netlink_new_flags";
	case 1:
		return "netlink_delete_flags";
	case 2:
		return "netlink_get_flags";
	default:
		return "netlink_flags";
	}
}

static void put_header(const struct decode_job *job, int protocol,
                       const struct header *h)
{
	struct buf *out = job->out;

	buf_printf(out, "{nlmsg_len=%u, nlmsg_type=", h->len);
	put_type(out, protocol, h->type);
	buf_puts(out, ", nlmsg_flags=");
	decode_put_flags(out, flag_list(protocol, h->type), h->flags);
	buf_printf(out, ", nlmsg_seq=%u, nlmsg_pid=%d}", h->seq, (int)h->pid);
}

static const struct message *message_find(int protocol,
                                          const struct header *h,
                                          uint8_t family)
{
	const char *name = constant_name(type_list(protocol, h->type), h->type);
	const struct message *m;

	for (size_t i = 0; (m = message_at(i)); i++) {
		if (m->protocol != protocol ||
		    (m->family && m->family != family))
			continue;
		if (m->type && (!name || strlen(name) < 7 ||
		                strcmp(name + 7, m->type) != 0))
			continue;
		if (protocol == NETLINK_SOCK_DIAG &&
		    m->answer == !!(h->flags & NLM_F_REQUEST))
			continue;
		return m;
	}
	return NULL;
}

/* {family=AF_INET, data="..."} */
static void put_family(const struct decode_job *job, uint8_t family,
                       taddr addr, uint64_t len)
{
	buf_puts(job->out, "{family=");
	decode_put_enum(job->out, "sock_family", family);
	if (len > 1) {
		buf_puts(job->out, ", data=");
		decode_put_hex_bytes(job, addr + 1, len - 1);
	}
	buf_putc(job->out, '}');
}

/* A struct whose first byte is a family, and attributes. */
static bool put_typed(const struct decode_job *job, int protocol,
                      const struct header *h, taddr addr, uint64_t len)
{
	const struct message *m;
	const struct layout *layout;
	uint64_t family, size;

	if ((protocol != NETLINK_ROUTE && protocol != NETLINK_SOCK_DIAG) ||
	    h->type < NLMSG_MIN_TYPE)
		return false;
	if (!netlink_number(job, addr, 1, &family)) {
		decode_put_addr(job->out, addr);
		return true;
	}
	m = message_find(protocol, h, (uint8_t)family);
	if (!m || (protocol == NETLINK_SOCK_DIAG && len < 2)) {
		put_family(job, (uint8_t)family, addr, len);
		return true;
	}
	layout = layout_find(m->layout, decode_abi(job));
	size = layout_size(layout, decode_abi(job));
	if (len < size) {
		buf_printf(job->out, "{%s=", layout->fields[0].name);
		decode_put_enum(job->out, "sock_family", family);
		buf_puts(job->out, ", ...}");
		return true;
	}
	decode_put_struct(job, m->layout, addr);
	if (m->set && len > netlink_aligned(size)) {
		buf_puts(job->out, ", ");
		decode_put_attrs(job, (uint8_t)family, m->set,
		                 addr + netlink_aligned(size),
		                 len - netlink_aligned(size));
	}
	return true;
}

static struct header header_of(const uint8_t *data)
{
	return (struct header){
		.len = (uint32_t)decode_number(data, 4),
		.type = (uint16_t)decode_number(data + 4, 2),
		.flags = (uint16_t)decode_number(data + 6, 2),
		.seq = (uint32_t)decode_number(data + 8, 4),
		.pid = (uint32_t)decode_number(data + 12, 4),
	};
}

static void put_error_number(struct buf *out, int32_t error)
{
	const char *name = error < 0 ? errno_name(-error) : NULL;

	if (name)
		buf_printf(out, "-%s", name);
	else
		decode_put_signed(out, error);
}

/* An error, the message that it is about, and attributes that say more. */
static void put_error(const struct decode_job *job, int protocol,
                      const struct header *h, taddr addr, uint64_t len,
                      unsigned depth)
{
	uint8_t data[4 + HEADER];
	struct header about;
	uint64_t own, payload;

	if (len < sizeof(data)) {
		decode_put_hex_bytes(job, addr, len);
		return;
	}
	if (!decode_read(job, addr, data, sizeof(data))) {
		decode_put_addr(job->out, addr);
		return;
	}
	about = header_of(data + 4);
	own = about.len < HEADER || h->flags & NLM_F_CAPPED ? HEADER
	                                                    : about.len;
	len -= 4;
	payload = own < len ? own : len;
	buf_puts(job->out, len > payload ? "[{error=" : "{error=");
	put_error_number(job->out, (int32_t)decode_number(data, 4));
	buf_puts(job->out, ", msg=");
	put_message(job, protocol, &about, addr + 4, payload, depth + 1);
	buf_putc(job->out, '}');
	if (len > payload) {
		buf_puts(job->out, ", ");
		decode_put_attrs(job, 0, "error", addr + 4 + payload,
		                 len - payload);
		buf_putc(job->out, ']');
	}
}

static void put_payload(const struct decode_job *job, int protocol,
                        const struct header *h, taddr addr, uint64_t len,
                        unsigned depth)
{
	uint64_t value;

	if (h->type == NLMSG_ERROR && depth < DEPTH_MAX)
		put_error(job, protocol, h, addr, len, depth);
	else if (h->type == NLMSG_DONE && len == 4 &&
	         netlink_number(job, addr, 4, &value))
		decode_put_signed(job->out, (int32_t)value);
	else if (!put_typed(job, protocol, h, addr, len))
		decode_put_hex_bytes(job, addr, len);
}

/* The message H at ADDR, for which LEN bytes are left. */
static void put_message(const struct decode_job *job, int protocol,
                        const struct header *h, taddr addr, uint64_t len,
                        unsigned depth)
{
	uint64_t there = h->len < len ? h->len : len;

	if (there > HEADER)
		buf_putc(job->out, '[');
	put_header(job, protocol, h);
	if (there > HEADER) {
		buf_puts(job->out, ", ");
		put_payload(job, protocol, h, addr + HEADER, there - HEADER,
		            depth);
		buf_putc(job->out, ']');
	}
}

static void put_messages(const struct decode_job *job, int protocol,
                         taddr addr, uint64_t len)
{
	struct buf *out = job->out;
	bool is_array = false;
	uint8_t data[HEADER];

	for (size_t i = 0; netlink_head(job, addr, len, data, sizeof(data),
	                             is_array); i++) {
		struct header h = header_of(data);
		uint64_t step = netlink_aligned(h.len);
		bool more = h.len >= HEADER && step < len;

		if (i >= decode_max_elements(job) || decode_full(job)) {
			buf_puts(out, "...");
			break;
		}
		if (more && !is_array)
			buf_putc(out, '[');
		is_array |= more;
		put_message(job, protocol, &h, addr, len, 0);
		if (!more)
			break;
		buf_puts(out, ", ");
		addr += step;
		len -= step;
	}
	if (is_array)
		buf_putc(out, ']');
}

/* The protocol in "NETLINK:[ROUTE:77]"; -1: it has no name. */
static int protocol_of(const char *text)
{
	static const char before[] = "NETLINK:[";
	const struct constant_list *list = constant_list_find(
	                                   "netlink_protocols");
	size_t len;

	if (strncmp(text, before, sizeof(before) - 1) != 0)
		return -1;
	text += sizeof(before) - 1;
	len = strcspn(text, ":]");
	for (size_t i = 0; list && i < list->count; i++) {
		const char *name = list->items[i].name + strlen("NETLINK_");

		if (strlen(name) == len && !strncmp(name, text, len))
			return (int)list->items[i].value;
	}
	return *text >= '0' && *text <= '9' ? atoi(text) : -1;
}

bool decode_netlink(const struct decode_job *job, int fd, taddr addr,
                    uint64_t len)
{
	const struct decode_host *host = job->c->host;
	char text[128];
	uint64_t first;
	int protocol;

	/* What can't be a message is not worth asking what the socket is. */
	if (!host || !host->netlink || !addr ||
	    (len >= HEADER && (!netlink_number(job, addr, 4, &first) ||
	                       first > MESSAGE_MAX)) ||
	    host->netlink(host->ctx, fd, text, sizeof(text)) <= 0)
		return false;
	protocol = protocol_of(text);
	if (protocol == NETLINK_KOBJECT_UEVENT)
		return false;
	put_messages(job, protocol, addr, len);
	return true;
}
