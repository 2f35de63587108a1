/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names that names-lib.inc, a library, has otherwise. */
#include <unistd.h>
#include <cstdio>
struct Foo { int a; static int s; int m() { return a; } };
int Foo::s = 4;
struct timer { int x, y; static int count; };
int timer::count = 3;
Foo foo = {1};
timer tm = {1,2};
extern "C" int lib_use(void);
void *vp = &foo, *vt = &tm;
int plain() { return 0; }
int main() { int r = lib_use() + foo.m(); getppid(); return r + plain(); }
