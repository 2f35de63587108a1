/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A call's arguments as a user names them. */
#include "session/call.h"

#include <string.h>

struct error *call_find_arg(const struct syscall_view *view, const char *name,
                            unsigned *index)
{
	unsigned count = view->desc ? view->desc->nargs : SYSCALL_ARGS;
	AUTO_BUF struct buf names = { 0 };
	int found = -1;

	if (name[0] >= '0' && name[0] <= '5' && !name[1])
		found = name[0] - '0';
	else if (view->desc)
		found = syscall_arg_index(view->desc, name);
	if (found >= 0) {
		*index = (unsigned)found;
		return NULL;
	}
	buf_init(&names);
	for (unsigned i = 0; view->desc && i < count; i++)
		buf_printf(&names, "%s%s", i ? ", " : "",
		           view->desc->args[i].name);
	return error_new(ERROR_NOT_FOUND,
	                 "%s has no argument \"%s\": it has %s", view->name,
	                 name, names.len ? names.data : count ? "0 to 5"
	                 : "none");
}

bool call_arg_points(const struct syscall_view *view, unsigned index)
{
	if (!view->desc || index >= view->desc->nargs)
		return true;
	return view->desc->args[index].direction != ARG_VALUE ||
	       decode_arg_shape(&view->desc->args[index]) != SHAPE_NUMBER;
}

struct error *call_arg_is_number(const struct syscall_view *view,
                                 unsigned index)
{
	return error_new(ERROR_USAGE,
	                 "%s of %s is a number, not the address of data",
	                 view->desc->args[index].name, view->name);
}

bool call_is_data(const char *text)
{
	return strchr("\"{@", *text) || (text[0] == 'x' && text[1] == '"');
}

struct error *call_data_parse(const struct syscall_view *view, unsigned index,
                              const char *data, struct call_data *stored)
{
	enum { MOST = 1 << 20 };
	size_t room = decode_arg_room(view, index);

	if (!call_arg_points(view, index))
		return call_arg_is_number(view, index);
	if (!view->args[index])
		return error_new(ERROR_USAGE, "argument %u is NULL: there is "
		                 "no memory to store to", index);
	stored->addr = view->args[index];
	TRY(decode_data_parse(view, index, data, MOST, &stored->bytes,
	                      &stored->len));
	if (room && stored->len > room)
		return error_new(ERROR_USAGE, "%zu bytes are too many: the "
		                 "call has room for %zu", stored->len, room);
	return NULL;
}
