/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Structs that grow: what is shown of them by the bytes that the call gave, by
 * another argument, and by other fields; and instructions of filters.  The
 * texts are strace's (-v where all is wanted).
 */
#include "decode_fake.h"

#include <linux/bpf.h>
#include <linux/filter.h>
#include <linux/perf_event.h>
#include <linux/seccomp.h>
#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static void shows(struct fake *f, const char *want)
{
	struct buf text;

	buf_init(&text);
	fake_text(f, &text);
	assert_string_equal(text.data, want);
	buf_deinit(&text);
}

/* bpf(CMD, ATTR, SIZE), of which LEN bytes are there, at the end of memory. */
static void bpf_shows(unsigned cmd, const void *attr, size_t len, size_t size,
                      bool whole, const char *want)
{
	struct fake f;
	taddr at = BASE + FAKE_SIZE - len;

	fake_init(&f);
	memcpy(f.data + FAKE_SIZE - len, attr, len);
	f.c.whole = whole;
	fake_call(&f, ABI_X86_64, "bpf",
	          (uint64_t[SYSCALL_ARGS]){ cmd, at, size });
	shows(&f, want);
}

static void attributes_end_where_the_call_says(void **state)
{
	uint8_t data[128] = { [0] = 1, [4] = 4, [8] = 8, [12] = 16 };

	(void)state;
	data[16] = 1;
	bpf_shows(BPF_MAP_CREATE, data, 128, 16, false,
	          "BPF_MAP_CREATE, {map_type=BPF_MAP_TYPE_HASH, key_size=4, "
	          "value_size=8, max_entries=16}, 16");
	bpf_shows(BPF_MAP_CREATE, data, 128, 17, false,
	          "BPF_MAP_CREATE, {map_type=BPF_MAP_TYPE_HASH, key_size=4, "
	          "value_size=8, max_entries=16, "
	          "map_flags=BPF_F_NO_PREALLOC}, 17");
	/* A name whose end was not given. */
	memcpy(data + 28, "abcdefgh", 8);
	bpf_shows(BPF_MAP_CREATE, data, 128, 32, false,
	          "BPF_MAP_CREATE, {map_type=BPF_MAP_TYPE_HASH, key_size=4, "
	          "value_size=8, max_entries=16, map_flags=BPF_F_NO_PREALLOC, "
	          "inner_map_fd=0, map_name=\"abc\"...}, 32");
}

static void bytes_behind_the_end_are_told(void **state)
{
	uint8_t data[32] = { [0] = 7 };

	(void)state;
	bpf_shows(BPF_MAP_FREEZE, data, 32, 8, false,
	          "BPF_MAP_FREEZE, {map_fd=7}, 8");
	data[6] = 0xab;
	bpf_shows(BPF_MAP_FREEZE, data, 32, 8, false,
	          "BPF_MAP_FREEZE, {map_fd=7, ...}, 8");
	bpf_shows(BPF_MAP_FREEZE, data, 32, 8, true,
	          "BPF_MAP_FREEZE, {map_fd=7, extra_data=\"\\x00\\x00\\xab"
	          "\\x00\" /* bytes 4..7 */}, 8");
	/* Not all of it can be read, or it is more than anything has. */
	bpf_shows(BPF_MAP_FREEZE, data, 32, 33, false,
	          "BPF_MAP_FREEZE, 0x13fe0, 33");
	bpf_shows(BPF_MAP_FREEZE, data, 32, 4097, false,
	          "BPF_MAP_FREEZE, 0x13fe0, 4097");
	bpf_shows(BPF_MAP_FREEZE, data, 32, 0, false,
	          "BPF_MAP_FREEZE, 0x13fe0, 0");
}

static void fields_depend_on_others(void **state)
{
	uint8_t data[48] = { [0] = 1, [4] = 2, [16] = 9 };

	(void)state;
	bpf_shows(BPF_LINK_CREATE, data, 48, 48, false,
	          "BPF_LINK_CREATE, {link_create={prog_fd=1, target_fd=2, "
	          "attach_type=BPF_CGROUP_INET_INGRESS, flags=0, "
	          "target_btf_id=9}}, 48");
	data[8] = 41;
	bpf_shows(BPF_LINK_CREATE, data, 48, 48, false,
	          "BPF_LINK_CREATE, {link_create={prog_fd=1, target_fd=2, "
	          "attach_type=BPF_PERF_EVENT, flags=0, "
	          "perf_event={bpf_cookie=0x9}}}, 48");
	data[8] = 2;
	bpf_shows(BPF_LINK_CREATE, data, 48, 48, false,
	          "BPF_LINK_CREATE, {link_create={prog_fd=1, target_fd=2, "
	          "attach_type=BPF_CGROUP_INET_SOCK_CREATE, flags=0}, ...}, "
	          "48");
}

static void programs_have_their_instructions(void **state)
{
	static const struct bpf_insn code[] = {
		{ BPF_ALU64 | BPF_MOV | BPF_K, BPF_REG_0, 0, 0, 0 },
		{ BPF_JMP | BPF_EXIT, 0, 0, 0, 0 },
	};
	struct fake f;
	uint8_t attr[48] = { [0] = 1, [4] = 2 };
	taddr at, text;

	(void)state;
	fake_init(&f);
	at = fake_put(&f, code, sizeof(code));
	text = fake_string(&f, "GPL");
	memcpy(attr + 8, &at, 8);
	memcpy(attr + 16, &text, 8);
	fake_call(&f, ABI_X86_64, "bpf", (uint64_t[SYSCALL_ARGS]){
		BPF_PROG_LOAD, fake_put(&f, attr, sizeof(attr)), 24 });
	shows(&f, "BPF_PROG_LOAD, {prog_type=BPF_PROG_TYPE_SOCKET_FILTER, "
	      "insn_cnt=2, insns=0x10000, license=\"GPL\"}, 24");
	f.c.whole = true;
	shows(&f, "BPF_PROG_LOAD, {prog_type=BPF_PROG_TYPE_SOCKET_FILTER, "
	      "insn_cnt=2, insns=[{code=BPF_ALU64|BPF_K|BPF_MOV, "
	      "dst_reg=BPF_REG_0, src_reg=BPF_REG_0, off=0, imm=0}, "
	      "{code=BPF_JMP|BPF_K|BPF_EXIT, dst_reg=BPF_REG_0, "
	      "src_reg=BPF_REG_0, off=0, imm=0}], license=\"GPL\"}, 24");
}

static void filters_have_their_statements(void **state)
{
	static const struct sock_filter code[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, 4),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 0xc000003e, 1, 0),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | 13),
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, (uint32_t)SKF_AD_OFF),
	};
	struct fake f;
	uint64_t program[2] = { 3 };

	(void)state;
	fake_init(&f);
	f.c.whole = true;
	program[1] = fake_put(&f, code, sizeof(code));
	fake_call(&f, ABI_X86_64, "seccomp", (uint64_t[SYSCALL_ARGS]){
		SECCOMP_SET_MODE_FILTER, 0,
		fake_put(&f, program, sizeof(program)) });
	shows(&f, "SECCOMP_SET_MODE_FILTER, 0, {len=3, filter=["
	      "BPF_STMT(BPF_LD|BPF_W|BPF_ABS, 0x4), "
	      "BPF_JUMP(BPF_JMP|BPF_K|BPF_JEQ, 0xc000003e, 0x1, 0), "
	      "BPF_STMT(BPF_RET|BPF_K, SECCOMP_RET_ERRNO|0xd)]}");
	program[0] = 1;
	program[1] += 3 * sizeof(code[0]);
	fake_call(&f, ABI_X86_64, "setsockopt", (uint64_t[SYSCALL_ARGS]){
		3, 1, 26, fake_put(&f, program, sizeof(program)), 16 });
	shows(&f, "3, SOL_SOCKET, SO_ATTACH_FILTER, {len=1, filter=["
	      "BPF_STMT(BPF_LD|BPF_W|BPF_ABS, SKF_AD_OFF+SKF_AD_PROTOCOL)]}, "
	      "16");
}

static void perf_shows(struct perf_event_attr *attr, bool whole,
                       const char *want)
{
	struct fake f;

	fake_init(&f);
	f.c.whole = whole;
	fake_call(&f, ABI_X86_64, "perf_event_open", (uint64_t[SYSCALL_ARGS]){
		fake_put(&f, attr, sizeof(*attr)), 0,
		(uint64_t)-1, (uint64_t)-1, 0 });
	shows(&f, want);
}

static void events_say_what_they_count(void **state)
{
	struct perf_event_attr attr = {
		.type = PERF_TYPE_HARDWARE, .size = 64, .config = 1ull << 32,
		.sample_period = 100, .disabled = 1, .precise_ip = 2,
	};

	(void)state;
	perf_shows(&attr, false, "{type=PERF_TYPE_HARDWARE, "
	           "size=PERF_ATTR_SIZE_VER0, "
	           "config=0x1<<32|PERF_COUNT_HW_CPU_CYCLES, "
	           "sample_period=100, sample_type=0, read_format=0, "
	           "disabled=1, precise_ip=2 /* requested to have 0 skid */, "
	           "...}, 0, -1, -1, 0");
	attr.type = PERF_TYPE_HW_CACHE;
	attr.config = 0x10203;
	attr.freq = 1;
	attr.disabled = 0;
	attr.precise_ip = 0;
	perf_shows(&attr, false, "{type=PERF_TYPE_HW_CACHE, "
	           "size=PERF_ATTR_SIZE_VER0, "
	           "config=PERF_COUNT_HW_CACHE_RESULT_MISS<<16|"
	           "PERF_COUNT_HW_CACHE_OP_PREFETCH<<8|"
	           "PERF_COUNT_HW_CACHE_DTLB, "
	           "sample_freq=100, sample_type=0, read_format=0, freq=1, "
	           "precise_ip=0 /* arbitrary skid */, ...}, 0, -1, -1, 0");
	/* Too short to be one. */
	attr.size = 63;
	perf_shows(&attr, false, "0x10000, 0, -1, -1, 0");
}

static void rings_have_what_is_registered(void **state)
{
	uint32_t update[8] = { 5, 0 };
	int32_t fds[2] = { 3, -2 };
	struct fake f;
	taddr at;

	(void)state;
	fake_init(&f);
	at = fake_put(&f, fds, sizeof(fds));
	memcpy(update + 2, &at, 8);
	at = fake_put(&f, update, sizeof(update));
	fake_call(&f, ABI_X86_64, "io_uring_register",
	          (uint64_t[SYSCALL_ARGS]){ 7, 6, at, 2 });
	shows(&f, "7, IORING_REGISTER_FILES_UPDATE, {offset=5, "
	      "fds=[3, IORING_REGISTER_FILES_SKIP]}, 2");
	update[6] = 1;
	update[2] = (uint32_t)(BASE + 1);
	at = fake_put(&f, update, sizeof(update));
	fake_call(&f, ABI_X86_64, "io_uring_register",
	          (uint64_t[SYSCALL_ARGS]){ 7, 14, at, 31 });
	shows(&f, "7, IORING_REGISTER_FILES_UPDATE2, 0x10030, 31");
}

static void keys_are_computed_with(void **state)
{
	static const int32_t dh[] = { 1, 2, -1 };
	static const uint32_t pkey[10] = { 7, 3, 2 };
	struct fake f;
	taddr at, text;

	(void)state;
	fake_init(&f);
	at = fake_put(&f, dh, sizeof(dh));
	fake_call(&f, ABI_X86_64, "keyctl", (uint64_t[SYSCALL_ARGS]){
		23, at, 0, 0, 0 });
	shows(&f, "KEYCTL_DH_COMPUTE, {private=1, prime=2, "
	      "base=KEY_SPEC_THREAD_KEYRING}, NULL, 0, NULL");
	at = fake_put(&f, pkey, sizeof(pkey));
	text = fake_string(&f, "abcdef");
	fake_call(&f, ABI_X86_64, "keyctl", (uint64_t[SYSCALL_ARGS]){
		28, at, text, text, text });
	shows(&f, "KEYCTL_PKEY_VERIFY, {key_id=7, in_len=3, in2_len=2}, "
	      "\"abcdef\", \"abc\", \"ab\"");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(attributes_end_where_the_call_says),
		cmocka_unit_test(bytes_behind_the_end_are_told),
		cmocka_unit_test(fields_depend_on_others),
		cmocka_unit_test(programs_have_their_instructions),
		cmocka_unit_test(filters_have_their_statements),
		cmocka_unit_test(events_say_what_they_count),
		cmocka_unit_test(rings_have_what_is_registered),
		cmocka_unit_test(keys_are_computed_with),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
