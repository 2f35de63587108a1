/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * disasm att|intel 32|64: what scdb makes of objdump's lines (objdump -d -w) on
 * standard input: "ADDR	INSTRUCTION", and what its length is where that is
 * not as many bytes as there are.
 */
#include "arch/disasm.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int main(int argc, char **argv)
{
	const struct arch *arch = argc > 2 && strcmp(argv[2], "32") == 0
	                        ? arch_i386() : arch_x86_64();
	enum disasm_syntax syntax = argc > 1 && strcmp(argv[1], "intel") == 0
	                          ? DISASM_INTEL : DISASM_ATT;
	char line[1024];

	while (fgets(line, sizeof(line), stdin)) {
		char *at = strchr(line, '\t');
		struct insn_text text;
		uint8_t bytes[64];
		size_t len = 0;
		taddr pc = strtoull(line, NULL, 16);

		if (!at)
			continue;
		at++;
		while (len < sizeof(bytes) && strspn(at, "0123456789abcdef") == 2
		       && at[2] == ' ') {
			bytes[len++] = (uint8_t)strtoul(at, NULL, 16);
			at += 3;
		}
		disasm_insn(arch, pc, bytes, len, syntax, &text);
		printf("%llx\t%s", (unsigned long long)pc, text.mnemonic);
		if (text.has_target)
			printf("%*s%llx", strlen(text.mnemonic) < 6
			       ? (int)(7 - strlen(text.mnemonic)) : 1, "",
			       (unsigned long long)text.target);
		else if (*text.operands)
			printf("%*s%s", strlen(text.mnemonic) < 6
			       ? (int)(7 - strlen(text.mnemonic)) : 1, "",
			       text.operands);
		if (text.has_address)
			printf("        # %llx",
			       (unsigned long long)text.address);
		if (text.len != len)
			printf(" (%u bytes)", text.len);
		putchar('\n');
	}
	return 0;
}
