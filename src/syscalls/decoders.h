/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * syscalls/decoders.h: the functions of the types in decode_types.c, by the
 * file that has them.  Each decoder appends its argument's text to job->out.
 */
#ifndef SCDB_SYSCALLS_DECODERS_H
#define SCDB_SYSCALLS_DECODERS_H

#include "syscalls/decode_types.h"

/* decode_int.c */
void decode_integer(const struct decode_job *job);
void decode_hex(const struct decode_job *job);
void decode_address(const struct decode_job *job);
void decode_off64lo(const struct decode_job *job);
void decode_fd(const struct decode_job *job);
void decode_atfd(const struct decode_job *job);
void decode_mode(const struct decode_job *job);
void decode_filemode(const struct decode_job *job);
void decode_memfd_flags(const struct decode_job *job);
void decode_dev(const struct decode_job *job);
void decode_id(const struct decode_job *job);
void decode_id16(const struct decode_job *job);
void decode_signal(const struct decode_job *job);
void decode_clockid(const struct decode_job *job);
void decode_key(const struct decode_job *job);
void decode_keyserial(const struct decode_job *job);
void decode_flags(const struct decode_job *job);
void decode_enum(const struct decode_job *job);
void decode_permflags(const struct decode_job *job);
void decode_ipc_cmd(const struct decode_job *job);
void decode_ipc_call(const struct decode_job *job);
void decode_mmap_flags(const struct decode_job *job);
void decode_mempolicy(const struct decode_job *job);
void decode_personality(const struct decode_job *job);
void decode_sock_type(const struct decode_job *job);
void decode_sock_protocol(const struct decode_job *job);
void decode_ioprio(const struct decode_job *job);
void decode_quota_cmd(const struct decode_job *job);
void decode_integers(const struct decode_job *job);
bool hidden_always(const struct syscall_view *call, unsigned index);
bool hidden_mode(const struct syscall_view *call, unsigned index);
bool hidden_dev(const struct syscall_view *call, unsigned index);
bool hidden_mremap_addr(const struct syscall_view *call, unsigned index);
void decode_put_clockid(struct buf *out, int32_t clock);
struct constant_list;
void decode_put_enumerator(struct buf *out, const struct constant_list *list,
                           uint64_t value);

/* decode_result.c: the job's value as what the call gave. */
void decode_put_result(const struct decode_job *job);

/* decode_string.c */
void decode_path(const struct decode_job *job);
void decode_str(const struct decode_job *job);
void decode_buffer(const struct decode_job *job);
void decode_msgbuf(const struct decode_job *job);
void decode_argv(const struct decode_job *job);
void decode_envp(const struct decode_job *job);
size_t room_of_buffer(const struct syscall_view *call, unsigned index);

/* decode_struct.c */
void decode_struct(const struct decode_job *job);
void decode_array(const struct decode_job *job);
size_t room_of_struct(const struct syscall_view *call, unsigned index);
size_t room_of_array(const struct syscall_view *call, unsigned index);
/* Bytes of an element of array(NAME,...), or 0. */
size_t decode_element_size(const char *name, enum abi abi);

/* decode_signal.c */
void decode_sighandler(const struct decode_job *job);
void decode_oldsigset(const struct decode_job *job);
void decode_oldsigset_ptr(const struct decode_job *job);
void decode_sigset(const struct decode_job *job);

/* decode_socket.c */
void decode_sockaddr(const struct decode_job *job);
void decode_sockaddr_len(const struct decode_job *job);
void decode_sockopt_name(const struct decode_job *job);
void decode_sockopt(const struct decode_job *job);

/* decode_message.c */
void decode_iovec(const struct decode_job *job);
void decode_msghdr(const struct decode_job *job);
void decode_mmsghdr(const struct decode_job *job);

/* decode_poll.c */
void decode_pollfd(const struct decode_job *job);
void decode_fdset(const struct decode_job *job);
size_t room_of_fdset(const struct syscall_view *call, unsigned index);

/* decode_process.c */
void decode_clone_flags(const struct decode_job *job);
void decode_clone_tid(const struct decode_job *job);
void decode_clone_tls(const struct decode_job *job);
void decode_clone_args(const struct decode_job *job);
void decode_wstatus(const struct decode_job *job);
void decode_pagevec(const struct decode_job *job);
void decode_cpuset(const struct decode_job *job);
void decode_nodemask(const struct decode_job *job);
void decode_cap_data(const struct decode_job *job);
bool hidden_clone(const struct syscall_view *call, unsigned index);

/* decode_futex.c */
void decode_futex_op(const struct decode_job *job);
void decode_futex_val(const struct decode_job *job);
void decode_futex_val3(const struct decode_job *job);
void decode_futex_timeout(const struct decode_job *job);
bool hidden_futex(const struct syscall_view *call, unsigned index);

/* decode_ptrace.c */
void decode_ptrace_arg(const struct decode_job *job);
bool hidden_ptrace(const struct syscall_view *call, unsigned index);

/* decode_single.c */
void decode_swap_flags(const struct decode_job *job);
bool hidden_cpu_id(const struct syscall_view *call, unsigned index);
void decode_mount_str(const struct decode_job *job);
void decode_mq_attr(const struct decode_job *job);
void decode_reboot_arg(const struct decode_job *job);
bool hidden_reboot(const struct syscall_view *call, unsigned index);
void decode_syslog_type(const struct decode_job *job);
void decode_syslog_arg(const struct decode_job *job);
bool hidden_syslog(const struct syscall_view *call, unsigned index);
void decode_kcmp_arg(const struct decode_job *job);
bool hidden_kcmp(const struct syscall_view *call, unsigned index);
void decode_ldt(const struct decode_job *job);
void decode_landlock_rule(const struct decode_job *job);
void decode_epoll_arg(const struct decode_job *job);
void decode_time_ptr(const struct decode_job *job);

/* decode_ipc.c */
void decode_ipc_arg(const struct decode_job *job);

/* decode_variant.c */
void decode_variant(const struct decode_job *job);
/* Whether the kernel writes to what struct_for(...) is here. */
bool decode_variant_is_late(const struct syscall_view *call,
                            const struct syscall_arg *arg);

/* decode_perf.c */
void decode_perf_attr(const struct decode_job *job);
void decode_put_event(struct buf *out, uint64_t config);
void decode_put_cache_event(struct buf *out, uint64_t config);
void decode_put_skid(struct buf *out, unsigned precise);

/* decode_seccomp.c */
void decode_seccomp_flags(const struct decode_job *job);
void decode_seccomp_arg(const struct decode_job *job);

/* decode_keyctl.c */
void decode_keyctl_arg(const struct decode_job *job);
bool hidden_keyctl(const struct syscall_view *call, unsigned index);

/* decode_prctl.c */
void decode_arch_prctl_arg(const struct decode_job *job);
void decode_prctl_arg(const struct decode_job *job);
bool hidden_prctl(const struct syscall_view *call, unsigned index);

/* decode_file.c */
void decode_fcntl_arg(const struct decode_job *job);
void decode_fsconfig_value(const struct decode_job *job);
void decode_open_how(const struct decode_job *job);
void decode_dirents(const struct decode_job *job);
bool hidden_fcntl(const struct syscall_view *call, unsigned index);

/* decode_struct.c, decode_netdevice.c */
void decode_both(const struct decode_job *job);
void decode_flags_ptr(const struct decode_job *job);
void decode_chars(const struct decode_job *job);

/* decode_ioctl.c */
void decode_ioctl_cmd(const struct decode_job *job);
void decode_ioctl_arg(const struct decode_job *job);
bool hidden_ioctl(const struct syscall_view *call, unsigned index);
enum arg_direction direction_ioctl(const struct syscall_view *call,
                                   unsigned index);
/* Whether it is shown as it was, an arrow, and as it is then. */
bool changes_ioctl(const struct syscall_view *call, unsigned index);

#endif
