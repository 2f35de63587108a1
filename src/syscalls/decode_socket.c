/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Addresses and options of sockets. */
#include "syscalls/decode_socket.h"

#include "syscalls/decode_struct.h"
#include "syscalls/decoders.h"

#include <string.h>
#include <sys/socket.h>

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

/* Given with its length; asked for it comes as instructions, counted by LEN. */
static void put_filter(const struct decode_job *job, uint64_t len)
{
	const struct layout *layout = layout_find("sock_fprog",
	                                          decode_abi(job));
	bool in = job->arg->direction == ARG_IN;

	if (in && len == layout_size(layout, decode_abi(job)))
		decode_put_struct(job, "sock_fprog", job->value);
	else if (!in && len && len <= UINT16_MAX && job->c->whole)
		decode_put_items(job, "bpf_filter", job->value, len);
	else
		decode_put_addr(job->out, job->value);
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
	if (level == SOL_SOCKET && (name == SO_ATTACH_FILTER ||
	                            name == SO_ATTACH_REUSEPORT_CBPF)) {
		put_filter(job, len);
		return;
	}
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
