/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What i386's socketcall and ipc stand for, as the kernel's ipc/syscall.c and
 * net/socket.c have it.
 */
#include "syscalls/table.h"

#include <string.h>

enum { IPC_MSGRCV = 12 };

static void name_copy(char data[SYSCALL_NAME_MAX], const char *name)
{
	size_t len = strnlen(name, SYSCALL_NAME_MAX - 1);

	memcpy(data, name, len);
	data[len] = '\0';
}

static bool read_word(const struct memory *mem, uint64_t base, unsigned index,
                      uint64_t *word)
{
	uint32_t value;
	taddr addr = (uint32_t)(base + 4 * index);

	if (!mem || memory_read(mem, addr, &value, sizeof(value)) !=
			    sizeof(value))
		return false;
	*word = value;
	return true;
}

/* One argument, from where WHERE says (syscalls/subcalls.inc). */
static bool fetch(const struct syscall_made *made, const struct memory *mem,
                  char where, uint64_t *value)
{
	static const char registers[] = " fstpx";
	const char *at;

	if (where >= '0' && where <= '9')
		return read_word(mem, made->args[1], (unsigned)(where - '0'),
				 value);
	if (where == '*' || where == '+')
		return read_word(mem, made->args[4], where == '+', value);
	at = strchr(registers, where);
	if (!at)
		return false;
	*value = (uint32_t)made->args[at - registers];
	return true;
}

static const struct subcall *subcall_find(const char *multiplexer,
                                          unsigned number)
{
	const struct subcall *sub;

	for (size_t i = 0; (sub = subcall_at(i)); i++)
		if (sub->number == number &&
		    !strcmp(sub->multiplexer, multiplexer))
			return sub;
	return NULL;
}

static void resolve_subcall(const struct syscall_made *made,
                            const struct memory *mem,
                            struct syscall_view *view)
{
	bool ipc = !strcmp(view->desc->name, "ipc");
	unsigned number = (uint32_t)made->args[0];
	uint64_t args[SYSCALL_ARGS] = { 0 };
	const struct subcall *sub;
	const char *map;

	/* ipc's version is in the upper half. */
	sub = subcall_find(view->desc->name, ipc ? number & 0xffff : number);
	if (!sub)
		return;
	map = sub->map;
	/* Version 0 has two of msgrcv's arguments in memory. */
	if (ipc && sub->number == IPC_MSGRCV && number >> 16 == 0)
		map = "f*s+t";
	for (unsigned i = 0; map[i]; i++)
		if (!fetch(made, mem, map[i], &args[i]))
			return;
	memcpy(view->args, args, sizeof(args));
	view->desc = call_row_desc(call_row_find(sub->name, FORM_SUB));
	view->multiplexed = true;
}

void syscall_resolve(const struct syscall_made *made, const struct memory *mem,
                     struct syscall_view *view)
{
	char data[SYSCALL_NAME_MAX];

	view->abi = made->abi;
	view->nr = made->nr;
	view->desc = syscall_by_number(made->abi, made->nr);
	view->multiplexed = false;
	memcpy(view->args, made->args, sizeof(view->args));
	if (view->desc && view->desc->traits & CALL_MULTIPLEX &&
	    made->abi == ABI_I386)
		resolve_subcall(made, mem, view);
	if (view->multiplexed)
		name_copy(view->name, view->desc->name);
	else
		name_copy(view->name, syscall_name(made->abi, made->nr, data));
}
