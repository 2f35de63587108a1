/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The units of a file that have lines: by address, and their files' names. */
#include "symbols/line_table.h"

#include <stdlib.h>
#include <string.h>

enum {
	MAX_UNITS = 1 << 20,
	MAX_RANGES = 1 << 22,
	MAX_ROWS = 1 << 26,       /* of one file: 1.5 GB */
	STRING_SLOTS = 1 << 14,
};

/* Paths are the same in many units: each is kept once. */
struct line_string {
	struct line_string *next;
	uint64_t hash;
	char text[];
};

static const char *intern(struct line_index *index, const char *dir,
                          const char *name)
{
	size_t dir_len = dir ? strlen(dir) : 0, len = strlen(name);
	size_t size = dir_len + 1 + len + 1, at = 0;
	char *text = xmalloc(size);
	uint64_t hash = 0xcbf29ce484222325u;
	struct line_string **slot, *s;

	if (dir_len) {
		memcpy(text, dir, dir_len);
		at = dir_len;
		if (text[at - 1] != '/')
			text[at++] = '/';
	}
	memcpy(text + at, name, len + 1);
	for (const char *c = text; *c; c++)
		hash = (hash ^ (uint8_t)*c) * 0x100000001b3u;
	slot = &index->strings[hash % STRING_SLOTS];
	for (s = *slot; s; s = s->next)
		if (s->hash == hash && strcmp(s->text, text) == 0)
			break;
	if (!s) {
		len = at + len;
		s = xmalloc(sizeof(*s) + len + 1);
		memcpy(s->text, text, len + 1);
		s->hash = hash;
		s->next = *slot;
		*slot = s;
		index->string_count++;
	}
	free(text);
	return s->text;
}

struct line_cursor dwarf_section(Elf *elf, const char *wanted)
{
	struct line_cursor none = { 0 };
	Elf_Scn *scn = NULL;
	size_t names;

	if (elf_getshdrstrndx(elf, &names) != 0)
		return none;
	while ((scn = elf_nextscn(elf, scn))) {
		GElf_Shdr sh;
		const char *name;
		Elf_Data *data;

		if (!gelf_getshdr(scn, &sh) || sh.sh_type == SHT_NOBITS)
			continue;
		name = elf_strptr(elf, names, sh.sh_name);
		if (!name || strcmp(name, wanted) != 0)
			continue;
		/* libdw has decompressed what it knows. */
		if (sh.sh_flags & SHF_COMPRESSED)
			elf_compress(scn, 0, 0);
		data = elf_getdata(scn, NULL);
		if (!data || !data->d_buf)
			return none;
		return (struct line_cursor){
			data->d_buf, (uint8_t *)data->d_buf + data->d_size,
			false };
	}
	return none;
}

static const char *unit_string(Dwarf_Die *die, unsigned name)
{
	Dwarf_Attribute attribute;

	return dwarf_formstring(dwarf_attr(die, name, &attribute));
}

static void add_ranges(struct line_index *index, Dwarf_Die *die,
                       uint32_t unit)
{
	Dwarf_Addr base, low, high;
	ptrdiff_t at = 0;

	while (index->ranges.len < MAX_RANGES &&
	       (at = dwarf_ranges(die, at, &base, &low, &high)) > 0)
		if (low < high)
			vec_push(&index->ranges,
			         (struct line_range){ low, high, unit });
}

static void add_unit(struct line_index *index, Dwarf_Die *die)
{
	Dwarf_Attribute attribute;
	Dwarf_Word program;
	struct line_unit unit = { 0 };

	if (dwarf_formudata(dwarf_attr(die, DW_AT_stmt_list, &attribute),
	                    &program) != 0)
		return;
	unit.die = dwarf_dieoffset(die);
	unit.program = program;
	unit.name = unit_string(die, DW_AT_name);
	unit.directory = unit_string(die, DW_AT_comp_dir);
	unit.producer = unit_string(die, DW_AT_producer);
	add_ranges(index, die, (uint32_t)index->units.len);
	vec_push(&index->units, unit);
}

static int compare_ranges(const void *a, const void *b)
{
	const struct line_range *x = a, *y = b;

	if (x->low != y->low)
		return x->low < y->low ? -1 : 1;
	return x->unit < y->unit ? -1 : x->unit > y->unit;
}

static void read_units(struct line_index *index, Dwarf *dwarf)
{
	Dwarf_CU *cu = NULL;
	Dwarf_Half version;
	Dwarf_Die die, sub;
	uint8_t type;

	while (index->units.len < MAX_UNITS &&
	       dwarf_get_units(dwarf, cu, &cu, &version, &type, &die,
	                       &sub) == 0)
		if (type != DW_UT_type && type != DW_UT_split_type)
			add_unit(index, &die);
	if (index->ranges.len)
		qsort(index->ranges.items, index->ranges.len,
		      sizeof(index->ranges.items[0]), compare_ranges);
}

struct line_index *line_index_of(struct debug_info *info)
{
	struct line_index *index;
	Elf *elf;

	if (info->lines)
		return info->lines;
	info->lines = index = xcalloc(1, sizeof(*index));
	index->strings = xcalloc(STRING_SLOTS, sizeof(index->strings[0]));
	elf = dwarf_getelf(info->dwarf);
	if (!elf)
		return index;
	index->sections.line = dwarf_section(elf, ".debug_line");
	index->sections.line_str = dwarf_section(elf, ".debug_line_str");
	index->sections.str = dwarf_section(elf, ".debug_str");
	if (index->sections.line.at)
		read_units(index, info->dwarf);
	return index;
}

void line_index_destroy(struct line_index *index)
{
	if (!index)
		return;
	for (size_t i = 0; i < index->units.len; i++) {
		line_header_deinit(&index->units.items[i].header);
		vec_deinit(&index->units.items[i].rows);
	}
	for (size_t i = 0; i < STRING_SLOTS; i++) {
		struct line_string *s = index->strings[i];

		while (s) {
			struct line_string *next = s->next;

			free(s);
			s = next;
		}
	}
	free(index->strings);
	vec_deinit(&index->units);
	vec_deinit(&index->ranges);
	free(index);
}

struct line_unit *line_unit_at(struct line_index *index, taddr addr)
{
	size_t low = 0, high = index->ranges.len;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (index->ranges.items[middle].low <= addr)
			low = middle + 1;
		else
			high = middle;
	}
	/* Where ranges overlap, one that began before may still hold it. */
	for (unsigned back = 0; low && back < 64; back++) {
		const struct line_range *r = &index->ranges.items[--low];

		if (addr < r->high)
			return &index->units.items[r->unit];
	}
	return NULL;
}

/* The directory that FILE's name is below; NULL: only the unit's. */
static const char *directory_of(const struct line_unit *unit,
                                const struct line_file *file)
{
	const struct line_header *h = &unit->header;

	if (file->directory >= h->directories.len)
		return NULL;
	return h->directories.items[file->directory];
}

const char *line_file_path(struct line_index *index, struct line_unit *unit,
                           uint32_t number)
{
	struct line_file *file = &unit->header.files.items[number];
	const char *name = file->name ? file->name
	                 : unit->name ? unit->name : "";
	const char *dir;

	if (file->path)
		return file->path;
	dir = directory_of(unit, file);
	if (*name == '/')
		file->path = intern(index, NULL, name);
	else if (!dir || *dir == '/')
		file->path = intern(index, dir ? dir : unit->directory, name);
	else
		file->path = intern(index, intern(index, unit->directory, dir),
		                    name);
	return file->path;
}

const char *line_file_shown(struct line_index *index, struct line_unit *unit,
                            uint32_t number)
{
	struct line_file *file = &unit->header.files.items[number];
	const char *path = line_file_path(index, unit, number);
	const char *name = file->name;

	if (file->shown)
		return file->shown;
	if (unit->name) {
		const char *own = *unit->name == '/'
			? intern(index, NULL, unit->name)
			: intern(index, unit->directory, unit->name);

		if (own == path)
			return file->shown = unit->name;
	}
	if (!name || *name == '/')
		file->shown = path;
	else
		file->shown = intern(index, directory_of(unit, file), name);
	return file->shown;
}

static void find_same_files(struct line_index *index, struct line_unit *unit)
{
	struct line_header *h = &unit->header;
	const char **paths = xcalloc(h->files.len + 1, sizeof(*paths));
	size_t cap = 16;
	uint32_t *slots;

	while (cap < h->files.len * 2)
		cap *= 2;
	slots = xcalloc(cap, sizeof(*slots));
	for (uint32_t i = 0; i < h->files.len; i++) {
		const char *path = line_file_path(index, unit, i);
		size_t at = ((uintptr_t)path >> 4) * 0x9e3779b1u & (cap - 1);

		while (slots[at] && paths[slots[at] - 1] != path)
			at = (at + 1) & (cap - 1);
		paths[i] = path;
		if (slots[at])
			h->files.items[i].same = slots[at] - 1;
		else
			slots[at] = i + 1;
	}
	free(slots);
	free(paths);
}

void line_unit_need_files(struct line_index *index, struct line_unit *unit)
{
	if (unit->has_header)
		return;
	unit->has_header = true;
	if (!line_header_read(&index->sections, unit->program,
	                      &unit->header)) {
		unit->header.files.len = 0;
		unit->header.program = (struct line_cursor){ 0 };
		unit->has_rows = true;
	}
}

void line_unit_need_rows(struct line_index *index, struct line_unit *unit)
{
	line_unit_need_files(index, unit);
	if (unit->has_rows)
		return;
	unit->has_rows = true;
	find_same_files(index, unit);
	line_program_run(unit, MAX_ROWS - index->row_count);
	index->row_count += unit->rows.len;
}
