/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "syscalls/ioctls.h"

#include <stdlib.h>
#include <string.h>

enum {
	X86_64 = 1 << ABI_X86_64, X32 = 1 << ABI_X32, I386 = 1 << ABI_I386,
	ALL = X86_64 | X32 | I386,
};

#define IOCTL(id, number, which) { #id, number, which },
static const struct ioctl_name names[] = {
#include "syscalls/ioctls.inc"
};
#undef IOCTL

#define IOCTL_ARG(id, text) { #id, text },
static const struct ioctl_arg args[] = {
#include "syscalls/ioctl_args.inc"
};
#undef IOCTL_ARG

const struct ioctl_name *ioctl_name_at(size_t index)
{
	return index < ARRAY_LEN(names) ? &names[index] : NULL;
}

/* The first entry whose number is not below REQUEST. */
static size_t first_from(uint32_t request)
{
	size_t low = 0, high = ARRAY_LEN(names);

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (names[middle].request < request)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

const struct ioctl_name *ioctl_name_next(enum abi abi, uint32_t request,
                                         const struct ioctl_name *last)
{
	size_t i = last ? (size_t)(last - names) + 1 : first_from(request);

	for (; i < ARRAY_LEN(names) && names[i].request == request; i++) {
		if (names[i].abis & (1u << abi))
			return &names[i];
	}
	return NULL;
}

bool ioctl_number(const char *name, int64_t *number)
{
	const struct ioctl_name *found = NULL;

	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		if (!strcmp(names[i].name, name) &&
		    (!found || names[i].abis & X86_64))
			found = &names[i];
	}
	if (found)
		*number = found->request;
	return found;
}

void ioctl_each(const char *prefix, void (*fn)(void *ctx, const char *name),
                void *ctx)
{
	size_t len = strlen(prefix);

	/* All but those of other ABIs: their names come twice. */
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		if (names[i].abis & X86_64 &&
		    !strncmp(names[i].name, prefix, len))
			fn(ctx, names[i].name);
	}
}

const struct ioctl_arg *ioctl_arg_at(size_t index)
{
	return index < ARRAY_LEN(args) ? &args[index] : NULL;
}

static int compare_arg(const void *name, const void *arg)
{
	return strcmp(name, ((const struct ioctl_arg *)arg)->name);
}

const struct ioctl_arg *ioctl_arg_find(enum abi abi, uint32_t request)
{
	const struct ioctl_name *name = NULL;
	const struct ioctl_arg *arg;

	while ((name = ioctl_name_next(abi, request, name))) {
		arg = bsearch(name->name, args, ARRAY_LEN(args),
		              sizeof(args[0]), compare_arg);
		if (arg)
			return arg;
	}
	return NULL;
}
