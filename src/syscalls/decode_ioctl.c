/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ioctl: the request by its names or by its parts, and its argument. */
#include "syscalls/decode_struct.h"
#include "syscalls/decoders.h"
#include "syscalls/ioctls.h"

#include <string.h>

/* include/uapi/asm-generic/ioctl.h */
enum { DIR_WRITE = 1, DIR_READ = 2, DIR_BOTH = 3 };

static unsigned dir_of(uint32_t request)
{
	return request >> 30;
}

static unsigned type_of(uint32_t request)
{
	return request >> 8 & 0xff;
}

static unsigned number_of(uint32_t request)
{
	return request & 0xff;
}

static unsigned size_of(uint32_t request)
{
	return request >> 16 & 0x3fff;
}

static void put_parts(struct buf *out, uint32_t request)
{
	uint32_t dir = dir_of(request);

	buf_puts(out, "_IOC(");
	if (dir)
		buf_printf(out, "%s%s%s", dir & DIR_READ ? "_IOC_READ" : "",
		           dir == DIR_BOTH ? "|" : "",
		           dir & DIR_WRITE ? "_IOC_WRITE" : "");
	else
		buf_puts(out, "_IOC_NONE");
	buf_puts(out, ", ");
	decode_put_hex(out, type_of(request));
	buf_puts(out, ", ");
	decode_put_hex(out, number_of(request));
	buf_puts(out, ", ");
	decode_put_hex(out, size_of(request));
	buf_putc(out, ')');
}

/* What stands between the brackets of a request that is a macro. */
enum shown { SHOW_SIZE_OF, SHOW_NUMBER_OF, SHOW_LIST, SHOW_LIST_AND_SIZE };

/* Requests that the headers make of a number or a length. */
static const struct macro {
	uint8_t type, dir, first, last; /* numbers from FIRST to LAST */
	uint8_t shown;
	const char *list;
	const char *name;
} macros[] = {
	{ 'E', 1, 0xc0, 0xff, SHOW_LIST, "evdev_abs", "EVIOCSABS" },
	{ 'E', 2, 0x20, 0x3f, SHOW_LIST_AND_SIZE, "evdev_ev", "EVIOCGBIT" },
	{ 'E', 2, 0x40, 0x7f, SHOW_LIST, "evdev_abs", "EVIOCGABS" },
	{ 'E', 2, 0x06, 0x06, SHOW_SIZE_OF, NULL, "EVIOCGNAME" },
	{ 'E', 2, 0x07, 0x07, SHOW_SIZE_OF, NULL, "EVIOCGPHYS" },
	{ 'E', 2, 0x08, 0x08, SHOW_SIZE_OF, NULL, "EVIOCGUNIQ" },
	{ 'E', 2, 0x09, 0x09, SHOW_SIZE_OF, NULL, "EVIOCGPROP" },
	{ 'E', 2, 0x0a, 0x0a, SHOW_SIZE_OF, NULL, "EVIOCGMTSLOTS" },
	{ 'E', 2, 0x18, 0x18, SHOW_SIZE_OF, NULL, "EVIOCGKEY" },
	{ 'E', 2, 0x19, 0x19, SHOW_SIZE_OF, NULL, "EVIOCGLED" },
	{ 'E', 2, 0x1a, 0x1a, SHOW_SIZE_OF, NULL, "EVIOCGSND" },
	{ 'E', 2, 0x1b, 0x1b, SHOW_SIZE_OF, NULL, "EVIOCGSW" },
	{ 'H', 2, 0x04, 0x04, SHOW_SIZE_OF, NULL, "HIDIOCGRAWNAME" },
	{ 'H', 2, 0x05, 0x05, SHOW_SIZE_OF, NULL, "HIDIOCGRAWPHYS" },
	{ 'H', 2, 0x06, 0x06, SHOW_SIZE_OF, NULL, "HIDIOCSFEATURE" },
	{ 'H', 2, 0x08, 0x08, SHOW_SIZE_OF, NULL, "HIDIOCGRAWUNIQ" },
	{ 'H', 2, 0x12, 0x12, SHOW_SIZE_OF, NULL, "HIDIOCGPHYS" },
	{ 'H', 3, 0x06, 0x06, SHOW_SIZE_OF, NULL, "HIDIOCSFEATURE" },
	{ 'H', 3, 0x07, 0x07, SHOW_SIZE_OF, NULL, "HIDIOCGFEATURE" },
	{ 'M', 1, 0x00, 0xff, SHOW_NUMBER_OF, NULL, "MIXER_WRITE" },
	{ 'M', 2, 0x00, 0xff, SHOW_NUMBER_OF, NULL, "MIXER_READ" },
	{ 'U', 2, 0x2c, 0x2c, SHOW_SIZE_OF, NULL, "UI_GET_SYSNAME" },
	{ 'j', 2, 0x13, 0x13, SHOW_SIZE_OF, NULL, "JSIOCGNAME" },
	{ 'k', 1, 0x00, 0x00, SHOW_SIZE_OF, NULL, "SPI_IOC_MESSAGE" },
};

static const struct macro *macro_find(uint32_t request)
{
	for (size_t i = 0; i < ARRAY_LEN(macros); i++) {
		if (macros[i].type == type_of(request) &&
		    macros[i].dir == dir_of(request) &&
		    macros[i].first <= number_of(request) &&
		    macros[i].last >= number_of(request))
			return &macros[i];
	}
	return NULL;
}

static void put_macro(struct buf *out, const struct macro *macro,
                      uint32_t request)
{
	unsigned number = number_of(request) - macro->first;

	buf_printf(out, "%s(", macro->name);
	if (macro->shown == SHOW_SIZE_OF)
		decode_put_unsigned(out, size_of(request));
	else if (macro->shown == SHOW_NUMBER_OF)
		decode_put_unsigned(out, number);
	else if (macro->shown == SHOW_LIST_AND_SIZE && !number)
		buf_puts(out, "0");
	else
		decode_put_enum(out, macro->list, number);
	if (macro->shown == SHOW_LIST_AND_SIZE)
		buf_printf(out, ", %u", size_of(request));
	buf_putc(out, ')');
}

/* All names that the number has: which driver it is for is not known. */
void decode_ioctl_cmd(const struct decode_job *job)
{
	uint32_t request = (uint32_t)job->value;
	const struct macro *macro = macro_find(request);
	const struct ioctl_name *name = NULL;
	bool some = macro;

	if (macro)
		put_macro(job->out, macro, request);
	while ((name = ioctl_name_next(decode_abi(job), request, name))) {
		buf_printf(job->out, "%s%s", some ? " or " : "", name->name);
		some = true;
	}
	if (!some)
		put_parts(job->out, request);
}

/* ---- the argument ---- */

/* What CALL's argument is, in *DESC's only one; false: nothing is known. */
static bool argument_of(const struct syscall_view *call, unsigned index,
                        struct syscall_desc *desc)
{
	int at = call->desc->args[index].param_arg[1];
	const struct ioctl_arg *arg;

	if (at < 0)
		return false;
	arg = ioctl_arg_find(call->abi, (uint32_t)call->args[at]);
	return arg && signature_parse(arg->signature, desc);
}

void decode_ioctl_arg(const struct decode_job *job)
{
	struct decode_job inner = *job;
	struct syscall_desc desc;

	if (!argument_of(job->c->call, job->index, &desc)) {
		decode_put_hex(job->out, job->value);
		return;
	}
	inner.arg = &desc.args[0];
	inner.arg->type->decode(&inner);
}

bool hidden_ioctl(const struct syscall_view *call, unsigned index)
{
	struct syscall_desc desc;

	return argument_of(call, index, &desc) && desc.args[0].type->hidden;
}

/* A request that is not known may write. */
enum arg_direction direction_ioctl(const struct syscall_view *call,
                                   unsigned index)
{
	struct syscall_desc desc;

	return argument_of(call, index, &desc) ? desc.args[0].direction
	                                       : ARG_OUT;
}

bool changes_ioctl(const struct syscall_view *call, unsigned index)
{
	struct syscall_desc desc;

	return argument_of(call, index, &desc) &&
	       !strcmp(desc.args[0].type->name, "both");
}
