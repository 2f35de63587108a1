/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/pager.h"

#include <string.h>
#include <wchar.h>

/* Behind a colour, where one begins at AT. */
static const char *skip_color(const char *at, const char *end)
{
	const char *last;

	if (end - at < 2 || at[0] != '\033' || at[1] != '[')
		return at;
	last = memchr(at, 'm', (size_t)(end - at));
	return last ? last + 1 : at;
}

static uint64_t columns(const char *at, const char *end)
{
	mbstate_t state = { 0 };
	uint64_t sum = 0;

	while (at < end) {
		const char *behind = skip_color(at, end);
		wchar_t wide;
		size_t n;

		if (behind != at) {
			at = behind;
			continue;
		}
		n = mbrtowc(&wide, at, (size_t)(end - at), &state);
		if (n == 0 || n > (size_t)(end - at)) {
			state = (mbstate_t){ 0 };
			n = 1;
			sum++;
		} else if (*at == '\t') {
			sum += 8 - sum % 8;
		} else {
			int width = wcwidth(wide);

			sum += width > 0 ? (uint64_t)width : 0;
		}
		at += n;
	}
	return sum;
}

void pager_reset(struct pager *p)
{
	p->rows = 0;
	p->all = p->quit = false;
}

/* False: the reader had enough. */
static bool ask(struct pager *p)
{
	enum pager_answer answer = p->ask(p->ctx);

	p->rows = 0;
	p->all = answer == PAGER_ALL;
	p->quit = answer == PAGER_QUIT;
	return !p->quit;
}

void pager_write(struct pager *p, const char *text, size_t len,
                 void (*write)(void *ctx, const char *text, size_t len),
                 void *ctx)
{
	uint64_t height = p->height ? *p->height : 0;
	uint64_t width = p->width ? *p->width : 0;
	uint64_t most = height > 2 ? height - 1 : 1;
	size_t written = 0;

	if (p->quit)
		return;
	for (size_t at = 0; height && p->ask && !p->all && at < len;) {
		const char *end = memchr(text + at, '\n', len - at);
		const char *next = end ? end + 1 : text + len;
		uint64_t rows = 1, wide;

		wide = width ? columns(text + at, end ? end : next) : 0;
		if (wide > width)
			rows = (wide + width - 1) / width;
		if (p->rows && p->rows + rows > most) {
			write(ctx, text + written, at - written);
			written = at;
			if (!ask(p))
				return;
		}
		p->rows += rows;
		at = (size_t)(next - text);
	}
	write(ctx, text + written, len - written);
}
