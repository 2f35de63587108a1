/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Attributes of netlink's messages: struct nlattr. */
#include "syscalls/decode_netlink.h"

#include "syscalls/decode_socket.h"
#include "syscalls/decode_struct.h"

#include <linux/netlink.h>
#include <string.h>
#include <sys/socket.h>

enum {
	ATTR_HEADER = 4,  /* struct nlattr */
	HARDWARE_MAX = 32,
};

/* Where the attributes of a message are looked into. */
struct place {
	const struct decode_job *job;
	uint8_t family;   /* what the header has */
};

static void put_attrs(const struct place *p, const struct attr_set *set,
                      taddr addr, uint64_t len);

uint64_t netlink_aligned(uint64_t len)
{
	return (len + 3) & ~(uint64_t)3;
}

bool netlink_number(const struct decode_job *job, taddr addr, size_t size,
                    uint64_t *value)
{
	uint8_t data[8];

	if (!decode_read(job, addr, data, size))
		return false;
	*value = decode_number(data, size);
	return true;
}

bool netlink_head(const struct decode_job *job, taddr addr, uint64_t len,
                  uint8_t *data, size_t size, bool in_array)
{
	if (len < size)
		decode_put_hex_bytes(job, addr, len);
	else if (decode_read(job, addr, data, size))
		return true;
	else if (in_array)
		decode_put_unreadable(job->out, addr);
	else
		decode_put_addr(job->out, addr);
	return false;
}

static void put_string(const struct decode_job *job, taddr addr, uint64_t len)
{
	uint64_t last = 1;

	if (netlink_number(job, addr + len - 1, 1, &last) && !last) {
		decode_put_bytes(job, addr, len - 1);
		return;
	}
	decode_put_bytes(job, addr, len);
	if (len <= decode_max_string(job))
		buf_puts(job->out, "...");
}

static bool put_address(const struct decode_job *job, uint8_t family,
                        taddr addr, uint64_t len)
{
	size_t size = family == AF_INET6 ? 16 : 4;
	uint8_t data[16];

	if ((family != AF_INET && family != AF_INET6) || len < size ||
	    !decode_read(job, addr, data, size))
		return false;
	decode_put_inet(job, family, data);
	return true;
}

static bool put_bits(const struct decode_job *job, const char *name,
                     taddr addr, uint64_t len)
{
	const struct constant_list *list = constant_list_find(name);
	uint64_t value;
	size_t count = 0;

	if (len < 2 || !netlink_number(job, addr, 2, &value))
		return false;
	buf_putc(job->out, '{');
	for (size_t i = 0; list && i < list->count; i++) {
		if (!(value & list->items[i].value))
			continue;
		decode_put_comma(job->out, count++);
		buf_printf(job->out, "%s=1", list->items[i].name);
	}
	buf_putc(job->out, '}');
	return true;
}

static bool put_hardware(const struct decode_job *job, taddr addr,
                         uint64_t len)
{
	uint8_t data[HARDWARE_MAX];

	if (len > sizeof(data) || !decode_read(job, addr, data, len))
		return false;
	decode_put_hardware(job->out, data, len);
	return true;
}

static bool put_layout(const struct decode_job *job, const char *name,
                       taddr addr, uint64_t len)
{
	const struct layout *layout = layout_find(name, decode_abi(job));

	if (!layout || len < layout_size(layout, decode_abi(job)))
		return false;
	decode_put_struct(job, name, addr);
	return true;
}

static void put_index(struct buf *out, const struct constant_list *list,
                      uint64_t index)
{
	const char *name = constant_name(list, index);

	if (name)
		buf_printf(out, "[%s]=", name);
	else
		buf_printf(out, "[%llu /* %s */]=", (unsigned long long)index,
		           list->unknown);
}

/* [[NAME]=1, ...]: the place of each number has a name, if LIST is there. */
static bool put_numbers(const struct decode_job *job, const char *name,
                        size_t size, bool sign, taddr addr, uint64_t len)
{
	const struct constant_list *list = name ? constant_list_find(name)
	                                        : NULL;
	uint64_t value;

	if (len < size || !netlink_number(job, addr, size, &value))
		return false;
	buf_putc(job->out, '[');
	for (uint64_t i = 0; i < len / size; i++) {
		decode_put_comma(job->out, i);
		if (i >= decode_max_elements(job) || decode_full(job)) {
			buf_puts(job->out, "...");
			break;
		}
		if (!netlink_number(job, addr + i * size, size, &value)) {
			decode_put_unreadable(job->out, addr + i * size);
			break;
		}
		if (list) {
			put_index(job->out, list, i);
		}
		if (sign)
			decode_put_signed(job->out, decode_signed(value, size));
		else
			decode_put_unsigned(job->out, value);
	}
	buf_putc(job->out, ']');
	return true;
}

/* How many bytes a kind that is one number has; 0: it is none. */
static size_t number_size(enum attr_kind kind)
{
	switch (kind) {
	case ATTR_U8:
	case ATTR_ENUM8:
	case ATTR_FLAGS8:
	case ATTR_MARKS8:
		return 1;
	case ATTR_U16:
	case ATTR_X16:
	case ATTR_BE16:
	case ATTR_ENUM16:
	case ATTR_FLAGS16:
		return 2;
	case ATTR_U32:
	case ATTR_S32:
	case ATTR_X32:
	case ATTR_UID:
	case ATTR_FD:
	case ATTR_IFINDEX:
	case ATTR_ENUM32:
	case ATTR_FLAGS32:
		return 4;
	case ATTR_U64:
	case ATTR_BE64:
	case ATTR_TICKS:
		return 8;
	default:
		return 0;
	}
}

static void put_number(const struct decode_job *job, const struct attr *attr,
                       uint64_t value)
{
	struct buf *out = job->out;

	switch ((enum attr_kind)attr->kind) {
	case ATTR_S32:
		decode_put_signed(out, (int32_t)value);
		break;
	case ATTR_X16:
	case ATTR_X32:
		decode_put_hex(out, value);
		break;
	case ATTR_BE16:
		decode_put_network(out, value, 2);
		break;
	case ATTR_BE64:
		decode_put_network(out, value, 8);
		break;
	case ATTR_TICKS:
		decode_put_ticks(out, (int64_t)value);
		break;
	case ATTR_UID:
		decode_put_id(out, (uint32_t)value);
		break;
	case ATTR_FD:
		decode_put_fd(job, (int32_t)value);
		break;
	case ATTR_IFINDEX:
		decode_put_ifindex(job, (uint32_t)value);
		break;
	case ATTR_ENUM8:
	case ATTR_ENUM16:
	case ATTR_ENUM32:
		decode_put_enum(out, attr->detail, value);
		break;
	case ATTR_FLAGS8:
	case ATTR_FLAGS16:
	case ATTR_FLAGS32:
		decode_put_flags(out, attr->detail, value);
		break;
	case ATTR_MARKS8:
		decode_put_hex(out, value);
		if (value) {
			buf_puts(out, " /* ");
			decode_put_flags(out, attr->detail, value);
			buf_puts(out, " */");
		}
		break;
	default:
		decode_put_unsigned(out, value);
	}
}

/* False where LEN bytes are none of this kind. */
static bool put_value(const struct place *p, const struct attr *attr,
                      taddr addr, uint64_t len)
{
	size_t size = number_size(attr->kind);
	uint64_t value;

	if (size) {
		if (len < size || !netlink_number(p->job, addr, size, &value))
			return false;
		put_number(p->job, attr, value);
		return true;
	}
	switch ((enum attr_kind)attr->kind) {
	case ATTR_STRING:
		put_string(p->job, addr, len);
		return true;
	case ATTR_INET:
		return put_address(p->job, p->family, addr, len);
	case ATTR_INET6:
		return put_address(p->job, AF_INET6, addr, len);
	case ATTR_BITS:
		return put_bits(p->job, attr->detail, addr, len);
	case ATTR_HARDWARE:
		return put_hardware(p->job, addr, len);
	case ATTR_STRUCT:
		return put_layout(p->job, attr->detail, addr, len);
	case ATTR_INDEXED32:
		return put_numbers(p->job, attr->detail, 4, true, addr, len);
	case ATTR_INDEXED_U32:
	case ATTR_NUMBERS:
		return put_numbers(p->job, attr->detail, 4, false, addr, len);
	case ATTR_INDEXED64:
		return put_numbers(p->job, attr->detail, 8, false, addr, len);
	case ATTR_NEST6:
		if (p->family != AF_INET6)
			return false;
		put_attrs(p, attr_set_find(attr->detail), addr, len);
		return true;
	default:
		put_attrs(p, attr_set_find(attr->detail), addr, len);
		return true;
	}
}

static const struct attr *attr_find(const struct attr_set *set,
                                    const char *name)
{
	for (size_t i = 0; name && i < set->count; i++) {
		if (!strcmp(set->attrs[i].name, name))
			return &set->attrs[i];
	}
	return NULL;
}

/* One attribute and its data; LEN bytes are left for it. */
static void put_attr(const struct place *p, const struct attr_set *set,
                     taddr addr, uint64_t head, uint64_t len)
{
	struct buf *out = p->job->out;
	uint16_t own = (uint16_t)head, type = (uint16_t)(head >> 16);
	uint64_t there = own < len ? own : len;
	const struct constant_list *list = constant_list_find(set->list);
	const struct attr *attr;

	if (there > ATTR_HEADER)
		buf_putc(out, '[');
	buf_printf(out, "{nla_len=%u, nla_type=", own);
	if (type & NLA_F_NESTED)
		buf_puts(out, "NLA_F_NESTED|");
	if (type & NLA_F_NET_BYTEORDER)
		buf_puts(out, "NLA_F_NET_BYTEORDER|");
	type &= NLA_TYPE_MASK;
	constant_put_enum(list, type, out);
	buf_putc(out, '}');
	if (there <= ATTR_HEADER)
		return;
	buf_puts(out, ", ");
	attr = attr_find(set, constant_name(list, type));
	if (!attr || !put_value(p, attr, addr + ATTR_HEADER,
	                        there - ATTR_HEADER))
		decode_put_hex_bytes(p->job, addr + ATTR_HEADER,
		                     there - ATTR_HEADER);
	buf_putc(out, ']');
}

static void put_attrs(const struct place *p, const struct attr_set *set,
                      taddr addr, uint64_t len)
{
	struct buf *out = p->job->out;
	bool is_array = false;
	uint8_t head[ATTR_HEADER];

	for (size_t i = 0; netlink_head(p->job, addr, len, head, sizeof(head),
	                             is_array); i++) {
		uint64_t own = decode_number(head, 2), step = netlink_aligned(own);
		bool more = own >= ATTR_HEADER && step < len;

		if (i >= decode_max_elements(p->job) || decode_full(p->job)) {
			buf_puts(out, "...");
			break;
		}
		if (more && !is_array)
			buf_putc(out, '[');
		is_array |= more;
		put_attr(p, set, addr, decode_number(head, 4), len);
		if (!more)
			break;
		buf_puts(out, ", ");
		addr += step;
		len -= step;
	}
	if (is_array)
		buf_putc(out, ']');
}

void decode_put_attrs(const struct decode_job *job, uint8_t family,
                      const char *set, taddr addr, uint64_t len)
{
	struct place p = { job, family };

	put_attrs(&p, attr_set_find(set), addr, len);
}
