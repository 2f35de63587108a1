/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Types of C, one variable of each: tests/scripts/types-oracle.sh compares what
 * scdb and gdb say of them.  And functions whose variables optimisers move.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

struct empty { };
struct point { int x, y; };
struct bits {
	unsigned a : 1, b : 3;
	int : 0;
	signed c : 7;
	uint64_t wide : 40;
	char tail;
	unsigned char d : 2;
};
struct nested {
	char tag;
	union {
		int i;
		float f;
		struct { short s1, s2; } pair;
	};
	struct {
		char *name;
		struct point *where;
	} inner;
	struct point points[2][3];
};
union number {
	char c;
	short s;
	int i;
	long l;
	float f;
	double d;
	long double ld;
	uint8_t bytes[16];
};
enum color { RED, GREEN, BLUE };
enum sparse { ONE = 1, TEN = 10, MINUS = -5 };
enum flags { F_A = 1, F_B = 2, F_C = 4, F_ALL = 7 };
enum big { BIG = 0x123456789abcLL };
typedef struct { int anonymous; } anon_t;
typedef enum { E1, E2 } anon_enum;
typedef union { int a; char b; } anon_union;
typedef int (*binary)(int, int);
typedef void (*callback)(const struct point *, void *, ...);
typedef struct node {
	struct node *next, *prev;
	callback call;
	struct undefined *opaque;
	const char *const *names;
} node_t;
struct flex { size_t len; char data[]; };
struct zero { int n; int data[0]; };
struct packed { char c; int i; short s; } __attribute__((packed));
struct aligned { char c; int i __attribute__((aligned(32))); double d; };
struct fp {
	int (*plain)(void);
	void *(*ret)(struct point, enum color);
	int (*array[4])(char);
	int (*(*deep)(int))(double);
	char (*rows)[10];
	int *(*pp)[3][4];
};
struct quals {
	const int ci;
	volatile int vi;
	const volatile int cvi;
	int *const pc;
	const int *volatile pv;
	int *restrict r;
	const char *const names[3];
	_Atomic int at;
	_Bool b;
};
typedef const struct point cpoint;
typedef volatile unsigned vuns;
typedef cpoint *pcpoint;
typedef int matrix[3][4];
typedef matrix *pmatrix;
typedef int fn_t(int, char);
typedef fn_t *fn_p;
typedef int v4si __attribute__((vector_size(16)));
typedef float v8sf __attribute__((vector_size(32)));
struct simd {
	v4si i;
	v8sf f;
	__int128 w;
	unsigned __int128 uw;
	_Complex float cf;
	_Complex double cd;
	long double ld;
};
struct deep {
	struct {
		struct {
			struct {
				int bottom;
				union { int u1; char u2; };
			} c;
		} b;
	} a;
	enum { IN_A, IN_B } e;
};
struct bitmix {
	unsigned a : 4;
	unsigned b : 28;
	unsigned long c : 33;
	unsigned d : 5;
	_Bool f : 1;
	enum color col : 3;
};
struct holes {
	char a;
	long b;
	char c;
	short d;
	int e;
	char f;
	struct point p;
	char g;
};
union ubits {
	int a : 3;
	unsigned b : 9;
	struct { unsigned x : 4, y : 4; } s;
};

struct empty empty;
struct point point = { 1, 2 };
struct bits bits = { 1, 2, -3, 12345, 'x', 3 };
struct nested nested = { .tag = 't', .i = 7 };
union number number = { .i = 65 };
enum color color = GREEN;
enum sparse sparse = MINUS;
enum flags flags = F_A | F_C;
enum big big = BIG;
anon_t anon;
anon_enum anone = E2;
anon_union anonu;
binary bin;
callback cb;
node_t node;
struct flex *flexp;
struct zero zero;
struct packed packed;
struct aligned aligned;
struct fp fp;
struct quals quals;
cpoint cp = { 3, 4 };
vuns vu;
pcpoint pcp = &cp;
matrix m;
pmatrix pm = &m;
fn_p fnp;
v4si v4 = { 1, 2, 3, 4 };
v8sf v8;
struct simd simd;
struct deep deep;
struct bitmix bitmix;
struct holes holes;
union ubits ubits;
struct undefined *und;
void *vp;
char **argvv;
const char *const str = "text";
int (*fa[3])(int);
unsigned long ul;
long long ll;
unsigned char uc;
signed char sc;
short sh;
float fl = 1.5f;
double db = 2.5;
struct { int x; } unnamed;
struct { int x; } *unnamedp;
enum { U1, U2 } unnamede;
int (*fpv)(const char *, ...);
const volatile char cvc[7];
volatile struct point *vpp;
int *restrict rp;
int (*returns(void))[5];
static int rows[4][5];

int (*returns(void))[5]
{
	return &rows[1];
}

struct point by_value(struct point p, union number n)
{
	p.x += n.i;
	return p;
}

static inline int twice(int what)
{
	static int counter;
	int doubled = what * 2;

	counter++;
	return doubled + counter;
}

/* What is in registers, on the stack, and nowhere. */
__attribute__((noinline)) int passes(int a, long b, struct point c, double d)
{
	static long calls;
	struct point *where = &point;
	union number n = { .l = b + a };
	char name[8] = "name";

	calls++;
	name[3] = (char)('0' + a);
	puts(name);
	n.l += where->x;
	printf("%ld %f\n", n.l, d);
	for (int i = 0; i < 2; i++) {
		int square = i * i + c.x;

		puts(square > 1 ? "big" : "small");
		calls += square;
	}
	return (int)calls + c.y;
}

/* Its argument does not outlive the first call. */
__attribute__((noinline)) int optimised(int first, const char *second)
{
	struct point here = { first, twice(first) };
	int later = 0;

	puts(second);
	later = atoi(second) + here.y;
	{
		int inner = later * 3;

		if (inner > 100) {
			puts("much");
			later = twice(inner);
		}
	}
	printf("%d\n", later);
	return here.x + later + passes(later, 7, here, 1.5);
}

int main(int argc, char **argv)
{
	struct point p = by_value(point, number);

	(void)argv;
	setvbuf(stdout, NULL, _IONBF, 0);
	return optimised(argc, "5") + (*returns())[0] + p.x > 1000;
}
