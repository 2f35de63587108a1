/* SPDX-License-Identifier: GPL-3.0-or-later */
/* target/procfs_smaps.c: /proc/PID/smaps. */
#include "target/procfs_parse.h"

#include "base/alloc.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct size_line {
	const char *name;
	size_t offset;
} sizes[] = {
	{ "KernelPageSize", offsetof(struct proc_smap, page_size) },
	{ "Rss", offsetof(struct proc_smap, rss) },
	{ "Pss", offsetof(struct proc_smap, pss) },
	{ "Shared_Clean", offsetof(struct proc_smap, shared_clean) },
	{ "Shared_Dirty", offsetof(struct proc_smap, shared_dirty) },
	{ "Private_Clean", offsetof(struct proc_smap, private_clean) },
	{ "Private_Dirty", offsetof(struct proc_smap, private_dirty) },
	{ "Anonymous", offsetof(struct proc_smap, anonymous) },
	{ "Swap", offsetof(struct proc_smap, swap) },
	{ "Locked", offsetof(struct proc_smap, locked) },
	{ "AnonHugePages", offsetof(struct proc_smap, anon_huge) },
	{ "ShmemPmdMapped", offsetof(struct proc_smap, shmem_huge) },
	{ "FilePmdMapped", offsetof(struct proc_smap, file_huge) },
	{ "Shared_Hugetlb", offsetof(struct proc_smap, hugetlb) },
	{ "Private_Hugetlb", offsetof(struct proc_smap, hugetlb) },
};

static const struct flag_name {
	char name[3];
	unsigned flag;
} flag_names[] = {
	{ "rd", VM_READ },       { "wr", VM_WRITE },
	{ "ex", VM_EXEC },       { "sh", VM_SHARED },
	{ "mr", VM_MAY_READ },   { "gd", VM_GROWS_DOWN },
	{ "pf", VM_PFN },        { "io", VM_IO },
	{ "lo", VM_LOCKED },     { "dc", VM_DONT_COPY },
	{ "dd", VM_DONT_DUMP },  { "wf", VM_WIPE },
	{ "ht", VM_HUGETLB },    { "hg", VM_HUGE },
	{ "nh", VM_NO_HUGE },    { "um", VM_USERFAULT },
	{ "uw", VM_USERFAULT_WP }, { "ui", VM_USERFAULT_MINOR },
	{ "ss", VM_SHADOW_STACK }, { "sl", VM_SEALED },
	{ "nr", VM_NO_RESERVE }, { "ac", VM_ACCOUNT },
	{ "sd", VM_SOFT_DIRTY },
};

/* The digits of TEXT up to END; what else stands there is passed over. */
static uint64_t take_digits(const char *text, const char *end)
{
	uint64_t value = 0;

	while (text < end && *text == ' ')
		text++;
	for (; text < end && isdigit((unsigned char)*text); text++)
		if (__builtin_mul_overflow(value, (uint64_t)10, &value) ||
		    __builtin_add_overflow(value,
		                           (uint64_t)(*text - '0'), &value))
			return UINT64_MAX;
	return value;
}

static unsigned flags_of(const char *text, const char *end)
{
	unsigned flags = 0;

	while (text < end) {
		const char *word;

		while (text < end && *text == ' ')
			text++;
		word = text;
		while (text < end && *text != ' ')
			text++;
		for (size_t i = 0; i < ARRAY_LEN(flag_names); i++)
			if (text - word == 2 &&
			    !memcmp(word, flag_names[i].name, 2))
				flags |= flag_names[i].flag;
	}
	return flags;
}

void proc_parse_smap_line(const char *line, size_t len, struct proc_smap *smap)
{
	const char *end = line + len;
	const char *colon = memchr(line, ':', len);
	size_t name_len = colon ? (size_t)(colon - line) : 0;

	if (!colon)
		return;
	if (name_len == strlen("VmFlags") && !memcmp(line, "VmFlags", name_len))
		smap->flags = flags_of(colon + 1, end);
	if (name_len == strlen("ProtectionKey") &&
	    !memcmp(line, "ProtectionKey", name_len))
		smap->protection_key = (int)(take_digits(colon + 1, end) &
		                             0xffff);
	for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
		uint64_t *to = (uint64_t *)((char *)smap + sizes[i].offset);
		uint64_t kb;

		if (strlen(sizes[i].name) != name_len ||
		    memcmp(line, sizes[i].name, name_len) != 0)
			continue;
		kb = take_digits(colon + 1, end);
		*to += kb < UINT64_MAX >> 11 ? kb << 10 : 0;
	}
}

struct smaps_reader {
	pid_t pid;
	size_t names;
	proc_smap_vec found;
};

/* A mapping's own line begins with its address, all others with a capital. */
static bool take_line(void *ctx, const char *line, size_t len)
{
	struct smaps_reader *r = ctx;
	struct proc_smap smap = { .protection_key = -1 };

	if (!len)
		return false;
	if (!isupper((unsigned char)line[0])) {
		if (r->found.len >= PROC_MAPS_MAX || r->names > PROC_NAMES_MAX ||
		    !proc_map_take(r->pid, line, len, &r->names, &smap.map))
			return false;
		vec_push(&r->found, smap);
	} else if (r->found.len) {
		proc_parse_smap_line(line, len,
		                     &r->found.items[r->found.len - 1]);
	}
	return true;
}

struct error *proc_smaps(pid_t pid, proc_smap_vec *maps)
{
	struct smaps_reader r = { .pid = pid };
	struct error *err = proc_each_line(pid, "smaps", take_line, &r);

	if (err)
		proc_smaps_deinit(&r.found);
	else
		*maps = r.found;
	return err;
}

void proc_smaps_deinit(proc_smap_vec *maps)
{
	for (size_t i = 0; i < maps->len; i++)
		free(maps->items[i].map.name);
	vec_deinit(maps);
}

const struct proc_smap *proc_smap_at(const proc_smap_vec *maps, taddr addr)
{
	size_t low = 0, high = maps->len;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (maps->items[mid].map.end <= addr)
			low = mid + 1;
		else
			high = mid;
	}
	return low < maps->len && maps->items[low].map.start <= addr
	       ? &maps->items[low] : NULL;
}

const struct proc_map *proc_map_at(const proc_map_vec *maps, taddr addr)
{
	size_t low = 0, high = maps->len;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (maps->items[mid].end <= addr)
			low = mid + 1;
		else
			high = mid;
	}
	return low < maps->len && maps->items[low].start <= addr
	       ? &maps->items[low] : NULL;
}

unsigned proc_coredump_filter(pid_t pid)
{
	char path[PROC_PATH_MAX];
	AUTO_BUF struct buf text = { 0 };
	struct error *err;
	unsigned filter = 0x33;

	buf_init(&text);
	snprintf(path, sizeof(path), "/proc/%d/coredump_filter", (int)pid);
	err = proc_read(path, 64, &text);
	if (!err && text.len)
		filter = (unsigned)strtoul(text.data, NULL, 16);
	error_destroy(err);
	return filter;
}
