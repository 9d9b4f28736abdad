// Diagnostics with notes, and IR as text for them.

#include "tt-c/Diagnostics.h"
#include "mlir/CAPI/IR.h"
#include "mlir/CAPI/Support.h"
#include "mlir/IR/Diagnostics.h"
#include "tt-c/Verify.h"
#include <cstdarg>
#include <cstdlib>
#include <cstring>

using namespace mlir;

struct TtDiagnostic {
  InFlightDiagnostic diagnostic;
};

static std::string formatted(const char *format, va_list arguments) {
  va_list copy;
  va_copy(copy, arguments);
  int length = std::vsnprintf(nullptr, 0, format, copy);
  va_end(copy);
  std::string text(static_cast<size_t>(length), '\0');
  std::vsnprintf(text.data(), text.size() + 1, format, arguments);
  return text;
}

#define FORMATTED(text, format)                                                \
  va_list arguments;                                                           \
  va_start(arguments, format);                                                 \
  std::string text = formatted(format, arguments);                             \
  va_end(arguments)

MlirLogicalResult ttEmitError(MlirLocation loc, const char *format, ...) {
  FORMATTED(text, format);
  emitError(unwrap(loc)) << text;
  return mlirLogicalResultFailure();
}

MlirLogicalResult ttEmitOpError(MlirOperation op, const char *format, ...) {
  FORMATTED(text, format);
  unwrap(op)->emitOpError() << text;
  return mlirLogicalResultFailure();
}

void ttEmitWarning(MlirLocation loc, const char *format, ...) {
  FORMATTED(text, format);
  emitWarning(unwrap(loc)) << text;
}

void ttEmitRemark(MlirLocation loc, const char *format, ...) {
  FORMATTED(text, format);
  emitRemark(unwrap(loc)) << text;
}

TtDiagnostic *ttDiagnosticError(MlirLocation loc, const char *format, ...) {
  FORMATTED(text, format);
  InFlightDiagnostic diagnostic = emitError(unwrap(loc));
  diagnostic << text;
  return new TtDiagnostic{std::move(diagnostic)};
}

TtDiagnostic *ttDiagnosticOpError(MlirOperation op, const char *format, ...) {
  FORMATTED(text, format);
  InFlightDiagnostic diagnostic = unwrap(op)->emitOpError();
  diagnostic << text;
  return new TtDiagnostic{std::move(diagnostic)};
}

void ttDiagnosticNote(TtDiagnostic *diagnostic, MlirLocation loc,
                      const char *format, ...) {
  FORMATTED(text, format);
  diagnostic->diagnostic.attachNote(unwrap(loc)) << text;
}

void ttDiagnosticHint(TtDiagnostic *diagnostic, const char *format, ...) {
  FORMATTED(text, format);
  diagnostic->diagnostic.attachNote() << text;
}

MlirLogicalResult ttDiagnosticReport(TtDiagnostic *diagnostic) {
  diagnostic->diagnostic.report();
  delete diagnostic;
  return mlirLogicalResultFailure();
}

MlirLogicalResult ttVerifierError(TtVerifier *verifier, const char *format,
                                  ...) {
  FORMATTED(text, format);
  using Emit = llvm::function_ref<InFlightDiagnostic()>;
  if (const Emit *emit = static_cast<const Emit *>(verifier->emit); *emit)
    (*emit)() << text;
  return mlirLogicalResultFailure();
}

template <typename T> static char *toText(T printable) {
  std::string text;
  llvm::raw_string_ostream stream(text);
  printable.print(stream);
  return strdup(text.c_str());
}

char *ttTypeToText(MlirType type) { return toText(unwrap(type)); }

char *ttAttributeToText(MlirAttribute attribute) {
  return toText(unwrap(attribute));
}
