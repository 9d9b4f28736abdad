/* forms.h - what ir-fuzz does for coverage-fuzz. */
#ifndef TT_FUZZ_FORMS_H
#define TT_FUZZ_FORMS_H

#include "mutate.h"

/* Writes each module as it is and after some passes into `folder`, with the
 * line that says with which pass to go on; the exit status. */
int writeForms(const char *folder, const Buffer *modules, size_t count,
               uint64_t seed);

/* Exit status 0 if `stock`, the distribution's mlir-opt, crashes on the input
 * as well, 1 if it is ours. */
int judgeInput(const char *stock, const Buffer *input);

#endif
