/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * /tmp/perf-PID.map: lines of "START SIZE NAME" (both in hex) in which a JIT
 * compiler tells of code that no file has.  A line counts from the next stop on,
 * and more than those before it.
 */
#include "symbols/file.h"
#include "symbols/internal.h"

#include "base/alloc.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	MAX_MAP = 512 << 20,
	MAX_NAME = 4096,
};

struct perf_map {
	struct module module;     /* of its symbols */
	struct symbol_file file;  /* ... which has nothing */
	struct timespec changed;
	off_t size;
	char *text;
	size_t len;
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
	map_deinit(&p->names);
	map_init(&p->names);
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
}

static struct perf_map *perf_of(struct image *image)
{
	struct perf_map *p = image->perf;
	AUTO_FREE char *path = xasprintf("/tmp/perf-%d.map",
	                                 image->source.pid);
	int fd = image->source.open_path
		? image->source.open_path(image->source.ctx, path) : -1;

	if (fd < 0)
		return NULL;
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
	return p;
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

/* Whether LINE says that it holds ADDR. */
static bool take_line(const char *line, taddr addr, struct symbol *symbol,
                      const char **name)
{
	char *end;
	taddr start = strtoull(line, &end, 16);
	uint64_t size;

	if (end == line || *end != ' ')
		return false;
	line = end + 1;
	size = strtoull(line, &end, 16);
	if (end == line || *end != ' ' || addr < start || addr - start >= size)
		return false;
	*symbol = (struct symbol){ .addr = start, .size = size,
	                           .kind = SYMBOL_FUNCTION,
	                           .in_code = true };
	*name = end + 1;
	return true;
}

bool perf_symbol_at(struct image *image, taddr addr, struct symbol *symbol)
{
	struct perf_map *p = perf_of(image);
	const char *line, *name = NULL;
	size_t len;

	for (line = p ? p->text : NULL; line && *line;) {
		take_line(line, addr, symbol, &name);
		line = strchr(line, '\n');
		line = line ? line + 1 : NULL;
	}
	if (!name)
		return false;
	len = strcspn(name, "\n");
	if (len > MAX_NAME)
		len = MAX_NAME;
	symbol->name = map_get(&p->names, (uint64_t)(name - p->text) + 1);
	if (!symbol->name) {
		char *kept = xstrndup(name, len);

		symbol->name = symbols_keep(image->symbols, kept);
		map_put(&p->names, (uint64_t)(name - p->text) + 1, kept);
	}
	symbol->module = &p->module;
	return true;
}
