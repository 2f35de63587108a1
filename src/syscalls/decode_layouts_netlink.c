/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The structs in netlink's messages (include/uapi/linux/), as data. */
#include "syscalls/layout_fields.h"

#define FAMILY(id) ENUM(U8, id, "sock_family")

/* ---- headers ---- */
FIELDS ifinfomsg[] = {
	FAMILY(ifi_family), PAD(U8, 1), ENUM(U16, ifi_type, "arp_hardware"),
	KIND(U32, ifi_index, IFINDEX), FLAGS(U32, ifi_flags, "iff_flags"),
	HEX(U32, ifi_change),
};
FIELDS ifaddrmsg[] = {
	FAMILY(ifa_family), DEC(U8, ifa_prefixlen),
	FLAGS(U8, ifa_flags, "ifaddrflags"),
	ENUM(U8, ifa_scope, "routing_scopes"), KIND(U32, ifa_index, IFINDEX),
};
FIELDS rtmsg[] = {
	FAMILY(rtm_family), DEC(U8, rtm_dst_len), DEC(U8, rtm_src_len),
	FLAGS(U8, rtm_tos, "ip_tos"), ENUM(U8, rtm_table, "routing_table_ids"),
	ENUM(U8, rtm_protocol, "routing_protocols"),
	ENUM(U8, rtm_scope, "routing_scopes"),
	ENUM(U8, rtm_type, "routing_types"),
	FLAGS(U32, rtm_flags, "routing_flags"),
};
FIELDS ndmsg[] = {
	FAMILY(ndm_family), PAD(U8, 3), KIND(U32, ndm_ifindex, IFINDEX),
	FLAGS(U16, ndm_state, "neigh_states"),
	FLAGS(U8, ndm_flags, "neigh_flags"),
	ENUM(U8, ndm_type, "routing_types"),
};
FIELDS fib_rule_hdr[] = {
	FAMILY(family), DEC(U8, dst_len), DEC(U8, src_len),
	FLAGS(U8, tos, "ip_tos"), ENUM(U8, table, "rule_table_ids"),
	PAD(U8, 2), ENUM(U8, action, "fib_rule_actions"),
	FLAGS(U32, flags, "fib_rule_flags"),
};
FIELDS tcmsg[] = {
	FAMILY(tcm_family), PAD(U8, 3), KIND(U32, tcm_ifindex, IFINDEX),
	DEC(U32, tcm_handle), DEC(U32, tcm_parent), DEC(U32, tcm_info),
};

/* ---- interfaces and routes ---- */
#define LINK_STATS(type) \
	DEC(type, rx_packets), DEC(type, tx_packets), DEC(type, rx_bytes), \
	DEC(type, tx_bytes), DEC(type, rx_errors), DEC(type, tx_errors), \
	DEC(type, rx_dropped), DEC(type, tx_dropped), DEC(type, multicast), \
	DEC(type, collisions), DEC(type, rx_length_errors), \
	DEC(type, rx_over_errors), DEC(type, rx_crc_errors), \
	DEC(type, rx_frame_errors), DEC(type, rx_fifo_errors), \
	DEC(type, rx_missed_errors), DEC(type, tx_aborted_errors), \
	DEC(type, tx_carrier_errors), DEC(type, tx_fifo_errors), \
	DEC(type, tx_heartbeat_errors), DEC(type, tx_window_errors), \
	DEC(type, rx_compressed), DEC(type, tx_compressed), \
	DEC(type, rx_nohandler)
FIELDS rtnl_link_stats[] = { LINK_STATS(U32) };
FIELDS rtnl_link_stats64[] = {
	LINK_STATS(U64), DEC(U64, rx_otherhost_dropped),
};
FIELDS rtnl_link_ifmap[] = {
	HEX(U64, mem_start), HEX(U64, mem_end), HEX(U64, base_addr),
	DEC(U16, irq), DEC(U8, dma), DEC(U8, port), PAD(U32, 1),
};
FIELDS ifla_cacheinfo[] = {
	DEC(U32, max_reasm_len), DEC(U32, tstamp), DEC(U32, reachable_time),
	DEC(U32, retrans_time),
};
FIELDS ifa_cacheinfo[] = {
	DEC(U32, ifa_prefered), DEC(U32, ifa_valid), DEC(U32, cstamp),
	DEC(U32, tstamp),
};
FIELDS rta_cacheinfo[] = {
	DEC(U32, rta_clntref), DEC(U32, rta_lastuse), DEC(U32, rta_expires),
	DEC(U32, rta_error), DEC(U32, rta_used), HEX(U32, rta_id),
	DEC(U32, rta_ts), DEC(U32, rta_tsage),
};
FIELDS rta_mfc_stats[] = {
	DEC(U64, mfcs_packets), DEC(U64, mfcs_bytes), DEC(U64, mfcs_wrong_if),
};
FIELDS nda_cacheinfo[] = {
	DEC(U32, ndm_confirmed), DEC(U32, ndm_used), DEC(U32, ndm_updated),
	DEC(U32, ndm_refcnt),
};
FIELDS fib_rule_uid_range[] = { DEC(U32, start), DEC(U32, end) };
FIELDS fib_rule_port_range[] = { DEC(U16, start), DEC(U16, end) };

FIELDS tc_stats[] = {
	DEC(U64, bytes), DEC(U32, packets), DEC(U32, drops),
	DEC(U32, overlimits), DEC(U32, bps), DEC(U32, pps), DEC(U32, qlen),
	DEC(U32, backlog),
};
FIELDS gnet_stats_basic[] = { DEC(U64, bytes), DEC(U32, packets) };
FIELDS gnet_stats_queue[] = {
	DEC(U32, qlen), DEC(U32, backlog), DEC(U32, drops),
	DEC(U32, requeues), DEC(U32, overlimits),
};

/* ---- sockets ---- */
#define SOCKET_ID(show) \
	NETWORK(U16, idiag_sport), NETWORK(U16, idiag_dport), \
	BYTES(idiag_src, show, 16), BYTES(idiag_dst, show, 16), \
	KIND(U32, idiag_if, IFINDEX), ARRAY(U32, idiag_cookie, 2)
FIELDS inet_diag_sockid[] = { SOCKET_ID(INET4) };
FIELDS inet6_diag_sockid[] = { SOCKET_ID(INET6) };
#define INET_REQUEST(sockid) \
	FAMILY(sdiag_family), ENUM(U8, sdiag_protocol, "inet_protocols"), \
	FLAGS(U8, idiag_ext, "inet_diag_ext"), PAD(U8, 1), \
	FLAGS(U32, idiag_states, "tcp_state_flags"), STRUCT(id, sockid)
#define INET_ANSWER(sockid) \
	FAMILY(idiag_family), ENUM(U8, idiag_state, "tcp_states"), \
	DEC(U8, idiag_timer), DEC(U8, idiag_retrans), STRUCT(id, sockid), \
	DEC(U32, idiag_expires), DEC(U32, idiag_rqueue), \
	DEC(U32, idiag_wqueue), DEC(U32, idiag_uid), DEC(U32, idiag_inode)
FIELDS inet_diag_req[] = { INET_REQUEST("inet_diag_sockid") };
FIELDS inet6_diag_req[] = { INET_REQUEST("inet6_diag_sockid") };
FIELDS inet_diag_msg[] = { INET_ANSWER("inet_diag_sockid") };
FIELDS inet6_diag_msg[] = { INET_ANSWER("inet6_diag_sockid") };
FIELDS inet_diag_meminfo[] = {
	DEC(U32, idiag_rmem), DEC(U32, idiag_wmem), DEC(U32, idiag_fmem),
	DEC(U32, idiag_tmem),
};
FIELDS tcpvegas_info[] = {
	DEC(U32, tcpv_enabled), DEC(U32, tcpv_rttcnt), DEC(U32, tcpv_rtt),
	DEC(U32, tcpv_minrtt),
};
FIELDS tcp_bbr_info[] = {
	HEX(U32, bbr_bw_lo), HEX(U32, bbr_bw_hi), DEC(U32, bbr_min_rtt),
	DEC(U32, bbr_pacing_gain), DEC(U32, bbr_cwnd_gain),
};
FIELDS unix_diag_req[] = {
	FAMILY(sdiag_family), DEC(U8, sdiag_protocol), PAD(U16, 1),
	FLAGS(U32, udiag_states, "tcp_state_flags"), DEC(U32, udiag_ino),
	FLAGS(U32, udiag_show, "unix_diag_show"), ARRAY(U32, udiag_cookie, 2),
};
FIELDS unix_diag_msg[] = {
	FAMILY(udiag_family), ENUM(U8, udiag_type, "sock_type"),
	ENUM(U8, udiag_state, "tcp_states"), PAD(U8, 1), DEC(U32, udiag_ino),
	ARRAY(U32, udiag_cookie, 2),
};
FIELDS unix_diag_vfs[] = {
	DEC(U32, udiag_vfs_ino), KIND(U32, udiag_vfs_dev, DEV),
};
FIELDS unix_diag_rqlen[] = { DEC(U32, udiag_rqueue), DEC(U32, udiag_wqueue) };
FIELDS netlink_diag_req[] = {
	FAMILY(sdiag_family), ENUM(U8, sdiag_protocol, "netlink_protocols"),
	PAD(U16, 1), DEC(U32, ndiag_ino),
	FLAGS(U32, ndiag_show, "netlink_diag_show"),
	ARRAY(U32, ndiag_cookie, 2),
};
FIELDS netlink_diag_msg[] = {
	FAMILY(ndiag_family), ENUM(U8, ndiag_type, "sock_type"),
	ENUM(U8, ndiag_protocol, "netlink_protocols"),
	ENUM(U8, ndiag_state, "netlink_states"), DEC(U32, ndiag_portid),
	DEC(U32, ndiag_dst_portid), DEC(U32, ndiag_dst_group),
	DEC(U32, ndiag_ino), ARRAY(U32, ndiag_cookie, 2),
};

#define SAME(id) ALL(#id, id)

const struct layout layouts_netlink[] = {
	SAME(ifinfomsg), SAME(ifaddrmsg), SAME(rtmsg), SAME(ndmsg),
	SAME(fib_rule_hdr), SAME(tcmsg), SAME(rtnl_link_stats),
	SAME(rtnl_link_stats64), SAME(rtnl_link_ifmap), SAME(ifla_cacheinfo),
	SAME(ifa_cacheinfo), SAME(rta_cacheinfo), SAME(rta_mfc_stats),
	SAME(nda_cacheinfo), SAME(fib_rule_uid_range),
	SAME(fib_rule_port_range), SAME(tc_stats), SAME(gnet_stats_basic),
	SAME(gnet_stats_queue), SAME(inet_diag_sockid),
	SAME(inet6_diag_sockid), SAME(inet_diag_req), SAME(inet6_diag_req),
	SAME(inet_diag_msg), SAME(inet6_diag_msg), SAME(inet_diag_meminfo),
	SAME(tcpvegas_info), SAME(tcp_bbr_info), SAME(unix_diag_req),
	SAME(unix_diag_msg), SAME(unix_diag_vfs), SAME(unix_diag_rqlen),
	SAME(netlink_diag_req), SAME(netlink_diag_msg),
};
const size_t layouts_netlink_count = ARRAY_LEN(layouts_netlink);
