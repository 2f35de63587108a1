/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Addresses of sockets, by their family. */
#include "syscalls/decode_socket.h"

#include "syscalls/decode_struct.h"

#include <arpa/inet.h>
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
	if (len > 108)
		len = 108;
	/* A path needs no NUL at its end; an abstract name begins with one. */
	if (path[0]) {
		buf_puts(out, ", sun_path=\"");
		buf_put_c_escaped(out, path, strnlen((const char *)path, len));
	} else {
		buf_puts(out, ", sun_path=@\"");
		buf_put_c_escaped(out, path + 1, len - 1);
	}
	buf_putc(out, '"');
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
	if (t->len > OLD_SIZE) {
		uint32_t scope = (uint32_t)decode_number(t->data + 24, 4);
		/* Only there is it an interface of this machine. */
		bool link = t->data[8] == 0xfe && (t->data[9] & 0xc0) == 0x80;

		buf_puts(out, ", sin6_scope_id=");
		if (link)
			decode_put_ifindex(t->job, scope);
		else
			decode_put_unsigned(out, scope);
	}
	return true;
}

static bool put_netlink(const struct address_text *t)
{
	unsigned pad = (unsigned)decode_number(t->data + 2, 2);

	if (t->len < 12)
		return false;
	if (pad)
		buf_printf(t->job->out, ", nl_pad=%#x", pad);
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
	decode_put_ifindex(t->job, (uint32_t)decode_number(t->data + 4, 4));
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

static uint32_t word_at(const struct address_text *t, size_t at)
{
	return (uint32_t)decode_number(t->data + at, 4);
}

/* ", NAME=": a number in hex, or what LIST calls it. */
static void put_named(struct buf *out, const char *name, const char *list,
                      uint32_t value)
{
	const char *special = constant_name(constant_list_find(list), value);

	buf_printf(out, ", %s=", name);
	if (special)
		buf_puts(out, special);
	else
		decode_put_hex(out, value);
}

static bool put_vsock(const struct address_text *t)
{
	struct buf *out = t->job->out;
	unsigned reserved = (unsigned)decode_number(t->data + 2, 2);

	if (t->len < 16)
		return false;
	if (reserved)
		buf_printf(out, ", svm_reserved1=%#x", reserved);
	put_named(out, "svm_cid", "vsock_cids", word_at(t, 8));
	put_named(out, "svm_port", "vsock_ports", word_at(t, 4));
	buf_puts(out, ", svm_flags=");
	decode_put_flags(out, "vsock_flags", t->data[12]);
	if (t->data[13] || t->data[14] || t->data[15])
		buf_printf(out, ", svm_zero=\"\\x%02x\\x%02x\\x%02x\"",
		           t->data[13], t->data[14], t->data[15]);
	return true;
}

/* Bits of an algorithm's kind, where they are any. */
static void put_alg_bits(struct buf *out, const char *name, uint32_t bits)
{
	buf_printf(out, ", %s=", name);
	decode_put_hex(out, bits);
	if (!bits)
		return;
	buf_puts(out, " /* ");
	if (constant_name(constant_list_find("crypto_flags"),
	                  bits & 0x1000)) /* CRYPTO_ALG_KERN_DRIVER_ONLY */
		decode_put_flags(out, "crypto_flags", bits);
	else
		buf_puts(out, "CRYPTO_ALG_???");
	buf_puts(out, " */");
}

/* A char array of an address, with "..." where it has no end. */
static void put_text(const struct address_text *t, const char *name, size_t at,
                     size_t size)
{
	size_t len = strnlen((const char *)t->data + at, size);

	buf_printf(t->job->out, ", %s=\"", name);
	buf_put_c_escaped(t->job->out, t->data + at,
	                  len == size ? size - 1 : len);
	buf_puts(t->job->out, len == size ? "\"..." : "\"");
}

static bool put_alg(const struct address_text *t)
{
	enum { TYPE = 2, TYPE_SIZE = 14, NAME = 24, NAME_SIZE = 64 };
	size_t size = t->len > NAME ? t->len - NAME : 0;

	if (!size)
		return false;
	put_text(t, "salg_type", TYPE, TYPE_SIZE);
	put_alg_bits(t->job->out, "salg_feat", word_at(t, 16));
	put_alg_bits(t->job->out, "salg_mask", word_at(t, 20));
	put_text(t, "salg_name", NAME, size > NAME_SIZE ? NAME_SIZE : size);
	return true;
}

static bool put_xdp(const struct address_text *t)
{
	enum { SHARED = 1 };
	unsigned flags = (unsigned)decode_number(t->data + 2, 2);
	struct buf *out = t->job->out;

	if (t->len < 16)
		return false;
	buf_puts(out, ", sxdp_flags=");
	decode_put_flags(out, "xdp_flags", flags);
	buf_puts(out, ", sxdp_ifindex=");
	decode_put_ifindex(t->job, word_at(t, 4));
	buf_printf(out, ", sxdp_queue_id=%u", word_at(t, 8));
	if (!(flags & SHARED) && !word_at(t, 12))
		return true;
	buf_puts(out, ", sxdp_shared_umem_fd=");
	if (flags & SHARED)
		decode_put_fd(t->job, (int32_t)word_at(t, 12));
	else
		decode_put_hex(out, word_at(t, 12));
	return true;
}

static bool put_qipcrtr(const struct address_text *t)
{
	if (t->len < 12)
		return false;
	put_named(t->job->out, "sq_node", "qrtr_nodes", word_at(t, 4));
	put_named(t->job->out, "sq_port", "qrtr_ports", word_at(t, 8));
	return true;
}

static bool put_mctp(const struct address_text *t)
{
	unsigned pad = (unsigned)decode_number(t->data + 2, 2);
	struct buf *out = t->job->out;

	if (t->len < 12)
		return false;
	if (pad)
		buf_printf(out, ", __smctp_pad0=%#x", pad);
	put_named(out, "smctp_network", "mctp_networks", word_at(t, 4));
	put_named(out, "smctp_addr={s_addr", "mctp_addresses", t->data[8]);
	buf_printf(out, "}, smctp_type=%#x, smctp_tag=%#x", t->data[9],
	           t->data[10]);
	if (t->data[11])
		buf_printf(out, ", __smctp_pad1=%#x", t->data[11]);
	return true;
}

static bool put_ipx(const struct address_text *t)
{
	struct buf *out = t->job->out;

	if (t->len < 16)
		return false;
	buf_printf(out, ", sipx_port=htons(%u), sipx_network=htonl(%#x), "
	           "sipx_node=[", net16(t->data + 2),
	           (uint32_t)net16(t->data + 4) << 16 | net16(t->data + 6));
	for (size_t i = 8; i < 14; i++)
		buf_printf(out, "%s%#02x", i > 8 ? ", " : "", t->data[i]);
	buf_printf(out, "], sipx_type=%#02x", t->data[14]);
	if (t->data[15])
		buf_printf(out, ", sipx_zero=%#02x", t->data[15]);
	return true;
}

static bool put_x25(const struct address_text *t)
{
	enum { ADDRESS_SIZE = 16 };

	if (t->len < 2 + ADDRESS_SIZE)
		return false;
	put_text(t, "sx25_addr={x25_addr", 2, ADDRESS_SIZE);
	buf_putc(t->job->out, '}');
	return true;
}

/* A number that counts from START on: NAME+5. */
static void put_from(struct buf *out, const char *name, unsigned start,
                     unsigned value, const char *unknown)
{
	if (value > start)
		buf_printf(out, "htobs(%s+%u)", name, value - start);
	else if (value == start)
		buf_printf(out, "htobs(%s)", name);
	else
		buf_printf(out, "htobs(%#x /* %s */)", value, unknown);
}

static void put_bdaddr(const struct address_text *t, const char *name,
                       size_t at)
{
	buf_printf(t->job->out, ", %s=", name);
	for (size_t i = 0; i < 6; i++)
		buf_printf(t->job->out, "%s%02x", i ? ":" : "",
		           t->data[at + i]);
}

/* The protocols of one family: their addresses differ in length. */
static bool put_bluetooth(const struct address_text *t)
{
	enum { HCI = 4, HCI_CHANNEL = 6, SCO = 8, RFCOMM = 10, L2_OLD = 12,
	       L2 = 14, PSM_START = 0x1001, CID_START = 0x40 };
	unsigned first = (unsigned)decode_number(t->data + 2, 2);
	struct buf *out = t->job->out;

	switch (t->len) {
	case HCI:
	case HCI_CHANNEL:
		buf_printf(out, ", hci_dev=htobs(%u)", first);
		if (t->len == HCI)
			return true;
		buf_puts(out, ", hci_channel=");
		decode_put_enum(out, "hci_channels",
		                decode_number(t->data + 4, 2));
		return true;
	case SCO:
		put_bdaddr(t, "sco_bdaddr", 2);
		return true;
	case RFCOMM:
		put_bdaddr(t, "rc_bdaddr", 2);
		buf_printf(out, ", rc_channel=%u", t->data[8]);
		return true;
	case L2_OLD:
	case L2:
		buf_puts(out, ", l2_psm=");
		put_from(out, "L2CAP_PSM_DYN_START", PSM_START, first,
		         "L2CAP_PSM_???");
		put_bdaddr(t, "l2_bdaddr", 4);
		buf_puts(out, ", l2_cid=");
		put_from(out, "L2CAP_CID_DYN_START", CID_START,
		         (unsigned)decode_number(t->data + 10, 2),
		         "L2CAP_CID_???");
		if (t->len == L2) {
			buf_puts(out, ", l2_bdaddr_type=");
			decode_put_enum(out, "bdaddr_types", t->data[12]);
		}
		return true;
	default:
		return false;
	}
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
	case AF_ALG:
		return put_alg(t);
	case AF_XDP:
		return put_xdp(t);
	case AF_QIPCRTR:
		return put_qipcrtr(t);
	case AF_IPX:
		return put_ipx(t);
	case AF_X25:
		return put_x25(t);
	case 45: /* AF_MCTP */
		return put_mctp(t);
	case AF_BLUETOOTH:
		return put_bluetooth(t);
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
