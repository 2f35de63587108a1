/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"

#include "base/alloc.h"
#include "base/buf.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char no_memory_text[] = "out of memory";
static struct error no_memory = {
	.kind = ERROR_NO_MEMORY,
	.errnum = ENOMEM,
	.message = no_memory_text,
};

/* One line of printable text, whatever was quoted in it. */
static void make_printable(struct error *err)
{
	size_t len = strlen(err->message), i = 0;
	AUTO_BUF struct buf text = { 0 };

	while (i < len && err->message[i] >= ' ' && err->message[i] < 0x7f)
		i++;
	if (i == len)
		return;
	buf_init(&text);
	buf_put_printable(&text, err->message, len, false);
	free(err->message);
	err->message = buf_take(&text);
}

static struct error *error_make(enum error_kind kind, int errnum, taddr addr,
                                const char *fmt, va_list args)
{
	struct error *err = malloc(sizeof(*err));

	if (!err)
		return &no_memory;
	*err = (struct error){ .kind = kind, .errnum = errnum, .addr = addr };
	if (vasprintf(&err->message, fmt, args) < 0) {
		free(err);
		return &no_memory;
	}
	make_printable(err);
	return err;
}

/* ERR's text in ROOM, as printable as that of others. */
static struct error *error_lend(struct error_room *room, struct error err,
                                const char *fmt, va_list args)
{
	if (!room)
		return error_make(err.kind, err.errnum, err.addr, fmt, args);
	room->error = err;
	room->error.lent = true;
	room->error.message = room->text;
	vsnprintf(room->text, sizeof(room->text), fmt, args);
	for (char *c = room->text; *c; c++)
		if (*c < ' ' || *c >= 0x7f)
			*c = '?';
	return &room->error;
}

static enum error_kind kind_of_errno(int errnum)
{
	switch (errnum) {
	case ENOENT:
	case ENOTDIR:
		return ERROR_NOT_FOUND;
	case ESRCH:
		return ERROR_GONE;
	case EFAULT:
	case EIO:
		return ERROR_FAULT;
	case ENOSYS:
	case EOPNOTSUPP:
		return ERROR_UNSUPPORTED;
	case EINTR:
		return ERROR_INTERRUPTED;
	case ENOMEM:
		return ERROR_NO_MEMORY;
	default:
		return ERROR_REFUSED;
	}
}

struct error *error_new(enum error_kind kind, const char *fmt, ...)
{
	va_list args;
	struct error *err;

	va_start(args, fmt);
	err = error_make(kind, 0, 0, fmt, args);
	va_end(args);
	return err;
}

/* Replaces the message by one that a printf of old and new made. */
static struct error *error_reword(struct error *err, char *message)
{
	if (message && err->lent) {
		struct error *own = malloc(sizeof(*own));

		if (!own) {
			free(message);
			return &no_memory;
		}
		*own = *err;
		own->lent = false;
		own->message = message;
		return own;
	}
	if (message) {
		free(err->message);
		err->message = message;
	}
	return err;
}

struct error *error_errno(int errnum, const char *fmt, ...)
{
	va_list args;
	struct error *err;
	char *message = NULL;

	va_start(args, fmt);
	err = error_make(kind_of_errno(errnum), errnum, 0, fmt, args);
	va_end(args);
	if (err == &no_memory)
		return err;
	if (asprintf(&message, "%s: %s", err->message, strerror(errnum)) < 0)
		message = NULL;
	return error_reword(err, message);
}

struct error *error_fault(taddr addr, const char *fmt, ...)
{
	va_list args;
	struct error *err;

	va_start(args, fmt);
	err = error_make(ERROR_FAULT, EFAULT, addr, fmt, args);
	va_end(args);
	return err;
}

struct error *error_new_in(struct error_room *room, enum error_kind kind,
                           const char *fmt, ...)
{
	va_list args;
	struct error *err;

	va_start(args, fmt);
	err = error_lend(room, (struct error){ .kind = kind }, fmt, args);
	va_end(args);
	return err;
}

struct error *error_fault_in(struct error_room *room, taddr addr,
                             const char *fmt, ...)
{
	va_list args;
	struct error *err;

	va_start(args, fmt);
	err = error_lend(room, (struct error){
		.kind = ERROR_FAULT, .errnum = EFAULT, .addr = addr }, fmt,
		args);
	va_end(args);
	return err;
}

struct error *error_prefix(struct error *err, const char *fmt, ...)
{
	va_list args;
	AUTO_FREE char *prefix = NULL;
	char *message = NULL;

	if (!err || err == &no_memory)
		return err;
	va_start(args, fmt);
	if (vasprintf(&prefix, fmt, args) < 0)
		prefix = NULL;
	va_end(args);
	if (!prefix || asprintf(&message, "%s: %s", prefix, err->message) < 0)
		return err;
	return error_reword(err, message);
}

struct error *error_at(struct error *err, size_t offset)
{
	if (err && err != &no_memory)
		err->column = (err->column ? err->column : 1) + offset;
	return err;
}

struct error *error_no_memory(void)
{
	return &no_memory;
}

void error_destroy(struct error *err)
{
	if (!err || err == &no_memory || err->lent)
		return;
	free(err->message);
	free(err);
}
