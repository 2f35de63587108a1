/* SPDX-License-Identifier: GPL-3.0-or-later */
int plugged(int n)
{
	int more = n + 40;

	return more;
}
