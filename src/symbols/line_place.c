/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lines to addresses. */
#include "symbols/line_table.h"

#include "base/map.h"

#include <string.h>

enum { MAX_PLACES = 4096 };

/* A file of a unit that is called as was asked. */
struct found_file {
	const struct module *m;
	struct debug_info *info;
	struct line_index *index;
	struct line_unit *unit;
	uint32_t file;
};
typedef VEC(struct found_file) file_vec;

static bool ends_with(const char *path, const char *name)
{
	size_t len = strlen(path), end = strlen(name);

	if (end > len || strcmp(path + len - end, name) != 0)
		return false;
	return end == len || *name == '/' || path[len - end - 1] == '/';
}

static const char *base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

struct file_search {
	struct image *image;
	const char *name;
	file_vec *files;
};

static void files_of_unit(struct file_search *search, struct found_file *f)
{
	struct line_unit *unit = f->unit;
	const char *base = base_name(search->name);

	line_unit_need_files(f->index, unit);
	for (uint32_t i = 0; i < unit->header.files.len; i++) {
		const char *name = unit->header.files.items[i].name;

		if (!name)
			name = unit->name ? unit->name : "";
		if (strcmp(base_name(name), base) != 0 ||
		    !ends_with(line_file_path(f->index, unit, i),
		               search->name))
			continue;
		f->file = i;
		vec_push(search->files, *f);
	}
}

static bool files_of_module(void *ctx, const struct module *m)
{
	struct file_search *search = ctx;
	struct debug_info *info = file_debug(m->file, search->image);
	struct found_file f = { .m = m, .info = info };

	if (!info)
		return true;
	f.index = line_index_of(info);
	for (size_t i = 0; i < f.index->units.len; i++) {
		f.unit = &f.index->units.items[i];
		files_of_unit(search, &f);
	}
	return true;
}

/* Files called NAME of units; the caller deinits. */
static void find_files(struct image *image, const char *name, file_vec *files)
{
	struct file_search search = { image, name, files };

	if (*name)
		image_each_module(image, files_of_module, &search);
}

/* With rows: only those that others are the same as are left. */
static void find_coded_files(struct image *image, const char *name,
                             file_vec *files)
{
	size_t kept = 0;

	find_files(image, name, files);
	for (size_t i = 0; i < files->len; i++) {
		struct found_file *f = &files->items[i];

		line_unit_need_rows(f->index, f->unit);
		if (f->file < f->unit->header.files.len &&
		    f->unit->header.files.items[f->file].same == f->file)
			files->items[kept++] = *f;
	}
	files->len = kept;
}

/* A row that a line begins with, and the block that it is in. */
struct place {
	const struct found_file *file;
	size_t row;
	uint64_t block;
};
typedef VEC(struct place) place_vec;

/* Adds all statements of LINE; or else lowers *BEST to the next line that has
 * code. */
static void find_rows(const struct found_file *f, unsigned line,
                      place_vec *places, unsigned *best)
{
	const struct line_row *rows = f->unit->rows.items;

	for (size_t i = 0; i < f->unit->rows.len; i++) {
		if (rows[i].end || rows[i].file != f->file ||
		    !rows[i].is_statement)
			continue;
		if (rows[i].line == line && places->len < MAX_PLACES)
			vec_push(places, (struct place){ .file = f, .row = i });
		else if (rows[i].line > line &&
		         (!*best || rows[i].line < *best))
			*best = rows[i].line;
	}
}

/*
 * Code of a line is scattered: of the places in one block only the first counts
 * (gdb's choice), so that a loop's head is one place.
 */
static void filter_blocks(place_vec *places)
{
	size_t kept = 0;

	for (size_t i = 0; i < places->len; i++) {
		struct place *p = &places->items[i];

		p->block = line_block_at(p->file->info, p->file->unit,
		                         p->file->unit->rows.items[p->row].addr,
		                         NULL);
	}
	for (size_t i = 0; i < places->len; i++) {
		const struct place *p = &places->items[i];
		bool another = false;

		for (size_t j = 0; j < kept && p->block; j++)
			another |= places->items[j].block == p->block &&
			           places->items[j].file->unit ==
			           p->file->unit;
		if (!another)
			places->items[kept++] = *p;
	}
	places->len = kept;
}

void debug_places_of_line(struct image *image, const char *file, unsigned line,
                          bool (*fn)(void *ctx, const struct source_line *l),
                          void *ctx)
{
	file_vec files = { 0 };
	place_vec places = { 0 };
	unsigned best = 0, ignored = 0;

	find_coded_files(image, file, &files);
	for (size_t i = 0; i < files.len; i++)
		find_rows(&files.items[i], line, &places, &best);
	if (!places.len && best)
		for (size_t i = 0; i < files.len; i++)
			find_rows(&files.items[i], best, &places, &ignored);
	filter_blocks(&places);
	for (size_t i = 0; i < places.len; i++) {
		const struct found_file *f = places.items[i].file;
		struct source_line l;

		line_fill(f->m, f->index, f->unit, places.items[i].row, &l);
		if (!fn(ctx, &l))
			break;
	}
	vec_deinit(&places);
	vec_deinit(&files);
}

/* What holds where ROW begins: of several rows at one place another may. */
static void fill_at(const struct found_file *f, size_t row,
                    struct source_line *l)
{
	long at = line_row_at(f->unit, f->unit->rows.items[row].addr);

	line_fill(f->m, f->index, f->unit, at >= 0 ? (size_t)at : row, l);
}

void debug_line_starts(struct image *image, const char *file, unsigned line,
                       bool (*fn)(void *ctx, const struct source_line *l),
                       void *ctx)
{
	file_vec files = { 0 };
	bool more = true;

	find_coded_files(image, file, &files);
	for (size_t i = 0; i < files.len && more; i++) {
		const struct found_file *f = &files.items[i];
		place_vec places = { 0 };
		struct source_line l;
		unsigned best = 0, ignored = 0;

		find_rows(f, line, &places, &best);
		if (!places.len && best)
			find_rows(f, best, &places, &ignored);
		l = (struct source_line){
			.file = line_file_shown(f->index, f->unit, f->file),
			.directory = f->unit->directory,
			.path = line_file_path(f->index, f->unit, f->file),
			.module = f->m,
		};
		if (places.len)
			fill_at(f, places.items[0].row, &l);
		if (l.line != line)
			l.end = l.start;
		more = fn(ctx, &l);
		vec_deinit(&places);
	}
	vec_deinit(&files);
}

/* A path is told once: SEEN has its address, which is the same for the same
 * text in one file. */
static bool is_new(struct map *seen, const char *path)
{
	uint64_t hash = 0xcbf29ce484222325u;

	for (; *path; path++)
		hash = (hash ^ (uint8_t)*path) * 0x100000001b3u;
	if (map_get(seen, hash))
		return false;
	map_put(seen, hash, seen);
	return true;
}

void debug_files_named(struct image *image, const char *file,
                       bool (*fn)(void *ctx, const struct source_line *l),
                       void *ctx)
{
	file_vec files = { 0 };
	struct map seen;

	map_init(&seen);
	find_files(image, file, &files);
	for (size_t i = 0; i < files.len; i++) {
		const struct found_file *f = &files.items[i];
		const struct source_line l = {
			.file = line_file_shown(f->index, f->unit, f->file),
			.directory = f->unit->directory,
			.path = line_file_path(f->index, f->unit, f->file),
			.module = f->m,
		};

		if (is_new(&seen, l.path) && !fn(ctx, &l))
			break;
	}
	map_deinit(&seen);
	vec_deinit(&files);
}

struct source_walk {
	struct image *image;
	bool (*fn)(void *ctx, const struct module *m, const char *path);
	void *ctx;
};

static bool sources_of_module(void *ctx, const struct module *m)
{
	struct source_walk *walk = ctx;
	struct debug_info *info = file_debug(m->file, walk->image);
	struct line_index *index = info ? line_index_of(info) : NULL;
	struct map seen;
	bool more = true;

	map_init(&seen);
	for (size_t i = 0; index && more && i < index->units.len; i++) {
		struct line_unit *unit = &index->units.items[i];

		line_unit_need_files(index, unit);
		for (uint32_t j = 0; more && j < unit->header.files.len; j++) {
			const char *path = line_file_path(index, unit, j);

			if (is_new(&seen, path))
				more = walk->fn(walk->ctx, m, path);
		}
	}
	map_deinit(&seen);
	return more;
}

void debug_each_source(struct image *image,
                       bool (*fn)(void *ctx, const struct module *m,
                                  const char *path), void *ctx)
{
	struct source_walk walk = { .image = image, .fn = fn, .ctx = ctx };

	image_each_module(image, sources_of_module, &walk);
}
