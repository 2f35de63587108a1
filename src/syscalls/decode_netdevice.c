/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Addresses and interfaces, as sockets' requests and messages have them. */
#include "syscalls/decode_socket.h"
#include "syscalls/decode_struct.h"

#include <arpa/inet.h>
#include <net/if.h>
#include <string.h>

void decode_put_ifindex(const struct decode_job *job, uint32_t index)
{
	char name[IF_NAMESIZE];

	if (index && if_indextoname(index, name)) {
		buf_puts(job->out, "if_nametoindex(\"");
		buf_put_c_escaped(job->out, name, strnlen(name, sizeof(name)));
		buf_puts(job->out, "\")");
	} else {
		decode_put_unsigned(job->out, index);
	}
}

void decode_put_inet(const struct decode_job *job, int family,
                     const uint8_t *data)
{
	char text[INET6_ADDRSTRLEN];

	inet_ntop(family, data, text, sizeof(text));
	if (family == AF_INET)
		buf_printf(job->out, "inet_addr(\"%s\")", text);
	else
		buf_printf(job->out, "inet_pton(AF_INET6, \"%s\")", text);
}

void decode_put_inet6_field(const struct decode_job *job, const char *name,
                            const uint8_t *data)
{
	char text[INET6_ADDRSTRLEN];

	inet_ntop(AF_INET6, data, text, sizeof(text));
	buf_printf(job->out, "inet_pton(AF_INET6, \"%s\", &%s)", text, name);
}

void decode_put_hardware(struct buf *out, const uint8_t *data, size_t len)
{
	for (size_t i = 0; i < len; i++)
		buf_printf(out, "%s%02x", i ? ":" : "", data[i]);
}

void decode_put_network(struct buf *out, uint64_t value, size_t size)
{
	if (size == 2)
		buf_printf(out, "htons(%u)", ntohs((uint16_t)value));
	else if (size == 4)
		buf_printf(out, "htonl(%u)", ntohl((uint32_t)value));
	else
		buf_printf(out, "htobe64(%llu)",
		           (unsigned long long)__builtin_bswap64(value));
}

/* The index is what is asked about, and comes first. */
void put_ifreq_name(const struct decode_job *job, const struct layout *layout,
                    const uint8_t *data, taddr addr)
{
	(void)addr;
	buf_printf(job->out, "{ifr_index=%d",
	           (int)layout_get(layout, decode_abi(job), data,
	                           "ifr_ifindex"));
	if (job->c->phase == DECODE_EXIT && !decode_failed(job)) {
		buf_puts(job->out, ", ifr_name=");
		decode_put_chars(job, data, IF_NAMESIZE);
	}
	buf_putc(job->out, '}');
}

static void put_interfaces(const struct decode_job *job, taddr addr,
                           size_t count, size_t size)
{
	uint8_t data[IF_NAMESIZE];

	buf_putc(job->out, '[');
	for (size_t i = 0; i < count; i++) {
		taddr at = addr + i * size;

		decode_put_comma(job->out, i);
		if (i >= decode_max_elements(job) || decode_full(job)) {
			buf_puts(job->out, "...");
			break;
		}
		if (!decode_read(job, at, data, sizeof(data))) {
			decode_put_unreadable(job->out, at);
			break;
		}
		buf_puts(job->out, "{ifr_name=");
		decode_put_chars(job, data, sizeof(data));
		buf_puts(job->out, ", ifr_addr=");
		decode_put_sockaddr(job, at + sizeof(data), 16);
		buf_putc(job->out, '}');
	}
	buf_putc(job->out, ']');
}

/* struct ifconf: how much room there is, or how much was filled. */
void put_ifconf(const struct decode_job *job, const struct layout *layout,
                const uint8_t *data, taddr addr)
{
	enum abi abi = decode_abi(job);
	size_t size = abi == ABI_X86_64 ? 40 : 32; /* struct ifreq */
	int32_t len = (int32_t)layout_get(layout, abi, data, "ifc_len");
	taddr list = (taddr)layout_get(layout, abi, data, "ifc_buf");
	bool done = job->c->phase == DECODE_EXIT && !decode_failed(job);

	(void)addr;
	buf_printf(job->out, "{ifc_len=%d", len);
	if (len > 0 && (uint32_t)len % size == 0)
		buf_printf(job->out, " /* %zu * sizeof(struct ifreq) */",
		           (uint32_t)len / size);
	buf_puts(job->out, ", ifc_buf=");
	if (done && list && len >= 0)
		put_interfaces(job, list, (uint32_t)len / size, size);
	else
		decode_put_addr(job->out, list);
	buf_putc(job->out, '}');
}

bool decode_has_family(const struct decode_job *job, taddr addr, uint64_t len,
                       int family)
{
	uint8_t data[2];

	return addr && len >= sizeof(data) &&
	       decode_read(job, addr, data, sizeof(data)) &&
	       (int)decode_number(data, sizeof(data)) == family;
}
