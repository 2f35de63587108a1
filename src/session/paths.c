/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session/paths.h"

#include "session/internal.h"
#include "session/world.h"

#include "base/alloc.h"
#include "base/pattern.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* As many links as the kernel follows: path_resolution(7). */
enum { LINKS_MAX = 40, TEXT_MAX = 2 * PATH_MAX };

/* Room that stays from one question to the next: a rule may ask at each call. */
struct paths {
	struct buf whole;          /* as it is written */
	struct buf seen;           /* where a walk is; the root is "" */
	struct buf rest;           /* what is still to be gone */
	struct buf next, real;
};

/* A way through the tree that a thread sees, where FROM is read from TO. */
struct walk {
	struct paths *paths;
	const struct thread *t;
	const char *from, *to;     /* NULL: nothing is moved */
	bool follow;               /* the last link too */
	unsigned links;
	bool within;               /* it is FROM, or below */
};

struct paths *paths_create(void)
{
	struct paths *p = xcalloc(1, sizeof(*p));

	buf_init(&p->whole);
	buf_init(&p->seen);
	buf_init(&p->rest);
	buf_init(&p->next);
	buf_init(&p->real);
	return p;
}

void paths_destroy(struct paths *p)
{
	if (!p)
		return;
	buf_deinit(&p->whole);
	buf_deinit(&p->seen);
	buf_deinit(&p->rest);
	buf_deinit(&p->next);
	buf_deinit(&p->real);
	free(p);
}

/* A path that the kernel tells to scdb, as T, whose root may be another, has
 * it. */
static void put_seen(const struct thread *t, const char *text,
                     struct buf *path)
{
	char name[64], root[PATH_MAX];
	ssize_t len;

	snprintf(name, sizeof(name), "/proc/%d/root", (int)t->tid);
	len = readlink(name, root, sizeof(root) - 1);
	root[len > 0 ? len : 0] = '\0';
	if (len > 1 && path_is_below(text, root))
		text += len;
	buf_puts(path, text);
}

static struct error *no_path(const struct path_ask *ask)
{
	return error_new_in(ask->room, ERROR_NOT_FOUND, "it has no path");
}

/* Of /proc/TID/NAME, which is a link. */
static struct error *put_base(const struct path_ask *ask, const char *name,
                              struct buf *path)
{
	char link[64], text[PATH_MAX];
	ssize_t len;

	snprintf(link, sizeof(link), "/proc/%d/%s", (int)ask->t->tid, name);
	len = readlink(link, text, sizeof(text) - 1);
	text[len > 0 ? len : 0] = '\0';
	if (text[0] != '/')
		return no_path(ask);
	put_seen(ask->t, text, path);
	return NULL;
}

/* The directory that the path begins at. */
static struct error *put_start(const struct path_ask *ask, bool fd_alone,
                               struct buf *path)
{
	unsigned index = ask->index;
	char name[32];
	int fd;

	if (!index || !decode_field_is(ask->call->desc, index - 1, "atfd"))
		return fd_alone ? no_path(ask) : put_base(ask, "cwd", path);
	fd = (int)decode_arg_value(ask->call, index - 1);
	if (fd == -100 /* AT_FDCWD */)
		return put_base(ask, "cwd", path);
	snprintf(name, sizeof(name), "fd/%d", fd);
	return put_base(ask, name, path);
}

/* FD_TOO: where the text is empty or NULL, the descriptor before it. */
static struct error *put_whole(const struct path_ask *ask, bool fd_too,
                               struct buf *path)
{
	taddr addr = ask->call->args[ask->index];
	char text[PATH_MAX + 1];
	_Bool cut;
	ssize_t len = 0;

	buf_reset(path);
	if (addr)
		len = memory_read_string(&ask->t->process->memory, addr, text,
		                         sizeof(text), &cut);
	if (len < 0)
		return error_fault_in(ask->room, addr, "can't read the path at "
		                      "0x%llx", (unsigned long long)addr);
	if (!len && !fd_too)
		return no_path(ask);
	if (!len || text[0] != '/')
		TRY(put_start(ask, !len, path));
	if (len && text[0] != '/')
		buf_putc(path, '/');
	buf_add(path, text, (size_t)len);
	return NULL;
}

struct error *path_whole(const struct path_ask *ask, const char **path)
{
	TRY(put_whole(ask, false, &ask->paths->whole));
	*path = ask->paths->whole.data;
	return NULL;
}

/* SEEN, where it really is. */
static void put_real(const struct walk *w, struct buf *real)
{
	const char *seen = w->paths->seen.data;

	if (w->from && path_is_below(seen, w->from)) {
		buf_puts(real, w->to);
		seen += strlen(w->from);
	}
	buf_puts(real, seen);
}

/* What the link at SEEN says; -1: it is none. */
static ssize_t read_link(const struct walk *w, char *text, size_t size)
{
	const char *seen = w->paths->seen.data;
	struct buf *real = &w->paths->real;
	const struct thread *t = w->t;
	ssize_t len;

	/* These would be about scdb. */
	if (strcmp(seen, "/proc/self") == 0)
		return snprintf(text, size, "%d", (int)t->process->pid);
	if (strcmp(seen, "/proc/thread-self") == 0)
		return snprintf(text, size, "%d/task/%d",
		                (int)t->process->pid, (int)t->tid);
	buf_reset(real);
	buf_puts(real, "/proc/");
	buf_put_decimal(real, (uint64_t)t->tid);
	buf_puts(real, "/root");
	put_real(w, real);
	len = readlink(real->data, text, size - 1);
	if (len >= 0)
		text[len] = '\0';
	return len;
}

static void cut_last(struct buf *path)
{
	const char *slash = strrchr(path->data, '/');

	buf_truncate(path, slash ? (size_t)(slash - path->data) : 0);
}

/* One name of REST is gone; the new REST, where a link leads elsewhere. */
static void take_name(struct walk *w, const char *name, size_t len)
{
	struct buf *seen = &w->paths->seen, *next = &w->paths->next;
	const char *rest = name + len;
	bool last = !rest[strspn(rest, "/")];
	char text[PATH_MAX];

	buf_reset(next);
	buf_puts(next, rest);
	if (len == 2 && strncmp(name, "..", 2) == 0) {
		cut_last(seen);
	} else if (len != 1 || *name != '.') {
		buf_putc(seen, '/');
		buf_add(seen, name, len);
		/* With a slash behind it the last is no last one. */
		if ((!last || w->follow || *rest) && w->links < LINKS_MAX &&
		    read_link(w, text, sizeof(text)) > 0) {
			w->links++;
			cut_last(seen);
			if (*text == '/')
				buf_reset(seen);
			buf_reset(next);
			buf_puts(next, text);
			buf_puts(next, rest);
		}
	}
	buf_truncate(next, next->len < TEXT_MAX ? next->len : TEXT_MAX);
	buf_swap(&w->paths->rest, next);
}

/* What is read from elsewhere looks as if it were where it is seen. */
static void begin(struct walk *w, const char *path)
{
	struct buf *rest = &w->paths->rest;

	buf_reset(&w->paths->seen);
	buf_reset(rest);
	if (w->from && path_is_below(path, w->to)) {
		buf_puts(rest, w->from);
		path += strlen(w->to);
	}
	buf_puts(rest, path);
}

static void go(struct walk *w)
{
	for (;;) {
		const char *name = w->paths->rest.data;

		name += strspn(name, "/");

		if (!*name)
			break;
		take_name(w, name, strcspn(name, "/"));
	}
	w->within = w->from && path_is_below(w->paths->seen.data, w->from);
}

/* Calls of a path that are about a last link itself. */
static const char *const about_links[] = {
	"lchown", "lchown32", "lgetxattr", "link", "linkat", "llistxattr",
	"lremovexattr", "lsetxattr", "lstat", "lstat64", "mkdir", "mkdirat",
	"mknod", "mknodat", "oldlstat", "readlink", "readlinkat", "rename",
	"renameat", "renameat2", "rmdir", "symlink", "symlinkat", "unlink",
	"unlinkat",
};

static bool follows_last(const struct syscall_view *call)
{
	enum { AT_NOFOLLOW = 0x100, AT_FOLLOW = 0x400 };
	enum { FLAG_CREAT = 0x40, FLAG_EXCL = 0x80, FLAG_NOFOLLOW = 0x20000 };
	int index = syscall_arg_index(call->desc, "flags");
	uint64_t flags = index < 0 ? 0 : call->args[index];

	if (strncmp(call->name, "open", 4) == 0 && call->name[4] != '_')
		return !(flags & FLAG_NOFOLLOW) &&
		       (~flags & (FLAG_CREAT | FLAG_EXCL));
	if (strcmp(call->name, "linkat") == 0)
		return flags & AT_FOLLOW;
	for (size_t i = 0; i < ARRAY_LEN(about_links); i++)
		if (strcmp(call->name, about_links[i]) == 0)
			return false;
	return !(flags & AT_NOFOLLOW);
}

struct error *path_resolved(const struct path_ask *ask, const char **path)
{
	struct walk w = { .paths = ask->paths, .t = ask->t,
	                  .follow = follows_last(ask->call) };
	struct buf *seen = &ask->paths->seen;

	TRY(put_whole(ask, true, &ask->paths->whole));
	begin(&w, ask->paths->whole.data);
	go(&w);
	*path = seen->len ? seen->data : "/";
	return NULL;
}

/* DIR as others begin with it: "/etc" of "/etc//". */
static struct error *take_directory(struct value *v, struct buf *dir)
{
	TRY(value_text(v, PATH_MAX, dir));
	while (dir->len && dir->data[dir->len - 1] == '/')
		buf_truncate(dir, dir->len - 1);
	if (dir->data[0] != '/')
		return error_new(ERROR_USAGE, "$_moved wants directories "
		                 "other than / with a / before them, not "
		                 "\"%s\"", dir->data);
	return NULL;
}

static struct error *moved(const struct symbol_env *env,
                           struct value *const *args, size_t count,
                           struct value **value)
{
	AUTO_BUF struct buf from = { 0 }, to = { 0 }, path = { 0 };
	struct walk w = { .paths = env->s->paths, .t = env->thread,
	                  .follow = true };
	uint64_t follow = 1;

	buf_init(&from);
	buf_init(&to);
	buf_init(&path);
	TRY(value_text(args[0], TEXT_MAX, &path));
	TRY(take_directory(args[1], &from));
	TRY(take_directory(args[2], &to));
	if (count > 3)
		TRY(value_as_integer(args[3], &follow));
	if (!w.t)
		return error_new(ERROR_USAGE, "there is no thread that could "
		                 "see a path");
	w.from = from.data;
	w.to = to.data;
	w.follow = follow;
	begin(&w, path.data);
	go(&w);
	buf_reset(&path);
	if (w.within)
		put_real(&w, &path);
	*value = value_of_string(env->s->world, path.data, path.len);
	return NULL;
}

bool path_function_args(const char *name, size_t *least, size_t *most)
{
	*least = 3;
	*most = 4;
	return strcmp(name, "_moved") == 0;
}

struct error *path_function(void *env, const char *name,
                            struct value *const *args, size_t count,
                            struct value **value)
{
	return strcmp(name, "_moved") == 0 ? moved(env, args, count, value)
	                                   : NULL;
}
