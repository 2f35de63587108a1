// SPDX-License-Identifier: GPL-3.0-or-later
// Names seen from a method: members, a class whose symbols have its name too,
// variables of the functions that called.
static int inherited = 77, shadowed = 78;

namespace ns {
int v = 1000; // hidden by the member
template <class T> struct Box {
	T v;
	int shadowed = 5;
	virtual ~Box() { }
};

struct D : Box<int> {
	int extra = 9;
	static int count;
	D() { v = 3; }
	int ask(int shadowed);
};

int D::count = 4;

int D::ask(int argument)
{
	long got;
	int extra = argument + 1;

	asm volatile("syscall" : "=a"(got) : "a"(110)
	             : "rcx", "r11", "memory");
	return (got == 0) + extra + v;
}
}

static int between(ns::D *d, int depth)
{
	int local = depth * 10;

	return depth ? between(d, depth - 1) + local : d->ask(6) + local;
}

int main()
{
	ns::D d;
	int own = 12;

	return between(&d, 2) + own + inherited + shadowed;
}
