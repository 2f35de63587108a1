// SPDX-License-Identifier: GPL-3.0-or-later
// What C++ adds to expressions: pointers to members, methods and overloaded
// functions that can be called, casts.  For tests/scripts/print-oracle.sh.
#include <cstddef>

namespace ns {
int over(int a) { return a + 1; }
}

int over(int a) { return a * 2; }
double over(double a) { return a * 3; }
int over(const char *s) { return s[0]; }
int over(int a, int b) { return a * 10 + b; }
int lone(double d) { return static_cast<int>(d * 2); }
bool truth(bool b) { return !b; }

struct Base {
	int b = 1;
	virtual int who() { return 100; }
	virtual ~Base() { }
};
struct Other {
	int o = 2;
	virtual int other() { return 200; }
	virtual ~Other() { }
};
struct Both : Base, Other {
	int both = 3;
	static int shared;
	int who() override { return 300; }
	int plus(int n) { return both + n; }
	int plus(int n, int m) { return both + n + m; }
	double plus(double d) { return both + d; }
	int inherited_too() const { return b + o; }
	static int fixed(int n) { return shared + n; }
	int ask(int n);
};
int Both::shared = 40;
struct Plain {
	int first = 7;
	char second = 's';
	double third = 2.5;
	int get() const { return first; }
	void set(int n) { first = n; }
	Plain twice() { Plain p; p.first = 2 * first; return p; }
};
union Pick { int i; float f; };

Plain plain;
Plain *plainp = &plain;
Plain &plainr = plain;
Both whole;
Base *basep = &whole;
Other *otherp = &whole;
Base lonely;
Base *lonelyp = &lonely;
int Plain::*to_first = &Plain::first;
double Plain::*to_third = &Plain::third;
int Plain::*to_none = nullptr;
int (Plain::*to_get)() const = &Plain::get;
void (Plain::*to_set)(int) = &Plain::set;
int (Base::*to_who)() = &Base::who;
int (Base::*to_nothing)() = nullptr;
int Both::*to_o = &Both::o;
struct Holder {
	int Plain::*member = &Plain::first;
	int (Plain::*method)() const = &Plain::get;
} holder;
int (*fp)(int) = over;
int (*vp)(const char *, ...) = nullptr;
char text[8] = "abc";
wchar_t wtext[6] = L"wide";
char16_t text16[6] = u"six";
char32_t text32[6] = U"two";
int five = 5;
int &rfive = five;
const Plain cplain;
bool flag = true;

int Both::ask(int n)
{
	long got;
	int local = n + 1;

	asm volatile("syscall" : "=a"(got) : "a"(110)
	             : "rcx", "r11", "memory");
	return (got == 0) + local + both;
}

int main()
{
	int sum = over(1) + ns::over(2) + static_cast<int>(over(1.5)) +
		over("x") + over(1, 2) + lone(1) + truth(flag);

	sum += whole.plus(1) + whole.plus(1, 2) + static_cast<int>(
		whole.plus(1.5)) + whole.inherited_too() + Both::fixed(1);
	sum += plain.get() + plain.twice().get();
	plain.set(7);
	return whole.ask(6) + sum + (plain.*to_first) + (plain.*to_get)();
}
