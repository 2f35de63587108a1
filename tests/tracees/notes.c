/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * notes
 *
 * Looks for a file "notes" that is not there, and says how many words a text has: what
 * the screens of the manual show.
 */
/* builds: 64 static */
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

static const char text[] = "the quick brown fox";

static int find_notes(const char *path)
{
	int fd = open(path, O_RDONLY);

	if (fd >= 0)
		close(fd);
	return fd;
}

__attribute__((noinline)) static int count_words(const char *words)
{
	int count = 0;

	while (*words) {
		words += strcspn(words, " ");
		words += strspn(words, " ");
		count++;
	}
	return count;
}

int main(void)
{
	char said[] = "0 words\n";

	if (find_notes("notes") < 0)
		said[0] = (char)('0' + count_words(text));
	return write(STDOUT_FILENO, said, strlen(said)) < 0;
}
