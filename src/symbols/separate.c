/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Debug files: found by build-id or by .gnu_debuglink, on this machine or in
 * the process's own tree, or fetched.  One counts only if its build-id, or else
 * its checksum, says that it belongs to the file.
 */
#include "symbols/file.h"
#include "symbols/internal.h"

#include "base/alloc.h"

#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* What a debug file must prove. */
struct proof {
	const struct symbol_file *of;
	uint8_t id[64];
	size_t id_len;            /* 0: none */
	bool has_crc;
	uint32_t crc;
};

static uint32_t crc32_of(const uint8_t *data, size_t len)
{
	uint32_t table[256], crc = ~0u;

	for (uint32_t i = 0; i < 256; i++) {
		table[i] = i;
		for (int bit = 0; bit < 8; bit++)
			table[i] = table[i] >> 1 ^
			           (table[i] & 1 ? 0xedb88320u : 0);
	}
	for (size_t i = 0; i < len; i++)
		crc = table[(crc ^ data[i]) & 0xff] ^ crc >> 8;
	return ~crc;
}

static bool belongs(const struct symbol_file *debug, const struct proof *proof)
{
	uint8_t id[64];
	size_t len;

	if (!debug || !debug->elf || debug == proof->of ||
	    debug->is64 != proof->of->is64)
		return false;
	len = file_build_id(debug, id);
	if (len && proof->id_len)
		return len == proof->id_len && !memcmp(id, proof->id, len);
	return proof->has_crc && crc32_of(debug->bytes, debug->len) ==
	                         proof->crc;
}

/* PATH here, or as the process sees it. */
static struct symbol_file *try_path(const struct proof *proof,
                                    struct image *image, const char *path)
{
	struct symbols *symbols = proof->of->symbols;
	struct symbol_file *f = NULL;
	int fd;

	if (image && image->source.open_path) {
		fd = image->source.open_path(image->source.ctx, path);
		f = fd < 0 ? NULL : file_open(symbols, fd, path);
		if (belongs(f, proof))
			return f;
	}
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	f = fd < 0 ? NULL : file_open(symbols, fd, path);
	return belongs(f, proof) ? f : NULL;
}

/* Calls TRY for each debug directory until it finds something. */
static struct symbol_file *in_directories(const struct symbols *symbols,
	struct symbol_file *(*fn)(void *ctx, const char *dir), void *ctx)
{
	const char *at = symbols->debug_directories;
	struct symbol_file *found = NULL;

	while (*at && !found) {
		size_t len = strcspn(at, ":");
		AUTO_FREE char *dir = xstrndup(at, len);

		if (len)
			found = fn(ctx, dir);
		at += len + (at[len] == ':');
	}
	return found;
}

struct search {
	const struct proof *proof;
	struct image *image;
	const char *directory;    /* of the file */
	const char *link;         /* the name in .gnu_debuglink */
};

static struct symbol_file *try_build_id(void *arg, const char *dir)
{
	const struct search *s = arg;
	char hex[2 * 64 + 1];
	AUTO_FREE char *path = NULL;

	for (size_t i = 0; i < s->proof->id_len; i++)
		snprintf(hex + 2 * i, 3, "%02x", s->proof->id[i]);
	path = xasprintf("%s/.build-id/%.2s/%s.debug", dir, hex, hex + 2);
	return try_path(s->proof, s->image, path);
}

static struct symbol_file *try_link(void *arg, const char *dir)
{
	const struct search *s = arg;
	AUTO_FREE char *path = xasprintf("%s%s/%s", dir, s->directory,
	                                 s->link);

	return try_path(s->proof, s->image, path);
}

/* The name in a section whose contents are NAME, NUL, and more. */
static const char *name_in(const struct file_section *section, size_t *len)
{
	const uint8_t *end = section->data && section->size
		? memchr(section->data, '\0', section->size) : NULL;

	if (!end || end == section->data ||
	    end - section->data >= PATH_MAX)
		return NULL;
	*len = (size_t)(end - section->data);
	return (const char *)section->data;
}

static struct symbol_file *by_link(struct symbol_file *f, struct search *s,
                                   struct proof *proof)
{
	struct file_section section;
	const char *name;
	size_t len, at;
	char *slash = strrchr(f->path, '/');
	AUTO_FREE char *dir = NULL, *beside = NULL, *below = NULL;
	struct symbol_file *found;

	if (!slash || !file_section(f, ".gnu_debuglink", &section) ||
	    !(name = name_in(&section, &len)) || strchr(name, '/'))
		return NULL;
	at = (len + 4) & ~(size_t)3;
	if (section.size < at + 4)
		return NULL;
	memcpy(&proof->crc, section.data + at, 4);
	proof->has_crc = true;
	dir = xstrndup(f->path, (size_t)(slash - f->path));
	s->directory = dir;
	s->link = name;
	beside = xasprintf("%s/%s", dir, name);
	below = xasprintf("%s/.debug/%s", dir, name);
	found = try_path(proof, s->image, beside);
	if (!found)
		found = try_path(proof, s->image, below);
	return found ? found : in_directories(f->symbols, try_link, s);
}

static struct symbol_file *fetch(struct symbol_file *f,
                                 const struct proof *proof)
{
	int fd = debuginfod_download(f, proof->id, proof->id_len);
	AUTO_FREE char *path = xasprintf("%s (debuginfod)", f->path);
	struct symbol_file *debug = fd < 0 ? NULL
	                                   : file_open(f->symbols, fd, path);

	return belongs(debug, proof) ? debug : NULL;
}

struct symbol_file *file_separate(struct symbol_file *f, struct image *image,
                                  bool download)
{
	struct proof proof = { .of = f };
	struct search s = { .proof = &proof, .image = image };
	struct symbol_file *found = NULL;

	if (f->separate || (f->separate_looked_for &&
	                    (f->download_tried || !download)) || !f->elf)
		return f->separate;
	proof.id_len = file_build_id(f, proof.id);
	if (!f->separate_looked_for) {
		f->separate_looked_for = true;
		if (proof.id_len > 1)
			found = in_directories(f->symbols, try_build_id, &s);
		if (!found)
			found = by_link(f, &s, &proof);
	}
	if (!found && download && proof.id_len && !f->download_tried) {
		f->download_tried = true;
		found = fetch(f, &proof);
		if (found)
			file_symbols_renew(f);
	}
	f->separate = found;
	return found;
}

int64_t file_separate_bias(const struct symbol_file *f)
{
	struct file_section ours, theirs;

	if (!f->separate || !file_section(f, ".text", &ours) ||
	    !file_section(f->separate, ".text", &theirs))
		return 0;
	return (int64_t)(ours.header.sh_addr - theirs.header.sh_addr);
}

struct symbol_file *file_alternate(struct symbol_file *debug,
                                   struct image *image)
{
	struct proof proof = { .of = debug };
	struct search s = { .proof = &proof, .image = image };
	struct file_section section;
	const char *name, *slash = strrchr(debug->path, '/');
	size_t len;
	AUTO_FREE char *path = NULL;
	struct symbol_file *found;

	if (!file_section(debug, ".gnu_debugaltlink", &section) ||
	    !(name = name_in(&section, &len)))
		return NULL;
	proof.id_len = section.size - len - 1;
	if (proof.id_len < 2 || proof.id_len > sizeof(proof.id))
		return NULL;
	memcpy(proof.id, section.data + len + 1, proof.id_len);
	path = name[0] == '/' || !slash ? xstrdup(name)
		: xasprintf("%.*s/%s", (int)(slash - debug->path),
		            debug->path, name);
	found = try_path(&proof, image, path);
	if (!found)
		found = in_directories(debug->symbols, try_build_id, &s);
	return found ? found : fetch(debug, &proof);
}
