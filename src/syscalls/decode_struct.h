/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * syscalls/decode_struct.h: structs of the kernel's interface as data.
 *
 * A layout lists a struct's fields in memory order; offsets follow from the
 * ABI's sizes and alignment (i386 aligns 64-bit numbers at 4 bytes).  A struct
 * that differs in its fields between ABIs has several layouts of one name.
 * decode_layouts.c has the table; a struct whose text the fields can't say has
 * a function in one of the decode_*.c files.
 */
#ifndef SCDB_SYSCALLS_DECODE_STRUCT_H
#define SCDB_SYSCALLS_DECODE_STRUCT_H

#include "syscalls/decode_parts.h"

/* What a field is in memory. */
enum field_type {
	FIELD_U8, FIELD_U16, FIELD_S16, FIELD_U32, FIELD_S32,
	FIELD_U64, FIELD_S64,     /* aligned at 4 on i386 */
	FIELD_A64,                /* u64 aligned at 8 everywhere */
	FIELD_LONG, FIELD_ULONG,  /* of the kernel: 8 bytes on x32 too */
	FIELD_WORD, FIELD_SWORD,  /* of user space: 4 bytes on x32 */
	FIELD_STRUCT,             /* LIST names it */
	FIELD_BITS,               /* WIDTH bits of the 8 bytes before, from
	                           * the COUNTth on */
};

/* How it is shown. */
enum field_show {
	SHOW_NUMBER, /* signed or not, as the type is */
	SHOW_HEX,
	SHOW_0X,     /* hex of at least eight characters, 0x and all */
	SHOW_ADDR,
	SHOW_FLAGS,  /* LIST */
	SHOW_ENUM,   /* LIST */
	SHOW_MODE,
	SHOW_OCTAL,
	SHOW_DEV,
	SHOW_ID,
	SHOW_FD,
	SHOW_UPDATE_FD, /* or one that is to stay */
	SHOW_SIGNAL,
	SHOW_CLOCK,
	SHOW_RLIMIT,
	SHOW_TICKS,  /* clock_t */
	SHOW_CHARS,  /* COUNT chars: a string */
	SHOW_STR,    /* a pointer to a string */
	SHOW_PATH,   /* the same, of a file */
	SHOW_BYTES,  /* a pointer to BY bytes */
	SHOW_TEXT,   /* a pointer to a string of at most BY bytes */
	SHOW_ITEMS,  /* a pointer to BY elements or structs, which LIST names */
	SHOW_LONG_ITEMS, /* the same, but an address where not all is wanted */
	SHOW_POINTED, /* a pointer to the struct LIST */
	SHOW_SOCKADDR,
	SHOW_HARDWARE, /* an address of COUNT bytes: 02:fc:00:00:00:01 */
	SHOW_INET4,  /* inet_addr("127.0.0.1") */
	SHOW_INET6,  /* inet_pton(AF_INET6, "::1", &NAME) */
	SHOW_IFINDEX, /* if_nametoindex("lo") */
	SHOW_NETWORK, /* htons(80) */
	SHOW_INDEXED, /* COUNT numbers: [[VINTR]=0x3, ...], by the LIST */
	SHOW_VERSION, /* of the kernel */
	SHOW_KEY,    /* a serial number */
	SHOW_NODE,   /* of memory */
	SHOW_EVENT, SHOW_CACHE_EVENT, SHOW_SKID, /* of perf_event_attr */
	SHOW_NOTHING,
};

enum field_when {
	WHEN_ALWAYS,
	WHEN_WHOLE,   /* else "..." */
	WHEN_SET,     /* only where it isn't 0 */
	WHEN_VALID,   /* only with ST_VALID in it */
	WHEN_SET_OR_WHOLE,
	WHEN_DONE,    /* only once the kernel has filled it in */
};

struct field {
	const char *name;
	uint8_t type;
	uint8_t show;
	uint8_t when;
	uint8_t width;
	/*
	 * A later version of the struct begins here: there is no more of it
	 * where the call gave fewer bytes.
	 */
	bool grown;
	/* It begins where the field so many rows before does. */
	uint8_t back;
	uint16_t count;   /* elements of an array; 0: a single one */
	const char *list;
	/* The field, the argument or the number that says how much there is
	 * behind the pointer. */
	const char *by;
	/*
	 * Shown only where the bits ON_MASK of the field ON are ON_VALUE, or
	 * where they are not.
	 */
	const char *on;
	bool on_not;
	const char *note; /* a comment behind the value */
	uint64_t on_mask, on_value;
};

/* What is done with bytes that are more than the struct has, and not 0. */
enum layout_extra {
	EXTRA_UNKNOWN, /* nobody says how many there are */
	EXTRA_SHORT,   /* "..."; extra_data="\x01" where all is wanted */
	EXTRA_BYTES,   /* with a comment that says which they are */
};

struct layout;

typedef void layout_put_fn(const struct decode_job *job,
                           const struct layout *layout, const uint8_t *data,
                           taddr addr);

struct layout {
	const char *name;
	uint8_t abis;             /* bits 1 << enum abi; 0: all */
	uint8_t field_count;
	const struct field *fields;
	layout_put_fn *put;       /* NULL: {name=value, ...} */
	/* Where the call says how many bytes it gives: how many there must
	 * be.  0: 8. */
	uint8_t least;
	uint8_t extra;
	const char *wrap;         /* {WRAP={name=value, ...}} */
};

/* No struct is larger than this, padding and all. */
enum { LAYOUT_MAX = 512 };

/* Tables in files of their own. */
extern const struct layout layouts_ioctl[], layouts_netlink[];
extern const struct layout layouts_bpf[], layouts_system[];
extern const size_t layouts_ioctl_count, layouts_netlink_count;
extern const size_t layouts_bpf_count, layouts_system_count;

/* NULL where no struct is called NAME in ABI. */
const struct layout *layout_find(const char *name, enum abi abi);
/* The INDEXth layout, for tests; NULL behind the last. */
const struct layout *layout_at(size_t index);
size_t layout_size(const struct layout *layout, enum abi abi);
/* The integer field NAME in DATA, by its type; 0 where there is none. */
int64_t layout_get(const struct layout *layout, enum abi abi,
                   const uint8_t *data, const char *name);
/* Where the field PATH ("it_value.tv_sec") is, within FIELD->offset. */
bool layout_field(const struct layout *layout, enum abi abi, const char *path,
                  struct arg_field *field);
bool field_is_signed(const struct field *field);
/* VALUE of SIZE bytes, as FIELD is shown. */
void field_put_value(const struct decode_job *job, const struct field *field,
                     uint64_t value, size_t size);
/*
 * Fields whose COUNT elements of SIZE bytes are one thing; false: FIELD is none.
 * LEN is how many of its bytes the call gave.
 */
bool field_put_whole(const struct decode_job *job, const struct field *field,
                     const uint8_t *data, size_t size, size_t len, taddr addr);
/* {name=value, ...} */
void layout_put_fields(const struct decode_job *job,
                       const struct layout *layout, const uint8_t *data,
                       taddr addr);
/* The struct as it is to be shown, whether by its fields or its function. */
void layout_put(const struct decode_job *job, const struct layout *layout,
                const uint8_t *data, taddr addr);
/* The struct NAME at ADDR; the address where it can't be read. */
void decode_put_struct(const struct decode_job *job, const char *name,
                       taddr addr);

/* The same of a struct that grows, of which the call gave SIZE bytes. */
void decode_put_grown(const struct decode_job *job, const char *name,
                      taddr addr, uint64_t size);
/* [a, b, ...]: COUNT plain elements or structs called NAME. */
void decode_put_items(const struct decode_job *job, const char *name,
                      taddr addr, uint64_t count);
/* What FIELD of DATA points at (decode_pointed.c). */
void layout_put_pointed(const struct decode_job *job,
                        const struct layout *layout,
                        const struct field *field, const uint8_t *data,
                        taddr to);
/*
 * HOW the bytes of the struct at ADDR are shown that stand behind the first
 * KNOWN, of which the call gave GIVEN.
 */
void decode_put_extra(const struct decode_job *job, enum layout_extra how,
                      taddr addr, size_t known, uint64_t given);

/* Structs with functions of their own, by file. */
layout_put_fn put_stat;                                /* decode_stat.c */
layout_put_fn put_timespec, put_timeval, put_utimbuf;  /* decode_time.c */
layout_put_fn put_sigaction, put_siginfo, put_sigevent; /* decode_signal.c */
layout_put_fn put_sigset_pack;
layout_put_fn put_epoll_event;                         /* decode_poll.c */
layout_put_fn put_file_handle;                         /* decode_file.c */
layout_put_fn put_ipc_perm, put_shmid;                  /* decode_ipc.c */
layout_put_fn put_ifreq_name, put_ifconf;               /* decode_netdevice.c */
layout_put_fn put_bpf_insn, put_socket_filter, put_seccomp_filter; /* decode_bpf.c */
layout_put_fn put_perf_event_attr;                     /* decode_perf.c */
layout_put_fn put_io_uring_params;                     /* decode_io_uring.c */
layout_put_fn put_sched_attr, put_sched_param, put_user_desc; /* decode_process.c */

#endif
