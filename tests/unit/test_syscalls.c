/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tables of calls: every row, every number, names, and subcalls. */
#include "syscalls/constants.h"
#include "syscalls/decode_types.h"
#include "syscalls/syscalls.h"
#include "syscalls/table.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>

#include <cmocka.h>

static const enum abi abis[] = { ABI_X86_64, ABI_X32, ABI_I386 };

static void rows_are_in_order(void **state)
{
	const struct call_row *row, *last = call_row_at(0);

	(void)state;
	assert_int_equal(last->form, FORM_ANY);
	for (size_t i = 1; (row = call_row_at(i)); last = row, i++) {
		int order = strcmp(last->name, row->name);

		if (order > 0 || (order == 0 && row->form == FORM_ANY) ||
		    (order < 0 && row->form != FORM_ANY))
			fail_msg("%s is out of place", row->name);
		if (strlen(row->name) >= SYSCALL_NAME_MAX)
			fail_msg("%s is too long a name", row->name);
	}
}

static void every_number_has_a_row(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(abis); i++)
		for (unsigned nr = 0; nr < CALL_NUMBERS; nr++) {
			const char *name = call_name_at(abis[i], nr);
			const struct syscall_desc *desc =
				syscall_by_number(abis[i], nr);

			if (!name) {
				assert_null(desc);
				continue;
			}
			if (!desc)
				fail_msg("%s has no row", name);
			assert_string_equal(desc->name, name);
		}
}

static void every_row_has_a_number(void **state)
{
	const struct call_row *row;

	(void)state;
	for (size_t i = 0; (row = call_row_at(i)); i++) {
		const struct subcall *sub;
		bool used = false;

		for (size_t a = 0; a < ARRAY_LEN(abis); a++)
			if ((row->form == FORM_ANY ||
			     (enum abi)row->form == abis[a]) &&
			    syscall_number(abis[a], row->name) >= 0)
				used = true;
		for (size_t s = 0; (sub = subcall_at(s)); s++)
			if ((row->form == FORM_ANY || row->form == FORM_SUB) &&
			    !strcmp(sub->name, row->name))
				used = true;
		if (!used)
			fail_msg("row %s (form %d) is for no call", row->name,
				 row->form);
	}
}

/* NAME of the LENth letter of TEXT's next word, "" where there is none. */
static void type_of(const char **text, char *type, size_t size)
{
	const char *at = strchr(*text, ':');
	size_t len;

	type[0] = '\0';
	if (!at)
		return;
	at += 1 + strspn(at + 1, "<>");
	len = strcspn(at, "( ");
	assert_true(len < size);
	memcpy(type, at, len);
	type[len] = '\0';
	*text = at + len;
}

static void every_type_exists(void **state)
{
	const struct call_row *row;

	(void)state;
	for (size_t i = 0; (row = call_row_at(i)); i++) {
		const struct syscall_desc *desc = call_row_desc(row);
		const char *text = row->signature;
		char type[32];

		for (unsigned arg = 0; arg < desc->nargs; arg++) {
			type_of(&text, type, sizeof(type));
			if (!decode_type_find(type))
				fail_msg("%s: no type %s", row->name, type);
			assert_ptr_equal(desc->args[arg].type,
					 decode_type_find(type));
		}
		type_of(&text, type, sizeof(type));
		assert_string_equal(type, "");
	}
}

static bool is_one_of(const char *word, const char *list)
{
	char padded[64];

	snprintf(padded, sizeof(padded), " %s ", word);
	return strstr(list, padded) != NULL;
}

/* What a parameter may be: an argument, `ret`, a number; or, as the first of
 * these types, a name in a list. */
static void every_parameter_names_something(void **state)
{
	static const char listed[] =
		" flags enum permflags ipc_cmd struct array atfd "
		"struct_for ";
	const struct call_row *row;

	(void)state;
	for (size_t i = 0; (row = call_row_at(i)); i++) {
		const struct syscall_desc *desc = call_row_desc(row);

		for (unsigned a = 0; a < desc->nargs; a++) {
			const struct syscall_arg *arg = &desc->args[a];
			bool list = is_one_of(arg->type->name, listed);

			for (unsigned p = 0; p < ARRAY_LEN(arg->params); p++) {
				const char *word = arg->params[p];

				if (!*word || (list && p == 0) ||
				    !strcmp(word, "ret") ||
				    !word[strspn(word, "0123456789")]) {
					assert_int_equal(arg->param_arg[p], -1);
					continue;
				}
				if (arg->param_arg[p] < 0)
					fail_msg("%s: %s(%s) names nothing",
						 row->name, arg->type->name,
						 word);
				assert_string_equal(
					desc->args[arg->param_arg[p]].name,
					word);
			}
			/* An atfd without one has the usual one. */
			if (list && !*arg->params[0] &&
			    strcmp(arg->type->name, "atfd") != 0)
				fail_msg("%s: %s names no list", row->name,
					 arg->type->name);
			for (unsigned b = 0; b < a; b++)
				assert_string_not_equal(desc->args[b].name,
							arg->name);
		}
	}
}

static void every_list_exists(void **state)
{
	const struct call_row *row;

	(void)state;
	for (size_t i = 0; (row = call_row_at(i)); i++) {
		const struct syscall_desc *desc = call_row_desc(row);

		for (unsigned a = 0; a < desc->nargs; a++) {
			const struct syscall_arg *arg = &desc->args[a];

			if (is_one_of(arg->type->name,
				      " flags enum permflags ipc_cmd ") &&
			    !constant_list_find(arg->params[0]))
				fail_msg("%s: no list %s", row->name,
					 arg->params[0]);
		}
	}
}

/* A row that says `>` where nothing points anywhere is a slip. */
static void directions_are_of_pointers(void **state)
{
	static const char plain[] =
		" int uint long ulong size hex off off64lo off64hi fd atfd mode"
		" umask dev pid tid uid gid uid16 gid16 sig clockid key flags"
		" enum permflags ";
	static const char pointing[] =
		" struct array buf path str argv envp int_ptr uint_ptr long_ptr"
		" ulong_ptr size_ptr off_ptr off64_ptr fdpair wstatus sigset"
		" iovec msghdr mmsghdr sockaddr sockaddr_len sockopt pollfd"
		" fdset dirents dirents64 ";
	const struct call_row *row;

	(void)state;
	for (size_t i = 0; (row = call_row_at(i)); i++) {
		const struct syscall_desc *desc = call_row_desc(row);

		for (unsigned a = 0; a < desc->nargs; a++) {
			const struct syscall_arg *arg = &desc->args[a];

			if ((is_one_of(arg->type->name, plain) &&
			     arg->direction != ARG_VALUE) ||
			    (is_one_of(arg->type->name, pointing) &&
			     arg->direction == ARG_VALUE))
				fail_msg("%s: direction of %s", row->name,
					 arg->name);
		}
	}
}

static void malformed_signatures_are_refused(void **state)
{
	static const char *const bad[] = {
		"fd", "fd:", ":int", "fd:int:int", "fd:int(", "fd:int()",
		"fd:int(a", "fd:int(a,)", "fd:int(a,b,c,d,e)", "fd:int ",
		" fd:int", "fd:int  b:int", "fd: int", "fd:int)",
		"a:int b:int c:int d:int e:int f:int g:int",
		"a_name_of_twenty_four_xx:int",
		"a:int(a_parameter_of_thirty_two_letters)",
	};
	struct syscall_desc desc;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(bad); i++)
		if (signature_parse(bad[i], &desc))
			fail_msg("taken: \"%s\"", bad[i]);
	assert_true(signature_parse("", &desc));
	assert_int_equal(desc.nargs, 0);
	assert_true(signature_parse("a:<>buf(b) b:size", &desc));
	assert_int_equal(desc.nargs, 2);
	assert_int_equal(desc.args[0].direction, ARG_INOUT);
	assert_int_equal(desc.args[0].param_arg[0], 1);
	/* Unknown types are numbers. */
	assert_true(signature_parse("a:nonsense", &desc));
	assert_ptr_equal(desc.args[0].type, decode_type_find("hex"));
}

static void openat_is_as_documented(void **state)
{
	const struct syscall_desc *desc =
		syscall_by_number(ABI_X86_64, SYS_openat);

	(void)state;
	assert_string_equal(desc->name, "openat");
	assert_int_equal(desc->classes, CLASS_FILE | CLASS_DESC);
	assert_int_equal(desc->result, RESULT_FD);
	assert_int_equal(desc->nargs, 4);
	assert_string_equal(desc->args[0].name, "dirfd");
	assert_int_equal(desc->args[0].direction, ARG_VALUE);
	assert_int_equal(desc->args[1].direction, ARG_IN);
	assert_string_equal(desc->args[2].params[0], "open");
	assert_int_equal(desc->args[2].param_arg[0], -1);
	assert_int_equal(desc->args[3].param_arg[0], 2);
	assert_int_equal(syscall_arg_index(desc, "flags"), 2);
	assert_int_equal(syscall_arg_index(desc, "fds"), -1);
	assert_int_equal(syscall_arg_index(desc, ""), -1);
	desc = syscall_by_number(ABI_X86_64, SYS_pipe2);
	assert_int_equal(syscall_arg_index(desc, "pipefd"), 0);
	assert_int_equal(syscall_arg_index(desc, "fds"), 0);
	desc = syscall_by_number(ABI_X86_64, SYS_poll);
	assert_int_equal(syscall_arg_index(desc, "fds"), 0);
}

static void abis_have_their_own_rows(void **state)
{
	const struct syscall_desc *desc;

	(void)state;
	desc = syscall_by_number(ABI_X86_64, SYS_clone);
	assert_int_equal(syscall_arg_index(desc, "tls"), 4);
	desc = syscall_by_number(ABI_I386, 120);
	assert_string_equal(desc->name, "clone");
	assert_int_equal(syscall_arg_index(desc, "tls"), 3);
	desc = syscall_by_number(ABI_I386, 90);
	assert_string_equal(desc->name, "mmap");
	assert_int_equal(desc->nargs, 1);
	assert_int_equal(syscall_by_number(ABI_X86_64, SYS_mmap)->nargs, 6);
	desc = syscall_by_number(ABI_X32, 546);
	assert_string_equal(desc->name, "preadv2");
	assert_int_equal(desc->nargs, 5);
}

static void numbers_and_names_go_both_ways(void **state)
{
	char data[SYSCALL_NAME_MAX];

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(abis); i++)
		for (unsigned nr = 0; nr < CALL_NUMBERS; nr++) {
			const char *name = call_name_at(abis[i], nr);

			if (!name)
				continue;
			assert_int_equal(syscall_number(abis[i], name),
					 nr | arch_abi(abis[i])->nr_bit);
			assert_true(syscall_exists(name));
		}
	assert_int_equal(syscall_number(ABI_X86_64, "socketcall"), -1);
	assert_int_equal(syscall_number(ABI_I386, "socketcall"), 102);
	assert_int_equal(syscall_number(ABI_X32, "ioctl"), 0x40000000 + 514);
	assert_int_equal(syscall_number(ABI_I386, "send"), -1);
	assert_int_equal(syscall_number(ABI_X86_64, ""), -1);
	assert_true(syscall_exists("send"));
	assert_false(syscall_exists("opennat"));
	assert_false(syscall_exists(""));
	assert_string_equal(syscall_name(ABI_X86_64, 257, data), "openat");
	assert_string_equal(syscall_name(ABI_X32, 0x40000000 + 512, data),
			    "rt_sigaction");
	assert_string_equal(syscall_name(ABI_X32, 512, data), "rt_sigaction");
	assert_string_equal(syscall_name(ABI_X86_64, 5000, data),
			    "syscall_0x1388");
	assert_string_equal(syscall_name(ABI_I386, UINT64_MAX, data),
			    "syscall_0xffffffffffffffff");
	assert_null(syscall_by_number(ABI_X86_64, UINT64_MAX));
	assert_null(syscall_by_number(ABI_X86_64, 0x40000000));
	assert_null(syscall_by_number(ABI_X86_64, 512));
	assert_null(syscall_by_number(ABI_X32, 13));
	assert_null(syscall_by_number(ABI_I386, 1u << 31));
}

/* The newest ones are behind this machine's headers. */
static void the_calls_of_linux_6_18_are_there(void **state)
{
	static const struct {
		int nr;
		const char *name;
	} newest[] = {
		{ 451, "cachestat" }, { 452, "fchmodat2" },
		{ 453, "map_shadow_stack" }, { 454, "futex_wake" },
		{ 455, "futex_wait" }, { 456, "futex_requeue" },
		{ 457, "statmount" }, { 458, "listmount" },
		{ 459, "lsm_get_self_attr" }, { 460, "lsm_set_self_attr" },
		{ 461, "lsm_list_modules" }, { 462, "mseal" },
		{ 463, "setxattrat" }, { 464, "getxattrat" },
		{ 465, "listxattrat" }, { 466, "removexattrat" },
		{ 467, "open_tree_attr" }, { 468, "file_getattr" },
		{ 469, "file_setattr" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(newest); i++)
		for (size_t a = 0; a < ARRAY_LEN(abis); a++)
			assert_int_equal(
				syscall_number(abis[a], newest[i].name),
				(unsigned)newest[i].nr |
					arch_abi(abis[a])->nr_bit);
	assert_int_equal(syscall_number(ABI_X86_64, "uretprobe"), 335);
	assert_int_equal(syscall_number(ABI_X86_64, "uprobe"), 336);
}

static void names_are_sorted_and_unique(void **state)
{
	size_t count;
	const char *const *names = syscall_names(&count);

	(void)state;
	assert_true(count > 400);
	for (size_t i = 1; i < count; i++)
		assert_true(strcmp(names[i - 1], names[i]) < 0);
	assert_ptr_equal(syscall_names(&count), names);
}

static void near_names_are_offered(void **state)
{
	static const struct {
		const char *word, *first;
	} cases[] = {
		{ "opennat", "openat" }, { "opne", "open" },
		{ "raed", "read" }, { "mkdit", "mkdir" },
		{ "faccesat", "faccessat" }, { "%fiel", "%file" },
		{ "file", "%file" }, { "exec", "execve" },
		{ "getrandon", "getrandom" }, { "openat", "openat" },
	};
	const char *names[20];
	char word[5000];

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		if (!syscall_nearest(cases[i].word, names, 3))
			fail_msg("nothing for %s", cases[i].word);
		assert_string_equal(names[0], cases[i].first);
	}
	assert_int_equal(syscall_nearest("opennat", names, 2), 2);
	assert_string_equal(names[1], "openat2");
	assert_int_equal(syscall_nearest("qqqqqqqqqq", names, 3), 0);
	assert_int_equal(syscall_nearest("", names, 3), 0);
	assert_int_equal(syscall_nearest("read", names, 0), 0);
	assert_true(syscall_nearest("getuid", names, ARRAY_LEN(names)) <=
		    ARRAY_LEN(names));
	memset(word, 'a', sizeof(word) - 1);
	word[sizeof(word) - 1] = '\0';
	assert_int_equal(syscall_nearest(word, names, 3), 0);
}

/* Memory of words at 0x1000. */
struct words {
	uint32_t word[8];
	size_t bytes; /* that can be read */
};

static size_t read_words(void *ctx, taddr addr, void *data, size_t len)
{
	const struct words *w = ctx;
	size_t at = addr - 0x1000;

	if (addr < 0x1000 || at >= w->bytes)
		return 0;
	if (len > w->bytes - at)
		len = w->bytes - at;
	memcpy(data, (const char *)w->word + at, len);
	return len;
}

static void resolve(uint64_t nr, const uint64_t args[SYSCALL_ARGS],
                    struct words *words, struct syscall_view *view)
{
	struct syscall_made made = { .abi = ABI_I386, .nr = nr };
	struct memory mem = { .read = read_words, .ctx = words };

	memcpy(made.args, args, sizeof(made.args));
	memset(view, 0xee, sizeof(*view));
	syscall_resolve(&made, &mem, view);
}

static void args_are(const struct syscall_view *view, const char *name,
                     const uint64_t args[SYSCALL_ARGS])
{
	assert_true(view->multiplexed);
	assert_string_equal(view->name, name);
	assert_string_equal(view->desc->name, name);
	for (unsigned i = 0; i < SYSCALL_ARGS; i++)
		assert_int_equal(view->args[i], args[i]);
}

static void socketcall_is_resolved(void **state)
{
	struct words w = { { 7, 0xffffd000, 16, 4, 5, 6 }, 24 };
	const uint64_t connect[] = { 3, 0x1000, 8, 9, 10, 11 };
	const uint64_t sendto[] = { 11, 0x1000, 8, 9, 10, 11 };
	struct syscall_view view;

	(void)state;
	resolve(102, connect, &w, &view);
	args_are(&view, "connect", (uint64_t[6]){ 7, 0xffffd000, 16 });
	assert_int_equal(view.nr, 102);
	resolve(102, sendto, &w, &view);
	args_are(&view, "sendto", (uint64_t[6]){ 7, 0xffffd000, 16, 4, 5, 6 });
	/* Half of it can't be read; there is no such subcall. */
	w.bytes = 22;
	resolve(102, sendto, &w, &view);
	assert_false(view.multiplexed);
	assert_string_equal(view.name, "socketcall");
	assert_string_equal(view.desc->name, "socketcall");
	assert_int_equal(view.args[1], 0x1000);
	resolve(102, (const uint64_t[6]){ 0, 0x1000 }, &w, &view);
	assert_false(view.multiplexed);
	resolve(102, (const uint64_t[6]){ 21, 0x1000 }, &w, &view);
	assert_false(view.multiplexed);
	resolve(102, (const uint64_t[6]){ 0x10003, 0x1000 }, &w, &view);
	assert_false(view.multiplexed);
	resolve(102, (const uint64_t[6]){ 3, 0xfffffffc }, &w, &view);
	assert_false(view.multiplexed);
}

static void ipc_is_resolved(void **state)
{
	struct words w = { { 0x77, 0x88 }, 8 };
	struct syscall_view view;

	(void)state;
	resolve(117, (const uint64_t[6]){ 1, 11, 12, 13, 14, 15 }, &w, &view);
	args_are(&view, "semop", (uint64_t[6]){ 11, 14, 12 });
	resolve(117, (const uint64_t[6]){ 4, 11, 12, 13, 14, 15 }, &w, &view);
	args_are(&view, "semtimedop", (uint64_t[6]){ 11, 14, 12, 15 });
	resolve(117, (const uint64_t[6]){ 3, 11, 12, 13, 0x1000 }, &w, &view);
	args_are(&view, "semctl", (uint64_t[6]){ 11, 12, 13, 0x77 });
	resolve(117, (const uint64_t[6]){ 3, 11, 12, 13, 0x2000 }, &w, &view);
	assert_false(view.multiplexed);
	assert_string_equal(view.name, "ipc");
	resolve(117, (const uint64_t[6]){ 11, 11, 12, 13, 14 }, &w, &view);
	args_are(&view, "msgsnd", (uint64_t[6]){ 11, 14, 12, 13 });
	/* Version 0 has message and type in memory, others in registers. */
	resolve(117, (const uint64_t[6]){ 12, 11, 12, 13, 0x1000 }, &w, &view);
	args_are(&view, "msgrcv", (uint64_t[6]){ 11, 0x77, 12, 0x88, 13 });
	resolve(117, (const uint64_t[6]){ 0x1000c, 11, 12, 13, 14, 15 }, &w,
		&view);
	args_are(&view, "msgrcv", (uint64_t[6]){ 11, 14, 12, 15, 13 });
	resolve(117, (const uint64_t[6]){ 21, 11, 12, 13, 14 }, &w, &view);
	args_are(&view, "shmat", (uint64_t[6]){ 11, 14, 12, 13 });
	assert_int_equal(syscall_arg_index(view.desc, "raddr"), 3);
	assert_int_equal(view.desc->result, RESULT_INT);
	resolve(117, (const uint64_t[6]){ 22, 0, 0, 0, 14 }, &w, &view);
	args_are(&view, "shmdt", (uint64_t[6]){ 14 });
	resolve(117, (const uint64_t[6]){ 5 }, &w, &view);
	assert_false(view.multiplexed);
}

static void subcalls_fill_their_rows(void **state)
{
	const struct subcall *sub;
	size_t i;

	(void)state;
	for (i = 0; (sub = subcall_at(i)); i++) {
		const struct call_row *row = call_row_find(sub->name, FORM_SUB);

		if (!row)
			fail_msg("%s has no row", sub->name);
		if (call_row_desc(row)->nargs != strlen(sub->map))
			fail_msg("%s: %s is not what its row takes", sub->name,
				 sub->map);
		assert_true(syscall_number(ABI_I386, sub->multiplexer) > 0);
		assert_true(strspn(sub->map, "012345fstpx*+") ==
			    strlen(sub->map));
	}
	assert_int_equal(i, 32);
}

static void other_calls_resolve_to_themselves(void **state)
{
	struct syscall_made made = {
		.abi = ABI_X86_64, .nr = 1, .args = { 1, 2, 3, 4, 5, 6 },
	};
	struct syscall_view view;

	(void)state;
	syscall_resolve(&made, NULL, &view);
	assert_string_equal(view.name, "write");
	assert_false(view.multiplexed);
	assert_int_equal(view.args[5], 6);
	made.nr = 9999;
	syscall_resolve(&made, NULL, &view);
	assert_null(view.desc);
	assert_string_equal(view.name, "syscall_0x270f");
	/* 102 is getuid there; nothing is read. */
	made.nr = 102;
	syscall_resolve(&made, NULL, &view);
	assert_string_equal(view.name, "getuid");
	made.abi = ABI_I386;
	made.args[0] = 3;
	syscall_resolve(&made, NULL, &view);
	assert_string_equal(view.name, "socketcall");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rows_are_in_order),
		cmocka_unit_test(every_number_has_a_row),
		cmocka_unit_test(every_row_has_a_number),
		cmocka_unit_test(every_type_exists),
		cmocka_unit_test(every_parameter_names_something),
		cmocka_unit_test(every_list_exists),
		cmocka_unit_test(directions_are_of_pointers),
		cmocka_unit_test(malformed_signatures_are_refused),
		cmocka_unit_test(openat_is_as_documented),
		cmocka_unit_test(abis_have_their_own_rows),
		cmocka_unit_test(numbers_and_names_go_both_ways),
		cmocka_unit_test(the_calls_of_linux_6_18_are_there),
		cmocka_unit_test(names_are_sorted_and_unique),
		cmocka_unit_test(near_names_are_offered),
		cmocka_unit_test(socketcall_is_resolved),
		cmocka_unit_test(ipc_is_resolved),
		cmocka_unit_test(subcalls_fill_their_rows),
		cmocka_unit_test(other_calls_resolve_to_themselves),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
