/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session/show_data.h"

#include "base/alloc.h"

#include <ctype.h>

enum { ROW = 16 };

/* As much of argument INDEX as is shown and can be read; the caller frees it. */
static uint8_t *read_data(struct session *s, const struct decode_context *c,
                          unsigned index, size_t *len)
{
	size_t most = (size_t)s->settings.syscall_limit;
	uint8_t *data;

	*len = decode_arg_bytes(c, index);
	if (*len > most)
		*len = most;
	data = xmalloc(*len);
	*len = memory_read(c->memory, c->call->args[index], data, *len);
	return data;
}

static bool is_text(uint8_t c)
{
	return (c >= ' ' && c < 0x7f) || c == '\t' || c == '\n' || c == '\r';
}

bool data_is_binary(struct session *s, const struct decode_context *c,
                    unsigned index)
{
	size_t len;
	AUTO_FREE uint8_t *data = read_data(s, c, index, &len);

	for (size_t i = 0; i < len; i++)
		if (!is_text(data[i]))
			return true;
	return false;
}

static void put_row(struct out *o, size_t at, const uint8_t *data, size_t len)
{
	char text[ROW + 1] = "";

	out_text(o, ROLE_DIM, "  %5zx ", at);
	for (size_t i = 0; i < ROW; i++) {
		if (i == ROW / 2)
			out_text(o, ROLE_PLAIN, " ");
		if (i >= len) {
			out_text(o, ROLE_PLAIN, "   ");
			continue;
		}
		out_text(o, ROLE_NUMBER, " %02x", data[i]);
		text[i] = data[i] >= ' ' && data[i] < 0x7f ? (char)data[i]
		                                           : '.';
	}
	out_text(o, ROLE_STRING, "  |%s|\n", text);
}

static void show_one(struct session *s, const struct decode_context *c,
                     unsigned index)
{
	size_t len, all = decode_arg_bytes(c, index);
	AUTO_FREE uint8_t *data = read_data(s, c, index, &len);
	AUTO_BUF struct buf hex = { 0 };
	struct out *o = s->out;

	buf_init(&hex);
	for (size_t i = 0; i < len; i++)
		buf_printf(&hex, "%02x", data[i]);
	out_begin(o, "bytes");
	out_text(o, ROLE_PLAIN, "  ");
	out_str(o, "name", ROLE_NAME, c->call->desc->args[index].name);
	out_hidden_word(o, "address", c->call->args[index]);
	out_text(o, ROLE_PLAIN, ": ");
	if (len < all)
		out_text(o, ROLE_PLAIN, "%zu of ", len);
	out_uint(o, "length", ROLE_NUMBER, all, "%zu", all);
	out_text(o, ROLE_PLAIN, " byte%s\n", all == 1 ? "" : "s");
	out_hidden_str(o, "hex", hex.data);
	for (size_t at = 0; at < len; at += ROW)
		put_row(o, at, data + at, len - at < ROW ? len - at : ROW);
	out_end(o);
}

void show_binary_data(struct session *s, const struct decode_context *c)
{
	unsigned count = c->call->desc ? c->call->desc->nargs : 0;

	out_list_begin(s->out, "data");
	for (unsigned i = 0; i < count; i++)
		if (data_is_binary(s, c, i))
			show_one(s, c, i);
	out_list_end(s->out);
}
