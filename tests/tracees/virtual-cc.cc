// SPDX-License-Identifier: GPL-3.0-or-later
// Classes with virtual bases, as print-oracle-virtual.list looks at them.
#include <unistd.h>
#include <stdio.h>
struct Top { int t = 1; virtual ~Top() {} virtual int f() { return t; } };
struct Left : virtual Top { int l = 2; };
struct Right : virtual Top { int r = 3; virtual int g() { return r; } };
struct Both : Left, Right { int b = 4; int f() override { return b; } };
struct Plain { int p = 7; };
struct Odd : virtual Plain { int o = 8; };
struct More : Both, Odd { int m = 9; };
Both both;
Left left;
More more;
Odd odd;
Top *top = &both;
Left *as_left = &both;
Right *as_right = &more;
Top &rtop = more;
Plain *plain = &more;
Odd *podd = &more;
Left *null_left = 0;
Both arr[2];
int main() { getppid(); return both.f() + left.f() + more.g(); }
