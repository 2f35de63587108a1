/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What each process has mapped, and its symbols: made when first asked for. */
#include "session/internal.h"

#include "base/alloc.h"
#include "target/procfs.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/sysmacros.h>

/* The session's own of each process: process->user. */
struct process_info {
	struct image *image;      /* NULL: nobody asked yet */
};

static struct error *read_mappings(void *ctx,
                                   void (*fn)(void *arg,
                                              const struct image_mapping *m),
                                   void *arg)
{
	struct process *p = ctx;
	proc_map_vec maps = { 0 };

	TRY(proc_maps(p->pid, &maps));
	for (size_t i = 0; i < maps.len; i++) {
		const struct proc_map *map = &maps.items[i];
		unsigned major = 0, minor = 0;
		size_t len = strlen(map->name);
		struct image_mapping m = {
			.start = map->start, .end = map->end,
			.offset = map->offset, .inode = map->inode,
			.executable = map->perms[2] == 'x',
			.deleted = len > 10 && strcmp(map->name + len - 10,
			                              " (deleted)") == 0,
			.name = map->name,
		};

		if (sscanf(map->dev, "%x:%x", &major, &minor) == 2)
			m.device = makedev(major, minor);
		fn(arg, &m);
	}
	proc_maps_deinit(&maps);
	return NULL;
}

static int open_path(void *ctx, const char *path)
{
	const struct process *p = ctx;
	AUTO_FREE char *below = xasprintf("/proc/%d/root%s", (int)p->pid, path);

	return open(below, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
}

static int open_mapped(void *ctx, const struct image_mapping *m)
{
	const struct process *p = ctx;
	AUTO_FREE char *link = xasprintf("/proc/%d/map_files/%llx-%llx",
	                                 (int)p->pid,
	                                 (unsigned long long)m->start,
	                                 (unsigned long long)m->end);
	int fd = open(link, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);

	return fd >= 0 ? fd : open_path(ctx, m->name);
}

struct image *session_image(struct session *s, struct process *p)
{
	struct process_info *info = p->user;
	const struct image_source source = {
		.ctx = p,
		.memory = p->memory,
		.word = 8,
		.mappings = read_mappings,
		.open = open_mapped,
		.open_path = open_path,
		.pid = p->pid,
	};

	if (!info)
		p->user = info = xcalloc(1, sizeof(*info));
	if (!info->image)
		info->image = image_create(s->symbols, &source);
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

	if (info && info->image)
		image_changed(info->image, replaced);
}
