/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What perf_event_open, io_uring_register and keyctl are given. */
#include "syscalls/layout_fields.h"

/* ---- perf_event_attr ---- */

enum {
	TYPE_HARDWARE = 0, TYPE_SOFTWARE = 1, TYPE_TRACEPOINT = 2,
	TYPE_CACHE = 3, TYPE_BREAKPOINT = 5,
	HAS_BRANCHES = 1 << 11, HAS_STACK = 1 << 13, /* of sample_type */
	BY_FREQUENCY = 1 << 10, BY_BYTES = 1 << 14,  /* of flags */
	HAS_CLOCK = 1 << 25,
};
#define TYPE(which) IF("type", UINT32_MAX, TYPE_##which)
#define NO_BREAKPOINT UNLESS("type", UINT32_MAX, TYPE_BREAKPOINT)
#define WITH_BIT(id, bit) IF(id, bit, bit)
#define WITHOUT(id, bit) IF(id, bit, 0)
#define BIT(id, n) BITS(id, n, 1, .when = WHEN_SET_OR_WHOLE)

FIELDS perf_event_attr[] = {
	ENUM(U32, type, "perf_type"), ENUM(U32, size, "perf_size"),
	KIND(A64, config, EVENT, TYPE(HARDWARE)),
	ENUM(A64, config, "perf_software", BACK(1), TYPE(SOFTWARE)),
	DEC(A64, config, BACK(2), TYPE(TRACEPOINT)),
	KIND(A64, config, CACHE_EVENT, BACK(3), TYPE(CACHE)),
	HEX(A64, config, BACK(4), UNLESS("type", ~3u, 0)),
	DEC(A64, sample_period, WITHOUT("flags", BY_FREQUENCY)),
	DEC(A64, sample_freq, BACK(1), WITH_BIT("flags", BY_FREQUENCY)),
	FLAGS(A64, sample_type, "perf_sample"),
	FLAGS(A64, read_format, "perf_read_format"), KIND(A64, flags, NOTHING),
	BIT(disabled, 0), BIT(inherit, 1), BIT(pinned, 2), BIT(exclusive, 3),
	BIT(exclude_user, 4), BIT(exclude_kernel, 5), BIT(exclude_hv, 6),
	BIT(exclude_idle, 7), BIT(mmap, 8), BIT(comm, 9), BIT(freq, 10),
	BIT(inherit_stat, 11), BIT(enable_on_exec, 12), BIT(task, 13),
	BIT(watermark, 14),
	KIND(BITS, precise_ip, SKID, .count = 15, .width = 2),
	BIT(mmap_data, 17), BIT(sample_id_all, 18), BIT(exclude_host, 19),
	BIT(exclude_guest, 20), BIT(exclude_callchain_kernel, 21),
	BIT(exclude_callchain_user, 22), BIT(mmap2, 23), BIT(comm_exec, 24),
	BIT(use_clockid, 25), BIT(context_switch, 26), BIT(write_backward, 27),
	BIT(namespaces, 28), BIT(ksymbol, 29), BIT(bpf_event, 30),
	BIT(aux_output, 31), BIT(cgroup, 32), BIT(text_poke, 33),
	BIT(build_id, 34), BIT(inherit_thread, 35), BIT(remove_on_exec, 36),
	BIT(sigtrap, 37),
	KIND(BITS, __reserved_1, HEX, .count = 38, .width = 26,
	     .when = WHEN_SET, .note = "Bits 63..38"),
	DEC(U32, wakeup_events, GROWN, WITHOUT("flags", BY_BYTES)),
	DEC(U32, wakeup_watermark, BACK(1), WITH_BIT("flags", BY_BYTES)),
	ENUM(U32, bp_type, "perf_breakpoint", TYPE(BREAKPOINT)),
	HEX(A64, config1, NO_BREAKPOINT),
	HEX(A64, bp_addr, BACK(1), TYPE(BREAKPOINT)),
	HEX(A64, config2, GROWN, NO_BREAKPOINT),
	DEC(A64, bp_len, BACK(1), TYPE(BREAKPOINT)),
	FLAGS(A64, branch_sample_type, "perf_branch", GROWN,
	      WITH_BIT("sample_type", HAS_BRANCHES)),
	HEX(A64, sample_regs_user, GROWN),
	HEX(U32, sample_stack_user, GROWN, WITH_BIT("sample_type", HAS_STACK)),
	ENUM(U32, clockid, "clockids", GROWN, WITH_BIT("flags", HAS_CLOCK)),
	HEX(A64, sample_regs_intr, GROWN), DEC(U32, aux_watermark, GROWN),
	DEC(U16, sample_max_stack, GROWN),
	LATER(U16, __reserved_2, HEX, NULL, GROWN),
	DEC(U32, aux_sample_size, GROWN),
	LATER(U32, aux_action, HEX, NULL, GROWN),
	HEX(A64, sig_data, GROWN), HEX(A64, config3, GROWN),
};

/* ---- keys ---- */
FIELDS dh_params[] = {
	KIND(S32, private, KEY), KIND(S32, prime, KEY), KIND(S32, base, KEY),
};
FIELDS kdf_params[] = {
	KIND(WORD, hashname, STR),
	KIND(WORD, otherinfo, ADDR, IF("otherinfolen", UINT32_MAX, 0)),
	KIND(WORD, otherinfo, BYTES, BACK(1), BY("otherinfolen"),
	     UNLESS("otherinfolen", UINT32_MAX, 0)),
	DEC(U32, otherinfolen),
	SEVERAL(U32, __spare, HEX, 8, .when = WHEN_SET),
};
FIELDS pkey_query[] = {
	FLAGS(U32, supported_ops, "key_ops"), DEC(U32, key_size),
	DEC(U16, max_data_size), DEC(U16, max_sig_size),
	DEC(U16, max_enc_size), DEC(U16, max_dec_size),
	SEVERAL(U32, __spare, HEX, 10, .when = WHEN_SET),
};
FIELDS pkey_params[] = {
	KIND(S32, key_id, KEY), DEC(U32, in_len), DEC(U32, out_len),
	SEVERAL(U32, __spare, HEX, 7, .when = WHEN_SET),
};
FIELDS pkey_verify[] = {
	KIND(S32, key_id, KEY), DEC(U32, in_len), DEC(U32, in2_len),
	SEVERAL(U32, __spare, HEX, 7, .when = WHEN_SET),
};

/* ---- io_uring ---- */
FIELDS files_update[] = {
	DEC(U32, offset), LATER(U32, resv, HEX, NULL),
	ITEMS(A64, fds, "update_fd", "nr_args"),
};
enum { REGISTER_OP, SQE_OP, SQE_FLAGS, SQE_FLAGS_NEEDED };
#define RESTRICTS(what) IF("opcode", UINT16_MAX, what)
FIELDS restriction[] = {
	ENUM(U16, opcode, "io_uring_restriction"),
	ENUM(U8, register_op, "io_uring_register", RESTRICTS(REGISTER_OP)),
	ENUM(U8, sqe_op, "io_uring_op", BACK(1), RESTRICTS(SQE_OP)),
	FLAGS(U8, sqe_flags, "io_uring_sqe", BACK(2),
	      IF("opcode", ~1u, SQE_FLAGS)),
	LATER(U8, resv, HEX, NULL),
	SEVERAL(U32, resv2, HEX, 3, .when = WHEN_SET),
};
FIELDS rsrc_files[] = {
	DEC(U32, nr), FLAGS(U32, flags, "io_uring_rsrc"),
	LATER(A64, resv2, HEX, NULL), ITEMS(A64, data, "fd", "nr"),
	ITEMS(A64, tags, "u64hex", "nr"),
};
FIELDS rsrc_buffers[] = {
	DEC(U32, nr), FLAGS(U32, flags, "io_uring_rsrc"),
	LATER(A64, resv2, HEX, NULL), ITEMS(A64, data, "iovec", "nr"),
	ITEMS(A64, tags, "u64hex", "nr"),
};
FIELDS rsrc_update_files[] = {
	DEC(U32, offset), LATER(U32, resv, HEX, NULL),
	ITEMS(A64, data, "update_fd", "nr"), ITEMS(A64, tags, "u64hex", "nr"),
	DEC(U32, nr), LATER(U32, resv2, HEX, NULL),
};
FIELDS rsrc_update_buffers[] = {
	DEC(U32, offset), LATER(U32, resv, HEX, NULL),
	ITEMS(A64, data, "iovec", "nr"), ITEMS(A64, tags, "u64hex", "nr"),
	DEC(U32, nr), LATER(U32, resv2, HEX, NULL),
};
FIELDS ring_fd[] = {
	KIND(U32, offset, ID), LATER(U32, resv, HEX, NULL), KIND(A64, data, FD),
};
FIELDS ring_fd_off[] = {
	DEC(U32, offset), LATER(U32, resv, HEX, NULL),
	LATER(A64, data, HEX, NULL),
};
FIELDS buf_reg[] = {
	ADDR64(ring_addr), DEC(U32, ring_entries), DEC(U16, bgid),
	LATER(U16, pad, HEX, NULL),
	SEVERAL(A64, resv, HEX, 3, .when = WHEN_SET),
};

#define RSRC(id, table) \
	LAYOUT("io_uring_" id, table, .least = 32, .extra = EXTRA_BYTES)
const struct layout layouts_system[] = {
	LAYOUT("perf_event_attr", perf_event_attr, .put = put_perf_event_attr),
	ALL("keyctl_dh_params", dh_params), ALL("keyctl_kdf_params", kdf_params),
	ALL("keyctl_pkey_query", pkey_query),
	ALL("keyctl_pkey_params", pkey_params),
	ALL("keyctl_pkey_verify", pkey_verify),
	ALL("io_uring_files_update", files_update),
	ALL("io_uring_restriction", restriction),
	RSRC("rsrc_files", rsrc_files), RSRC("rsrc_buffers", rsrc_buffers),
	RSRC("rsrc_update_files", rsrc_update_files),
	RSRC("rsrc_update_buffers", rsrc_update_buffers),
	ALL("io_uring_ring_fd", ring_fd),
	ALL("io_uring_ring_fd_off", ring_fd_off),
	ALL("io_uring_buf_reg", buf_reg),
};
const size_t layouts_system_count = ARRAY_LEN(layouts_system);
