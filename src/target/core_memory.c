/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A core's memory: what was dumped; what was not, from the file that was mapped
 * there; behind what was dumped of a segment, zeros (System V ABI, "Program
 * Header").  Of a segment of which nothing was dumped nothing is known.
 */
#include "target/core_internal.h"

#include <errno.h>
#include <unistd.h>

int core_segment_at(const struct core *core, taddr addr)
{
	size_t low = 0, high = core->segments.len;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const struct core_segment *s = &core->segments.items[middle];

		if (addr < s->addr)
			high = middle;
		else if (addr - s->addr >= s->size)
			low = middle + 1;
		else
			return (int)middle;
	}
	return -1;
}

int core_mapping_at(const struct core *core, taddr addr)
{
	size_t low = 0, high = core->mappings.len;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const struct core_mapping *m = &core->mappings.items[middle];

		if (addr < m->start)
			high = middle;
		else if (addr >= m->end)
			low = middle + 1;
		else
			return (int)middle;
	}
	return -1;
}

/* A piece of one kind, and how it is to be had. */
struct piece {
	enum core_origin origin;
	uint64_t len;            /* as far as that holds */
	uint64_t offset;         /* in the core, or in the file */
	unsigned file;
};

static void shorten(struct piece *p, uint64_t len)
{
	if (p->len > len)
		p->len = len;
}

/* Up to the next segment, or mapping, that begins behind ADDR. */
static void end_at_next(const struct core *core, taddr addr, struct piece *p)
{
	size_t low = 0, high = core->segments.len;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (core->segments.items[middle].addr <= addr)
			low = middle + 1;
		else
			high = middle;
	}
	if (low < core->segments.len)
		shorten(p, core->segments.items[low].addr - addr);
}

static struct piece undumped_piece(struct core *core, taddr addr,
                                   const struct core_segment *s)
{
	int at = core_mapping_at(core, addr);
	struct piece p = { .origin = CORE_LACKING, .len = UINT64_MAX };
	bool cut_off = s && addr - s->addr < s->dumped;

	if (s)
		shorten(&p, (cut_off ? s->dumped : s->size) - (addr - s->addr));
	else
		end_at_next(core, addr, &p);
	if (at >= 0) {
		const struct core_mapping *m = &core->mappings.items[at];

		p.file = m->file;
		p.offset = m->offset + (addr - m->start);
		shorten(&p, m->end - addr);
		if (core_file_fd(core, p.file) >= 0)
			p.origin = CORE_MAPPED;
	} else if (s && s->reason == LEFT_UNTOUCHED) {
		p.origin = CORE_ZEROED;
	} else if (s && s->dumped && !cut_off) {
		p.origin = CORE_ZEROED;
		/* A mapping may begin in it. */
		shorten(&p, CORE_PAGE - addr % CORE_PAGE);
	}
	return p;
}

static struct piece piece_at(struct core *core, taddr addr)
{
	int at = core_segment_at(core, addr);
	const struct core_segment *s = at < 0 ? NULL
	                                      : &core->segments.items[at];

	if (!s || addr - s->addr >= s->present)
		return undumped_piece(core, addr, s);
	return (struct piece){
		.origin = CORE_DUMPED,
		.len = s->present - (addr - s->addr),
		.offset = s->offset + (addr - s->addr),
	};
}

enum core_origin core_origin(struct core *core, taddr addr)
{
	return piece_at(core, addr).origin;
}

enum core_origin core_extent(struct core *core, taddr addr, uint64_t *len)
{
	struct piece p = piece_at(core, addr);
	off_t data;

	shorten(&p, *len);
	*len = p.len;
	if (p.origin != CORE_DUMPED || p.offset > INT64_MAX)
		return p.origin;
	/* ENXIO: the hole goes to the file's end. */
	data = lseek(core->fd, (off_t)p.offset, SEEK_DATA);
	if (data < 0 && errno == ENXIO)
		return CORE_ZEROED;
	if (data > (off_t)p.offset) {
		shorten(&p, (uint64_t)data - p.offset);
		*len = p.len;
		return CORE_ZEROED;
	}
	data = lseek(core->fd, (off_t)p.offset, SEEK_HOLE);
	if (data > (off_t)p.offset)
		shorten(&p, (uint64_t)data - p.offset);
	*len = p.len;
	return CORE_DUMPED;
}

/* Behind the file's end its last page is zeros. */
static size_t read_mapped(struct core *core, const struct piece *p,
                          uint8_t *data, size_t len)
{
	int fd = core_file_fd(core, p->file);
	size_t done = fd < 0 ? 0 : core_pread(fd, data, len, p->offset);
	size_t rest;

	if (!done || done == len)
		return done;
	rest = (size_t)(0 - (p->offset + done)) % CORE_PAGE;
	if (rest > len - done)
		rest = len - done;
	memset(data + done, 0, rest);
	return done + rest;
}

static size_t read_piece(struct core *core, const struct piece *p,
                         uint8_t *data, size_t len)
{
	if (len > p->len)
		len = (size_t)p->len;
	switch (p->origin) {
	case CORE_DUMPED:
		return core_pread(core->fd, data, len, p->offset);
	case CORE_MAPPED:
		return read_mapped(core, p, data, len);
	case CORE_ZEROED:
		memset(data, 0, len);
		return len;
	case CORE_LACKING:
		break;
	}
	return 0;
}

size_t core_read(struct core *core, taddr addr, void *data, size_t len,
                 int *errnum)
{
	size_t done = 0;

	*errnum = 0;
	/* Not around the end of the address space. */
	while (done < len && (!done || addr + done > addr)) {
		struct piece p = piece_at(core, addr + done);
		size_t got = read_piece(core, &p, (uint8_t *)data + done,
		                        len - done);

		done += got;
		if (!got)
			break;
	}
	if (done < len)
		*errnum = core_segment_at(core, addr + done) >= 0 ||
		          core_mapping_at(core, addr + done) >= 0 ? ENODATA
		                                                  : EFAULT;
	return done;
}

static const char *file_reason(const struct core_file *file)
{
	return file->state == FILE_GONE ? "can't be read now"
	       : file->state == FILE_CHANGED ? "is not the file that was mapped"
	       : "ends before that";
}

void core_lacking(struct core *core, taddr addr, struct buf *text)
{
	static const char *const reasons[] = {
		[LEFT_UNTOLD] = "it was left out (coredump_filter, "
			"MADV_DONTDUMP)",
		[LEFT_FILTER] = "coredump_filter left it out",
		[LEFT_MARKED] = "the program has it left out (MADV_DONTDUMP)",
		[LEFT_DEVICE] = "it is a device's",
		[LEFT_KERNEL] = "it is the kernel's",
	};
	int at = core_segment_at(core, addr), map = core_mapping_at(core, addr);
	const struct core_segment *s = at < 0 ? NULL
	                                      : &core->segments.items[at];

	if (s && addr - s->addr < s->dumped) {
		buf_puts(text, "the file is cut off");
	} else if (map >= 0) {
		struct core_file *file = &core->files.items[
			core->mappings.items[map].file];

		/* Whether it still is the same is only now looked at. */
		core_file_fd(core, core->mappings.items[map].file);
		buf_printf(text, "%s %s", file->instead ? file->instead
		           : file->name, file_reason(file));
	} else if (s && s->reason < ARRAY_LEN(reasons)) {
		buf_puts(text, reasons[s->reason]);
	}
}

size_t core_read_dumped(const struct core *core, taddr addr, void *data,
                        size_t len)
{
	int at = core_segment_at(core, addr);
	const struct core_segment *s;
	uint64_t within;

	if (at < 0)
		return 0;
	s = &core->segments.items[at];
	within = addr - s->addr;
	if (within >= s->present)
		return 0;
	if (len > s->present - within)
		len = (size_t)(s->present - within);
	return core_pread(core->fd, data, len, s->offset + within);
}
