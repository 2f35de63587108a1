/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Arguments that are one struct or another, as another argument says. */
#include "syscalls/decode_struct.h"
#include "syscalls/decoders.h"

#include <string.h>

enum variant_kind {
	ONE,       /* a struct */
	GROWING,   /* a struct, of which a third argument says how long it is */
	MANY,      /* as many as that argument says */
};

struct variant {
	const char *family;
	uint8_t value;
	uint8_t kind;
	bool written;       /* the kernel does, too */
	const char *name;
};

#define BPF(value, name) { "bpf", value, GROWING, false, "bpf_" name }
#define URING(value, kind, name) { "io_uring", value, kind, false, name }
#define BPF_OUT(value, name) { "bpf", value, GROWING, true, "bpf_" name }

static const struct variant variants[] = {
	BPF(0, "map_create"), BPF(1, "map_lookup"), BPF(2, "map_update"),
	BPF(3, "map_delete"), BPF(4, "map_next_key"), BPF(5, "prog_load"),
	BPF(6, "obj_pin"), BPF(7, "obj_pin"), BPF(8, "prog_attach"),
	BPF(9, "prog_detach"), BPF(10, "prog_test"), BPF_OUT(11, "next_id"),
	BPF_OUT(12, "next_id"), BPF(13, "prog_by_id"), BPF(14, "map_by_id"),
	BPF_OUT(15, "obj_info"), BPF_OUT(16, "prog_query"),
	BPF(17, "raw_tracepoint"), BPF(18, "btf_load"), BPF(19, "btf_by_id"),
	BPF_OUT(20, "task_fd_query"), BPF(21, "map_lookup"),
	BPF(22, "map_freeze"), BPF_OUT(23, "next_id"),
	BPF_OUT(24, "map_batch"), BPF_OUT(25, "map_batch"),
	BPF_OUT(26, "map_batch_set"), BPF_OUT(27, "map_batch_delete"),
	BPF(28, "link_create"), BPF(29, "link_update"),
	BPF(30, "link_by_id"), BPF_OUT(31, "next_id"),
	URING(0, MANY, "iovec"), URING(2, MANY, "fd"), URING(4, MANY, "fd"),
	URING(6, ONE, "io_uring_files_update"), URING(7, MANY, "fd"),
	URING(11, MANY, "io_uring_restriction"),
	URING(13, GROWING, "io_uring_rsrc_files"),
	URING(14, GROWING, "io_uring_rsrc_update_files"),
	URING(15, GROWING, "io_uring_rsrc_buffers"),
	URING(16, GROWING, "io_uring_rsrc_update_buffers"),
	URING(20, MANY, "io_uring_ring_fd"),
	URING(21, MANY, "io_uring_ring_fd_off"),
	URING(22, ONE, "io_uring_buf_reg"), URING(23, ONE, "io_uring_buf_reg"),
};

static const struct variant *variant_of(const struct syscall_view *call,
                                        const struct syscall_arg *arg)
{
	int at = arg->param_arg[1];
	int64_t value = at < 0 ? -1 : decode_arg_value(call, (unsigned)at);

	for (size_t i = 0; i < ARRAY_LEN(variants); i++)
		if (variants[i].value == value &&
		    !strcmp(variants[i].family, arg->params[0]))
			return &variants[i];
	return NULL;
}

bool decode_variant_is_late(const struct syscall_view *call,
                            const struct syscall_arg *arg)
{
	const struct variant *variant = variant_of(call, arg);

	return variant && variant->written;
}

void decode_variant(const struct decode_job *job)
{
	const struct variant *variant = variant_of(job->c->call, job->arg);
	uint64_t count = decode_count(job, 2, 0);

	if (!variant)
		decode_put_addr(job->out, job->value);
	else if (variant->kind == MANY)
		decode_put_items(job, variant->name, job->value, count);
	else if (variant->kind == GROWING)
		decode_put_grown(job, variant->name, job->value, count);
	else
		decode_put_struct(job, variant->name, job->value);
}
