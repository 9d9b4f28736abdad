// The cores of a program as rectangles.

#ifndef TT_TRANSLATE_CORE_RANGES_H
#define TT_TRANSLATE_CORE_RANGES_H

#include "model.h"

// Disjoint rectangles that cover exactly the cores of `work`, by row and then
// by column. The caller frees the result with free().
ModelCoreRange *coreRanges(const TtWorkAttr *work, intptr_t *count);

#endif
