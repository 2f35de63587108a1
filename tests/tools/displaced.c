/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * usage: displaced SEED random COUNT
 *        displaced SEED file FILE ONE-IN
 *
 * The oracle of displaced instructions is the processor: each is run at its
 * place under PTRACE_SINGLESTEP, then all is put back and it is done displaced,
 * and registers, vectors, memory and faults are compared.  Either COUNT random
 * instructions of all encodings, a third of them 32-bit code, or those of an ELF
 * file's code, at their places: one in ONE-IN of the distinct ones, or (0) all.
 *
 * Prints what differs and counts by strategy; exits with 1 if anything differs.
 */
#include "tests/tools/displaced_child.h"
#include "tests/tools/displaced_counts.h"
#include "tests/tools/displaced_image.h"
#include "tests/tools/displaced_random.h"

enum { XSTATES = 64, SHOWN = 40 };

struct job {
	struct insn in;
	struct displaced d;
	struct arch_regs start;
	const uint8_t *xstate;          /* NULL: vectors are not looked at */
	const uint8_t *data;            /* the template of memory */
	size_t window;                  /* offset in the image, or ~0 */
};

struct run {
	struct child child;
	struct counts counts;
	uint8_t xstates[XSTATES][XSTATE_MAX];
	uint8_t data[2][DATA_SIZE];
	uint8_t *golden;                /* the image as loaded */
	struct state expected, got;
	bool scratch;                   /* the copy's */
};

static const char *name_of(const struct job *j)
{
	return ZydisMnemonicGetString(j->in.z.mnemonic);
}

/* What differs from run to run. */
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

/* Hypercalls are not for us to make. */
static bool is_left_out(const struct job *j)
{
	return j->in.z.mnemonic == ZYDIS_MNEMONIC_VMCALL ||
	       j->in.z.mnemonic == ZYDIS_MNEMONIC_VMMCALL;
}

/*
 * A single step shows itself in what pushf pushes and by popf, and does one
 * instruction more behind mov ss and behind those that the kernel does itself under
 * UMIP: the reference runs up to a breakpoint.
 */
static bool reference_runs(const struct job *j)
{
	switch (j->in.z.mnemonic) {
	case ZYDIS_MNEMONIC_SGDT:
	case ZYDIS_MNEMONIC_SIDT:
	case ZYDIS_MNEMONIC_SLDT:
	case ZYDIS_MNEMONIC_SMSW:
	case ZYDIS_MNEMONIC_STR:
	case ZYDIS_MNEMONIC_PUSHF:
	case ZYDIS_MNEMONIC_PUSHFD:
	case ZYDIS_MNEMONIC_PUSHFQ:
	case ZYDIS_MNEMONIC_POPF:
	case ZYDIS_MNEMONIC_POPFD:
	case ZYDIS_MNEMONIC_POPFQ:
		return true;
	default:
		return j->d.delays_trap;
	}
}

/* Memory here of ADDRESS in the child. */
static uint8_t *place_here(struct run *r, taddr address)
{
	if (address - IMAGE < r->child.image_size)
		return r->child.image + (address - IMAGE);
	if (address - HIGH < SHARED_SIZE)
		return r->child.memory + (address - HIGH);
	if (address - LOW < SHARED_SIZE)
		return r->child.memory + (address - LOW);
	return NULL;
}

static void put_memory(struct run *r, const struct job *j)
{
	memcpy(r->child.memory + DATA, j->data, DATA_SIZE);
	memset(r->child.memory + CODE, 0xcc, CODE_SIZE);
	if (!r->golden)
		memcpy(place_here(r, j->in.address), j->in.bytes, j->d.len);
}

static void keep_memory(struct run *r, const struct job *j, struct state *s)
{
	memcpy(s->data, r->child.memory + DATA, DATA_SIZE);
	if (j->window > r->child.image_size)
		return;
	memcpy(s->window, r->child.image + j->window, sizeof(s->window));
	memcpy(r->child.image + j->window, r->golden + j->window,
	       sizeof(s->window));
}

/* One resume, and what it led to.  OURS: the end of a run that was to be. */
static bool resume(struct run *r, const struct job *j, int request,
                   struct state *s)
{
	int sig;

	s->gone = !child_go(&r->child, request, &sig) ||
	          !child_get(&r->child, j->xstate, s);
	s->plain = !s->gone && request == PTRACE_SINGLESTEP &&
	           sig == SIGTRAP && s->info.si_code == TRAP_OF_STEP;
	return !s->gone;
}

/* Runs up to a breakpoint at END. */
static bool run_to(struct run *r, const struct job *j, taddr end,
                   struct state *s)
{
	uint8_t *at = place_here(r, end), was = *at;
	bool alive;

	*at = 0xcc;
	alive = resume(r, j, PTRACE_CONT, s);
	if (r->golden)
		*at = was;
	if (alive && s->info.si_signo == SIGTRAP &&
	    s->info.si_code == SI_KERNEL && s->regs.user.rip == end + 1) {
		/* In a slot the end is displaced_after's business. */
		s->regs.user.rip -= end - HIGH - SLOT >= PAGE &&
		                    end - LOW - SLOT >= PAGE;
		s->plain = true;
	}
	return alive;
}

static void reference(struct run *r, const struct job *j, struct state *s)
{
	put_memory(r, j);
	child_set(&r->child, &j->start, j->xstate);
	if (reference_runs(j)) {
		run_to(r, j, j->in.address + j->d.len, s);
	} else {
		for (unsigned turn = 0; turn < 100; turn++)
			if (!resume(r, j, PTRACE_SINGLESTEP, s) ||
			    !s->plain || !j->d.repeats ||
			    s->regs.user.rip != j->in.address)
				break;
	}
	keep_memory(r, j, s);
}

/* FROM's words that MASK names; the others are nonsense, or what TO had. */
static void take(struct arch_regs *to, const struct arch_regs *from,
                 uint32_t mask, bool fill)
{
	for (unsigned i = 0; i < sizeof(to->user) / 8; i++) {
		if (mask >> i & 1)
			arch_word_set(to, i * 8, arch_word_get(from, i * 8));
		else if (fill)
			arch_word_set(to, i * 8, 0x5a5a5a5a5a5a5a5a);
	}
}

static bool do_emulated(struct run *r, const struct job *j, struct state *s)
{
	const struct displaced_world world = { .read = world_read,
	                                       .write = world_write,
	                                       .arg = &r->child };
	struct arch_regs part;

	put_memory(r, j);
	take(&part, &j->start, j->d.reads, true);
	if (!displaced_emulate(&j->d, &world, &part)) {
		r->counts.fell_back++;
		return false;
	}
	s->regs = j->start;
	take(&s->regs, &part, j->d.writes | ARCH_REG_BIT(rip), false);
	s->plain = true;
	s->gone = false;
	keep_memory(r, j, s);
	return true;
}

/* Once through the slot: before, a resume, after. */
static enum displaced_at through(struct run *r, const struct job *j,
                                 const struct displaced_copy *copy, taddr end,
                                 struct state *s)
{
	const struct displaced_world world = { .read = world_read,
	                                       .write = world_write,
	                                       .arg = &r->child };
	struct displaced_saved saved;
	struct arch_regs part;
	enum displaced_at at;
	taddr fault;

	take(&part, &s->regs, copy->before_reads, true);
	displaced_before(&j->d, copy, &part, &saved);
	take(&s->regs, &part, copy->before_writes, false);
	child_set(&r->child, &s->regs, NULL);
	if (!(end ? run_to(r, j, end, s)
	          : resume(r, j, PTRACE_SINGLESTEP, s)))
		return DISPLACED_PAST;
	take(&part, &s->regs, copy->after_reads, true);
	at = displaced_after(&j->d, copy, &saved, !end, &world, &part);
	take(&s->regs, &part, copy->after_writes, false);
	fault = (uintptr_t)s->info.si_addr;
	if (displaced_true_fault(&j->d, copy->slot, s->info.si_signo,
	                         &fault)) {
		void *pointer = (void *)(uintptr_t)fault;

		memcpy(&s->info.si_addr, &pointer, sizeof(pointer));
	}
	return at;
}

static taddr slot_for(const struct job *j, enum way way)
{
	bool far = way == FAR_STEP || way == FAR_RUN;

	return (j->in.wide && !far ? HIGH : LOW) + SLOT + 32 * below(100);
}

/* END: where a run will stop; 0: steps. */
static void do_in_slot(struct run *r, const struct job *j, enum way way,
                       struct displaced_copy *copy, taddr end,
                       struct state *s)
{
	enum displaced_at at;

	memcpy(place_here(r, copy->slot), copy->bytes, sizeof(copy->bytes));
	put_memory(r, j);
	child_set(&r->child, &j->start, j->xstate);
	s->regs = j->start;
	for (unsigned turn = 0; turn < 100; turn++) {
		at = through(r, j, copy, end, s);
		if (s->gone || !s->plain || !j->d.repeats ||
		    at != DISPLACED_AT_START)
			break;
	}
	r->counts.scratch += copy->scratch;
	r->scratch = copy->scratch;
	if (at == DISPLACED_SPOILT)
		printf("spoilt: %s\n", way_names[way]);
	keep_memory(r, j, s);
}

/* Registers and vectors that are to be the same. */
static const char *compare_regs(const struct job *j, const struct state *a,
                                const struct state *b)
{
	for (unsigned i = 0; i < sizeof(a->regs.user) / 8; i++) {
		uint64_t one = arch_word_get(&a->regs, i * 8);
		uint64_t two = arch_word_get(&b->regs, i * 8);

		if (i == ARCH_REG_NUMBER(eflags)) {
			one &= ~UINT64_C(0x10000); /* RF */
			two &= ~UINT64_C(0x10000);
		}
		if (one != two && (!is_natural(j) ||
		                   i == ARCH_REG_NUMBER(rip))) {
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
	char text[64];

	displaced_bytes_text(&j->d, text, sizeof(text));
	printf("%s-bit %s at %#llx: %s (%s): %s;", j->in.wide ? "64" : "32",
	       text, (unsigned long long)j->in.address, name_of(j), way, what);
	printf(" pc %#llx not %#llx, signal %d/%d %p not %d/%d %p\n",
	       b->regs.user.rip, a->regs.user.rip, b->info.si_signo,
	       b->info.si_code, b->info.si_addr, a->info.si_signo,
	       a->info.si_code, a->info.si_addr);
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
	if (r->expected.gone)
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

/* Up to the call's entry: there all must be true already. */
static void do_call(struct run *r, struct job *j, bool displaced,
                    struct state *entry, struct state *done)
{
	struct displaced_copy copy = { .slot = slot_for(j, one_in(2) ? NEAR_STEP
	                                                  : FAR_STEP) };
	struct displaced_saved saved;
	int sig;

	put_memory(r, j);
	entry->regs = j->start;
	if (displaced) {
		displaced_make_copy(&j->d, copy.slot, &copy);
		memcpy(place_here(r, copy.slot), copy.bytes, copy.size);
		displaced_before(&j->d, &copy, &entry->regs, &saved);
	}
	child_set(&r->child, &entry->regs, j->xstate);
	entry->gone = !child_go(&r->child, PTRACE_SYSCALL, &sig) ||
	              !child_get(&r->child, j->xstate, entry);
	if (displaced && !entry->gone) {
		displaced_after(&j->d, &copy, &saved, false, NULL,
		                &entry->regs);
		child_set(&r->child, &entry->regs, NULL);
	}
	*done = *entry;
	done->gone = entry->gone ||
	             !child_go(&r->child, PTRACE_SYSCALL, &sig) ||
	             !child_get(&r->child, j->xstate, done);
	done->plain = entry->plain = sig == (SIGTRAP | 0x80);
	keep_memory(r, j, done);
	memcpy(entry->data, done->data, DATA_SIZE);
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

int main(int argc, char **argv)
{
	static struct run r;

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
		xstate_random(&r.child, i % 2, r.xstates[i]);
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
