// Building and reading IR for the reference programs: thin conveniences over
// MLIR's C API, and the list of the files' entry points.

#ifndef TT_REFERENCE_IR_H
#define TT_REFERENCE_IR_H

#include "mlir-c/BuiltinAttributes.h"
#include "mlir-c/BuiltinTypes.h"
#include "mlir-c/IR.h"

// The float formats a device buffer can have; the value is the index of the
// format in the table of rules.c.
typedef enum { FORMAT_NONE = -1, FORMAT_BF16, FORMAT_F16, FORMAT_F32 } Format;

// Where new operations go: before `before`, or at the end of `block` if
// `before` is null.
typedef struct {
  MlirContext context;
  MlirLocation location;
  MlirBlock block;
  MlirOperation before;
} Cursor;

typedef struct {
  MlirOperation *items;
  size_t count, capacity;
} OpList;

// ir.c
MlirStringRef str(const char *text);
bool opIs(MlirOperation op, const char *name);
const char *opName(MlirOperation op);
bool opStartsWith(MlirOperation op, const char *prefix);
bool refIs(MlirStringRef ref, const char *text);
bool isReduction(MlirOperation op); // has a location named REDUCTION_MARK
Cursor cursorBefore(MlirOperation op);
MlirOperation emitOp(Cursor *at, const char *name, intptr_t numOperands,
                     MlirValue *operands, intptr_t numResults,
                     MlirType *results, intptr_t numAttributes,
                     MlirNamedAttribute *attributes);
MlirValue emitValue(Cursor *at, const char *name, intptr_t numOperands,
                    MlirValue *operands, MlirType result);
MlirValue emitConstant(Cursor *at, MlirAttribute value, MlirType type);
MlirNamedAttribute named(MlirContext context, const char *name,
                         MlirAttribute attribute);
void appendToList(OpList *list, MlirOperation op);
OpList collectOps(MlirOperation root); // every op below root in program order;
                                       // the caller frees `items`
void replaceOp(MlirOperation op, MlirValue value); // the op of one result
Format formatOf(MlirType type); // of a float type or of the elements of a
                                // shaped type; FORMAT_NONE for anything else
bool hasFloat(MlirType type);
const char *elementName(MlirType element); // bf16, f16, f32, i32, … or NULL if
                                           // no buffer can hold it
// Calls `convert` on the types of all results, block arguments and function
// signatures below `root`.
void convertTypes(MlirOperation root, MlirType (*convert)(MlirType));
bool printToFile(MlirOperation module, const char *path);

// prepare.c: the input without what only the device knows. Returns false after
// a diagnostic.
bool prepareModule(MlirOperation module);
// track.c: every float becomes a tracked value. Writes the buffers of each
// function to `signature` and a C entry to `entry`.
bool trackModule(MlirOperation module, const char *signature,
                 const char *entry);
// track_op.c: the tracked form (tracked_value.h) of one operation; `from` and
// `to` are the formats of its first operand and of its result, bit i of
// `truncatedOperands` says that the device truncates operand i of a sum.
// Returns false after a diagnostic.
bool trackOp(MlirOperation op, Format from, Format to,
             unsigned truncatedOperands);
// constants.c: array constants; widenGlobal returns false after a diagnostic.
bool widenGlobal(MlirOperation global);
MlirValue openLoop(Cursor *at, int64_t size); // over [0, size): leaves the
                                              // cursor in it, returns its index
void trackGetGlobal(MlirOperation op);

// threads.c: thread ids become loops. Returns false after a diagnostic.
bool lowerThreads(MlirOperation function);
// blocks.c: after each loop at the top of a function that writes a buffer kept
// in a block format, the rounding to it.
void roundBlockBuffers(MlirOperation function);
int blockDigitsOf(MlirOperation function, intptr_t position); // 0: none

// The attributes by which prepare tells track which arguments were memrefs
// ('m') and tensors ('t'), and for each argument and each result how many bits
// of a magnitude a block format keeps ('0': it has none), and the location name
// that marks the operations of a contraction or reduction body.
#define ARGUMENTS_ATTRIBUTE "check.arguments"
#define BLOCKS_ATTRIBUTE "check.blocks"
#define REDUCTION_MARK "tt-check.reduction"

#endif
