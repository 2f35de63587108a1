/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Single fields of the structs that arguments point at, for conditions. */
#include "syscalls/decode_struct.h"
#include "syscalls/decode_types.h"

#include <arpa/inet.h>
#include <string.h>
#include <sys/socket.h>

/* Of struct sockaddr and its kin: in the byte order of the network. */
static const struct {
	const char *name;
	struct arg_field field;
} socket_fields[] = {
	{ "sa_family", { .offset = 0, .size = 2 } },
	{ "sin_port", { .offset = 2, .size = 2, .swapped = true,
	                .family = AF_INET } },
	{ "sin_addr", { .offset = 4, .size = 4, .is_text = true,
	                .family = AF_INET } },
	{ "sin6_port", { .offset = 2, .size = 2, .swapped = true,
	                 .family = AF_INET6 } },
	{ "sin6_addr", { .offset = 8, .size = 16, .is_text = true,
	                 .family = AF_INET6 } },
	{ "sun_path", { .offset = 2, .size = 108, .is_text = true,
	                .family = AF_UNIX } },
	{ "nl_pid", { .offset = 4, .size = 4, .family = AF_NETLINK } },
};

static bool find_socket_field(const char *path, struct arg_field *field)
{
	for (size_t i = 0; i < ARRAY_LEN(socket_fields); i++) {
		if (strcmp(socket_fields[i].name, path) == 0) {
			*field = socket_fields[i].field;
			field->is_socket = true;
			return true;
		}
	}
	return false;
}

static const char *type_of(const struct syscall_desc *desc, unsigned index)
{
	const struct arg_type *type = desc->args[index].type;

	return type ? type->name : "";
}

bool decode_field_find(const struct syscall_desc *desc, unsigned index,
                       enum abi abi, const char *path,
                       struct arg_field *field)
{
	const char *type = type_of(desc, index);
	const struct layout *layout;
	bool found = false;

	*field = (struct arg_field){ 0 };
	if (strcmp(type, "sockaddr") == 0)
		found = find_socket_field(path, field);
	layout = strcmp(type, "struct") == 0
		? layout_find(desc->args[index].params[0], abi) : NULL;
	if (layout)
		found = layout_field(layout, abi, path, field);
	field->index = index;
	field->written = desc->args[index].direction == ARG_OUT;
	return found;
}

void decode_field_each(const struct syscall_desc *desc, unsigned index,
                       void (*fn)(void *ctx, const char *name), void *ctx)
{
	const char *type = type_of(desc, index);
	const struct layout *layout;

	if (strcmp(type, "sockaddr") == 0)
		for (size_t i = 0; i < ARRAY_LEN(socket_fields); i++)
			fn(ctx, socket_fields[i].name);
	layout = strcmp(type, "struct") == 0
		? layout_find(desc->args[index].params[0], ABI_X86_64) : NULL;
	for (unsigned i = 0; layout && i < layout->field_count; i++)
		if (*layout->fields[i].name)
			fn(ctx, layout->fields[i].name);
}

bool decode_field_is(const struct syscall_desc *desc, unsigned index,
                     const char *type)
{
	return strcmp(type_of(desc, index), type) == 0;
}

static ssize_t put_text(const struct arg_field *field, const uint8_t *data,
                        size_t len, char *text, size_t size)
{
	if (field->family == AF_INET || field->family == AF_INET6)
		return inet_ntop(field->family, data, text, (socklen_t)size)
			? (ssize_t)strlen(text) : -1;
	/* An abstract name begins with a NUL, as bind(2) has it. */
	if (field->is_socket && len && !data[0])
		len = 1 + strnlen((const char *)data + 1, len - 1);
	else
		len = strnlen((const char *)data, len);
	memcpy(text, data, len < size ? len : size);
	return (ssize_t)(len < size ? len : size);
}

enum field_state decode_field_read(const struct syscall_view *call,
                                   const struct arg_field *field,
                                   const struct memory *memory,
                                   struct field_value *value)
{
	taddr addr = call->args[field->index];
	uint8_t data[128];
	size_t got;

	if (field->family) {
		if (memory_read(memory, addr, data, 2) < 2)
			return FIELD_UNREADABLE;
		if (decode_number(data, 2) != (uint64_t)field->family)
			return FIELD_ABSENT;
	}
	got = memory_read(memory, addr + field->offset, data, field->size);
	if (!got || (got < field->size && !field->is_text))
		return FIELD_UNREADABLE;
	if (field->is_text) {
		ssize_t len = put_text(field, data, got, value->text,
		                       sizeof(value->text));

		value->len = len < 0 ? 0 : (size_t)len;
		return len < 0 ? FIELD_UNREADABLE : FIELD_READ;
	}
	value->number = decode_number(data, field->size);
	if (field->swapped)
		value->number = (uint64_t)ntohs((uint16_t)value->number);
	if (field->is_signed)
		value->number = (uint64_t)decode_signed(value->number,
		                                        field->size);
	return FIELD_READ;
}
