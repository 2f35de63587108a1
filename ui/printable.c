/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/printable.h"

#include <langinfo.h>
#include <string.h>

bool printable_utf8(void)
{
	return strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
}

static void put_ascii(struct buf *to, const char *s, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)s[i];

		if (c < 0x80)
			buf_putc(to, s[i]);
		else
			buf_printf(to, "\\%03o", c);
	}
}

void put_printable(struct buf *to, bool utf8, const char *s, size_t len,
                   bool keep_lines)
{
	AUTO_BUF struct buf safe = { 0 };

	if (utf8) {
		buf_put_printable(to, s, len, keep_lines);
		return;
	}
	buf_init(&safe);
	buf_put_printable(&safe, s, len, keep_lines);
	put_ascii(to, safe.data, safe.len);
}
