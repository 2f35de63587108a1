/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * usage: symtab FILE NAME [index]
 *
 * The least that an answer costs: FILE is mapped, and one pass over its .symtab
 * (or .dynsym) compares each name with NAME. With `index`, all names are hashed
 * into a table and all addresses sorted first. Prints the symbol's value.
 */
#include <elf.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>

static int by_value(const void *a, const void *b)
{
	const Elf64_Sym *x = *(const Elf64_Sym *const *)a;
	const Elf64_Sym *y = *(const Elf64_Sym *const *)b;

	return x->st_value < y->st_value ? -1 : x->st_value > y->st_value;
}

/* Returns how many different buckets there are, so that it is not left out. */
static size_t make_index(const Elf64_Sym *syms, size_t count,
                         const char *names)
{
	size_t buckets = 1, used = 0;
	uint32_t *heads, *next;
	const Elf64_Sym **sorted = malloc(count * sizeof(*sorted));

	while (buckets < count)
		buckets *= 2;
	heads = calloc(buckets, sizeof(*heads));
	next = malloc(count * sizeof(*next));
	for (size_t i = 0; i < count; i++) {
		const char *name = names + syms[i].st_name;
		uint32_t hash = 0x811c9dc5u;

		while (*name)
			hash = (hash ^ (uint8_t)*name++) * 0x01000193u;
		next[i] = heads[hash & (buckets - 1)];
		used += !next[i];
		heads[hash & (buckets - 1)] = (uint32_t)i + 1;
		sorted[i] = &syms[i];
	}
	qsort(sorted, count, sizeof(*sorted), by_value);
	return used + (sorted[0] != NULL);
}

int main(int argc, char **argv)
{
	int fd = argc > 2 ? open(argv[1], O_RDONLY) : -1;
	struct stat st;
	const uint8_t *file;
	const Elf64_Ehdr *header;
	const Elf64_Shdr *sections, *table = NULL;
	const Elf64_Sym *syms;
	const char *names;
	size_t count;

	if (fd < 0 || fstat(fd, &st) != 0)
		return 2;
	file = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
	if (file == MAP_FAILED)
		return 2;
	header = (const void *)file;
	sections = (const void *)(file + header->e_shoff);
	for (int i = 0; i < header->e_shnum; i++)
		if (sections[i].sh_type == SHT_SYMTAB ||
		    (sections[i].sh_type == SHT_DYNSYM && !table))
			table = &sections[i];
	if (!table)
		return 2;
	syms = (const void *)(file + table->sh_offset);
	names = (const char *)file + sections[table->sh_link].sh_offset;
	count = table->sh_size / sizeof(*syms);
	if (argc > 3 && !make_index(syms, count, names))
		return 1;
	for (size_t i = 0; i < count; i++)
		if (syms[i].st_shndx != SHN_UNDEF &&
		    strcmp(names + syms[i].st_name, argv[2]) == 0) {
			printf("0x%llx of %zu symbols\n",
			       (unsigned long long)syms[i].st_value, count);
			return 0;
		}
	return 1;
}
