/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can be changed in the lines of each pane, and by which command. */
#include "ui/tui/edit.h"

#include "base/alloc.h"
#include "cmds/command.h"
#include "session/call.h"
#include "ui/tui/memory.h"

#include <inttypes.h>
#include <string.h>

static const char blanks[] = " ";

/* Word NUMBER of LINE, up to the end of the line where REST; "": none. */
static char *word(const struct page_line *line, unsigned number, bool rest)
{
	const char *at = line->text + strspn(line->text, blanks);

	while (number--) {
		at += strcspn(at, blanks);
		at += strspn(at, blanks);
	}
	return xstrndup(at, rest ? strlen(at) : strcspn(at, blanks));
}

static struct error *nothing_here(const struct pane *p)
{
	return error_new(ERROR_UNSUPPORTED, "nothing can be changed in this "
	                 "line of the pane %s", pane_name(p->id));
}

/* A register of more than 64 bits is one number, or a choice of views. */
static struct error *find_register(const struct pane *p,
                                   const struct page_line *line,
                                   struct edit_target *to)
{
	static const char whole[] = "uint128 = ";
	AUTO_FREE char *name = word(line, 0, false);
	char *old = word(line, 1, false);
	const char *view = "", *at = strstr(line->text, whole);

	if (*old == '{') {
		free(old);
		if (!at)
			return error_new(ERROR_UNSUPPORTED, "%s has no view as "
			                 "one number: `set var $%s.VIEW[N] = "
			                 "VALUE`", name, name);
		view = ".uint128";
		at += strlen(whole);
		old = xstrndup(at, strcspn(at, "}, "));
	} else if (!*old) {
		free(old);
		return nothing_here(p);
	}
	*to = (struct edit_target){
		.label = xasprintf("%s%s = ", name, view),
		.command = xasprintf("set var $%s%s = ", name, view),
		.old = old,
	};
	return NULL;
}

/* Whether it is a value as it stands. */
static bool is_value(struct session *s, const char *text)
{
	AUTO_FREE char *line = xasprintf("output %s", text);
	struct out_capture said;
	struct error *err;
	bool ok;

	if (!*text || strchr(text, '\n'))
		return false;
	out_capture_init(&said);
	err = command_peek(s, line, &said.out);
	ok = !err;
	error_destroy(err);
	out_capture_deinit(&said);
	return ok;
}

static struct edit_target target(const char *command, const char *what,
                                 char *old)
{
	return (struct edit_target){
		.label = xasprintf("%s%s ", command, what),
		.command = xasprintf("%s%s ", command, what),
		.old = old,
	};
}

/* Decoded where that can be typed, else as a number. */
static struct error *find_argument(struct tui *t, const struct page_line *line,
                                   struct edit_target *to)
{
	AUTO_FREE char *name = word(line, 0, false);
	char *old = word(line, 2, true);

	if (!is_value(t->session, old)) {
		free(old);
		old = word(line, 1, false);
	}
	*to = target("arg ", name, old);
	return NULL;
}

static struct error *find_call(struct tui *t, struct pane *p,
                               const struct page_line *line,
                               struct edit_target *to)
{
	struct thread *thread = t->session->current;
	const struct call *call = thread ? call_current(thread) : NULL;
	size_t at = (size_t)(line - p->page.lines.items), head = 0;
	AUTO_FREE char *name = word(line, 0, false);

	if (!call)
		return nothing_here(p);
	while (head < p->page.lines.len &&
	       (p->page.lines.items[head].roles[0] & PAGE_ROLE) != ROLE_HEADING)
		head++;
	if (call->phase == CALL_AT_ENTRY && at > head)
		return find_argument(t, line, to);
	if (call->phase == CALL_AT_ENTRY && strcmp(name, "number") == 0)
		*to = target("nr", "", xstrdup(call->view.name));
	else if (call->phase == CALL_AT_ENTRY && strcmp(name, "decided") == 0)
		*to = target("skip", "", xstrdup(""));
	else if (call->phase == CALL_AT_EXIT && strcmp(name, "result") == 0)
		*to = target("fake", "", word(line, 1, false));
	else
		return nothing_here(p);
	return NULL;
}

/* The value that the cursor of P is on, which is at *ADDR and has SIZE bytes. */
static struct error *find_cell(const struct tui *t, const struct pane *p,
                               const struct page_line *line, uint64_t *addr,
                               uint64_t *size)
{
	size_t row = tui_memory_row(t), cell = p->view.cell;

	if (!line->addr || !line->cell_count || !row)
		return nothing_here(p);
	if (cell >= line->cell_count)
		cell = line->cell_count - 1;
	*size = row / p->page.lines.items[0].cell_count;
	*addr = line->addr + cell * *size;
	return NULL;
}

static struct error *find_memory(const struct tui *t, const struct pane *p,
                                 const struct page_line *line,
                                 struct edit_target *to)
{
	const char *type;
	uint64_t addr = 0, size = 0;
	size_t cell = p->view.cell;

	TRY(find_cell(t, p, line, &addr, &size));
	type = size == 1 ? "unsigned char" : size == 2 ? "unsigned short"
	       : size == 4 ? "unsigned int" : size == 8 ? "unsigned long" : NULL;
	if (!type)
		return nothing_here(p);
	if (cell >= line->cell_count)
		cell = line->cell_count - 1;
	*to = (struct edit_target){
		.label = xasprintf("0x%" PRIx64 ": ", addr),
		.command = xasprintf("set var {%s}0x%" PRIx64 " = ", type,
		                     addr),
		.old = xstrndup(line->text + line->cells[cell].start,
		                line->cells[cell].end - line->cells[cell].start),
	};
	return NULL;
}

struct error *edit_find(struct tui *t, struct pane *p,
                        const struct page_line *line, struct edit_target *to)
{
	switch (p->id) {
	case PANE_REGISTERS: return find_register(p, line, to);
	case PANE_CALL: return find_call(t, p, line, to);
	case PANE_MEMORY: return find_memory(t, p, line, to);
	default: return nothing_here(p);
	}
}
