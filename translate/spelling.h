// How calls are spelled in each version of the Metalium API, and where they
// are declared: the one table of differences (METALIUM sheet §1.3).

#ifndef TT_TRANSLATE_SPELLING_H
#define TT_TRANSLATE_SPELLING_H

#include "model.h"

typedef enum {
  CallHwStartup,
  CallHwStartupReverse,
  CallReconfig,
  CallReconfigSrca,
  CallReconfigSrcb,
  CallPackReconfig,
  CallPackReconfigL1Acc,
  CallTileRegsAcquire,
  CallTileRegsCommit,
  CallTileRegsWait,
  CallTileRegsRelease,
  CallCopyInit,
  CallCopyTile,
  CallMatmulStartup,      // startup and init in one, where the API has it so
  CallMatmulBlockStartup, // (NULL where it has not)
  CallMatmulInit,
  CallMatmulTiles,
  CallMatmulBlockInit,
  CallMatmulBlock,
  CallAddInit,
  CallSubInit,
  CallMulInit,
  CallAddTiles,
  CallSubTiles,
  CallMulTiles,
  CallAddReuseInit, // followed by the reuse type and `>`
  CallSubReuseInit,
  CallMulReuseInit,
  CallAddReuseTiles,
  CallSubReuseTiles,
  CallMulReuseTiles,
  CallFillInit,
  CallFillTile,
  CallFillTileBits,
  CallFillTileInt,
  CallCopyDestInit,
  CallCopyDest,
  CallReduceInit, // followed by the pool, the dim and `>`
  CallReduceTile,
  CallReduceUninit,
  CallUnaryBcastInit, // followed by the dim and `>`; NULL where the older form
  CallUnaryBcast,     // would start the hardware again
  CallUnaryBcastUninit,
  CallTransposeInit,
  CallTransposeTile,
  CallTransposeDestInit,
  CallTransposeDest,
  CallTypecastInit, // followed by the two formats and `>`
  CallTypecastTile,
  CallWhereInit,
  CallWhereTile, // followed by the format and `>`
  CallPackTile,
  CallPackTileAt,
  CallReadPage,
  CallWritePage,
  NumCalls
} Call;

// The name of a format, without `DataFormat::`.
const char *formatName(TtDataFormat format);

// The call's name with its template arguments; NULL if the API has no such.
const char *callName(Api api, Call call);
// The header that a compute kernel includes for it.
const char *callHeader(Api api, Call call);

// Include path of a compute header that stands below `api/compute/`.
const char *computeHeader(TextPool *pool, Api api, const char *header);
const char *dataflowHeader(Api api);

// First and last lines of a kernel.
const char *kernelOpening(Api api, TtRole role);
const char *kernelClosing(Api api, TtRole role);

// Whether TensorAccessor is constructed with the page size.
bool accessorTakesPageSize(Api api);

// Functions of the kernel API that names of circular buffers could hide;
// ended by NULL.
extern const char *const reservedCBNames[];

#endif
