// The graph of block values in each tt.kernel: boxes are ops, cylinders
// circular buffers, clusters loops and sections. An edge is a value; where it
// passes through a circular buffer it passes through the cylinder. Dashed edges
// lead back to what a loop carries.

#include "dfg_dot.h"

#include "mlir-c/BuiltinTypes.h"
#include "text.h"
#include "tt-c/Diagnostics.h"
#include "tt-c/gen/ScfOps.h"
#include "tt-c/gen/TtOps.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
  MlirValue value;
  int node;
} Source;

typedef struct {
  FILE *out;
  FILE *edges; // printed after all clusters: an edge would draw its node in one
  int nodes;
  int clusters;
  int indent;
  Source *sources;
  size_t numSources, capacity;
} Drawing;

static void line(Drawing *d, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static void line(Drawing *d, const char *format, ...) {
  va_list arguments;
  fprintf(d->out, "%*s", 2 * d->indent, "");
  va_start(arguments, format);
  vfprintf(d->out, format, arguments);
  va_end(arguments);
  fputc('\n', d->out);
}

// --- Which node a value comes from

static void bind(Drawing *d, MlirValue value, int node) {
  if (d->numSources == d->capacity) {
    d->capacity = d->capacity ? 2 * d->capacity : 64;
    d->sources = realloc(d->sources, d->capacity * sizeof(*d->sources));
    if (!d->sources)
      abort();
  }
  d->sources[d->numSources++] = (Source){value, node};
}

// -1 for values that are not drawn: indices.
static int sourceOf(const Drawing *d, MlirValue value) {
  for (size_t i = d->numSources; i-- > 0;)
    if (mlirValueEqual(d->sources[i].value, value))
      return d->sources[i].node;
  return -1;
}

static bool isBlock(MlirValue value) {
  return mlirTypeIsARankedTensor(mlirValueGetType(value));
}

static void edge(Drawing *d, int from, int to, bool back) {
  if (from >= 0)
    fprintf(d->edges, "  n%d -> n%d%s;\n", from, to,
            back ? " [style=dashed, constraint=false]" : "");
}

// --- Labels

// Text inside a quoted label.
static void escaped(FILE *out, const char *text, size_t length) {
  for (size_t i = 0; i < length; ++i) {
    if (text[i] == '"' || text[i] == '\\')
      fputc('\\', out);
    fputc(text[i] == '\n' ? ' ' : text[i], out);
  }
}

static void blockShape(FILE *out, MlirType type) {
  MlirType tile = mlirShapedTypeGetElementType(type);
  if (!ttTypeIsATile(tile) || mlirShapedTypeGetRank(type) != 2)
    return;
  fprintf(out, "\\n%" PRId64 "x%" PRId64 " tiles of %s",
          mlirShapedTypeGetDimSize(type, 0), mlirShapedTypeGetDimSize(type, 1),
          ttDataFormatToString(ttTileTypeGet(tile).format));
}

static void functionOf(FILE *out, MlirOperation op) {
  if (ttUnaryIsa(op))
    fprintf(out, " %s", ttUnaryFunctionToString(ttUnaryGetFunction(op)));
  else if (ttBinaryIsa(op))
    fprintf(out, " %s", ttBinaryFunctionToString(ttBinaryGetFunction(op)));
  else if (ttBcastIsa(op))
    fprintf(out, " %s", ttBcastDimToString(ttBcastGetDim(op)));
  else if (ttReduceIsa(op))
    fprintf(out, " %s %s", ttReduceKindToString(ttReduceGetKind(op)),
            ttReduceDimToString(ttReduceGetDim(op)));
  else if (ttFillIsa(op))
    fprintf(out, " %g", ttFillGetValue(op));
}

static void unitOf(FILE *out, MlirOperation op) {
  if (ttUnaryIsa(op) && ttUnaryHasUnit(op))
    fprintf(out, "\\non %s", ttUnitToString(ttUnaryGetUnit(op)));
  else if (ttBinaryIsa(op) && ttBinaryHasUnit(op))
    fprintf(out, "\\non %s", ttUnitToString(ttBinaryGetUnit(op)));
  else if (ttTypecastIsa(op) && ttTypecastHasUnit(op))
    fprintf(out, "\\non %s", ttUnitToString(ttTypecastGetUnit(op)));
  else if (ttSelectIsa(op) && ttSelectHasUnit(op))
    fprintf(out, "\\non %s", ttUnitToString(ttSelectGetUnit(op)));
  else if (ttBcastIsa(op) && ttBcastHasUnit(op))
    fprintf(out, "\\non %s", ttUnitToString(ttBcastGetUnit(op)));
}

static MlirStringRef transferredBuffer(MlirOperation op) {
  if (ttReadBlockIsa(op))
    return ttReadBlockGetBuffer(op);
  return ttWriteBlockIsa(op) ? ttWriteBlockGetBuffer(op)
                             : (MlirStringRef){"", 0};
}

static int opNode(Drawing *d, MlirOperation op) {
  MlirStringRef name = mlirIdentifierStr(mlirOperationGetName(op));
  MlirStringRef buffer = transferredBuffer(op);
  fprintf(d->out, "%*sn%d [shape=%s, label=\"", 2 * d->indent, "", d->nodes,
          buffer.length ? "house" : "box");
  escaped(d->out, name.data, name.length);
  if (buffer.length) {
    fputs(" @", d->out);
    escaped(d->out, buffer.data, buffer.length);
  }
  functionOf(d->out, op);
  if (mlirOperationGetNumResults(op) == 1)
    blockShape(d->out, mlirValueGetType(mlirOperationGetResult(op, 0)));
  unitOf(d->out, op);
  fputs("\"];\n", d->out);
  return d->nodes++;
}

static void cbNode(Drawing *d, MlirOperation op) {
  TtCBType type = ttCBTypeGet(mlirValueGetType(ttAllocCbGetResult(op)));
  MlirStringRef name =
      ttAllocCbHasName(op) ? ttAllocCbGetName(op) : (MlirStringRef){"", 0};
  fprintf(d->out, "%*sn%d [shape=cylinder, label=\"", 2 * d->indent, "",
          d->nodes);
  escaped(d->out, name.data, name.length);
  if (ttAllocCbHasId(op))
    fprintf(d->out, " c_%" PRId64, ttAllocCbGetId(op));
  fprintf(d->out, "\\n%" PRId64 " pages, %" PRId64 " a production", type.pages,
          ttAllocCbGetProduction(op));
  if (ttAllocCbHasOrder(op) && ttAllocCbGetNumOrder(op) == 2)
    fprintf(d->out, "\\norder %" PRId64 "x%" PRId64, ttAllocCbGetOrder(op)[0],
            ttAllocCbGetOrder(op)[1]);
  if (ttAllocCbHasUnpack(op))
    fprintf(d->out, ", unpack %s",
            ttUnpackModeToString(ttAllocCbGetUnpack(op)));
  fputs("\"];\n", d->out);
  bind(d, ttAllocCbGetResult(op), d->nodes++);
}

// --- Ops

static void drawBlock(Drawing *d, MlirBlock block);

static void openCluster(Drawing *d, const char *style) {
  line(d, "subgraph cluster%d {", d->clusters++);
  ++d->indent;
  line(d, "style=\"%s\";", style);
}

static void closeCluster(Drawing *d) {
  --d->indent;
  line(d, "}");
}

static void drawTransfer(Drawing *d, MlirOperation op) {
  int node = opNode(d, op);
  bool read = ttReadBlockIsa(op);
  MlirValue cb = read ? ttReadBlockGetCb(op) : ttWriteBlockGetCb(op);
  int ring = mlirValueIsNull(cb) ? -1 : sourceOf(d, cb);
  if (read) {
    if (ring >= 0)
      edge(d, node, ring, false);
    bind(d, ttReadBlockGetResult(op), ring >= 0 ? ring : node);
    return;
  }
  edge(d, ring >= 0 ? ring : sourceOf(d, ttWriteBlockGetValue(op)), node,
       false);
}

static void drawSection(Drawing *d, MlirOperation op) {
  MlirBlock body = mlirRegionGetFirstBlock(ttSectionGetBody(op));
  openCluster(d, "filled");
  line(d, "fillcolor=\"#eef3fb\";");
  if (ttSectionGetNumGrid(op) == 2)
    line(d, "label=\"section: %" PRId64 "x%" PRId64 " sub-blocks\";",
         ttSectionGetGrid(op)[0], ttSectionGetGrid(op)[1]);
  drawBlock(d, body);
  closeCluster(d);
  MlirOperation yield = mlirBlockGetTerminator(body);
  for (intptr_t i = 0; i < ttSectionGetNumResults(op); ++i) {
    int from = sourceOf(d, ttYieldGetValues(yield, i));
    int ring =
        i < ttSectionGetNumCbs(op) ? sourceOf(d, ttSectionGetCbs(op, i)) : -1;
    if (ring >= 0)
      edge(d, from, ring, false);
    bind(d, ttSectionGetResults(op, i), ring >= 0 ? ring : from);
  }
}

static void drawAccumulate(Drawing *d, MlirOperation op) {
  openCluster(d, "rounded");
  line(d, "label=\"sum in L1\";");
  drawBlock(d, mlirRegionGetFirstBlock(ttAccumulateGetBody(op)));
  closeCluster(d);
  for (intptr_t i = 0; i < ttAccumulateGetNumResults(op); ++i)
    bind(d, ttAccumulateGetResults(op, i),
         sourceOf(d, ttAccumulateGetCbs(op, i)));
}

static void drawFor(Drawing *d, MlirOperation op) {
  MlirBlock body = mlirRegionGetFirstBlock(ttScfForGetRegion(op));
  openCluster(d, "rounded");
  line(d, "label=\"loop\";");
  for (intptr_t i = 0; i < ttScfForGetNumInitArgs(op); ++i) {
    MlirValue carried = mlirBlockGetArgument(body, i + 1);
    if (!isBlock(carried))
      continue;
    line(d, "n%d [shape=ellipse, label=\"carried\"];", d->nodes);
    edge(d, sourceOf(d, ttScfForGetInitArgs(op, i)), d->nodes, false);
    bind(d, carried, d->nodes++);
  }
  drawBlock(d, body);
  closeCluster(d);
  MlirOperation yield = mlirBlockGetTerminator(body);
  for (intptr_t i = 0; i < ttScfForGetNumInitArgs(op); ++i) {
    int from = sourceOf(d, ttScfYieldGetResults(yield, i));
    int carried = sourceOf(d, mlirBlockGetArgument(body, i + 1));
    if (carried >= 0)
      edge(d, from, carried, true);
    if (from >= 0)
      bind(d, ttScfForGetResults(op, i), from);
  }
}

// Any other op that uses or makes a block.
static void drawValueOp(Drawing *d, MlirOperation op) {
  bool drawn = false;
  for (intptr_t i = 0; i < mlirOperationGetNumResults(op); ++i)
    drawn |= isBlock(mlirOperationGetResult(op, i));
  if (!drawn)
    return;
  int node = opNode(d, op);
  for (intptr_t i = 0; i < mlirOperationGetNumOperands(op); ++i)
    edge(d, sourceOf(d, mlirOperationGetOperand(op, i)), node, false);
  for (intptr_t i = 0; i < mlirOperationGetNumResults(op); ++i)
    bind(d, mlirOperationGetResult(op, i), node);
}

static void drawOp(Drawing *d, MlirOperation op) {
  if (ttReadBlockIsa(op) || ttWriteBlockIsa(op))
    drawTransfer(d, op);
  else if (ttAllocCbIsa(op))
    cbNode(d, op);
  else if (ttSectionIsa(op))
    drawSection(d, op);
  else if (ttAccumulateIsa(op))
    drawAccumulate(d, op);
  else if (ttScfForIsa(op))
    drawFor(d, op);
  else
    drawValueOp(d, op);
}

static void drawBlock(Drawing *d, MlirBlock block) {
  for (MlirOperation op = mlirBlockGetFirstOperation(block);
       !mlirOperationIsNull(op); op = mlirOperationGetNextInBlock(op))
    drawOp(d, op);
}

// --- Kernels

static void drawKernel(MlirOperation kernel, FILE *out) {
  char *edges = NULL;
  size_t length = 0;
  Drawing d = {.out = out, .indent = 1};
  d.edges = open_memstream(&edges, &length);
  if (!d.edges)
    abort();
  MlirStringRef name = ttKernelGetSymName(kernel);
  fputs("digraph \"", out);
  escaped(out, name.data, name.length);
  fputs("\" {\n", out);
  drawBlock(&d, mlirRegionGetFirstBlock(ttKernelGetBody(kernel)));
  fclose(d.edges);
  fwrite(edges, 1, length, out);
  fputs("}\n", out);
  free(edges);
  free(d.sources);
}

typedef struct {
  FILE *out;
  int kernels;
} Visit;

static MlirWalkResult visit(MlirOperation op, void *data) {
  Visit *v = data;
  if (!ttKernelIsa(op))
    return MlirWalkResultAdvance;
  drawKernel(op, v->out);
  ++v->kernels;
  return MlirWalkResultSkip;
}

MlirLogicalResult dfgPrintDot(MlirOperation module, MlirStringCallback print,
                              void *data) {
  char *text = NULL;
  size_t length = 0;
  Visit v = {open_memstream(&text, &length), 0};
  if (!v.out)
    abort();
  mlirOperationWalk(module, visit, &v, MlirWalkPreOrder);
  fclose(v.out);
  MlirLogicalResult result = mlirLogicalResultSuccess();
  if (v.kernels > 0) {
    print(mlirStringRefCreate(text, length), data);
  } else {
    TtDiagnostic *d = ttDiagnosticError(mlirOperationGetLocation(module),
                                        "module has no 'tt.kernel' to draw");
    ttDiagnosticHint(d, "graphs are drawn from the result of "
                        "tt-build-tile-dfg, before the split");
    result = ttDiagnosticReport(d);
  }
  free(text);
  return result;
}
