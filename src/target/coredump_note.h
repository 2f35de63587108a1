/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * target/coredump_note.h: a core file's headers and notes, made from what is
 * known of a process.  Bytes only, in the machine's order: nothing is asked,
 * nothing is owned, each function puts its bytes behind what a buffer holds.
 *
 * Layouts are the kernel's (fs/binfmt_elf.c, include/linux/elfcore.h, and
 * arch/x86/include/asm/elf.h and compat.h for i386 and x32), which depend on the
 * program's ABI and not on the code that a thread runs at the moment.
 */
#ifndef SCDB_TARGET_COREDUMP_NOTE_H
#define SCDB_TARGET_COREDUMP_NOTE_H

#include "arch/arch.h"
#include "base/buf.h"
#include "target/procfs.h"

#include <signal.h>
#include <stdbool.h>
#include <sys/types.h>

/* Of Linux 6.12, and here what scdb adds for a core of any kernel. */
#ifndef NT_X86_XSAVE_LAYOUT
#define NT_X86_XSAVE_LAYOUT 0x205
#endif

/*
 * Notes of the name "SCDB", which other debuggers pass over: what a reader would
 * like to know, and no other note says.  The types are none that means something
 * under another name.
 */
enum {
	COREDUMP_LEFT_OUT = 0x5cdb0001, /* struct coredump_left each */
	COREDUMP_NAMES,                 /* struct coredump_name each */
};

/* Memory of no file that is not in the core, and why. */
enum coredump_reason {
	LEFT_UNTOLD,
	LEFT_FILTER,      /* by core(5)'s coredump_filter */
	LEFT_MARKED,      /* by MADV_DONTDUMP */
	LEFT_DEVICE,
	LEFT_KERNEL,      /* [vsyscall] */
	LEFT_UNTOUCHED,   /* nobody wrote there, so it is zeros */
};
struct coredump_left {
	uint64_t start, end;
	uint32_t flags;   /* PF_* */
	uint32_t reason;
};
struct coredump_name {
	int32_t tid;
	char comm[16];
};

/* What NT_PRSTATUS says of a thread. */
struct coredump_thread {
	pid_t tid;
	pid_t parent, group, session; /* the process's */
	int signal;                   /* that it stands at; 0: none */
	uint64_t pending, blocked;
	/* User, system, children's user and system time. */
	uint64_t times_us[4];
	const struct arch_regs *regs;
};

/* What NT_PRPSINFO says of the process. */
struct coredump_process {
	pid_t pid, parent, group, session;
	char state;                   /* of /proc/PID/stat */
	int nice;
	uint64_t flags;
	uid_t uid;
	gid_t gid;
	char comm[16];
	/* The arguments, a blank behind each; NUL at the end. */
	char args[80];
};

/* A header and DESC, padded as PT_NOTE wants it. */
void coredump_note(struct buf *b, const char *name, uint32_t type,
                   const void *desc, size_t len);
/* The descriptions alone. */
void coredump_prstatus(struct buf *b, enum abi abi,
                       const struct coredump_thread *t);
void coredump_prpsinfo(struct buf *b, enum abi abi,
                       const struct coredump_process *p);
/* INFO is as a 64-bit tracer gets it. */
void coredump_siginfo(struct buf *b, enum abi abi, const siginfo_t *info);
/* NT_FILE: the mappings of files among MAPS, as many as LIMIT bytes hold. */
void coredump_files(struct buf *b, enum abi abi, const proc_map_vec *maps,
                    size_t limit);
/* Whether MAP is one of a file. */
bool coredump_is_file(const struct proc_map *map);

/* A program header. */
struct coredump_segment {
	bool note;                    /* PT_NOTE; else PT_LOAD */
	unsigned flags;               /* PF_R, PF_W, PF_X */
	uint64_t offset, addr, file_size, memory_size, align;
};
/* Whether the layout is ELFCLASS32's. */
bool coredump_is_32(enum abi abi);
/* Bytes of the header and of COUNT program headers. */
size_t coredump_head_size(enum abi abi, size_t count);
/*
 * The ELF header.  Where there are COUNT >= PN_XNUM program headers the true
 * number stands in a section header at SECTION, for the caller to put there.
 */
void coredump_header(struct buf *b, enum abi abi, size_t count,
                     uint64_t section);
void coredump_segment(struct buf *b, enum abi abi,
                      const struct coredump_segment *segment);
/* That section header; empty where COUNT is less. */
void coredump_section(struct buf *b, enum abi abi, size_t count);

#endif
