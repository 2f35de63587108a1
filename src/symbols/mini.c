/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mini debug information: .gnu_debugdata is an ELF file, packed by xz. */
#include "symbols/file.h"
#include "symbols/internal.h"

#include "base/alloc.h"

#include <lzma.h>
#include <stdlib.h>

/* Such a file has the symbols of one library or program; that of the largest
 * there are has a few megabytes. */
enum {
	MAX_UNPACKED = 256 << 20,
	MAX_MEMORY = 128 << 20,
};

/* NULL: it is none, or too big. */
static uint8_t *unpack(const uint8_t *data, size_t size, size_t *len)
{
	lzma_stream stream = LZMA_STREAM_INIT;
	size_t cap = size < 1 << 20 ? 1 << 20 : size;
	uint8_t *out = NULL;
	lzma_ret ret = lzma_stream_decoder(&stream, MAX_MEMORY, 0);

	stream.next_in = data;
	stream.avail_in = size;
	while (ret == LZMA_OK) {
		uint8_t *more;

		if (!stream.avail_out) {
			cap = out ? cap * 4 : cap;
			more = cap <= MAX_UNPACKED ? realloc(out, cap) : NULL;
			if (!more)
				break;
			out = more;
			stream.next_out = out + stream.total_out;
			stream.avail_out = cap - stream.total_out;
		}
		ret = lzma_code(&stream, LZMA_FINISH);
	}
	*len = stream.total_out;
	lzma_end(&stream);
	if (ret == LZMA_STREAM_END)
		return out;
	free(out);
	return NULL;
}

struct symbol_file *file_mini(struct symbol_file *f)
{
	struct file_section section;
	AUTO_FREE char *path = NULL;
	uint8_t *bytes;
	size_t len;

	if (!file_section(f, ".gnu_debugdata", &section) || !section.data)
		return NULL;
	bytes = unpack(section.data, section.size, &len);
	if (!bytes)
		return NULL;
	path = xasprintf("%s (.gnu_debugdata)", f->path);
	f = file_from_copy(f->symbols, bytes, len, path);
	return f->elf ? f : NULL;
}
