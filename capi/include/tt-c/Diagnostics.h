// Diagnostics in C: printf-style errors, warnings and remarks at a location,
// with notes attached before they are reported.
//
//   ttEmitError(loc, "'%s' op needs %" PRId64 " B of L1", name, bytes);
//
//   TtDiagnostic *d = ttDiagnosticError(loc, "…");
//   ttDiagnosticNote(d, otherLoc, "…");
//   return ttDiagnosticReport(d);

#ifndef TT_C_DIAGNOSTICS_H
#define TT_C_DIAGNOSTICS_H

#include "mlir-c/IR.h"
#include "mlir-c/Support.h"

#ifdef __cplusplus
extern "C" {
#endif

// Reports and returns failure, so that callers can `return ttEmitError(…)`.
MlirLogicalResult ttEmitError(MlirLocation loc, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
// The same at an op, with its name in front: `'tt.cb' op …`.
MlirLogicalResult ttEmitOpError(MlirOperation op, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void ttEmitWarning(MlirLocation loc, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void ttEmitRemark(MlirLocation loc, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

// A diagnostic under construction; owned by the caller until reported.
typedef struct TtDiagnostic TtDiagnostic;

TtDiagnostic *ttDiagnosticError(MlirLocation loc, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
TtDiagnostic *ttDiagnosticOpError(MlirOperation op, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void ttDiagnosticNote(TtDiagnostic *diagnostic, MlirLocation loc,
                      const char *format, ...)
    __attribute__((format(printf, 3, 4)));
// A note at the location of the diagnostic itself.
void ttDiagnosticHint(TtDiagnostic *diagnostic, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
// Reports, frees and returns failure.
MlirLogicalResult ttDiagnosticReport(TtDiagnostic *diagnostic);

// IR as text for a message. The caller frees the result with free().
char *ttTypeToText(MlirType type);
char *ttAttributeToText(MlirAttribute attribute);

#ifdef __cplusplus
}
#endif

#endif
