//===- verify_inits.h - what inits program and calls need -----------------===//
//
// METALIUM sheet §3.2 to §4.3, as states that compare.
//
//===----------------------------------------------------------------------===//

#ifndef TT_PASSES_VERIFY_INITS_H
#define TT_PASSES_VERIFY_INITS_H

#include "verify_state.h"

/// What unpacker and packer are set to for a circular buffer; -1 if there is
/// none of the name.
int64_t verifyUnpackFormat(const VerifyProgram *program, MlirStringRef cb);
int64_t verifyPackFormat(const VerifyProgram *program, MlirStringRef cb);

typedef struct {
  MlirStringRef a, b; // circular buffers fed to SrcA and SrcB; length 0: none
} VerifySources;

VerifySources verifySourcesOf(const VerifyProgram *program, MlirOperation op);

/// What an init of the FPU (or of the SFPU) programs; false if `op` is none.
bool verifyFpuInitOf(const VerifyProgram *program, MlirOperation op,
                     VerifyProgrammed *state);
bool verifySfpuInitOf(MlirOperation op, VerifyProgrammed *state);

/// What a call must find: the state its own init would have left.
VerifyProgrammed verifyFpuNeedOf(const VerifyProgram *program,
                                 MlirOperation op);
VerifyProgrammed verifySfpuNeedOf(MlirOperation op);

#endif // TT_PASSES_VERIFY_INITS_H
