/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * usage: displaced SEED random COUNT
 *        displaced SEED file FILE ONE-IN
 *        displaced 0 blocks FILE START END
 *
 * The oracle of displaced instructions is the processor: each is run at its
 * place under PTRACE_SINGLESTEP, then all is put back and it is done displaced,
 * and registers, vectors, memory and faults are compared.  Either COUNT random
 * instructions of all encodings, a third of them 32-bit code, or those of an ELF
 * file's code, at their places: one in ONE-IN of the distinct ones, or (0) all.
 *
 * Prints what differs and counts by strategy; exits with 1 if anything differs.
 * The last form prints where straight-line code ends.
 */
#include "tests/tools/displaced_image.h"
#include "tests/tools/displaced_run.h"

enum { SHOWN = 40 };

static const char *name_of(const struct job *j)
{
	return ZydisMnemonicGetString(j->in.z.mnemonic);
}

/* What differs from run to run, but for pc and flags. */
static bool is_natural(const struct job *j)
{
	switch (j->in.z.mnemonic) {
	case ZYDIS_MNEMONIC_RDTSC:
	case ZYDIS_MNEMONIC_RDTSCP:
	case ZYDIS_MNEMONIC_RDRAND:
	case ZYDIS_MNEMONIC_RDSEED:
	case ZYDIS_MNEMONIC_RDPMC:
	case ZYDIS_MNEMONIC_RDPID:
	case ZYDIS_MNEMONIC_CPUID:
	case ZYDIS_MNEMONIC_RDPRU:
		return true;
	default:
		return false;
	}
}

/* Hypercalls are not for us to make; protection keys would take the child's
 * memory away. */
static bool is_left_out(const struct job *j)
{
	return j->in.z.mnemonic == ZYDIS_MNEMONIC_WRPKRU ||
	       j->in.z.mnemonic == ZYDIS_MNEMONIC_VMCALL ||
	       j->in.z.mnemonic == ZYDIS_MNEMONIC_VMMCALL;
}

/*
 * Registers that are to be the same.  32-bit code can't see upper halves, and they
 * are undefined, though kmovd with VEX.W puts something there.
 */
static const char *compare_regs(const struct job *j, const struct state *a,
                                const struct state *b)
{
	const uint32_t eight = ARCH_REG_BIT(rax) | ARCH_REG_BIT(rcx) |
	                       ARCH_REG_BIT(rdx) | ARCH_REG_BIT(rbx) |
	                       ARCH_REG_BIT(rsp) | ARCH_REG_BIT(rbp) |
	                       ARCH_REG_BIT(rsi) | ARCH_REG_BIT(rdi);

	for (unsigned i = 0; i < sizeof(a->regs.user) / 8; i++) {
		uint64_t one = arch_word_get(&a->regs, i * 8);
		uint64_t two = arch_word_get(&b->regs, i * 8);

		if (i == ARCH_REG_NUMBER(eflags)) {
			/* RF; CF: whether rdseed had something to give. */
			one &= ~(UINT64_C(0x10000) | is_natural(j));
			two &= ~(UINT64_C(0x10000) | is_natural(j));
		}
		if (!j->in.wide && eight >> i & 1) {
			one = (uint32_t)one;
			two = (uint32_t)two;
		}
		if (one != two && (!is_natural(j) ||
		                   i == ARCH_REG_NUMBER(rip) ||
		                   i == ARCH_REG_NUMBER(eflags))) {
			static char text[80];

			snprintf(text, sizeof(text),
			         "register %u: %#llx, not %#llx", i,
			         (unsigned long long)two,
			         (unsigned long long)one);
			return text;
		}
	}
	return NULL;
}

/* All but x87's last instruction, and which parts are in use. */
static const char *compare_xstate(const struct run *r, const struct state *a,
                                  const struct state *b)
{
	size_t len = r->child.xstate_len;

	if (memcmp(a->xstate, b->xstate, 6) ||
	    (!r->scratch && memcmp(a->xstate + 6, b->xstate + 6, 2)) ||
	    memcmp(a->xstate + 16, b->xstate + 16, 496))
		return "x87 or sse";
	return memcmp(a->xstate + 576, b->xstate + 576, len - 576)
	       ? "vectors" : NULL;
}

static const char *compare(const struct run *r, const struct job *j,
                           enum way way)
{
	const struct state *a = &r->expected, *b = &r->got;
	const char *what = compare_regs(j, a, b);

	if (a->gone || b->gone)
		return b->gone ? "the displaced one died or hung"
		               : "the reference died or hung";
	if (a->plain != b->plain)
		return b->plain ? "no fault" : "a fault";
	if (what)
		return what;
	if (!a->plain && (a->info.si_signo != b->info.si_signo ||
	                  a->info.si_code != b->info.si_code ||
	                  a->info.si_addr != b->info.si_addr))
		return "another fault";
	if (is_natural(j))
		return NULL;
	if (memcmp(a->data, b->data, DATA_SIZE) ||
	    (j->window < r->child.image_size &&
	     memcmp(a->window, b->window, sizeof(a->window))))
		return "memory";
	return j->xstate && way != EMULATED ? compare_xstate(r, a, b) : NULL;
}

static void show(const struct job *j, const char *way, const char *what,
                 const struct state *a, const struct state *b)
{
	struct arch_regs regs = j->start;
	char text[64];

	displaced_bytes_text(&j->d, text, sizeof(text));
	printf("%s-bit %s at %#llx: %s (%s): %s;", j->in.wide ? "64" : "32",
	       text, (unsigned long long)j->in.address, name_of(j), way, what);
	printf(" pc %#llx not %#llx, signal %d/%d %p not %d/%d %p\n",
	       b->regs.user.rip, a->regs.user.rip, b->info.si_signo,
	       b->info.si_code, b->info.si_addr, a->info.si_signo,
	       a->info.si_code, a->info.si_addr);
	for (unsigned i = 0; i < 16; i++)
		printf("%s%#llx", i % 4 ? " " : "\n  ",
		       *register_of(&regs.user, (ZydisRegister)(
				ZYDIS_REGISTER_RAX + i)));
	printf("\n");
}

static void judge(struct run *r, const struct job *j, enum way way)
{
	const char *what = compare(r, j, way);

	r->counts.by_way[way]++;
	if (what && r->counts.differ++ < SHOWN)
		show(j, way_names[way], what, &r->expected, &r->got);
	if (!r->expected.gone && !r->got.gone)
		return;
	child_stop(&r->child);
	child_fork(&r->child);
}

/* Where a run will stop; 0: it has to be stepped, or can be. */
static taddr run_end(struct run *r, const struct job *j,
                     const struct displaced_copy *copy)
{
	taddr next = j->in.address + j->d.len;
	taddr end = j->d.flow == FLOW_NEXT || j->d.flow == FLOW_TRAP
		? next : r->expected.regs.user.rip;

	switch (displaced_resume(copy, j->start.user.eflags)) {
	case DISPLACED_STEP: return 0;
	case DISPLACED_RUN_TO_TRAP: return copy->slot + j->d.len;
	case DISPLACED_RUN: break;
	}
	if (r->expected.gone || j->writes_end)
		return 0;
	/* A target must be one where a breakpoint can stand. */
	if (end != next && (r->golden || end - HIGH >= CODE_SIZE) &&
	    end - LOW >= CODE_SIZE)
		return 0;
	return place_here(r, end) ? end : 0;
}

static void try_slot(struct run *r, const struct job *j, enum way way)
{
	struct displaced_copy copy = { .slot = slot_for(j, way) };
	taddr end = 0;

	displaced_make_copy(&j->d, copy.slot, &copy);
	if (way == NEAR_RUN || way == FAR_RUN || copy.traps_behind) {
		end = run_end(r, j, &copy);
		if (way == NEAR_RUN || way == NEAR_STEP)
			way = end ? NEAR_RUN : NEAR_STEP;
		else
			way = end ? FAR_RUN : FAR_STEP;
	}
	do_in_slot(r, j, way, &copy, end, &r->got);
	judge(r, j, way);
}

static void try_call(struct run *r, struct job *j)
{
	static const uint16_t wide[] = { 39, 186, 110, 9999, 24, 228, 3 };
	static const uint16_t narrow[] = { 20, 224, 64, 9999, 158, 265, 6 };
	bool by_int = j->d.bytes[j->d.len - 1] == 0x80;
	static struct state entry[2], done[2];

	j->start.user.rax = (by_int ? narrow : wide)[below(ARRAY_LEN(wide))];
	j->start.user.rdi = j->start.user.rbx = 1000000;
	do_call(r, j, false, &entry[0], &done[0]);
	do_call(r, j, true, &entry[1], &done[1]);
	for (unsigned i = 0; i < 2; i++) {
		r->expected = i ? done[0] : entry[0];
		r->got = i ? done[1] : entry[1];
		judge(r, j, CALLED);
	}
	r->counts.tested++;
}

static void try_all(struct run *r, struct job *j)
{
	static const enum way ways[] = { NEAR_STEP, FAR_STEP, NEAR_RUN,
	                                 FAR_RUN };
	unsigned m = j->in.z.mnemonic;

	reference(r, j, &r->expected);
	r->counts.tested++;
	r->counts.faults += !r->expected.plain;
	r->counts.by_mnemonic[m]++;
	r->counts.illegal[m] += !r->expected.plain &&
	                        r->expected.info.si_signo == SIGILL;
	r->counts.natural += is_natural(j);
	if (j->d.how == DISPLACED_EMULATE) {
		if (do_emulated(r, j, &r->got))
			judge(r, j, EMULATED);
		else
			try_slot(r, j, ways[below(ARRAY_LEN(ways))]);
		if (!one_in(4))
			return;
	}
	try_slot(r, j, ways[below(ARRAY_LEN(ways))]);
}

static bool same_operand(const ZydisDecodedOperand *a,
                         const ZydisDecodedOperand *b)
{
	if (a->type != b->type || a->size != b->size)
		return false;
	if (a->type == ZYDIS_OPERAND_TYPE_REGISTER)
		return a->reg.value == b->reg.value;
	if (a->type != ZYDIS_OPERAND_TYPE_MEMORY)
		return true;
	return a->mem.index == b->mem.index &&
	       a->mem.segment == b->mem.segment;
}

/* Whether the copy is the same instruction with its operand at the same place,
 * as the decoder sees it: also those that this processor does not have. */
static bool is_same(const struct job *j, const struct displaced_copy *copy)
{
	struct insn other = { .wide = true };
	taddr base = j->in.address + j->d.len;
	bool same;

	memcpy(other.bytes, copy->bytes, sizeof(other.bytes));
	same = decode(&other) && other.z.length == j->in.z.length &&
	       other.z.mnemonic == j->in.z.mnemonic &&
	       other.z.operand_count == j->in.z.operand_count;
	for (unsigned i = 0; same && i < other.z.operand_count; i++) {
		const ZydisDecodedOperand *op = &other.operands[i];
		const ZydisDecodedOperand *old = &j->in.operands[i];
		taddr from = copy->scratch ? base : copy->slot + j->d.len;

		same = same_operand(op, old);
		if (op->type != ZYDIS_OPERAND_TYPE_MEMORY ||
		    ZydisRegisterGetClass(old->mem.base) !=
		    ZYDIS_REGCLASS_IP)
			continue;
		if ((op->mem.base == old->mem.base) == copy->scratch)
			return false;
		from += (taddr)op->mem.disp.value;
		base += (taddr)old->mem.disp.value;
		same &= old->mem.base == ZYDIS_REGISTER_EIP
			? (uint32_t)from == (uint32_t)base : from == base;
	}
	return same;
}

static void check_aim(struct run *r, const struct job *j)
{
	struct displaced_copy copy;

	if (!j->d.rip_relative)
		return;
	for (enum way way = NEAR_STEP; way <= FAR_STEP; way++) {
		displaced_make_copy(&j->d, slot_for(j, way), &copy);
		r->counts.aimed++;
		if (!is_same(j, &copy) && r->counts.differ++ < SHOWN)
			show(j, "by the decoder", way_names[way],
			     &r->expected, &r->got);
	}
}

static void job_run(struct run *r, struct job *j)
{
	const struct arch *arch = j->in.wide ? arch_x86_64() : arch_i386();
	unsigned m = j->in.z.mnemonic;

	r->counts.seen++;
	arch_displace(arch, j->in.bytes, sizeof(j->in.bytes), j->in.address,
	              &j->d);
	if (j->d.how == DISPLACED_REFUSE) {
		r->counts.refused++;
		r->counts.refusals[m]++;
		r->counts.reasons[m] = j->d.reason;
		return;
	}
	check_aim(r, j);
	if (is_left_out(j) || (r->counts.illegal[m] > 40 &&
	                       r->counts.illegal[m] == r->counts.by_mnemonic[m]))
		return;
	regs_random(&j->in, &r->child.regs, &j->start);
	/* ID, which popf sets, but ptrace does not. */
	j->start.user.eflags |= r->got.regs.user.eflags & 0x200000;
	j->data = r->data[j->in.wide];
	j->xstate = j->in.z.meta.isa_ext != ZYDIS_ISA_EXT_BASE || one_in(32)
		? r->xstates[below(XSTATES)] : NULL;
	if (j->d.how == DISPLACED_SYSCALL)
		try_call(r, j);
	else
		try_all(r, j);
}

static void run_random(struct run *r, unsigned long count)
{
	struct job j = { .window = ~(size_t)0 };

	while (r->counts.tested < count) {
		unsigned m;

		/* Seldom ones count as much as those with many forms. */
		do {
			j.in.wide = !one_in(3);
			insn_random(&j.in);
			m = j.in.z.mnemonic;
		} while (r->counts.by_mnemonic[m] > 200 &&
		         r->counts.by_mnemonic[m] > r->counts.tested / 300);
		job_run(r, &j);
	}
}

/* The pages of the image that a pc-relative operand may change. */
static size_t window_of(const struct run *r, const struct insn *in)
{
	for (unsigned i = 0; i < in->z.operand_count; i++) {
		const ZydisDecodedOperand *op = &in->operands[i];
		taddr at;

		if (op->type != ZYDIS_OPERAND_TYPE_MEMORY ||
		    op->mem.base != ZYDIS_REGISTER_RIP)
			continue;
		at = in->address + in->z.length + (taddr)op->mem.disp.value -
		     IMAGE;
		if (at < r->child.image_size - 2 * PAGE)
			return at & ~(size_t)(PAGE - 1);
		if (at < r->child.image_size)
			return r->child.image_size - 2 * PAGE;
	}
	return ~(size_t)0;
}

static void decoded(struct run *r, struct job *j, bool known)
{
	unsigned long refused = r->counts.refused;

	j->window = window_of(r, &j->in);
	job_run(r, j);
	r->counts.known += known;
	r->counts.known_refused += known && r->counts.refused != refused;
}

/* One after the other from START to END of the image. */
static void run_code(struct run *r, size_t start, size_t end, unsigned one_of,
                     const uint8_t *marks)
{
	uint64_t *set = calloc(1 << 22, sizeof(*set));
	struct job j = { .in.wide = true };
	size_t at = start;
	unsigned long unknown = 0;

	if (!set)
		err(1, "calloc");
	while (at + ARCH_INSN_MAX < end) {
		bool known = marks[at];

		memcpy(j.in.bytes, r->golden + at, ARCH_INSN_MAX);
		j.in.address = IMAGE + at;
		if (!decode(&j.in)) {
			unknown += known;
			at++;
			continue;
		}
		at = image_next(marks, at, j.in.z.length);
		if (!one_of || (is_new(set, hash_of(&j.in)) && one_in(one_of)))
			decoded(r, &j, known);
	}
	printf("%lu bytes of functions are no instruction\n", unknown);
	r->counts.known_refused += unknown;
	free(set);
}

static void run_file(struct run *r, const char *file, unsigned one_of)
{
	uint8_t *marks = image_marks(r->golden, r->child.image_size);
	const Elf64_Ehdr *e = (const Elf64_Ehdr *)r->golden;
	const Elf64_Phdr *p = (const Elf64_Phdr *)(r->golden + e->e_phoff);

	for (unsigned i = 0; i < e->e_phnum; i++)
		if (p[i].p_type == PT_LOAD && p[i].p_flags & PF_X)
			run_code(r, p[i].p_vaddr, p[i].p_vaddr + p[i].p_memsz,
			         one_of, marks);
	free(marks);
	for (size_t at = 0; at < r->child.image_size; at++)
		if (r->golden[at] != r->child.image[at]) {
			printf("%s: its image has changed at %#zx\n", file,
			       at);
			r->counts.differ++;
			break;
		}
}

/* Where straight-line code ends between START and END of the image, a line
 * each; what is no instruction is left out. */
static void print_blocks(const struct run *r, size_t start, size_t end)
{
	struct arch_block b;

	while (start < end) {
		arch_block_end(arch_x86_64(), r->child.image + start,
		               end - start, start, &b);
		start += b.len;
		if (b.known && b.has_target)
			printf("%zx %llx\n", start,
			       (unsigned long long)b.target);
		else if (b.known)
			printf("%zx\n", start);
		start += b.known ? b.end_len : 1;
	}
}

int main(int argc, char **argv)
{
	static struct run r;

	if (argc == 6 && !strcmp(argv[2], "blocks")) {
		child_init(&r.child);
		child_load(&r.child, argv[3]);
		print_blocks(&r, strtoul(argv[4], NULL, 16),
		             strtoul(argv[5], NULL, 16));
		return 0;
	}
	if (argc < 4 || (strcmp(argv[2], "file") && strcmp(argv[2], "random")))
		errx(2, "usage: displaced SEED random COUNT | file FILE ONE-IN");
	for (uint64_t i = 0; i <= strtoull(argv[1], NULL, 0) % 1000; i++)
		rng_state = rng();
	child_init(&r.child);
	if (!strcmp(argv[2], "file")) {
		child_load(&r.child, argv[3]);
		r.golden = malloc(r.child.image_size);
		if (!r.golden || argc < 5)
			errx(2, "file FILE ONE-IN");
		memcpy(r.golden, r.child.image, r.child.image_size);
	}
	child_fork(&r.child);
	for (unsigned i = 0; i < XSTATES; i++)
		xstate_random(&r.child, i % 3 * 4, r.xstates[i]);
	data_random(r.data[0], false);
	data_random(r.data[1], true);
	if (r.golden)
		run_file(&r, argv[3], (unsigned)atoi(argv[4]));
	else
		run_random(&r, strtoul(argv[3], NULL, 0));
	child_stop(&r.child);
	report(&r.counts);
	if (argc > 5)
		for (unsigned m = 1; m <= ZYDIS_MNEMONIC_MAX_VALUE; m++)
			if (!r.counts.by_mnemonic[m])
				printf("%s ", ZydisMnemonicGetString(m));
	return r.counts.differ != 0;
}
