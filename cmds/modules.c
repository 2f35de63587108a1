/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files that the program consists of, and what the kernel told it. */
#include "cmds/internal.h"
#include "cmds/tables.h"

#include "base/alloc.h"
#include "base/pattern.h"
#include "symbols/image.h"

#include <elf.h>
#include <stdio.h>
#include <string.h>

struct libraries {
	struct session *s;
	struct image *image;
	const struct module *program;
	struct pattern *pattern;  /* NULL: all */
	size_t count;
	bool any_bare;            /* one has no debug information */
};

static bool is_text(void *ctx, const struct module_section *section)
{
	if (strcmp(section->name, ".text") != 0)
		return true;
	*(struct module_section *)ctx = *section;
	return false;
}

static void show_library(struct libraries *l, const struct module *m)
{
	struct out *o = l->s->out;
	struct module_section text = { .low = m->low, .high = m->high };
	bool debug = module_has_debug(m);
	int digits = image_word(l->image) * 2;

	if (!l->count++)
		out_text(o, ROLE_HEADING, "%-*s  %-*s  Syms Read   "
		         "Shared Object Library\n", digits + 2, "From",
		         digits + 2, "To");
	module_each_section(m, is_text, &text);
	out_begin(o, "library");
	out_word(o, "from", ROLE_ADDRESS, text.low, "0x%0*llx", digits,
	         (unsigned long long)text.low);
	out_text(o, ROLE_PLAIN, "  ");
	out_word(o, "to", ROLE_ADDRESS, text.high, "0x%0*llx", digits,
	         (unsigned long long)text.high);
	out_text(o, ROLE_PLAIN, "  %-12s", debug ? "Yes" : "Yes (*)");
	out_hidden_bool(o, "debug", debug);
	out_str(o, "file", ROLE_STRING, m->name);
	out_text(o, ROLE_PLAIN, "\n");
	out_end(o);
	l->any_bare |= !debug;
}

/* The vDSO is none, and the program neither. */
static bool take_library(void *arg, const struct module *m)
{
	struct libraries *l = arg;

	if (m == l->program || m->name[0] == '[' ||
	    (l->pattern && !pattern_finds(l->pattern, m->name)))
		return true;
	show_library(l, m);
	return true;
}

static struct error *run_sharedlibrary(struct session *s,
                                       struct command_args *args)
{
	struct libraries l = { .s = s };
	AUTO_PATTERN struct pattern *pattern = NULL;

	TRY(command_pattern(&args->arg[0], &pattern));
	l.pattern = pattern;
	l.image = session_current_image(s);
	out_begin(s->out, "libraries");
	out_list_begin(s->out, "libraries");
	if (l.image) {
		l.program = image_main_module(l.image);
		image_each_module(l.image, take_library, &l);
	}
	out_list_end(s->out);
	if (!l.count)
		out_text(s->out, ROLE_PLAIN, pattern
		         ? "No shared libraries matched.\n"
		         : "No shared libraries loaded at this time.\n");
	else if (l.any_bare)
		out_text(s->out, ROLE_PLAIN, "(*): Shared library is missing "
		         "debugging information.\n");
	out_end(s->out);
	return NULL;
}

struct sections {
	struct session *s;
	struct image *image;
	const struct module *program, *m;
};

static bool show_section(void *arg, const struct module_section *section)
{
	struct sections *l = arg;
	struct out *o = l->s->out;
	int digits = image_word(l->image) * 2;

	out_begin(o, "section");
	out_text(o, ROLE_PLAIN, "\t");
	out_word(o, "low", ROLE_ADDRESS, section->low, "0x%0*llx", digits,
	         (unsigned long long)section->low);
	out_text(o, ROLE_PLAIN, " - ");
	out_word(o, "high", ROLE_ADDRESS, section->high, "0x%0*llx", digits,
	         (unsigned long long)section->high);
	out_text(o, ROLE_PLAIN, " is ");
	out_str(o, "name", ROLE_NAME, section->name);
	if (l->m == l->program) {
		out_hidden_str(o, "file", l->m->name);
	} else {
		AUTO_FREE char *shown = strcmp(l->m->name, "[vdso]") == 0
			? xasprintf("system-supplied DSO at 0x%llx",
			            (unsigned long long)l->m->low)
			: xstrdup(l->m->name);

		out_text(o, ROLE_PLAIN, " in ");
		out_str_shown(o, "file", ROLE_STRING, l->m->name, shown);
	}
	out_text(o, ROLE_PLAIN, "\n");
	out_end(o);
	return true;
}

static bool show_sections(void *arg, const struct module *m)
{
	struct sections *l = arg;

	l->m = m;
	module_each_section(m, show_section, l);
	return true;
}

static struct error *run_files(struct session *s, struct command_args *args)
{
	struct sections l = { .s = s };
	const struct module *m;
	taddr entry;

	(void)args;
	TRY(command_image(s, &l.image));
	m = l.program = image_main_module(l.image);
	if (!m)
		return error_new(ERROR_NOT_FOUND, "no file is mapped");
	entry = module_entry(m);
	out_begin(s->out, "files");
	out_text(s->out, ROLE_PLAIN, "Symbols from \"");
	out_str(s->out, "program", ROLE_STRING, m->name);
	out_text(s->out, ROLE_PLAIN, "\".\n");
	if (s->current && s->current->process->core) {
		core_show_file(s, s->current->process);
	} else if (s->current) {
		pid_t pid = s->current->process->pid;

		out_text(s->out, ROLE_PLAIN, "Native process:\n\tUsing the "
		         "running image of process ");
		out_int(s->out, "pid", ROLE_NUMBER, pid, "%d", (int)pid);
		out_text(s->out, ROLE_PLAIN, ".\n");
	}
	out_text(s->out, ROLE_PLAIN, "Local exec file:\n\t`");
	out_name(s->out, ROLE_PLAIN, m->name);
	out_text(s->out, ROLE_PLAIN, "', file type ");
	out_str(s->out, "file_type", ROLE_PLAIN, module_file_type(m));
	out_text(s->out, ROLE_PLAIN, ".\n\tEntry point: ");
	out_word(s->out, "entry", ROLE_ADDRESS, entry, "0x%llx",
	         (unsigned long long)entry);
	out_text(s->out, ROLE_PLAIN, "\n");
	out_list_begin(s->out, "sections");
	image_each_module(l.image, show_sections, &l);
	out_list_end(s->out);
	out_end(s->out);
	return NULL;
}

enum auxv_form { AUXV_DECIMAL, AUXV_HEX, AUXV_STRING };

/* As gdb describes them; what it does not know too. */
static const struct auxv_row {
	uint64_t type;
	const char *name, *description;
	enum auxv_form form;
} auxv_rows[] = {
	{ AT_NULL, "AT_NULL", "End of vector", AUXV_HEX },
	{ AT_IGNORE, "AT_IGNORE", "Entry should be ignored", AUXV_HEX },
	{ AT_EXECFD, "AT_EXECFD", "File descriptor of program", AUXV_DECIMAL },
	{ AT_PHDR, "AT_PHDR", "Program headers for program", AUXV_HEX },
	{ AT_PHENT, "AT_PHENT", "Size of program header entry", AUXV_DECIMAL },
	{ AT_PHNUM, "AT_PHNUM", "Number of program headers", AUXV_DECIMAL },
	{ AT_PAGESZ, "AT_PAGESZ", "System page size", AUXV_DECIMAL },
	{ AT_BASE, "AT_BASE", "Base address of interpreter", AUXV_HEX },
	{ AT_FLAGS, "AT_FLAGS", "Flags", AUXV_HEX },
	{ AT_ENTRY, "AT_ENTRY", "Entry point of program", AUXV_HEX },
	{ AT_NOTELF, "AT_NOTELF", "Program is not ELF", AUXV_DECIMAL },
	{ AT_UID, "AT_UID", "Real user ID", AUXV_DECIMAL },
	{ AT_EUID, "AT_EUID", "Effective user ID", AUXV_DECIMAL },
	{ AT_GID, "AT_GID", "Real group ID", AUXV_DECIMAL },
	{ AT_EGID, "AT_EGID", "Effective group ID", AUXV_DECIMAL },
	{ AT_CLKTCK, "AT_CLKTCK", "Frequency of times()", AUXV_DECIMAL },
	{ AT_PLATFORM, "AT_PLATFORM", "String identifying platform",
	  AUXV_STRING },
	{ AT_HWCAP, "AT_HWCAP", "Machine-dependent CPU capability hints",
	  AUXV_HEX },
	{ AT_SECURE, "AT_SECURE", "Boolean, was exec setuid-like?",
	  AUXV_DECIMAL },
	{ AT_BASE_PLATFORM, "AT_BASE_PLATFORM",
	  "String identifying base platform", AUXV_STRING },
	{ AT_RANDOM, "AT_RANDOM", "Address of 16 random bytes", AUXV_HEX },
	{ AT_HWCAP2, "AT_HWCAP2", "Extension of AT_HWCAP", AUXV_HEX },
	{ 27, "AT_RSEQ_FEATURE_SIZE", "rseq supported feature size",
	  AUXV_DECIMAL },
	{ 28, "AT_RSEQ_ALIGN", "rseq allocation alignment", AUXV_DECIMAL },
	{ AT_EXECFN, "AT_EXECFN", "File name of executable", AUXV_STRING },
	{ AT_SYSINFO, "AT_SYSINFO", "Special system info/entry points",
	  AUXV_HEX },
	{ AT_SYSINFO_EHDR, "AT_SYSINFO_EHDR",
	  "System-supplied DSO's ELF header", AUXV_HEX },
	{ AT_MINSIGSTKSZ, "AT_MINSIGSTKSZ",
	  "Minimum stack size for signal delivery", AUXV_HEX },
};

static const struct auxv_row *auxv_row(uint64_t type)
{
	static const struct auxv_row unknown = { .name = "???",
	                                         .description = "",
	                                         .form = AUXV_HEX };

	for (size_t i = 0; i < ARRAY_LEN(auxv_rows); i++)
		if (auxv_rows[i].type == type)
			return &auxv_rows[i];
	return &unknown;
}

static bool show_auxv(void *arg, uint64_t type, uint64_t value)
{
	struct session *s = arg;
	struct out *o = s->out;
	const struct auxv_row *row = auxv_row(type);
	const struct memory *memory = &s->current->process->memory;
	char text[256];
	AUTO_BUF struct buf quoted = { 0 };
	bool cut;

	buf_init(&quoted);
	out_begin(o, "entry");
	out_uint(o, "number", ROLE_NUMBER, type, "%-4llu",
	         (unsigned long long)type);
	out_text(o, ROLE_PLAIN, " %-20s %-30s ", row->name, row->description);
	out_hidden_str(o, "name", row->name);
	out_word(o, "value", ROLE_ADDRESS, value,
	         row->form == AUXV_DECIMAL ? "%llu" : "0x%llx",
	         (unsigned long long)value);
	if (row->form == AUXV_STRING && memory_read_string(memory, value, text,
	                                                   sizeof(text),
	                                                   &cut) >= 0) {
		buf_put_c_escaped(&quoted, text, strlen(text));
		out_text(o, ROLE_PLAIN, " \"");
		out_str_shown(o, "string", ROLE_STRING, text, quoted.data);
		out_text(o, ROLE_PLAIN, "\"");
	}
	out_text(o, ROLE_PLAIN, "\n");
	out_end(o);
	return true;
}

static struct error *run_auxv(struct session *s, struct command_args *args)
{
	(void)args;
	if (!s->current)
		return error_new(ERROR_USAGE, "the program has no auxiliary "
		                 "information now");
	out_begin(s->out, "auxv");
	out_list_begin(s->out, "entries");
	session_each_auxv(s->current->process, show_auxv, s);
	out_list_end(s->out);
	out_end(s->out);
	return NULL;
}

static const struct command table[] = {
	{
		.name = "info sharedlibrary", .aliases = "dll",
		.group = GROUP_LOOKING, .args = "[regex:rest]",
		.summary = "list the libraries that are loaded",
		.help = "FROM and TO are the ends of a library's .text. The "
			"order is that in which names are looked for.",
		.example = "info sharedlibrary",
		.example_at = EXAMPLE_AT_ENTRY,
		.run = run_sharedlibrary,
	}, {
		.name = "info files", .aliases = "target",
		.group = GROUP_LOOKING, .args = "",
		.summary = "list the files of the program and their sections",
		.example = "info files",
		.example_at = EXAMPLE_AT_ENTRY,
		.run = run_files,
	}, {
		.name = "info auxv", .group = GROUP_LOOKING, .args = "",
		.flags = CMD_NEEDS_PROCESS,
		.summary = "show what the kernel told the program at its start",
		.example = "info auxv",
		.example_at = EXAMPLE_AT_START,
		.run = run_auxv,
	},
};

const struct command_table commands_modules = { table, ARRAY_LEN(table) };
