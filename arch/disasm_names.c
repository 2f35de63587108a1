/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names of instructions, as gdb and objdump have them. */
#include "arch/disasm_internal.h"

#include <string.h>

/* What Zydis calls NAME; NULL: the same. */
static const struct { const char *name, *att, *intel; } renamed[] = {
	{ "cbw", "cbtw", NULL }, { "cwde", "cwtl", NULL },
	{ "cdqe", "cltq", NULL }, { "cwd", "cwtd", NULL },
	{ "cdq", "cltd", NULL }, { "cqo", "cqto", NULL },
	{ "pushfq", "pushf", "pushf" }, { "popfq", "popf", "popf" },
	{ "pushfd", "pushf", "pushf" }, { "popfd", "popf", "popf" },
	{ "pushad", "pusha", "pusha" }, { "popad", "popa", "popa" },
	{ "iretd", "iret", "iret" }, { "iret", "iretw", "iretw" },
	{ "sysret", "sysretl", "sysretd" },
	{ "sysexit", "sysexitl", "sysexitd" },
};

struct condition { const char *name, *ours; };

static const struct condition conditions[] = {
	{ "z", "e" }, { "nz", "ne" }, { "nb", "ae" }, { "nbe", "a" },
	{ "nle", "g" }, { "nl", "ge" },
};

static void put_hint(const struct insn *in, struct cut_text *t)
{
	if (in->z.attributes & ZYDIS_ATTRIB_HAS_BRANCH_TAKEN)
		cut_printf(t, ",pt");
	else if (in->z.attributes & ZYDIS_ATTRIB_HAS_BRANCH_NOT_TAKEN)
		cut_printf(t, ",pn");
}

/* jz is je, setnz setne, and so on. */
static bool put_condition(const struct insn *in, const char *name,
                          struct cut_text *t)
{
	static const char *const stems[] = { "cmov", "set", "j" };

	for (size_t i = 0; i < ARRAY_LEN(stems); i++) {
		size_t len = strlen(stems[i]);

		if (strncmp(name, stems[i], len) != 0)
			continue;
		for (size_t j = 0; j < ARRAY_LEN(conditions); j++)
			if (strcmp(name + len, conditions[j].name) == 0) {
				cut_printf(t, "%s%s", stems[i],
				           conditions[j].ours);
				put_hint(in, t);
				return true;
			}
	}
	return false;
}

static char suffix_of(unsigned bits)
{
	return bits == 8 ? 'b' : bits == 16 ? 'w' : bits == 32 ? 'l' : 'q';
}

/* movzbl: from and to. */
static bool put_extension(const struct insn *in, struct cut_text *t)
{
	if (!in->att || (in->z.mnemonic != ZYDIS_MNEMONIC_MOVZX &&
	                 in->z.mnemonic != ZYDIS_MNEMONIC_MOVSX &&
	                 in->z.mnemonic != ZYDIS_MNEMONIC_MOVSXD))
		return false;
	if (in->operands[1].size == in->operands[0].size) {
		cut_printf(t, "movsxd");
		return true;
	}
	cut_printf(t, "mov%c%c%c",
	           in->z.mnemonic == ZYDIS_MNEMONIC_MOVZX ? 'z' : 's',
	           suffix_of(in->operands[1].size),
	           suffix_of(in->operands[0].size));
	return true;
}

static const char *const compare_names[32] = {
	"eq", "lt", "le", "unord", "neq", "nlt", "nle", "ord",
	"eq_uq", "nge", "ngt", "false", "neq_oq", "ge", "gt", "true",
	"eq_os", "lt_oq", "le_oq", "unord_s", "neq_us", "nlt_uq", "nle_uq",
	"ord_s", "eq_us", "nge_uq", "ngt_uq", "false_os", "neq_os", "ge_oq",
	"gt_oq", "true_us",
};

/* The immediate that is the last operand; -1: it has none. */
static int last_immediate(const struct insn *in)
{
	int last = in->z.operand_count_visible - 1;

	return last >= 0 &&
	       in->operands[last].type == ZYDIS_OPERAND_TYPE_IMMEDIATE
	       ? last : -1;
}

/* cmpps $1 is cmpltps; vpcmpub $1 is vpcmpltub. */
static bool put_comparison(const struct insn *in, const char *name,
                           struct cut_text *t, int *left_out)
{
	static const char *const integer[8] = {
		"eq", "lt", "le", NULL, "neq", "nlt", "nle", NULL,
	};
	int last = last_immediate(in);
	uint64_t which = last < 0 ? 0 : in->operands[last].imm.value.u;
	const char *v = *name == 'v' ? "v" : "";
	const char *rest = name + strlen(v);

	if (last < 0)
		return false;
	if (strncmp(rest, "pcmp", 4) == 0 && *v && which < 8 &&
	    integer[which] && strlen(rest) <= 6 && !strstr(rest, "str")) {
		cut_printf(t, "vpcmp%s%s", integer[which], rest + 4);
	} else if (strncmp(rest, "cmp", 3) == 0 && strlen(rest) == 5 &&
	           which < (*v ? 32 : 8)) {
		cut_printf(t, "%scmp%s%s", v, compare_names[which], rest + 3);
	} else {
		return false;
	}
	*left_out = last;
	return true;
}

/* pclmulqdq says by its name which halves it takes. */
static bool put_product(const struct insn *in, const char *name,
                        struct cut_text *t, int *left_out)
{
	int last = last_immediate(in);
	uint64_t which = last < 0 ? 2 : in->operands[last].imm.value.u;
	const char *v = *name == 'v' ? "v" : "";

	if (strcmp(name + strlen(v), "pclmulqdq") != 0 || which & ~0x11ull)
		return false;
	cut_printf(t, "%spclmul%sq%sqdq", v, which & 1 ? "h" : "l",
	           which & 16 ? "h" : "l");
	*left_out = last;
	return true;
}

static const ZydisDecodedOperand *memory_operand(const struct insn *in)
{
	for (unsigned i = 0; i < in->z.operand_count_visible; i++)
		if (in->operands[i].type == ZYDIS_OPERAND_TYPE_MEMORY)
			return &in->operands[i];
	return NULL;
}

/* A shift's %cl does not say how wide the other operand is. */
static bool has_wide_register(const struct insn *in)
{
	for (unsigned i = 0; i < in->z.operand_count_visible; i++)
		if (in->operands[i].type == ZYDIS_OPERAND_TYPE_REGISTER &&
		    (in->operands[i].visibility ==
		     ZYDIS_OPERAND_VISIBILITY_EXPLICIT ||
		     in->operands[i].reg.value != ZYDIS_REGISTER_CL))
			return true;
	return false;
}

/* Those whose operand in memory may have any size. */
static bool takes_suffix(const char *name)
{
	static const char *const names[] = {
		"mov", "add", "or", "adc", "sbb", "and", "sub", "xor", "cmp",
		"test", "inc", "dec", "not", "neg", "mul", "imul", "div",
		"idiv", "rol", "ror", "rcl", "rcr", "shl", "shr", "sal", "sar",
		"bt", "bts", "btr", "btc", "nop", "ptwrite",
	};

	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (strcmp(name, names[i]) == 0)
			return true;
	return false;
}

static const char *x87_suffix(const ZydisDecodedOperand *op)
{
	bool integer = op->element_type == ZYDIS_ELEMENT_TYPE_INT;

	switch (op->size) {
	case 16: return "s";
	case 32: return integer ? "l" : "s";
	case 64: return integer ? "ll" : "l";
	case 80: return op->element_type == ZYDIS_ELEMENT_TYPE_FLOAT80
		? "t" : "";
	default: return "";
	}
}

static bool is_x87_arithmetic(const char *name)
{
	return *name == 'f' && strncmp(name, "fx", 2) != 0 &&
	       strncmp(name, "fn", 2) != 0 && strcmp(name, "fldcw") != 0 &&
	       strcmp(name, "fldenv") != 0 && strcmp(name, "frstor") != 0 &&
	       strcmp(name, "fbld") != 0 && strcmp(name, "fbstp") != 0 &&
	       strncmp(name, "femms", 5) != 0;
}

static void put_suffix(const struct insn *in, const char *name,
                       struct cut_text *t)
{
	const ZydisDecodedOperand *memory = memory_operand(in);

	if (!in->att || !memory)
		return;
	if (is_x87_arithmetic(name))
		cut_printf(t, "%s", x87_suffix(memory));
	else if (strstr(name, "cvtsi2s") || strstr(name, "cvtusi2s"))
		cut_printf(t, "%c", suffix_of(memory->size));
	else if (takes_suffix(name) && !has_wide_register(in))
		cut_printf(t, "%c", suffix_of(memory->size));
	else if (strcmp(name, "nop") == 0)
		cut_printf(t, "%c", suffix_of(memory->size));
}

/* In this syntax some forms have each other's names, for ever. */
static const char *turned_x87(const struct insn *in, const char *name)
{
	static const char *const pairs[][2] = {
		{ "fsub", "fsubr" }, { "fsubp", "fsubrp" },
		{ "fdiv", "fdivr" }, { "fdivp", "fdivrp" },
	};

	if (!in->att || memory_operand(in) ||
	    (in->z.opcode != 0xdc && in->z.opcode != 0xde))
		return name;
	for (size_t i = 0; i < ARRAY_LEN(pairs); i++)
		for (int j = 0; j < 2; j++)
			if (strcmp(name, pairs[i][j]) == 0)
				return pairs[i][1 - j];
	return name;
}

/* A 64-bit immediate, or an address of 64 bits in the instruction. */
static bool is_movabs(const struct insn *in)
{
	return in->z.mnemonic == ZYDIS_MNEMONIC_MOV && in->long_mode &&
	       (in->z.raw.imm[0].size == 64 || in->z.raw.disp.size == 64);
}

void insn_name(const struct insn *in, struct cut_text *t, int *left_out)
{
	const char *name = ZydisMnemonicGetString(in->z.mnemonic);

	if (!name)
		name = "(bad)";
	if (in->waits) {
		cut_printf(t, "f%s", name + 2);
		return;
	}
	if (put_extension(in, t) || put_condition(in, name, t) ||
	    put_comparison(in, name, t, left_out) ||
	    put_product(in, name, t, left_out))
		return;
	if (is_movabs(in)) {
		cut_printf(t, "movabs");
		return;
	}
	if (in->z.mnemonic == ZYDIS_MNEMONIC_RET &&
	    in->z.meta.branch_type == ZYDIS_BRANCH_TYPE_FAR) {
		cut_printf(t, in->att ? "lret" : "retf");
		return;
	}
	if (in->att && in->z.meta.branch_type == ZYDIS_BRANCH_TYPE_FAR &&
	    (in->z.mnemonic == ZYDIS_MNEMONIC_CALL ||
	     in->z.mnemonic == ZYDIS_MNEMONIC_JMP))
		cut_printf(t, "l");
	for (size_t i = 0; i < ARRAY_LEN(renamed); i++)
		if (strcmp(name, renamed[i].name) == 0) {
			const char *ours = in->att ? renamed[i].att
			                           : renamed[i].intel;

			cut_printf(t, "%s", ours ? ours : name);
			return;
		}
	cut_printf(t, "%s", turned_x87(in, name));
	put_hint(in, t);
	put_suffix(in, name, t);
}

/* String instructions. */

enum string_kind {
	MOVES, STORES, LOADS, SCANS, COMPARES, INPUT, OUTPUT, TRANSLATES,
};

static bool string_kind(ZydisMnemonic m, enum string_kind *kind)
{
	switch (m) {
	case ZYDIS_MNEMONIC_MOVSB: case ZYDIS_MNEMONIC_MOVSW:
	case ZYDIS_MNEMONIC_MOVSD: case ZYDIS_MNEMONIC_MOVSQ:
		*kind = MOVES;
		return true;
	case ZYDIS_MNEMONIC_STOSB: case ZYDIS_MNEMONIC_STOSW:
	case ZYDIS_MNEMONIC_STOSD: case ZYDIS_MNEMONIC_STOSQ:
		*kind = STORES;
		return true;
	case ZYDIS_MNEMONIC_LODSB: case ZYDIS_MNEMONIC_LODSW:
	case ZYDIS_MNEMONIC_LODSD: case ZYDIS_MNEMONIC_LODSQ:
		*kind = LOADS;
		return true;
	case ZYDIS_MNEMONIC_SCASB: case ZYDIS_MNEMONIC_SCASW:
	case ZYDIS_MNEMONIC_SCASD: case ZYDIS_MNEMONIC_SCASQ:
		*kind = SCANS;
		return true;
	case ZYDIS_MNEMONIC_CMPSB: case ZYDIS_MNEMONIC_CMPSW:
	case ZYDIS_MNEMONIC_CMPSD: case ZYDIS_MNEMONIC_CMPSQ:
		*kind = COMPARES;
		return true;
	case ZYDIS_MNEMONIC_INSB: case ZYDIS_MNEMONIC_INSW:
	case ZYDIS_MNEMONIC_INSD:
		*kind = INPUT;
		return true;
	case ZYDIS_MNEMONIC_OUTSB: case ZYDIS_MNEMONIC_OUTSW:
	case ZYDIS_MNEMONIC_OUTSD:
		*kind = OUTPUT;
		return true;
	case ZYDIS_MNEMONIC_XLAT:
		*kind = TRANSLATES;
		return true;
	default:
		return false;
	}
}

static const char *source_segment(const struct insn *in)
{
	uint64_t has = in->z.attributes;

	return has & ZYDIS_ATTRIB_HAS_SEGMENT_FS ? "fs"
	     : has & ZYDIS_ATTRIB_HAS_SEGMENT_GS ? "gs"
	     : in->long_mode ? "ds"
	     : has & ZYDIS_ATTRIB_HAS_SEGMENT_CS ? "cs"
	     : has & ZYDIS_ATTRIB_HAS_SEGMENT_SS ? "ss"
	     : has & ZYDIS_ATTRIB_HAS_SEGMENT_ES ? "es" : "ds";
}

/* Letters are replaced by what they stand for; see the table below. */
static void expand(const struct insn *in, const char *form, unsigned bits,
                   struct cut_text *t)
{
	static const char *const sizes[] = { "BYTE", "WORD", "DWORD", "QWORD" };
	static const char *const as[] = { "al", "ax", "eax", "rax" };
	unsigned which = bits == 8 ? 0 : bits == 16 ? 1 : bits == 32 ? 2 : 3;
	char wide = in->z.address_width == 64 ? 'r'
	          : in->z.address_width == 32 ? 'e' : 0;

	for (; *form; form++) {
		switch (*form) {
		case 'P': cut_printf(t, "%s PTR ", sizes[which]); break;
		case 'A': cut_printf(t, "%s", as[which]); break;
		case 'S': cut_printf(t, "%s", source_segment(in)); break;
		case 'R': if (wide) cut_printf(t, "%c", wide); break;
		default: cut_printf(t, "%c", *form);
		}
	}
}

/* P: the size; A: the accumulator; S: the source's segment; R: r or e. */
static const struct {
	const char *name;
	bool suffix;              /* in AT&T: no register says the size */
	const char *att, *intel;
} strings[] = {
	[MOVES] = { "movs", true, "%S:(%Rsi),%es:(%Rdi)",
	            "Pes:[Rdi],PS:[Rsi]" },
	[STORES] = { "stos", false, "%A,%es:(%Rdi)", "Pes:[Rdi],A" },
	[LOADS] = { "lods", false, "%S:(%Rsi),%A", "A,PS:[Rsi]" },
	[SCANS] = { "scas", false, "%es:(%Rdi),%A", "A,Pes:[Rdi]" },
	[COMPARES] = { "cmps", true, "%es:(%Rdi),%S:(%Rsi)",
	               "PS:[Rsi],Pes:[Rdi]" },
	[INPUT] = { "ins", true, "(%dx),%es:(%Rdi)", "Pes:[Rdi],dx" },
	[OUTPUT] = { "outs", true, "%S:(%Rsi),(%dx)", "dx,PS:[Rsi]" },
	[TRANSLATES] = { "xlat", false, "%S:(%Rbx)", "PS:[Rbx]" },
};

bool insn_special(const struct insn *in, struct cut_text *name,
                  struct cut_text *operands)
{
	enum string_kind kind;
	const char *called = ZydisMnemonicGetString(in->z.mnemonic);
	unsigned bits;

	/* It does nothing, and is called what it is. */
	if (in->z.mnemonic == ZYDIS_MNEMONIC_NOP && in->z.opcode == 0x90 &&
	    in->z.operand_width == 16 && !in->z.operand_count_visible) {
		cut_printf(name, "xchg");
		cut_printf(operands, in->att ? "%%ax,%%ax" : "ax,ax");
		return true;
	}
	/* movsd and cmpsd are other instructions too, with operands. */
	if (!string_kind(in->z.mnemonic, &kind) || in->z.operand_count_visible)
		return false;
	switch (called[strlen(called) - 1]) {
	case 't': /* xlat */
	case 'b': bits = 8; break;
	case 'w': bits = 16; break;
	case 'd': bits = 32; break;
	default: bits = 64;
	}
	cut_printf(name, "%s", strings[kind].name);
	if (in->att && strings[kind].suffix)
		cut_printf(name, "%c", suffix_of(bits));
	expand(in, in->att ? strings[kind].att : strings[kind].intel, bits,
	       operands);
	return true;
}
