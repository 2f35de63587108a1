/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Objects as arguments and results, for print-oracle-byvalue.list. */
#include <unistd.h>
#include <string>
struct Triv { int a, b; int sum() const { return a + b; } };
struct Big { long v[6]; long sum() const { return v[0] + v[5]; } };
struct NT { int a; NT(int x) : a(x) {} NT(const NT &o) : a(o.a + 100) {} ~NT() { a = -1; } int get() const { return a; } };
struct Dt { int a; ~Dt() { } };
struct Holder { NT n; int z; };
int take_triv(Triv t) { return t.a * 10 + t.b; }
long take_big(Big b) { return b.v[0] + b.v[5]; }
int take_nt(NT n) { return n.a; }
int take_dt(Dt d) { return d.a; }
int take_holder(Holder h) { return h.n.a + h.z; }
int take_ref(const NT &n) { return n.a; }
int take_str(std::string s) { return (int)s.size(); }
int take_2(int x, NT n, int y) { return x + n.a + y; }
Triv make_triv(int a) { Triv t = {a, a + 1}; return t; }
Big make_big(long a) { Big b = {{a, 0, 0, 0, 0, a}}; return b; }
NT make_nt(int a) { return NT(a); }
Dt make_dt(int a) { Dt d; d.a = a; return d; }
Triv gt = {3, 4}; Big gb = {{1,2,3,4,5,6}}; NT gn(5); Dt gd = {9}; Holder gh = {NT(1), 2};
std::string gs = "hello";
struct M { int k; NT by(NT n) { return NT(n.a + k); } Triv t(Triv x) { x.a += k; return x; } Big b() { Big r = {{k}}; return r; } } gm = {7};
int main() { getppid(); return take_triv(gt) + (int)take_big(gb) + take_nt(gn) + take_dt(gd) + take_holder(gh) + take_ref(gn) + take_str(gs) + take_2(1, gn, 2) + make_triv(1).sum() + (int)make_big(2).sum() + make_nt(3).get() + make_dt(4).a + gm.by(gn).a + gm.t(gt).a + (int)gm.b().sum(); }
