/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The control data of messages: cmsg(3). */
#include "syscalls/decode_socket.h"
#include "syscalls/decode_struct.h"

#include <arpa/inet.h>

enum {
	SOL_SOCKET_LEVEL = 1,
	CONTROL_MAX = 4096, /* of control data that is looked at */
};

static void put_descriptors(const struct decode_job *job, const uint8_t *data,
                            size_t len)
{
	buf_putc(job->out, '[');
	for (size_t i = 0; i + 4 <= len; i += 4) {
		decode_put_comma(job->out, i);
		if (i / 4 >= decode_max_elements(job) || decode_full(job)) {
			buf_puts(job->out, "...");
			break;
		}
		decode_put_fd(job, (int32_t)decode_number(data + i, 4));
	}
	buf_putc(job->out, ']');
}

/* [a, b, ...]: numbers of SIZE bytes. */
static void put_numbers(const struct decode_job *job, const uint8_t *data,
                        size_t len, size_t size)
{
	buf_putc(job->out, '[');
	for (size_t i = 0; i + size <= len; i += size) {
		decode_put_comma(job->out, i);
		if (i / size >= decode_max_elements(job) || decode_full(job)) {
			buf_puts(job->out, "...");
			break;
		}
		if (size == 1)
			decode_put_hex(job->out, data[i]);
		else
			decode_put_unsigned(job->out,
			                    decode_number(data + i, size));
	}
	buf_putc(job->out, ']');
}

/* One that is a struct, or COUNT of it. */
static void put_as_struct(const struct decode_job *job, const char *name,
                          size_t count, const uint8_t *data, size_t len)
{
	const struct layout *layout = layout_find(name, decode_abi(job));
	size_t size = layout_size(layout, decode_abi(job));

	if (len < size * count) {
		buf_puts(job->out, "???");
		return;
	}
	if (count > 1)
		buf_putc(job->out, '[');
	for (size_t i = 0; i < count; i++) {
		decode_put_comma(job->out, i);
		layout_put(job, layout, data + i * size, 0);
	}
	if (count > 1)
		buf_putc(job->out, ']');
}

static void put_pktinfo(const struct decode_job *job, const uint8_t *data,
                        size_t len)
{
	static const char *const names[] = { "ipi_spec_dst", "ipi_addr" };
	char text[INET_ADDRSTRLEN];

	if (len < 12) {
		buf_puts(job->out, "???");
		return;
	}
	buf_printf(job->out, "{ipi_ifindex=%u", (unsigned)decode_number(data,
	                                                                4));
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		inet_ntop(AF_INET, data + 4 + 4 * i, text, sizeof(text));
		buf_printf(job->out, ", %s=inet_addr(\"%s\")", names[i], text);
	}
	buf_putc(job->out, '}');
}

/* What the data of a message is. */
enum meaning {
	UNKNOWN, DESCRIPTORS, STRUCT, TEXT, BYTES, WORDS, PKTINFO,
};

static const struct {
	uint16_t level;
	uint16_t type;
	uint8_t meaning;
	uint8_t count;
	const char *name;
} kinds[] = {
	{ 1, 1, DESCRIPTORS, 0, NULL },          /* SCM_RIGHTS */
	{ 1, 2, STRUCT, 1, "ucred" },            /* SCM_CREDENTIALS */
	{ 1, 3, TEXT, 0, NULL },                 /* SCM_SECURITY */
	{ 1, 4, DESCRIPTORS, 0, NULL },          /* SCM_PIDFD */
	{ 1, 29, STRUCT, 1, "timeval" },         /* SO_TIMESTAMP_OLD */
	{ 1, 35, STRUCT, 1, "timespec" },        /* SO_TIMESTAMPNS_OLD */
	{ 1, 37, STRUCT, 3, "timespec" },        /* SO_TIMESTAMPING_OLD */
	{ 1, 63, STRUCT, 1, "timeval64" },       /* SO_TIMESTAMP_NEW */
	{ 1, 64, STRUCT, 1, "timespec64" },      /* SO_TIMESTAMPNS_NEW */
	{ 1, 65, STRUCT, 3, "timespec64" },      /* SO_TIMESTAMPING_NEW */
	{ 0, 1, BYTES, 0, NULL },                /* IP_TOS */
	{ 0, 2, WORDS, 0, NULL },                /* IP_TTL */
	{ 0, 3, TEXT, 0, NULL },                 /* SCM_SECURITY */
	{ 0, 6, BYTES, 0, NULL },                /* IP_RECVOPTS */
	{ 0, 7, BYTES, 0, NULL },                /* IP_RETOPTS */
	{ 0, 8, PKTINFO, 0, NULL },              /* IP_PKTINFO */
	{ 0, 23, WORDS, 0, NULL },               /* IP_CHECKSUM */
};

static enum meaning meaning_of(uint32_t level, uint32_t type, size_t *index)
{
	for (*index = 0; *index < ARRAY_LEN(kinds); ++*index) {
		if (kinds[*index].level == level && kinds[*index].type == type)
			return kinds[*index].meaning;
	}
	return UNKNOWN;
}

/* LEN bytes of one message's data. */
static void put_control_data(const struct decode_job *job, uint32_t level,
                             uint32_t type, const uint8_t *data, size_t len)
{
	size_t index;
	enum meaning meaning = meaning_of(level, type, &index);

	/* strace says nothing of what it doesn't know. */
	if (meaning == UNKNOWN && job->c->strace)
		return;
	buf_puts(job->out, ", cmsg_data=");
	switch (meaning) {
	case DESCRIPTORS:
		put_descriptors(job, data, len);
		break;
	case STRUCT:
		put_as_struct(job, kinds[index].name, kinds[index].count, data,
		              len);
		break;
	case BYTES:
		put_numbers(job, data, len, 1);
		break;
	case WORDS:
		put_numbers(job, data, len, 4);
		break;
	case PKTINFO:
		put_pktinfo(job, data, len);
		break;
	default:
		decode_put_quoted(job, data, len);
	}
}

static void put_control_head(const struct decode_job *job, uint64_t len,
                             uint32_t level, uint32_t type)
{
	struct buf *out = job->out;

	buf_puts(out, "{cmsg_len=");
	decode_put_unsigned(out, len);
	buf_puts(out, ", cmsg_level=");
	decode_put_enum(out, "sock_level", level);
	buf_puts(out, ", cmsg_type=");
	if (level == SOL_SOCKET_LEVEL)
		decode_put_enum(out, "scm_types", type);
	else if (level == 0) /* SOL_IP */
		decode_put_enum(out, "ip_cmsg_types", type);
	else
		decode_put_hex(out, type);
}

/* SIZE bytes of control data, copied to DATA. */
static void put_control(const struct decode_job *job, const uint8_t *data,
                        size_t size)
{
	size_t word = decode_pointer_size(decode_abi(job));
	size_t head = word + 8;

	buf_putc(job->out, '[');
	for (size_t at = 0; at + head <= size;) {
		uint64_t len = decode_number(data + at, word);
		uint32_t level = (uint32_t)decode_number(data + at + word, 4);
		uint32_t type = (uint32_t)decode_number(data + at + word + 4,
		                                        4);
		size_t here = size - at;

		decode_put_comma(job->out, at);
		if (decode_full(job)) {
			buf_puts(job->out, "...");
			break;
		}
		if (len < here)
			here = (size_t)len;
		put_control_head(job, len, level, type);
		if (here > head)
			put_control_data(job, level, type, data + at + head,
			                 here - head);
		buf_putc(job->out, '}');
		if (len < head)
			break;
		at += (here + word - 1) / word * word;
	}
	buf_putc(job->out, ']');
}

void decode_put_control(const struct decode_job *job, taddr addr,
                        uint64_t len)
{
	uint8_t data[CONTROL_MAX];
	size_t size = len < sizeof(data) ? (size_t)len : sizeof(data);

	if (!addr || len < decode_pointer_size(decode_abi(job)) + 8u ||
	    !decode_read(job, addr, data, size))
		decode_put_addr(job->out, addr);
	else
		put_control(job, data, size);
}
