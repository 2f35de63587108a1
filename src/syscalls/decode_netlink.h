/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * syscalls/decode_netlink.h: messages of netlink sockets, and what they are made
 * of, as data.
 *
 * A message is a header, which is a struct by its protocol and type, and behind
 * it attributes, each with a type and a length of its own.  Which attributes
 * there are, and what each has, is a set: a list of constants for the names, and
 * a row for each that is not just bytes.
 */
#ifndef SCDB_SYSCALLS_DECODE_NETLINK_H
#define SCDB_SYSCALLS_DECODE_NETLINK_H

#include "syscalls/decode_parts.h"

/* What an attribute holds. */
enum attr_kind {
	ATTR_U8, ATTR_U16, ATTR_U32, ATTR_U64, ATTR_S32,
	ATTR_X16, ATTR_X32,    /* in hexadecimal */
	ATTR_BE16, ATTR_BE64,  /* in the network's order */
	ATTR_TICKS,
	ATTR_UID,
	ATTR_FD,
	ATTR_IFINDEX,
	ATTR_STRING,
	ATTR_INET,             /* an address of the header's family */
	ATTR_INET6,
	ATTR_BITS,             /* {NAME=1, ...}: those of 16 that are set */
	ATTR_HARDWARE,
	ATTR_ENUM8, ATTR_ENUM16, ATTR_ENUM32, /* DETAIL: a list */
	ATTR_FLAGS8, ATTR_FLAGS16, ATTR_FLAGS32,
	ATTR_MARKS8,           /* a number, and its names in a comment */
	ATTR_STRUCT,           /* DETAIL: a layout */
	ATTR_NEST,             /* DETAIL: a set */
	ATTR_NEST6,            /* the same, where the header's family is IPv6 */
	ATTR_NUMBERS,          /* [1, 2, ...], of 32 bits */
	/* The same where each has a name: [[NAME]=1, ...] */
	ATTR_INDEXED32,
	ATTR_INDEXED64,
	ATTR_INDEXED_U32,
};

struct attr {
	const char *name;
	uint8_t kind;
	const char *detail;
};

struct attr_set {
	const char *name;
	const char *list;
	const struct attr *attrs;
	size_t count;
};

/* NULL where there is none. */
const struct attr_set *attr_set_find(const char *name);
const struct attr_set *attr_set_at(size_t index);

/* What stands behind the header of a message. */
struct message {
	uint8_t protocol;   /* NETLINK_ROUTE ... */
	/*
	 * ROUTE: what the type's name ends in ("LINK" of RTM_GETLINK);
	 * SOCK_DIAG: NULL.
	 */
	const char *type;
	uint8_t family;     /* of sockets; 0: any */
	bool answer;        /* not a request */
	const char *layout;
	const char *set;    /* NULL: no attributes */
};
const struct message *message_at(size_t index);

/* Attributes of SET, behind a header that has FAMILY. */
void decode_put_attrs(const struct decode_job *job, uint8_t family,
                      const char *set, taddr addr, uint64_t len);

/* What begins at a multiple of four. */
uint64_t netlink_aligned(uint64_t len);
bool netlink_number(const struct decode_job *job, taddr addr, size_t size,
                    uint64_t *value);
/* Whether there is a head of SIZE bytes; else says what there is instead. */
bool netlink_head(const struct decode_job *job, taddr addr, uint64_t len,
                  uint8_t *data, size_t size, bool in_array);

/*
 * LEN bytes at ADDR, sent or got through FD.  False, and nothing is written,
 * where FD is no netlink socket.
 */
bool decode_netlink(const struct decode_job *job, int fd, taddr addr,
                    uint64_t len);

#endif
