/* SPDX-License-Identifier: GPL-3.0-or-later */
/* session/dump_index.c: the file that says where its bytes were. */
#include "session/dump_internal.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PAGE = 4096, TAIL = 48, MOST_INDEX = 256 << 20, MOST_LINE = 32768 };

static const char head[] = "scdb dump 1\n";

static const char *const kinds[] = {
	[DUMP_DATA] = "data", [DUMP_FORCED] = "forced",
	[DUMP_UNREADABLE] = "unreadable",
};

struct error *dump_write_head(struct file_out *f)
{
	TRY(file_out_add(f, head, strlen(head)));
	return file_out_skip(f, PAGE - strlen(head));
}

static void put_row(struct buf *line, const struct dump_row *r)
{
	buf_printf(line, "%llx %llx %llu %s %s \"",
	           (unsigned long long)r->start, (unsigned long long)r->end,
	           (unsigned long long)r->offset, r->perms, kinds[r->kind]);
	buf_put_c_escaped(line, r->name, strlen(r->name));
	buf_puts(line, "\"\n");
}

struct error *dump_write_index(struct file_out *f, const struct dump *dump)
{
	AUTO_BUF struct buf line = { 0 };
	uint64_t start = file_out_position(f);

	buf_init(&line);
	for (size_t i = 0; i < dump->rows.len; i++) {
		buf_reset(&line);
		put_row(&line, &dump->rows.items[i]);
		TRY(file_out_add(f, line.data, line.len));
	}
	buf_reset(&line);
	buf_printf(&line, "index %020llu %020llu\n",
	           (unsigned long long)start,
	           (unsigned long long)(file_out_position(f) - start));
	return file_out_add(f, line.data, line.len);
}

/* A number and the blank behind it. */
static bool take(const char **at, int base, uint64_t *n)
{
	char *end;

	if (!isxdigit((unsigned char)**at))
		return false;
	errno = 0;
	*n = strtoull(*at, &end, base);
	if (errno || *end != ' ')
		return false;
	*at = end + 1;
	return true;
}

static bool take_kind(const char **at, enum dump_kind *kind)
{
	size_t len = strcspn(*at, " ");

	for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
		if (strlen(kinds[i]) == len &&
		    memcmp(kinds[i], *at, len) == 0 && (*at)[len]) {
			*kind = (enum dump_kind)i;
			*at += len + 1;
			return true;
		}
	return false;
}

/* What the quotes hold; the end of the text must follow. */
static char *take_name(const char *at)
{
	static const char letters[] = "tnvfr", bytes[] = "\t\n\v\f\r";
	AUTO_BUF struct buf name = { 0 };

	buf_init(&name);
	if (*at++ != '"')
		return NULL;
	for (; *at && *at != '"'; at++) {
		const char *letter;
		unsigned n = 0;
		int digits = 0;

		if (*at != '\\') {
			buf_putc(&name, *at);
			continue;
		}
		at++;
		letter = *at ? strchr(letters, *at) : NULL;
		for (; digits < 3 && *at >= '0' && *at <= '7'; digits++)
			n = n * 8 + (unsigned)(*at++ - '0');
		if (!digits && !*at)
			return NULL;
		buf_putc(&name, digits ? (char)n
		         : letter ? bytes[letter - letters] : *at);
		at -= digits > 0;
	}
	if (at[0] != '"' || at[1])
		return NULL;
	return buf_take(&name);
}

bool dump_parse_row(const char *line, size_t len, struct dump_row *row)
{
	AUTO_FREE char *text = xstrndup(line, len);
	const char *at = text;
	struct dump_row r = { 0 };

	if (strlen(text) != len || !take(&at, 16, &r.start) ||
	    !take(&at, 16, &r.end) || !take(&at, 10, &r.offset) ||
	    r.start >= r.end || strnlen(at, 5) < 5 || at[4] != ' ')
		return false;
	memcpy(r.perms, at, 4);
	at += 5;
	if (!take_kind(&at, &r.kind))
		return false;
	r.name = take_name(at);
	if (!r.name)
		return false;
	*row = r;
	return true;
}

static struct error *broken(const char *path, const char *what)
{
	return error_new(ERROR_UNSUPPORTED, "%s is no whole dump: %s", path,
	                 what);
}

/* Whether the row's bytes stand before END. */
static bool row_fits(const struct dump_row *r, uint64_t end)
{
	return r->kind == DUMP_UNREADABLE ||
	       (r->offset <= end && r->end - r->start <= end - r->offset);
}

static struct error *read_rows(FILE *f, const char *path, uint64_t end,
                               uint64_t len, struct dump *dump)
{
	AUTO_FREE char *line = NULL;
	size_t room = 0;

	while (len) {
		struct dump_row row;
		ssize_t got = getline(&line, &room, f);

		if (got <= 0 || (uint64_t)got > len || got > MOST_LINE ||
		    line[got - 1] != '\n' ||
		    !dump_parse_row(line, (size_t)got - 1, &row))
			return broken(path, "its index has other lines");
		vec_push(&dump->rows, row);
		if (!row_fits(&row, end))
			return broken(path, "its index is of more than it has");
		if (row.kind == DUMP_UNREADABLE)
			dump->unreadable += row.end - row.start;
		else
			dump->data += row.end - row.start;
		if (row.kind == DUMP_FORCED)
			dump->forced += row.end - row.start;
		len -= (uint64_t)got;
	}
	return NULL;
}

/* The descriptor stays the caller's. */
static struct error *open_index(int fd, const char *path, uint64_t offset,
                                FILE **f)
{
	int copy = dup(fd);

	*f = copy < 0 ? NULL : fdopen(copy, "r");
	if (!*f || fseeko(*f, (off_t)offset, SEEK_SET) != 0) {
		struct error *err = error_errno(errno, "can't read %s", path);

		if (*f)
			fclose(*f);
		else if (copy >= 0)
			close(copy);
		return err;
	}
	return NULL;
}

struct error *dump_read_index(int fd, const char *path, bool *indexed,
                              struct dump *dump)
{
	char first[sizeof(head)] = "", tail[TAIL + 1] = "";
	unsigned long long offset, len;
	struct stat st;
	struct error *err;
	FILE *f;

	*indexed = pread(fd, first, strlen(head), 0) == (ssize_t)strlen(head) &&
	           strcmp(first, head) == 0;
	if (!*indexed)
		return NULL;
	if (fstat(fd, &st) != 0)
		return error_errno(errno, "can't read %s", path);
	if (st.st_size < PAGE + TAIL ||
	    pread(fd, tail, TAIL, st.st_size - TAIL) != TAIL ||
	    sscanf(tail, "index %20llu %20llu\n", &offset, &len) != 2)
		return broken(path, "its end is missing");
	if (len > MOST_INDEX || offset > (uint64_t)st.st_size - TAIL ||
	    len != (uint64_t)st.st_size - TAIL - offset)
		return broken(path, "its index is not where it says");
	TRY(open_index(fd, path, offset, &f));
	dump->size = (uint64_t)st.st_size;
	err = read_rows(f, path, offset, len, dump);
	fclose(f);
	return err;
}
