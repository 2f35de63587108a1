/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "syscalls/decode_struct.h"

#include "syscalls/decode_socket.h"
#include "syscalls/decoders.h"
#include "syscalls/layout_fields.h"

#include <assert.h>
#include <string.h>

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
	case FIELD_BITS:
		return (struct extent){ 8, 1 };
	case FIELD_STRUCT:
		break;
	}
	e.size = layout_extent(layout_find(field->list, abi), abi, &e.align);
	return e;
}

/* On the way from field to field: where the last one is. */
struct walk {
	struct extent e;
	size_t begin, end;
	size_t begins[8]; /* of the last ones, by their number */
	unsigned count;
};

static void walk_to(struct walk *w, const struct field *field, enum abi abi)
{
	w->e = field_extent(field, abi);
	assert(field->back < ARRAY_LEN(w->begins));
	if (field->back)
		w->begin = w->begins[(w->count - field->back) %
		                     ARRAY_LEN(w->begins)];
	else if (field->type != FIELD_BITS)
		w->begin = (w->end + w->e.align - 1) / w->e.align * w->e.align;
	w->begins[w->count++ % ARRAY_LEN(w->begins)] = w->begin;
	w->end = w->begin + w->e.size * (field->count &&
	                                 field->type != FIELD_BITS
	                                 ? field->count : 1);
}

static size_t layout_extent(const struct layout *layout, enum abi abi,
                            size_t *align)
{
	struct walk w = { .end = 0 };
	size_t end = 0;

	assert(layout);
	*align = 1;
	for (unsigned i = 0; i < layout->field_count; i++) {
		walk_to(&w, &layout->fields[i], abi);
		if (w.e.align > *align)
			*align = w.e.align;
		if (w.end > end)
			end = w.end;
	}
	return (end + *align - 1) / *align * *align;
}

size_t layout_size(const struct layout *layout, enum abi abi)
{
	size_t align;

	return layout_extent(layout, abi, &align);
}

int64_t layout_get(const struct layout *layout, enum abi abi,
                   const uint8_t *data, const char *name)
{
	struct walk w = { .end = 0 };

	for (unsigned i = 0; i < layout->field_count; i++) {
		const struct field *field = &layout->fields[i];
		uint64_t value;

		walk_to(&w, field, abi);
		if (strcmp(field->name, name) != 0)
			continue;
		value = decode_number(data + w.begin, w.e.size);
		return field_is_signed(field) ? decode_signed(value, w.e.size)
		                        : (int64_t)value;
	}
	return 0;
}

bool layout_field(const struct layout *layout, enum abi abi, const char *path,
                  struct arg_field *found)
{
	struct walk w = { .end = 0 };
	size_t len = strcspn(path, ".");

	for (unsigned i = 0; i < layout->field_count; i++) {
		const struct field *field = &layout->fields[i];
		bool nested = field->type == FIELD_STRUCT;

		walk_to(&w, field, abi);
		if (strlen(field->name) != len ||
		    strncmp(field->name, path, len) != 0 ||
		    field->type == FIELD_BITS ||
		    nested != (path[len] == '.'))
			continue;
		found->offset += w.begin;
		if (nested)
			return layout_field(layout_find(field->list, abi), abi,
			                    path + len + 1, found);
		found->is_text = field->show == SHOW_CHARS;
		found->size = found->is_text ? field->count : w.e.size;
		found->is_signed = field_is_signed(field);
		return found->is_text || !field->count;
	}
	return false;
}

/* A struct within the one at DATA, and no more of it than the call gave. */
static void put_nested(const struct decode_job *job, const struct field *field,
                       const uint8_t *data, taddr addr, size_t begin)
{
	struct decode_job inner = *job;

	if (job->given)
		inner.given = job->given > begin ? job->given - begin : 1;
	layout_put(&inner, layout_find(field->list, decode_abi(job)), data,
	           addr);
}

static uint64_t value_at(const struct field *field, const struct walk *w,
                         const uint8_t *data)
{
	uint64_t value = decode_number(data + w->begin, w->e.size);

	if (field->type == FIELD_BITS)
		return value >> field->count & ((1ull << field->width) - 1);
	return value;
}

/* The bytes of a char array that the call gave. */
static size_t given_of(const struct decode_job *job, const struct walk *w,
                       size_t size)
{
	size_t rest = job->given > w->begin ? job->given - w->begin : size;

	return rest < size ? rest : size;
}

/* Whose data begins at DATA, in memory at ADDR. */
struct shown_struct {
	const struct decode_job *job;
	const struct layout *layout;
	const uint8_t *data;
	taddr addr;
};

static void put_field(const struct shown_struct *s, const struct field *field,
                      const struct walk *w)
{
	const struct decode_job *job = s->job;
	size_t count = field->type == FIELD_BITS ? 0 : field->count;
	const uint8_t *data = s->data + w->begin;

	if (field->show == SHOW_INET6) {
		decode_put_inet6_field(job, field->name, data);
		return;
	}
	buf_printf(job->out, "%s=", field->name);
	if (field_put_whole(job, field, data, w->e.size,
	                    given_of(job, w, count), s->addr + w->begin))
		return;
	if (field->show >= SHOW_PATH && field->show <= SHOW_LONG_ITEMS) {
		layout_put_pointed(job, s->layout, field, s->data,
		                   value_at(field, w, s->data));
		return;
	}
	if (count)
		buf_putc(job->out, '[');
	for (size_t i = 0; i < (count ? count : 1u); i++) {
		size_t at = i * w->e.size;

		decode_put_comma(job->out, i);
		if (field->type == FIELD_STRUCT)
			put_nested(job, field, data + at,
			           s->addr + w->begin + at, w->begin + at);
		else
			field_put_value(job, field, count
			          ? decode_number(data + at, w->e.size)
			          : value_at(field, w, s->data), w->e.size);
	}
	if (count)
		buf_putc(job->out, ']');
	if (field->note)
		buf_printf(job->out, " /* %s */", field->note);
}

static bool is_zero(const uint8_t *data, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (data[i])
			return false;
	return true;
}

/* Whether another field says that this one is not used. */
static bool is_off(const struct shown_struct *s, const struct field *field)
{
	uint64_t value;

	if (!field->on)
		return false;
	value = (uint64_t)layout_get(s->layout, decode_abi(s->job), s->data,
	                             field->on);
	return ((value & field->on_mask) == field->on_value) == field->on_not;
}

/* 0: not at all, 1: shown, 2: left out with dots. */
static int shown(const struct shown_struct *s, const struct field *field,
                 const struct walk *w)
{
	enum { ST_VALID_FLAG = 0x20 };
	uint64_t value = value_at(field, w, s->data);
	bool whole = s->job->c->whole;

	if (field->show == SHOW_NOTHING)
		return 0;
	switch ((enum field_when)field->when) {
	case WHEN_VALID:
		return (value & ST_VALID_FLAG) != 0;
	case WHEN_SET:
		return value || !is_zero(s->data + w->begin,
		                         field->type == FIELD_BITS
		                         ? 0 : w->end - w->begin);
	case WHEN_SET_OR_WHOLE:
		return whole || value;
	case WHEN_WHOLE:
		return whole ? 1 : 2;
	case WHEN_DONE:
		return s->job->c->phase == DECODE_EXIT &&
		       !decode_failed(s->job);
	default:
		return 1;
	}
}

void layout_put_fields(const struct decode_job *job,
                       const struct layout *layout, const uint8_t *data,
                       taddr addr)
{
	const struct shown_struct s = { job, layout, data, addr };
	struct walk w = { .end = 0 };
	size_t count = 0, known = 0;
	bool more = false;

	if (layout->wrap)
		buf_printf(job->out, "{%s=", layout->wrap);
	buf_putc(job->out, '{');
	for (unsigned i = 0; i < layout->field_count; i++) {
		const struct field *field = &layout->fields[i];
		int how;

		walk_to(&w, field, decode_abi(job));
		if (field->grown && job->given && w.begin >= job->given)
			break;
		if (is_off(&s, field))
			continue;
		how = shown(&s, field, &w);
		if (w.end > known)
			known = w.end;
		if (how == 1) {
			decode_put_comma(job->out, count++);
			put_field(&s, field, &w);
		}
		more |= how == 2;
	}
	buf_puts(job->out, more ? ", ..." : "");
	buf_puts(job->out, layout->wrap ? "}" : "");
	decode_put_extra(job, layout->extra, addr, known, job->given);
	buf_putc(job->out, '}');
}

void layout_put(const struct decode_job *job, const struct layout *layout,
                const uint8_t *data, taddr addr)
{
	if (layout->put)
		layout->put(job, layout, data, addr);
	else
		layout_put_fields(job, layout, data, addr);
}

static void put_struct(const struct decode_job *job,
                       const struct layout *layout, taddr addr, size_t given)
{
	struct decode_job inner = *job;
	uint8_t data[LAYOUT_MAX] = { 0 };
	size_t size = layout ? layout_size(layout, decode_abi(job)) : 0;

	assert(size <= sizeof(data));
	if (given && size > given)
		size = given;
	inner.given = given;
	if (!addr || !size || !decode_read(job, addr, data, size))
		decode_put_addr(job->out, addr);
	else
		layout_put(&inner, layout, data, addr);
}

void decode_put_struct(const struct decode_job *job, const char *name,
                       taddr addr)
{
	put_struct(job, layout_find(name, decode_abi(job)), addr, 0);
}

/* Whether the last of SIZE bytes can be read, too. */
static bool has_end(const struct decode_job *job, taddr addr, uint64_t size)
{
	uint8_t last;
	taddr end;

	return decode_element(addr, size - 1, 1, &end) &&
	       decode_read(job, end, &last, 1);
}

void decode_put_grown(const struct decode_job *job, const char *name,
                      taddr addr, uint64_t size)
{
	/* Of the first version, where nobody says; more attributes than a page
	 * of them no call has. */
	enum { LEAST = 8, PAGE = 4096 };
	const struct layout *layout = layout_find(name, decode_abi(job));

	if (!layout || size < (layout->least ? layout->least : LEAST) ||
	    (layout->extra == EXTRA_SHORT &&
	     (size > PAGE || !has_end(job, addr, size))))
		decode_put_addr(job->out, addr);
	else
		put_struct(job, layout, addr, (size_t)size);
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
static void put_argument(const struct decode_job *job, const char *name)
{
	const struct syscall_desc *desc = job->c->call->desc;
	unsigned next = job->index + 1;

	if (next >= desc->nargs || strcmp(desc->args[next].name, "size") != 0)
		decode_put_struct(job, name, job->value);
	else
		decode_put_grown(job, name, job->value,
		                 (uint64_t)decode_value(job, next));
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
		put_argument(job, job->arg->params[0]);
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
	DEC(S32, int), KIND(U32, uid, ID), KIND(U32, gid, ID),
	KIND(U16, uid16, ID), KIND(U16, gid16, ID), ADDR(ptr), DEC(U64, u64),
	HEX(U64, u64hex), ENUM(U32, mempolicy, "mbind_mode"), DEC(U32, u32),
	KIND(WORD, str, STR), KIND(S32, fd, FD),
	KIND(S32, update_fd, UPDATE_FD),
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

void decode_put_items(const struct decode_job *job, const char *name,
                      taddr addr, uint64_t count)
{
	const struct field *element = element_find(name);
	const struct layout *layout = layout_find(name, decode_abi(job));
	size_t size = decode_element_size(name, decode_abi(job));
	uint8_t data[LAYOUT_MAX];
	taddr at;

	if (!addr || !size || !decode_element(addr, count, size, &at) ||
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
		if (element)
			field_put_value(job, element, decode_number(data, size),
			          size);
		else
			layout_put(job, layout, data, at);
	}
	buf_putc(job->out, ']');
}

void decode_array(const struct decode_job *job)
{
	uint64_t count = decode_count(job, 1, 1);

	if (!decode_has_data(job))
		return;
	if (decode_is_negative(job, 1) || decode_is_beyond(job, 2, count) ||
	    is_untold(job))
		decode_put_addr(job->out, job->value);
	else
		decode_put_items(job, job->arg->params[0], job->value, count);
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
