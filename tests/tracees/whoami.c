/* SPDX-License-Identifier: GPL-3.0-or-later */
/* builds: 64 32 static */
/*
 * whoami [--tracer] [--launch]
 *
 * What a program can see of how it was started: ids, no_new_privs, signal
 * mask and dispositions, open descriptors, limits; a debugger must not add to
 * them. --launch adds its process group and terminal as they should be under
 * a launch of its own (leads its group), --tracer the TracerPid line, which
 * can't be hidden, as "traced" or "not traced".
 */
#include "tracee.h"

#include <dirent.h>
#include <sched.h>
#include <signal.h>
#include <sys/personality.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>

static void print_ids(void)
{
	uid_t u[3];
	gid_t g[3];

	MUST(getresuid(&u[0], &u[1], &u[2]) == 0);
	MUST(getresgid(&g[0], &g[1], &g[2]) == 0);
	printf("uid %u %u %u gid %u %u %u\n", u[0], u[1], u[2], g[0], g[1],
	       g[2]);
	printf("no_new_privs %d dumpable %d pdeathsig ",
	       prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0),
	       prctl(PR_GET_DUMPABLE, 0, 0, 0, 0));
}

static void print_signals(void)
{
	sigset_t mask;
	int i, death = -1;

	MUST(prctl(PR_GET_PDEATHSIG, &death, 0, 0, 0) == 0);
	printf("%d\nblocked", death);
	sigprocmask(SIG_BLOCK, NULL, &mask);
	for (i = 1; i <= 64; i++)
		if (sigismember(&mask, i) == 1)
			printf(" %d", i);
	printf("\nignored");
	for (i = 1; i <= 31; i++) {
		struct sigaction a;

		if (sigaction(i, NULL, &a) == 0 && a.sa_handler == SIG_IGN)
			printf(" %d", i);
	}
	printf("\n");
}

static void print_descriptors(void)
{
	DIR *d = opendir("/proc/self/fd");
	struct dirent *e;
	int n = 0, highest = -1;

	MUST(d != NULL);
	while ((e = readdir(d))) {
		int fd = atoi(e->d_name);

		if (e->d_name[0] == '.' || fd == dirfd(d))
			continue;
		n++;
		highest = fd > highest ? fd : highest;
	}
	closedir(d);
	printf("descriptors %d highest %d\n", n, highest);
}

static void print_surroundings(void)
{
	cpu_set_t set;
	struct rlimit core, files;
	mode_t mask = umask(0);

	umask(mask);
	MUST(sched_getaffinity(0, sizeof(set), &set) == 0);
	MUST(getrlimit(RLIMIT_CORE, &core) == 0);
	MUST(getrlimit(RLIMIT_NOFILE, &files) == 0);
	printf("personality %#x umask %03o processors %d nice %d\n",
	       (unsigned int)personality(0xffffffff), (unsigned int)mask,
	       CPU_COUNT(&set), getpriority(PRIO_PROCESS, 0));
	printf("core %llu files %llu scheduler %d\n",
	       (unsigned long long)core.rlim_cur,
	       (unsigned long long)files.rlim_cur, sched_getscheduler(0));
	printf("arguments and environment: LINES %s COLUMNS %s _ %s\n",
	       getenv("LINES") ? "set" : "unset",
	       getenv("COLUMNS") ? "set" : "unset",
	       getenv("_") ? "set" : "unset");
}

static void print_tracer(void)
{
	FILE *f = fopen("/proc/self/status", "r");
	char line[256];
	int pid;

	MUST(f != NULL);
	while (fgets(line, sizeof(line), f))
		if (sscanf(line, "TracerPid: %d", &pid) == 1)
			printf("%s\n", pid ? "traced" : "not traced");
	fclose(f);
}

int main(int argc, char **argv)
{
	int i;

	print_ids();
	print_signals();
	print_descriptors();
	print_surroundings();
	for (i = 1; i < argc; i++) {
		if (strcmp(argv[i], "--tracer") == 0)
			print_tracer();
		if (strcmp(argv[i], "--launch") == 0)
			printf("leads its group %d, in front %d\n",
			       getpgrp() == getpid(),
			       tcgetpgrp(0) == getpgrp());
	}
	return 0;
}
