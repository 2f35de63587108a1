/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session/fields.h"

#include "session/internal.h"

#include "base/alloc.h"
#include "session/paths.h"
#include "target/procfs.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>

enum field_kind { FIELD_OF_STRUCT, FIELD_PATH, FIELD_TYPE, FIELD_FAMILY,
                  FIELD_PEER, FIELD_NAMED, FIELD_WHOLE, FIELD_NAMED_TYPE,
                  FIELD_BYTES };

struct field_name {
	char *arg, *path;
	enum field_kind kind;
	/* Where it was found last. */
	const struct syscall_desc *desc;
	enum abi abi;
	bool found;
	struct arg_field field;
};

/* What arguments of a type have that are no structs. */
static const struct {
	const char *of, *name;
	enum field_kind kind;
	enum expr_type type;
} own_fields[] = {
	{ "fd", "path", FIELD_PATH, EXPR_STRING },
	{ "fd", "type", FIELD_TYPE, EXPR_STRING },
	{ "fd", "family", FIELD_FAMILY, EXPR_INT },
	{ "fd", "peer", FIELD_PEER, EXPR_STRING },
	{ "path", "path", FIELD_NAMED, EXPR_STRING },
	{ "path", "whole", FIELD_WHOLE, EXPR_STRING },
	{ "path", "type", FIELD_NAMED_TYPE, EXPR_STRING },
	{ "iovec", "bytes", FIELD_BYTES, EXPR_INT },
};

static bool is_fd(const struct syscall_desc *desc, unsigned index)
{
	return decode_field_is(desc, index, "fd") ||
	       decode_field_is(desc, index, "atfd");
}

int field_arg_index(const struct syscall_desc *desc, const char *name)
{
	int index = syscall_arg_index(desc, name);

	for (unsigned i = 0; index < 0 && i < desc->nargs &&
	     strcmp(name, "fd") == 0; i++)
		if (is_fd(desc, i))
			index = (int)i;
	return index;
}

static bool has_own(const struct syscall_desc *desc, unsigned index,
                    const char *of)
{
	return *of == 'f' ? is_fd(desc, index)
	                  : decode_field_is(desc, index, of);
}

static struct field_name *keep(struct session *s, const char *arg,
                               const char *path, enum field_kind kind)
{
	struct field_name *f;

	for (size_t i = 0; i < s->fields.len; i++) {
		f = s->fields.items[i];
		if (f->kind == kind && strcmp(f->arg, arg) == 0 &&
		    strcmp(f->path, path) == 0)
			return f;
	}
	f = xcalloc(1, sizeof(*f));
	f->arg = xstrdup(arg);
	f->path = xstrdup(path);
	f->kind = kind;
	vec_push(&s->fields, f);
	return f;
}

const char *field_is_path(const struct field_name *field)
{
	return field->kind == FIELD_PATH ? field->arg : NULL;
}

void fields_destroy(struct session *s)
{
	for (size_t i = 0; i < s->fields.len; i++) {
		free(s->fields.items[i]->arg);
		free(s->fields.items[i]->path);
		free(s->fields.items[i]);
	}
	vec_deinit(&s->fields);
}

static void found(struct field_search *search, const char *arg,
                  const char *path, enum field_kind kind,
                  enum expr_type type)
{
	search->ref->kind = EXPR_REF_SLOT;
	search->ref->type = type;
	search->ref->cost = EXPR_DEAR;
	search->ref->is_text = type == EXPR_STRING;
	search->ref->data = keep(search->s, arg, path, kind);
	error_destroy(search->err);
	search->err = NULL;
}

static void add_name(void *ctx, const char *name)
{
	struct buf *names = ctx;

	buf_printf(names, "%s%s", names->len ? ", " : "", name);
}

static struct error *no_field(const struct syscall_desc *desc, unsigned index,
                              const char *arg, const char *path)
{
	AUTO_BUF struct buf names = { 0 };

	buf_init(&names);
	for (size_t i = 0; i < ARRAY_LEN(own_fields); i++)
		if (has_own(desc, index, own_fields[i].of))
			add_name(&names, own_fields[i].name);
	decode_field_each(desc, index, add_name, &names);
	return error_new(ERROR_NOT_FOUND, names.len
	                 ? "%s of %s has no field \"%s\": it has %s"
	                 : "%s of %s has no fields (\"%s\")%s", arg,
	                 desc->name, path, names.data);
}

void field_look(struct field_search *search, const struct syscall_desc *desc)
{
	const char *dot = strchr(search->name, '.'), *path = dot + 1;
	AUTO_FREE char *arg = xstrndup(search->name,
	                               (size_t)(dot - search->name));
	int index = field_arg_index(desc, arg);
	struct arg_field field;

	if (index < 0)
		return;
	for (size_t i = 0; i < ARRAY_LEN(own_fields); i++) {
		if (has_own(desc, (unsigned)index, own_fields[i].of) &&
		    strcmp(own_fields[i].name, path) == 0) {
			found(search, arg, path, own_fields[i].kind,
			      own_fields[i].type);
			return;
		}
	}
	for (unsigned abi = 0; abi < ABI_COUNT; abi++) {
		if (!decode_field_find(desc, (unsigned)index, (enum abi)abi,
		                       path, &field))
			continue;
		search->late = search->late || field.written;
		found(search, arg, path, FIELD_OF_STRUCT,
		      field.is_text ? EXPR_STRING : EXPR_INT);
		return;
	}
	if (search->ref->kind == EXPR_REF_NONE && !search->err)
		search->err = no_field(desc, (unsigned)index, arg, path);
}

/* At an evaluation. */

static struct error *no_such_field(const struct field_ask *ask,
                                   const struct field_name *f)
{
	return error_new_in(ask->room, ERROR_NOT_FOUND, "this call has no %s.%s",
	                    f->arg, f->path);
}

static void put_text(const struct field_ask *ask, const char *text, size_t len,
                     struct expr_value *value)
{
	len = len < ask->size ? len : ask->size;
	memmove(ask->text, text, len);
	*value = (struct expr_value){ .type = EXPR_STRING,
	                              .s = { ask->text, len } };
}

static struct error *get_struct(const struct field_ask *ask,
                                struct field_name *f,
                                struct expr_value *value)
{
	const struct call *call = ask->call;
	const struct syscall_view *view = &call->view;
	struct field_value got;
	bool at_exit = call->phase == CALL_AT_EXIT;
	enum field_state state;

	if (f->desc != view->desc || f->abi != view->abi) {
		int index = field_arg_index(view->desc, f->arg);

		f->desc = view->desc;
		f->abi = view->abi;
		f->found = index >= 0 &&
			decode_field_find(view->desc, (unsigned)index,
			                  view->abi, f->path, &f->field);
	}
	if (!f->found)
		return no_such_field(ask, f);
	if (f->field.written && (!at_exit || arch_is_error(call->result)))
		return error_new_in(ask->room, ERROR_NOT_FOUND, "%s.%s is known "
		                    "at the exit of a call that did not fail",
		                    f->arg, f->path);
	state = decode_field_read(view, &f->field, &ask->t->process->memory,
	                          &got);
	if (state == FIELD_ABSENT || (state == FIELD_UNREADABLE &&
	                              !view->args[f->field.index]))
		return error_new_in(ask->room, ERROR_NOT_FOUND,
		                    "%s has no %s here", f->arg, f->path);
	if (state == FIELD_UNREADABLE)
		return error_fault_in(ask->room, view->args[f->field.index],
		                      "can't read %s.%s at 0x%llx", f->arg,
		                      f->path, (unsigned long long)
		                      view->args[f->field.index]);
	if (f->field.is_text)
		put_text(ask, got.text, got.len, value);
	else
		*value = (struct expr_value){ .type = EXPR_INT,
		                              .u = got.number };
	return NULL;
}

/* NULL: it is anonymous. */
static const char *mode_word(mode_t mode)
{
	switch (mode & S_IFMT) {
	case S_IFREG:
		return "file";
	case S_IFDIR:
		return "directory";
	case S_IFCHR:
		return "char";
	case S_IFBLK:
		return "block";
	case S_IFIFO:
		return "pipe";
	case S_IFSOCK:
		return "socket";
	case S_IFLNK:
		return "symlink";
	}
	return NULL;
}

/* As a word; what has a name of its own (eventfd) has that. */
static const char *type_word(const struct thread *t, int fd, char *text,
                             size_t size)
{
	char path[64];
	struct stat st;
	const char *word;

	snprintf(path, sizeof(path), "/proc/%d/fd/%d", (int)t->tid, fd);
	if (stat(path, &st) != 0)
		return "";
	word = mode_word(st.st_mode);
	if (word)
		return word;
	if (proc_fd_text(t->tid, fd, text, size) > 0 &&
	    strncmp(text, "anon_inode:[", 12) == 0) {
		memmove(text, text + 12, strlen(text + 12) + 1);
		text[strcspn(text, "]")] = '\0';
		return text;
	}
	return "anonymous";
}

static int family_of(const char *text)
{
	static const struct { const char *prefix; int family; } families[] = {
		{ "TCPv6", AF_INET6 }, { "UDPv6", AF_INET6 },
		{ "RAWv6", AF_INET6 }, { "PINGv6", AF_INET6 },
		{ "TCP", AF_INET }, { "UDP", AF_INET }, { "RAW", AF_INET },
		{ "PING", AF_INET }, { "UNIX", AF_UNIX },
		{ "NETLINK", AF_NETLINK }, { "PACKET", AF_PACKET },
	};

	for (size_t i = 0; i < ARRAY_LEN(families); i++)
		if (strncmp(text, families[i].prefix,
		            strlen(families[i].prefix)) == 0)
			return families[i].family;
	return -1;
}

/* Of "TCP:[127.0.0.1:4711->127.0.0.1:80]" the end. */
static const char *peer_of(char *text)
{
	char *arrow = strstr(text, "->"), *end = strrchr(text, ']');

	if (!arrow || !end || end < arrow)
		return "";
	*end = '\0';
	arrow += 2;
	arrow[strcspn(arrow, ",")] = '\0';
	return arrow;
}

static struct error *get_fd(const struct field_ask *ask,
                            const struct field_name *f,
                            struct expr_value *value)
{
	const struct syscall_view *view = &ask->call->view;
	int index = field_arg_index(view->desc, f->arg);
	const char *said = ask->text;
	pid_t tid = ask->t->tid;
	int fd;

	if (index < 0 || !is_fd(view->desc, (unsigned)index))
		return no_such_field(ask, f);
	fd = (int)decode_arg_value(view, (unsigned)index);
	ask->text[0] = '\0';
	if (f->kind == FIELD_TYPE)
		said = type_word(ask->t, fd, ask->text, ask->size);
	else if (proc_fd_text(tid, fd, ask->text, ask->size) < 0)
		ask->text[0] = '\0';
	if (f->kind == FIELD_FAMILY) {
		*value = (struct expr_value){ .type = EXPR_INT,
		                              .i = family_of(ask->text) };
		return NULL;
	}
	if (f->kind == FIELD_PEER)
		said = peer_of(ask->text);
	put_text(ask, said, strlen(said), value);
	return NULL;
}

/* What the file at PATH of T's tree is; "": there is none. */
static const char *type_at(const struct thread *t, const char *path)
{
	char seen[2 * PATH_MAX];
	struct stat st;
	const char *word = NULL;
	int len = snprintf(seen, sizeof(seen), "/proc/%d/root%s", (int)t->tid,
	                   path);

	if (len < (int)sizeof(seen) && lstat(seen, &st) == 0)
		word = mode_word(st.st_mode);
	return word ? word : "";
}

static struct error *get_path(const struct field_ask *ask,
                              const struct field_name *f,
                              struct expr_value *value)
{
	const struct syscall_view *view = &ask->call->view;
	int index = field_arg_index(view->desc, f->arg);
	struct path_ask path = {
		.paths = ask->s->paths, .t = ask->t, .call = view,
		.index = (unsigned)index, .room = ask->room,
	};
	const char *text;

	if (index < 0 || !decode_field_is(view->desc, (unsigned)index, "path"))
		return no_such_field(ask, f);
	if (f->kind == FIELD_WHOLE)
		TRY(path_whole(&path, &text));
	else
		TRY(path_resolved(&path, &text));
	if (f->kind == FIELD_NAMED_TYPE)
		text = type_at(ask->t, text);
	put_text(ask, text, strlen(text), value);
	return NULL;
}

/* The lengths of all pieces of a vector. */
static struct error *get_bytes(const struct field_ask *ask,
                               const struct field_name *f,
                               struct expr_value *value)
{
	enum { PIECES_MOST = 1024 /* the kernel's IOV_MAX */ };
	const struct syscall_view *view = &ask->call->view;
	int index = field_arg_index(view->desc, f->arg);
	size_t word = view->abi == ABI_X86_64 ? 8 : 4, len;
	uint8_t pieces[PIECES_MOST * 16];
	uint64_t count;

	if (index < 0 || !decode_field_is(view->desc, (unsigned)index,
	                                  "iovec"))
		return no_such_field(ask, f);
	*value = (struct expr_value){ .type = EXPR_INT };
	count = view->args[view->desc->args[index].param_arg[0]];
	len = (count < PIECES_MOST ? count : PIECES_MOST) * 2 * word;
	if (memory_read(&ask->t->process->memory, view->args[index], pieces,
	                len) < len)
		return error_fault_in(ask->room, view->args[index], "can't read "
		                      "%s at 0x%llx", f->arg,
		                      (unsigned long long)view->args[index]);
	for (size_t at = 0; at < len; at += 2 * word) {
		uint64_t piece = 0;

		memcpy(&piece, pieces + at + word, word);
		value->u += piece;
	}
	return NULL;
}

static struct error *get_own(const struct field_ask *ask, struct field_name *f,
                             struct expr_value *value)
{
	if (f->kind == FIELD_OF_STRUCT)
		return get_struct(ask, f, value);
	if (f->kind == FIELD_BYTES)
		return get_bytes(ask, f, value);
	if (f->kind >= FIELD_NAMED)
		return get_path(ask, f, value);
	return get_fd(ask, f, value);
}

struct error *field_get(const struct field_ask *ask,
                        const struct field_name *field, bool as_string,
                        struct expr_value *value)
{
	struct field_name *f = (struct field_name *)(uintptr_t)field;

	if (!ask->call || !ask->call->view.desc)
		return no_such_field(ask, f);
	/* Who asks for a number first is not to wait for a text. */
	if (as_string || f->kind == FIELD_OF_STRUCT ||
	    f->kind == FIELD_FAMILY || f->kind == FIELD_BYTES)
		TRY(get_own(ask, f, value));
	else
		value->type = EXPR_STRING;
	if ((value->type == EXPR_STRING) != as_string)
		return error_new_in(ask->room, ERROR_USAGE, "%s.%s is a string, "
		                    "no number", f->arg, f->path);
	return NULL;
}
