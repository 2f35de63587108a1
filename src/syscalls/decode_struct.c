/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "syscalls/decode_struct.h"

#include "syscalls/decode_socket.h"
#include "syscalls/decoders.h"

#include <assert.h>
#include <string.h>
#include <sys/socket.h>

/* A field's size and alignment in ABI, of one element. */
struct extent {
	size_t size;
	size_t align;
};

static size_t layout_extent(const struct layout *layout, enum abi abi,
                            size_t *align);

static struct extent plain(size_t size)
{
	return (struct extent){ size, size };
}

static struct extent field_extent(const struct field *field, enum abi abi)
{
	struct extent e;

	switch ((enum field_type)field->type) {
	case FIELD_U8:
		return plain(1);
	case FIELD_U16:
	case FIELD_S16:
		return plain(2);
	case FIELD_U32:
	case FIELD_S32:
		return plain(4);
	case FIELD_U64:
	case FIELD_S64:
		return (struct extent){ 8, abi == ABI_I386 ? 4 : 8 };
	case FIELD_A64:
		return plain(8);
	case FIELD_LONG:
	case FIELD_ULONG:
		return plain(decode_long_size(abi));
	case FIELD_WORD:
	case FIELD_SWORD:
		return plain(decode_pointer_size(abi));
	case FIELD_STRUCT:
		break;
	}
	e.size = layout_extent(layout_find(field->list, abi), abi, &e.align);
	return e;
}

/* Where FIELD begins and ends, given where the field before it ended. */
static size_t field_begin(size_t end, struct extent e)
{
	return (end + e.align - 1) / e.align * e.align;
}

static size_t field_end(size_t begin, const struct field *field,
                        struct extent e)
{
	return begin + e.size * (field->count ? field->count : 1);
}

static size_t layout_extent(const struct layout *layout, enum abi abi,
                            size_t *align)
{
	size_t end = 0;

	assert(layout);
	*align = 1;
	for (unsigned i = 0; i < layout->field_count; i++) {
		struct extent e = field_extent(&layout->fields[i], abi);

		end = field_end(field_begin(end, e), &layout->fields[i], e);
		if (e.align > *align)
			*align = e.align;
	}
	return (end + *align - 1) / *align * *align;
}

size_t layout_size(const struct layout *layout, enum abi abi)
{
	size_t align;

	return layout_extent(layout, abi, &align);
}

static bool is_signed(const struct field *field)
{
	return field->type == FIELD_S16 || field->type == FIELD_S32 ||
	       field->type == FIELD_S64 || field->type == FIELD_LONG ||
	       field->type == FIELD_SWORD;
}

int64_t layout_get(const struct layout *layout, enum abi abi,
                   const uint8_t *data, const char *name)
{
	size_t end = 0;

	for (unsigned i = 0; i < layout->field_count; i++) {
		const struct field *field = &layout->fields[i];
		struct extent e = field_extent(field, abi);
		size_t begin = field_begin(end, e);
		uint64_t value = decode_number(data + begin, e.size);

		if (!strcmp(field->name, name))
			return is_signed(field) ? decode_signed(value, e.size)
			                        : (int64_t)value;
		end = field_end(begin, field, e);
	}
	return 0;
}

bool layout_field(const struct layout *layout, enum abi abi, const char *path,
                  struct arg_field *found)
{
	size_t end = 0, len = strcspn(path, ".");

	for (unsigned i = 0; i < layout->field_count; i++) {
		const struct field *field = &layout->fields[i];
		struct extent e = field_extent(field, abi);
		size_t begin = field_begin(end, e);
		bool nested = field->type == FIELD_STRUCT;

		end = field_end(begin, field, e);
		if (strlen(field->name) != len ||
		    strncmp(field->name, path, len) != 0 ||
		    nested != (path[len] == '.'))
			continue;
		found->offset += begin;
		if (nested)
			return layout_field(layout_find(field->list, abi), abi,
			                    path + len + 1, found);
		found->is_text = field->show == SHOW_CHARS;
		found->size = found->is_text ? field->count : e.size;
		found->is_signed = is_signed(field);
		return found->is_text || !field->count;
	}
	return false;
}

/* SIZE is the field's: what "no limit" is depends on it. */
static void put_rlimit(struct buf *out, uint64_t value, size_t size)
{
	uint64_t none = size == 4 ? UINT32_MAX : UINT64_MAX;

	if (value == none)
		buf_puts(out, size == 4 ? "RLIM_INFINITY" : "RLIM64_INFINITY");
	else if (value > 1024 && value % 1024 == 0)
		buf_printf(out, "%llu*1024",
		           (unsigned long long)(value / 1024));
	else
		decode_put_unsigned(out, value);
}

static void put_number(const struct decode_job *job, const struct field *field,
                       uint64_t value, size_t size)
{
	struct buf *out = job->out;

	if (is_signed(field))
		decode_put_signed(out, decode_signed(value, size));
	else if (field->show == SHOW_0X)
		buf_printf(out, "%#08llx", (unsigned long long)value);
	else
		decode_put_unsigned(out, value);
}

static void put_value(const struct decode_job *job, const struct field *field,
                      uint64_t value, size_t size)
{
	struct buf *out = job->out;

	switch ((enum field_show)field->show) {
	case SHOW_HEX:
		decode_put_hex(out, value);
		break;
	case SHOW_ADDR:
		decode_put_addr(out, value);
		break;
	case SHOW_FLAGS:
		decode_put_flags(out, field->list, value);
		break;
	case SHOW_ENUM:
		decode_put_enumerator(out, constant_list_find(field->list),
		                      value);
		break;
	case SHOW_MODE:
		decode_put_mode(out, (uint32_t)value);
		break;
	case SHOW_OCTAL:
		buf_printf(out, "%#03llo", (unsigned long long)value);
		break;
	case SHOW_DEV:
		decode_put_dev(out, value);
		break;
	case SHOW_ID:
		decode_put_id(out, size == 2 && value == UINT16_MAX
		                   ? UINT32_MAX : (uint32_t)value);
		break;
	case SHOW_FD:
		decode_put_fd(job, (int32_t)value);
		break;
	case SHOW_SIGNAL:
		decode_put_signal(out, (int32_t)value);
		break;
	case SHOW_CLOCK:
		decode_put_clockid(out, (int32_t)value);
		break;
	case SHOW_RLIMIT:
		put_rlimit(out, value, size);
		break;
	case SHOW_TICKS:
		decode_put_ticks(out, is_signed(field)
		                      ? decode_signed(value, size)
		                      : (int64_t)value);
		break;
	case SHOW_STR:
		decode_put_string(job, value, decode_max_string(job));
		break;
	case SHOW_POINTED:
		decode_put_struct(job, field->list, value);
		break;
	case SHOW_IFINDEX:
		decode_put_ifindex(job, (uint32_t)value);
		break;
	case SHOW_NETWORK:
		decode_put_network(out, value, size);
		break;
	default:
		put_number(job, field, value, size);
	}
}

/* [[VINTR]=0x3, ...] */
static void put_indexed(const struct decode_job *job,
                        const struct field *field, const uint8_t *data)
{
	const struct constant_list *list = constant_list_find(field->list);
	size_t size = field_extent(field, decode_abi(job)).size;

	buf_putc(job->out, '[');
	for (size_t i = 0; i < field->count; i++) {
		const char *name = constant_name(list, i);

		buf_puts(job->out, i ? ", [" : "[");
		if (name)
			buf_puts(job->out, name);
		else
			decode_put_unsigned(job->out, i);
		buf_puts(job->out, "]=");
		decode_put_hex(job->out, decode_number(data + i * size, size));
	}
	buf_putc(job->out, ']');
}

/* Fields whose COUNT elements are one thing; false: FIELD is none. */
static bool put_whole(const struct decode_job *job, const struct field *field,
                      const uint8_t *data, taddr addr)
{
	switch ((enum field_show)field->show) {
	case SHOW_CHARS:
		decode_put_chars(job, data, field->count);
		return true;
	case SHOW_SOCKADDR:
		decode_put_sockaddr(job, addr, field->count);
		return true;
	case SHOW_HARDWARE:
		decode_put_hardware(job->out, data, field->count);
		return true;
	case SHOW_INET4:
		decode_put_inet(job, AF_INET, data);
		return true;
	case SHOW_INET6:
		decode_put_inet(job, AF_INET6, data);
		return true;
	case SHOW_INDEXED:
		put_indexed(job, field, data);
		return true;
	default:
		return false;
	}
}

static void put_field(const struct decode_job *job, const struct field *field,
                      const uint8_t *data, taddr addr)
{
	enum abi abi = decode_abi(job);
	struct extent e = field_extent(field, abi);

	buf_printf(job->out, "%s=", field->name);
	if (put_whole(job, field, data, addr))
		return;
	if (field->count)
		buf_putc(job->out, '[');
	for (size_t i = 0; i < (field->count ? field->count : 1u); i++) {
		const uint8_t *at = data + i * e.size;

		decode_put_comma(job->out, i);
		if (field->type == FIELD_STRUCT)
			layout_put(job, layout_find(field->list, abi), at,
			           addr + i * e.size);
		else
			put_value(job, field, decode_number(at, e.size),
			          e.size);
	}
	if (field->count)
		buf_putc(job->out, ']');
}

/* 0: not at all, 1: shown, 2: left out with dots. */
static int shown(const struct decode_job *job, const struct field *field,
                 uint64_t value)
{
	enum { ST_VALID_FLAG = 0x20 };

	if (field->when == WHEN_VALID && !(value & ST_VALID_FLAG))
		return 0;
	if (field->when == WHEN_DONE &&
	    (job->c->phase != DECODE_EXIT || decode_failed(job)))
		return 0;
	if (field->show == SHOW_NOTHING ||
	    (field->when == WHEN_SET && !value))
		return 0;
	return field->when == WHEN_WHOLE && !job->c->whole ? 2 : 1;
}

void layout_put_fields(const struct decode_job *job,
                       const struct layout *layout, const uint8_t *data,
                       taddr addr)
{
	enum abi abi = decode_abi(job);
	size_t end = 0;
	size_t count = 0;
	bool more = false;

	buf_putc(job->out, '{');
	for (unsigned i = 0; i < layout->field_count; i++) {
		const struct field *field = &layout->fields[i];
		struct extent e = field_extent(field, abi);
		size_t begin = field_begin(end, e);
		int how = shown(job, field, decode_number(data + begin,
		                                          e.size));

		end = field_end(begin, field, e);
		if (how == 1) {
			decode_put_comma(job->out, count++);
			put_field(job, field, data + begin, addr + begin);
		}
		more |= how == 2;
	}
	buf_puts(job->out, more ? ", ...}" : "}");
}

void layout_put(const struct decode_job *job, const struct layout *layout,
                const uint8_t *data, taddr addr)
{
	if (layout->put)
		layout->put(job, layout, data, addr);
	else
		layout_put_fields(job, layout, data, addr);
}

/* No more than MOST bytes are read; the fields behind them count as 0. */
static void put_struct(const struct decode_job *job, const char *name,
                       taddr addr, uint64_t most)
{
	const struct layout *layout = layout_find(name, decode_abi(job));
	uint8_t data[LAYOUT_MAX] = { 0 };
	size_t size = layout ? layout_size(layout, decode_abi(job)) : 0;

	/* Of structs that grow, the first version is the least. */
	if (most < (strcmp(name, "mount_attr") ? 8 : 32))
		size = 0;
	assert(size <= sizeof(data));
	if (size > most)
		size = (size_t)most;
	if (!addr || !size || !decode_read(job, addr, data, size))
		decode_put_addr(job->out, addr);
	else
		layout_put(job, layout, data, addr);
}

void decode_put_struct(const struct decode_job *job, const char *name,
                       taddr addr)
{
	put_struct(job, name, addr, UINT64_MAX);
}

/*
 * What the kernel reads, and where it has written, another struct with what it
 * wrote.
 */
void decode_both(const struct decode_job *job)
{
	bool written = job->c->phase == DECODE_EXIT && !decode_failed(job);

	decode_put_struct(job, job->arg->params[written], job->value);
}

/* Structs that grow have their size in the next argument. */
static uint64_t size_given(const struct decode_job *job)
{
	const struct syscall_desc *desc = job->c->call->desc;
	unsigned next = job->index + 1;

	if (next >= desc->nargs || strcmp(desc->args[next].name, "size"))
		return UINT64_MAX;
	return (uint64_t)decode_value(job, next);
}

/* wait4's usage is filled in only where there is a child to tell of. */
static bool has_no_child(const struct decode_job *job)
{
	return job->c->phase == DECODE_EXIT && job->c->result == 0 &&
	       job->arg->direction == ARG_OUT &&
	       !strcmp(job->arg->name, "rusage") &&
	       !strcmp(job->c->call->desc->name, "wait4");
}

/*
 * What is left of a sleep is written where the sleep was interrupted, and
 * only then.
 */
static bool is_remainder(const struct decode_job *job)
{
	return job->arg->direction == ARG_OUT &&
	       !strncmp(job->arg->name, "rem", 3) &&
	       strstr(job->c->call->desc->name, "nanosleep");
}

static bool remainder_is_there(const struct decode_job *job)
{
	enum { ABSOLUTE = 1 }; /* TIMER_ABSTIME */
	int flags = syscall_arg_index(job->c->call->desc, "flags");

	if (flags >= 0 && job->c->call->args[flags] & ABSOLUTE)
		return false;
	return job->c->phase == DECODE_EXIT &&
	       (job->c->result == -4 || /* EINTR */
	        job->c->result == -ARCH_ERESTART_RESTARTBLOCK);
}

/* strace shows what the kernel reads and writes only where it did both. */
static bool is_untold(const struct decode_job *job)
{
	return job->c->strace && job->arg->direction == ARG_INOUT &&
	       decode_failed(job);
}

void decode_struct(const struct decode_job *job)
{
	if (is_untold(job) && !strncmp(job->arg->params[0], "timex", 5))
		decode_put_addr(job->out, job->value);
	else if (is_remainder(job) ? !remainder_is_there(job) : has_no_child(job))
		decode_put_addr(job->out, job->value);
	else if (is_remainder(job) || decode_has_data(job))
		put_struct(job, job->arg->params[0], job->value,
		           size_given(job));
}

size_t room_of_struct(const struct syscall_view *call, unsigned index)
{
	const char *name = call->desc->args[index].params[0];
	const struct layout *layout = layout_find(name, call->abi);

	return layout ? layout_size(layout, call->abi) : 0;
}

/* ---- arrays ---- */

/* The plain types that arrays have; struct names are layouts. */
static const struct field elements[] = {
	{ "int", FIELD_S32, SHOW_NUMBER, 0, 0, NULL },
	{ "uid", FIELD_U32, SHOW_ID, 0, 0, NULL },
	{ "gid", FIELD_U32, SHOW_ID, 0, 0, NULL },
	{ "uid16", FIELD_U16, SHOW_ID, 0, 0, NULL },
	{ "gid16", FIELD_U16, SHOW_ID, 0, 0, NULL },
	{ "ptr", FIELD_WORD, SHOW_ADDR, 0, 0, NULL },
	{ "u64", FIELD_U64, SHOW_NUMBER, 0, 0, NULL },
	{ "u64hex", FIELD_U64, SHOW_HEX, 0, 0, NULL },
	{ "mempolicy", FIELD_U32, SHOW_ENUM, 0, 0, "mbind_mode" },
};

static const struct field *element_find(const char *name)
{
	for (size_t i = 0; i < ARRAY_LEN(elements); i++) {
		if (!strcmp(elements[i].name, name))
			return &elements[i];
	}
	return NULL;
}

size_t decode_element_size(const char *name, enum abi abi)
{
	const struct field *element = element_find(name);
	const struct layout *layout = layout_find(name, abi);

	if (element)
		return field_extent(element, abi).size;
	return layout ? layout_size(layout, abi) : 0;
}

static void put_element(const struct decode_job *job, const uint8_t *data)
{
	const struct field *element = element_find(job->arg->params[0]);
	size_t size = field_extent(element, decode_abi(job)).size;

	put_value(job, element, decode_number(data, size), size);
}

/* Like decode_put_array, for structs, which may be large. */
static void put_structs(const struct decode_job *job, taddr addr,
                        uint64_t count, const struct layout *layout)
{
	size_t size = layout_size(layout, decode_abi(job));
	uint8_t data[LAYOUT_MAX];
	taddr at;

	if (!decode_element(addr, count, size, &at) ||
	    (count && !decode_read(job, addr, data, size))) {
		decode_put_addr(job->out, addr);
		return;
	}
	buf_putc(job->out, '[');
	for (uint64_t i = 0; i < count; i++) {
		decode_put_comma(job->out, i != 0);
		if (i >= decode_max_elements(job) || decode_full(job)) {
			buf_puts(job->out, "...");
			break;
		}
		at = addr + i * size;
		if (!decode_read(job, at, data, size)) {
			decode_put_unreadable(job->out, at);
			break;
		}
		layout_put(job, layout, data, at);
	}
	buf_putc(job->out, ']');
}

void decode_array(const struct decode_job *job)
{
	const char *name = job->arg->params[0];
	const struct field *element = element_find(name);
	const struct layout *layout = layout_find(name, decode_abi(job));
	uint64_t count = decode_count(job, 1, 1);

	if (!decode_has_data(job))
		return;
	if (decode_is_negative(job, 1) || decode_is_beyond(job, 2, count) ||
	    is_untold(job))
		decode_put_addr(job->out, job->value);
	else if (element)
		decode_put_array(job, job->value, count,
		                 field_extent(element, decode_abi(job)).size,
		                 put_element);
	else if (layout)
		put_structs(job, job->value, count, layout);
	else
		decode_put_addr(job->out, job->value);
}

size_t room_of_array(const struct syscall_view *call, unsigned index)
{
	const struct syscall_arg *arg = &call->desc->args[index];
	size_t size = decode_element_size(arg->params[0], call->abi);
	size_t room;
	int64_t count = 0;

	if (arg->param_arg[1] >= 0)
		count = decode_arg_value(call, (unsigned)arg->param_arg[1]);
	else
		count = (int64_t)decode_fixed_count(arg->params[1]);
	if (count < 0 ||
	    __builtin_mul_overflow(size, (size_t)count, &room))
		return 0;
	return room;
}
