/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Decoders on what a hostile tracee may have: every call of every ABI with
 * garbage for arguments, on memory that is random, or all ones, or ends
 * anywhere.  Nothing may crash, run away, or show a byte that is no text.
 */
#include "decode_fake.h"

#include "syscalls/decode_types.h"
#include "syscalls/table.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

/* More than DECODE_MAX_OUT, by what one last element may add. */
enum { MOST = 70 * 1024 };

static const enum abi abis[] = { ABI_X86_64, ABI_X32, ABI_I386 };

/* xorshift: the same on every machine. */
static uint64_t next_random(uint64_t *seed)
{
	*seed ^= *seed << 13;
	*seed ^= *seed >> 7;
	*seed ^= *seed << 17;
	return *seed;
}

/* Of the kinds of numbers that break things. */
static uint64_t odd_number(uint64_t *seed)
{
	uint64_t r = next_random(seed);

	switch (r % 8) {
	case 0:
		return BASE + (r >> 8) % FAKE_SIZE;
	case 1:
		return BASE;
	case 2:
		return BASE + FAKE_SIZE - (r >> 8) % 64;
	case 3:
		return (uint64_t)-(int64_t)((r >> 8) % 64);
	case 4:
		return 1ull << (r >> 8) % 64;
	case 5:
		return (r >> 8) % 300;
	case 6:
		return INT32_MAX + (r >> 8) % 3;
	default:
		return r;
	}
}

/* Now and then it is a netlink socket of some protocol. */
static ssize_t random_netlink(void *ctx, int fd, char *data, size_t size)
{
	static const char *const texts[] = {
		"NETLINK:[ROUTE:1]", "NETLINK:[SOCK_DIAG:1]",
		"NETLINK:[NETFILTER:1]", "NETLINK:[99:1]", "NETLINK:[", "",
	};
	uint64_t r = next_random(ctx);

	(void)fd;
	if (r % 2)
		return -1;
	return snprintf(data, size, "%s", texts[(r >> 8) % 6]);
}

static void check_text(const struct fake *f, const struct buf *out)
{
	if (out->len > MOST)
		fail_msg("%s: %zu bytes of text", f->call.name, out->len);
	for (size_t i = 0; i < out->len; i++) {
		if (out->data[i] < ' ' || out->data[i] > '~')
			fail_msg("%s: byte %#x in the text", f->call.name,
			         (unsigned char)out->data[i]);
	}
}

/* What descriptors are: any ASCII, controls and angle brackets too. */
static ssize_t random_fd(void *ctx, int fd, char *data, size_t size)
{
	uint64_t *seed = ctx;
	size_t len = next_random(seed) % 40;

	(void)fd;
	if (len > size)
		len = size;
	for (size_t i = 0; i < len; i++)
		data[i] = (char)(next_random(seed) & 0x7f);
	return (ssize_t)len;
}

static void decode_both_phases(struct fake *f, uint64_t *seed)
{
	static const int64_t results[] = {
		0, 1, 3, 100, INT32_MAX, INT64_MAX, -1, -4095, -512, -5000,
	};
	AUTO_BUF struct buf out;

	buf_init(&out);
	f->host = (struct decode_host){
		.ctx = seed, .fd_text = random_fd, .netlink = random_netlink,
	};
	f->c.host = &f->host;
	for (int phase = 0; phase < 2; phase++) {
		f->c.phase = phase ? DECODE_EXIT : DECODE_ENTRY;
		f->c.result = results[next_random(seed) % 10];
		f->c.whole = next_random(seed) & 1;
		f->c.has_length_before = next_random(seed) & 1;
		f->c.length_before = (int32_t)odd_number(seed);
		f->c.max_elements = next_random(seed) & 1 ? 0 : SIZE_MAX;
		f->c.max_string = next_random(seed) & 1 ? 0 : SIZE_MAX;
		for (unsigned i = 0; i < SYSCALL_ARGS; i++) {
			buf_reset(&out);
			decode_arg(&f->c, i, &out);
			check_text(f, &out);
		}
		buf_reset(&out);
		decode_result(&f->c, &out);
		check_text(f, &out);
		decode_args(&f->c, &out);
	}
}

static void decode_every_call(struct fake *f, uint64_t *seed)
{
	uint64_t args[SYSCALL_ARGS];

	for (size_t a = 0; a < ARRAY_LEN(abis); a++) {
		for (unsigned nr = 0; nr < CALL_NUMBERS; nr++) {
			char name[SYSCALL_NAME_MAX];

			if (!syscall_by_number(abis[a], nr))
				continue;
			for (unsigned i = 0; i < SYSCALL_ARGS; i++)
				args[i] = odd_number(seed);
			fake_call(f, abis[a], syscall_name(abis[a], nr, name),
			          args);
			decode_both_phases(f, seed);
		}
	}
}

static void random_memory(void **state)
{
	static struct fake f;
	uint64_t seed = 88172645463325252ull;

	(void)state;
	for (int round = 0; round < 12; round++) {
		fake_init(&f);
		for (size_t i = 0; i < FAKE_SIZE; i++)
			f.data[i] = (uint8_t)next_random(&seed);
		decode_every_call(&f, &seed);
	}
}

/* Memory of numbers that are pointers, counts and lengths. */
static void crafted_memory(void **state)
{
	static struct fake f;
	uint64_t seed = 42;

	(void)state;
	for (int round = 0; round < 12; round++) {
		fake_init(&f);
		for (size_t i = 0; i + 8 <= FAKE_SIZE; i += 8) {
			uint64_t value = odd_number(&seed);

			memcpy(f.data + i, &value, 8);
		}
		decode_every_call(&f, &seed);
	}
}

static void all_ones(void **state)
{
	static struct fake f;
	uint64_t seed = 7;

	(void)state;
	fake_init(&f);
	memset(f.data, 0xff, sizeof(f.data));
	decode_every_call(&f, &seed);
	memset(f.data, 0, sizeof(f.data));
	decode_every_call(&f, &seed);
}

/* Every type, with parameters that lead nowhere. */
static void types_alone(void **state)
{
	static struct fake f;
	struct syscall_desc desc = { .name = "x", .nargs = 6 };
	const struct arg_type *type;
	uint64_t seed = 3;

	(void)state;
	fake_init(&f);
	f.call.desc = &desc;
	for (size_t i = 0; (type = decode_type_at(i)); i++) {
		for (unsigned j = 0; j < SYSCALL_ARGS; j++) {
			desc.args[j] = (struct syscall_arg){
				.name = "a",
				.direction = (enum arg_direction)(j % 4),
				.type = type,
				.param_arg = { -1, -1, -1, -1 },
			};
			f.call.args[j] = odd_number(&seed);
		}
		decode_both_phases(&f, &seed);
		assert_ptr_equal(decode_type_find(type->name), type);
		for (unsigned j = 0; j < SYSCALL_ARGS; j++)
			(void)decode_arg_room(&f.call, j);
	}
	/* No memory at all. */
	f.c.memory = NULL;
	for (size_t i = 0; (type = decode_type_at(i)); i++) {
		for (unsigned j = 0; j < SYSCALL_ARGS; j++)
			desc.args[j].type = type;
		decode_both_phases(&f, &seed);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(random_memory),
		cmocka_unit_test(crafted_memory),
		cmocka_unit_test(all_ones),
		cmocka_unit_test(types_alone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
