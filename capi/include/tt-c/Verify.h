// What a verifier written in C gets besides the op: a way to reject parameters
// of attributes and types, and symbol lookup that is shared by all ops.

#ifndef TT_C_VERIFY_H
#define TT_C_VERIFY_H

#include "mlir-c/IR.h"
#include "mlir-c/Support.h"

#ifdef __cplusplus
extern "C" {
#endif

// The sink of a `ttVerify<Name>Attr` or `ttVerify<Name>Type`.
typedef struct {
  const void *emit; // the C++ function_ref that makes diagnostics
} TtVerifier;

// Reports printf-style and returns failure.
MlirLogicalResult ttVerifierError(TtVerifier *verifier, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

// Symbol tables built once for a whole verification.
typedef struct TtSymbols TtSymbols;

// The op that a symbol reference attribute names, seen from `from`, or null.
MlirOperation ttSymbolsLookup(TtSymbols *symbols, MlirOperation from,
                              MlirAttribute reference);

#ifdef __cplusplus
}
#endif

#endif
