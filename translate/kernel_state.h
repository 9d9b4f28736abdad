// What the parts of the kernel printer share: statements (kernel_printer.c),
// device calls (kernel_calls.c), index expressions (kernel_expr.c).
//
// Values are named lazily: an index computation with one use is printed where
// it is used; one with several uses, or used in an inner loop, becomes a
// constant before them. Nothing that is not used is printed.

#ifndef TT_TRANSLATE_KERNEL_STATE_H
#define TT_TRANSLATE_KERNEL_STATE_H

#include "kernel_printer.h"
#include "spelling.h"

// Binding strength of an expression; larger binds looser.
enum {
  StrengthAtom,
  StrengthProduct,
  StrengthSum,
  StrengthCompare,
  StrengthEqual,
  StrengthBitAnd,
  StrengthBitXor,
  StrengthBitOr,
  StrengthChoice
};

typedef struct {
  const char *text; // NULL after a diagnostic
  int strength;
} Expr;

typedef struct {
  MlirValue value;
  const char *name;
} NamedValue;

typedef struct {
  const ModelHost *host;
  const ModelProgram *program;
  const ModelKernel *kernel;
  Api api;
  FILE *body;
  TextPool pool;
  NameScope names;
  NameScope headers;
  NamedValue *values;
  size_t numValues, capacity;
  const char **cbNames;        // by position in the program; NULL if not used
  int indent;                  // levels of nesting, the kernel's body being 1
  int loops;                   // loops around the current statement
  int numbers;                 // of values that are named by a counter
  intptr_t chained;            // accessor arguments declared so far
  MlirOperation startedMatmul; // init that startup has already done, or null
  const char *file;            // of the last location comment
  int line;
} KernelPrinter;

// Starts a statement: a location comment where the line changed, then indent.
void statementBegin(KernelPrinter *p, MlirOperation op);
void useHeader(KernelPrinter *p, const char *header);

// The name of a circular buffer's constant, which is declared then.
const char *cbName(KernelPrinter *p, MlirStringRef symbol);

void bindValue(KernelPrinter *p, MlirValue value, const char *name);
const char *boundName(const KernelPrinter *p, MlirValue value);
// A fresh name `prefix`+`name`.
const char *freshName(KernelPrinter *p, const char *prefix, MlirStringRef name);

// --- kernel_calls.c

// `call(arguments);` as a statement, with the header that declares it, or NULL.
void emitStatement(KernelPrinter *p, MlirOperation op, const char *call,
                   const char *header, const char *arguments);
// Texts of index operands, joined by commas after `first`; NULL after a
// diagnostic.
const char *argumentList(KernelPrinter *p, const char *first, int count, ...);

// --- kernel_shape_calls.c

MlirLogicalResult printShapeOp(KernelPrinter *p, MlirOperation op);

// --- kernel_expr.c

// A pure computation of index or i1 values, printed where it is used.
bool isExpression(MlirOperation op);
Expr exprOf(KernelPrinter *p, MlirValue value);
// Text of a value as an operand of something that binds like `strength`.
const char *operandText(KernelPrinter *p, MlirValue value, int strength);
// The same as a whole expression.
const char *exprText(KernelPrinter *p, MlirValue value);

// --- kernel_affine.c

// Expression `expr` of an affine map over `operands` (dims, then symbols).
Expr affineText(KernelPrinter *p, MlirAffineExpr expr, intptr_t numDims,
                const Expr *operands);
int affineCountUses(MlirAffineExpr expr, intptr_t numDims, intptr_t operand);
const char *parenthesise(KernelPrinter *p, Expr expr, int strength);

// --- kernel_uses.c

typedef struct {
  int count;  // times it would be printed if it were not named
  bool inner; // some use is in a deeper block than its definition
} ValueUses;
ValueUses valueUses(MlirValue value);

// --- kernel_calls.c

// Prints a device op as its call; failure after a diagnostic.
MlirLogicalResult printDeviceOp(KernelPrinter *p, MlirOperation op);
// `call(arguments);` as a statement, with the header that declares it.
void emitCall(KernelPrinter *p, MlirOperation op, Call call,
              const char *arguments);
// Two circular buffers as arguments.
const char *cbPair(KernelPrinter *p, MlirStringRef a, MlirStringRef b);

// --- kernel_startup.c

MlirLogicalResult printStartup(KernelPrinter *p, MlirOperation op);
MlirLogicalResult printMatmulInit(KernelPrinter *p, MlirOperation op);

#endif
