/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * bpf(2)'s attributes, by what is asked for: include/uapi/linux/bpf.h, union
 * bpf_attr.  GROWN is where a version of the kernel added to one.
 */
#include "syscalls/layout_fields.h"

FIELDS map_create[] = {
	ENUM(U32, map_type, "bpf_map_type"), DEC(U32, key_size),
	DEC(U32, value_size), DEC(U32, max_entries),
	FLAGS(U32, map_flags, "bpf_map_flags", GROWN),
	KIND(U32, inner_map_fd, FD, GROWN),
	KIND(U32, numa_node, NODE, GROWN, IF("map_flags", 4, 4)),
	CHARS(map_name, 16, GROWN), KIND(U32, map_ifindex, IFINDEX, GROWN),
	KIND(U32, btf_fd, FD, GROWN), DEC(U32, btf_key_type_id),
	DEC(U32, btf_value_type_id),
	DEC(U32, btf_vmlinux_value_type_id, GROWN), DEC(A64, map_extra, GROWN),
};
FIELDS map_lookup[] = {
	KIND(U32, map_fd, FD), ADDR64(key), ADDR64(value),
	FLAGS(A64, flags, "bpf_elem_flags", GROWN),
};
FIELDS map_update[] = {
	KIND(U32, map_fd, FD), ADDR64(key), ADDR64(value),
	ENUM(A64, flags, "bpf_update_flags"),
};
FIELDS map_delete[] = { KIND(U32, map_fd, FD), ADDR64(key) };
FIELDS map_next_key[] = {
	KIND(U32, map_fd, FD), ADDR64(key), ADDR64(next_key),
};
FIELDS map_freeze[] = { KIND(U32, map_fd, FD) };
FIELDS map_batch[] = {
	ADDR64(in_batch), ADDR64(out_batch), ADDR64(keys), ADDR64(values),
	DEC(U32, count), KIND(U32, map_fd, FD),
	FLAGS(A64, elem_flags, "bpf_elem_flags"), HEX(A64, flags),
};
FIELDS map_batch_set[] = {
	PAD(A64, 2), ADDR64(keys), ADDR64(values), DEC(U32, count),
	KIND(U32, map_fd, FD), FLAGS(A64, elem_flags, "bpf_elem_flags"),
	HEX(A64, flags),
};
FIELDS map_batch_delete[] = {
	PAD(A64, 2), ADDR64(keys), PAD(A64, 1), DEC(U32, count),
	KIND(U32, map_fd, FD), FLAGS(A64, elem_flags, "bpf_elem_flags"),
	HEX(A64, flags),
};
FIELDS prog_load[] = {
	ENUM(U32, prog_type, "bpf_prog_type"), DEC(U32, insn_cnt),
	KIND(A64, insns, LONG_ITEMS, .list = "bpf_insn", BY("insn_cnt")),
	KIND(A64, license, STR), DEC(U32, log_level, GROWN),
	DEC(U32, log_size), KIND(A64, log_buf, TEXT, BY("log_size")),
	KIND(U32, kern_version, VERSION, GROWN),
	FLAGS(U32, prog_flags, "bpf_prog_flags", GROWN),
	CHARS(prog_name, 16, GROWN), KIND(U32, prog_ifindex, IFINDEX, GROWN),
	ENUM(U32, expected_attach_type, "bpf_attach_type", GROWN),
	KIND(U32, prog_btf_fd, FD, GROWN), DEC(U32, func_info_rec_size),
	ADDR64(func_info), DEC(U32, func_info_cnt),
	DEC(U32, line_info_rec_size), ADDR64(line_info),
	DEC(U32, line_info_cnt), DEC(U32, attach_btf_id, GROWN),
	KIND(U32, attach_prog_fd, FD, GROWN), PAD(U32, 1),
	ADDR64(fd_array, GROWN),
};
FIELDS obj_pin[] = {
	KIND(A64, pathname, PATH), KIND(U32, bpf_fd, FD),
	FLAGS(U32, file_flags, "bpf_file_flags", GROWN),
};
FIELDS prog_attach[] = {
	KIND(U32, target_fd, FD), KIND(U32, attach_bpf_fd, FD),
	ENUM(U32, attach_type, "bpf_attach_type"),
	FLAGS(U32, attach_flags, "bpf_attach_flags"),
	KIND(U32, replace_bpf_fd, FD, GROWN),
};
FIELDS prog_detach[] = {
	KIND(U32, target_fd, FD), PAD(U32, 1),
	ENUM(U32, attach_type, "bpf_attach_type"),
};
FIELDS prog_test[] = {
	KIND(U32, prog_fd, FD), DEC(U32, retval), DEC(U32, data_size_in),
	DEC(U32, data_size_out), ADDR64(data_in), ADDR64(data_out),
	DEC(U32, repeat), DEC(U32, duration), DEC(U32, ctx_size_in, GROWN),
	DEC(U32, ctx_size_out), ADDR64(ctx_in), ADDR64(ctx_out),
	FLAGS(U32, flags, "bpf_test_flags", GROWN), DEC(U32, cpu),
	DEC(U32, batch_size, GROWN),
};
FIELDS next_id[] = {
	DEC(U32, start_id), DEC(U32, next_id),
	FLAGS(U32, open_flags, "bpf_file_flags", GROWN),
};
FIELDS prog_by_id[] = {
	DEC(U32, prog_id), DEC(U32, next_id),
	FLAGS(U32, open_flags, "bpf_file_flags", GROWN),
};
FIELDS map_by_id[] = {
	DEC(U32, map_id), DEC(U32, next_id),
	FLAGS(U32, open_flags, "bpf_file_flags", GROWN),
};
FIELDS btf_by_id[] = { DEC(U32, btf_id) };
FIELDS link_by_id[] = { DEC(U32, link_id) };
FIELDS obj_info[] = {
	KIND(U32, bpf_fd, FD), DEC(U32, info_len), ADDR64(info),
};
FIELDS prog_query[] = {
	KIND(U32, target_fd, FD), ENUM(U32, attach_type, "bpf_attach_type"),
	FLAGS(U32, query_flags, "bpf_query_flags"),
	FLAGS(U32, attach_flags, "bpf_attach_flags"),
	ITEMS(A64, prog_ids, "u32", "prog_cnt"), DEC(U32, prog_cnt),
};
FIELDS raw_tracepoint[] = {
	KIND(A64, name, TEXT, BY("128")), KIND(U32, prog_fd, FD),
};
FIELDS btf_load[] = {
	KIND(A64, btf, BYTES, BY("btf_size")), ADDR64(btf_log_buf),
	DEC(U32, btf_size), DEC(U32, btf_log_size), DEC(U32, btf_log_level),
};
FIELDS task_fd_query[] = {
	DEC(S32, pid), KIND(U32, fd, FD), DEC(U32, flags), DEC(U32, buf_len),
	KIND(A64, buf, TEXT, BY("buf_len")), DEC(U32, prog_id),
	ENUM(U32, fd_type, "bpf_fd_type"), HEX(A64, probe_offset),
	HEX(A64, probe_addr),
};

/* What a link is made with depends on what it is made to. */
enum { TRACE_ITER = 28, PERF_EVENT = 41, KPROBE_MULTI = 42, ANY = -1 };
#define ATTACH(to) IF("attach_type", (uint32_t)ANY, to)
FIELDS iter_map[] = { KIND(U32, map_fd, FD) };
FIELDS iter_info[] = { STRUCT(map, "bpf_iter_map") };
FIELDS link_perf[] = { HEX(A64, bpf_cookie) };
FIELDS link_kprobes[] = {
	FLAGS(U32, flags, "bpf_kprobe_flags"), DEC(U32, cnt),
	ITEMS(A64, syms, "str", "cnt"), ITEMS(A64, addrs, "u64hex", "cnt"),
	ITEMS(A64, cookies, "u64hex", "cnt"),
};
FIELDS link_create[] = {
	KIND(U32, prog_fd, FD), KIND(U32, target_fd, FD),
	ENUM(U32, attach_type, "bpf_attach_type"), HEX(U32, flags),
	LATER(U32, target_btf_id, NUMBER, NULL, GROWN, ATTACH(0)),
	ITEMS(A64, iter_info, "bpf_iter_info", "iter_info_len", BACK(1),
	      ATTACH(TRACE_ITER)),
	DEC(U32, iter_info_len, ATTACH(TRACE_ITER)),
	STRUCT(perf_event, "bpf_link_perf", BACK(3), ATTACH(PERF_EVENT)),
	STRUCT(kprobe_multi, "bpf_link_kprobes", BACK(4),
	       ATTACH(KPROBE_MULTI)),
};
FIELDS link_update[] = {
	KIND(U32, link_fd, FD), KIND(U32, new_prog_fd, FD),
	FLAGS(U32, flags, "bpf_attach_flags"),
	KIND(U32, old_prog_fd, FD, IF("flags", 4, 4)),
};

/* An instruction; what it is stands in its function's text. */
FIELDS insn_fields[] = {
	DEC(U8, code), DEC(U8, regs), DEC(S16, off), HEX(U32, imm),
};
FIELDS filter_fields[] = {
	DEC(U16, code), DEC(U8, jt), DEC(U8, jf), HEX(U32, k),
};
FIELDS sock_fprog[] = {
	DEC(U16, len), KIND(WORD, filter, LONG_ITEMS, .list = "bpf_filter",
	                    BY("len")),
};
FIELDS seccomp_fprog[] = {
	DEC(U16, len), KIND(WORD, filter, LONG_ITEMS,
	                    .list = "bpf_seccomp_filter", BY("len")),
};

#define ATTR(id, table, ...) \
	LAYOUT("bpf_" id, table, .least = 1, .extra = EXTRA_SHORT, __VA_ARGS__)
const struct layout layouts_bpf[] = {
	ATTR("map_create", map_create), ATTR("map_lookup", map_lookup),
	ATTR("map_update", map_update), ATTR("map_delete", map_delete),
	ATTR("map_next_key", map_next_key), ATTR("map_freeze", map_freeze),
	ATTR("map_batch", map_batch, .wrap = "batch"),
	ATTR("map_batch_set", map_batch_set, .wrap = "batch"),
	ATTR("map_batch_delete", map_batch_delete, .wrap = "batch"),
	ATTR("prog_load", prog_load), ATTR("obj_pin", obj_pin),
	ATTR("prog_attach", prog_attach), ATTR("prog_detach", prog_detach),
	ATTR("prog_test", prog_test, .wrap = "test"),
	ATTR("next_id", next_id), ATTR("prog_by_id", prog_by_id),
	ATTR("map_by_id", map_by_id), ATTR("btf_by_id", btf_by_id),
	ATTR("link_by_id", link_by_id),
	ATTR("obj_info", obj_info, .wrap = "info"),
	ATTR("prog_query", prog_query, .wrap = "query"),
	ATTR("raw_tracepoint", raw_tracepoint, .wrap = "raw_tracepoint"),
	ATTR("btf_load", btf_load),
	ATTR("task_fd_query", task_fd_query, .wrap = "task_fd_query"),
	ATTR("link_create", link_create, .wrap = "link_create"),
	ATTR("link_update", link_update, .wrap = "link_update"),
	ALL("bpf_iter_map", iter_map), ALL("bpf_iter_info", iter_info),
	ALL("bpf_link_perf", link_perf), ALL("bpf_link_kprobes", link_kprobes),
	WITH("bpf_insn", insn_fields, put_bpf_insn),
	WITH("bpf_filter", filter_fields, put_socket_filter),
	WITH("bpf_seccomp_filter", filter_fields, put_seccomp_filter),
	ALL("sock_fprog", sock_fprog), ALL("seccomp_fprog", seccomp_fprog),
};
const size_t layouts_bpf_count = ARRAY_LEN(layouts_bpf);
