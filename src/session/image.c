/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What each process has mapped, and its symbols: made when first asked for. */
#include "session/internal.h"

#include "base/alloc.h"
#include "target/core.h"

#include <elf.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

/* The session's own of each process: process->user. */
struct process_info {
	struct image *image;      /* NULL: nobody asked yet */
};

/* /proc of a leader that exited has no mappings: those of any that lives. */
static pid_t live_tid(const struct process *p)
{
	for (size_t i = 0; i < p->threads.len; i++)
		if (p->threads.items[i]->state != THREAD_ZOMBIE &&
		    p->threads.items[i]->state != THREAD_GONE)
			return p->threads.items[i]->tid;
	return p->pid;
}

static void tell_mapping(const struct proc_map *map,
                         void (*fn)(void *arg, const struct image_mapping *m),
                         void *arg)
{
	unsigned major = 0, minor = 0;
	size_t len = strlen(map->name);
	struct image_mapping m = {
		.start = map->start, .end = map->end,
		.offset = map->offset, .inode = map->inode,
		/* Not known of some mappings of a core: '?'. */
		.executable = map->perms[2] != '-',
		.deleted = len > 10 && strcmp(map->name + len - 10,
		                              " (deleted)") == 0,
		.name = map->name,
	};

	if (sscanf(map->dev, "%x:%x", &major, &minor) == 2)
		m.device = makedev(major, minor);
	fn(arg, &m);
}

static struct error *read_mappings(void *ctx,
                                   void (*fn)(void *arg,
                                              const struct image_mapping *m),
                                   void *arg)
{
	const struct process *p = ctx;
	proc_map_vec maps = { 0 };

	TRY(process_maps(p, &maps));
	for (size_t i = 0; i < maps.len; i++)
		tell_mapping(&maps.items[i], fn, arg);
	proc_maps_deinit(&maps);
	return NULL;
}

/* Only a regular file: to open a device may do something. */
static int open_regular(const char *path, struct stat *st)
{
	if (stat(path, st) != 0 || !S_ISREG(st->st_mode))
		return -1;
	return open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
}

static int open_path(void *ctx, const char *path)
{
	const struct process *p = ctx;
	AUTO_FREE char *below = xasprintf("/proc/%d/root%s",
	                                  (int)live_tid(p), path);
	struct stat st;

	return open_regular(p->core ? path : below, &st);
}

/*
 * Some file systems (overlayfs, btrfs) have two device numbers: a file whose
 * beginning is what the process has there is taken too.
 */
static bool is_mapped(const struct process *p, int fd, const struct stat *st,
                      const struct image_mapping *m)
{
	uint8_t file[4096], mapped[4096];
	ssize_t len;

	if (st->st_ino != m->inode)
		return false;
	if (st->st_dev == m->device)
		return true;
	len = pread(fd, file, sizeof(file), (off_t)m->offset);
	return len > 0 && memory_read(&p->memory, m->start, mapped,
	                              (size_t)len) == (size_t)len &&
	       memcmp(file, mapped, (size_t)len) == 0;
}

/* The file at PATH, a path here, if it is what is mapped. */
static int open_checked(const struct process *p, const char *path,
                        const struct image_mapping *m)
{
	struct stat st;
	int fd = open_regular(path, &st);

	if (fd < 0 || is_mapped(p, fd, &st, m))
		return fd;
	close(fd);
	return -1;
}

/* The kernel's link to a mapping is for those with CAP_SYS_ADMIN. */
static int open_mapped(void *ctx, const struct image_mapping *m)
{
	const struct process *p = ctx;
	int tid = (int)live_tid(p), fd;
	struct stat st;
	AUTO_FREE char *link = xasprintf("/proc/%d/map_files/%llx-%llx", tid,
	                                 (unsigned long long)m->start,
	                                 (unsigned long long)m->end);
	AUTO_FREE char *path = xasprintf("/proc/%d/root%s", tid, m->name);
	AUTO_FREE char *exe = xasprintf("/proc/%d/exe", tid);

	if (p->core)
		return core_open_file(p->core, m->inode);
	fd = open_regular(link, &st);
	if (fd < 0 && !m->deleted)
		fd = open_checked(p, path, m);
	return fd >= 0 ? fd : open_checked(p, exe, m);
}

struct auxv_search {
	uint64_t type, value;
	bool found;
};

static bool is_searched(void *ctx, uint64_t type, uint64_t value)
{
	struct auxv_search *search = ctx;

	if (type != search->type)
		return true;
	search->value = value;
	search->found = true;
	return false;
}

static bool read_auxv(void *ctx, uint64_t type, uint64_t *value)
{
	struct auxv_search search = { .type = type };

	session_each_auxv(ctx, is_searched, &search);
	if (search.found)
		*value = search.value;
	return search.found;
}

/* What the two classes have in common at a file's front. */
static bool read_head(const char *path, Elf32_Ehdr *head)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	ssize_t len;

	if (fd < 0)
		return false;
	len = pread(fd, head, sizeof(*head), 0);
	close(fd);
	return len == (ssize_t)sizeof(*head);
}

enum abi process_abi(const struct process *p)
{
	char path[64];
	Elf32_Ehdr head = { 0 };

	if (p->core)
		return core_abi(p->core);
	snprintf(path, sizeof(path), "/proc/%d/exe", (int)live_tid(p));
	if (!read_head(path, &head) || head.e_ident[EI_CLASS] != ELFCLASS32)
		return ABI_X86_64;
	return head.e_machine == EM_X86_64 ? ABI_X32 : ABI_I386;
}

uint8_t process_word(const struct process *p)
{
	return process_abi(p) == ABI_X86_64 ? 8 : 4;
}

void session_each_auxv(struct process *p,
                       bool (*fn)(void *ctx, uint64_t type, uint64_t value),
                       void *ctx)
{
	size_t word = process_word(p);
	char path[64];
	AUTO_BUF struct buf text = { 0 };

	if (p->core) {
		core_each_auxv(p->core, fn, ctx);
		return;
	}
	buf_init(&text);
	snprintf(path, sizeof(path), "/proc/%d/auxv", (int)live_tid(p));
	error_destroy(proc_read(path, 8192, &text));
	for (size_t at = 0; at + 2 * word <= text.len; at += 2 * word) {
		uint64_t type = 0, value = 0;

		memcpy(&type, text.data + at, word);
		memcpy(&value, text.data + at + word, word);
		if (!fn(ctx, type, value) || type == AT_NULL)
			return;
	}
}

/* Its id as it sees it itself: the last of NSpid. */
static int inner_pid(const struct process *p)
{
	char path[64];
	AUTO_BUF struct buf text = { 0 };
	const char *line, *last;

	/* Files named by it are of whoever has that id now. */
	if (p->core)
		return -1;
	buf_init(&text);
	snprintf(path, sizeof(path), "/proc/%d/status", (int)p->pid);
	error_destroy(proc_read(path, 8192, &text));
	line = strstr(text.data, "\nNSpid:");
	if (!line)
		return p->pid;
	line++;
	last = line + strcspn(line, "\n");
	while (last > line && last[-1] != '\t')
		last--;
	return atoi(last);
}

static bool is_running(const struct process *p)
{
	for (size_t i = 0; i < p->threads.len; i++)
		if (p->threads.items[i]->state == THREAD_RUNNING)
			return true;
	return false;
}

struct image *session_image(struct session *s, struct process *p)
{
	struct process_info *info = p->user;
	struct image_source source = {
		.ctx = p,
		.memory = p->memory,
		.mappings = read_mappings,
		.open = open_mapped,
		.open_path = open_path,
		.auxv = read_auxv,
	};

	if (!info)
		p->user = info = xcalloc(1, sizeof(*info));
	if (!info->image) {
		source.word = process_word(p);
		source.pid = inner_pid(p);
		info->image = image_create(s->symbols, &source);
	} else if (!s->examined && is_running(p)) {
		image_changed(info->image, false);
	}
	return info->image;
}

void image_process_dies(struct process *p)
{
	struct process_info *info = p->user;

	if (!info)
		return;
	image_destroy(info->image);
	free(info);
	p->user = NULL;
}

void image_process_ran(struct process *p, bool replaced)
{
	struct process_info *info = p->user;

	if (!info || !info->image)
		return;
	if (replaced)
		image_set_word(info->image, process_word(p));
	image_changed(info->image, replaced);
}

/*
 * The one before of the same path, or NULL: where the file is gone, or no
 * program at this moment, as while it is linked anew.
 */
static struct image *offline_before(const struct session *s)
{
	if (!s->offline.len || strcmp(s->offline_path, s->program.path) != 0)
		return NULL;
	return s->offline.items[s->offline.len - 1];
}

/* A file that was replaced meanwhile is another; what came of the one before
 * stays good. */
static struct image *offline_image(struct session *s)
{
	AUTO_FREE char *path = NULL, *whole = NULL;
	struct image *image;
	struct stat st;
	struct error *err = target_find_program(s->program.path,
	                                        s->settings.cwd, &path);
	int fd;

	whole = err ? NULL : realpath(path, NULL);
	fd = whole ? open_regular(whole, &st) : -1;
	error_destroy(err);
	if (fd < 0)
		return offline_before(s);
	if (s->offline.len &&
	    image_is_of_file(s->offline.items[s->offline.len - 1], st.st_dev,
	                     st.st_ino, st.st_mtim)) {
		close(fd);
		return s->offline.items[s->offline.len - 1];
	}
	image = image_of_file(s->symbols, fd, whole);
	if (!image)
		return offline_before(s);
	vec_push(&s->offline, image);
	free(s->offline_path);
	s->offline_path = xstrdup(s->program.path);
	return image;
}

struct image *session_current_image(struct session *s)
{
	if (s->current)
		return session_image(s, s->current->process);
	return s->program.path ? offline_image(s) : NULL;
}
