/* SPDX-License-Identifier: GPL-3.0-or-later */
/* syscalls/decode_socket.h: what messages need of addresses. */
#ifndef SCDB_SYSCALLS_DECODE_SOCKET_H
#define SCDB_SYSCALLS_DECODE_SOCKET_H

#include "syscalls/decode_parts.h"

/* LEN bytes of a struct sockaddr at ADDR, or the address. */
void decode_put_sockaddr(const struct decode_job *job, taddr addr,
                         uint64_t len);
/* Whether the address has that family. */
bool decode_has_family(const struct decode_job *job, taddr addr, uint64_t len,
                       int family);
/* LEN bytes of control messages at ADDR; the address where there are none. */
void decode_put_control(const struct decode_job *job, taddr addr,
                        uint64_t len);
/* if_nametoindex("lo"), or the number where no interface has it. */
void decode_put_ifindex(const struct decode_job *job, uint32_t index);
/* inet_addr("127.0.0.1"), inet_pton(AF_INET6, "::1"). */
void decode_put_inet(const struct decode_job *job, int family,
                     const uint8_t *data);
/* inet_pton(AF_INET6, "::1", &NAME): a field, with its name. */
void decode_put_inet6_field(const struct decode_job *job, const char *name,
                            const uint8_t *data);
/* 02:fc:00:00:00:01 */
void decode_put_hardware(struct buf *out, const uint8_t *data, size_t len);
/* htons(80): SIZE bytes, which are in the network's order. */
void decode_put_network(struct buf *out, uint64_t value, size_t size);

#endif
