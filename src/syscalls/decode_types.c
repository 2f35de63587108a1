/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "syscalls/decode_types.h"

#include "syscalls/decoders.h"

#include <string.h>

/* Plain values: what decodes them, their width, their sign. */
#define VALUE(id, fn, width, sign) \
	{ .name = id, .shape = SHAPE_NUMBER, .bits = width, \
	  .is_signed = sign, .decode = fn }
#define MAYBE(id, fn, width, sign, hide) \
	{ .name = id, .shape = SHAPE_NUMBER, .bits = width, \
	  .is_signed = sign, .decode = fn, .hidden = hide }
#define STRING(id, fn) { .name = id, .shape = SHAPE_STRING, .decode = fn }
#define BUFFER(id, fn, rooms) \
	{ .name = id, .shape = SHAPE_BUFFER, .element = 1, .decode = fn, \
	  .room = rooms }
/* A pointer to integers of SIZE bytes. */
#define INTEGERS(id, size, sign, rooms) \
	{ .name = id, .shape = SHAPE_POINTER, .element = size, \
	  .is_signed = sign, .decode = decode_integers, .room = rooms }
#define POINTER(id, fn) { .name = id, .shape = SHAPE_POINTER, .decode = fn }
#define POINTER_ROOM(id, fn, rooms) \
	{ .name = id, .shape = SHAPE_POINTER, .decode = fn, .room = rooms }

static size_t room_of_integers(const struct syscall_view *call,
                               unsigned index)
{
	uint8_t element = call->desc->args[index].type->element;

	return element != ELEMENT_WORD ? element : call->abi == ABI_I386 ? 4
	                                                                 : 8;
}

/* Of a vector: its pieces' descriptions. */
static size_t room_of_pieces(const struct syscall_view *call, unsigned index)
{
	enum { PIECES_MOST = 1024 /* the kernel's IOV_MAX */ };
	int counts = call->desc->args[index].param_arg[0];
	uint64_t count = counts >= 0 ? call->args[counts] : 0;

	return (count < PIECES_MOST ? count : PIECES_MOST) * 2 *
	       (call->abi == ABI_X86_64 ? 8 : 4);
}

static size_t room_of_pair(const struct syscall_view *call, unsigned index)
{
	return 2 * room_of_integers(call, index);
}

static const struct arg_type types[] = {
	VALUE("int", decode_integer, 32, true),
	VALUE("uint", decode_integer, 32, false),
	VALUE("long", decode_integer, 0, true),
	VALUE("ulong", decode_integer, 0, false),
	VALUE("size", decode_integer, 0, false),
	VALUE("hex", decode_hex, 0, false),
	VALUE("off", decode_integer, 0, true),
	VALUE("off64lo", decode_off64lo, 0, false),
	MAYBE("off64hi", decode_integer, 0, false, hidden_always),
	MAYBE("unused", decode_hex, 0, false, hidden_always),
	VALUE("ptr", decode_address, 0, false),
	VALUE("fd", decode_fd, 32, true),
	VALUE("atfd", decode_atfd, 32, true),
	MAYBE("mode", decode_mode, 32, false, hidden_mode),
	VALUE("umask", decode_mode, 32, false),
	VALUE("filemode", decode_filemode, 32, false),
	VALUE("memfd_flags", decode_memfd_flags, 32, false),
	VALUE("swap_flags", decode_swap_flags, 32, false),
	VALUE("syslog_type", decode_syslog_type, 32, true),
	VALUE("seccomp_flags", decode_seccomp_flags, 32, false),
	MAYBE("cpu_id", decode_integer, 32, true, hidden_cpu_id),
	MAYBE("syslog_arg", decode_syslog_arg, 0, false, hidden_syslog),
	MAYBE("kcmp_arg", decode_kcmp_arg, 0, false, hidden_kcmp),
	MAYBE("keyctl_arg", decode_keyctl_arg, 0, false, hidden_keyctl),
	MAYBE("dev", decode_dev, 32, false, hidden_dev),
	VALUE("pid", decode_integer, 32, true),
	VALUE("tid", decode_integer, 32, true),
	VALUE("uid", decode_id, 32, false),
	VALUE("gid", decode_id, 32, false),
	VALUE("uid16", decode_id16, 16, false),
	VALUE("gid16", decode_id16, 16, false),
	VALUE("sig", decode_signal, 32, true),
	VALUE("clockid", decode_clockid, 32, true),
	VALUE("key", decode_key, 32, false),
	VALUE("keyserial", decode_keyserial, 32, true),
	VALUE("sighandler", decode_sighandler, 0, false),
	VALUE("oldsigset", decode_oldsigset, 32, false),
	VALUE("flags", decode_flags, 0, false),
	VALUE("enum", decode_enum, 32, true),
	VALUE("permflags", decode_permflags, 32, false),
	VALUE("ipc_cmd", decode_ipc_cmd, 32, false),
	VALUE("ipc_call", decode_ipc_call, 32, false),
	VALUE("clone_flags", decode_clone_flags, 0, false),
	VALUE("mmap_flags", decode_mmap_flags, 0, false),
	VALUE("mempolicy", decode_mempolicy, 32, false),
	VALUE("personality", decode_personality, 32, false),
	VALUE("sock_type", decode_sock_type, 32, false),
	VALUE("futex_op", decode_futex_op, 32, false),
	VALUE("sock_protocol", decode_sock_protocol, 32, true),
	VALUE("sockopt_name", decode_sockopt_name, 32, true),
	VALUE("ioctl_cmd", decode_ioctl_cmd, 32, false),
	VALUE("ioprio", decode_ioprio, 32, false),
	VALUE("quota_cmd", decode_quota_cmd, 32, false),
	MAYBE("clone_tid", decode_clone_tid, 0, false, hidden_clone),
	MAYBE("clone_tls", decode_clone_tls, 0, false, hidden_clone),
	MAYBE("mremap_addr", decode_address, 0, false, hidden_mremap_addr),
	MAYBE("futex_val", decode_futex_val, 32, false, hidden_futex),
	MAYBE("futex_addr", decode_address, 0, false, hidden_futex),
	MAYBE("futex_val3", decode_futex_val3, 32, false, hidden_futex),
	{ .name = "futex_timeout", .element = ELEMENT_WORD,
	  .decode = decode_futex_timeout, .hidden = hidden_futex },
	{ .name = "futex_timeout64", .element = 8,
	  .decode = decode_futex_timeout, .hidden = hidden_futex },
	MAYBE("fcntl_arg", decode_fcntl_arg, 0, false, hidden_fcntl),
	MAYBE("prctl_arg", decode_prctl_arg, 0, false, hidden_prctl),
	VALUE("arch_prctl_arg", decode_arch_prctl_arg, 0, false),
	MAYBE("ptrace_arg", decode_ptrace_arg, 0, false, hidden_ptrace),
	{ .name = "ioctl_arg", .shape = SHAPE_NUMBER,
	  .decode = decode_ioctl_arg, .hidden = hidden_ioctl,
	  .direction = direction_ioctl },
	VALUE("fsconfig_value", decode_fsconfig_value, 0, false),
	STRING("path", decode_path),
	STRING("str", decode_str),
	BUFFER("buf", decode_buffer, room_of_buffer),
	/* A string, of which the length is known. */
	{ .name = "cwd", .shape = SHAPE_STRING, .element = 1,
	  .decode = decode_buffer, .room = room_of_buffer },
	POINTER("mount_str", decode_mount_str),
	{ .name = "mq_attr", .shape = SHAPE_POINTER, .decode = decode_mq_attr,
	  .hidden = hidden_mode },
	{ .name = "reboot_arg", .shape = SHAPE_STRING,
	  .decode = decode_reboot_arg, .hidden = hidden_reboot },
	POINTER("ldt", decode_ldt),
	POINTER("landlock_rule", decode_landlock_rule),
	POINTER("ipc_arg", decode_ipc_arg),
	POINTER("epoll_event", decode_epoll_arg),
	POINTER("seccomp_arg", decode_seccomp_arg),
	{ .name = "time_ptr", .shape = SHAPE_POINTER, .element = ELEMENT_WORD,
	  .is_signed = true, .decode = decode_time_ptr,
	  .room = room_of_integers },
	POINTER("argv", decode_argv),
	POINTER("envp", decode_envp),
	POINTER_ROOM("struct", decode_struct, room_of_struct),
	POINTER("perf_attr", decode_perf_attr),
	POINTER("struct_for", decode_variant),
	POINTER_ROOM("array", decode_array, room_of_array),
	POINTER("both", decode_both),
	POINTER("flags_ptr", decode_flags_ptr),
	POINTER("chars", decode_chars),
	INTEGERS("short_ptr", 2, false, room_of_integers),
	INTEGERS("u64_ptr", 8, false, room_of_integers),
	INTEGERS("int_ptr", 4, true, room_of_integers),
	INTEGERS("uint_ptr", 4, false, room_of_integers),
	INTEGERS("long_ptr", ELEMENT_WORD, true, room_of_integers),
	INTEGERS("ulong_ptr", ELEMENT_WORD, false, room_of_integers),
	INTEGERS("size_ptr", ELEMENT_WORD, false, room_of_integers),
	INTEGERS("off_ptr", ELEMENT_WORD, true, room_of_integers),
	INTEGERS("off64_ptr", 8, true, room_of_integers),
	INTEGERS("fdpair", 4, true, room_of_pair),
	{ .name = "wstatus", .shape = SHAPE_POINTER, .element = 4,
	  .is_signed = true, .decode = decode_wstatus,
	  .room = room_of_integers },
	{ .name = "sockaddr_len", .shape = SHAPE_POINTER, .element = 4,
	  .is_signed = true, .decode = decode_sockaddr_len,
	  .room = room_of_integers },
	{ .name = "sigset", .shape = SHAPE_POINTER, .element = 8,
	  .decode = decode_sigset, .room = room_of_buffer },
	{ .name = "oldsigset_ptr", .shape = SHAPE_POINTER, .element = 4,
	  .decode = decode_oldsigset_ptr, .room = room_of_integers },
	POINTER_ROOM("iovec", decode_iovec, room_of_pieces),
	POINTER("msghdr", decode_msghdr),
	POINTER("mmsghdr", decode_mmsghdr),
	POINTER("sockaddr", decode_sockaddr),
	{ .name = "sockopt", .shape = SHAPE_POINTER, .element = 4,
	  .decode = decode_sockopt },
	POINTER("pollfd", decode_pollfd),
	{ .name = "fdset", .shape = SHAPE_POINTER, .element = ELEMENT_WORD,
	  .decode = decode_fdset, .room = room_of_fdset },
	BUFFER("dirents", decode_dirents, room_of_buffer),
	BUFFER("dirents64", decode_dirents, room_of_buffer),
	POINTER("msgbuf", decode_msgbuf),
	BUFFER("pagevec", decode_pagevec, NULL),
	{ .name = "cpuset", .shape = SHAPE_POINTER, .element = ELEMENT_WORD,
	  .decode = decode_cpuset, .room = room_of_buffer },
	{ .name = "nodemask", .shape = SHAPE_POINTER, .element = ELEMENT_WORD,
	  .decode = decode_nodemask },
	{ .name = "cap_data", .shape = SHAPE_POINTER, .element = 4,
	  .decode = decode_cap_data },
	POINTER("clone_args", decode_clone_args),
	POINTER("open_how", decode_open_how),
};

const struct arg_type *decode_type_find(const char *name)
{
	for (size_t i = 0; i < ARRAY_LEN(types); i++) {
		if (!strcmp(types[i].name, name))
			return &types[i];
	}
	return NULL;
}

const struct arg_type *decode_type_at(size_t index)
{
	return index < ARRAY_LEN(types) ? &types[index] : NULL;
}
