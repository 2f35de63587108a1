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

/* It is a socket's address, or a message, or several, the first of which names
 * one. */
static bool has_address(const char *type)
{
	return strcmp(type, "sockaddr") == 0 || strcmp(type, "msghdr") == 0 ||
	       strcmp(type, "mmsghdr") == 0;
}

/* Of what the argument points at; of a vector, its first piece.  NULL: none. */
static const struct layout *layout_of(const struct syscall_desc *desc,
                                      unsigned index, enum abi abi)
{
	const char *type = type_of(desc, index);

	if (strcmp(type, "struct") == 0)
		return layout_find(desc->args[index].params[0], abi);
	return strcmp(type, "iovec") == 0 ? layout_find(type, abi) : NULL;
}

bool decode_field_find(const struct syscall_desc *desc, unsigned index,
                       enum abi abi, const char *path,
                       struct arg_field *field)
{
	const struct layout *layout = layout_of(desc, index, abi);
	bool found = false;

	*field = (struct arg_field){ 0 };
	if (has_address(type_of(desc, index)))
		found = find_socket_field(path, field);
	field->named = field->is_socket &&
	               strcmp(type_of(desc, index), "sockaddr") != 0;
	if (layout)
		found = layout_field(layout, abi, path, field);
	field->index = index;
	field->written = desc->args[index].direction == ARG_OUT;
	return found;
}

void decode_field_each(const struct syscall_desc *desc, unsigned index,
                       void (*fn)(void *ctx, const char *name), void *ctx)
{
	const struct layout *layout = layout_of(desc, index, ABI_X86_64);

	if (has_address(type_of(desc, index)))
		for (size_t i = 0; i < ARRAY_LEN(socket_fields); i++)
			fn(ctx, socket_fields[i].name);
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

/* Where the struct is; a message begins with its name's address. */
static enum field_state find_struct(const struct syscall_view *call,
                                    const struct arg_field *field,
                                    const struct memory *memory, taddr *addr)
{
	size_t size = call->abi == ABI_X86_64 ? 8 : 4;
	uint8_t data[8];

	*addr = call->args[field->index];
	if (!field->named)
		return FIELD_READ;
	if (memory_read(memory, *addr, data, size) < size)
		return FIELD_UNREADABLE;
	*addr = decode_number(data, size);
	return *addr ? FIELD_READ : FIELD_ABSENT;
}

/* Whether the struct, at ADDR, is of the family that has the field. */
static enum field_state find_family(const struct arg_field *field,
                                    const struct memory *memory, taddr addr)
{
	uint8_t data[2];

	if (!field->family)
		return FIELD_READ;
	if (memory_read(memory, addr, data, 2) < 2)
		return FIELD_UNREADABLE;
	return decode_number(data, 2) == (uint64_t)field->family
		? FIELD_READ : FIELD_ABSENT;
}

enum field_state decode_field_read(const struct syscall_view *call,
                                   const struct arg_field *field,
                                   const struct memory *memory,
                                   struct field_value *value)
{
	uint8_t data[128];
	taddr addr;
	size_t got;

	enum field_state state = find_struct(call, field, memory, &addr);

	if (state == FIELD_READ)
		state = find_family(field, memory, addr);
	if (state != FIELD_READ)
		return state;
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

static struct error *write_text(const struct arg_field *field,
                                const struct field_value *value,
                                uint8_t *bytes)
{
	if (field->family == AF_INET || field->family == AF_INET6) {
		char text[sizeof(value->text) + 1] = "";

		memcpy(text, value->text, value->len);
		return inet_pton(field->family, text, bytes) == 1 ? NULL
			: error_new(ERROR_USAGE, "\"%s\" is no such address",
			            text);
	}
	/* Of a struct's text there is always an end. */
	if (value->len >= field->size)
		return error_new(ERROR_USAGE, "%zu bytes are too many for a "
		                 "field of %zu", value->len, field->size);
	memset(bytes, 0, field->size);
	memcpy(bytes, value->text, value->len);
	return NULL;
}

static struct error *write_number(const struct arg_field *field,
                                  uint64_t number, uint8_t *bytes)
{
	unsigned bits = (unsigned)field->size * 8;
	int64_t high = bits < 64 ? (int64_t)number >> (bits - 1) : 0;

	/* As a signed or as an unsigned number. */
	if (high != 0 && high != -1 && high != 1)
		return error_new(ERROR_USAGE, "%lld does not fit into %zu "
		                 "byte%s", (long long)number, field->size,
		                 field->size == 1 ? "" : "s");
	for (size_t i = 0; i < field->size; i++)
		bytes[field->swapped ? field->size - 1 - i : i] =
			(uint8_t)(number >> (8 * i));
	return NULL;
}

struct error *decode_field_write(const struct syscall_view *call,
                                 const struct arg_field *field,
                                 const struct memory *memory,
                                 const struct field_value *value,
                                 uint8_t *bytes, size_t *len)
{
	enum field_state state = find_family(field, memory,
	                                     call->args[field->index]);

	if (state != FIELD_READ)
		return error_new(state == FIELD_ABSENT ? ERROR_NOT_FOUND
		                                       : ERROR_FAULT,
		                 "%s has no such field here", call->name);
	if (value->is_text != field->is_text)
		return error_new(ERROR_USAGE, field->is_text
		                 ? "the field is a text" :
		                 "the field is a number");
	*len = field->size;
	return field->is_text ? write_text(field, value, bytes)
	                      : write_number(field, value->number, bytes);
}
