/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "target/coredump.h"

#include "target/coredump_note.h"

#include <elf.h>
#include <stdio.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/uio.h>

#ifndef NT_X86_SHSTK
#define NT_X86_SHSTK 0x204
#endif

enum {
	AUXV_MAX = 8192,
	/* The kernel's own bound of NT_FILE: file_note_size_limit. */
	FILES_MAX = 16 << 20,
	CMDLINE_PART = 80,
	FXSAVE_BYTES = 512, FSAVE_BYTES = 108,
};

/* What the kernel gives of SET; 0: this thread, or machine, has none. */
static size_t regset(const struct thread *t, uint32_t set, void *data,
                     size_t size)
{
	struct iovec iov = { .iov_base = data, .iov_len = size };

	return ptrace(PTRACE_GETREGSET, t->tid, (void *)(uintptr_t)set, &iov)
	       ? 0 : iov.iov_len;
}

static void note_of_set(const struct thread *t, const char *name, uint32_t set,
                        struct buf *notes)
{
	uint8_t data[ARCH_XSTATE_MAX];
	size_t len = regset(t, set, data, sizeof(data));

	if (len)
		coredump_note(notes, name, set, data, len);
}

/*
 * What debuggers take extended state to be, where they know its features but not
 * its size (gdb before 17): the layout of Intel's processors.  AMD's is shorter;
 * theirs with protection keys is known too.
 */
static size_t usual_size(const uint8_t *data)
{
	enum { FEATURES_AT = 464, AVX = 1 << 2, MPX = 3 << 3, AVX512 = 7 << 5,
	       PKRU = 1 << 9 };
	uint64_t features;

	memcpy(&features, data + FEATURES_AT, sizeof(features));
	return features & PKRU ? 2696 : features & AVX512 ? 2688
	       : features & MPX ? 1088 : features & AVX ? 832 : 576;
}

static void note_of_xstate(const struct thread *t, struct buf *notes)
{
	enum { AMD_WITH_PKRU = 2440 };
	uint8_t data[ARCH_XSTATE_MAX] = { 0 };
	size_t len = regset(t, NT_X86_XSTATE, data, sizeof(data));

	if (!len)
		return;
	/* Zeros behind it, which nobody who knows better looks at. */
	if (len < usual_size(data) && len != AMD_WITH_PKRU)
		len = usual_size(data);
	coredump_note(notes, "LINUX", NT_X86_XSTATE, data, len);
}

/*
 * The kernel's layout is that of the code which the thread runs now; a core's
 * is the program's: a 64-bit program's thread in 32-bit code has what is wanted
 * under another name, and the other way round too.
 */
static void note_of_fpu(const struct thread *t, enum abi abi, struct buf *notes)
{
	uint8_t data[FXSAVE_BYTES];
	size_t want = abi == ABI_I386 ? FSAVE_BYTES : FXSAVE_BYTES;
	size_t len = regset(t, NT_PRFPREG, data, sizeof(data));

	if (len != want && want == FXSAVE_BYTES)
		len = regset(t, NT_PRXFPREG, data, sizeof(data));
	if (len == want)
		coredump_note(notes, "CORE", NT_PRFPREG, data, len);
	if (abi != ABI_I386)
		return;
	len = regset(t, NT_PRXFPREG, data, sizeof(data));
	if (!len)
		len = regset(t, NT_PRFPREG, data, sizeof(data));
	if (len == FXSAVE_BYTES)
		coredump_note(notes, "LINUX", NT_PRXFPREG, data, len);
}

static struct error *note_of_status(struct thread *t, enum abi abi, int signal,
                                    struct buf *notes)
{
	AUTO_BUF struct buf desc = { 0 };
	struct coredump_thread c = { .tid = t->tid, .signal = signal };
	struct proc_status status;
	struct proc_stat stat;

	TRY(target_regs(t, &c.regs));
	TRY(proc_status(t->tid, &status));
	TRY(proc_stat(t->process->pid, t->tid, &stat));
	c.parent = status.parent;
	c.group = stat.group;
	c.session = stat.session;
	c.pending = status.pending;
	c.blocked = status.blocked;
	memcpy(c.times_us, stat.times_us, sizeof(c.times_us));
	buf_init(&desc);
	coredump_prstatus(&desc, abi, &c);
	coredump_note(notes, "CORE", NT_PRSTATUS, desc.data, desc.len);
	return NULL;
}

static void note_of_siginfo(struct thread *t, enum abi abi, struct buf *notes)
{
	AUTO_BUF struct buf desc = { 0 };
	siginfo_t info;
	struct error *err = target_siginfo(t, &info);

	/* In a group stop there is none. */
	if (err) {
		error_destroy(err);
		return;
	}
	buf_init(&desc);
	coredump_siginfo(&desc, abi, &info);
	coredump_note(notes, "CORE", NT_SIGINFO, desc.data, desc.len);
}

struct error *coredump_thread_notes(struct thread *t, enum abi abi, int signal,
                                    const struct buf *shared,
                                    struct buf *notes)
{
	TRY(note_of_status(t, abi, signal, notes));
	if (shared)
		buf_add(notes, shared->data, shared->len);
	note_of_fpu(t, abi, notes);
	note_of_xstate(t, notes);
	if (abi == ABI_I386)
		note_of_set(t, "LINUX", NT_386_TLS, notes);
	note_of_set(t, "LINUX", NT_386_IOPERM, notes);
	note_of_set(t, "LINUX", NT_X86_SHSTK, notes);
	/* Debuggers know it to be the thread's by what stands before. */
	if (!shared)
		note_of_siginfo(t, abi, notes);
	return NULL;
}

/* As the kernel fills pr_psargs: a blank for each NUL. */
static void get_args(pid_t tid, char args[CMDLINE_PART])
{
	char path[64];
	AUTO_BUF struct buf text = { 0 };

	buf_init(&text);
	snprintf(path, sizeof(path), "/proc/%d/cmdline", (int)tid);
	error_destroy(proc_read(path, CMDLINE_PART - 1, &text));
	for (size_t i = 0; i < text.len; i++)
		args[i] = text.data[i] ? text.data[i] : ' ';
}

static struct error *note_of_process(struct thread *t, enum abi abi,
                                     struct buf *notes)
{
	AUTO_BUF struct buf desc = { 0 };
	struct coredump_process c = { .pid = t->process->pid };
	struct proc_status status;
	struct proc_stat stat;
	char comm[64];

	/* A leader that has exited is still the one who has these. */
	TRY(proc_status(c.pid, &status));
	TRY(proc_stat(c.pid, c.pid, &stat));
	c.parent = status.parent;
	c.group = stat.group;
	c.session = stat.session;
	c.state = stat.state;
	c.nice = stat.nice;
	c.flags = stat.flags;
	c.uid = status.uid[0];
	c.gid = status.gid[0];
	proc_comm(c.pid, comm);
	comm[sizeof(c.comm) - 1] = '\0';
	memcpy(c.comm, comm, strlen(comm));
	get_args(t->tid, c.args);
	buf_init(&desc);
	coredump_prpsinfo(&desc, abi, &c);
	coredump_note(notes, "CORE", NT_PRPSINFO, desc.data, desc.len);
	return NULL;
}

/* The vector and its end. */
static void note_of_auxv(const struct thread *t, enum abi abi,
                         struct buf *notes)
{
	size_t word = coredump_is_32(abi) ? 4 : 8;
	char path[64];
	AUTO_BUF struct buf text = { 0 };
	size_t len = 0;

	buf_init(&text);
	snprintf(path, sizeof(path), "/proc/%d/auxv", (int)t->tid);
	error_destroy(proc_read(path, AUXV_MAX, &text));
	while (len + 2 * word <= text.len) {
		uint64_t type = 0;

		memcpy(&type, text.data + len, word);
		len += 2 * word;
		if (type == AT_NULL)
			break;
	}
	if (len)
		coredump_note(notes, "CORE", NT_AUXV, text.data, len);
}

struct error *coredump_process_notes(struct thread *t, enum abi abi,
                                     const proc_map_vec *maps,
                                     struct buf *notes)
{
	AUTO_BUF struct buf files = { 0 };

	TRY(note_of_process(t, abi, notes));
	note_of_siginfo(t, abi, notes);
	note_of_auxv(t, abi, notes);
	buf_init(&files);
	coredump_files(&files, abi, maps, FILES_MAX);
	coredump_note(notes, "CORE", NT_FILE, files.data, files.len);
	return NULL;
}

void coredump_last_notes(struct buf *notes)
{
	struct arch_xstate_part parts[ARCH_XSTATE_PARTS];
	size_t count = arch_xstate_layout(parts);

	if (count)
		coredump_note(notes, "LINUX", NT_X86_XSAVE_LAYOUT, parts,
		              count * sizeof(*parts));
}

void coredump_name_add(const struct thread *t, struct buf *names)
{
	struct coredump_name n = { .tid = t->tid };
	char comm[64];

	proc_comm(t->tid, comm);
	memcpy(n.comm, comm, strnlen(comm, sizeof(n.comm) - 1));
	buf_add(names, &n, sizeof(n));
}
