/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The files that a core's process had mapped: whether they are as they were. */
#include "target/core_internal.h"

#include "base/alloc.h"

#include <elf.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

/* Only a regular file: to open a device may do something. */
static int open_regular(const char *path, struct stat *st)
{
	int fd;

	if (stat(path, st) != 0 || !S_ISREG(st->st_mode))
		return -1;
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	if (fd >= 0 && (fstat(fd, st) != 0 || !S_ISREG(st->st_mode))) {
		close(fd);
		return -1;
	}
	return fd;
}

static size_t read_file(void *ctx, uint64_t offset, void *data, size_t len)
{
	return core_pread(*(int *)ctx, data, len, offset);
}

struct loaded {
	const struct core *core;
	taddr at;
};

static size_t read_loaded(void *ctx, uint64_t offset, void *data, size_t len)
{
	const struct loaded *l = ctx;

	return core_read_dumped(l->core, l->at + offset, data, len);
}

/* Whether FD is what FILE was; by its build-id, else by its time. */
static enum core_match compare(const struct core *core,
                               const struct core_file *file, int fd,
                               const struct stat *st)
{
	struct loaded loaded = { .core = core, .at = file->header };
	struct build_id here, there;

	if (file->has_header && build_id_find(read_loaded, &loaded, &there)) {
		if (!build_id_find(read_file, &fd, &here))
			return CORE_OTHER;
		return here.len == there.len &&
		       memcmp(here.data, there.data, here.len) == 0
		       ? CORE_SAME : CORE_OTHER;
	}
	if (st->st_mtim.tv_sec > core->changed.tv_sec ||
	    (st->st_mtim.tv_sec == core->changed.tv_sec &&
	     st->st_mtim.tv_nsec > core->changed.tv_nsec))
		return CORE_OTHER;
	return CORE_UNKNOWN;
}

/* A descriptor of FILE, if it is what it was: looked at once only. */
static int open_checked(const struct core *core, struct core_file *file)
{
	const char *path = file->instead ? file->instead : file->name;
	struct stat st;
	int fd;

	if (file->state == FILE_CHANGED || file->state == FILE_GONE)
		return -1;
	fd = path[0] == '/' ? open_regular(path, &st) : -1;
	if (fd < 0) {
		file->state = FILE_GONE;
		return -1;
	}
	if (file->state == FILE_UNKNOWN)
		file->state = compare(core, file, fd, &st) == CORE_OTHER
		              ? FILE_CHANGED : FILE_SAME;
	if (file->state == FILE_SAME)
		return fd;
	close(fd);
	return -1;
}

/* As many as a hostile core may have are not held open at once. */
static void keep_open(struct core *core, unsigned index, int fd)
{
	unsigned *slot = &core->opened[core->open_files++ % CORE_OPEN_FILES];

	if (*slot) {
		struct core_file *old = &core->files.items[*slot - 1];

		close(old->fd);
		old->fd = -1;
	}
	*slot = index + 1;
	core->files.items[index].fd = fd;
}

int core_file_fd(struct core *core, unsigned index)
{
	struct core_file *file = &core->files.items[index];
	int fd;

	if (file->fd >= 0)
		return file->fd;
	fd = open_checked(core, file);
	if (fd >= 0)
		keep_open(core, index, fd);
	return fd;
}

void core_close_files(struct core *core)
{
	for (size_t i = 0; i < CORE_OPEN_FILES; i++) {
		struct core_file *f;

		if (!core->opened[i])
			continue;
		f = &core->files.items[core->opened[i] - 1];
		close(f->fd);
		f->fd = -1;
		core->opened[i] = 0;
	}
}

int core_open_file(struct core *core, uint64_t inode)
{
	if (!inode || inode > core->files.len)
		return -1;
	return open_checked(core, &core->files.items[inode - 1]);
}

const char *core_program(const struct core *core)
{
	return core->program < 0 ? NULL
	                         : core->files.items[core->program].name;
}

enum core_match core_match_program(struct core *core, const char *path)
{
	enum core_match match = CORE_UNKNOWN;
	struct stat st;
	int fd = open_regular(path, &st);

	if (fd < 0)
		return CORE_UNREADABLE;
	if (core->program >= 0)
		match = compare(core, &core->files.items[core->program], fd,
		                &st);
	close(fd);
	return match;
}

void core_set_program(struct core *core, const char *path)
{
	struct core_file *file;

	if (core->program < 0)
		return;
	core_close_files(core);
	file = &core->files.items[core->program];
	free(file->instead);
	file->instead = realpath(path, NULL);
	file->state = FILE_UNKNOWN;
}

void core_each_changed(struct core *core,
                       void (*fn)(void *ctx, const char *name, bool gone),
                       void *ctx)
{
	for (size_t i = 0; i < core->files.len; i++) {
		struct core_file *f = &core->files.items[i];

		if (!f->has_code || core_file_fd(core, (unsigned)i) >= 0)
			continue;
		fn(ctx, f->instead ? f->instead : f->name,
		   f->state == FILE_GONE);
	}
}
