/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * usage: symbols FILE [DEBUG-DIRECTORY]
 *
 * Every symbol of an ELF file as scdb reads it, one a line: address, size,
 * kind, binding, name[@VERSION].  Of FILE alone unless a directory with debug
 * files is named.
 */
#include "symbols/image.h"

#include <fcntl.h>
#include <stdio.h>

static bool show(void *ctx, const struct symbol *s)
{
	static const char *const kinds[] = {
		[SYMBOL_FUNCTION] = "FUNC", [SYMBOL_OBJECT] = "OBJECT",
		[SYMBOL_TLS] = "TLS", [SYMBOL_IFUNC] = "IFUNC",
		[SYMBOL_OTHER] = "NOTYPE",
	};

	(void)ctx;
	printf("%016llx %llu %s %s %s%s%s\n", (unsigned long long)s->addr,
	       (unsigned long long)s->size, kinds[s->kind],
	       s->global ? "GLOBAL" : s->weak ? "WEAK" : "LOCAL", s->name,
	       !s->version ? "" : s->default_version ? "@@" : "@",
	       s->version ? s->version : "");
	return true;
}

int main(int argc, char **argv)
{
	struct symbols *symbols = symbols_create();
	int fd = argc > 1 ? open(argv[1], O_RDONLY | O_CLOEXEC) : -1;
	struct image *image;

	if (fd < 0) {
		fprintf(stderr, "usage: symbols FILE [DEBUG-DIRECTORY]\n");
		return 2;
	}
	symbols_set_debug_directory(symbols, argc > 2 ? argv[2] : "");
	image = image_of_file(symbols, fd, argv[1]);
	if (!image) {
		fprintf(stderr, "%s: not an ELF file\n", argv[1]);
		return 1;
	}
	image_each_symbol(image, image_main_module(image), show, NULL);
	image_destroy(image);
	symbols_destroy(symbols);
	return 0;
}
