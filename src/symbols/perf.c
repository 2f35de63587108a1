/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * /tmp/perf-PID.map: lines of "START SIZE NAME" (both in hex) in which a JIT
 * compiler tells of code that no file has.  A line counts from the next stop on,
 * and more than those before it.
 */
#include "symbols/file.h"
#include "symbols/internal.h"

#include "base/alloc.h"
#include "base/vec.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	MAX_MAP = 512 << 20,
	MAX_LINES = 8 << 20,
	MAX_NAME = 4096,
};

struct perf_line {
	taddr start, end;
	taddr reach;              /* the highest end of this and those before */
	uint32_t name;            /* its place in the text: later counts more */
};
typedef VEC(struct perf_line) perf_line_vec;

struct perf_map {
	struct module module;     /* of its symbols */
	struct symbol_file file;  /* ... which has nothing */
	struct timespec changed;
	off_t size;
	char *text;
	size_t len;
	perf_line_vec lines;      /* by their start */
	struct map names;         /* kept ones, by their place in TEXT */
};

static char *read_all(int fd, size_t len)
{
	char *text = malloc(len + 1);
	size_t done = 0;

	while (text && done < len) {
		ssize_t got = pread(fd, text + done, len - done, (off_t)done);

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			break;
		done += (size_t)got;
	}
	if (text)
		memset(text + done, 0, len - done + 1);
	return text;
}

static void forget(struct perf_map *p)
{
	free(p->text);
	p->text = NULL;
	p->len = 0;
	vec_deinit(&p->lines);
	map_deinit(&p->names);
	map_init(&p->names);
}

/* Whether LINE is one. */
static bool parse_line(const char *text, const char *line, struct perf_line *l)
{
	char *end;
	uint64_t size;

	if (!isxdigit((unsigned char)*line))
		return false;
	l->start = strtoull(line, &end, 16);
	if (*end != ' ' || !isxdigit((unsigned char)end[1]))
		return false;
	size = strtoull(end + 1, &end, 16);
	if (*end != ' ' || l->start + size <= l->start)
		return false;
	l->end = l->start + size;
	l->name = (uint32_t)(end + 1 - text);
	return true;
}

static int by_start(const void *left, const void *right)
{
	const struct perf_line *a = left, *b = right;

	if (a->start != b->start)
		return a->start < b->start ? -1 : 1;
	return a->name < b->name ? -1 : a->name > b->name;
}

static void parse(struct perf_map *p)
{
	taddr reach = 0;

	for (const char *line = p->text; line && *line &&
	     p->lines.len < MAX_LINES;) {
		struct perf_line parsed = { 0 };

		if (parse_line(p->text, line, &parsed))
			vec_push(&p->lines, parsed);
		line = strchr(line, '\n');
		line = line ? line + 1 : NULL;
	}
	if (p->lines.len)
		qsort(p->lines.items, p->lines.len, sizeof(p->lines.items[0]),
		      by_start);
	for (size_t i = 0; i < p->lines.len; i++) {
		if (p->lines.items[i].end > reach)
			reach = p->lines.items[i].end;
		p->lines.items[i].reach = reach;
	}
}

static void read_map(struct perf_map *p, int fd)
{
	struct stat st;

	if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode) || st.st_size <= 0 ||
	    st.st_size > MAX_MAP) {
		forget(p);
		return;
	}
	if (p->text && st.st_size == p->size &&
	    st.st_mtim.tv_sec == p->changed.tv_sec &&
	    st.st_mtim.tv_nsec == p->changed.tv_nsec)
		return;
	forget(p);
	p->size = st.st_size;
	p->changed = st.st_mtim;
	p->text = read_all(fd, (size_t)st.st_size);
	p->len = p->text ? (size_t)st.st_size : 0;
	parse(p);
}

static void look(struct image *image)
{
	struct perf_map *p = image->perf;
	AUTO_FREE char *path = xasprintf("/tmp/perf-%d.map",
	                                 image->source.pid);
	int fd = image->source.open_path
		? image->source.open_path(image->source.ctx, path) : -1;

	image->perf_there = fd >= 0;
	if (fd < 0)
		return;
	if (!p) {
		image->perf = p = xcalloc(1, sizeof(*p));
		map_init(&p->names);
		p->file.symbols = image->symbols;
		p->file.path = xstrdup(path);
		p->module = (struct module){ .file = &p->file,
		                             .name = p->file.path,
		                             .image = image };
	}
	read_map(p, fd);
	close(fd);
}

/* Looked for once while the process stands: many addresses are in no file. */
static struct perf_map *perf_of(struct image *image)
{
	if (!image->perf_known)
		look(image);
	image->perf_known = true;
	return image->perf_there ? image->perf : NULL;
}

void perf_destroy(struct perf_map *p)
{
	if (!p)
		return;
	forget(p);
	map_deinit(&p->names);
	free(p->file.path);
	free(p);
}

/* Of those that hold ADDR the one that came last; NULL: none. */
static const struct perf_line *line_at(const struct perf_map *p, taddr addr)
{
	const struct perf_line *best = NULL;
	size_t low = 0, high = p->lines.len;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (p->lines.items[middle].start <= addr)
			low = middle + 1;
		else
			high = middle;
	}
	while (low-- > 0 && p->lines.items[low].reach > addr) {
		const struct perf_line *l = &p->lines.items[low];

		if (l->end > addr && (!best || l->name > best->name))
			best = l;
	}
	return best;
}

static const char *name_of(struct image *image, struct perf_map *p,
                           const struct perf_line *line)
{
	const char *name = map_get(&p->names, (uint64_t)line->name + 1);
	size_t len = strcspn(p->text + line->name, "\n");
	char *kept;

	if (name)
		return name;
	kept = xstrndup(p->text + line->name, len < MAX_NAME ? len : MAX_NAME);
	name = symbols_keep(image->symbols, kept);
	map_put(&p->names, (uint64_t)line->name + 1, kept);
	return name;
}

bool perf_symbol_at(struct image *image, taddr addr, struct symbol *symbol)
{
	struct perf_map *p = perf_of(image);
	const struct perf_line *line = p ? line_at(p, addr) : NULL;

	if (!line)
		return false;
	*symbol = (struct symbol){ .addr = line->start,
	                           .size = line->end - line->start,
	                           .kind = SYMBOL_FUNCTION, .in_code = true,
	                           .name = name_of(image, p, line),
	                           .module = &p->module };
	return true;
}
