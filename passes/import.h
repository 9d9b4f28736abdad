//===- import.h - what the files of tt-import share -----------------------===//
//
// `import.c` resolves options and walks the module; for each function,
// `import_function.c` finds its buffers and makes the host, and
// `import_kernel.c` turns each grid into a kernel. In a kernel every memref or
// tensor that is (a slice of) a buffer is a *view* (`import_view.c`); blocks
// that may end with their buffer get constant sizes (`import_ragged.c`,
// `import_extents.c`, `import_parts.c`); accesses
// through views become block transfers (`import_tensor.c` for values,
// `import_element.c`, `import_memref.c` and `import_resident.c` for memory),
// and what the transfers do to the buffers decides directions
// (`import_effects.c`).
//
//===----------------------------------------------------------------------===//

#ifndef TT_PASSES_IMPORT_H
#define TT_PASSES_IMPORT_H

#include "affine_form.h"
#include "tt-c/gen/Passes.h"
#include "tt-c/gen/TtAttrs.h"
#include <stdbool.h>
#include <stdint.h>

enum { TtImportMaxRank = 6, TtImportMaxGrid = 3 };

//===--- Requests of the user (import_user.c) -----------------------------===//

/// What the module and the pass options ask of every function.
typedef struct {
  TtDeviceAttr device;
  int64_t gridX, gridY; // cores, 0 for the device's
  TtFidelity fidelity;
  bool fp32Acc, fullSync;
  MlirStringRef api; // empty for the current one
} TtImportDefaults;

MlirLogicalResult ttImportResolveDefaults(MlirOperation module,
                                          const TtImportOptions *options,
                                          TtImportDefaults *defaults);

/// The schedule of a function's grids.
MlirLogicalResult ttImportResolveSchedule(const TtImportDefaults *defaults,
                                          MlirOperation func,
                                          TtScheduleAttr *schedule);

/// The precision of one kernel: what its types need and the user asked.
MlirLogicalResult ttImportResolveCompute(const TtImportDefaults *defaults,
                                         MlirOperation func,
                                         MlirOperation kernel,
                                         TtComputeAttr *compute);

//===--- Functions (import_function.c) ------------------------------------===//

/// A tensor in DRAM: an argument, a result, or scratch between grids.
typedef struct {
  char *name;               // its symbol
  MlirStringRef wantedName; // tt.name, or empty
  MlirLocation loc;
  MlirType type;            // ranked tensor
  int64_t argument, result; // positions, or -1
  MlirAttribute layout;     // tt.layout, or null
  // Effects of the grids so far, in the order of their launches.
  bool read, written;
  bool upload; // what the host put there is seen by a grid or by the caller
  MlirOperation fill; // the linalg.fill between grids that made its contents,
                      // until a grid overwrites them; or null
} TtImportBuffer;

typedef enum {
  TtImportWhole,   // a whole buffer
  TtImportPending, // a destination of a grid on tensors: a buffer to be written
  TtImportPure     // an op that kernels may repeat: constants, empty tensors
} TtImportValueKind;

/// What a value of a function's top level is to its kernels.
typedef struct {
  TtImportValueKind kind;
  int buffer;       // Whole, Pending
  int initial;      // Pending: the buffer that holds what was there, or -1 …
  MlirOperation op; // … and then the op that makes it; Pure: the op
} TtImportValue;

typedef struct {
  void *key; // the MlirValue's pointer
  TtImportValue value;
} TtImportValueEntry;

typedef struct {
  void *key; // pointer of a slicing op of the kernel being imported
  struct {
    MlirValue sizes[TtImportMaxRank]; // that are valid, per dimension, or null
  } value;
} TtImportExtentEntry;

typedef struct {
  const TtImportDefaults *defaults;
  MlirContext context;
  MlirOperation func, host;
  TtScheduleAttr schedule;
  TtImportBuffer *buffers;      // stb_ds array
  TtImportValueEntry *values;   // stb_ds map
  TtImportExtentEntry *extents; // stb_ds map
  int numKernels;
} TtImportFunction;

/// Replaces `func` by a `tt.host`; counts its kernels.
MlirLogicalResult ttImportFunctionRun(const TtImportDefaults *defaults,
                                      MlirOperation func, int64_t *numKernels);

/// The entry of a value of the function's top level, or null.
const TtImportValue *ttImportFunctionLookup(const TtImportFunction *function,
                                            MlirValue value);

/// Whether `op` fills a whole buffer between grids; then this is the buffer.
bool ttImportFillsBuffer(const TtImportFunction *function, MlirOperation op,
                         int *buffer);

/// Says that `op` cannot stand outside of a grid.
MlirLogicalResult ttImportRefuseTop(MlirOperation op);

/// Collects buffers and values of the top level, and names the buffers.
MlirLogicalResult ttImportCollectBuffers(TtImportFunction *function);

/// Whether elements of this type can be stored in tiles, and how.
bool ttImportElementFormat(MlirType element, TtDataFormat *format);

//===--- Kernels (import_kernel.c, import_body.c, import_loops.c) ---------===//

typedef struct {
  void *key; // pointer of a value of the function's top level
  MlirValue value;
} TtImportCaptureEntry;

typedef struct {
  void *key; // pointer of a tt.read_block or tt.write_block
  struct {
    int buffer;
    int64_t sizes[TtImportMaxRank]; // of the block, per dimension of the buffer
  } value;
} TtImportTransferEntry;

/// How many elements are valid along the dims of a value that had no constant
/// size.
typedef struct {
  MlirValue sizes[TtImportMaxRank]; // null for other dims
} TtImportSizes;

typedef struct {
  const void *key; // pointer of a value
  TtImportSizes value;
} TtImportSizesEntry;

typedef struct {
  TtImportFunction *function;
  MlirOperation forall, kernel;
  MlirBlock body;
  MlirOperation *ops; // stb_ds array: ops of the body in order; bodies of
                      // linalg ops and of element loops are not in it
  TtImportCaptureEntry *captured;   // stb_ds map
  MlirOperation marker;             // captured ops stand before it, reads of
                                    // whole buffers after; it goes at the end
  TtImportTransferEntry *transfers; // stb_ds map
  TtImportSizesEntry *sizes;        // stb_ds map
  struct {
    void *key;    // pointer of an op that copies into the beginning of a block
    double value; // the number that fills the block behind it
  } * filled;     // stb_ds map
} TtImportKernel;

/// Makes `op` use copies in the kernel for values of the function's top level
/// that are no buffers.
void ttImportCapture(TtImportKernel *kernel, MlirOperation op);

/// Turns a grid into the next kernel of the host.
MlirLogicalResult ttImportKernelRun(TtImportFunction *function,
                                    MlirOperation forall);

/// Lists the ops of the body anew.
void ttImportKernelCollect(TtImportKernel *kernel);

/// Checks that every op means something in a kernel and that types are static
/// and have a tile format; memory spaces are checked and dropped.
MlirLogicalResult ttImportCheckBody(TtImportKernel *kernel);

/// Gives blocks whose size is a minimum the size that this is at most, and
/// remembers the minimum as the extent of the slice (import_ragged.c).
MlirLogicalResult ttImportNormalizeShapes(TtImportKernel *kernel);

//===--- Extents of values on the core (import_extents.c) -----------------===//

/// What is known of the dims of a value, or null if all have constant sizes.
const TtImportSizes *ttImportSizesOf(const TtImportKernel *kernel,
                                     MlirValue value);
/// Notes the sizes of a new block; those of a value that is like another one;
/// those of a slice, given per dim of the whole.
void ttImportNoteSizes(TtImportKernel *kernel, MlirValue value,
                       const MlirValue *sizes);
void ttImportNoteSame(TtImportKernel *kernel, MlirValue value, MlirValue like);
void ttImportNoteSlice(TtImportKernel *kernel, MlirOperation slice,
                       const TtImportExtentEntry *extents, const int64_t *sizes,
                       intptr_t rank);
/// Notes at a linalg op which loops reduce such dims. Fails after a diagnostic
/// if the user did.
MlirLogicalResult ttImportNoteLinalg(TtImportKernel *kernel, MlirOperation op);

/// Lets loops use memrefs directly that they carry and never change.
void ttImportUncarryMemrefs(TtImportKernel *kernel);

/// Makes every loop run from 0 in steps of 1.
MlirLogicalResult ttImportNormalizeLoops(TtImportKernel *kernel);

/// Whether `op` is a linalg op.
bool ttImportIsLinalg(MlirOperation op);

/// Whether `op` is a nest of loops that loads, computes and stores elements
/// and does nothing else.
bool ttImportIsElementNest(MlirOperation op);

//===--- Views (import_view.c) --------------------------------------------===//

/// A static block of a buffer at offsets that are index values.
typedef struct {
  const TtImportValue *root;
  MlirType element;
  int rank;                              // of the buffer
  TtAffineForm offsets[TtImportMaxRank]; // in elements
  int64_t sizes[TtImportMaxRank];        // in elements
  MlirValue valid[TtImportMaxRank]; // elements inside the buffer, null for all
  int viewRank;              // rank of the value, at most that of the buffer
  int dims[TtImportMaxRank]; // dimension of the buffer, per one of the value
} TtImportView;

/// The memory that a value is a view of.
MlirValue ttImportRootOf(MlirValue value);

/// Whether `value` is a view of a buffer.
bool ttImportIsView(const TtImportKernel *kernel, MlirValue value);

/// Whether `value` is a view of a buffer. If so, `view` is filled, and freed
/// with ttImportViewDestroy.
bool ttImportViewGet(const TtImportFunction *function, MlirValue value,
                     TtImportView *view);
/// The same block as the destination of a tensor.parallel_insert_slice.
bool ttImportViewGetInsertion(const TtImportFunction *function,
                              MlirOperation insert, TtImportView *view);
void ttImportViewDestroy(TtImportView *view);

/// Whether two views are the same block of the same buffer.
bool ttImportViewEqual(const TtImportView *a, const TtImportView *b);

/// Checks that slices of buffers take neighbouring elements.
MlirLogicalResult ttImportCheckViews(TtImportKernel *kernel);

/// The extents of a slicing op that may end before its size does, or null.
const MlirValue *ttImportExtentsOf(const TtImportFunction *function,
                                   MlirOperation op);
/// Whether two extents, null for all of a dim, are the same.
bool ttImportSameExtent(MlirValue a, MlirValue b);

/// Checks the slices of blocks on the core whose size is no constant: where
/// what lies behind them matters, it must be known (import_parts.c).
MlirLogicalResult ttImportCheckParts(TtImportKernel *kernel);
/// Whether `copy` fills the beginning of a block on the core that is filled
/// with a number; then what lies behind it is that number.
bool ttImportFilledPart(TtImportKernel *kernel, MlirOperation copy,
                        double *number);

/// From where to where `op` moves elements as they are: a copy, or the step
/// from memory to a value or back, of which one side is then no memref.
bool ttImportCopyGet(MlirOperation op, MlirValue *from, MlirValue *to);

/// Whether the op only makes a view of its first operand.
bool ttImportIsViewOp(MlirOperation op);

/// The value type of a view: `tensor<…>`, and as memory `memref<…>`.
MlirType ttImportViewTensorType(const TtImportView *view);
MlirType ttImportViewMemrefType(const TtImportView *view);

/// Reads the view: a `tt.read_block`, or what stands for the initial contents
/// of a destination that no buffer holds.
MlirValue ttImportViewRead(TtImportKernel *kernel, const TtBuilder *b,
                           MlirLocation loc, const TtImportView *view);
/// Writes `value` to the view.
void ttImportViewWrite(TtImportKernel *kernel, const TtBuilder *b,
                       MlirLocation loc, const TtImportView *view,
                       MlirValue value);

//===--- Tensors that kernels make (import_constant.c) --------------------===//

/// Whether `op` makes a tensor without contents, or one of one number …
bool ttImportMakesTensor(MlirOperation op);
/// … and then what a slice of `type` of its result is.
MlirValue ttImportInitialValue(TtImportKernel *kernel, const TtBuilder *b,
                               MlirLocation loc, MlirOperation init,
                               MlirType type);
/// Gives all such tensors of the body one spelling: tensor.empty, and
/// linalg.fill of it.
void ttImportNormalizeTensors(TtImportKernel *kernel);

//===--- Accesses ---------------------------------------------------------===//

/// Replaces slices of tensors by block reads and writes.
MlirLogicalResult ttImportTensors(TtImportKernel *kernel);

/// Gives element loops that index buffers directly a view of the block that
/// they run over (import_element.c).
MlirLogicalResult ttImportElementViews(TtImportKernel *kernel);

/// An op that reads or writes a view in memory.
typedef struct {
  MlirOperation op;
  MlirValue value; // the memref
  TtImportView view;
  bool read, written;
  bool copies; // moves the block as it is, to or from something else
  bool done;
} TtImportAccess;

/// Replaces accesses to views in memory by block reads and writes.
MlirLogicalResult ttImportMemrefs(TtImportKernel *kernel);

/// Keeps blocks in local memory that are written by computation, or written
/// and then used again: one read before, one write after. `accesses` is an
/// stb_ds array in program order; those dealt with are `done`.
void ttImportResidentBlocks(TtImportKernel *kernel, TtImportAccess *accesses);

/// A new local memref for the view, filled with its contents if asked.
MlirValue ttImportStage(TtImportKernel *kernel, const TtBuilder *b,
                        MlirLocation loc, const TtImportView *view, bool fill);

/// Writes the contents of such a memref to the view.
void ttImportWriteBack(TtImportKernel *kernel, const TtBuilder *b,
                       MlirLocation loc, const TtImportView *view,
                       MlirValue local);

/// Makes `op`, and what is nested in it, use `to` for `from`.
void ttImportReplaceIn(MlirOperation op, MlirValue from, MlirValue to);

//===--- Effects (import_effects.c) ---------------------------------------===//

/// Checks the kernel's transfers for races and adds them to the effects on
/// buffers.
MlirLogicalResult ttImportKernelEffects(TtImportKernel *kernel);

/// The direction that the effects of all kernels give a buffer.
TtDirection ttImportBufferDirection(const TtImportBuffer *buffer);

#endif // TT_PASSES_IMPORT_H
