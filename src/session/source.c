/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session/source.h"

#include "base/alloc.h"
#include "session/frames.h"
#include "symbols/unwind.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MAX_FILE = 64 << 20, MAX_PATH = 8192 };

struct source_file {
	char *path;               /* as asked for */
	char *found;              /* NULL: nowhere */
	int errnum;               /* why not */
	struct stat st;           /* when it was read */
	char *data;
	size_t len;
	VEC(uint32_t) lines;      /* where each begins */
	bool newer;               /* than the program, and nobody was told */
};

struct source_store *source_store_create(void)
{
	return xcalloc(1, sizeof(struct source_store));
}

static void file_destroy(struct source_file *f)
{
	vec_deinit(&f->lines);
	free(f->data);
	free(f->found);
	free(f->path);
	free(f);
}

static void forget_files(struct source_store *store)
{
	for (size_t i = 0; i < store->files.len; i++)
		file_destroy(store->files.items[i]);
	store->files.len = 0;
	store->complained = NULL;
}

void source_store_destroy(struct source_store *store)
{
	if (!store)
		return;
	forget_files(store);
	vec_deinit(&store->files);
	for (size_t i = 0; i < store->substitutions.len; i++) {
		free(store->substitutions.items[i].from);
		free(store->substitutions.items[i].to);
	}
	vec_deinit(&store->substitutions);
	free(store);
}

void source_forget(struct session *s)
{
	forget_files(s->sources);
}

/* Where directories end. */
static size_t bare_len(const char *dir)
{
	size_t len = strlen(dir);

	while (len > 1 && dir[len - 1] == '/')
		len--;
	return len;
}

void source_substitute(struct session *s, const char *from, const char *to)
{
	struct source_store *store = s->sources;
	struct substitution new = { xstrndup(from, bare_len(from)),
	                            xstrndup(to, bare_len(to)) };

	for (size_t i = 0; i < store->substitutions.len; i++)
		if (strcmp(store->substitutions.items[i].from,
		           new.from) == 0) {
			free(store->substitutions.items[i].from);
			free(store->substitutions.items[i].to);
			vec_remove(&store->substitutions, i);
			break;
		}
	vec_push(&store->substitutions, new);
	forget_files(store);
}

/* PATH with the first rule that fits applied; new. */
static char *rewritten(const struct source_store *store, const char *path)
{
	for (size_t i = 0; i < store->substitutions.len; i++) {
		const struct substitution *rule =
			&store->substitutions.items[i];
		size_t len = strlen(rule->from);

		if (len && strncmp(path, rule->from, len) == 0 &&
		    (!path[len] || path[len] == '/'))
			return xasprintf("%s%s", rule->to, path + len);
	}
	return xstrdup(path);
}

/* A descriptor of a regular file that is not too big, or -1 and errno. */
static int open_regular(const char *path, struct stat *st)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);

	if (fd < 0)
		return -1;
	if (fstat(fd, st) != 0 || !S_ISREG(st->st_mode)) {
		close(fd);
		errno = S_ISDIR(st->st_mode) ? EISDIR : EINVAL;
		return -1;
	}
	if (st->st_size > MAX_FILE) {
		close(fd);
		errno = EFBIG;
		return -1;
	}
	return fd;
}

static void split_lines(struct source_file *f)
{
	const char *end = f->data + f->len;

	for (const char *at = f->data; at < end;) {
		const char *nl = memchr(at, '\n', (size_t)(end - at));

		vec_push(&f->lines, (uint32_t)(at - f->data));
		at = nl ? nl + 1 : end;
	}
}

static void read_whole(struct source_file *f, int fd, size_t size)
{
	f->data = xmalloc(size + 1);
	while (f->len < size) {
		ssize_t got = read(fd, f->data + f->len, size - f->len);

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			break;
		f->len += (size_t)got;
	}
	close(fd);
	split_lines(f);
}

/* The first of the places where FILE is. */
struct search {
	struct source_file *f;
	const struct source_line *line;
	int fd;
	struct stat st;
};

static bool try_path(struct search *search, const char *path)
{
	if (strlen(path) > MAX_PATH)
		return false;
	search->fd = open_regular(path, &search->st);
	if (search->fd < 0) {
		/* What is there and can't be read says more than nothing. */
		if (!search->f->errnum || errno != ENOENT)
			search->f->errnum = errno;
		return false;
	}
	search->f->found = xstrdup(path);
	return true;
}

static bool try_below(struct search *search, const char *dir,
                      const char *name)
{
	AUTO_FREE char *path = xasprintf("%s/%s", dir, name);

	return try_path(search, path);
}

/* In one of the directories of `directory`, the whole name or its last part. */
static bool try_directories(struct session *s, struct search *search,
                            const char *name)
{
	const char *list = s->settings.directories;
	const char *at = list ? list : "$cdir:$cwd";

	while (*at) {
		size_t len = strcspn(at, ":");
		AUTO_FREE char *dir = xstrndup(at, len);
		const char *below = dir;
		AUTO_FREE char *unit = NULL;

		if (strcmp(dir, "$cdir") == 0)
			below = unit = search->line->directory
				? rewritten(s->sources,
				            search->line->directory) : NULL;
		else if (strcmp(dir, "$cwd") == 0)
			below = ".";
		if (below && *below && try_below(search, below, name))
			return true;
		at += len;
		at += *at == ':';
	}
	return false;
}

static void find_file(struct session *s, struct search *search)
{
	const struct source_line *line = search->line;
	AUTO_FREE char *whole = rewritten(s->sources, line->path);
	const char *slash = strrchr(line->file, '/');

	if (try_path(search, whole) ||
	    try_directories(s, search, line->file) ||
	    (*line->file != '/' &&
	     try_directories(s, search, line->path)))
		return;
	if (slash)
		try_directories(s, search, slash + 1);
}

/* Of what was built later than the source changed one need not be told. */
static bool newer_than_program(const struct source_line *line,
                               const struct stat *st)
{
	struct stat program;

	return line->module && stat(line->module->name, &program) == 0 &&
	       st->st_mtime > program.st_mtime;
}

/* Whether F was written to, or replaced, since it was read. */
static bool has_changed(const struct source_file *f)
{
	struct stat st;

	return f->found && stat(f->found, &st) == 0 &&
	       (st.st_mtim.tv_sec != f->st.st_mtim.tv_sec ||
	        st.st_mtim.tv_nsec != f->st.st_mtim.tv_nsec ||
	        st.st_size != f->st.st_size || st.st_ino != f->st.st_ino ||
	        st.st_dev != f->st.st_dev);
}

static struct source_file *find_or_add(struct session *s,
                                       const struct source_line *line)
{
	struct source_store *store = s->sources;
	struct search search = { .line = line, .fd = -1 };
	struct source_file *f;

	for (size_t i = 0; i < store->files.len; i++)
		if (strcmp(store->files.items[i]->path, line->path) == 0) {
			f = store->files.items[i];
			if (!has_changed(f))
				return f;
			file_destroy(f);
			vec_remove(&store->files, i);
			break;
		}
	f = search.f = xcalloc(1, sizeof(*f));
	f->path = xstrdup(line->path);
	find_file(s, &search);
	if (search.fd >= 0) {
		f->newer = newer_than_program(line, &search.st);
		f->st = search.st;
		read_whole(f, search.fd, (size_t)search.st.st_size);
	}
	vec_push(&store->files, f);
	return f;
}

struct error *source_open(struct session *s, const struct source_line *line,
                          struct source_file **file)
{
	struct source_file *f = find_or_add(s, line);

	if (!f->found)
		return error_errno(f->errnum ? f->errnum : ENOENT, "%s",
		                   line->file);
	*file = f;
	return NULL;
}

const char *source_found(const struct source_file *file)
{
	return file->found;
}

unsigned source_line_count(const struct source_file *file)
{
	return (unsigned)file->lines.len;
}

const char *source_text(const struct source_file *file, unsigned number,
                        size_t *len)
{
	const char *text, *nl, *end = file->data + file->len;

	if (!number || number > file->lines.len)
		return NULL;
	text = file->data + file->lines.items[number - 1];
	nl = memchr(text, '\n', (size_t)(end - text));
	*len = (size_t)((nl ? nl : end) - text);
	if (*len && text[*len - 1] == '\r')
		--*len;
	return text;
}

bool source_is_newer(struct source_file *file)
{
	bool newer = file->newer;

	file->newer = false;
	return newer;
}

/* Showing. */

static void show_one(struct session *s, const struct source_file *file,
                     const struct source_line *line, unsigned number)
{
	struct out *o = s->out;
	size_t len;
	const char *text = source_text(file, number, &len);

	out_begin(o, "source");
	out_uint(o, "line", ROLE_NUMBER, number, "%u", number);
	out_hidden_str(o, "file", line->path);
	out_text(o, ROLE_PLAIN, "\t");
	out_bytes(o, "text", ROLE_PLAIN, text, len > 4096 ? 4096 : len);
	out_text(o, ROLE_PLAIN, "\n");
	out_end(o);
}

/* Once with the reason; then only where it would be. */
static void show_missing(struct session *s, const struct source_line *line,
                         unsigned number, const struct error *err)
{
	struct out *o = s->out;
	bool again = s->sources->complained &&
	             strcmp(s->sources->complained, line->path) == 0;

	out_begin(o, "source");
	out_uint(o, "line", ROLE_NUMBER, number, "%u", number);
	out_hidden_str(o, "file", line->path);
	if (again) {
		out_text(o, ROLE_PLAIN, "\tin ");
		out_name(o, ROLE_STRING, line->file);
	} else {
		out_text(o, ROLE_PLAIN, "\t");
		out_str(o, "missing", ROLE_WARNING, err->message);
		out_text(o, ROLE_PLAIN, ".");
	}
	out_text(o, ROLE_PLAIN, "\n");
	out_end(o);
	s->sources->complained = line->path;
}

static void stand(struct session *s, const struct source_line *line,
                  unsigned next, unsigned first, unsigned last)
{
	struct source_position *p = &s->sources->position;

	p->file = line->file;
	p->directory = line->directory;
	p->path = line->path;
	p->line = next;
	p->first = first;
	p->last = last;
	p->fresh = p->passed = false;
	if (line->module)
		p->image = line->module->image;
}

struct error *source_show(struct session *s, const struct source_line *line,
                          unsigned first, unsigned last)
{
	struct source_file *file = NULL;
	struct error *err = source_open(s, line, &file);
	unsigned count;

	stand(s, line, first, first, first);
	if (err) {
		show_missing(s, line, first, err);
		error_destroy(err);
		return NULL;
	}
	s->sources->complained = NULL;
	if (source_is_newer(file))
		out_message(s->out, "warning", ROLE_WARNING, "warning: Source "
		            "file is more recent than executable.");
	count = source_line_count(file);
	if (first > count)
		return error_new(ERROR_NOT_FOUND, "Line number %u out of "
		                 "range; %s has %u lines.", first,
		                 line->file, count);
	if (last > count)
		last = count;
	for (unsigned i = first; i <= last; i++) {
		if (s->hooks.interrupted &&
		    s->hooks.interrupted(s->hooks.ctx))
			return error_new(ERROR_INTERRUPTED, "interrupted");
		show_one(s, file, line, i);
	}
	stand(s, line, last + 1, first, last);
	return NULL;
}

void source_stand_at(struct session *s, struct image *image,
                     const struct source_line *line)
{
	unsigned half = (unsigned)(s->settings.listsize
	                           ? s->settings.listsize : 10) / 2;

	stand(s, line, line->line > half ? line->line - half : 1, line->line,
	      line->line);
	s->sources->position.image = image;
	s->sources->position.fresh = true;
}

/*
 * A library's debug file is not opened, or downloaded, for a line that nobody
 * asked for: libc's takes 40 ms to unpack, and its sources are seldom there.
 */
static bool frame_line(struct image *image, const struct frame *f,
                       struct source_line *line)
{
	if (!debug_line_at(image, f->lookup_pc, line))
		return false;
	/* Around an inlined function it is where that is called. */
	if (f->file && f->line &&
	    (f->line != line->line || strcmp(f->file, line->file) != 0)) {
		if (strcmp(f->file, line->file) != 0 &&
		    strcmp(f->file, line->path) != 0)
			line->file = line->path = f->file;
		line->line = f->line;
	}
	return true;
}

void source_show_stop(struct session *s, struct thread *t, taddr pc)
{
	struct image *image = session_image(s, t->process);
	const struct module *m = image_module_at(image, pc);
	const struct frame *f;
	struct source_line line;
	struct source_file *file;
	struct error *err;

	s->sources->position.passed = true;
	if (!m || (m != image_main_module(image) && !module_debug_is_near(m)))
		return;
	f = session_frame_at(s, t, 0);
	if (!(f ? frame_line(image, f, &line)
	        : debug_line_at(image, pc, &line)))
		return;
	err = source_open(s, &line, &file);
	if (!err)
		err = source_show(s, &line, line.line, line.line);
	source_stand_at(s, image, &line);
	error_destroy(err);
}

void source_show_frame(struct session *s, struct thread *t,
                       const struct frame *f)
{
	struct image *image = session_image(s, t->process);
	struct source_line line;

	if (!frame_line(image, f, &line))
		return;
	error_destroy(source_show(s, &line, line.line, line.line));
	source_stand_at(s, image, &line);
}

void source_catch_up(struct session *s)
{
	const struct frame *f;
	struct source_line line;

	if (!s->sources->position.passed)
		return;
	s->sources->position.passed = false;
	f = session_frame(s);
	if (f && frame_line(session_current_image(s), f, &line))
		source_stand_at(s, session_current_image(s), &line);
}
