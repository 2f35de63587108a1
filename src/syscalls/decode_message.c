/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pieces of data, and messages. */
#include "syscalls/decode_netlink.h"
#include "syscalls/decode_socket.h"
#include "syscalls/decode_struct.h"
#include "syscalls/decoders.h"

#include <string.h>
#include <sys/socket.h>

/* An array of iovecs; LEFT bytes of what they name are there. */
struct pieces {
	taddr addr;
	uint64_t count;
	uint64_t left;
	bool empty; /* the kernel is to write them: only addresses are known */
	bool netlink; /* they came from such a socket, or go to one */
};

/* Of one iovec: how much is shown of what is there. */
static void put_piece(const struct decode_job *job, const uint8_t *data,
                      struct pieces *p)
{
	size_t word = decode_pointer_size(decode_abi(job));
	uint64_t base = decode_number(data, word);
	uint64_t len = decode_number(data + word, word);
	uint64_t here = len < p->left ? len : p->left;

	if (p->left != UINT64_MAX)
		p->left -= here;
	buf_puts(job->out, "{iov_base=");
	if (p->empty)
		decode_put_addr(job->out, base);
	else if (!p->netlink || !base ||
	         !decode_netlink(job, (int)decode_value(job, 0), base, here))
		decode_put_bytes(job, base, here);
	buf_puts(job->out, ", iov_len=");
	decode_put_unsigned(job->out, len);
	buf_putc(job->out, '}');
}

/* What the iovecs name, which is as scattered as may be, is read at once. */
static void foresee_pieces(const struct decode_job *job, struct pieces p)
{
	size_t word = decode_pointer_size(decode_abi(job));
	struct memory_place places[DECODE_MAX_ELEMENTS];
	size_t count = 0, max = decode_max_elements(job);
	uint8_t data[16];

	if (!memory_foresees(job->c->memory))
		return;
	memory_foresee(job->c->memory, &(struct memory_place){
		p.addr, 2 * word * (p.count < max ? p.count : max) }, 1);
	for (size_t i = 0; i < p.count && i < max && p.left &&
	                   count < ARRAY_LEN(places); i++) {
		uint64_t len;

		if (!decode_read(job, p.addr + i * 2 * word, data, 2 * word))
			break;
		len = decode_number(data + word, word);
		if (len > p.left)
			len = p.left;
		if (p.left != UINT64_MAX)
			p.left -= len;
		if (len > decode_max_string(job))
			len = decode_max_string(job);
		places[count++] = (struct memory_place){
			decode_number(data, word), (size_t)len };
	}
	memory_foresee(job->c->memory, places, count);
}

static void put_pieces(const struct decode_job *job, struct pieces p)
{
	size_t size = 2u * decode_pointer_size(decode_abi(job));
	uint8_t data[16];
	taddr at;

	if (!p.addr || !decode_element(p.addr, p.count, size, &at) ||
	    (p.count && !decode_read(job, p.addr, data, size))) {
		decode_put_addr(job->out, p.addr);
		return;
	}
	if (!p.empty)
		foresee_pieces(job, p);
	buf_putc(job->out, '[');
	for (uint64_t i = 0; i < p.count; i++) {
		decode_put_comma(job->out, i != 0);
		if (i >= decode_max_elements(job) || decode_full(job)) {
			buf_puts(job->out, "...");
			break;
		}
		at = p.addr + i * size;
		if (!decode_read(job, at, data, size)) {
			decode_put_unreadable(job->out, at);
			break;
		}
		put_piece(job, data, &p);
	}
	buf_putc(job->out, ']');
}

/* The number of bytes that "ret" as parameter INDEX says are there. */
static uint64_t bytes_there(const struct decode_job *job, unsigned index)
{
	return job->arg->params[index][0] ? decode_count(job, index, 0)
	                                  : UINT64_MAX;
}

void decode_iovec(const struct decode_job *job)
{
	put_pieces(job, (struct pieces){
		.addr = job->value,
		.count = decode_count(job, 0, 0),
		.left = bytes_there(job, 1),
		.empty = job->arg->direction == ARG_OUT &&
		         (job->c->phase == DECODE_ENTRY || decode_failed(job)),
	});
}

/* ---- messages ---- */

/* struct msghdr: seven words of the ABI, the lengths of int in their own. */
enum {
	MSG_NAME, MSG_NAMELEN, MSG_IOV, MSG_IOVLEN, MSG_CONTROL,
	MSG_CONTROLLEN, MSG_FLAGS, MSG_WORDS,
};

static size_t msghdr_size(enum abi abi)
{
	return (size_t)decode_pointer_size(abi) * MSG_WORDS;
}

/* The name, the iovecs and the control messages at once. */
static void foresee_parts(const struct decode_job *job, const uint64_t *field)
{
	const struct { unsigned at, length; } parts[] = {
		{ MSG_NAME, MSG_NAMELEN }, { MSG_IOV, MSG_IOVLEN },
		{ MSG_CONTROL, MSG_CONTROLLEN },
	};
	struct memory_place places[ARRAY_LEN(parts)];
	size_t count = 0;

	for (size_t i = 0; i < ARRAY_LEN(parts); i++)
		if (field[parts[i].at] && field[parts[i].length])
			places[count++] = (struct memory_place){
				field[parts[i].at], 1 };
	memory_foresee(job->c->memory, places, count);
}

/* THERE: bytes that the iovecs hold. */
static void put_msghdr(const struct decode_job *job, const uint8_t *data,
                       uint64_t there)
{
	size_t word = decode_pointer_size(decode_abi(job));
	struct buf *out = job->out;
	uint64_t field[MSG_WORDS];

	for (size_t i = 0; i < MSG_WORDS; i++)
		field[i] = decode_number(data + i * word, word);
	field[MSG_NAMELEN] = (uint32_t)field[MSG_NAMELEN];
	foresee_parts(job, field);
	buf_puts(out, "{msg_name=");
	decode_put_sockaddr(job, field[MSG_NAME], field[MSG_NAMELEN]);
	buf_printf(out, ", msg_namelen=%d, msg_iov=",
	           (int)field[MSG_NAMELEN]);
	put_pieces(job, (struct pieces){
		.addr = field[MSG_IOV],
		.count = field[MSG_IOVLEN],
		.left = there,
		.netlink = decode_has_family(job, field[MSG_NAME],
		                             field[MSG_NAMELEN], AF_NETLINK),
	});
	buf_puts(out, ", msg_iovlen=");
	decode_put_unsigned(out, field[MSG_IOVLEN]);
	if (field[MSG_CONTROLLEN]) {
		buf_puts(out, ", msg_control=");
		decode_put_control(job, field[MSG_CONTROL], field[MSG_CONTROLLEN]);
	}
	buf_puts(out, ", msg_controllen=");
	decode_put_unsigned(out, field[MSG_CONTROLLEN]);
	buf_puts(out, ", msg_flags=");
	decode_put_flags(out, "msgflags", (uint32_t)field[MSG_FLAGS]);
	buf_putc(out, '}');
}

void decode_msghdr(const struct decode_job *job)
{
	size_t size = msghdr_size(decode_abi(job));
	uint8_t data[8 * MSG_WORDS];
	size_t word = decode_pointer_size(decode_abi(job));

	/* What strace says where nothing came. */
	if (job->c->strace && job->arg->direction == ARG_OUT && job->value &&
	    decode_failed(job) && decode_read(job, job->value, data, size)) {
		buf_printf(job->out, "{msg_namelen=%d}",
		           (int)decode_number(data + MSG_NAMELEN * word, 4));
		return;
	}
	if (!decode_has_data(job))
		return;
	if (!decode_read(job, job->value, data, size))
		decode_put_addr(job->out, job->value);
	else
		put_msghdr(job, data, bytes_there(job, 0));
}

/* Each message has a length of its own behind it. */
static void put_mmsghdr(const struct decode_job *job, const uint8_t *data)
{
	bool out = job->arg->direction == ARG_OUT;
	uint64_t len = decode_number(data + msghdr_size(decode_abi(job)), 4);

	buf_puts(job->out, "{msg_hdr=");
	put_msghdr(job, data, out ? len : UINT64_MAX);
	if (job->c->phase == DECODE_EXIT && !decode_failed(job))
		buf_printf(job->out, ", msg_len=%u", (unsigned)len);
	buf_putc(job->out, '}');
}

void decode_mmsghdr(const struct decode_job *job)
{
	size_t word = decode_pointer_size(decode_abi(job));
	size_t size = msghdr_size(decode_abi(job)) + word;
	uint64_t count = decode_count(job, 0, 0);

	if (!decode_has_data(job))
		return;
	if (job->c->phase == DECODE_EXIT && !decode_failed(job) &&
	    job->arg->params[1][0])
		count = decode_count(job, 1, count);
	decode_put_array(job, job->value, count, size, put_mmsghdr);
}
