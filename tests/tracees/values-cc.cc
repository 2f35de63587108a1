/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Values that only C++ has, for tests/scripts/print-oracle.sh. */
#include <cstddef>

namespace ns {
int gx = 3;
enum Plain { PA, PB };
enum class Sc { One, Two };
struct In { int a; };
template <class T> struct Box {
	T v;
	T get() const { return v; }
};
int fn(int a) { return a; }
}

struct Base {
	int b = 1;
	virtual void f() { }
	virtual ~Base() { }
};
struct Left : Base {
	int l = 3;
	static int st;
	void meth(int) { }
};
int Left::st = 9;
struct Empty { };
struct D2 : Empty { int q = 4; };
struct Multi : D2, Left {
	int z = 5;
private:
	int priv = 6;
public:
	int pub = 7;
};
class Cls {
	int a = 1;
public:
	int b = 2;
protected:
	int c = 3;
};
struct Anon { union { int i; float f; }; };
struct Only : D2 { };

int g = 5;
int &rg = g;
int &&rrg = static_cast<int &&>(g);
Left left;
Multi multi;
Cls cls;
Only only;
ns::Sc sc = ns::Sc::Two;
ns::Plain pl = ns::PB;
ns::Box<int> bi{4};
ns::In in{8};
Base *bp = &left;
D2 *d2p = &multi;
Left *leftp = &multi;
Left &lr = left;
wchar_t w = L'x';
char16_t c16 = u'y';
char32_t c32 = U'z';
char16_t s16[] = u"hey";
const char32_t *s32 = U"you";
struct RefIn { int &r; const Left &l; } ri{g, left};
bool bl = true;
Anon anon{3};

int main()
{
	long got;

	asm volatile("syscall" : "=a"(got) : "a"(110)
	             : "rcx", "r11", "memory");
	return ns::fn(1) + bi.get() + (got == 0);
}
