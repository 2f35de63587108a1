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
	MAPS_MAX = 1 << 20,          /* vm.max_map_count starts at 65530 */
	NAMES_MAX = 256 << 20,       /* bytes of all names together */
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

struct maps_reader {
	pid_t pid;
	int fd;
	size_t names;          /* bytes of names so far */
	proc_map_vec found;
	size_t len;            /* of what is in data */
	char data[LINE_MAX_LEN];
};

static void maps_reader_deinit(struct maps_reader **r)
{
	if (!*r)
		return;
	close((*r)->fd);
	proc_maps_deinit(&(*r)->found);
	free(*r);
}

/* Takes the whole lines from the buffer's front. */
static struct error *take_lines(struct maps_reader *r)
{
	size_t start = 0;
	char *end;

	while ((end = memchr(r->data + start, '\n', r->len - start)) != NULL) {
		struct proc_map map;
		size_t len = (size_t)(end - r->data) - start;

		if (!proc_parse_map(r->data + start, len, &map))
			return error_new(ERROR_UNSUPPORTED,
			                 "can't understand /proc/%d/maps",
			                 (int)r->pid);
		unescape_name(r->pid, &map);
		r->names += strlen(map.name);
		vec_push(&r->found, map);
		if (r->found.len > MAPS_MAX || r->names > NAMES_MAX)
			return error_new(ERROR_REFUSED,
			                 "process %d has too many mappings",
			                 (int)r->pid);
		start += len + 1;
	}
	memmove(r->data, r->data + start, r->len - start);
	r->len -= start;
	return NULL;
}

/* What stands behind the last new line is cut off, and left out. */
static struct error *read_maps(struct maps_reader *r)
{
	for (;;) {
		ssize_t got;

		if (r->len == sizeof(r->data))
			return error_new(ERROR_UNSUPPORTED,
			                 "a line of /proc/%d/maps is too long",
			                 (int)r->pid);
		got = read(r->fd, r->data + r->len, sizeof(r->data) - r->len);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0 && errno == ESRCH)
			return error_new(ERROR_GONE, "no process %d",
			                 (int)r->pid);
		if (got < 0)
			return error_errno(errno, "can't read /proc/%d/maps",
			                   (int)r->pid);
		if (!got)
			return NULL;
		r->len += (size_t)got;
		TRY(take_lines(r));
	}
}

struct error *proc_maps(pid_t pid, proc_map_vec *maps)
{
	char path[PROC_PATH_MAX];
	CLEANUP(maps_reader_deinit) struct maps_reader *r = NULL;
	int fd;

	snprintf(path, sizeof(path), "/proc/%d/maps", (int)pid);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0 && (errno == ENOENT || errno == ESRCH))
		return error_new(ERROR_GONE, "no process %d", (int)pid);
	if (fd < 0)
		return error_errno(errno, "can't open %s", path);
	r = xmalloc(sizeof(*r));
	r->pid = pid;
	r->fd = fd;
	r->len = r->names = 0;
	r->found = (proc_map_vec){ 0 };
	TRY(read_maps(r));
	*maps = r->found;
	r->found = (proc_map_vec){ 0 };
	return NULL;
}

void proc_maps_deinit(proc_map_vec *maps)
{
	for (size_t i = 0; i < maps->len; i++)
		free(maps->items[i].name);
	vec_deinit(maps);
}
