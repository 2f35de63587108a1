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

/* Options by their level; some are other ones where they are asked for. */
static const struct option_level {
	int level;
	const char *list, *get, *set;
} option_levels[] = {
	{ .level = 0, .list = "sockopts_ip",
	  .get = "sockopts_ip_get", .set = "sockopts_ip_set" },
	{ .level = 1, .list = "sockopts" },
	{ .level = 6, .list = "sockopts_tcp" },
	{ .level = 17, .list = "sockopts_udp" },
	{ .level = 40, .list = "sockopts_vsock" },
	{ .level = 41, .list = "sockopts_ipv6",
	  .get = "sockopts_ipv6_get", .set = "sockopts_ipv6_set" },
	{ .level = 101, .list = "sockopts_can_raw" },
	{ .level = 132, .list = "sockopts_sctp" },
	{ .level = 136, .list = "sockopts_udp" },
	{ .level = 255, .list = "sockopts_raw" },
	{ .level = 256, .list = "sockopts_ipx" },
	{ .level = 257, .list = "sockopts_ax25" },
	{ .level = 263, .list = "sockopts_packet" },
	{ .level = 266, .list = "sockopts_irda" },
	{ .level = 268, .list = "sockopts_llc" },
	{ .level = 269, .list = "sockopts_dccp" },
	{ .level = 270, .list = "sockopts_netlink" },
	{ .level = 271, .list = "sockopts_tipc" },
	{ .level = 272, .list = "sockopts_rxrpc" },
	{ .level = 273, .list = "sockopts_pppol2tp" },
	{ .level = 274, .list = "sockopts_bluetooth" },
	{ .level = 275, .list = "sockopts_pnpipe" },
	{ .level = 276, .list = "sockopts_rds" },
	{ .level = 277, .list = "sockopts_iucv" },
	{ .level = 278, .list = "sockopts_caif" },
	{ .level = 279, .list = "sockopts_alg" },
	{ .level = 280, .list = "sockopts_nfc" },
	{ .level = 281, .list = "sockopts_kcm" },
	{ .level = 282, .list = "sockopts_tls" },
	{ .level = 283, .list = "sockopts_xdp" },
};

static const char *option_list(const struct decode_job *job)
{
	int64_t level = decode_param(job, 0, -1);
	bool get = job->c->call->desc->name[0] == 'g';

	for (size_t i = 0; i < ARRAY_LEN(option_levels); i++) {
		const struct option_level *row = &option_levels[i];
		const char *other = get ? row->get : row->set;

		if (row->level != level)
			continue;
		return other && constant_name(constant_list_find(other),
		                              (uint32_t)job->value)
		       ? other : row->list;
	}
	return NULL;
}

void decode_sockopt_name(const struct decode_job *job)
{
	const char *list = option_list(job);

	if (list)
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
