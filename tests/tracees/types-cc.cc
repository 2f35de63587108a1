/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cstddef>
namespace ns {
struct plain { int a; int get() const { return a; } };
class hidden { int secret; public: int open; hidden(int x) : secret(x), open(0) {} virtual ~hidden() {} virtual int area(int k, const char *s) const { return secret; } static int count; static int make(hidden &h) { return h.open; } protected: short prot; private: void priv() {} };
int hidden::count = 3;
class derived : public hidden, private plain { public: derived() : hidden(1), ref(open), rref(5) {} int area(int, const char *) const override { return 2; } int &ref; int &&rref; int hidden::*mp; int (hidden::*mf)(int, const char *) const; typedef int inner_t; enum e { X, Y }; struct sub { inner_t v; } s; };
class onlypriv { int x; int y; void f() {} }; struct onlypub { int x; void f() {} void g(int) {} };
template <typename T, int N> class vec { public: T data[N]; size_t n; typedef T value_type; T *begin() { return data; } const T &at(size_t i) const { return data[i]; } vec() : n(0) {} bool operator==(const vec &o) const { return n == o.n; } operator bool() const { return n; } };
enum class scoped : unsigned char { A, B = 5 }; enum plain_enum { PA, PB };
union u { int i; float f; u() : i(0) {} };
namespace { struct anon { int q; }; }
struct virt : virtual plain { int z; };
struct nodefault { nodefault() = delete; nodefault(const nodefault &) = default; ~nodefault() = default; int k; };
}
struct fwd; using alias = ns::vec<int, 4>;
ns::plain plain; ns::hidden hidden(1); ns::vec<int, 4> vec; ns::scoped scoped; ns::plain_enum pe; ns::u u; ns::anon an; ns::virt virt; fwd *fw; alias al; ns::onlypriv op; ns::onlypub opub; int &iref = plain.a; decltype(nullptr) np; ns::nodefault *nd; wchar_t wc; char16_t c16; char32_t c32; const ns::plain &cref = plain; ns::plain *arr[3]; void (*fpn)(ns::plain &, int); int ns::plain::*mpd; int (ns::plain::*mpf)() const; bool bb; struct { int z; } uns; auto lambda = [](int x) { return x + 1; };
int main() { ns::derived *d = nullptr; struct local { int l; } loc = { 3 }; loc.l++; ns::hidden::make(hidden); vec.begin(); vec.at(0); (void)(vec == vec); (void)(bool)vec; opub.f(); opub.g(1); return (d != nullptr) + plain.get() + lambda(2); }
ns::derived *dd; 
