/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * escapes <BYTES: what drives a terminal among BYTES, a line for each time:
 * "C0 0d", "C1 9b" (also as UTF-8), "ESC (B", "CSI m", and with its numbers where
 * they choose a mode, "CSI ?1049h"; "string ]" for all that begins as titles do;
 * "bytes" where there is no UTF-8.
 */
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static int next;

static void advance(void)
{
	next = getchar();
}

static bool is_from(int first, int last)
{
	return next >= first && next <= last;
}

static void control_sequence(void)
{
	char numbers[64];
	size_t len = 0;

	for (; is_from(0x20, 0x3f); advance())
		if (len < sizeof(numbers) - 1)
			numbers[len++] = (char)next;
	numbers[len] = '\0';
	if (!is_from(0x40, 0x7e))
		printf("CSI broken\n");
	else if (next == 'h' || next == 'l')
		printf("CSI %s%c\n", numbers, next);
	else
		printf("CSI %s%c\n", numbers[strcspn(numbers, "<=>?!\"$' ")]
		       ? numbers : "", next);
	advance();
}

static void escape(void)
{
	char between[16];
	size_t len = 0;

	advance();
	if (next == '[') {
		advance();
		control_sequence();
		return;
	}
	for (; is_from(0x20, 0x2f); advance())
		if (len < sizeof(between) - 1)
			between[len++] = (char)next;
	between[len] = '\0';
	if (next > 0 && strchr("]PX^_", next))
		printf("string %c\n", next);
	else
		printf("ESC %s%c\n", between, is_from(0x30, 0x7e) ? next : '?');
	advance();
}

static void character(void)
{
	int first = next, more = first >= 0xf0 ? 3 : first >= 0xe0 ? 2 : 1;

	advance();
	if (first < 0xc2 || first > 0xf4) {
		printf("bytes\n");
		return;
	}
	if (first == 0xc2 && is_from(0x80, 0x9f))
		printf("C1 %02x\n", next);
	for (; more && is_from(0x80, 0xbf); more--)
		advance();
	if (more)
		printf("bytes\n");
}

int main(void)
{
	for (advance(); next != EOF;) {
		if (next == 0x1b) {
			escape();
		} else if (next >= 0x80) {
			character();
		} else {
			if (next < 0x20 || next == 0x7f)
				printf("C0 %02x\n", next);
			advance();
		}
	}
	return ferror(stdin) || fflush(stdout) ? 1 : 0;
}
