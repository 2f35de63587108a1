/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Arguments by the types of a call's signature (docs/adding-a-call.md), for
 * everycall.h.
 */
#ifndef TRACEES_EVERYCALL_ARGS_H
#define TRACEES_EVERYCALL_ARGS_H

/* One argument: its type, and what is in its brackets. */
struct arg_text {
	char type[24];
	char params[64];
};

/* Bytes of a pointer in memory, for the ABI of the call. */
static unsigned word_size = 8;

/* A place for what is made here: not the pieces' own beginnings. */
static uint8_t *fresh_place(size_t len)
{
	uint8_t *at = piece(some_number(2)) + 4096;
	size_t skip = one_in(3) ? 4096 - len : 8 * some_number(16);

	return at + skip;
}

static uint64_t place_of(const void *at)
{
	return (uint64_t)(uintptr_t)at;
}

static uint64_t some_text(void)
{
	if (one_in(8))
		return some_place();
	if (one_in(8))
		return place_of(piece(2)) + ROOM - 1 - some_number(80);
	return place_of(piece(2 + (unsigned)some_number(2))) +
	       8 * some_number(100);
}

/* ---- sockets ---- */

static uint64_t some_sockaddr(unsigned *len)
{
	static const uint8_t lens[] = {
		0, 1, 2, 3, 4, 8, 12, 14, 16, 20, 24, 28, 32, 110, 128,
	};
	uint8_t *at = fresh_place(128);

	memcpy(at, piece(2 + (unsigned)some_number(6)), 128);
	put_number(at, one_in(3) ? some_number(48)
				 : of_list("sock_family"), 2);
	*len = lens[some_number(sizeof(lens))];
	return place_of(at);
}

static uint64_t some_iovecs(unsigned *count)
{
	uint8_t *at = fresh_place(128);

	*count = (unsigned)some_number(4);
	for (unsigned i = 0; i < *count; i++) {
		put_number(at + 2 * i * word_size, some_place(), word_size);
		put_number(at + (2 * i + 1) * word_size,
			   one_in(8) ? odd_number() : some_number(40),
			   word_size);
	}
	return place_of(at);
}

/* Control messages; returns how long they are. */
static unsigned fill_control(uint8_t *at)
{
	static const char *const types[] = {
		"scm_types", "ip_cmsg_types", "sockipoptions",
		"sockipv6options",
	};
	unsigned put = 0, head = word_size + 8;

	for (unsigned i = (unsigned)some_number(3); i < 3; i++) {
		unsigned len = (unsigned)some_number(48);

		memcpy(at + put + head, piece(4 + (unsigned)some_number(4)),
		       48);
		/* No more: strace 6.1 never ends with a length near 2^64. */
		put_number(at + put, one_in(10) ? some_number(200)
						: head + len, word_size);
		put_number(at + put + word_size, one_in(3) ? 0 : one_in(2) ? 1
			   : of_list("sock_level"), 4);
		put_number(at + put + word_size + 4,
			   of_list(types[some_number(4)]), 4);
		put += (head + len + word_size - 1) / word_size * word_size;
	}
	return put;
}

static uint64_t some_msghdr(void)
{
	uint8_t *at = piece(7) + 4096, *control = piece(6) + 4096;
	unsigned len, count;
	uint64_t name = some_sockaddr(&len);
	uint64_t pieces = some_iovecs(&count);
	uint64_t words[7] = {
		one_in(3) ? 0 : name, len, pieces, count, place_of(control),
		fill_control(control), of_list("msgflags"),
	};

	if (one_in(8))
		words[some_number(6)] = some_number(300);
	for (unsigned i = 0; i < 14; i++)
		put_number(at + i * word_size, words[i % 7], word_size);
	return place_of(at);
}

/* ---- programs of a filter ---- */

static uint64_t some_filter(void)
{
	uint8_t *at = piece(4) + 2048, *code = piece(5) + 2048;

	for (unsigned i = 0; i < 256; i++)
		put_number(code + 8 * i, random_number() & 0xff0000ff0f0f00ff,
			   8);
	put_number(at, some_number(8), 8);
	put_number(at + word_size, place_of(code), word_size);
	return place_of(at);
}

/* ---- any argument ---- */

/* What the call's other arguments have to fit. */
struct made {
	unsigned len;    /* of what a pointer leads to */
	int has_len;
};

static int is_type(const struct arg_text *arg, const char *names)
{
	char word[40];

	snprintf(word, sizeof(word), " %s ", arg->type);
	return strstr(names, word) != NULL;
}

static uint64_t some_pointer(const struct arg_text *arg, struct made *made)
{
	made->has_len = 1;
	if (one_in(10))
		return some_place();
	if (is_type(arg, " sockaddr "))
		return some_sockaddr(&made->len);
	if (is_type(arg, " iovec "))
		return some_iovecs(&made->len);
	made->has_len = 0;
	if (is_type(arg, " msghdr mmsghdr "))
		return some_msghdr();
	if (is_type(arg, " path str "))
		return some_text();
	if (is_type(arg, " seccomp_arg sockopt ") && one_in(3))
		return some_filter();
	return some_place();
}

static uint64_t some_value(const struct arg_text *arg, struct made *made)
{
	const struct listed *list = list_find(arg->params,
					      strcspn(arg->params, ","));

	if (is_type(arg, " flags permflags mempolicy "))
		return some_flags(list);
	if (is_type(arg, " enum ipc_cmd "))
		return some_enum(list);
	if (is_type(arg, " ioctl_cmd ") && !one_in(8))
		return of_list("ioctl");
	if (is_type(arg, " sockopt_name "))
		return one_in(3) ? some_number(80) : of_list("sock_options");
	if (is_type(arg, " clone_flags mmap_flags "))
		return some_flags(list_find(arg->type, strcspn(arg->type,
							       "_")));
	if (is_type(arg, " futex_op "))
		return some_number(16) | some_number(4) << 7;
	if (is_type(arg, " fd atfd "))
		return one_in(3) ? odd_number() : some_number(10) - 1;
	if (is_type(arg, " sockaddr_len ")) {
		put_number(piece(0) + 4096, made->len, 4);
		return one_in(5) ? some_place() : place_of(piece(0)) + 4096;
	}
	if (is_type(arg, " int uint long ulong size ") && !one_in(5))
		return made->has_len ? made->len : some_number(70);
	return odd_number();
}

static const char *signature_of(const char *abi, const char *name)
{
	const char *text = NULL;

	for (size_t i = 0; i < COUNT(signatures); i++)
		if (!strcmp(signatures[i].name, name) &&
		    (!signatures[i].narrow || !strcmp(abi, "32")))
			text = signatures[i].text;
	return text;
}

/* The next of TEXT's arguments; where the one behind it begins. */
static const char *next_argument(const char *text, struct arg_text *arg)
{
	size_t len;

	text = strchr(text, ':') + 1;
	text += strspn(text, "<>");
	len = strcspn(text, " (");
	snprintf(arg->type, sizeof(arg->type), "%.*s", (int)len, text);
	arg->params[0] = 0;
	if (text[len] == '(')
		snprintf(arg->params, sizeof(arg->params), "%.*s",
			 (int)strcspn(text + len + 1, ")"), text + len + 1);
	text += strcspn(text, " ");
	return text + strspn(text, " ");
}

static int is_pointer(const struct arg_text *arg)
{
	return !is_type(arg, " int uint long ulong size hex off off64lo "
			     "off64hi unused fd atfd mode umask dev pid tid "
			     "uid gid uid16 gid16 sig clockid key keyserial "
			     "oldsigset flags enum permflags ipc_cmd ipc_call "
			     "clone_flags mmap_flags mempolicy personality "
			     "sock_type futex_op sock_protocol sockopt_name "
			     "ioctl_cmd ioprio quota_cmd sockaddr_len "
			     "futex_val futex_val3 ");
}

static void some_arguments(const char *abi, const struct numbered *call,
			   uint64_t *args)
{
	const char *text = signature_of(abi, call->name);
	struct made made = { 8, 0 };
	int hostile = one_in(10);

	word_size = !strcmp(abi, "64") ? 8 : 4;
	for (int i = 0; i < 6; i++) {
		struct arg_text arg = { "", "" };

		if (text && *text)
			text = next_argument(text, &arg);
		else
			text = NULL;
		if (hostile || !text)
			args[i] = one_in(2) ? odd_number() : some_place();
		else if (is_pointer(&arg))
			args[i] = some_pointer(&arg, &made);
		else
			args[i] = some_value(&arg, &made);
	}
}

#endif
