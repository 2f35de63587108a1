/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What programs wait for on descriptors. */
#include "syscalls/decode_struct.h"
#include "syscalls/decoders.h"

/* At exit with what happened too, where something did. */
static void put_pollfd(const struct decode_job *job, const uint8_t *data)
{
	int32_t fd = (int32_t)decode_number(data, 4);
	uint64_t happened = decode_number(data + 6, 2);
	struct buf *out = job->out;

	buf_puts(out, "{fd=");
	decode_put_fd(job, fd);
	if (fd >= 0) {
		buf_puts(out, ", events=");
		decode_put_flags(out, "poll", decode_number(data + 4, 2));
		if (job->c->phase == DECODE_EXIT && !decode_failed(job) &&
		    happened) {
			buf_puts(out, ", revents=");
			decode_put_flags(out, "poll", happened);
		}
	}
	buf_putc(out, '}');
}

void decode_pollfd(const struct decode_job *job)
{
	if (decode_has_data(job))
		decode_put_array(job, job->value, decode_count(job, 0, 0), 8,
		                 put_pollfd);
}

enum { FDSET_MAX = 8192 }; /* bytes of a set that are looked at */

/* Bytes of a set of NFDS descriptors: whole longs of the ABI. */
static size_t fdset_size(enum abi abi, int64_t nfds)
{
	size_t word = decode_long_size(abi);
	size_t bits = word * 8;

	if (nfds < 0)
		return 0;
	if (nfds > FDSET_MAX * 8)
		nfds = FDSET_MAX * 8;
	return ((size_t)nfds + bits - 1) / bits * word;
}

void decode_fdset(const struct decode_job *job)
{
	int64_t nfds = (int64_t)decode_count(job, 0, 0);
	uint8_t set[FDSET_MAX];
	size_t size = fdset_size(decode_abi(job), nfds);
	size_t shown = 0;

	if (!decode_has_data(job))
		return;
	if (!size || !decode_read(job, job->value, set, size)) {
		decode_put_addr(job->out, job->value);
		return;
	}
	buf_putc(job->out, '[');
	for (size_t i = 0; i < size * 8 && i < (size_t)nfds; i++) {
		if (!(set[i / 8] >> (i % 8) & 1))
			continue;
		if (shown)
			buf_putc(job->out, ' ');
		if (decode_full(job)) {
			buf_puts(job->out, "...");
			break;
		}
		decode_put_fd(job, (int64_t)i);
		shown++;
	}
	buf_putc(job->out, ']');
}

size_t room_of_fdset(const struct syscall_view *call, unsigned index)
{
	int nfds = call->desc->args[index].param_arg[0];

	return nfds < 0 ? 0 : fdset_size(call->abi,
	                                 decode_arg_value(call,
	                                                  (unsigned)nfds));
}

void put_epoll_event(const struct decode_job *job, const struct layout *layout,
                     const uint8_t *data, taddr addr)
{
	(void)layout;
	(void)addr;
	buf_puts(job->out, "{events=");
	decode_put_flags(job->out, "epoll_events", decode_number(data, 4));
	buf_printf(job->out, ", data={u32=%u, u64=%llu}}",
	           (unsigned)decode_number(data + 4, 4),
	           (unsigned long long)decode_number(data + 4, 8));
}
