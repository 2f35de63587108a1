/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The structs that requests of ioctl take (include/uapi/), as data. */
#include "syscalls/layout_fields.h"

/* ---- terminals ---- */
FIELDS winsize_fields[] = {
	DEC(U16, ws_row), DEC(U16, ws_col), DEC(U16, ws_xpixel),
	DEC(U16, ws_ypixel),
};
#define TERMINAL_FLAGS(type) \
	FLAGS(type, c_iflag, "term_iflags"), \
	FLAGS(type, c_oflag, "term_oflags"), \
	FLAGS(type, c_cflag, "term_cflags"), \
	FLAGS(type, c_lflag, "term_lflags"), \
	MORE_OF(U8, c_line, ENUM, "term_line_discs")
#define TERMINAL_CHARS(n) \
	SEVERAL(U8, c_cc, INDEXED, n, .when = WHEN_WHOLE, \
	        .list = "termios_cc")
FIELDS termios_fields[] = { TERMINAL_FLAGS(U32), TERMINAL_CHARS(19) };
FIELDS termios2_fields[] = {
	TERMINAL_FLAGS(U32), TERMINAL_CHARS(19), MORE(U32, c_ispeed, NUMBER),
	MORE(U32, c_ospeed, NUMBER),
};
FIELDS termio_fields[] = { TERMINAL_FLAGS(U16), TERMINAL_CHARS(8), PAD(U8, 1) };

/* ---- interfaces ---- */
#define IFR_NAME CHARS(ifr_name, 16)
#define IFR_REST PAD(U8, 8)
FIELDS ifr_sockaddr[] = {
	ENUM(U16, sa_family, "arp_hardware"),
	BYTES(sa_data, HARDWARE, 6), PAD(U8, 8),
};
FIELDS ifr_map[] = {
	HEX(ULONG, mem_start), HEX(ULONG, mem_end), HEX(U16, base_addr),
	HEX(U8, irq), HEX(U8, dma), HEX(U8, port), PAD(U8, 3),
};
#define IFREQ_ADDRESS(id, field) \
	FIELDS ifreq_##id[] = { \
		IFR_NAME, DONE_OF(U8, field, SOCKADDR, 16) \
	}; \
	FIELDS ifreq_set_##id[] = { IFR_NAME, BYTES(field, SOCKADDR, 16) }
#define IFREQ(id, type, kind, field, names) \
	FIELDS ifreq_##id[] = { IFR_NAME, DONE(type, field, kind, names) }; \
	FIELDS ifreq_set_##id[] = { \
		IFR_NAME, \
		KIND(type, field, kind, .list = names) \
	}
IFREQ_ADDRESS(addr, ifr_addr);
IFREQ_ADDRESS(dstaddr, ifr_dstaddr);
IFREQ_ADDRESS(broadaddr, ifr_broadaddr);
IFREQ_ADDRESS(netmask, ifr_netmask);
IFREQ(hwaddr, STRUCT, NUMBER, ifr_hwaddr, "ifr_sockaddr");
IFREQ(map, STRUCT, NUMBER, ifr_map, "ifr_map");
IFREQ(flags, U16, FLAGS, ifr_flags, "iff_flags");
IFREQ(metric, S32, NUMBER, ifr_metric, NULL);
IFREQ(mtu, S32, NUMBER, ifr_mtu, NULL);
IFREQ(qlen, S32, NUMBER, ifr_qlen, NULL);
FIELDS ifreq_index[] = { IFR_NAME, DONE(S32, ifr_ifindex, NUMBER, NULL) };
FIELDS ifreq_bridge[] = { PAD(U8, 16), KIND(U32, ifr_ifindex, IFINDEX) };
FIELDS ifreq_slave[] = { IFR_NAME, DONE_OF(U8, ifr_slave, CHARS, 16) };
FIELDS ifreq_set_slave[] = { IFR_NAME, CHARS(ifr_slave, 16) };
FIELDS ifreq_newname[] = { IFR_NAME, CHARS(ifr_newname, 16) };
FIELDS ifreq_name[] = { IFR_NAME, DEC(S32, ifr_ifindex) };
FIELDS ifconf_fields[] = { DEC(S32, ifc_len), ADDR(ifc_buf) };

/* ---- file systems ---- */
FIELDS fiemap_fields[] = {
	DEC(U64, fm_start), DEC(U64, fm_length),
	FLAGS(U32, fm_flags, "fiemap_flags"), PAD(U32, 1),
	DEC(U32, fm_extent_count), PAD(U32, 1),
};
FIELDS fiemap_out[] = {
	PAD(U64, 2), FLAGS(U32, fm_flags, "fiemap_flags"),
	DEC(U32, fm_mapped_extents), PAD(U32, 1),
	MORE(U32, fm_reserved, NOTHING),
};
FIELDS fsxattr_fields[] = {
	FLAGS(U32, fsx_xflags, "fs_xflags"), DEC(U32, fsx_extsize),
	DEC(U32, fsx_nextents), HEX(U32, fsx_projid), DEC(U32, fsx_cowextsize),
	PAD(U8, 8),
};
FIELDS fsxattr_set[] = {
	FLAGS(U32, fsx_xflags, "fs_xflags"), DEC(U32, fsx_extsize),
	PAD(U32, 1), HEX(U32, fsx_projid), DEC(U32, fsx_cowextsize),
	PAD(U8, 8),
};
FIELDS fstrim_range[] = { HEX(U64, start), DEC(U64, len), DEC(U64, minlen) };
FIELDS file_clone_range[] = {
	KIND(S64, src_fd, FD), DEC(U64, src_offset), DEC(U64, src_length),
	DEC(U64, dest_offset),
};

/* ---- disks ---- */
FIELDS hd_geometry[] = {
	DEC(U8, heads), DEC(U8, sectors), DEC(U16, cylinders),
	DEC(ULONG, start),
};
FIELDS blkpg_partition[] = {
	DEC(S64, start), DEC(S64, length), DEC(S32, pno), CHARS(devname, 64),
	CHARS(volname, 64),
};
FIELDS blkpg_arg[] = {
	ENUM(S32, op, "blkpg_ops"), DEC(S32, flags), DEC(S32, datalen),
	POINTS(data, "blkpg_partition"),
};
FIELDS loop_info64[] = {
	MORE(U64, lo_device, DEV), MORE(U64, lo_inode, NUMBER),
	MORE(U64, lo_rdevice, DEV), HEX(U64, lo_offset),
	MORE(U64, lo_sizelimit, NUMBER), DEC(U32, lo_number),
	MORE_OF(U32, lo_encrypt_type, ENUM, "loop_crypt_type"),
	MORE(U32, lo_encrypt_key_size, NUMBER),
	FLAGS(U32, lo_flags, "loop_flags"), CHARS(lo_file_name, 64),
	MORE_CHARS(lo_crypt_name, 64), PAD(U8, 32),
	SEVERAL(U64, lo_init, HEX, 2, .when = WHEN_WHOLE),
};
FIELDS loop_config[] = {
	KIND(U32, fd, FD), DEC(U32, block_size), STRUCT(info, "loop_info64"),
	PAD(U64, 8),
};

FIELDS erase_info[] = { HEX(U32, start), HEX(U32, length) };
FIELDS erase_info64[] = { HEX(U64, start), HEX(U64, length) };

/* ---- clocks ---- */
FIELDS rtc_time[] = {
	DEC(S32, tm_sec), DEC(S32, tm_min), DEC(S32, tm_hour),
	DEC(S32, tm_mday), DEC(S32, tm_mon), DEC(S32, tm_year),
	MORE(S32, tm_wday, NUMBER), MORE(S32, tm_yday, NUMBER),
	MORE(S32, tm_isdst, NUMBER),
};
FIELDS rtc_wkalrm[] = {
	DEC(U8, enabled), DEC(U8, pending), STRUCT(time, "rtc_time"),
};
FIELDS rtc_pll_info[] = {
	DEC(S32, pll_ctrl), DEC(S32, pll_value), DEC(S32, pll_max),
	DEC(S32, pll_min), DEC(S32, pll_posmult), DEC(S32, pll_negmult),
	DEC(LONG, pll_clock),
};

/* ---- processes ---- */
FIELDS uffdio_api[] = {
	HEX(U64, api), FLAGS(U64, features, "uffd_features"),
	DONE(U64, ioctls, FLAGS, "uffd_api_ioctls"),
};
FIELDS uffdio_range[] = { HEX(U64, start), HEX(U64, len) };
FIELDS uffdio_register[] = {
	STRUCT(range, "uffdio_range"),
	FLAGS(U64, mode, "uffd_register_mode"),
	DONE(U64, ioctls, FLAGS, "uffd_register_ioctls"),
};
FIELDS uffdio_copy[] = {
	HEX(U64, dst), HEX(U64, src), HEX(U64, len),
	FLAGS(U64, mode, "uffd_copy_flags"), DONE(S64, copy, HEX, NULL),
};
FIELDS uffdio_zeropage[] = {
	STRUCT(range, "uffdio_range"), FLAGS(U64, mode, "uffd_zeropage_flags"),
	DONE(S64, zeropage, HEX, NULL),
};
FIELDS seccomp_notif_resp[] = {
	HEX(U64, id), DEC(S64, val), DEC(S32, error),
	FLAGS(U32, flags, "seccomp_notif_flags"),
};
FIELDS seccomp_notif_addfd[] = {
	HEX(U64, id), FLAGS(U32, flags, "seccomp_addfd_flags"),
	KIND(U32, srcfd, FD), DEC(U32, newfd), FLAGS(U32, newfd_flags, "open"),
};

/* ---- input and video ---- */
FIELDS input_id[] = {
	DEC(U16, bustype), DEC(U16, vendor), DEC(U16, product),
	DEC(U16, version),
};
FIELDS v4l2_capability[] = {
	CHARS(driver, 16), CHARS(card, 32), CHARS(bus_info, 32),
	HEX(U32, version),
	FLAGS(U32, capabilities, "v4l2_caps"),
	FLAGS(U32, device_caps, "v4l2_caps"), PAD(U32, 3),
};
FIELDS kvm_user_memory_region[] = {
	DEC(U32, slot), FLAGS(U32, flags, "kvm_mem_flags"),
	HEX(U64, guest_phys_addr), DEC(U64, memory_size),
	HEX(U64, userspace_addr),
};

#define IFREQS(id) \
	ALL("ifreq_" #id, ifreq_##id), ALL("ifreq_set_" #id, ifreq_set_##id)

const struct layout layouts_ioctl[] = {
	ALL("winsize", winsize_fields), ALL("termios", termios_fields),
	ALL("termios2", termios2_fields), ALL("termio", termio_fields),
	ALL("ifr_sockaddr", ifr_sockaddr), ALL("ifr_map", ifr_map),
	IFREQS(addr), IFREQS(dstaddr), IFREQS(broadaddr), IFREQS(netmask),
	IFREQS(hwaddr), IFREQS(map), IFREQS(flags), IFREQS(metric), IFREQS(mtu),
	IFREQS(qlen), ALL("ifreq_index", ifreq_index),
	ALL("ifreq_bridge", ifreq_bridge), IFREQS(slave),
	ALL("ifreq_newname", ifreq_newname),
	WITH("ifreq_name", ifreq_name, put_ifreq_name),
	WITH("ifconf", ifconf_fields, put_ifconf),
	ALL("fiemap", fiemap_fields), ALL("fiemap_out", fiemap_out),
	ALL("fsxattr", fsxattr_fields), ALL("fsxattr_set", fsxattr_set),
	ALL("fstrim_range", fstrim_range),
	ALL("file_clone_range", file_clone_range),
	ALL("hd_geometry", hd_geometry),
	ALL("blkpg_partition", blkpg_partition), ALL("blkpg_arg", blkpg_arg),
	ALL("loop_info64", loop_info64), ALL("loop_config", loop_config),
	ALL("erase_info", erase_info), ALL("erase_info64", erase_info64),
	ALL("rtc_time", rtc_time), ALL("rtc_wkalrm", rtc_wkalrm),
	ALL("rtc_pll_info", rtc_pll_info),
	ALL("uffdio_api", uffdio_api), ALL("uffdio_range", uffdio_range),
	ALL("uffdio_register", uffdio_register),
	ALL("uffdio_copy", uffdio_copy),
	ALL("uffdio_zeropage", uffdio_zeropage),
	ALL("seccomp_notif_resp", seccomp_notif_resp),
	ALL("seccomp_notif_addfd", seccomp_notif_addfd),
	ALL("input_id", input_id), ALL("v4l2_capability", v4l2_capability),
	ALL("kvm_user_memory_region", kvm_user_memory_region),
};
const size_t layouts_ioctl_count = ARRAY_LEN(layouts_ioctl);
