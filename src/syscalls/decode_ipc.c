/* SPDX-License-Identifier: GPL-3.0-or-later */
/* System V: what a control command takes, as strace orders it. */
#include "syscalls/decode_struct.h"
#include "syscalls/decoders.h"

#include <string.h>

static int64_t value_of(const struct decode_job *job,
                        const struct layout *layout, const uint8_t *data,
                        const char *name)
{
	return layout_get(layout, decode_abi(job), data, name);
}

/* Whether the job's command is IPC_SET, for which less counts. */
static bool is_set(const struct decode_job *job)
{
	enum { SET = 1, IPC_64_BIT = 0x100 };

	return (decode_param(job, 0, 0) & ~(int64_t)IPC_64_BIT) == SET;
}

void put_ipc_perm(const struct decode_job *job, const struct layout *layout,
                  const uint8_t *data, taddr addr)
{
	static const char *const ids[] = { "cuid", "cgid" };
	struct buf *out = job->out;

	(void)addr;
	buf_puts(out, "{uid=");
	decode_put_id(out, (uint32_t)value_of(job, layout, data, "uid"));
	buf_puts(out, ", gid=");
	decode_put_id(out, (uint32_t)value_of(job, layout, data, "gid"));
	buf_printf(out, ", mode=%#03o",
	           (unsigned)value_of(job, layout, data, "mode"));
	if (!is_set(job)) {
		buf_printf(out, ", key=%u",
		           (unsigned)value_of(job, layout, data, "key"));
		for (size_t i = 0; i < ARRAY_LEN(ids); i++) {
			buf_printf(out, ", %s=", ids[i]);
			decode_put_id(out, (uint32_t)value_of(job, layout,
			                                      data, ids[i]));
		}
	}
	buf_putc(out, '}');
}

/* The times come last, though not in memory. */
void put_shmid(const struct decode_job *job, const struct layout *layout,
               const uint8_t *data, taddr addr)
{
	static const struct { const char *name; bool is_id; } fields[] = {
		{ "shm_segsz", false }, { "shm_cpid", true },
		{ "shm_lpid", true }, { "shm_nattch", false },
		{ "shm_atime", false }, { "shm_dtime", false },
		{ "shm_ctime", false },
	};

	buf_puts(job->out, "{shm_perm=");
	layout_put(job, layout_find("ipc_perm", decode_abi(job)), data, addr);
	for (size_t i = 0; !is_set(job) && i < ARRAY_LEN(fields); i++) {
		int64_t value = value_of(job, layout, data, fields[i].name);

		buf_printf(job->out, ", %s=", fields[i].name);
		if (fields[i].is_id)
			decode_put_signed(job->out, value);
		else
			decode_put_unsigned(job->out, (uint64_t)value);
	}
	buf_putc(job->out, '}');
}

static const struct {
	char call;        /* the first letter of msgctl, semctl, shmctl */
	uint8_t cmd;
	bool out;         /* the kernel writes it */
	const char *name;
} controls[] = {
	{ 'm', 1, false, "msqid_set" }, { 'm', 2, true, "msqid_ds" },
	{ 'm', 3, true, "msginfo" },    { 'm', 11, true, "msqid_ds" },
	{ 'm', 12, true, "msginfo" },   { 'm', 13, true, "msqid_ds" },
	{ 's', 1, false, "shmid_ds" }, { 's', 2, true, "shmid_ds" },
	{ 's', 3, true, "shminfo" },    { 's', 13, true, "shmid_ds" },
	{ 's', 14, true, "shm_info" },  { 's', 15, true, "shmid_ds" },
	{ 'e', 1, false, "semid_set" }, { 'e', 2, true, "semid_ds" },
	{ 'e', 3, true, "seminfo" },    { 'e', 18, true, "semid_ds" },
	{ 'e', 19, true, "seminfo" },   { 'e', 20, true, "semid_ds" },
};

void decode_ipc_arg(const struct decode_job *job)
{
	const char *call = job->c->call->desc->name;
	char kind = call[0] == 's' && call[1] == 'e' ? 'e' : call[0];
	uint32_t cmd = (uint32_t)decode_param(job, 0, 0) & ~0x100u;
	bool written = job->c->phase == DECODE_EXIT && !decode_failed(job);

	for (size_t i = 0; i < ARRAY_LEN(controls); i++) {
		if (controls[i].call != kind || controls[i].cmd != cmd ||
		    decode_abi(job) == ABI_I386 || (controls[i].out && !written))
			continue;
		decode_put_struct(job, controls[i].name, job->value);
		return;
	}
	decode_put_addr(job->out, job->value);
}

