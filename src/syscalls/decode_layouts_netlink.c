/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The structs of netlink's messages, as data. */
#include "syscalls/layout_fields.h"

FIELDS nlmsghdr[] = { DEC(U32, nlmsg_len) };
const struct layout layouts_netlink[] = { ALL("nlmsghdr", nlmsghdr) };
const size_t layouts_netlink_count = ARRAY_LEN(layouts_netlink);
