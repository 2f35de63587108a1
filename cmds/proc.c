/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What /proc tells of a process. */
#include "cmds/internal.h"
#include "cmds/tables.h"

#include "base/alloc.h"
#include "target/procfs.h"

#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* The process meant: the one named, or the current one. */
static struct error *choose(const struct session *s,
                            const struct command_arg *arg, pid_t *pid)
{
	if (arg->given) {
		*pid = (pid_t)arg->number;
		return NULL;
	}
	TRY(session_need_process(s));
	if (!s->current)
		return error_new(ERROR_USAGE, "no thread is selected");
	*pid = s->current->process->pid;
	return NULL;
}

/* Through a thread that lives: a leader that exited shows no maps. */
static pid_t live_thread(const struct session *s, pid_t pid)
{
	const struct process *p = target_process(s->target, pid);

	for (size_t i = 0; p && i < p->threads.len; i++)
		if (p->threads.items[i]->state != THREAD_ZOMBIE &&
		    p->threads.items[i]->state != THREAD_GONE)
			return p->threads.items[i]->tid;
	return pid;
}

static const char *state_text(char state)
{
	switch (state) {
	case 'R':
		return "R (running)";
	case 'S':
		return "S (sleeping)";
	case 'D':
		return "D (waits for a device)";
	case 'T':
		return "T (stopped)";
	case 't':
		return "t (stopped by its tracer)";
	case 'Z':
		return "Z (exited, not waited for)";
	case 'X':
		return "X (dead)";
	case 'I':
		return "I (idle)";
	default:
		return "?";
	}
}

static void line(struct session *s, const char *name, const char *value)
{
	out_text(s->out, ROLE_PLAIN, "%-10s", name);
	out_str(s->out, name, ROLE_STRING, value);
	out_text(s->out, ROLE_PLAIN, "\n");
}

static void ids_line(struct session *s, const char *name,
                     const unsigned ids[4])
{
	static const char *const kinds[] = { " real, ", " effective, ",
	                                     " saved, ", " file system\n" };

	out_text(s->out, ROLE_PLAIN, "%-10s", name);
	out_list_begin(s->out, name);
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
		out_uint(s->out, "id", ROLE_NUMBER, ids[i], "%u", ids[i]);
		out_text(s->out, ROLE_PLAIN, "%s", kinds[i]);
	}
	out_list_end(s->out);
}

static void number_line(struct session *s, const char *name, int64_t value)
{
	out_text(s->out, ROLE_PLAIN, "%-10s", name);
	out_int(s->out, name, ROLE_NUMBER, value, "%lld", (long long)value);
	out_text(s->out, ROLE_PLAIN, "\n");
}

static struct error *run_info_proc(struct session *s,
                                   struct command_args *args)
{
	struct proc_status status;
	AUTO_BUF struct buf cmdline = { 0 };
	char path[PATH_MAX], link[64], name[64];
	ssize_t len;
	pid_t pid = 0;

	if (command_on_core(s, args))
		return core_info_proc(s);
	TRY(choose(s, &args->arg[0], &pid));
	TRY(proc_status(live_thread(s, pid), &status));
	buf_init(&cmdline);
	out_begin(s->out, "process-info");
	number_line(s, "process", pid);
	proc_comm(pid, name);
	line(s, "name", name);
	proc_cmdline(pid, &cmdline);
	line(s, "cmdline", cmdline.data);
	snprintf(link, sizeof(link), "/proc/%d/cwd", (int)pid);
	len = readlink(link, path, sizeof(path) - 1);
	path[len > 0 ? len : 0] = '\0';
	line(s, "cwd", path);
	proc_exe(pid, path, sizeof(path));
	line(s, "exe", path);
	out_text(s->out, ROLE_PLAIN, "%-10s", "state");
	out_str_shown(s->out, "state", ROLE_STRING,
	              (char[]){ status.state, '\0' },
	              state_text(status.state));
	out_text(s->out, ROLE_PLAIN, "\n");
	number_line(s, "parent", status.parent);
	number_line(s, "tracer", status.tracer);
	number_line(s, "threads", status.threads);
	ids_line(s, "uid", status.uid);
	ids_line(s, "gid", status.gid);
	line(s, "seccomp", status.seccomp == 0 ? "off" :
	     status.seccomp == 1 ? "strict" : "filter");
	out_end(s->out);
	return NULL;
}

static void size_cell(struct out *o, const char *name, uint64_t bytes)
{
	out_uint(o, name, ROLE_NUMBER, bytes, "%lluK",
	         (unsigned long long)(bytes >> 10));
}

static void map_row(struct out *o, const struct proc_smap *smap)
{
	const struct proc_map *map = &smap->map;

	out_row(o);
	out_word(o, "start", ROLE_ADDRESS, map->start, "0x%llx",
	         (unsigned long long)map->start);
	out_word(o, "end", ROLE_ADDRESS, map->end, "0x%llx",
	         (unsigned long long)map->end);
	out_uint(o, "size", ROLE_NUMBER, map->end - map->start, "0x%llx",
	         (unsigned long long)(map->end - map->start));
	out_uint(o, "offset", ROLE_NUMBER, map->offset, "0x%llx",
	         (unsigned long long)map->offset);
	out_str(o, "perms", ROLE_PLAIN, map->perms);
	size_cell(o, "resident", smap->rss + smap->hugetlb);
	size_cell(o, "dirty", smap->shared_dirty + smap->private_dirty);
	size_cell(o, "swap", smap->swap);
	size_cell(o, "huge", smap->anon_huge + smap->shmem_huge +
	          smap->file_huge + smap->hugetlb);
	if (smap->protection_key >= 0)
		out_int(o, "key", ROLE_NUMBER, smap->protection_key, "%d",
		        smap->protection_key);
	else
		out_str(o, "key", ROLE_DIM, "-");
	out_str(o, "name", ROLE_STRING, map->name);
}

static struct error *run_mappings(struct session *s, struct command_args *args)
{
	static const struct out_column columns[] = {
		{ "start", "Start Addr", true }, { "end", "End Addr", true },
		{ "size", "Size", true },        { "offset", "Offset", true },
		{ "perms", "Perms", false },     { "resident", "Rss", true },
		{ "dirty", "Dirty", true },      { "swap", "Swap", true },
		{ "huge", "Huge", true },        { "key", "Key", true },
		{ "name", "objfile", false },
	};
	proc_smap_vec maps = { 0 };
	pid_t pid = 0;

	if (command_on_core(s, args))
		return core_info_mappings(s);
	TRY(choose(s, &args->arg[0], &pid));
	TRY(proc_smaps(live_thread(s, pid), &maps));
	out_table_begin(s->out, "mappings", columns, ARRAY_LEN(columns));
	for (size_t i = 0; i < maps.len; i++)
		map_row(s->out, &maps.items[i]);
	out_table_end(s->out);
	proc_smaps_deinit(&maps);
	return NULL;
}

static const char *access_text(unsigned flags)
{
	switch (flags & O_ACCMODE) {
	case O_RDONLY:
		return "r";
	case O_WRONLY:
		return "w";
	default:
		return "rw";
	}
}

static struct error *run_info_fds(struct session *s,
                                  struct command_args *args)
{
	static const struct out_column columns[] = {
		{ "fd", "Fd", true },          { "access", "Access", false },
		{ "position", "Pos", true },   { "target", "Target", false },
	};
	proc_fd_vec fds = { 0 };
	pid_t pid = 0;

	if (command_on_core(s, args))
		return error_new(ERROR_NOT_FOUND, "a core does not say which "
		                 "files were open");
	TRY(choose(s, &args->arg[0], &pid));
	pid = live_thread(s, pid);
	TRY(proc_fds(pid, &fds));
	out_table_begin(s->out, "fds", columns, ARRAY_LEN(columns));
	for (size_t i = 0; i < fds.len; i++) {
		const struct proc_fd *fd = &fds.items[i];
		char text[PATH_MAX];
		ssize_t len = proc_fd_text(pid, fd->fd, text, sizeof(text) - 1);

		text[len > 0 ? len : 0] = '\0';
		out_row(s->out);
		out_int(s->out, "fd", ROLE_NUMBER, fd->fd, "%d", fd->fd);
		out_str(s->out, "access", ROLE_PLAIN, access_text(fd->flags));
		out_uint(s->out, "position", ROLE_NUMBER, fd->pos, "%llu",
		         (unsigned long long)fd->pos);
		out_str(s->out, "target", ROLE_STRING,
		        len > 0 ? text : fd->target);
	}
	out_table_end(s->out);
	proc_fds_deinit(&fds);
	return NULL;
}

static const struct command table[] = {
	{
		.name = "info proc", .group = GROUP_LOOKING,
		.args = "[pid:pid]", .flags = CMD_PREFIX,
		.summary = "show what /proc tells of this process, or of any",
		.example = "info proc",
		.example_at = EXAMPLE_AT_START,
		.run = run_info_proc,
	}, {
		.name = "info proc mappings", .group = GROUP_LOOKING,
		.args = "[pid:pid]",
		.summary = "show what is mapped into its memory",
		.help = "Rss is how much of it is there, Dirty what was written "
			"since it was read or made, Swap what was moved out, "
			"Huge what has huge pages (of hugetlbfs too), all in "
			"units of 1024 bytes; Key the protection key, - where "
			"the processor has none.",
		.example = "info proc mappings",
		.example_at = EXAMPLE_AT_START,
		.run = run_mappings,
	}, {
		.name = "info fds", .group = GROUP_LOOKING,
		.args = "[pid:pid]",
		.summary = "show its open files, pipes and sockets",
		.example = "info fds",
		.example_at = EXAMPLE_AT_START,
		.run = run_info_fds,
	},
};

const struct command_table commands_proc = { table, ARRAY_LEN(table) };
