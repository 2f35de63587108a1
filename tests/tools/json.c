/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the tests of --json judge with.
 *
 *	json check SCHEMA <LINES    every line fits; prints the types seen
 *	json types SCHEMA           the types that the schema knows
 *	json get TYPE MEMBER <LINES MEMBER (a.0.b) of every record of TYPE
 *
 * Knows the part of JSON Schema (2020-12) that docs/json-schema.json uses, and
 * refuses any other word in a schema, an object that is open to members it
 * does not name, and a reference to nothing.  `check` also wants what a schema
 * can't say: one object a line in plain ASCII, "scdb" first and only there,
 * and after each "command" its "done" before the next.
 */
#include <jansson.h>
#include <regex.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void die(const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	vfprintf(stderr, fmt, args);
	va_end(args);
	fputc('\n', stderr);
	exit(2);
}

/* The schema itself. */

static const char *const words[] = {
	"$schema", "title", "description", "$defs", "$ref", "type", "properties",
	"required", "additionalProperties", "items", "enum", "const", "oneOf",
	"minimum", "pattern",
};

static json_t *resolve(json_t *root, const char *ref)
{
	static const char start[] = "#/$defs/";
	json_t *found = NULL;

	if (strncmp(ref, start, sizeof(start) - 1) == 0)
		found = json_object_get(json_object_get(root, "$defs"),
		                        ref + sizeof(start) - 1);
	if (!found)
		die("the schema refers to nothing: %s", ref);
	return found;
}

static void check_schema(json_t *root, json_t *schema, const char *where);

static void check_each(json_t *root, json_t *schemas, const char *where)
{
	const char *name;
	json_t *one;

	json_object_foreach(schemas, name, one)
		check_schema(root, one, name);
	for (size_t i = 0; i < json_array_size(schemas); i++)
		check_schema(root, json_array_get(schemas, i), where);
}

static void check_object(json_t *schema, const char *where)
{
	json_t *properties = json_object_get(schema, "properties");
	json_t *required = json_object_get(schema, "required");

	if (!json_is_false(json_object_get(schema, "additionalProperties")))
		die("%s: is open to other members", where);
	for (size_t i = 0; i < json_array_size(required); i++) {
		const char *name = json_string_value(
			json_array_get(required, i));

		if (!name || !json_object_get(properties, name))
			die("%s: requires an unknown member", where);
	}
}

static void check_schema(json_t *root, json_t *schema, const char *where)
{
	const char *ref, *type, *word;
	json_t *value;

	if (!json_is_object(schema) || !json_object_size(schema))
		die("%s: is no schema", where);
	json_object_foreach(schema, word, value) {
		size_t i = 0;

		while (i < sizeof(words) / sizeof(words[0]) &&
		       strcmp(words[i], word) != 0)
			i++;
		if (i == sizeof(words) / sizeof(words[0]))
			die("%s: the word \"%s\" is not known here", where,
			    word);
	}
	ref = json_string_value(json_object_get(schema, "$ref"));
	if (ref)
		resolve(root, ref);
	type = json_string_value(json_object_get(schema, "type"));
	if (type && strcmp(type, "object") == 0)
		check_object(schema, where);
	check_each(root, json_object_get(schema, "$defs"), where);
	check_each(root, json_object_get(schema, "properties"), where);
	check_each(root, json_object_get(schema, "oneOf"), where);
	value = json_object_get(schema, "items");
	if (value)
		check_schema(root, value, where);
}

static json_t *load_schema(const char *file)
{
	json_error_t error;
	json_t *root = json_load_file(file, JSON_REJECT_DUPLICATES, &error);

	if (!root)
		die("%s:%d: %s", file, error.line, error.text);
	check_schema(root, root, file);
	return root;
}

/* Values against it. */

struct judge {
	json_t *root;
	char why[400];
	bool other_type; /* WHY is only that it is another record */
};

static bool fails(struct judge *j, const char *where, const char *fmt, ...)
{
	va_list args;
	int len = snprintf(j->why, sizeof(j->why), "%s: ", where);

	va_start(args, fmt);
	vsnprintf(j->why + len, sizeof(j->why) - (size_t)len, fmt, args);
	va_end(args);
	j->other_type = false;
	return false;
}

static bool has_type(const json_t *value, const char *type)
{
	static const struct {
		const char *name;
		json_type type;
	} types[] = {
		{ "object", JSON_OBJECT }, { "array", JSON_ARRAY },
		{ "string", JSON_STRING }, { "integer", JSON_INTEGER },
		{ "number", JSON_REAL },   { "null", JSON_NULL },
	};

	if (strcmp(type, "boolean") == 0)
		return json_is_boolean(value);
	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
		if (strcmp(type, types[i].name) == 0)
			return json_typeof(value) == types[i].type;
	die("the schema has an unknown type: %s", type);
	return false;
}

static bool matches(const char *text, const char *pattern)
{
	regex_t regex;
	bool ok;

	if (regcomp(&regex, pattern, REG_EXTENDED | REG_NOSUB))
		die("the schema has a bad pattern: %s", pattern);
	ok = text && regexec(&regex, text, 0, NULL, 0) == 0;
	regfree(&regex);
	return ok;
}

static bool fits(struct judge *j, json_t *schema, json_t *value,
                 const char *where);

static bool fits_one(struct judge *j, json_t *choices, json_t *value,
                     const char *where)
{
	char why[sizeof(j->why)] = "fits none of what is allowed";
	unsigned count = 0;

	for (size_t i = 0; i < json_array_size(choices); i++) {
		j->other_type = false;
		if (fits(j, json_array_get(choices, i), value, where))
			count++;
		else if (!j->other_type)
			memcpy(why, j->why, sizeof(why));
	}
	if (count > 1)
		return fails(j, where, "fits more than one");
	return count == 1 || fails(j, where, "%s", why);
}

static bool fits_members(struct judge *j, json_t *schema, json_t *value,
                         const char *where)
{
	json_t *properties = json_object_get(schema, "properties");
	json_t *required = json_object_get(schema, "required"), *member;
	const char *name;
	char place[200];

	json_object_foreach(value, name, member) {
		json_t *wanted = json_object_get(properties, name);

		if (!wanted)
			return fails(j, where, "has an unknown \"%s\"", name);
		snprintf(place, sizeof(place), "%s.%s", where, name);
		if (!fits(j, wanted, member, place)) {
			j->other_type = strcmp(place, ".type") == 0;
			return false;
		}
	}
	for (size_t i = 0; i < json_array_size(required); i++) {
		name = json_string_value(json_array_get(required, i));
		if (!json_object_get(value, name))
			return fails(j, where, "lacks \"%s\"", name);
	}
	return true;
}

static bool fits_items(struct judge *j, json_t *items, json_t *value,
                       const char *where)
{
	char place[200];

	for (size_t i = 0; items && i < json_array_size(value); i++) {
		snprintf(place, sizeof(place), "%s.%zu", where, i);
		if (!fits(j, items, json_array_get(value, i), place))
			return false;
	}
	return true;
}

static bool is_one_of(json_t *values, const json_t *value)
{
	for (size_t i = 0; i < json_array_size(values); i++)
		if (json_equal(json_array_get(values, i), value))
			return true;
	return false;
}

static bool fits(struct judge *j, json_t *schema, json_t *value,
                 const char *where)
{
	const char *ref = json_string_value(json_object_get(schema, "$ref"));
	const char *type = json_string_value(json_object_get(schema, "type"));
	const char *pattern = json_string_value(
		json_object_get(schema, "pattern"));
	json_t *constant = json_object_get(schema, "const");
	json_t *choices = json_object_get(schema, "oneOf");
	json_t *values = json_object_get(schema, "enum");
	json_t *least = json_object_get(schema, "minimum");

	if (ref && !fits(j, resolve(j->root, ref), value, where))
		return false;
	if (type && !has_type(value, type))
		return fails(j, where, "is no %s", type);
	if (constant && !json_equal(constant, value))
		return fails(j, where, "is another constant");
	if (values && !is_one_of(values, value))
		return fails(j, where, "is none of the enumerated");
	if (pattern && !matches(json_string_value(value), pattern))
		return fails(j, where, "does not match %s", pattern);
	if (least && json_integer_value(value) < json_integer_value(least))
		return fails(j, where, "is less than the minimum");
	if (choices && !fits_one(j, choices, value, where))
		return false;
	if (json_is_object(value) && json_object_get(schema, "properties"))
		return fits_members(j, schema, value, where);
	return !json_is_array(value) ||
	       fits_items(j, json_object_get(schema, "items"), value, where);
}

/* Lines. */

struct stream {
	size_t line;
	json_int_t open;   /* the command that has begun; 0: none */
	json_int_t last;
};

static const char *type_of(const json_t *record)
{
	const char *type = json_string_value(json_object_get(record, "type"));

	return type ? type : "";
}

static bool fits_order(struct judge *j, struct stream *s, const json_t *record)
{
	json_int_t number = json_integer_value(
		json_object_get(record, "number"));

	if ((s->line == 1) != (strcmp(type_of(record), "scdb") == 0))
		return fails(j, "", "\"scdb\" is the first line");
	if (strcmp(type_of(record), "command") == 0) {
		if (s->open || number != s->last + 1)
			return fails(j, "", "a command inside another, or a "
			             "number left out");
		s->last = s->open = number;
	} else if (strcmp(type_of(record), "done") == 0) {
		if (!s->open || number != s->open)
			return fails(j, "", "done without its command");
		s->open = 0;
	}
	return true;
}

static bool check_line(struct judge *j, struct stream *s, const char *line,
                       size_t len, json_t *seen)
{
	json_error_t error;
	json_t *record;
	bool ok;

	for (size_t i = 0; i < len; i++)
		if (line[i] < ' ' || line[i] == 0x7f)
			return fails(j, "", "byte \\%03o",
			             (unsigned char)line[i]);
	record = json_loadb(line, len, JSON_REJECT_DUPLICATES, &error);
	if (!record)
		return fails(j, "", "%s", error.text);
	ok = fits(j, j->root, record, "") && fits_order(j, s, record);
	json_object_set_new(seen, type_of(record), json_true());
	json_decref(record);
	return ok;
}

static int check(json_t *root)
{
	struct judge j = { .root = root };
	struct stream s = { 0 };
	json_t *seen = json_object(), *value;
	unsigned bad = 0;
	const char *type;
	char *line = NULL;
	size_t cap = 0;
	ssize_t len;

	while ((len = getline(&line, &cap, stdin)) > 0) {
		size_t whole = (size_t)len - (line[len - 1] == '\n');

		s.line++;
		if (whole == (size_t)len)
			fails(&j, "", "the last line has no end");
		else if (check_line(&j, &s, line, whole, seen))
			continue;
		bad++;
		fprintf(stderr, "line %zu: %s\n    %.300s\n", s.line, j.why,
		        line);
	}
	if (s.open || !s.line) {
		fprintf(stderr, s.line ? "the last command is not done\n"
		                       : "there is no line\n");
		bad++;
	}
	json_object_foreach(seen, type, value)
		puts(type);
	free(line);
	json_decref(seen);
	return bad > 0;
}

static int types(json_t *root)
{
	json_t *choices = json_object_get(root, "oneOf");

	for (size_t i = 0; i < json_array_size(choices); i++) {
		const char *ref = json_string_value(json_object_get(
			json_array_get(choices, i), "$ref"));
		json_t *properties = json_object_get(
			resolve(root, ref ? ref : ""), "properties");

		puts(json_string_value(json_object_get(json_object_get(
			properties, "type"), "const")));
	}
	return 0;
}

/* PATH's own bytes are changed. */
static json_t *member(json_t *value, char *path)
{
	char *rest = NULL;

	for (char *name = strtok_r(path, ".", &rest); name;
	     name = strtok_r(NULL, ".", &rest))
		value = json_is_array(value)
			? json_array_get(value, strtoul(name, NULL, 10))
			: json_object_get(value, name);
	return value;
}

static int get(const char *type, const char *path)
{
	char *line = NULL;
	size_t cap = 0;
	int none = 1;

	while (getline(&line, &cap, stdin) > 0) {
		json_t *record = json_loads(line, 0, NULL), *value;
		char *copy = strdup(path);

		value = strcmp(type_of(record), type) == 0
			? member(record, copy) : NULL;
		if (json_is_string(value))
			puts(json_string_value(value));
		else if (value && json_dumpf(value, stdout,
		                             JSON_ENCODE_ANY) == 0)
			putchar('\n');
		none = none && !value;
		free(copy);
		json_decref(record);
	}
	free(line);
	return none;
}

int main(int argc, char **argv)
{
	json_t *root;
	int status;

	if (argc == 4 && strcmp(argv[1], "get") == 0)
		return get(argv[2], argv[3]);
	if (argc != 3)
		die("usage: json check|types SCHEMA, json get TYPE MEMBER");
	root = load_schema(argv[2]);
	status = strcmp(argv[1], "types") == 0 ? types(root) : check(root);
	json_decref(root);
	return status;
}
