/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The structs of the kernel's interface (include/uapi/), as data.
 * Those of some parts of it are in files of their own.
 */
#include "syscalls/layout_fields.h"

#include <string.h>

/* ---- time ---- */
FIELDS timespec[] = { DEC(LONG, tv_sec), DEC(ULONG, tv_nsec) };
FIELDS timespec64[] = { DEC(S64, tv_sec), DEC(U64, tv_nsec) };
FIELDS timeval[] = { DEC(LONG, tv_sec), DEC(ULONG, tv_usec) };
FIELDS timeval64[] = { DEC(S64, tv_sec), DEC(U64, tv_usec) };
FIELDS timezone_fields[] = {
	DEC(S32, tz_minuteswest), DEC(S32, tz_dsttime),
};
FIELDS itimerval[] = {
	STRUCT(it_interval, "timeval"), STRUCT(it_value, "timeval"),
};
FIELDS itimerspec[] = {
	STRUCT(it_interval, "timespec"), STRUCT(it_value, "timespec"),
};
FIELDS itimerspec64[] = {
	STRUCT(it_interval, "timespec64"), STRUCT(it_value, "timespec64"),
};
FIELDS timex[] = {
	FLAGS(U32, modes, "timex_modes"), DEC(LONG, offset), DEC(LONG, freq),
	DEC(LONG, maxerror), DEC(LONG, esterror),
	FLAGS(U32, status, "timex_status"), DEC(LONG, constant),
	DEC(LONG, precision), DEC(LONG, tolerance), STRUCT(time, "timeval"),
	DEC(LONG, tick), DEC(LONG, ppsfreq), DEC(LONG, jitter),
	DEC(S32, shift), DEC(LONG, stabil), DEC(LONG, jitcnt),
	DEC(LONG, calcnt), DEC(LONG, errcnt), DEC(LONG, stbcnt),
	DEC(S32, tai), PAD(U32, 11),
};
FIELDS timex64[] = {
	FLAGS(U32, modes, "timex_modes"), PAD(U32, 1), DEC(S64, offset),
	DEC(S64, freq), DEC(S64, maxerror), DEC(S64, esterror),
	FLAGS(U32, status, "timex_status"), PAD(U32, 1), DEC(S64, constant),
	DEC(S64, precision), DEC(S64, tolerance), STRUCT(time, "timeval64"),
	DEC(S64, tick), DEC(S64, ppsfreq), DEC(S64, jitter), DEC(S32, shift),
	PAD(U32, 1), DEC(S64, stabil), DEC(S64, jitcnt), DEC(S64, calcnt),
	DEC(S64, errcnt), DEC(S64, stbcnt), DEC(S32, tai), PAD(U32, 11),
};
FIELDS tms[] = {
	KIND(ULONG, tms_utime, TICKS), KIND(ULONG, tms_stime, TICKS),
	KIND(ULONG, tms_cutime, TICKS), KIND(ULONG, tms_cstime, TICKS),
};
FIELDS utimbuf[] = { DEC(LONG, actime), DEC(LONG, modtime) };

/* ---- files ---- */
FIELDS stat_fields[] = {
	DEC(U64, st_dev), DEC(U64, st_ino), DEC(U64, st_nlink),
	DEC(U32, st_mode), DEC(U32, st_uid), DEC(U32, st_gid), PAD(U32, 1),
	DEC(U64, st_rdev), DEC(S64, st_size), DEC(S64, st_blksize),
	DEC(S64, st_blocks), DEC(S64, st_atime), DEC(U64, st_atime_nsec),
	DEC(S64, st_mtime), DEC(U64, st_mtime_nsec), DEC(S64, st_ctime),
	DEC(U64, st_ctime_nsec), PAD(S64, 3),
};
FIELDS stat_i386[] = {
	DEC(U32, st_dev), DEC(U32, st_ino), DEC(U16, st_mode),
	DEC(U16, st_nlink), DEC(U16, st_uid), DEC(U16, st_gid),
	DEC(U32, st_rdev), DEC(U32, st_size), DEC(U32, st_blksize),
	DEC(U32, st_blocks), DEC(S32, st_atime), DEC(U32, st_atime_nsec),
	DEC(S32, st_mtime), DEC(U32, st_mtime_nsec), DEC(S32, st_ctime),
	DEC(U32, st_ctime_nsec), PAD(U32, 2),
};
FIELDS stat64_i386[] = {
	DEC(U64, st_dev), PAD(U32, 1), PAD(U32, 1), DEC(U32, st_mode),
	DEC(U32, st_nlink), DEC(U32, st_uid), DEC(U32, st_gid),
	DEC(U64, st_rdev), PAD(U32, 1), DEC(S64, st_size),
	DEC(U32, st_blksize), DEC(U64, st_blocks), DEC(S32, st_atime),
	DEC(U32, st_atime_nsec), DEC(S32, st_mtime), DEC(U32, st_mtime_nsec),
	DEC(S32, st_ctime), DEC(U32, st_ctime_nsec), DEC(U64, st_ino),
};
FIELDS oldstat[] = {
	DEC(U16, st_dev), DEC(U16, st_ino), DEC(U16, st_mode),
	DEC(U16, st_nlink), DEC(U16, st_uid), DEC(U16, st_gid),
	DEC(U16, st_rdev), DEC(U32, st_size), DEC(U32, st_atime),
	DEC(U32, st_mtime), DEC(U32, st_ctime),
};
FIELDS statx_timestamp[] = {
	DEC(S64, tv_sec), DEC(U32, tv_nsec), PAD(U32, 1),
};
FIELDS statx_fields[] = {
	FLAGS(U32, stx_mask, "statx_mask"), MORE(U32, stx_blksize, NUMBER),
	FLAGS(U64, stx_attributes, "statx_attrs"),
	MORE(U32, stx_nlink, NUMBER), MORE(U32, stx_uid, ID),
	MORE(U32, stx_gid, ID), KIND(U16, stx_mode, MODE), PAD(U16, 1),
	MORE(U64, stx_ino, NUMBER), DEC(U64, stx_size),
	MORE(U64, stx_blocks, NUMBER),
	MORE_OF(U64, stx_attributes_mask, FLAGS, "statx_attrs"),
	MORE_OF(STRUCT, stx_atime, NUMBER, "statx_timestamp"),
	MORE_OF(STRUCT, stx_btime, NUMBER, "statx_timestamp"),
	MORE_OF(STRUCT, stx_ctime, NUMBER, "statx_timestamp"),
	MORE_OF(STRUCT, stx_mtime, NUMBER, "statx_timestamp"),
	MORE(U32, stx_rdev_major, NUMBER), MORE(U32, stx_rdev_minor, NUMBER),
	MORE(U32, stx_dev_major, NUMBER), MORE(U32, stx_dev_minor, NUMBER),
	MORE(U64, stx_mnt_id, HEX), MORE(U32, stx_dio_mem_align, NUMBER),
	MORE(U32, stx_dio_offset_align, NUMBER), MORE(U64, stx_subvol, HEX),
	MORE(U32, stx_atomic_write_unit_min, NUMBER),
	MORE(U32, stx_atomic_write_unit_max, NUMBER),
	MORE(U32, stx_atomic_write_segments_max, NUMBER),
	MORE(U32, stx_dio_read_offset_align, NUMBER), PAD(U64, 9),
};
FIELDS fsid[] = { SEVERAL(U32, val, HEX, 2) };
FIELDS statfs_fields[] = {
	ENUM(ULONG, f_type, "fsmagic"), DEC(ULONG, f_bsize),
	DEC(ULONG, f_blocks), DEC(ULONG, f_bfree), DEC(ULONG, f_bavail),
	DEC(ULONG, f_files), DEC(ULONG, f_ffree), STRUCT(f_fsid, "fsid"),
	DEC(ULONG, f_namelen), DEC(ULONG, f_frsize),
	FLAGS(ULONG, f_flags, "statfs_flags", .when = WHEN_VALID),
	PAD(ULONG, 4),
};
FIELDS statfs64_fields[] = {
	ENUM(U32, f_type, "fsmagic"), DEC(U32, f_bsize), DEC(U64, f_blocks),
	DEC(U64, f_bfree), DEC(U64, f_bavail), DEC(U64, f_files),
	DEC(U64, f_ffree), STRUCT(f_fsid, "fsid"), DEC(U32, f_namelen),
	DEC(U32, f_frsize),
	FLAGS(U32, f_flags, "statfs_flags", .when = WHEN_VALID),
	PAD(U32, 4),
};
FIELDS ustat_fields[] = {
	DEC(S32, f_tfree), DEC(ULONG, f_tinode), CHARS(f_fname, 6),
	CHARS(f_fpack, 6),
};
FIELDS flock_fields[] = {
	ENUM(S16, l_type, "lock_type"), ENUM(S16, l_whence, "whence"),
	DEC(LONG, l_start), DEC(LONG, l_len), DEC(S32, l_pid),
};
FIELDS flock64_fields[] = {
	ENUM(S16, l_type, "lock_type"), ENUM(S16, l_whence, "whence"),
	DEC(S64, l_start), DEC(S64, l_len), DEC(S32, l_pid),
};
/* Without the id, which only an answer has. */
FIELDS flock_asked[] = {
	ENUM(S16, l_type, "lock_type"), ENUM(S16, l_whence, "whence"),
	DEC(LONG, l_start), DEC(LONG, l_len),
};
FIELDS flock64_asked[] = {
	ENUM(S16, l_type, "lock_type"), ENUM(S16, l_whence, "whence"),
	DEC(S64, l_start), DEC(S64, l_len),
};
FIELDS sysctl_args[] = {
	ADDR(name), DEC(S32, nlen), ADDR(oldval), ADDR(oldlenp), ADDR(newval),
	DEC(WORD, newlen),
};
FIELDS f_owner_ex[] = { ENUM(S32, type, "owner_type"), DEC(S32, pid) };
FIELDS file_handle[] = { DEC(U32, handle_bytes), DEC(S32, handle_type) };
FIELDS file_attr[] = {
	FLAGS(U64, fa_xflags, "xflags"), DEC(U32, fa_extsize),
	DEC(U32, fa_nextents), HEX(U32, fa_projid), DEC(U32, fa_cowextsize),
};
FIELDS xattr_args[] = {
	KIND(A64, value, ADDR), DEC(U32, size), FLAGS(U32, flags, "xattr"),
};
FIELDS open_how[] = {
	FLAGS(U64, flags, "open"), LATER(U64, mode, OCTAL, NULL),
	FLAGS(U64, resolve, "open_resolve"),
};
FIELDS cachestat_range[] = { HEX(U64, off), DEC(U64, len) };
FIELDS cachestat[] = {
	DEC(U64, nr_cache), DEC(U64, nr_dirty), DEC(U64, nr_writeback),
	DEC(U64, nr_evicted), DEC(U64, nr_recently_evicted),
};
FIELDS mount_attr[] = {
	FLAGS(U64, attr_set, "mount_attr"), FLAGS(U64, attr_clr, "mount_attr"),
	ENUM(U64, propagation, "mount_propagation"), DEC(U64, userns_fd),
};
FIELDS mnt_id_req[] = {
	DEC(U32, size), KIND(U32, mnt_ns_fd, FD), HEX(U64, mnt_id),
	HEX(U64, param), LATER(U64, mnt_ns_id, HEX, NULL),
};
FIELDS ns_id_req[] = {
	DEC(U32, size), PAD(U32, 1), HEX(U64, ns_id),
	FLAGS(U32, ns_type, "setns"), PAD(U32, 1), HEX(U64, user_ns_id),
};
FIELDS statmount[] = {
	DEC(U32, size), PAD(U32, 1), HEX(U64, mask), DEC(U32, sb_dev_major),
	DEC(U32, sb_dev_minor), ENUM(U64, sb_magic, "fsmagic"),
	HEX(U32, sb_flags), PAD(U32, 1), HEX(U64, mnt_id),
	HEX(U64, mnt_parent_id), MORE(U32, mnt_id_old, HEX),
	MORE(U32, mnt_parent_id_old, HEX),
	MORE_OF(U64, mnt_attr, FLAGS, "mount_attr"),
	MORE_OF(U64, mnt_propagation, FLAGS, "mount_propagation"),
	MORE(U64, mnt_peer_group, HEX), MORE(U64, mnt_master, HEX),
	MORE(U64, propagate_from, HEX),
};

/* ---- memory and processes ---- */
FIELDS mmap_args[] = {
	ADDR(addr), DEC(U32, length), FLAGS(U32, prot, "mmap_prot"),
	FLAGS(U32, flags, "mmap"), KIND(S32, fd, FD), HEX(U32, offset),
};
FIELDS rlimit_fields[] = {
	KIND(ULONG, rlim_cur, RLIMIT), KIND(ULONG, rlim_max, RLIMIT),
};
FIELDS rlimit64_fields[] = {
	KIND(U64, rlim_cur, RLIMIT), KIND(U64, rlim_max, RLIMIT),
};
FIELDS rusage_fields[] = {
	STRUCT(ru_utime, "timeval"), STRUCT(ru_stime, "timeval"),
	MORE(ULONG, ru_maxrss, NUMBER), MORE(ULONG, ru_ixrss, NUMBER),
	MORE(ULONG, ru_idrss, NUMBER), MORE(ULONG, ru_isrss, NUMBER),
	MORE(ULONG, ru_minflt, NUMBER), MORE(ULONG, ru_majflt, NUMBER),
	MORE(ULONG, ru_nswap, NUMBER), MORE(ULONG, ru_inblock, NUMBER),
	MORE(ULONG, ru_oublock, NUMBER), MORE(ULONG, ru_msgsnd, NUMBER),
	MORE(ULONG, ru_msgrcv, NUMBER), MORE(ULONG, ru_nsignals, NUMBER),
	MORE(ULONG, ru_nvcsw, NUMBER), MORE(ULONG, ru_nivcsw, NUMBER),
};
FIELDS sched_param_fields[] = { DEC(S32, sched_priority) };
FIELDS sched_attr[] = {
	DEC(U32, size), ENUM(U32, sched_policy, "sched_policy"),
	FLAGS(U64, sched_flags, "sched_flags"), DEC(S32, sched_nice),
	DEC(U32, sched_priority), DEC(U64, sched_runtime),
	DEC(U64, sched_deadline), DEC(U64, sched_period),
};
FIELDS cap_header[] = {
	ENUM(U32, version, "cap_version"), DEC(S32, pid),
};
FIELDS user_desc_fields[] = {
	KIND(U32, entry_number, ID), KIND(U32, base_addr, 0X),
	KIND(U32, limit, 0X), LATER(U32, bits, NOTHING, NULL),
};
FIELDS futex_waitv[] = {
	HEX(U64, val), KIND(A64, uaddr, ADDR), FLAGS(U32, flags, "futex2"),
	LATER(U32, __reserved, HEX, NULL),
};
FIELDS kexec_segment[] = {
	ADDR(buf), DEC(WORD, bufsz), ADDR(mem), DEC(WORD, memsz),
};
FIELDS landlock_ruleset[] = {
	FLAGS(U64, handled_access_fs, "landlock_access_fs"),
	LATER(U64, handled_access_net, FLAGS, "landlock_access_net"),
	LATER(U64, scoped, FLAGS, "landlock_scope"),
};
FIELDS sysinfo_fields[] = {
	DEC(ULONG, uptime), ARRAY(ULONG, loads, 3), DEC(ULONG, totalram),
	DEC(ULONG, freeram), DEC(ULONG, sharedram), DEC(ULONG, bufferram),
	DEC(ULONG, totalswap), DEC(ULONG, freeswap), DEC(U16, procs),
	PAD(U16, 1), DEC(ULONG, totalhigh), DEC(ULONG, freehigh),
	DEC(U32, mem_unit),
};
FIELDS utsname_fields[] = {
	CHARS(sysname, 65), CHARS(nodename, 65), MORE_CHARS(release, 65),
	MORE_CHARS(version, 65), MORE_CHARS(machine, 65),
	MORE_CHARS(domainname, 65),
};
FIELDS oldutsname[] = {
	CHARS(sysname, 65), CHARS(nodename, 65), CHARS(release, 65),
	CHARS(version, 65), CHARS(machine, 65),
};
FIELDS oldoldutsname[] = {
	CHARS(sysname, 9), CHARS(nodename, 9), CHARS(release, 9),
	CHARS(version, 9), CHARS(machine, 9),
};

/* ---- signals ---- */
FIELDS sigaction_fields[] = {
	DEC(WORD, sa_handler), DEC(WORD, sa_flags), DEC(WORD, sa_restorer),
	ARRAY(U32, sa_mask, 2),
};
FIELDS oldsigaction[] = {
	DEC(WORD, sa_handler), DEC(WORD, sa_mask), DEC(WORD, sa_flags),
	DEC(WORD, sa_restorer),
};
FIELDS siginfo_fields[] = { ARRAY(U32, words, 32) };
FIELDS sigevent_fields[] = {
	DEC(WORD, sigev_value), DEC(S32, sigev_signo), DEC(S32, sigev_notify),
	ARRAY(U32, rest, 12),
};
FIELDS stack_fields[] = {
	ADDR(ss_sp), FLAGS(U32, ss_flags, "sigaltstack"), DEC(WORD, ss_size),
};
FIELDS sigset_pack[] = { ADDR(sigmask), DEC(WORD, sigsetsize) };

/* ---- waiting, I/O and IPC ---- */
FIELDS epoll_event_fields[] = { DEC(U32, events), ARRAY(U32, data, 2) };
FIELDS select_args[] = {
	DEC(S32, nfds), ADDR(readfds), ADDR(writefds), ADDR(exceptfds),
	ADDR(timeout),
};
FIELDS iovec_fields[] = { ADDR(iov_base), DEC(WORD, iov_len) };
FIELDS io_event_fields[] = {
	HEX(U64, data), HEX(U64, obj), DEC(S64, res), DEC(S64, res2),
};
FIELDS iocb_fields[] = {
	HEX(U64, aio_data), LATER(U32, aio_key, NUMBER, NULL),
	LATER(U32, aio_rw_flags, FLAGS, "rwf"),
	ENUM(U16, aio_lio_opcode, "aio_cmds"),
	LATER(S16, aio_reqprio, NUMBER, NULL), KIND(U32, aio_fildes, FD),
	HEX(U64, aio_buf), DEC(U64, aio_nbytes), DEC(S64, aio_offset),
	PAD(U64, 1), LATER(U32, aio_flags, HEX, NULL),
	LATER(U32, aio_resfd, NUMBER, NULL),
};
FIELDS io_sqring_offsets[] = {
	DEC(U32, head), DEC(U32, tail), DEC(U32, ring_mask),
	DEC(U32, ring_entries), DEC(U32, flags), DEC(U32, dropped),
	DEC(U32, array), LATER(U32, resv1, HEX, NULL),
	LATER(U64, user_addr, HEX, NULL),
};
FIELDS io_cqring_offsets[] = {
	DEC(U32, head), DEC(U32, tail), DEC(U32, ring_mask),
	DEC(U32, ring_entries), DEC(U32, overflow), DEC(U32, cqes),
	DEC(U32, flags), LATER(U32, resv1, HEX, NULL),
	LATER(U64, user_addr, HEX, NULL),
};
FIELDS io_uring_params[] = {
	DEC(U32, sq_entries), DEC(U32, cq_entries),
	FLAGS(U32, flags, "io_uring_setup"), HEX(U32, sq_thread_cpu),
	DEC(U32, sq_thread_idle), FLAGS(U32, features, "io_uring_features"),
	KIND(S32, wq_fd, FD), SEVERAL(U32, resv, HEX, 3),
	STRUCT(sq_off, "io_sqring_offsets"),
	STRUCT(cq_off, "io_cqring_offsets"),
};
FIELDS sembuf_fields[] = {
	DEC(U16, sem_num), DEC(S16, sem_op), FLAGS(U16, sem_flg, "semop"),
};
FIELDS mq_attr_fields[] = {
	FLAGS(ULONG, mq_flags, "mq_attr"), DEC(LONG, mq_maxmsg),
	DEC(LONG, mq_msgsize), DEC(LONG, mq_curmsgs), PAD(LONG, 4),
};

/* ---- sockets ---- */
FIELDS linger_fields[] = { DEC(S32, l_onoff), DEC(S32, l_linger) };
FIELDS ucred_fields[] = {
	DEC(S32, pid), KIND(U32, uid, ID), KIND(U32, gid, ID),
};

/* ---- System V, with 64-bit longs ---- */
FIELDS ipc_perm[] = {
	DEC(U32, key), KIND(U32, uid, ID), KIND(U32, gid, ID),
	KIND(U32, cuid, ID), KIND(U32, cgid, ID), KIND(U32, mode, OCTAL),
	PAD(U16, 2), PAD(ULONG, 2),
};
FIELDS msqid_ds[] = {
	STRUCT(msg_perm, "ipc_perm"), DEC(ULONG, msg_stime),
	DEC(ULONG, msg_rtime), DEC(ULONG, msg_ctime), PAD(ULONG, 1),
	DEC(ULONG, msg_qnum), DEC(ULONG, msg_qbytes), DEC(S32, msg_lspid),
	DEC(S32, msg_lrpid), PAD(ULONG, 2),
};
FIELDS msqid_set[] = {
	STRUCT(msg_perm, "ipc_perm"), PAD(ULONG, 5), DEC(ULONG, msg_qbytes),
};
FIELDS msginfo[] = {
	DEC(S32, msgpool), DEC(S32, msgmap), DEC(S32, msgmax),
	DEC(S32, msgmnb), DEC(S32, msgmni), DEC(S32, msgssz),
	DEC(S32, msgtql), DEC(U16, msgseg),
};
FIELDS semid_ds[] = {
	STRUCT(sem_perm, "ipc_perm"), DEC(ULONG, sem_otime), PAD(ULONG, 1),
	DEC(ULONG, sem_ctime), PAD(ULONG, 1), DEC(ULONG, sem_nsems),
	PAD(ULONG, 2),
};
FIELDS semid_set[] = { STRUCT(sem_perm, "ipc_perm") };
FIELDS seminfo[] = {
	DEC(S32, semmap), DEC(S32, semmni), DEC(S32, semmns),
	DEC(S32, semmnu), DEC(S32, semmsl), DEC(S32, semopm),
	DEC(S32, semume), DEC(S32, semusz), DEC(S32, semvmx),
	DEC(S32, semaem),
};
FIELDS shmid_ds[] = {
	STRUCT(shm_perm, "ipc_perm"), DEC(ULONG, shm_segsz),
	DEC(ULONG, shm_atime), DEC(ULONG, shm_dtime), DEC(ULONG, shm_ctime),
	DEC(S32, shm_cpid), DEC(S32, shm_lpid), DEC(ULONG, shm_nattch),
	PAD(ULONG, 2),
};
FIELDS shminfo[] = {
	DEC(ULONG, shmmax), DEC(ULONG, shmmin), DEC(ULONG, shmmni),
	DEC(ULONG, shmseg), DEC(ULONG, shmall),
};
FIELDS shm_info[] = {
	DEC(S32, used_ids), DEC(ULONG, shm_tot), DEC(ULONG, shm_rss),
	DEC(ULONG, shm_swp), DEC(ULONG, swap_attempts),
	DEC(ULONG, swap_successes),
};

/* ---- the rest ---- */
FIELDS kcmp_epoll_slot[] = { KIND(S32, efd, FD), KIND(S32, tfd, FD), DEC(U32, toff) };
FIELDS landlock_path[] = {
	FLAGS(A64, allowed_access, "landlock_access_fs"),
	KIND(S32, parent_fd, FD),
};
FIELDS landlock_port[] = {
	FLAGS(A64, allowed_access, "landlock_access_net"), DEC(U64, port),
};
FIELDS seccomp_notif_sizes[] = {
	DEC(U16, seccomp_notif), DEC(U16, seccomp_notif_resp),
	DEC(U16, seccomp_data),
};
FIELDS user_regs_64[] = {
	REG(r15), REG(r14), REG(r13), REG(r12), REG(rbp), REG(rbx), REG(r11),
	REG(r10), REG(r9), REG(r8), REG(rax), REG(rcx), REG(rdx), REG(rsi),
	REG(rdi), REG(orig_rax), REG(rip), REG(cs), REG(eflags), REG(rsp),
	REG(ss), REG(fs_base), REG(gs_base), REG(ds), REG(es), REG(fs),
	REG(gs),
};
FIELDS user_regs_32[] = {
	REG(ebx), REG(ecx), REG(edx), REG(esi), REG(edi), REG(ebp), REG(eax),
	REG(xds), REG(xes), REG(xfs), REG(xgs), REG(orig_eax), REG(eip),
	REG(xcs), REG(eflags), REG(esp), REG(xss),
};

static const struct layout layouts[] = {
	WITH("timespec", timespec, put_timespec),
	WITH("timespec64", timespec64, put_timespec),
	WITH("timeval", timeval, put_timeval), ALL("timeval64", timeval64),
	ALL("timezone", timezone_fields), ALL("itimerval", itimerval),
	ALL("itimerspec", itimerspec), ALL("itimerspec64", itimerspec64),
	ALL("timex", timex), ALL("timex64", timex64), ALL("tms", tms),
	WITH("utimbuf", utimbuf, put_utimbuf),
	SOME(WIDE, "stat", stat_fields, put_stat),
	SOME(I386, "stat", stat_i386, put_stat),
	SOME(WIDE, "stat64", stat_fields, put_stat),
	SOME(I386, "stat64", stat64_i386, put_stat),
	WITH("oldstat", oldstat, put_stat),
	WITH("statx_timestamp", statx_timestamp, put_timespec),
	ALL("statx", statx_fields),
	ALL("fsid", fsid), ALL("statfs", statfs_fields),
	SOME(WIDE, "statfs64", statfs_fields, NULL),
	SOME(I386, "statfs64", statfs64_fields, NULL),
	ALL("ustat", ustat_fields), ALL("flock", flock_fields),
	ALL("flock64", flock64_fields), ALL("flock_asked", flock_asked),
	ALL("flock64_asked", flock64_asked), ALL("f_owner_ex", f_owner_ex),
	ALL("sysctl_args", sysctl_args),
	WITH("file_handle", file_handle, put_file_handle),
	ALL("file_attr", file_attr), ALL("xattr_args", xattr_args),
	LAYOUT("open_how", open_how, .least = 24, .extra = EXTRA_BYTES),
	ALL("cachestat_range", cachestat_range), ALL("cachestat", cachestat),
	LAYOUT("mount_attr", mount_attr, .least = 32, .extra = EXTRA_BYTES),
	ALL("mnt_id_req", mnt_id_req), ALL("ns_id_req", ns_id_req),
	ALL("statmount", statmount), ALL("mmap_args", mmap_args),
	ALL("rlimit", rlimit_fields), ALL("rlimit64", rlimit64_fields),
	ALL("rusage", rusage_fields),
	WITH("sched_param", sched_param_fields, put_sched_param),
	WITH("sched_attr", sched_attr, put_sched_attr),
	ALL("cap_header", cap_header),
	WITH("user_desc", user_desc_fields, put_user_desc),
	ALL("futex_waitv", futex_waitv), ALL("kexec_segment", kexec_segment),
	ALL("landlock_ruleset", landlock_ruleset),
	ALL("sysinfo", sysinfo_fields), ALL("utsname", utsname_fields),
	ALL("oldutsname", oldutsname), ALL("oldoldutsname", oldoldutsname),
	WITH("sigaction", sigaction_fields, put_sigaction),
	WITH("oldsigaction", oldsigaction, put_sigaction),
	WITH("siginfo", siginfo_fields, put_siginfo),
	WITH("sigevent", sigevent_fields, put_sigevent),
	ALL("stack_t", stack_fields),
	WITH("sigset_pack", sigset_pack, put_sigset_pack),
	WITH("epoll_event", epoll_event_fields, put_epoll_event),
	ALL("select_args", select_args), ALL("iovec", iovec_fields),
	ALL("io_event", io_event_fields), ALL("iocb", iocb_fields),
	ALL("io_sqring_offsets", io_sqring_offsets),
	ALL("io_cqring_offsets", io_cqring_offsets),
	WITH("io_uring_params", io_uring_params, put_io_uring_params), ALL("sembuf", sembuf_fields),
	ALL("mq_attr", mq_attr_fields), ALL("linger", linger_fields),
	ALL("ucred", ucred_fields),
	WITH("ipc_perm", ipc_perm, put_ipc_perm),
	ALL("msqid_ds", msqid_ds), ALL("msqid_set", msqid_set),
	ALL("msginfo", msginfo), ALL("semid_ds", semid_ds),
	ALL("semid_set", semid_set), ALL("seminfo", seminfo),
	WITH("shmid_ds", shmid_ds, put_shmid), ALL("shminfo", shminfo),
	ALL("shm_info", shm_info), ALL("kcmp_epoll_slot", kcmp_epoll_slot),
	ALL("landlock_path", landlock_path),
	ALL("landlock_port", landlock_port),
	ALL("seccomp_notif_sizes", seccomp_notif_sizes),
	SOME(WIDE, "user_regs", user_regs_64, NULL),
	SOME(I386, "user_regs", user_regs_32, NULL),
};

/* Where the others are. */
static const struct {
	const struct layout *layouts;
	const size_t *count;
} tables[] = {
	{ layouts_ioctl, &layouts_ioctl_count },
	{ layouts_netlink, &layouts_netlink_count },
	{ layouts_bpf, &layouts_bpf_count },
	{ layouts_system, &layouts_system_count },
};

const struct layout *layout_at(size_t index)
{
	if (index < ARRAY_LEN(layouts))
		return &layouts[index];
	index -= ARRAY_LEN(layouts);
	for (size_t i = 0; i < ARRAY_LEN(tables); i++) {
		if (index < *tables[i].count)
			return &tables[i].layouts[index];
		index -= *tables[i].count;
	}
	return NULL;
}

const struct layout *layout_find(const char *name, enum abi abi)
{
	const struct layout *layout;

	for (size_t i = 0; (layout = layout_at(i)); i++) {
		if (!strcmp(layout->name, name) &&
		    (!layout->abis || layout->abis & (1 << abi)))
			return layout;
	}
	return NULL;
}
