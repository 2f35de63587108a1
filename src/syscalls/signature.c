/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The text of a signature into arguments; docs/adding-a-call.md has its
 * grammar.
 */
#include "syscalls/decode_types.h"
#include "syscalls/table.h"

#include <string.h>

/* Copies up to any of STOPS; NULL where it is empty or has no room. */
static const char *take(const char *text, const char *stops, char *data,
                        size_t size)
{
	size_t len = strcspn(text, stops);

	if (!len || len >= size)
		return NULL;
	memcpy(data, text, len);
	data[len] = '\0';
	return text + len;
}

static const char *take_direction(const char *text, struct syscall_arg *arg)
{
	unsigned direction = ARG_VALUE;

	if (*text == '<') {
		direction |= ARG_IN;
		text++;
	}
	if (*text == '>') {
		direction |= ARG_OUT;
		text++;
	}
	arg->direction = (enum arg_direction)direction;
	return text;
}

/* TEXT is behind the opening parenthesis. */
static const char *take_params(const char *text, struct syscall_arg *arg)
{
	for (size_t i = 0; i < ARRAY_LEN(arg->params); i++) {
		text = take(text, ",) ", arg->params[i],
			    sizeof(arg->params[i]));
		if (!text)
			return NULL;
		if (*text == ')')
			return text + 1;
		if (*text != ',')
			return NULL;
		text++;
	}
	return NULL;
}

/* The first parameter of these is a name in a list, never an argument's. */
static bool param_is_list(const char *type)
{
	static const char *const types[] = {
		"flags", "enum", "permflags", "ipc_cmd", "struct", "array",
		"atfd", "both", "flags_ptr", "struct_for",
	};

	for (size_t i = 0; i < ARRAY_LEN(types); i++)
		if (!strcmp(type, types[i]))
			return true;
	return false;
}

static const char *take_arg(const char *text, struct syscall_arg *arg)
{
	char type[32];

	text = take(text, ":() ", arg->name, sizeof(arg->name));
	if (!text || *text != ':')
		return NULL;
	text = take_direction(text + 1, arg);
	text = take(text, ":(), ", type, sizeof(type));
	if (!text)
		return NULL;
	if (*text == '(') {
		text = take_params(text + 1, arg);
		if (!text)
			return NULL;
	}
	if (!strcmp(type, "path") || !strcmp(type, "str"))
		arg->direction = ARG_IN;
	arg->type = decode_type_find(type);
	if (!arg->type)
		arg->type = decode_type_find("hex");
	/* Known to signature_parse; it turns 0 into an argument's index. */
	arg->param_arg[0] = param_is_list(type) ? -1 : 0;
	return text;
}

static void find_params(struct syscall_desc *desc, struct syscall_arg *arg)
{
	for (size_t i = 0; i < ARRAY_LEN(arg->params); i++) {
		bool list = arg->param_arg[i] < 0;

		arg->param_arg[i] = -1;
		for (unsigned j = 0; arg->params[i][0] && !list &&
				     j < desc->nargs; j++)
			if (!strcmp(desc->args[j].name, arg->params[i]))
				arg->param_arg[i] = (int8_t)j;
	}
}

bool signature_parse(const char *text, struct syscall_desc *desc)
{
	desc->nargs = 0;
	while (*text) {
		struct syscall_arg *arg = &desc->args[desc->nargs];

		if (desc->nargs == SYSCALL_ARGS)
			return false;
		memset(arg, 0, sizeof(*arg));
		text = take_arg(text, arg);
		if (!text)
			return false;
		desc->nargs++;
		if (*text == ' ' && text[1])
			text++;
		else if (*text)
			return false;
	}
	for (unsigned i = 0; i < desc->nargs; i++)
		find_params(desc, &desc->args[i]);
	return true;
}

int syscall_arg_index(const struct syscall_desc *desc, const char *name)
{
	for (unsigned i = 0; i < desc->nargs; i++)
		if (!strcmp(desc->args[i].name, name))
			return (int)i;
	/* A pair of descriptors is `fds` too, whatever its man page says. */
	if (!strcmp(name, "fds"))
		for (unsigned i = 0; i < desc->nargs; i++)
			if (desc->args[i].type == decode_type_find("fdpair"))
				return (int)i;
	return -1;
}
