/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * ui/out_json.h: output for programs: each outermost record is one JSON object
 * on a line of its own, written when it ends.  docs/json.md says what stands
 * in them, docs/json-schema.json describes each.
 *
 * A record within a record is a member of its name, one within a list an item;
 * a field within a list is an item too.  A table is a record with "rows", or
 * within a record a member.  Text outside of fields is not shown.
 */
#ifndef SCDB_UI_OUT_JSON_H
#define SCDB_UI_OUT_JSON_H

#include "base/buf.h"
#include "base/out.h"

#include <stdbool.h>

/* Of docs/json-schema.json; goes up when a program that reads us breaks. */
enum { OUT_JSON_SCHEMA = 1 };
enum { OUT_JSON_NESTING = 8 };

struct json_t;

struct out_json {
	struct out out;
	int fd;
	struct buf *to;            /* where lines go instead; or NULL */
	bool failed;               /* nobody reads us any more */
	struct buf line;
	/* The objects and arrays that are open, outermost first. */
	struct json_t *open[OUT_JSON_NESTING];
	unsigned depth;
	bool in_table;
	bool table_is_record;
	struct json_t *row;        /* of the table; NULL: no field yet */
	/* Called once, when a write fails; NULL: nothing to do. */
	void (*on_failure)(void *ctx);
	void *ctx;
};

/* FD is borrowed. */
void out_json_init(struct out_json *j, int fd);
/* What has begun and not ended is dropped. */
void out_json_deinit(struct out_json *j);
/* One whose lines go behind what TO holds, which is borrowed. */
struct out *out_json_create(struct buf *to);
void out_json_destroy(struct out *o);
/* The first line: the version of scdb and that of the schema. */
void out_json_greet(struct out *o, const char *version);

#endif
