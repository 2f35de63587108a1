/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How instructions are displaced, on bytes alone.  That what they do is right is
 * for the processor to say: tests/tools/displaced.c.
 */
#include "arch/displaced.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

enum { TF = 0x100, AC = 0x40000 };
#define CODE UINT64_C(0x555555550000)
#define NEAR (CODE + 0x100000)
#define FAR UINT64_C(0x7f0000001000)

/* Memory at STACK, and a shadow stack. */
#define STACK UINT64_C(0x7ffd00000000)
struct fake {
	uint8_t memory[256];
	bool read_only, broken;
	uint64_t shadow[4];
	unsigned shadows;
};

static bool fake_read(void *arg, taddr at, void *data, size_t len)
{
	const struct fake *f = arg;

	if (f->broken || at - STACK > sizeof(f->memory) - len)
		return false;
	memcpy(data, f->memory + (at - STACK), len);
	return true;
}

static bool fake_write(void *arg, taddr at, const void *data, size_t len)
{
	struct fake *f = arg;

	if (f->broken || f->read_only || at - STACK > sizeof(f->memory) - len)
		return false;
	memcpy(f->memory + (at - STACK), data, len);
	return true;
}

static bool fake_push(void *arg, taddr ret)
{
	struct fake *f = arg;

	if (f->shadows == ARRAY_LEN(f->shadow))
		return false;
	f->shadow[f->shadows++] = ret;
	return true;
}

static bool fake_pop(void *arg, taddr ret)
{
	struct fake *f = arg;

	if (!f->shadows || f->shadow[f->shadows - 1] != ret)
		return false;
	f->shadows--;
	return true;
}

static uint64_t word_at(const struct fake *f, unsigned at)
{
	uint64_t word;

	memcpy(&word, f->memory + at, sizeof(word));
	return word;
}

static struct displaced_world world_of(struct fake *f, bool shadow)
{
	return (struct displaced_world){
		.read = fake_read, .write = fake_write, .arg = f,
		.shadow_push = shadow ? fake_push : NULL,
		.shadow_pop = shadow ? fake_pop : NULL,
	};
}

static struct displaced at(const struct arch *arch, taddr address,
                           const char *bytes, size_t n)
{
	struct displaced d;

	arch_displace(arch, (const uint8_t *)bytes, n, address, &d);
	return d;
}
#define WIDE(bytes) at(arch_x86_64(), CODE, bytes, sizeof(bytes) - 1)
#define NARROW(bytes) at(arch_i386(), 0x8048000, bytes, sizeof(bytes) - 1)

static struct arch_regs some_regs(void)
{
	struct arch_regs regs;

	memset(&regs, 0, sizeof(regs));
	regs.user.rsp = STACK + 128;
	regs.user.eflags = 0x202;
	regs.user.rip = CODE;
	return regs;
}

static void strategies(void **state)
{
	static const struct {
		const char *bytes;
		uint8_t n;
		bool narrow;
		enum displaced_how how;
		enum insn_flow flow;
	} rows[] = {
#define ROW(b, ...) { b, sizeof(b) - 1, __VA_ARGS__ }
		ROW("\x90", false, DISPLACED_EMULATE, FLOW_NEXT),
		ROW("\xf3\x0f\x1e\xfa", false, DISPLACED_EMULATE, FLOW_NEXT),
		ROW("\x55", false, DISPLACED_EMULATE, FLOW_NEXT),
		ROW("\x66\x55", false, DISPLACED_SLOT, FLOW_NEXT),
		ROW("\x48\x89\xe5", false, DISPLACED_EMULATE, FLOW_NEXT),
		ROW("\x88\xc8", false, DISPLACED_SLOT, FLOW_NEXT),
		ROW("\x48\x8d\x05\0\0\0\0", false, DISPLACED_EMULATE,
		    FLOW_NEXT),
		ROW("\x74\x05", false, DISPLACED_EMULATE, FLOW_BRANCH),
		ROW("\xe2\xfe", false, DISPLACED_EMULATE, FLOW_BRANCH),
		ROW("\xf3\xe0\xfe", false, DISPLACED_SLOT, FLOW_BRANCH),
		ROW("\xe8\0\0\0\0", false, DISPLACED_EMULATE, FLOW_CALL),
		ROW("\x66\x66\x48\xe8\0\0\0\0", false, DISPLACED_EMULATE,
		    FLOW_CALL),
		ROW("\x66\xe8\0\0\0\0", false, DISPLACED_REFUSE, FLOW_CALL),
		ROW("\x66\xc3", false, DISPLACED_REFUSE, FLOW_RETURN),
		ROW("\xff\x25\0\0\0\0", false, DISPLACED_EMULATE, FLOW_JUMP),
		ROW("\xff\xd0", false, DISPLACED_EMULATE, FLOW_CALL),
		ROW("\xc2\x08\0", false, DISPLACED_EMULATE, FLOW_RETURN),
		ROW("\xcb", false, DISPLACED_REFUSE, FLOW_FAR),
		ROW("\x48\xcf", false, DISPLACED_REFUSE, FLOW_FAR),
		ROW("\xff\x28", false, DISPLACED_REFUSE, FLOW_FAR),
		ROW("\xc7\xf8\0\0\0\0", false, DISPLACED_REFUSE, FLOW_FAR),
		ROW("\x0f\x34", false, DISPLACED_REFUSE, FLOW_FAR),
		ROW("\x0f\x05", false, DISPLACED_SYSCALL, FLOW_SYSCALL),
		ROW("\xcd\x80", false, DISPLACED_SYSCALL, FLOW_SYSCALL),
		ROW("\xcd\x81", false, DISPLACED_SLOT, FLOW_TRAP),
		ROW("\xcc", false, DISPLACED_SLOT, FLOW_TRAP),
		ROW("\x0f\x0b", false, DISPLACED_SLOT, FLOW_NEXT),
		ROW("\xf4", false, DISPLACED_SLOT, FLOW_NEXT),
		ROW("\xf3\xa4", false, DISPLACED_SLOT, FLOW_NEXT),
		ROW("\x06", false, DISPLACED_REFUSE, FLOW_FAR),
		ROW("\xf0\x90", false, DISPLACED_REFUSE, FLOW_FAR),
		ROW("\x0f\x05", true, DISPLACED_REFUSE, FLOW_FAR),
		ROW("\x0f\x34", true, DISPLACED_REFUSE, FLOW_FAR),
		ROW("\xcd\x80", true, DISPLACED_SYSCALL, FLOW_SYSCALL),
		ROW("\x9a\0\0\0\0\0\0", true, DISPLACED_REFUSE, FLOW_FAR),
		ROW("\x06", true, DISPLACED_SLOT, FLOW_NEXT),
		ROW("\x60", true, DISPLACED_SLOT, FLOW_NEXT),
		ROW("\xce", true, DISPLACED_SLOT, FLOW_TRAP),
		ROW("\x40", true, DISPLACED_SLOT, FLOW_NEXT),
		ROW("\x67\xff\x27", true, DISPLACED_SLOT, FLOW_JUMP),
		ROW("\x65\xff\x15\x10\0\0\0", true, DISPLACED_SLOT, FLOW_CALL),
#undef ROW
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct displaced d = at(rows[i].narrow ? arch_i386()
		                                       : arch_x86_64(),
		                        rows[i].narrow ? 0x8048000 : CODE,
		                        rows[i].bytes, rows[i].n);

		if (d.how != rows[i].how || d.flow != rows[i].flow)
			fail_msg("row %zu: %d, %d: %s", i, d.how, d.flow,
			         d.reason);
	}
}

static void refusals_say_why(void **state)
{
	char text[45];
	struct displaced d = WIDE("\xcb");

	(void)state;
	assert_string_equal(d.reason, "a far return");
	displaced_bytes_text(&d, text, sizeof(text));
	assert_string_equal(text, "cb");
	/* Not all bytes are there: all that are. */
	d = WIDE("\x66\x0f\x38");
	assert_int_equal(d.how, DISPLACED_REFUSE);
	assert_string_equal(d.reason, "no instruction that is known");
	displaced_bytes_text(&d, text, sizeof(text));
	assert_string_equal(text, "66 0f 38");
	displaced_bytes_text(&d, text, 4);
	assert_string_equal(text, "66");
	d = WIDE("");
	assert_int_equal(d.how, DISPLACED_REFUSE);
	displaced_bytes_text(&d, text, sizeof(text));
	assert_string_equal(text, "");
	d = at(arch_x86_64(), 0xffffffffff600000, "\x90", 1);
	assert_int_equal(d.how, DISPLACED_REFUSE);
	assert_string_equal(d.reason, "in the vsyscall page");
	d = at(arch_x86_64(), CODE, "\x66\x66\x66\x66\x66\x66\x66\x66\x66\x66"
	       "\x66\x66\x66\x66\x66\x90", 16);
	assert_int_equal(d.how, DISPLACED_REFUSE);
}

static void what_needs_care(void **state)
{
	(void)state;
	assert_true(WIDE("\xf3\xa4").repeats);
	assert_true(WIDE("\xf2\xae").repeats);
	assert_false(WIDE("\xa4").repeats);
	/* vgatherdps, vpscatterdd */
	assert_true(WIDE("\xc4\xe2\x69\x92\x04\x08").repeats);
	assert_true(WIDE("\x62\xf2\x7d\x49\xa0\x04\x08").repeats);
	assert_true(WIDE("\x8e\xd0").delays_trap);
	assert_false(WIDE("\x8e\xd8").delays_trap);
	assert_true(NARROW("\x17").delays_trap);
	assert_false(NARROW("\x07").delays_trap);
	assert_true(WIDE("\x9d").sets_trap_flag);
	assert_true(WIDE("\x55").touches_memory);
	assert_false(WIDE("\x48\x89\xe5").touches_memory);
}

/* What no run can show, since the processor's own fault is not of this kind. */
static void emulation_knows_when_not_to(void **state)
{
	struct fake f = { .broken = true };
	struct displaced_world world = world_of(&f, false);
	struct displaced push = WIDE("\x55"), jump = WIDE("\xeb\x10");
	struct displaced indirect = WIDE("\xff\xe0");
	struct arch_regs regs = some_regs(), before = regs;

	(void)state;
	assert_false(displaced_emulate(&push, &world, &regs));
	assert_memory_equal(&regs, &before, sizeof(regs));
	f.broken = false;
	regs.user.eflags |= AC;
	assert_false(displaced_emulate(&push, &world, &regs));
	assert_true(displaced_emulate(&jump, &world, &regs));
	assert_int_equal(regs.user.rip, CODE + 0x12);
	regs.user.eflags = 0x202 | TF;
	assert_false(displaced_emulate(&jump, &world, &regs));
	regs.user.eflags = 0x202;
	regs.user.rax = UINT64_C(1) << 47;
	assert_false(displaced_emulate(&indirect, &world, &regs));
	assert_int_equal(word_at(&f, 120), 0);
}

/* 32-bit code with segments of its own. */
static void narrow_segments(void **state)
{
	struct fake f = { .broken = false };
	struct displaced_world world = world_of(&f, false);
	struct displaced push = NARROW("\x50");
	struct arch_regs regs = some_regs();

	(void)state;
	regs.user.ss = 0x17;
	regs.user.ds = 0x2b;
	assert_true(push.reads & ARCH_REG_BIT(ss));
	assert_false(displaced_emulate(&push, &world, &regs));
}

static void shadow_stacks(void **state)
{
	struct fake f = { .broken = false };
	struct displaced_world world = world_of(&f, true);
	struct displaced call = WIDE("\xe8\x10\0\0\0"), ret = WIDE("\xc3");
	struct arch_regs regs = some_regs();

	(void)state;
	assert_true(displaced_emulate(&call, &world, &regs));
	assert_int_equal(regs.user.rip, CODE + 0x15);
	assert_int_equal(f.shadows, 1);
	assert_int_equal(f.shadow[0], CODE + 5);
	assert_int_equal(word_at(&f, 120), CODE + 5);
	/* A return that is not what the shadow says is for the processor. */
	f.shadow[0]++;
	assert_false(displaced_emulate(&ret, &world, &regs));
	f.shadow[0]--;
	assert_true(displaced_emulate(&ret, &world, &regs));
	assert_int_equal(regs.user.rip, CODE + 5);
	assert_int_equal(regs.user.rsp, STACK + 128);
	assert_int_equal(f.shadows, 0);
	f.shadows = ARRAY_LEN(f.shadow);
	assert_false(displaced_emulate(&call, &world, &regs));
	assert_int_equal(regs.user.rsp, STACK + 128);
}

/* A call that ran in a slot has pushed the slot's address on both stacks. */
static void call_from_a_slot(void **state)
{
	struct fake f = { .shadow = { NEAR + 5 }, .shadows = 1 };
	struct displaced_world world = world_of(&f, true);
	struct displaced call = WIDE("\xe8\x10\0\0\0");
	struct displaced_copy copy;
	struct displaced_saved saved;
	struct arch_regs regs = some_regs();

	(void)state;
	displaced_make_copy(&call, NEAR, &copy);
	assert_int_equal(displaced_resume(&copy, 0x202), DISPLACED_STEP);
	displaced_before(&call, &copy, &regs, &saved);
	assert_int_equal(regs.user.rip, NEAR);
	/* The push faulted. */
	assert_int_equal(displaced_after(&call, &copy, &saved, true, &world,
	                                 &regs), DISPLACED_AT_START);
	assert_int_equal(regs.user.rip, CODE);
	/* It did not. */
	regs.user.rip = NEAR + 0x15;
	regs.user.rsp -= 8;
	assert_int_equal(displaced_after(&call, &copy, &saved, true, &world,
	                                 &regs), DISPLACED_PAST);
	assert_int_equal(regs.user.rip, CODE + 0x15);
	assert_int_equal(word_at(&f, 120), CODE + 5);
	assert_int_equal(f.shadow[0], CODE + 5);
	f.read_only = true;
	regs.user.rip = NEAR + 0x15;
	assert_int_equal(displaced_after(&call, &copy, &saved, true, &world,
	                                 &regs), DISPLACED_SPOILT);
}

/* Single steps show in what pushf pushes; the tracee's own trap flag stays. */
static void flags_from_a_slot(void **state)
{
	struct fake f = { .broken = false };
	struct displaced_world world = world_of(&f, false);
	struct displaced pushf = WIDE("\x9c");
	struct displaced_copy copy;
	struct displaced_saved saved;
	struct arch_regs regs = some_regs();

	(void)state;
	displaced_make_copy(&pushf, NEAR, &copy);
	for (int own = 0; own < 2; own++) {
		f.memory[121] = 0x03;
		regs = some_regs();
		regs.user.eflags |= own ? TF : 0;
		displaced_before(&pushf, &copy, &regs, &saved);
		regs.user.rip++;
		regs.user.rsp -= 8;
		assert_int_equal(displaced_after(&pushf, &copy, &saved, true,
		                                 &world, &regs),
		                 DISPLACED_PAST);
		assert_int_equal(f.memory[121], own ? 3 : 2);
	}
}

static void copies(void **state)
{
	struct displaced add = WIDE("\x48\x03\x05\x10\0\0\0");
	struct displaced_copy copy;
	struct displaced_saved saved;
	struct arch_regs regs = some_regs();
	taddr pc;

	(void)state;
	displaced_make_copy(&add, NEAR, &copy);
	assert_memory_equal(copy.bytes, "\x48\x03\x05\x10\0\xf0\xff"
	                    "\xe9\xfb\xff\xef\xff", 12);
	assert_int_equal(copy.size, 12);
	assert_true(copy.one_stop && !copy.scratch && !copy.traps_behind);
	assert_string_equal(displaced_name(&add, &copy), "slot, jumps back");
	assert_int_equal(displaced_resume(&copy, 0x202), DISPLACED_RUN);
	assert_int_equal(displaced_resume(&copy, 0x202 | TF), DISPLACED_STEP);

	/* Too far: add 16(%rdi),%rax, and a breakpoint. */
	displaced_make_copy(&add, FAR, &copy);
	assert_memory_equal(copy.bytes, "\x48\x03\x87\x10\0\0\0\xcc", 8);
	assert_true(copy.scratch && copy.traps_behind && !copy.one_stop);
	assert_int_equal(displaced_resume(&copy, 0x202),
	                 DISPLACED_RUN_TO_TRAP);
	assert_int_equal(copy.before_writes,
	                 ARCH_REG_BIT(rip) | ARCH_REG_BIT(rdi));
	regs.user.rdi = 77;
	displaced_before(&add, &copy, &regs, &saved);
	assert_int_equal(regs.user.rdi, CODE + 7);
	regs.user.rip = FAR + 8;
	assert_int_equal(displaced_after(&add, &copy, &saved, false, NULL,
	                                 &regs), DISPLACED_PAST);
	assert_int_equal(regs.user.rip, CODE + 7);
	assert_int_equal(regs.user.rdi, 77);
	pc = FAR + DISPLACED_SLOT_SIZE;
	assert_false(displaced_true_pc(&add, FAR, &pc));
	pc = FAR - 1;
	assert_false(displaced_true_pc(&add, FAR, &pc));
}

/* The address of a fault: of code for some signals, of data for others. */
static void faults(void **state)
{
	struct displaced ud2 = WIDE("\x0f\x0b");
	taddr where = NEAR;

	(void)state;
	assert_true(displaced_true_fault(&ud2, NEAR, SIGILL, &where));
	assert_int_equal(where, CODE);
	where = NEAR;
	assert_false(displaced_true_fault(&ud2, NEAR, SIGSEGV, &where));
	assert_int_equal(where, NEAR);
}

static void blocks(void **state)
{
	static const uint8_t code[] = {
		0x55, 0x48, 0x89, 0xe5, 0xf3, 0xa4, 0x74, 0x02, 0x90, 0xc3,
		0x06,
	};
	struct arch_block b;

	(void)state;
	arch_block_end(arch_x86_64(), code, sizeof(code), CODE, &b);
	assert_true(b.known && b.has_target);
	assert_int_equal(b.len, 6);
	assert_int_equal(b.count, 3);
	assert_int_equal(b.flow, FLOW_BRANCH);
	assert_int_equal(b.end_len, 2);
	assert_int_equal(b.target, CODE + 10);
	arch_block_end(arch_x86_64(), code + 8, 3, CODE + 8, &b);
	assert_true(b.known && !b.has_target);
	assert_int_equal(b.flow, FLOW_RETURN);
	assert_int_equal(b.len, 1);
	/* What is no instruction, or not all there, is not known. */
	arch_block_end(arch_x86_64(), code + 10, 1, CODE + 10, &b);
	assert_false(b.known);
	assert_int_equal(b.len, 0);
	arch_block_end(arch_x86_64(), code, 3, CODE, &b);
	assert_false(b.known);
	assert_int_equal(b.len, 1);
	arch_block_end(arch_x86_64(), code, 0, CODE, &b);
	assert_false(b.known);
	/* Around the end of 32 bits. */
	arch_block_end(arch_i386(), (const uint8_t *)"\xeb\x10", 2, 0xfffffff8,
	               &b);
	assert_int_equal(b.target, 0xa);
}

static void check_stretch(const char *code, size_t n, size_t len, bool closed)
{
	struct arch_stretch out;

	arch_block_stretch(arch_x86_64(), (const uint8_t *)code, n, CODE,
	                   &out);
	assert_int_equal(out.len, len);
	assert_int_equal(out.closed, closed);
}

/* What may run under a trap flag that nobody is to see. */
static void stretches(void **state)
{
	struct arch_stretch out;

	(void)state;
	/* Through jz, up to the ret; through jz up to the call's end. */
	check_stretch("\x90\x74\x05\x90\xc3\x90", 6, 5, true);
	check_stretch("\x90\x74\x05\xe8\0\0\0\0\x90", 9, 8, true);
	check_stretch("\xff\xe0\x90", 3, 2, true);
	/* Not over syscall, int, pushf, popf, mov to ss, iret, nor the end. */
	check_stretch("\x90\x0f\x05\xc3", 4, 1, false);
	check_stretch("\x90\xcd\x80\xc3", 4, 1, false);
	check_stretch("\x74\x00\x9c\xc3", 4, 2, false);
	check_stretch("\x90\x9d\xc3", 3, 1, false);
	check_stretch("\x8e\xd0\xc3", 3, 0, false);
	check_stretch("\x90\x48\xcf\xc3", 4, 1, false);
	check_stretch("\x90\x90\x74", 3, 2, false);
	/* A mov from ss is as any other; so is rep movsb. */
	check_stretch("\x8c\xd0\xf3\xa4\xc3", 5, 5, true);
	arch_block_stretch(arch_x86_64(), (const uint8_t *)"\xc3", 1,
	                   0xffffffffff600000, &out);
	assert_int_equal(out.len, 0);
	/* i386: pop ss. */
	arch_block_stretch(arch_i386(), (const uint8_t *)"\x90\x17\xc3", 3,
	                   CODE, &out);
	assert_int_equal(out.len, 1);
}

static bool taken(const char *code, size_t n, uint64_t flags, uint64_t rcx)
{
	struct arch_regs regs = { .user = { .eflags = flags, .rcx = rcx } };
	struct displaced d;

	arch_displace(arch_x86_64(), (const uint8_t *)code, n, CODE, &d);
	return displaced_is_taken(&d, &regs);
}

static void branches_taken(void **state)
{
	(void)state;
	assert_true(taken("\x74\x00", 2, 0x40, 0));      /* jz */
	assert_false(taken("\x74\x00", 2, 0, 0));
	assert_false(taken("\x0f\x85\0\0\0\0", 6, 0x40, 0)); /* jnz */
	assert_true(taken("\xe2\x00", 2, 0, 2));         /* loop */
	assert_false(taken("\xe2\x00", 2, 0, 1));
	assert_true(taken("\x67\xe2\x00", 3, 0, 0x100000000));
	assert_true(taken("\xe3\x00", 2, 0, 0));         /* jrcxz */
	assert_false(taken("\xe3\x00", 2, 0, 1));
	assert_true(taken("\xeb\x00", 2, 0, 0));
	assert_true(taken("\xe8\0\0\0\0", 5, 0, 0));
	assert_true(taken("\xc3", 1, 0, 0));
	assert_false(taken("\x90", 1, 0, 0));
	assert_false(taken("\x0f\x05", 2, 0, 0));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(strategies),
		cmocka_unit_test(refusals_say_why),
		cmocka_unit_test(what_needs_care),
		cmocka_unit_test(emulation_knows_when_not_to),
		cmocka_unit_test(narrow_segments),
		cmocka_unit_test(shadow_stacks),
		cmocka_unit_test(call_from_a_slot),
		cmocka_unit_test(flags_from_a_slot),
		cmocka_unit_test(copies),
		cmocka_unit_test(faults),
		cmocka_unit_test(blocks),
		cmocka_unit_test(stretches),
		cmocka_unit_test(branches_taken),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
