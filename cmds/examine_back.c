/* SPDX-License-Identifier: GPL-3.0-or-later */
/* x/-N of what has no size of its own, strings and instructions, as gdb's. */
#include "cmds/examine.h"
#include "cmds/internal.h"

#include "base/alloc.h"
#include "expr/value.h"
#include "session/location.h"

#include <string.h>

enum {
	CHUNK = 256,              /* divides a page */
	STRING_MAX = 1000,        /* that `x/s` shows at most */
	LINE_MAX_BYTES = 1 << 20, /* of code that is one line's */
};

static bool interrupted(const struct session *s)
{
	return s->hooks.interrupted && s->hooks.interrupted(s->hooks.ctx);
}

static struct error *was_interrupted(void)
{
	return error_new(ERROR_INTERRUPTED, "interrupted");
}

static struct error *unreadable(taddr addr)
{
	return error_fault(addr, "can't read memory at 0x%llx",
	                   (unsigned long long)addr);
}

/* Bytes that end at END, where a file's section may begin anywhere. */
static size_t read_before(struct session *s, taddr end, uint8_t *bytes)
{
	taddr start = (end - 1) & ~(taddr)(CHUNK - 1);
	size_t want = (size_t)(end - start), got = 0;

	if (!end)
		return 0;
	if (memory_read(&s->world->memory, start, bytes, want) == want)
		return want;
	while (got < want && memory_read(&s->world->memory, end - got - 1,
	                                 &bytes[want - got - 1], 1) == 1)
		got++;
	memmove(bytes, bytes + want - got, got);
	return got;
}

struct walk {
	uint64_t left;            /* strings that are still to be found */
	uint64_t most;            /* characters that count as one string */
	uint64_t passed;          /* since the last string's beginning */
	taddr start;              /* of the last one that was found */
};

/* Each beginning of a string in the LEN bytes that end at END. */
static void walk_chunk(struct walk *w, taddr end, const uint8_t *bytes,
                       size_t len)
{
	for (; len && w->left; len--, end--) {
		if (!bytes[len - 1] || w->passed == w->most) {
			w->left--;
			w->start = end;
			w->passed = 0;
		}
		w->passed++;
	}
}

/*
 * *ADDR is moved to the COUNTth beginning of a string at or before it; behind a
 * byte that is 0 one begins, and in the middle of one too long to be shown
 * whole.  Where memory ends, fewer are found, and what stands there counts.
 */
static struct error *strings_before(struct session *s, taddr *addr,
                                    uint64_t *count)
{
	uint64_t most = s->settings.print_elements;
	struct walk w = { .left = *count, .start = *addr,
	                  .most = most && most < STRING_MAX ? most
	                                                    : STRING_MAX };
	uint8_t bytes[CHUNK];
	taddr at = *addr;

	while (w.left) {
		size_t got = read_before(s, at, bytes);

		if (interrupted(s))
			return was_interrupted();
		walk_chunk(&w, at, bytes, got);
		at -= got;
		if (!got)
			break;
	}
	if (at == *addr)
		return unreadable(at - 1);
	if (w.left && at < w.start) {
		w.start = at;
		w.left--;
	}
	*addr = w.start;
	*count -= w.left;
	return NULL;
}

typedef VEC(taddr) address_list;

static void addresses_deinit(address_list *list)
{
	vec_deinit(list);
}

/* Where the instructions of [START, END) begin. */
static struct error *walk_line(struct session *s, taddr start, taddr end,
                               address_list *list)
{
	list->len = 0;
	while (start < end) {
		unsigned len;

		if (interrupted(s))
			return was_interrupted();
		TRY(code_insn_len(s, start, &len));
		vec_push(list, start);
		start += len;
	}
	return NULL;
}

static void say_no_line(struct session *s, taddr addr)
{
	const struct value_world *w = s->world;
	AUTO_BUF struct buf name = { 0 };

	buf_init(&name);
	w->describe(w->ctx, addr, &name);
	out_message(s->out, "note", ROLE_PLAIN, "No line number information "
	            "available for address 0x%llx%s%s",
	            (unsigned long long)addr, name.len ? " " : "",
	            name.len ? name.data : "");
}

/*
 * The same for instructions: backwards they can't be told apart, so each line
 * of the source is walked from where it begins.
 */
static struct error *code_before(struct session *s, taddr *addr,
                                 uint64_t *count)
{
	CLEANUP(addresses_deinit) address_list list = { 0 };
	uint64_t found = 0;
	struct image *image;

	TRY(location_image(s, &image));
	while (found < *count) {
		struct source_line line;

		if (!debug_line_at(image, *addr - 1, &line) || !line.line ||
		    line.start >= *addr ||
		    *addr - line.start > LINE_MAX_BYTES) {
			say_no_line(s, *addr - 1);
			break;
		}
		TRY(walk_line(s, line.start, *addr, &list));
		*addr = line.start;
		found += list.len;
	}
	if (found > *count)
		*addr = list.items[found - *count];
	else
		*count = found;
	return NULL;
}

struct error *examine_rewind(struct session *s, char format, taddr *addr,
                             uint64_t *count)
{
	return format == 's' ? strings_before(s, addr, count)
	                     : code_before(s, addr, count);
}
