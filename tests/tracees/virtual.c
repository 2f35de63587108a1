/* SPDX-License-Identifier: GPL-3.0-or-later */
/* builds: 64 32 static */
/*
 * Says what the system seems to be: virtual FILE [FOLDER].  It reads FILE, by
 * its name and from FOLDER, asks for the time in each way, and sleeps.
 */
#define _FILE_OFFSET_BITS 64
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>

static void say_file(const char *how, int fd)
{
	char text[64] = "";
	ssize_t len = read(fd, text, sizeof(text) - 1);
	struct stat st;

	text[strcspn(text, "\n")] = '\0';
	if (fd < 0 || fstat(fd, &st) != 0)
		printf("%s: not there\n", how);
	else
		printf("%s: %s, %zd of %lld, owner %u\n", how, text, len,
		       (long long)st.st_size, (unsigned)st.st_uid);
	close(fd);
}

static void say_times(void)
{
	const struct timespec nap = { .tv_sec = 2 };
	struct timespec ts, up, later;
	struct timeval tv;
	time_t now;

	clock_gettime(CLOCK_MONOTONIC, &up);
	clock_gettime(CLOCK_REALTIME, &ts);
	gettimeofday(&tv, NULL);
	time(&now);
	printf("year %d, clocks differ: %d\n", gmtime(&now)->tm_year + 1900,
	       tv.tv_sec - ts.tv_sec > 60 || now - ts.tv_sec > 60);
	nanosleep(&nap, NULL);
	clock_gettime(CLOCK_MONOTONIC, &later);
	printf("slept at least 2 s: %d\n", later.tv_sec - up.tv_sec >= 2 ||
	       (later.tv_sec - up.tv_sec == 1 &&
	        later.tv_nsec >= up.tv_nsec));
}

int main(int argc, char **argv)
{
	struct utsname name;
	char cwd[PATH_MAX];

	uname(&name);
	printf("%s %s %s\n", name.nodename, name.release, name.machine);
	printf("user %u %u group %u %u\n", (unsigned)getuid(),
	       (unsigned)geteuid(), (unsigned)getgid(), (unsigned)getegid());
	printf("vdso %d\n", getauxval(AT_SYSINFO_EHDR) != 0);
	if (argc > 1)
		say_file("file", open(argv[1], O_RDONLY));
	if (argc > 2 && chdir(argv[2]) == 0 && getcwd(cwd, sizeof(cwd))) {
		printf("in %s\n", cwd);
		say_file("relative", open(strrchr(argv[1], '/') + 1,
		                          O_RDONLY));
	}
	say_times();
	return 0;
}
