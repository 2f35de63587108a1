/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What scdb makes of a program's line tables, to be compared with what other
 * tools say:
 *
 *	lines PROGRAM address        ADDR FILE:LINE START END for each address
 *	                             of standard input, or ADDR ?
 *	lines PROGRAM entry          ENTRY FIRST, behind the prologue, the same
 *	lines PROGRAM places FILE N  LINE ADDR for each place of lines 1 to N
 */
#include "symbols/debug.h"
#include "symbols/image.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void addresses(struct image *image)
{
	char text[64];

	while (fgets(text, sizeof(text), stdin)) {
		taddr addr = strtoull(text, NULL, 16);
		struct source_line line;

		if (debug_line_at(image, addr, &line))
			printf("%llx %s:%u %llx %llx\n",
			       (unsigned long long)addr, line.path, line.line,
			       (unsigned long long)line.start,
			       (unsigned long long)line.end);
		else
			printf("%llx ?\n", (unsigned long long)addr);
	}
}

static void entries(struct image *image)
{
	char text[64];

	while (fgets(text, sizeof(text), stdin)) {
		taddr addr = strtoull(text, NULL, 16);

		printf("%llx %llx\n", (unsigned long long)addr,
		       (unsigned long long)debug_skip_prologue(image, addr));
	}
}

struct asked { struct image *image; unsigned line; };

static bool print_place(void *ctx, const struct source_line *line)
{
	struct asked *asked = ctx;

	printf("%u %llx\n", asked->line, (unsigned long long)line->start);
	return true;
}

int main(int argc, char **argv)
{
	struct symbols *symbols = symbols_create();
	int fd = argc > 2 ? open(argv[1], O_RDONLY | O_CLOEXEC) : -1;
	struct image *image = fd < 0 ? NULL
	                             : image_of_file(symbols, fd, argv[1]);

	if (!image) {
		fprintf(stderr, "lines: what program?\n");
		return 2;
	}
	if (strcmp(argv[2], "address") == 0)
		addresses(image);
	else if (strcmp(argv[2], "entry") == 0)
		entries(image);
	else if (strcmp(argv[2], "places") == 0 && argc == 5)
		for (unsigned i = 1; i <= (unsigned)atoi(argv[4]); i++) {
			struct asked asked = { image, i };

			debug_places_of_line(image, argv[3], i, print_place,
			                     &asked);
		}
	image_destroy(image);
	symbols_destroy(symbols);
	return 0;
}
