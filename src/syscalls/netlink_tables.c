/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What netlink's messages are made of: include/uapi/linux/rtnetlink.h,
 * if_link.h, sock_diag.h and their siblings.
 */
#include "syscalls/decode_netlink.h"

#include <linux/netlink.h>
#include <string.h>
#include <sys/socket.h>

#define ATTRS static const struct attr
#define PLAIN(id, kind) { #id, ATTR_##kind, NULL }
#define OF(id, kind, what) { #id, ATTR_##kind, what }

ATTRS error[] = {
	PLAIN(NLMSGERR_ATTR_MSG, STRING), PLAIN(NLMSGERR_ATTR_OFFS, U32),
};

/* ---- interfaces ---- */
ATTRS link[] = {
	PLAIN(IFLA_ADDRESS, HARDWARE), PLAIN(IFLA_BROADCAST, HARDWARE),
	PLAIN(IFLA_IFNAME, STRING), PLAIN(IFLA_MTU, U32),
	PLAIN(IFLA_LINK, U32), PLAIN(IFLA_QDISC, STRING),
	OF(IFLA_STATS, STRUCT, "rtnl_link_stats"), PLAIN(IFLA_MASTER, U32),
	OF(IFLA_PROTINFO, NEST6, "link_inet6"),
	PLAIN(IFLA_TXQLEN, U32), OF(IFLA_MAP, STRUCT, "rtnl_link_ifmap"),
	PLAIN(IFLA_WEIGHT, U32), PLAIN(IFLA_OPERSTATE, U8),
	PLAIN(IFLA_LINKMODE, U8), OF(IFLA_LINKINFO, NEST, "link_info"),
	PLAIN(IFLA_NET_NS_PID, U32), PLAIN(IFLA_IFALIAS, STRING),
	PLAIN(IFLA_NUM_VF, U32), OF(IFLA_STATS64, STRUCT, "rtnl_link_stats64"),
	OF(IFLA_AF_SPEC, NEST, "link_families"), PLAIN(IFLA_GROUP, U32),
	PLAIN(IFLA_NET_NS_FD, FD),
	OF(IFLA_EXT_MASK, FLAGS32, "rtnl_ext_filter"),
	PLAIN(IFLA_PROMISCUITY, U32), PLAIN(IFLA_NUM_TX_QUEUES, U32),
	PLAIN(IFLA_NUM_RX_QUEUES, U32), PLAIN(IFLA_CARRIER, U8),
	PLAIN(IFLA_CARRIER_CHANGES, U32), PLAIN(IFLA_LINK_NETNSID, S32),
	PLAIN(IFLA_PHYS_PORT_NAME, STRING), PLAIN(IFLA_PROTO_DOWN, U8),
	PLAIN(IFLA_GSO_MAX_SEGS, U32), PLAIN(IFLA_GSO_MAX_SIZE, U32),
	OF(IFLA_XDP, NEST, "link_xdp"),
	OF(IFLA_EVENT, ENUM32, "rtnl_ifla_events"),
	PLAIN(IFLA_NEW_NETNSID, S32), PLAIN(IFLA_IF_NETNSID, S32),
	PLAIN(IFLA_CARRIER_UP_COUNT, U32), PLAIN(IFLA_CARRIER_DOWN_COUNT, U32),
	PLAIN(IFLA_NEW_IFINDEX, IFINDEX), PLAIN(IFLA_MIN_MTU, U32),
	PLAIN(IFLA_MAX_MTU, U32), OF(IFLA_PROP_LIST, NEST, "link_names"),
	PLAIN(IFLA_ALT_IFNAME, STRING), PLAIN(IFLA_PERM_ADDRESS, HARDWARE),
	PLAIN(IFLA_PARENT_DEV_NAME, STRING),
	PLAIN(IFLA_PARENT_DEV_BUS_NAME, STRING), PLAIN(IFLA_GRO_MAX_SIZE, U32),
	PLAIN(IFLA_TSO_MAX_SIZE, U32), PLAIN(IFLA_TSO_MAX_SEGS, U32),
	PLAIN(IFLA_ALLMULTI, U32),
};
ATTRS link_names[] = { PLAIN(IFLA_ALT_IFNAME, STRING) };
ATTRS link_info[] = {
	PLAIN(IFLA_INFO_KIND, STRING), PLAIN(IFLA_INFO_SLAVE_KIND, STRING),
};
ATTRS link_xdp[] = {
	PLAIN(IFLA_XDP_FD, FD), PLAIN(IFLA_XDP_PROG_ID, U32),
	PLAIN(IFLA_XDP_DRV_PROG_ID, U32), PLAIN(IFLA_XDP_SKB_PROG_ID, U32),
	PLAIN(IFLA_XDP_HW_PROG_ID, U32), PLAIN(IFLA_XDP_EXPECTED_FD, FD),
};
ATTRS link_families[] = {
	OF(AF_INET, NEST, "link_inet"), OF(AF_INET6, NEST, "link_inet6"),
};
ATTRS link_inet[] = {
	OF(IFLA_INET_CONF, INDEXED32, "inet_devconf_indices"),
};
ATTRS link_inet6[] = {
	OF(IFLA_INET6_FLAGS, FLAGS32, "inet6_if_flags"),
	OF(IFLA_INET6_CONF, INDEXED32, "inet6_devconf_indices"),
	OF(IFLA_INET6_STATS, INDEXED64, "snmp_ip_stats"),
	OF(IFLA_INET6_CACHEINFO, STRUCT, "ifla_cacheinfo"),
	OF(IFLA_INET6_ICMP6STATS, INDEXED64, "snmp_icmp6_stats"),
	PLAIN(IFLA_INET6_TOKEN, INET6),
	OF(IFLA_INET6_ADDR_GEN_MODE, ENUM8, "in6_addr_gen_mode"),
	PLAIN(IFLA_INET6_RA_MTU, U32),
};
ATTRS addr[] = {
	PLAIN(IFA_ADDRESS, INET), PLAIN(IFA_LOCAL, INET),
	PLAIN(IFA_LABEL, STRING), PLAIN(IFA_BROADCAST, INET),
	PLAIN(IFA_ANYCAST, INET), OF(IFA_CACHEINFO, STRUCT, "ifa_cacheinfo"),
	PLAIN(IFA_MULTICAST, INET), OF(IFA_FLAGS, FLAGS32, "ifaddrflags"),
	PLAIN(IFA_RT_PRIORITY, U32), PLAIN(IFA_TARGET_NETNSID, S32),
};

/* ---- routes ---- */
ATTRS route[] = {
	PLAIN(RTA_DST, INET), PLAIN(RTA_SRC, INET), PLAIN(RTA_IIF, IFINDEX),
	PLAIN(RTA_OIF, IFINDEX), PLAIN(RTA_GATEWAY, INET),
	PLAIN(RTA_PRIORITY, U32), PLAIN(RTA_PREFSRC, INET),
	OF(RTA_METRICS, NEST, "route_metrics"), PLAIN(RTA_PROTOINFO, U32),
	PLAIN(RTA_FLOW, U32), OF(RTA_CACHEINFO, STRUCT, "rta_cacheinfo"),
	PLAIN(RTA_MP_ALGO, U32), OF(RTA_TABLE, ENUM32, "routing_table_ids"),
	PLAIN(RTA_MARK, U32), OF(RTA_MFC_STATS, STRUCT, "rta_mfc_stats"),
	PLAIN(RTA_NEWDST, INET), PLAIN(RTA_PREF, U8),
	OF(RTA_ENCAP_TYPE, ENUM16, "lwtunnel_encap_types"),
	PLAIN(RTA_EXPIRES, U64), PLAIN(RTA_UID, U32),
	PLAIN(RTA_TTL_PROPAGATE, U8), PLAIN(RTA_IP_PROTO, U8),
	PLAIN(RTA_SPORT, U16), PLAIN(RTA_DPORT, U16),
};
ATTRS route_metrics[] = {
	PLAIN(RTAX_LOCK, U32), PLAIN(RTAX_MTU, U32), PLAIN(RTAX_WINDOW, U32),
	PLAIN(RTAX_RTT, U32), PLAIN(RTAX_RTTVAR, U32),
	PLAIN(RTAX_SSTHRESH, U32), PLAIN(RTAX_CWND, U32),
	PLAIN(RTAX_ADVMSS, U32), PLAIN(RTAX_REORDERING, U32),
	PLAIN(RTAX_HOPLIMIT, U32), PLAIN(RTAX_INITCWND, U32),
	PLAIN(RTAX_FEATURES, U32), PLAIN(RTAX_RTO_MIN, U32),
	PLAIN(RTAX_INITRWND, U32), PLAIN(RTAX_QUICKACK, U32),
	PLAIN(RTAX_CC_ALGO, STRING),
};
ATTRS neigh[] = {
	PLAIN(NDA_DST, INET), PLAIN(NDA_LLADDR, HARDWARE),
	OF(NDA_CACHEINFO, STRUCT, "nda_cacheinfo"), PLAIN(NDA_PROBES, U32),
	PLAIN(NDA_VLAN, U16), PLAIN(NDA_PORT, BE16), PLAIN(NDA_VNI, U32),
	PLAIN(NDA_IFINDEX, IFINDEX), PLAIN(NDA_MASTER, IFINDEX),
	PLAIN(NDA_LINK_NETNSID, U32), PLAIN(NDA_SRC_VNI, U32),
	OF(NDA_PROTOCOL, ENUM8, "inet_protocols"), PLAIN(NDA_NH_ID, U32),
	OF(NDA_NDM_STATE_MASK, FLAGS16, "neigh_states"),
	OF(NDA_NDM_FLAGS_MASK, FLAGS8, "neigh_flags"),
};
ATTRS rule[] = {
	PLAIN(FRA_DST, INET), PLAIN(FRA_SRC, INET), PLAIN(FRA_IIFNAME, STRING),
	PLAIN(FRA_GOTO, U32), PLAIN(FRA_PRIORITY, U32), PLAIN(FRA_FWMARK, U32),
	PLAIN(FRA_FLOW, U32), PLAIN(FRA_TUN_ID, BE64),
	PLAIN(FRA_SUPPRESS_IFGROUP, U32), PLAIN(FRA_SUPPRESS_PREFIXLEN, U32),
	OF(FRA_TABLE, ENUM32, "routing_table_ids"), PLAIN(FRA_FWMASK, U32),
	PLAIN(FRA_OIFNAME, STRING), PLAIN(FRA_L3MDEV, U8),
	OF(FRA_UID_RANGE, STRUCT, "fib_rule_uid_range"),
	OF(FRA_PROTOCOL, ENUM8, "routing_protocols"),
	OF(FRA_IP_PROTO, ENUM8, "inet_protocols"),
	OF(FRA_SPORT_RANGE, STRUCT, "fib_rule_port_range"),
	OF(FRA_DPORT_RANGE, STRUCT, "fib_rule_port_range"),
};
ATTRS tc[] = {
	PLAIN(TCA_KIND, STRING), PLAIN(TCA_FCNT, U32),
	PLAIN(TCA_DUMP_FLAGS, U32), OF(TCA_STATS, STRUCT, "tc_stats"),
	OF(TCA_STATS2, NEST, "tc_stats2"), PLAIN(TCA_CHAIN, U32),
	PLAIN(TCA_HW_OFFLOAD, U8), PLAIN(TCA_INGRESS_BLOCK, U32),
	PLAIN(TCA_EGRESS_BLOCK, U32),
};

ATTRS tc_stats2[] = {
	OF(TCA_STATS_BASIC, STRUCT, "gnet_stats_basic"),
	OF(TCA_STATS_QUEUE, STRUCT, "gnet_stats_queue"),
};

/* ---- sockets ---- */
ATTRS inet_request[] = {
	OF(INET_DIAG_REQ_PROTOCOL, ENUM8, "inet_protocols"),
};
ATTRS inet_socket[] = {
	OF(INET_DIAG_MEMINFO, STRUCT, "inet_diag_meminfo"),
	OF(INET_DIAG_VEGASINFO, STRUCT, "tcpvegas_info"),
	PLAIN(INET_DIAG_CONG, STRING), PLAIN(INET_DIAG_TOS, U8),
	PLAIN(INET_DIAG_TCLASS, U8),
	OF(INET_DIAG_SKMEMINFO, INDEXED_U32, "sk_meminfo"),
	OF(INET_DIAG_SHUTDOWN, MARKS8, "inet_diag_shutdown"),
	OF(INET_DIAG_PROTOCOL, ENUM8, "inet_protocols"),
	PLAIN(INET_DIAG_SKV6ONLY, U8), PLAIN(INET_DIAG_MARK, U32),
	OF(INET_DIAG_BBRINFO, STRUCT, "tcp_bbr_info"),
	PLAIN(INET_DIAG_CLASS_ID, U32), PLAIN(INET_DIAG_CGROUP_ID, U64),
	OF(INET_DIAG_SOCKOPT, BITS, "inet_diag_sockopts"),
};
ATTRS unix_socket[] = {
	PLAIN(UNIX_DIAG_NAME, STRING),
	OF(UNIX_DIAG_VFS, STRUCT, "unix_diag_vfs"), PLAIN(UNIX_DIAG_PEER, U32),
	PLAIN(UNIX_DIAG_ICONS, NUMBERS),
	OF(UNIX_DIAG_RQLEN, STRUCT, "unix_diag_rqlen"),
	OF(UNIX_DIAG_MEMINFO, INDEXED_U32, "sk_meminfo"),
	PLAIN(UNIX_DIAG_SHUTDOWN, U8), PLAIN(UNIX_DIAG_UID, UID),
};
ATTRS netlink_socket[] = {
	OF(NETLINK_DIAG_MEMINFO, INDEXED_U32, "sk_meminfo"),
};

#define SET(id, list) { #id, list, id, ARRAY_LEN(id) }

static const struct attr_set sets[] = {
	SET(error, "nlmsgerr_attrs"), SET(link, "rtnl_link_attrs"),
	SET(link_names, "rtnl_link_attrs"),
	SET(link_info, "rtnl_ifla_info_attrs"),
	SET(link_xdp, "rtnl_ifla_xdp_attrs"),
	SET(link_families, "sock_family"),
	SET(link_inet, "rtnl_ifla_af_inet"),
	SET(link_inet6, "rtnl_ifla_af_inet6"), SET(addr, "rtnl_addr_attrs"),
	SET(route, "rtnl_route_attrs"),
	SET(route_metrics, "rtnl_rta_metrics_attrs"),
	SET(neigh, "rtnl_neigh_attrs"), SET(rule, "rtnl_rule_attrs"),
	SET(tc, "rtnl_tc_attrs"), SET(tc_stats2, "rtnl_tca_stats"),
	 SET(inet_request, "inet_diag_req_attrs"),
	SET(inet_socket, "inet_diag_attrs"),
	SET(unix_socket, "unix_diag_attrs"),
	SET(netlink_socket, "netlink_diag_attrs"),
};

#define ROUTE(type, layout, set) \
	{ NETLINK_ROUTE, type, 0, false, layout, set }
#define REQUEST(family, layout, set) \
	{ NETLINK_SOCK_DIAG, NULL, family, false, layout, set }
#define ANSWER(family, layout, set) \
	{ NETLINK_SOCK_DIAG, NULL, family, true, layout, set }

static const struct message messages[] = {
	ROUTE("LINK", "ifinfomsg", "link"), ROUTE("ADDR", "ifaddrmsg", "addr"),
	ROUTE("MULTICAST", "ifaddrmsg", "addr"),
	ROUTE("ANYCAST", "ifaddrmsg", "addr"),
	ROUTE("ROUTE", "rtmsg", "route"), ROUTE("NEIGH", "ndmsg", "neigh"),
	ROUTE("RULE", "fib_rule_hdr", "rule"), ROUTE("QDISC", "tcmsg", "tc"),
	ROUTE("TCLASS", "tcmsg", "tc"), ROUTE("TFILTER", "tcmsg", "tc"),
	ROUTE("CHAIN", "tcmsg", "tc"),
	REQUEST(AF_UNIX, "unix_diag_req", NULL),
	ANSWER(AF_UNIX, "unix_diag_msg", "unix_socket"),
	REQUEST(AF_INET, "inet_diag_req", "inet_request"),
	ANSWER(AF_INET, "inet_diag_msg", "inet_socket"),
	REQUEST(AF_INET6, "inet6_diag_req", "inet_request"),
	ANSWER(AF_INET6, "inet6_diag_msg", "inet_socket"),
	REQUEST(AF_NETLINK, "netlink_diag_req", NULL),
	ANSWER(AF_NETLINK, "netlink_diag_msg", "netlink_socket"),
};

const struct attr_set *attr_set_at(size_t index)
{
	return index < ARRAY_LEN(sets) ? &sets[index] : NULL;
}

const struct attr_set *attr_set_find(const char *name)
{
	for (size_t i = 0; i < ARRAY_LEN(sets); i++) {
		if (!strcmp(sets[i].name, name))
			return &sets[i];
	}
	return NULL;
}

const struct message *message_at(size_t index)
{
	return index < ARRAY_LEN(messages) ? &messages[index] : NULL;
}
