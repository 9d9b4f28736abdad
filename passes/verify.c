//===- verify.c - the finished programs keep the rules of the hardware ----===//
//
// The last pass: it changes nothing and believes nothing. From the rules of the
// hardware alone (METALIUM sheet §2.2, §3.1, §4, §7, §9) it follows every
// kernel of every program along all its paths, the kernels of a program against
// each other, and the program against the device. What it cannot decide is an
// error as well. A check assumes what the ones before it have established.
//
//===----------------------------------------------------------------------===//

#include "tt-c/gen/Passes.h"
#include "tt-c/gen/TtOps.h"
#include "verify_program.h"

static MlirLogicalResult verifyKernels(const VerifyProgram *program) {
  MlirLogicalResult result = mlirLogicalResultSuccess();
  for (int role = 0; role < TtRoleNumCases; ++role)
    if (mlirLogicalResultIsFailure(verifyKernel(program, (TtRole)role)))
      result = mlirLogicalResultFailure();
  return result;
}

static MlirLogicalResult verifyProgram(MlirOperation op) {
  static MlirLogicalResult (*const checks[])(const VerifyProgram *) = {
      verifyDeclarations, verifyWork,     verifyArguments, verifyKernels,
      verifyBalance,      verifyProgress, verifyPages};
  VerifyProgram program;
  MlirLogicalResult result = verifyProgramRead(op, &program);
  for (size_t i = 0; i < sizeof checks / sizeof checks[0] &&
                     mlirLogicalResultIsSuccess(result);
       ++i)
    result = checks[i](&program);
  verifyProgramFree(&program);
  return result;
}

MlirLogicalResult ttRunVerify(TtPass *pass, MlirOperation host,
                              const TtVerifyOptions *options) {
  (void)options;
  ttPassMarkUnchanged(pass);
  MlirLogicalResult result = mlirLogicalResultSuccess();
  MlirBlock body = mlirRegionGetFirstBlock(ttHostGetBody(host));
  for (MlirOperation op = mlirBlockGetFirstOperation(body);
       !mlirOperationIsNull(op); op = mlirOperationGetNextInBlock(op))
    if (ttProgramIsa(op) && mlirLogicalResultIsFailure(verifyProgram(op)))
      result = mlirLogicalResultFailure();
  return result;
}
