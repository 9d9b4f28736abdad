"""Writes Hooks.h and Hooks.cpp: the C++ that ODS demands, forwarding to C.

One idea: `hasVerifier`, region and symbol-use verifiers are one line of C++
each; what they check is C in dialect/verify_*.c.
"""

from emit_ops import NOTICE
from records import camel


def hooks_of(op):
    name = op.c_name[2:]
    klass = op.class_name
    if op.record.get("hasVerifier"):
        yield (f"ttVerify{name}(MlirOperation op)",
               f"{klass}::verify()", "wrap(getOperation())")
    if op.record.get("hasRegionVerifier"):
        yield (f"ttVerify{name}Regions(MlirOperation op)",
               f"{klass}::verifyRegions()", "wrap(getOperation())")
    if "SymbolUserOpInterface" in op.traits:
        yield (f"ttVerify{name}Symbols(MlirOperation op, TtSymbols *symbols)",
               f"{klass}::verifySymbolUses(::mlir::SymbolTableCollection &s)",
               "wrap(getOperation()), reinterpret_cast<TtSymbols *>(&s)")


DIALECT_HOOKS = (
    ("hasOperationAttrVerify", "ttVerifyOperationAttribute(MlirOperation op, "
     "MlirNamedAttribute attribute)",
     "verifyOperationAttribute(::mlir::Operation *op, ::mlir::NamedAttribute a)",
     "wrap(op), named(a)"),
    ("hasRegionArgAttrVerify", "ttVerifyArgumentAttribute(MlirOperation op, "
     "intptr_t region, intptr_t argument, MlirNamedAttribute attribute)",
     "verifyRegionArgAttribute(::mlir::Operation *op, unsigned r, unsigned i, "
     "::mlir::NamedAttribute a)", "wrap(op), r, i, named(a)"),
    ("hasRegionResultAttrVerify", "ttVerifyResultAttribute(MlirOperation op, "
     "intptr_t region, intptr_t result, MlirNamedAttribute attribute)",
     "verifyRegionResultAttribute(::mlir::Operation *op, unsigned r, unsigned i, "
     "::mlir::NamedAttribute a)", "wrap(op), r, i, named(a)"),
)


def hook(prototype, method, arguments, partial):
    """One line of C++; in a partial build the C behind it may be missing."""
    call = prototype[:prototype.index("(")]
    weak, guard = "", ""
    if partial:
        weak = ("extern \"C\" __attribute__((weak)) MlirLogicalResult "
                f"{prototype};\n")
        guard = f"  if (!{call})\n    return ::mlir::success();\n"
    return (f"{weak}::llvm::LogicalResult {method} {{\n{guard}"
            f"  return unwrap({call}({arguments}));\n}}\n")


def emit_hooks(dialect, partial):
    header = [NOTICE, "#ifndef TT_C_GEN_HOOKS_H\n#define TT_C_GEN_HOOKS_H\n",
              '#include "mlir-c/IR.h"\n#include "tt-c/Verify.h"\n',
              "#ifdef __cplusplus\nextern \"C\" {\n#endif\n",
              "// Each of these is written in dialect/verify_*.c."]
    source = [NOTICE, '#include "tt-c/gen/Hooks.h"\n#include "TTDialect.h"',
              '#include "mlir/CAPI/IR.h"\n#include "mlir/CAPI/Support.h"\n']
    hooks = [hook for op in dialect.ops for hook in hooks_of(op)]
    namespace = dialect.namespace
    for prototype, method, arguments in hooks:
        header.append(f"MlirLogicalResult {prototype};")
        source.append(hook(prototype, f"{namespace}::{method}", arguments,
                           partial))
    source.append("[[maybe_unused]] static MlirNamedAttribute named(::mlir::NamedAttribute a) {\n"
                  "  return {wrap(a.getName()), wrap(a.getValue())};\n}\n")
    for flag, prototype, method, arguments in DIALECT_HOOKS:
        if dialect.record.get(flag):
            header.append(f"MlirLogicalResult {prototype};")
            klass = dialect.record["!name"].replace("_", "")
            source.append(hook(prototype, f"{namespace}::{klass}::{method}",
                               arguments, partial))
    header.append("\n#ifdef __cplusplus\n}\n#endif\n\n#endif\n")
    return "\n".join(header), "\n".join(source)
