/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * expr/internal.h: the parts of the expression compiler, for src/expr alone.
 *
 *	lex.c      text to tokens, one at a time; lex_text.c: in quotes
 *	parse.c    the grammar: precedence climbing over the tokens, to a tree
 *	postfix.c  its values, and what stands behind them
 *	parse_type.c  types, as casts and sizeof have them
 *	parse_cplus.c  C++: its casts, functions by their parameters
 *	resolve.c  names and registers, and what the user may have meant
 *	compile.c  the tree becomes code where that can be, else it is kept
 *	code.c     code for a stack machine: types, folding of constants
 *	eval.c     the machine
 *	tree.c     evaluates a tree with typed values; tree_call.c: functions,
 *	           tree_assign.c: = and ++, tree_class.c: C++; overload.c:
 *	           which function a call means
 */
#ifndef SCDB_EXPR_INTERNAL_H
#define SCDB_EXPR_INTERNAL_H

#include "base/buf.h"
#include "base/pattern.h"
#include "base/vec.h"
#include "expr/expr.h"
#include "expr/value.h"

/* Operands of the machine; 200 nested parentheses and more fit. */
enum { EXPR_STACK = 2560 };

enum token_kind {
	TOKEN_END, TOKEN_BAD, TOKEN_NUMBER, TOKEN_STRING, TOKEN_NAME,
	TOKEN_REGISTER, TOKEN_OPEN, TOKEN_CLOSE, TOKEN_QUESTION, TOKEN_COLON,
	TOKEN_NOT, TOKEN_TILDE, TOKEN_OR_OR, TOKEN_AND_AND, TOKEN_OR,
	TOKEN_XOR, TOKEN_AND, TOKEN_EQ, TOKEN_NE, TOKEN_MATCH, TOKEN_LT,
	TOKEN_LE, TOKEN_GT, TOKEN_GE, TOKEN_SHL, TOKEN_SHR, TOKEN_PLUS,
	TOKEN_MINUS, TOKEN_STAR, TOKEN_SLASH, TOKEN_PERCENT,
	/* Of typed expressions alone. */
	TOKEN_FLOAT, TOKEN_QUOTED, TOKEN_INDEX, TOKEN_INDEX_END, TOKEN_BRACE,
	TOKEN_BRACE_END, TOKEN_DOT, TOKEN_ARROW, TOKEN_COMMA, TOKEN_AT,
	TOKEN_SCOPE, TOKEN_INCREMENT, TOKEN_DECREMENT, TOKEN_ASSIGN,
	TOKEN_ASSIGN_OP,
};

struct token {
	enum token_kind kind;
	size_t at, end;          /* bytes of the text */
	struct expr_value value; /* TOKEN_NUMBER */
	bool is_decimal;         /* a TOKEN_NUMBER without base and suffix */
	bool is_character;       /* ... in quotes */
	bool is_bool;            /* ... true or false */
	char prefix;             /* of what is in quotes: L, u, U, 8; or 0 */
	bool based;              /* ... 0x, 0, 0b */
	uint8_t longs;           /* ... with so many l; of a float: 1 */
	bool has_u;
	bool narrow;             /* a TOKEN_FLOAT with f */
	long double f;           /* TOKEN_FLOAT */
	enum token_kind op;      /* TOKEN_ASSIGN_OP: the operator before = */
	struct error *error;     /* TOKEN_BAD: told only to who needs it */
};

struct lexer {
	const char *text;
	bool typed;          /* the tokens of typed expressions are there */
	size_t at;
	struct token token;  /* the current one */
	struct buf string;   /* bytes of a TOKEN_STRING, name of a TOKEN_NAME
	                      * or TOKEN_REGISTER (without its `$`) */
};

void lexer_init(struct lexer *l, const char *text, bool typed);
void lexer_deinit(struct lexer *l);
/* Goes on to the next token. */
void lexer_next(struct lexer *l);
/* Goes back to byte AT, and reads the token there. */
void lexer_seek(struct lexer *l, size_t at);
/* The same, but a name there ends at its first dot. */
void lexer_seek_name(struct lexer *l, size_t at);
/* The 1-based column, in characters, of byte AT of TEXT. */
unsigned lexer_column(const char *text, size_t at);
/* The token is bad: MESSAGE, about LEN bytes at AT where LEN is not 0. */
void lexer_bad(struct lexer *l, const char *message, size_t at, size_t len);
/* lex_text.c: what begins with a quote. */
void lexer_character(struct lexer *l);
void lexer_string(struct lexer *l);
/* The same behind L, u, U or u8; false: there is none. */
bool lexer_prefixed(struct lexer *l);
/* The value of a hexadecimal digit; -1: it is none. */
int lexer_hex(char c);
/* Bytes of an element of a string with such a prefix. */
unsigned text_width(char prefix);
/* Appends the character C in elements of WIDTH bytes. */
void text_put_code(struct buf *out, unsigned width, uint32_t c);
/* ... all of TEXT, which is UTF-8. */
void text_widen(const char *text, size_t len, unsigned width, struct buf *out);
/* Appends the token as errors show it: in quotes, escaped and cut. */
void lexer_describe(const struct lexer *l, struct buf *out);

enum expr_op {
	OP_NUMBER,     /* push ARG */
	OP_STRING,     /* push strings[ARG] */
	OP_LOAD,       /* push refs[ARG] as a number */
	OP_LOAD_STRING,/* push refs[ARG] as a string */
	OP_NEGATE, OP_NOT, OP_COMPLEMENT,
	OP_TRUTH,      /* 0 or 1 */
	OP_GLOB,       /* the string matches strings[ARG] */
	OP_REGEX,      /* the string matches regexes[ARG] */
	OP_COMPARE,    /* two strings: -1, 0, 1 */
	OP_ADD, OP_SUBTRACT, OP_MULTIPLY, OP_DIVIDE_S, OP_DIVIDE_U,
	OP_REST_S, OP_REST_U, OP_SHIFT_LEFT,
	OP_SHIFT_RIGHT_S, OP_SHIFT_RIGHT_U,
	OP_AND, OP_OR, OP_XOR, OP_EQ, OP_NE,
	OP_LT_S, OP_LT_U, OP_LE_S, OP_LE_U, OP_GT_S, OP_GT_U, OP_GE_S, OP_GE_U,
	/* Jumps are relative to the next instruction, and forward only. */
	OP_JUMP,
	OP_JUMP_ZERO,  /* pops */
	OP_AND_JUMP,   /* pops; 0: pushes 0 and jumps */
	OP_OR_JUMP,    /* pops; not 0: pushes 1 and jumps */
};

struct insn {
	uint8_t op;
	uint32_t at;   /* the operator's byte in the text, for errors */
	uint64_t arg;
};

struct expr_string {
	char *data;    /* NUL-terminated too */
	size_t len;
};

enum node_kind {
	NODE_NUMBER, NODE_FLOAT, NODE_STRING,
	NODE_REF,          /* what the environment's get knows */
	NODE_SYMBOL,       /* what the environment's symbol knows */
	NODE_DOLLAR,       /* NAME behind a `$`: its dollar; REF too, or not */
	NODE_UNARY,        /* what.kind of A */
	NODE_BINARY, NODE_LOGIC,
	NODE_MATCH,        /* A ~ or =~ the string */
	NODE_CHOICE,       /* A ? B : C */
	/* Of typed expressions alone. */
	NODE_TYPE,         /* for sizeof, ptype, whatis */
	NODE_CAST,         /* A as TYPE */
	NODE_AT_TYPE,      /* {TYPE} A */
	NODE_DEREF, NODE_ADDRESS,
	NODE_MEMBER,       /* A.NAME */
	NODE_ARROW,        /* A->NAME: NAME of what A points at */
	NODE_INDEX,        /* A[B] */
	NODE_REPEAT,       /* A@B */
	NODE_SIZEOF,       /* of A, or of TYPE */
	NODE_ASSIGN,       /* A = B; A op= B where OP is not 0 */
	NODE_STEP,         /* ++ -- before A; BEHIND: behind it */
	NODE_COMMA,
	NODE_LIST,         /* {A, ...} */
	NODE_CALL,         /* A(ARGS) */
	NODE_MEMBER_POINTER, /* A.*B, or A->*B */
	NODE_SCOPED,       /* TYPE::SCOPE, a member of a class */
	NODE_PICK,         /* A with the parameters ARGS, all types; else B */
};

/* Of the tree that the grammar makes. */
struct node {
	enum node_kind kind;
	struct token what;       /* its operator, or itself; no error in it */
	unsigned depth;          /* of nodes below, binary chains aside */
	struct node *a, *b, *c;
	struct node **args;      /* NODE_CALL, NODE_LIST */
	size_t arg_count;
	struct expr_ref ref;
	bool has_ref;            /* NODE_DOLLAR: known to the machine too */
	bool behind;
	bool is_const;           /* NODE_PICK: a method with `const` */
	enum value_cast_kind cast; /* NODE_CAST */
	char *scope;             /* NODE_MEMBER, NODE_ARROW: the base class
	                          * before NAME; else see NODE_SCOPED */
	struct expr_symbol symbol;
	struct pattern *regex;   /* NODE_MATCH with =~; NULL: not yet made */
	char *text;              /* a name, or the bytes of a string */
	size_t len;
	const struct type *type;
};

/* order.c: the tests of an untyped condition, the cheapest first. */
void order_tests(struct node *tree);
/* exact.c: whether the machine comes to what C does. */
bool node_is_exact(const struct node *n);

/* A chain of nodes is not longer: evaluation goes down in it. */
enum { NODE_MAX_DEPTH = 4000, NODE_MAX_ARGS = 64 };

struct expr {
	struct node *tree; /* NULL: it is CODE */
	VEC(struct node *) nodes; /* all that there are */
	struct buf result; /* the string that a tree came to */
	char *source;  /* as it was given, for columns */
	char *text;    /* without blanks around it */
	bool cplus;    /* as C++ has it: comparisons are bool */
	enum expr_type type;
	VEC(struct insn) code;
	VEC(struct expr_ref) refs;
	VEC(struct expr_string) strings;
	VEC(struct pattern *) regexes;
};

/* A value on the machine's stack; its type is known from the code. */
union operand {
	uint64_t u;
	struct {
		const char *data;
		size_t len;
	} s;
};

/* Code from START on that leaves one value of TYPE. */
struct piece {
	size_t start;
	enum expr_type type;
};

/*
 * While an expression is compiled.  Every code_ function appends to
 * expr->code; those with operands take the pieces at its end, in order.
 */
struct compiler {
	struct expr *expr;
	const struct expr_scope *scope;
	struct lexer lexer;
	size_t at;         /* the byte that code is for */
	bool value;        /* for a typed value: $NAME may be void */
	unsigned nesting;
	unsigned maybe;    /* in how many branches that may never be taken */
};

/* An error of kind KIND; " at column N" follows the message. */
struct error *compiler_error(const struct compiler *c, enum error_kind kind,
                             size_t at, const char *fmt, ...)
	PRINTF_LIKE(4, 5) MUST_CHECK;

bool compiler_is_cplus(const struct compiler *c);
struct piece code_number(struct compiler *c, enum expr_type type,
                         uint64_t value);
struct piece code_string(struct compiler *c, const char *data, size_t len);
struct piece code_ref(struct compiler *c, const struct expr_ref *ref);
/* Whether code from START to END is one number or string. */
bool code_is_constant(const struct expr *e, size_t start, size_t end);
/* Whether it is a string that can be its pointer instead. */
bool code_is_pointer(const struct expr *e, size_t start, size_t end);
/*
 * Makes P, whose code ends at END, a number where it is a string: its pointer.
 * WHAT is the operator that wants one.
 */
struct error *code_to_number(struct compiler *c, struct piece *p, size_t end,
                             const struct token *what) MUST_CHECK;
struct error *code_unary(struct compiler *c, const struct token *what,
                         struct piece *p) MUST_CHECK;
/* *LEFT becomes the result. */
struct error *code_binary(struct compiler *c, const struct token *what,
                          struct piece *left, struct piece right) MUST_CHECK;
/* LEFT ~ or =~ the string PATTERN, written at byte AT. */
struct error *code_match(struct compiler *c, const struct token *what,
                         struct piece *left, const struct buf *pattern,
                         size_t at) MUST_CHECK;
/*
 * && and ||: begin after LEFT, end after RIGHT.  *JUMP is what begin tells end.
 */
struct error *code_logic_begin(struct compiler *c, const struct token *what,
                               struct piece *left, size_t *jump) MUST_CHECK;
struct error *code_logic_end(struct compiler *c, const struct token *what,
                             struct piece *left, struct piece right,
                             size_t jump) MUST_CHECK;

/* Where a ?: is built. */
struct choice {
	struct piece test, yes, no;
	size_t test_jump, yes_jump;
};
struct error *code_choice_test(struct compiler *c, const struct token *what,
                               struct choice *choice) MUST_CHECK;
void code_choice_yes(struct compiler *c, struct choice *choice);
struct error *code_choice_end(struct compiler *c, const struct token *what,
                              struct choice *choice,
                              struct piece *result) MUST_CHECK;
/* Whether the machine's stack is deep enough. */
bool code_fits_stack(const struct expr *e);

/*
 * The name or register that the lexer is at, as a new node; the lexer stays at
 * its last token.  A dotted name that nobody knows whole is cut at its first
 * dot; one with `::` goes on up to its end.
 */
struct error *resolve_name(struct compiler *c, struct node **node) MUST_CHECK;

/* parse.c */
/* WANTED is not what is there. */
struct error *parse_unexpected(struct compiler *c,
                               const char *wanted) MUST_CHECK;
struct node *node_new(struct compiler *c, enum node_kind kind);
/* Depth of N from those below it; an error where it is too much. */
struct error *node_close(struct compiler *c, struct node *n) MUST_CHECK;
void node_destroy(struct node *n);
/* Each level of recursion that the text can ask for comes through here; the
 * caller takes it back from c->nesting. */
struct error *parse_deeper(struct compiler *c) MUST_CHECK;
/* A whole expression; COMMA: with commas and assignments. */
struct error *parse_expression(struct compiler *c, bool comma,
                               struct node **n) MUST_CHECK;
/* What binds tighter than binary operators. */
/* As it stands behind `as`: u8, *const u8, &Point. */
struct error *parse_rust_type(struct compiler *c,
                              const struct type **type) MUST_CHECK;
struct error *parse_unary(struct compiler *c, struct node **n) MUST_CHECK;
/* parse_cplus.c */
/* static_cast<TYPE>(A) and its like; *N stays NULL where there is none. */
struct error *parse_named_cast(struct compiler *c,
                               struct node **n) MUST_CHECK;
/* Behind the `(` of a call: types alone make of *N one of several functions;
 * *PICKED says whether. */
struct error *parse_pick(struct compiler *c, struct node **n,
                         bool *picked) MUST_CHECK;
/* 'f(int)'; *N stays NULL where there is no such function. */
struct error *parse_quoted_function(struct compiler *c,
                                    struct node **n) MUST_CHECK;
/* The member behind a `.` or `->`. */
struct error *parse_member(struct compiler *c, struct node **n) MUST_CHECK;
/* postfix.c: a value with what stands behind it. */
struct error *parse_postfix(struct compiler *c, struct node **n) MUST_CHECK;
/*
 * parse_type.c: the type that the lexer is at.  *TYPE stays NULL, and the lexer
 * where it is, where there is none.
 */
struct error *parse_type(struct compiler *c,
                         const struct type **type) MUST_CHECK;

/* tree.c */
struct error *tree_evaluate(const struct expr *e, const struct expr_env *env,
                            struct value **value) MUST_CHECK;
/* What evaluation passes down. */
struct tree_run {
	const struct expr *e;
	const struct expr_env *env;
	const struct value_world *world;
	bool quiet;         /* nothing is to change: sizeof, whatis */
	/* What the call that comes next is cast to; NULL: nothing. */
	const struct type *call_as;
};
struct error *tree_node(struct tree_run *r, const struct node *n,
                        struct value **value) MUST_CHECK;
/* ERR, about byte AT. */
/* An error where TEXT could take the pattern too much. */
struct error *match_regex(struct pattern *regex, const struct buf *text,
                          bool *matches) MUST_CHECK;
struct error *tree_error(const struct tree_run *r, size_t at,
                         struct error *err) MUST_CHECK;
/* ERR, if any, is about the operator of N. */
#define TRY_AT(r, n, expression) \
	TRY(tree_error(r, (n)->what.at, (expression)))
/* Never NULL: int where there is none called NAME. */
const struct type *tree_builtin(const struct tree_run *r, const char *name);
enum value_op tree_op(enum token_kind kind);
/* tree_assign.c */
struct error *tree_assign(struct tree_run *r, const struct node *n,
                          struct value **value) MUST_CHECK;
struct error *tree_step(struct tree_run *r, const struct node *n,
                        struct value **value) MUST_CHECK;
/* tree_class.c: what C++ adds. */
struct error *tree_member(struct tree_run *r, const struct node *n,
                          struct value **value) MUST_CHECK;
struct error *tree_member_pointer(struct tree_run *r, const struct node *n,
                                  struct value **object,
                                  struct value **value) MUST_CHECK;
struct error *tree_scoped(struct tree_run *r, const struct node *n,
                          struct value **value) MUST_CHECK;
struct error *tree_pick(struct tree_run *r, const struct node *n,
                        struct value **value) MUST_CHECK;
/* The structure that A of N is or points at. */
struct error *tree_object(struct tree_run *r, const struct node *n,
                          struct value **object) MUST_CHECK;
/* &CLASS::MEMBER; *VALUE stays NULL where it is something else. */
struct error *tree_address_in_class(struct tree_run *r, const struct node *n,
                                    struct value **value) MUST_CHECK;
/* overload.c: a function that can be called. */
struct callable {
	const struct type *type;
	const struct type_method *method;  /* NULL: of no class */
	struct value *object;              /* that METHOD is called for */
	taddr addr;                        /* where METHOD is NULL */
	bool fixed;                        /* not another class's */
};
typedef VEC(struct callable) callable_list;
void callables_deinit(callable_list *list);
/* All that N, which is called, may mean; none: it is a value. */
struct error *callables_of(struct tree_run *r, const struct node *n,
                           callable_list *list) MUST_CHECK;
/* The one of LIST that fits the arguments best; an error where there is none
 * or more than one. */
struct error *callable_choose(const struct node *n, const callable_list *list,
                              struct value *const *args, size_t count,
                              const struct callable **chosen) MUST_CHECK;
struct error *callable_address(const struct callable *f,
                               taddr *addr) MUST_CHECK;
/* tree_call.c: whether CALL is of a function that there is, where it is a
 * `$_NAME`. */
struct error *tree_call_check(const struct compiler *c,
                              const struct node *call) MUST_CHECK;
/* $_strlen and so on, and functions of the tracee. */
struct error *tree_call(struct tree_run *r, const struct node *n,
                        struct value **value) MUST_CHECK;

/* Why an operator has no result. */
enum eval_fault {
	EVAL_OK, EVAL_BY_ZERO, EVAL_SHIFT, EVAL_TOO_LONG, EVAL_NO_MEMORY,
};
/* *A becomes the result of IN, an operator with one operand. */
enum eval_fault eval_unary(const struct expr *e, const struct insn *in,
                           union operand *a);
/* The same with two: *A OP B. */
enum eval_fault eval_binary(enum expr_op op, union operand *a,
                            union operand b);
/* FAULT, of the operator at byte AT of TEXT, in ROOM if that is not NULL. */
struct error *eval_error(struct error_room *room, enum eval_fault fault,
                         const char *text, size_t at) MUST_CHECK;

#endif
