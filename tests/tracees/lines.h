/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Code in a header, for tests of lines. */
static inline __attribute__((always_inline)) int twice(int n)
{
	int doubled = n;

	doubled += n;
	return doubled;
}

static int __attribute__((noinline)) in_header(int n)
{
	if (n > 3)
		return twice(n);
	return n;
}
