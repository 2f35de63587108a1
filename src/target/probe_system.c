/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Probes that look: at the kernel's settings, scdb's rights, the machine. */
#include "target/probe.h"

#include "base/buf.h"
#include "target/procfs_parse.h"

#include <linux/capability.h>
#include <pwd.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/utsname.h>
#include <unistd.h>

enum { LINE_MAX_SHOWN = 100, LEVELS_MAX = 10 };

/* The first line of a file, "" where it can't be read. */
static void read_line(const char *path, char line[LINE_MAX_SHOWN])
{
	AUTO_BUF struct buf text = { 0 };

	buf_init(&text);
	error_destroy(proc_read(path, LINE_MAX_SHOWN - 1, &text));
	snprintf(line, LINE_MAX_SHOWN, "%.*s", (int)strcspn(text.data, "\n"),
	         text.data);
}

void probe_kernel(struct probe_result *r)
{
	struct utsname name;

	uname(&name);
	probe_say(r, PROBE_FACT, "%.64s %.64s, %.32s", name.sysname,
	          name.release, name.machine);
}

/* This is a child of scdb's: /proc must know it by the same number. */
void probe_proc(struct probe_result *r)
{
	struct proc_status status;
	char link[32];
	ssize_t len = readlink("/proc/self", link, sizeof(link) - 1);
	struct error *err;

	link[len > 0 ? len : 0] = '\0';
	if (len <= 0) {
		probe_say(r, PROBE_NO, "it is not mounted");
		probe_without(r, "scdb can't see processes");
		return;
	}
	if (atoi(link) != getpid()) {
		probe_say(r, PROBE_NO, "it is that of another pid namespace");
		probe_without(r, "scdb can't attach; mount one of this "
		              "namespace (unshare --mount-proc)");
		return;
	}
	err = proc_status(1, &status);
	if (err)
		probe_say(r, PROBE_PARTLY,
		          "other users' processes are hidden (hidepid)");
	else
		probe_say(r, PROBE_YES, "it shows all processes");
	error_destroy(err);
}

void probe_yama(struct probe_result *r)
{
	char scope[LINE_MAX_SHOWN];

	read_line("/proc/sys/kernel/yama/ptrace_scope", scope);
	if (!scope[0]) {
		probe_say(r, PROBE_YES, "there is no Yama, nothing is limited");
	} else if (atoi(scope) == 0) {
		probe_say(r, PROBE_YES, "0: nothing is limited");
	} else if (atoi(scope) == 1) {
		probe_say(r, PROBE_PARTLY, "1: descendants only");
		probe_without(r, "to attach takes root; what scdb launches it "
		              "can trace");
	} else if (atoi(scope) == 2) {
		probe_say(r, PROBE_PARTLY, "2: root only");
		probe_without(r, "to launch and to attach takes root");
	} else {
		probe_say(r, PROBE_NO, "%s: nobody", scope);
		probe_without(r, "scdb can neither launch nor attach, until "
		              "the next boot");
	}
}

static bool has_sys_ptrace(void)
{
	AUTO_BUF struct buf text = { 0 };
	const char *line;

	buf_init(&text);
	error_destroy(proc_read("/proc/self/status", 16384, &text));
	line = proc_find_line(text.data, "CapEff");
	return line && strtoull(line, NULL, 16) >> CAP_SYS_PTRACE & 1;
}

/* The initial one alone maps all ids; a new one has no map at first. */
static bool in_first_namespace(void)
{
	char map[LINE_MAX_SHOWN];
	unsigned long inside, outside, count;

	read_line("/proc/self/uid_map", map);
	if (!map[0])
		return access("/proc/self/uid_map", F_OK) != 0;
	return sscanf(map, "%lu %lu %lu", &inside, &outside, &count) == 3 &&
	       !inside && !outside && count == 4294967295;
}

void probe_rights(struct probe_result *r)
{
	const struct passwd *entry = getpwuid(geteuid());
	bool capable = has_sys_ptrace(), first = in_first_namespace();
	char who[80];

	if (entry)
		snprintf(who, sizeof(who), "user %.60s", entry->pw_name);
	else
		snprintf(who, sizeof(who), "user id %u", geteuid());
	if (capable && first) {
		probe_say(r, PROBE_YES, "%s, with CAP_SYS_PTRACE", who);
	} else if (capable) {
		probe_say(r, PROBE_PARTLY, "%s of a user namespace, with "
		          "CAP_SYS_PTRACE there only", who);
		probe_without(r, "scdb attaches to processes of this "
		              "namespace only");
	} else {
		probe_say(r, PROBE_PARTLY, "%s%s, without CAP_SYS_PTRACE", who,
		          first ? "" : " of a user namespace");
		probe_without(r, "scdb attaches to this user's own processes "
		              "only");
	}
}

/* Whether a list of the kernel's ("0-3,8") has all processors of SET. */
static bool list_has_all(const char *list, const cpu_set_t *set)
{
	cpu_set_t listed;

	CPU_ZERO(&listed);
	while (*list) {
		char *end;
		unsigned long first = strtoul(list, &end, 10), last = first;

		if (end == list)
			break;
		if (*end == '-')
			last = strtoul(end + 1, &end, 10);
		for (; first <= last && first < CPU_SETSIZE; first++)
			CPU_SET(first, &listed);
		list = *end == ',' ? end + 1 : end;
	}
	CPU_AND(&listed, &listed, set);
	return CPU_EQUAL(&listed, set);
}

/* The least level of a cache that all processors of SET share; 0: none. */
static int shared_cache(const cpu_set_t *set)
{
	int cpu = 0, found = 0;

	while (cpu < CPU_SETSIZE && !CPU_ISSET(cpu, set))
		cpu++;
	for (int i = 0; i < LEVELS_MAX; i++) {
		char path[PROC_PATH_MAX], list[LINE_MAX_SHOWN];
		char level[LINE_MAX_SHOWN];

		snprintf(path, sizeof(path), "/sys/devices/system/cpu/cpu%d/"
		         "cache/index%d/shared_cpu_list", cpu, i);
		read_line(path, list);
		snprintf(path, sizeof(path), "/sys/devices/system/cpu/cpu%d/"
		         "cache/index%d/level", cpu, i);
		read_line(path, level);
		if (list_has_all(list, set) && atoi(level) &&
		    (!found || atoi(level) < found))
			found = atoi(level);
	}
	return found;
}

void probe_processors(struct probe_result *r)
{
	cpu_set_t set;
	int count, level;

	if (sched_getaffinity(0, sizeof(set), &set) != 0) {
		probe_refused(r, "sched_getaffinity");
		return;
	}
	count = CPU_COUNT(&set);
	level = shared_cache(&set);
	if (count == 1) {
		probe_say(r, PROBE_FACT, "1");
		probe_without(r, "scdb sleeps at once when it waits for a "
		              "stop, and does not look out for it first");
	} else if (level) {
		probe_say(r, PROBE_FACT, "%d, with one level %d cache", count,
		          level);
	} else {
		probe_say(r, PROBE_FACT, "%d, without a cache that all share",
		          count);
	}
}

void probe_core(struct probe_result *r)
{
	char pattern[LINE_MAX_SHOWN], size[40];
	struct rlimit limit;

	/* Its parent's is scdb's; its own is another (probe_fork). */
	if (prlimit(getppid(), RLIMIT_CORE, NULL, &limit) != 0) {
		probe_refused(r, "prlimit");
		return;
	}
	read_line("/proc/sys/kernel/core_pattern", pattern);
	if (limit.rlim_cur == RLIM_INFINITY)
		snprintf(size, sizeof(size), "unlimited");
	else
		snprintf(size, sizeof(size), "%llu bytes",
		         (unsigned long long)limit.rlim_cur);
	probe_say(r, PROBE_FACT, "limit %s, core_pattern \"%s\"", size,
	          pattern);
	if (!limit.rlim_cur && pattern[0] != '|')
		probe_without(r, "a program that crashes leaves no core file");
}
