/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "arch/displaced.h"

#include "arch/displaced_internal.h"

#include <stdio.h>
#include <string.h>

void displaced_decoder(const struct arch *arch, ZydisDecoder *decoder)
{
	if (arch->word == 8)
		ZydisDecoderInit(decoder, ZYDIS_MACHINE_MODE_LONG_64,
		                 ZYDIS_STACK_WIDTH_64);
	else
		ZydisDecoderInit(decoder, ZYDIS_MACHINE_MODE_LONG_COMPAT_32,
		                 ZYDIS_STACK_WIDTH_32);
}

int displaced_reg_number(ZydisRegister reg)
{
	static const int8_t numbers[16] = {
		ARCH_REG_NUMBER(rax), ARCH_REG_NUMBER(rcx),
		ARCH_REG_NUMBER(rdx), ARCH_REG_NUMBER(rbx),
		ARCH_REG_NUMBER(rsp), ARCH_REG_NUMBER(rbp),
		ARCH_REG_NUMBER(rsi), ARCH_REG_NUMBER(rdi),
		ARCH_REG_NUMBER(r8), ARCH_REG_NUMBER(r9),
		ARCH_REG_NUMBER(r10), ARCH_REG_NUMBER(r11),
		ARCH_REG_NUMBER(r12), ARCH_REG_NUMBER(r13),
		ARCH_REG_NUMBER(r14), ARCH_REG_NUMBER(r15),
	};

	if (reg >= ZYDIS_REGISTER_AH && reg <= ZYDIS_REGISTER_BH)
		return numbers[reg - ZYDIS_REGISTER_AH];
	if (reg >= ZYDIS_REGISTER_SPL && reg <= ZYDIS_REGISTER_DIL)
		return numbers[reg - ZYDIS_REGISTER_SPL + 4];
	switch (ZydisRegisterGetClass(reg)) {
	case ZYDIS_REGCLASS_GPR8:
	case ZYDIS_REGCLASS_GPR16:
	case ZYDIS_REGCLASS_GPR32:
	case ZYDIS_REGCLASS_GPR64:
		reg = ZydisRegisterGetLargestEnclosing(
			ZYDIS_MACHINE_MODE_LONG_64, reg);
		return numbers[reg - ZYDIS_REGISTER_RAX];
	case ZYDIS_REGCLASS_IP:
		return ARCH_REG_NUMBER(rip);
	default:
		return -1;
	}
}

bool displaced_has_prefix(const ZydisDecodedInstruction *z, uint8_t prefix)
{
	for (unsigned i = 0; i < z->raw.prefix_count; i++)
		if (z->raw.prefixes[i].value == prefix)
			return true;
	return false;
}

static bool has_rex_w(const ZydisDecodedInstruction *z)
{
	return (z->attributes & ZYDIS_ATTRIB_HAS_REX) && z->raw.rex.W;
}

/*
 * Intel's processors ignore a 66 before a near branch in 64-bit code, AMD's cut
 * pc to 16 bits (and read a displacement of 16).  With REX.W both ignore it:
 * compilers write `66 66 48 e8` for __tls_get_addr.
 */
bool displaced_short_pc(const ZydisDecodedInstruction *z)
{
	return displaced_has_prefix(z, 0x66) && !has_rex_w(z);
}

static enum insn_flow flow_of_group5(const ZydisDecodedInstruction *z,
                                     const char **reason)
{
	switch (z->raw.modrm.reg) {
	case 2:
		*reason = "an indirect call";
		return FLOW_CALL;
	case 4:
		*reason = "an indirect jump";
		return FLOW_JUMP;
	case 3:
		*reason = "a far call";
		return FLOW_FAR;
	case 5:
		*reason = "a far jump";
		return FLOW_FAR;
	default:
		return FLOW_NEXT;
	}
}

static enum insn_flow flow_of_default(const ZydisDecodedInstruction *z,
                                      const char **reason)
{
	switch (z->opcode) {
	case 0x70 ... 0x7f:
		*reason = "a conditional jump";
		return FLOW_BRANCH;
	case 0xe0 ... 0xe2:
		*reason = "a loop";
		return FLOW_BRANCH;
	case 0xe3:
		*reason = "a jump by the counter";
		return FLOW_BRANCH;
	case 0xe8:
		*reason = "a call";
		return FLOW_CALL;
	case 0xe9:
	case 0xeb:
		*reason = "a jump";
		return FLOW_JUMP;
	case 0xc2:
	case 0xc3:
		*reason = "a return";
		return FLOW_RETURN;
	case 0x9a:
		*reason = "a far call";
		return FLOW_FAR;
	case 0xea:
		*reason = "a far jump";
		return FLOW_FAR;
	case 0xca:
	case 0xcb:
		*reason = "a far return";
		return FLOW_FAR;
	case 0xff:
		return flow_of_group5(z, reason);
	default:
		return FLOW_NEXT;
	}
}

static enum insn_flow flow_of_interrupt(const ZydisDecodedInstruction *z,
                                        const char **reason)
{
	if (z->mnemonic == ZYDIS_MNEMONIC_INT &&
	    z->raw.imm[0].value.u == 0x80) {
		*reason = "a system call";
		return FLOW_SYSCALL;
	}
	*reason = "a trap";
	return FLOW_TRAP;
}

enum insn_flow displaced_flow(const ZydisDecodedInstruction *z,
                              const char **reason)
{
	switch (z->mnemonic) {
	case ZYDIS_MNEMONIC_SYSCALL:
		*reason = "a system call";
		/* In 32-bit code the kernel goes on in the vDSO, wherever it
		 * came from (do_fast_syscall_32). */
		return z->machine_mode == ZYDIS_MACHINE_MODE_LONG_64
		       ? FLOW_SYSCALL : FLOW_FAR;
	case ZYDIS_MNEMONIC_INT:
	case ZYDIS_MNEMONIC_INT1:
	case ZYDIS_MNEMONIC_INT3:
	case ZYDIS_MNEMONIC_INTO:
		return flow_of_interrupt(z, reason);
	case ZYDIS_MNEMONIC_SYSENTER:
		*reason = "sysenter, which returns to a place of its own";
		return FLOW_FAR;
	case ZYDIS_MNEMONIC_IRET:
	case ZYDIS_MNEMONIC_IRETD:
	case ZYDIS_MNEMONIC_IRETQ:
	case ZYDIS_MNEMONIC_UIRET:
		*reason = "a return from an interrupt";
		return FLOW_FAR;
	case ZYDIS_MNEMONIC_XBEGIN:
		*reason = "the begin of a transaction";
		return FLOW_FAR;
	case ZYDIS_MNEMONIC_ENCLU:
		*reason = "a way into an enclave";
		return FLOW_FAR;
	default:
		break;
	}
	*reason = "an instruction that goes on with the next";
	if (z->encoding != ZYDIS_INSTRUCTION_ENCODING_LEGACY)
		return FLOW_NEXT;
	if (z->opcode_map == ZYDIS_OPCODE_MAP_DEFAULT)
		return flow_of_default(z, reason);
	if (z->opcode_map == ZYDIS_OPCODE_MAP_0F && (z->opcode & 0xf0) == 0x80) {
		*reason = "a conditional jump";
		return FLOW_BRANCH;
	}
	return FLOW_NEXT;
}

/* Privileged: they fault before they change pc. */
static bool only_faults(const ZydisDecodedInstruction *z)
{
	switch (z->mnemonic) {
	case ZYDIS_MNEMONIC_SYSRET:
	case ZYDIS_MNEMONIC_SYSEXIT:
	case ZYDIS_MNEMONIC_RSM:
	case ZYDIS_MNEMONIC_VMRUN:
	case ZYDIS_MNEMONIC_VMLAUNCH:
	case ZYDIS_MNEMONIC_VMRESUME:
	case ZYDIS_MNEMONIC_SKINIT:
		return true;
	default:
		return false;
	}
}

static void use(unsigned *used, ZydisRegister reg)
{
	static const uint8_t low[8] = {
		ARCH_REG_NUMBER(rax), ARCH_REG_NUMBER(rcx),
		ARCH_REG_NUMBER(rdx), ARCH_REG_NUMBER(rbx),
		ARCH_REG_NUMBER(rsp), ARCH_REG_NUMBER(rbp),
		ARCH_REG_NUMBER(rsi), ARCH_REG_NUMBER(rdi),
	};
	int number = displaced_reg_number(reg);

	for (unsigned i = 0; i < ARRAY_LEN(low); i++)
		if (low[i] == number)
			*used |= 1u << i;
}

/*
 * A register with which a ModRM of mod 2 needs no SIB and no fourth bit, and that
 * the instruction does not touch.  rbp last: a bad address by it would be a stack
 * fault (SIGBUS), not a protection fault.
 */
static void choose_scratch(unsigned used, struct displaced *d)
{
	static const struct { uint8_t rm, number; } choice[] = {
		{ 7, ARCH_REG_NUMBER(rdi) }, { 6, ARCH_REG_NUMBER(rsi) },
		{ 3, ARCH_REG_NUMBER(rbx) }, { 2, ARCH_REG_NUMBER(rdx) },
		{ 1, ARCH_REG_NUMBER(rcx) }, { 0, ARCH_REG_NUMBER(rax) },
		{ 5, ARCH_REG_NUMBER(rbp) },
	};

	for (unsigned i = 0; i < ARRAY_LEN(choice); i++)
		if (!(used & 1u << choice[i].rm)) {
			d->scratch_rm = choice[i].rm;
			d->scratch = (int8_t)choice[i].number;
			return;
		}
}

/* Where the base's fourth bit is, and what clears it: REX as it stands, the
 * others inverted. */
static void find_extension(const ZydisDecodedInstruction *z,
                           struct displaced *d)
{
	d->ext_and = 0xff;
	switch (z->encoding) {
	case ZYDIS_INSTRUCTION_ENCODING_VEX:
		if (z->raw.vex.size != 3)
			return;
		d->ext_at = z->raw.vex.offset + 1;
		d->ext_or = 0x20;
		return;
	case ZYDIS_INSTRUCTION_ENCODING_EVEX:
		d->ext_at = z->raw.evex.offset + 1;
		d->ext_or = 0x20;
		return;
	case ZYDIS_INSTRUCTION_ENCODING_XOP:
		d->ext_at = z->raw.xop.offset + 1;
		d->ext_or = 0x20;
		return;
	default:
		if (!(z->attributes & ZYDIS_ATTRIB_HAS_REX))
			return;
		d->ext_at = z->raw.rex.offset;
		d->ext_and = 0xfe;
	}
}

static bool is_pc(ZydisRegister reg)
{
	return reg == ZYDIS_REGISTER_RIP || reg == ZYDIS_REGISTER_EIP ||
	       reg == ZYDIS_REGISTER_IP;
}

/* Which of the first eight registers are used, as bits. */
static unsigned used_registers(const ZydisDecodedInstruction *z,
                               const ZydisDecodedOperand *operands)
{
	unsigned used = 0;

	for (unsigned i = 0; i < z->operand_count; i++) {
		const ZydisDecodedOperand *op = &operands[i];

		if (op->type == ZYDIS_OPERAND_TYPE_REGISTER) {
			use(&used, op->reg.value);
		} else if (op->type == ZYDIS_OPERAND_TYPE_MEMORY) {
			use(&used, op->mem.base);
			use(&used, op->mem.index);
		}
	}
	return used;
}

/* False: pc is an operand in a way that is not known. */
static bool look_at_operands(const ZydisDecodedInstruction *z,
                             const ZydisDecodedOperand *operands,
                             struct displaced *d)
{
	bool pc_used = false;

	for (unsigned i = 0; i < z->operand_count; i++) {
		const ZydisDecodedOperand *op = &operands[i];

		if (op->type == ZYDIS_OPERAND_TYPE_REGISTER) {
			pc_used |= is_pc(op->reg.value);
		} else if (op->type == ZYDIS_OPERAND_TYPE_MEMORY) {
			d->rip_relative |= is_pc(op->mem.base);
			d->disp_wraps |= op->mem.base == ZYDIS_REGISTER_EIP;
			/* Gather and scatter, whose mask says how far they
			 * are. */
			d->repeats |= op->mem.type == ZYDIS_MEMOP_TYPE_VSIB;
		}
	}
	if (!d->rip_relative)
		return !pc_used || d->flow != FLOW_NEXT || only_faults(z);
	choose_scratch(used_registers(z, operands), d);
	d->disp_at = z->raw.disp.offset;
	d->modrm_at = z->raw.modrm.offset;
	find_extension(z, d);
	return z->raw.disp.size == 32 && z->raw.modrm.mod == 0 &&
	       z->raw.modrm.rm == 5;
}

static void look_at_kind(const ZydisDecodedInstruction *z, struct displaced *d)
{
	switch (z->mnemonic) {
	case ZYDIS_MNEMONIC_POPF:
	case ZYDIS_MNEMONIC_POPFD:
	case ZYDIS_MNEMONIC_POPFQ:
		d->sets_trap_flag = true;
		break;
	case ZYDIS_MNEMONIC_POP:
		d->delays_trap = d->word == 4 && z->opcode == 0x17;
		break;
	case ZYDIS_MNEMONIC_MOV:
		d->delays_trap = z->opcode == 0x8e && z->raw.modrm.reg == 2 &&
		                 z->opcode_map == ZYDIS_OPCODE_MAP_DEFAULT;
		break;
	default:
		break;
	}
	d->repeats |= (z->attributes & (ZYDIS_ATTRIB_HAS_REP |
	                                ZYDIS_ATTRIB_HAS_REPE |
	                                ZYDIS_ATTRIB_HAS_REPNE)) != 0;
	d->relative = z->raw.imm[0].is_relative;
}

bool displaced_in_vsyscall(taddr address)
{
	return address >> 12 == 0xffffffffff600;
}

static void decide(const ZydisDecodedInstruction *z,
                   const ZydisDecodedOperand *operands, struct displaced *d)
{
	bool near;

	d->flow = displaced_flow(z, &d->reason);
	if (d->flow == FLOW_FAR)
		return;
	near = d->flow == FLOW_JUMP || d->flow == FLOW_BRANCH ||
	       d->flow == FLOW_CALL || d->flow == FLOW_RETURN;
	if (near && displaced_short_pc(z)) {
		d->reason = "a branch of 16 bits, which processors differ in";
		return;
	}
	if (!look_at_operands(z, operands, d)) {
		d->reason = "it uses pc in a way that is not known";
		return;
	}
	look_at_kind(z, d);
	if (d->flow == FLOW_SYSCALL)
		d->how = DISPLACED_SYSCALL;
	else if (displaced_simple(z, operands, d))
		d->how = DISPLACED_EMULATE;
	else
		d->how = DISPLACED_SLOT;
}

void arch_displace(const struct arch *arch, const uint8_t *bytes, size_t n,
                   taddr address, struct displaced *out)
{
	ZydisDecodedInstruction z;
	ZydisDecodedOperand operands[ZYDIS_MAX_OPERAND_COUNT];
	ZydisDecoder decoder;

	*out = (struct displaced){ .how = DISPLACED_REFUSE, .flow = FLOW_FAR,
	                           .reason = "no instruction that is known",
	                           .address = address, .word = arch->word,
	                           .len = n < ARCH_INSN_MAX ? (uint8_t)n
	                                                    : ARCH_INSN_MAX };
	memcpy(out->bytes, bytes, out->len);
	if (arch->word == 8 && displaced_in_vsyscall(address)) {
		out->reason = "in the vsyscall page";
		return;
	}
	displaced_decoder(arch, &decoder);
	if (!ZYAN_SUCCESS(ZydisDecoderDecodeFull(&decoder, bytes, n, &z,
	                                         operands)))
		return;
	out->len = z.length;
	decide(&z, operands, out);
}

void displaced_bytes_text(const struct displaced *d, char *data, size_t size)
{
	size_t at = 0;

	if (size)
		data[0] = '\0';
	for (unsigned i = 0; i < d->len && at + 3 < size; i++)
		at += (size_t)snprintf(data + at, size - at, "%s%02x",
		                       i ? " " : "", d->bytes[i]);
}

const char *displaced_name(const struct displaced *d,
                           const struct displaced_copy *copy)
{
	switch (d->how) {
	case DISPLACED_EMULATE: return "emulated";
	case DISPLACED_SYSCALL: return "system call";
	case DISPLACED_REFUSE: return "refused";
	default: break;
	}
	if (!copy)
		return "slot";
	if (copy->scratch)
		return "slot with a scratch register";
	return copy->one_stop ? "slot, jumps back" : "slot, stepped";
}
