/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files written by a second thread, or into memory by the caller: whole or not
 * at all. */
#include "base/alloc.h"
#include "base/file_out.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

enum { BIG = 9 << 20 };

static char dir[64];

static int make_dir_in(const char *place)
{
	snprintf(dir, sizeof(dir), "%s/scdb-file-XXXXXX", place);
	return mkdtemp(dir) && chdir(dir) == 0 ? 0 : -1;
}

static int make_dir(void **state)
{
	(void)state;
	return make_dir_in("/tmp");
}

static int make_dir_in_memory(void **state)
{
	(void)state;
	return make_dir_in("/dev/shm");
}

static int remove_dir(void **state)
{
	(void)state;
	return chdir("/") == 0 && rmdir(dir) == 0 ? 0 : -1;
}

static const struct file_out_options plain, appending = { .append = true };

static struct file_out *opened(const char *path,
                               const struct file_out_options *options)
{
	struct file_out *f = NULL;

	assert_null(file_out_create(path, options, &f));
	assert_non_null(f);
	return f;
}

static void says(struct error *err, enum error_kind kind, const char *text)
{
	assert_non_null(err);
	assert_int_equal(err->kind, kind);
	if (!strstr(err->message, text))
		fail_msg("\"%s\" lacks \"%s\"", err->message, text);
	error_destroy(err);
}

static char *contents(const char *path, size_t *len)
{
	FILE *f = fopen(path, "r");
	char *data = malloc(2 * BIG);

	assert_non_null(f);
	assert_non_null(data);
	*len = fread(data, 1, 2 * BIG, f);
	fclose(f);
	return data;
}

static void holds(const char *path, const char *text)
{
	size_t len;
	AUTO_FREE char *data = contents(path, &len);

	assert_int_equal(len, strlen(text));
	assert_memory_equal(data, text, len);
}

static void put(const char *path, const char *text)
{
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	assert_true(fputs(text, f) >= 0);
	assert_int_equal(fclose(f), 0);
}

/* Nothing of a temporary file is left. */
static void only(const char *name)
{
	FILE *f = popen("ls -A", "r");
	char line[256] = "";

	assert_non_null(f);
	if (fgets(line, sizeof(line), f))
		line[strcspn(line, "\n")] = '\0';
	assert_string_equal(line, name);
	assert_null(fgets(line, sizeof(line), f));
	pclose(f);
}

/* Pieces of many sizes and holes between them, against an array. */
static void write_random(struct file_out *f, unsigned char *model, size_t size)
{
	unsigned seed = 7;
	size_t at = 0;

	while (at < size) {
		size_t len = (size_t)rand_r(&seed) %
		             (rand_r(&seed) % 8 ? 9000 : 300000);

		if (len > size - at)
			len = size - at;
		if (rand_r(&seed) % 3 == 0) {
			assert_null(file_out_skip(f, len));
		} else {
			assert_null(file_out_reserve(f, len));
			for (size_t i = 0; i < len; i++)
				model[at + i] = (unsigned char)rand_r(&seed);
			assert_null(file_out_add(f, model + at, len));
		}
		at += len;
		assert_int_equal(file_out_position(f), at);
	}
	assert_null(file_out_skip(f, 5000));
}

static void pieces_and_holes_come_out(void **state)
{
	AUTO_FREE unsigned char *model = calloc(1, BIG + 5000);
	AUTO_FREE char *data = NULL;
	struct file_out *f = opened("f", &plain);
	struct stat st;
	size_t len;

	(void)state;
	write_random(f, model, BIG);
	assert_int_equal(access("f", F_OK), -1);
	assert_null(file_out_finish(f));
	file_out_destroy(f);
	data = contents("f", &len);
	assert_int_equal(len, BIG + 5000);
	assert_memory_equal(data, model, len);
	assert_int_equal(stat("f", &st), 0);
	assert_int_equal(st.st_mode & 07777, 0600);
	only("f");
	unlink("f");
}

static void a_hole_takes_no_room(void **state)
{
	struct file_out *f = opened("f", &plain);
	struct stat st;

	(void)state;
	assert_null(file_out_skip(f, 1ull << 32));
	assert_null(file_out_add(f, "end", 3));
	assert_null(file_out_skip(f, 1 << 20));
	assert_null(file_out_finish(f));
	file_out_destroy(f);
	assert_int_equal(stat("f", &st), 0);
	assert_int_equal(st.st_size, (1ull << 32) + 3 + (1 << 20));
	assert_true(st.st_blocks < 1000);
	unlink("f");
}

static void what_was_there_is_replaced_whole_or_stays(void **state)
{
	struct file_out *f;

	(void)state;
	put("f", "old");
	f = opened("f", &plain);
	assert_null(file_out_add(f, "new and longer", 14));
	holds("f", "old");
	file_out_destroy(f);
	holds("f", "old");
	only("f");
	f = opened("f", &plain);
	assert_null(file_out_add(f, "new", 3));
	assert_null(file_out_finish(f));
	file_out_destroy(f);
	holds("f", "new");
	only("f");
	unlink("f");
}

static void what_is_appended_is_whole_or_goes(void **state)
{
	AUTO_FREE char *much = calloc(1, BIG);
	struct file_out *f = opened("f", &appending);

	(void)state;
	assert_null(file_out_add(f, "one,", 4));
	assert_null(file_out_finish(f));
	file_out_destroy(f);
	holds("f", "one,");
	f = opened("f", &appending);
	assert_null(file_out_add(f, "two", 3));
	assert_null(file_out_finish(f));
	file_out_destroy(f);
	holds("f", "one,two");
	f = opened("f", &appending);
	assert_null(file_out_add(f, much, BIG));
	file_out_destroy(f);
	holds("f", "one,two");
	only("f");
	unlink("f");
}

static void refused(const char *path, const struct file_out_options *options,
                    enum error_kind kind, const char *text)
{
	struct file_out *f = NULL;

	says(file_out_create(path, options, &f), kind, text);
	assert_null(f);
}

static void what_can_t_be_written_is_refused(void **state)
{
	(void)state;
	put("f", "old");
	assert_int_equal(symlink("f", "link"), 0);
	refused("link", &plain, ERROR_REFUSED, "link is a symbolic link");
	refused("link", &appending, ERROR_REFUSED, "points to, f,");
	holds("f", "old");
	unlink("link");
	assert_int_equal(symlink("nowhere", "link"), 0);
	refused("link", &plain, ERROR_REFUSED, "points to, nowhere");
	unlink("link");
	refused(".", &plain, ERROR_REFUSED, "Is a directory");
	refused("no/f", &plain, ERROR_NOT_FOUND, "can't write no/f");
	refused("f/f", &plain, ERROR_NOT_FOUND, "Not a directory");
	refused("", &plain, ERROR_USAGE, "name is missing");
	only("f");
	unlink("f");
}

static void a_full_disk_is_said_once_and_clearly(void **state)
{
	AUTO_FREE char *much = calloc(1, BIG);
	struct file_out *f = opened("/dev/full", &plain);
	struct error *err;

	(void)state;
	err = file_out_add(f, much, BIG);
	if (!err)
		err = file_out_finish(f);
	says(err, ERROR_REFUSED, "/dev/full: No space left");
	file_out_destroy(f);
	f = opened("f", &plain);
	says(file_out_expect(f, UINT64_MAX / 2), ERROR_REFUSED, "MB left");
	assert_null(file_out_expect(f, 1));
	file_out_destroy(f);
	only("");
}

static void a_limit_of_sizes_is_no_signal(void **state)
{
	AUTO_FREE char *much = calloc(1, BIG);
	struct rlimit old, small;
	struct file_out *f;
	struct error *err;

	(void)state;
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &old), 0);
	small = old;
	small.rlim_cur = 5 << 20;
	put("f", "old");
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
	f = opened("f", &plain);
	err = file_out_add(f, much, BIG);
	if (!err)
		err = file_out_finish(f);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &old), 0);
	says(err, ERROR_REFUSED, "5242880 bytes (ulimit -f)");
	file_out_destroy(f);
	holds("f", "old");
	only("f");
	unlink("f");
}

/* What is in memory has no thread that could take it then. */
static void a_limit_that_comes_later_is_said_too(void **state)
{
	AUTO_FREE char *much = calloc(1, BIG);
	void (*before)(int) = signal(SIGXFSZ, SIG_IGN);
	struct rlimit old, small;
	struct file_out *f;
	struct error *err;

	(void)state;
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &old), 0);
	small = old;
	/* More is written behind it than the blocks take that wait. */
	small.rlim_cur = 2 << 20;
	put("f", "old");
	f = opened("f", &plain);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
	err = file_out_add(f, much, BIG);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &old), 0);
	says(err, ERROR_REFUSED, "can't write f: ");
	file_out_destroy(f);
	signal(SIGXFSZ, before);
	holds("f", "old");
	only("f");
	unlink("f");
}

static void *read_all(void *arg)
{
	size_t *len = arg;

	return contents("fifo", len);
}

static void a_fifo_gets_zeros_for_holes(void **state)
{
	AUTO_FREE unsigned char *model = calloc(1, BIG + 5000);
	struct file_out *f;
	pthread_t reader;
	void *data;
	size_t len = 0;

	(void)state;
	assert_int_equal(mkfifo("fifo", 0600), 0);
	assert_int_equal(pthread_create(&reader, NULL, read_all, &len), 0);
	f = opened("fifo", &plain);
	write_random(f, model, BIG);
	assert_null(file_out_finish(f));
	file_out_destroy(f);
	assert_int_equal(pthread_join(reader, &data), 0);
	assert_int_equal(len, BIG + 5000);
	assert_memory_equal(data, model, len);
	free(data);
	only("fifo");
	unlink("fifo");
}

static bool soon(void *ctx)
{
	return ++*(int *)ctx > 2;
}

static void who_does_not_read_can_be_left(void **state)
{
	AUTO_FREE char *much = calloc(1, BIG);
	int asked = 0;
	const struct file_out_options options = {
		.interrupted = soon, .ctx = &asked,
	};
	struct file_out *f = NULL;
	int fd;

	(void)state;
	assert_int_equal(mkfifo("fifo", 0600), 0);
	refused("fifo", &options, ERROR_INTERRUPTED, "nobody reads fifo");
	fd = open("fifo", O_RDONLY | O_NONBLOCK);
	assert_true(fd >= 0);
	asked = 0;
	f = opened("fifo", &options);
	says(file_out_add(f, much, BIG), ERROR_INTERRUPTED, "not written");
	file_out_destroy(f);
	/* Who has gone is an error, and no SIGPIPE. */
	f = opened("fifo", &plain);
	close(fd);
	assert_null(file_out_add(f, much, 100));
	says(file_out_finish(f), ERROR_REFUSED, "Broken pipe");
	file_out_destroy(f);
	unlink("fifo");
}

static void descriptors_of_ours_go_on_where_they_are(void **state)
{
	int fd = open("f", O_RDWR | O_CREAT | O_TRUNC, 0600);
	char name[32];
	struct file_out *f;

	(void)state;
	assert_true(fd >= 0);
	assert_int_equal(write(fd, "head,", 5), 5);
	snprintf(name, sizeof(name), "/dev/fd/%d", fd);
	f = opened(name, &plain);
	assert_null(file_out_add(f, "body", 4));
	assert_null(file_out_finish(f));
	file_out_destroy(f);
	assert_int_equal(write(fd, ",tail", 5), 5);
	close(fd);
	holds("f", "head,body,tail");
	unlink("f");
	refused("/dev/fd/9999", &plain, ERROR_REFUSED, "Bad file descriptor");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pieces_and_holes_come_out),
		cmocka_unit_test(a_hole_takes_no_room),
		cmocka_unit_test(what_was_there_is_replaced_whole_or_stays),
		cmocka_unit_test(what_is_appended_is_whole_or_goes),
		cmocka_unit_test(what_can_t_be_written_is_refused),
		cmocka_unit_test(a_full_disk_is_said_once_and_clearly),
		cmocka_unit_test(a_limit_of_sizes_is_no_signal),
		cmocka_unit_test(a_limit_that_comes_later_is_said_too),
		cmocka_unit_test(a_fifo_gets_zeros_for_holes),
		cmocka_unit_test(who_does_not_read_can_be_left),
		cmocka_unit_test(descriptors_of_ours_go_on_where_they_are),
	};

	return cmocka_run_group_tests(tests, make_dir, remove_dir) +
	       cmocka_run_group_tests(tests, make_dir_in_memory, remove_dir);
}
