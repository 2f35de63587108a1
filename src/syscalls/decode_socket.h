/* SPDX-License-Identifier: GPL-3.0-or-later */
/* syscalls/decode_socket.h: what messages need of addresses. */
#ifndef SCDB_SYSCALLS_DECODE_SOCKET_H
#define SCDB_SYSCALLS_DECODE_SOCKET_H

#include "syscalls/decode_parts.h"

/* LEN bytes of a struct sockaddr at ADDR, or the address. */
void decode_put_sockaddr(const struct decode_job *job, taddr addr,
                         uint64_t len);
/* LEN bytes of control messages at ADDR; the address where there are none. */
void decode_put_control(const struct decode_job *job, taddr addr,
                        uint64_t len);

#endif
