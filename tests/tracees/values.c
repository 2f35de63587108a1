/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Values of all kinds, in static storage, for tests of `print`: it stops for
 * nobody; who wants to look at them catches getppid.
 */
/* builds: 64 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <complex.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <wchar.h>

/* Integers */
static char c1 = 'a', c_nul, c_nl = '\n', c_esc = 27, c_quote = '\'',
	c_back = '\\', c_double = '"', c_del = 127;
static signed char sc = -61;
static unsigned char uc = 200;
static short sh = -2;
static unsigned short ush = 65535;
static int i1 = 42, i_neg = -7, i_zero;
int global_int = 77;
static unsigned u1 = 4000000000u;
static long l1 = -1234567890123l;
static unsigned long ul1 = 0xfedcba9876543210ul;
static long long ll1 = 5;
static __int128 big = ((__int128)1 << 100) + 5, big_neg = -3;
static unsigned __int128 ubig = ~(unsigned __int128)0;
static bool b_true = true, b_false;
static int8_t i8 = 65;
static uint8_t u8 = 66;
static size_t some_size = 99;
static wchar_t wide = L'x';
static wchar_t wides[] = L"wide text";
static wchar_t *wide_pointer = wides;

/* Floating point */
static float f1 = 3.14f, f_tenth = 0.1f, f_five = 5, f_big = 1e30f;
static double d1 = 3.14, d_tenth = 0.1, d_five = 5, d_big = 1e300,
	d_small = 1e-300, d_neg = -2.5, d_inf = 1.0 / 0.0,
	d_minus_inf = -1.0 / 0.0, d_nan = 0.0 / 0.0, d_third = 1.0 / 3,
	d_zero, d_minus_zero = -0.0, d_million = 1e6, d_17 = 123456789012345678.0;
static long double ld1 = 3.14L, ld_tenth = 0.1L, ld_five = 5;
static double complex dc = 1.5 + 2.5i;
static float complex fc = 1 - 2i;

/* Enumerations */
enum color { RED, GREEN, BLUE = 5 };
enum flags { FLAG_A = 1, FLAG_B = 2, FLAG_C = 4, FLAG_H = 16 };
enum masks { MASK_LOW = 3, MASK_HIGH = 12, MASK_BIT = 16 };
enum odd { ODD_ONE = 1, ODD_TWO = 2, ODD_THREE = 3 };
enum minus { MINUS_ONE = -1, ZERO, ONE };
static enum color e1 = GREEN, e_unknown = (enum color)9;
static enum flags ef = FLAG_A | FLAG_C, ef_none, ef_one = FLAG_B,
	ef_more = (enum flags)(FLAG_A | 8), ef_less = (enum flags)8;
static enum masks em = (enum masks)19, em_part = (enum masks)1;
static enum odd eo = ODD_THREE;
static enum minus en = MINUS_ONE, en_unknown = (enum minus)7;

/* Arrays */
static int a3[3] = { 1, 2, 3 };
static int a_zero[15], a_ten[10], a_nine[9];
static int a_mixed[40] = { 1, 2, [10] = 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 9 };
static int a_long[300];
static int a_2d[2][3] = { { 1, 2, 3 }, { 4, 5, 6 } };
static int a_3d[2][2][2] = { { { 1, 2 }, { 3, 4 } }, { { 5, 6 }, { 7, 8 } } };
static int a_same[12][2];
static double a_d[3] = { 1, 2.5, -3 };
static enum color a_e[3] = { RED, BLUE, GREEN };
static bool a_b[2] = { true, false };
static const char *a_s[3] = { "one", "two", NULL };
static int *a_p[2] = { &i1, NULL };
static unsigned char a_uc[4] = { 1, 2, 'a', 'b' };
static int a_none[0];

/* Text */
static char t_exact[4] = "abcd", t_short[4] = "a", t_half[16] = "abc",
	t_empty[8], t_run[40] = "xxxxxxxxxxxxxxxxxxyz", t_esc[] = "a\"b\\c\n\1\033z'",
	t_long[300], t_high[] = "h\xc3\xa9\xff", t_inner[12] = "ab\0cd",
	t_runs[] = "aaaaaaaaaaaabbbbbbbbbbbbbbc", t_octal[] = "\0011\0022";
static const char *s_text = "some text", *s_null, *s_empty = "",
	*s_bad = (const char *)8, *s_long = t_long, *s_run = t_run;
static unsigned char *s_uc = (unsigned char *)t_half;
static char **s_list = (char **)a_s;
static char t_two[2][6] = { "one", "two" };

/* Structures */
struct point { int x, y; };
struct nested { char tag; struct point p; struct point *pp; double d; };
struct bits { unsigned a : 3; int b : 5; unsigned long c : 40; bool d : 1;
	enum color e : 4; };
struct empty { };
union number { int i; float f; unsigned char bytes[4]; };
struct anonymous { int kind; union { int i; float f; };
	struct { short lo, hi; }; };
struct text { char name[8]; const char *label; unsigned char raw[4]; };
struct list { int value; struct list *next; };
struct functions { int (*f)(int); void (*g)(void); };
struct holder { union number u; int a[2]; struct point ps[2]; };
struct opaque;
struct deep { struct { struct { struct { int z; } c; } b; } a; };
struct flex { int n; int items[]; };
typedef struct { int a; float b; } unnamed_t;
typedef struct point point_t;
typedef int number_t;
typedef int (*callback_t)(int);
typedef int triple_t[3];

static int twice(int n) { return n * 2; }
static void nothing(void) { }
int add(int a, int b) { return a + b; }
int variadic(const char *f, ...) { return f != NULL; }

static struct point pt = { 3, -4 };
static struct nested ne = { 'n', { 1, 2 }, &pt, 0.5 };
static struct bits bi = { 5, -3, 0x123456789aul, true, BLUE };
static struct empty nobody;
static union number un = { .i = 0x40490fdb };
static struct anonymous an = { 1, { 2 }, { 3, 4 } };
static struct text te = { "name", "label", { 1, 2, 3, 4 } };
static struct list li3 = { 3, NULL }, li2 = { 2, &li3 }, li1 = { 1, &li2 };
static struct functions fu = { twice, nothing };
static struct holder ho = { { 1 }, { 2, 3 }, { { 4, 5 }, { 6, 7 } } };
static struct opaque *op;
static struct deep de = { { { { 9 } } } };
static struct { int q; } no_name = { 8 };
static unnamed_t un_t = { 1, 2 };
static point_t pt_t = { 5, 6 };
static number_t nu = 12;
static callback_t cb = twice;
static triple_t tr = { 7, 8, 9 };
static struct point pts[3] = { { 1, 2 }, { 3, 4 }, { 5, 6 } };
static struct point same_pts[12];
static struct flex fl = { 2 };

/* Pointers */
static int *p1 = &i1, *p_null, **pp1 = &p1;
static void *vp = &i1, *vp_null;
static struct point *ptp = &pt;
static int (*fp)(int) = twice;
static int (*fp_null)(int);
static void (*fps[2])(void) = { nothing, NULL };
static int (*ap)[3] = &a3;
static const int ci = 11;
static volatile int vi = 12;
static const volatile int cvi = 13;
static const struct point *cpt = &pt;
static int *const cp = &i1;
static int *p_bad = (int *)16;
static struct point *ptp_bad = (struct point *)16;

/* Vectors */
typedef int v4 __attribute__((vector_size(16)));
typedef float v2f __attribute__((vector_size(8)));
static v4 ve = { 1, 2, 3, 4 };
static v2f vef = { 1.5f, 2.5f };

#define KEEP(x) __asm__ volatile("" : : "r"(&(x)) : "memory")

static int inner(int depth)
{
	static int calls = 3;
	int local = depth + 1;
	long got;

	KEEP(calls);
	KEEP(local);
	__asm__ volatile("syscall" : "=a"(got) : "a"(SYS_getppid)
	                 : "rcx", "r11", "memory");
	return local + (int)got * 0 + calls;
}

static void keep_numbers(void)
{
	KEEP(c1); KEEP(c_nul); KEEP(c_nl); KEEP(c_esc); KEEP(c_quote);
	KEEP(c_back); KEEP(c_double); KEEP(c_del); KEEP(sc); KEEP(uc);
	KEEP(sh); KEEP(ush); KEEP(i1); KEEP(i_neg); KEEP(i_zero); KEEP(u1);
	KEEP(l1); KEEP(ul1); KEEP(ll1); KEEP(big); KEEP(big_neg); KEEP(ubig);
	KEEP(b_true); KEEP(b_false); KEEP(i8); KEEP(u8); KEEP(some_size);
	KEEP(wide); KEEP(wides); KEEP(wide_pointer); KEEP(f1); KEEP(f_tenth);
	KEEP(f_five); KEEP(f_big); KEEP(d1); KEEP(d_tenth); KEEP(d_five);
	KEEP(d_big); KEEP(d_small); KEEP(d_neg); KEEP(d_inf);
	KEEP(d_minus_inf); KEEP(d_nan); KEEP(d_third); KEEP(d_zero);
	KEEP(d_minus_zero); KEEP(d_million); KEEP(d_17); KEEP(ld1);
	KEEP(ld_tenth); KEEP(ld_five); KEEP(dc); KEEP(fc); KEEP(e1);
	KEEP(e_unknown); KEEP(ef); KEEP(ef_none); KEEP(ef_one); KEEP(ef_more);
	KEEP(ef_less); KEEP(em); KEEP(em_part); KEEP(eo); KEEP(en);
	KEEP(en_unknown);
}

static void keep_arrays(void)
{
	for (int i = 0; i < 300; i++) {
		a_long[i] = i;
		t_long[i] = (char)('a' + i % 26);
	}
	KEEP(a3); KEEP(a_zero); KEEP(a_ten); KEEP(a_nine); KEEP(a_mixed);
	KEEP(a_long); KEEP(a_2d); KEEP(a_3d); KEEP(a_same); KEEP(a_d);
	KEEP(a_e); KEEP(a_b); KEEP(a_s); KEEP(a_p); KEEP(a_uc); KEEP(a_none);
	KEEP(t_exact); KEEP(t_short); KEEP(t_half); KEEP(t_empty);
	KEEP(t_run); KEEP(t_esc); KEEP(t_long); KEEP(t_high); KEEP(t_inner);
	KEEP(t_runs); KEEP(t_octal); KEEP(s_text); KEEP(s_null);
	KEEP(s_empty); KEEP(s_bad); KEEP(s_long); KEEP(s_run); KEEP(s_uc);
	KEEP(s_list); KEEP(t_two);
}

static void keep_structures(void)
{
	KEEP(pt); KEEP(ne); KEEP(bi); KEEP(nobody); KEEP(un); KEEP(an);
	KEEP(te); KEEP(li1); KEEP(fu); KEEP(ho); KEEP(op); KEEP(de);
	KEEP(no_name); KEEP(un_t); KEEP(pt_t); KEEP(nu); KEEP(cb); KEEP(tr);
	KEEP(pts); KEEP(same_pts); KEEP(fl); KEEP(p1); KEEP(p_null);
	KEEP(pp1); KEEP(vp); KEEP(vp_null); KEEP(ptp); KEEP(fp);
	KEEP(fp_null); KEEP(fps); KEEP(ap); KEEP(ci); KEEP(vi); KEEP(cvi);
	KEEP(cpt); KEEP(cp); KEEP(p_bad); KEEP(ptp_bad); KEEP(ve); KEEP(vef);
}

int main(void)
{
	keep_numbers();
	keep_arrays();
	keep_structures();
	return inner(4) + add(1, 2) + variadic("x") == 0;
}
