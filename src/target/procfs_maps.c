/* SPDX-License-Identifier: GPL-3.0-or-later */
/* target/procfs_maps.c: /proc/PID/maps. */
#include "target/procfs_parse.h"

#include "base/alloc.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
	/* 73 columns and a name of which each byte may take four. */
	LINE_MAX_LEN = 128 + 4 * PROC_LINK_MAX,
};

/*
 * A number of BASE 10 or 16 that STOP, or the line's end where STOP is a blank,
 * follows; *AT goes behind that.
 */
static bool take_number(const char **at, const char *end, int base, char stop,
                        uint64_t *value)
{
	const char *s = *at;
	uint64_t v = 0;

	for (; s < end && isxdigit((unsigned char)*s); s++) {
		unsigned digit = isdigit((unsigned char)*s)
		                 ? (unsigned)(*s - '0')
		                 : (unsigned)((*s | 0x20) - 'a') + 10;

		if (digit >= (unsigned)base ||
		    __builtin_mul_overflow(v, (uint64_t)base, &v) ||
		    __builtin_add_overflow(v, digit, &v))
			return false;
	}
	if (s == *at || (s < end ? *s != stop : stop != ' '))
		return false;
	*value = v;
	*at = s < end ? s + 1 : s;
	return true;
}

/* A word that a blank ends; *AT goes behind it. */
static bool take_word(const char **at, const char *end, char *word,
                      size_t size)
{
	const char *blank = memchr(*at, ' ', (size_t)(end - *at));
	size_t len;

	if (!blank)
		return false;
	len = (size_t)(blank - *at);
	if (!len || len >= size)
		return false;
	memcpy(word, *at, len);
	word[len] = '\0';
	*at = blank + 1;
	return true;
}

bool proc_parse_map(const char *line, size_t len, struct proc_map *map)
{
	const char *at = line;
	const char *end = line + len;
	struct proc_map m = { 0 };

	if (!take_number(&at, end, 16, '-', &m.start) ||
	    !take_number(&at, end, 16, ' ', &m.end) ||
	    !take_word(&at, end, m.perms, sizeof(m.perms)) ||
	    !take_number(&at, end, 16, ' ', &m.offset) ||
	    !take_word(&at, end, m.dev, sizeof(m.dev)) ||
	    !take_number(&at, end, 10, ' ', &m.inode) || m.start > m.end)
		return false;
	/* Names begin with `/` or `[`, so these blanks are the kernel's. */
	while (at < end && *at == ' ')
		at++;
	m.name = xstrndup(at, (size_t)(end - at));
	*map = m;
	return true;
}

/*
 * Of all bytes the kernel writes only a new line as an octal number, and a
 * backslash as it is: a name that holds "\012" may mean either.  The link in
 * map_files, where it may be read, tells; else the new line is more likely.
 */
static void unescape_name(pid_t pid, struct proc_map *map)
{
	char path[PROC_PATH_MAX];
	char target[PROC_LINK_MAX];
	ssize_t len;
	char *to = map->name;

	if (!strstr(map->name, "\\012"))
		return;
	snprintf(path, sizeof(path), "/proc/%d/map_files/%llx-%llx", (int)pid,
	         (unsigned long long)map->start, (unsigned long long)map->end);
	len = readlink(path, target, sizeof(target));
	if (len > 0 && (size_t)len < sizeof(target)) {
		free(map->name);
		map->name = xstrndup(target, (size_t)len);
		return;
	}
	for (const char *from = map->name; *from;) {
		bool escaped = !strncmp(from, "\\012", 4);

		*to++ = escaped ? '\n' : *from;
		from += escaped ? 4 : 1;
	}
	*to = '\0';
}

/* The lines of a file of /proc/PID, one after the other. */
struct line_reader {
	const char *path;
	pid_t pid;
	int fd;
	size_t len;            /* of what is in data */
	char data[LINE_MAX_LEN];
};

static void line_reader_destroy(struct line_reader **r)
{
	if (!*r)
		return;
	close((*r)->fd);
	free(*r);
}

/* Takes the whole lines from the buffer's front. */
static struct error *take_lines(struct line_reader *r, proc_line_fn fn,
                                void *ctx)
{
	size_t start = 0;
	char *end;

	while ((end = memchr(r->data + start, '\n', r->len - start)) != NULL) {
		size_t len = (size_t)(end - r->data) - start;

		if (!fn(ctx, r->data + start, len))
			return error_new(ERROR_UNSUPPORTED,
			                 "can't understand %s", r->path);
		start += len + 1;
	}
	memmove(r->data, r->data + start, r->len - start);
	r->len -= start;
	return NULL;
}

/* What stands behind the last new line is cut off, and left out. */
static struct error *read_lines(struct line_reader *r, proc_line_fn fn,
                                void *ctx)
{
	for (;;) {
		ssize_t got;

		if (r->len == sizeof(r->data))
			return error_new(ERROR_UNSUPPORTED,
			                 "a line of %s is too long", r->path);
		got = read(r->fd, r->data + r->len, sizeof(r->data) - r->len);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0 && errno == ESRCH)
			return error_new(ERROR_GONE, "no process %d",
			                 (int)r->pid);
		if (got < 0)
			return error_errno(errno, "can't read %s", r->path);
		if (!got)
			return NULL;
		r->len += (size_t)got;
		TRY(take_lines(r, fn, ctx));
	}
}

struct error *proc_each_line(pid_t pid, const char *file, proc_line_fn fn,
                             void *ctx)
{
	char path[PROC_PATH_MAX];
	CLEANUP(line_reader_destroy) struct line_reader *r = NULL;
	int fd;

	snprintf(path, sizeof(path), "/proc/%d/%s", (int)pid, file);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0 && (errno == ENOENT || errno == ESRCH))
		return error_new(ERROR_GONE, "no process %d", (int)pid);
	if (fd < 0)
		return error_errno(errno, "can't open %s", path);
	r = xmalloc(sizeof(*r));
	r->path = path;
	r->pid = pid;
	r->fd = fd;
	r->len = 0;
	return read_lines(r, fn, ctx);
}

bool proc_map_take(pid_t pid, const char *line, size_t len, size_t *names,
                   struct proc_map *map)
{
	if (!proc_parse_map(line, len, map))
		return false;
	unescape_name(pid, map);
	*names += strlen(map->name);
	return true;
}

struct maps_reader {
	pid_t pid;
	size_t names;          /* bytes of names so far */
	proc_map_vec found;
};

static bool take_map(void *ctx, const char *line, size_t len)
{
	struct maps_reader *r = ctx;
	struct proc_map map;

	if (r->found.len >= PROC_MAPS_MAX || r->names > PROC_NAMES_MAX ||
	    !proc_map_take(r->pid, line, len, &r->names, &map))
		return false;
	vec_push(&r->found, map);
	return true;
}

static struct error *too_many(pid_t pid)
{
	return error_new(ERROR_REFUSED, "process %d has too many mappings",
	                 (int)pid);
}

struct error *proc_maps(pid_t pid, proc_map_vec *maps)
{
	struct maps_reader r = { .pid = pid };
	struct error *err = proc_each_line(pid, "maps", take_map, &r);

	if (!err) {
		*maps = r.found;
		return NULL;
	}
	if (r.found.len >= PROC_MAPS_MAX || r.names > PROC_NAMES_MAX) {
		error_destroy(err);
		err = too_many(pid);
	}
	proc_maps_deinit(&r.found);
	return err;
}

void proc_maps_deinit(proc_map_vec *maps)
{
	for (size_t i = 0; i < maps->len; i++)
		free(maps->items[i].name);
	vec_deinit(maps);
}
