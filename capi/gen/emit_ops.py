"""Writes <Dialect>Ops.h and <Dialect>Ops.c: isa, accessors and a builder per op.

One idea: `OpEmitter` produces (prototype, body) pairs; the header takes the
first halves, the source both, so the two cannot disagree.
"""

from model import Attribute
from records import camel, parameter

NOTICE = "// Generated from the .td files by capi/gen; edit those.\n"


def quoted(text):
    return f'mlirStringRefCreate("{text}", {len(text)})'


class OpEmitter:
    def __init__(self, op, attr_names):
        self.op = op
        self.functions = []
        self.attr_names = attr_names

    def add(self, result, suffix, parameters, body):
        space = "" if result.endswith("*") else " "
        self.functions.append(
            (f"{result}{space}{self.op.c_name}{suffix}({parameters})", body))

    def emit(self):
        self.isa()
        for value in self.op.operands:
            self.value_getters(value, self.op.operands, "Operand",
                               self.op.segmented_operands,
                               "operandSegmentSizes")
        for attribute in self.op.attributes:
            self.attribute_accessors(attribute)
        for value in self.op.results:
            self.value_getters(value, self.op.results, "Result",
                               self.op.segmented_results, "resultSegmentSizes")
        for index, (name, variadic) in enumerate(self.op.regions):
            self.region_getters(index, name, variadic)
        if not self.op.has_successors:
            self.create()
        return self.functions

    def isa(self):
        name = self.op.full_name
        self.add("MlirStringRef", "OpName", "void",
                 f"return {quoted(name)};")
        self.add("bool", "Isa", "MlirOperation op",
                 f'return ttOpHasName(op, "{name}", {len(name)});')

    def value_getters(self, value, values, what, segmented, segments):
        """Single values by fixed or counted position, groups by (start, n)."""
        name = camel(value.name)
        groups = [v for v in values if not v.single()]
        if self.op.same_variadic_size and what == "Operand" and len(groups) > 1:
            raise SystemExit(f"{self.op.full_name}: SameVariadicOperandSize is "
                             "not supported by capi/gen")
        if segmented:
            place = (f"TtSegment s = ttOpSegment(op, {quoted(segments)}, "
                     f"{value.index});")
        else:
            before = sum(1 for v in values[:value.index] if v.single())
            after = sum(1 for v in values[value.index + 1:] if v.single())
            late = any(not v.single() for v in values[:value.index])
            place = None
            if value.single():
                index = (f"mlirOperationGetNum{what}s(op) - {after + 1}"
                         if late else str(value.index))
            else:
                place = (f"TtSegment s = {{{before}, mlirOperationGetNum{what}s"
                         f"(op) - {before + after}}};")
        if place is None:
            self.add("MlirValue", f"Get{name}", "MlirOperation op",
                     f"return mlirOperationGet{what}(op, {index});")
            if what == "Operand":
                self.add("void", f"Set{name}", "MlirOperation op, MlirValue value",
                         f"mlirOperationSetOperand(op, {index}, value);")
        elif value.variadic:
            self.add("intptr_t", f"GetNum{name}", "MlirOperation op",
                     f"{place}\n  return s.count;")
            self.add("MlirValue", f"Get{name}", "MlirOperation op, intptr_t i",
                     f"{place}\n  return mlirOperationGet{what}(op, s.start + i);")
        else:
            self.add("MlirValue", f"Get{name}", "MlirOperation op",
                     f"{place}\n  return s.count ? mlirOperationGet{what}(op, "
                     "s.start) : (MlirValue){NULL};")

    def attribute_accessors(self, attribute):
        name, kind = camel(attribute.name), attribute.kind
        key = quoted(attribute.name)
        self.attr_names.add(attribute.name)
        fetch = f"MlirAttribute a = ttOpAttr(op, {key});"
        read = kind.read.format(a="a")
        self.add("MlirAttribute", f"Get{name}Attr", "MlirOperation op",
                 f"return ttOpAttr(op, {key});")
        if attribute.optional and not attribute.unit:
            self.add("bool", f"Has{name}", "MlirOperation op",
                     f"return !mlirAttributeIsNull(ttOpAttr(op, {key}));")
        ctype = f"const {kind.ctype} *" if kind.array else kind.ctype
        if kind.read == "{a}":
            body = f"return ttOpAttr(op, {key});"
        elif attribute.unit:
            body = f"{fetch}\n  return {read};"
        else:
            body = (f"{fetch}\n  if (mlirAttributeIsNull(a))\n"
                    f"    return {attribute.default};\n  return {read};")
        if attribute.optional and not attribute.unit:
            self.add("void", f"Remove{name}", "MlirOperation op",
                     f"mlirOperationSetInherentAttributeByName(op, {key}, "
                     "mlirAttributeGetNull());")
        self.add(ctype, f"Get{name}", "MlirOperation op", body)
        parameters = f"MlirOperation op, {ctype}{'' if kind.array else ' '}value"
        if kind.array:
            self.add("intptr_t", f"GetNum{name}", "MlirOperation op",
                     f"{fetch}\n  return mlirAttributeIsNull(a) ? 0 : "
                     "mlirDenseArrayGetNumElements(a);")
            parameters = f"MlirOperation op, intptr_t count, {ctype}value"
        made = kind.make.format(c="mlirOperationGetContext(op)", v="value",
                                n="count")
        self.add("void", f"Set{name}", parameters,
                 f"mlirOperationSetInherentAttributeByName(op, {key}, {made});")

    def region_getters(self, index, name, variadic):
        if variadic:
            self.add("intptr_t", f"GetNum{camel(name)}", "MlirOperation op",
                     f"return mlirOperationGetNumRegions(op) - {index};")
            self.add("MlirRegion", f"Get{camel(name)}",
                     "MlirOperation op, intptr_t i",
                     f"return mlirOperationGetRegion(op, {index} + i);")
        else:
            self.add("MlirRegion", f"Get{camel(name)}", "MlirOperation op",
                     f"return mlirOperationGetRegion(op, {index});")

    # The builder -----------------------------------------------------------

    def create(self):
        parameters = ["const TtBuilder *b", "MlirLocation loc"]
        body = [f"MlirOperationState state = mlirOperationStateGet("
                f"{quoted(self.op.full_name)}, loc);"]
        self.create_results(parameters, body)
        for argument in self.op.arguments:
            if not isinstance(argument, Attribute):
                self.create_operand(argument, parameters, body)
            elif argument.required():
                self.create_parameter(argument, parameters)
        self.create_attributes(body)
        for name, variadic in self.op.regions:
            count = "1"
            if variadic:
                count = "num" + camel(name)
                parameters.append(f"intptr_t {count}")
            body.append(f"ttStateAddRegions(&state, {count});")
        body.append("return ttBuilderInsert(b, mlirOperationCreate(&state));")
        self.add("MlirOperation", "Create", ", ".join(parameters),
                 "\n  ".join(body))

    def create_results(self, parameters, body):
        if not self.op.results:
            return
        if self.op.infers:
            body.append("mlirOperationStateEnableResultTypeInference(&state);")
            return
        for value in self.op.results:
            name = parameter(value.name)
            built = self.op.buildable(value)
            if built:
                text = built.format(c="b->context")
                body.append(f"ttStateAddResult(&state, {text});")
            elif value.variadic:
                parameters.append(f"intptr_t num{camel(value.name)}, "
                                  f"const MlirType *{name}Types")
                body.append(f"mlirOperationStateAddResults(&state, "
                            f"num{camel(value.name)}, {name}Types);")
            else:
                parameters.append(f"MlirType {name}Type")
                body.append(f"ttStateAddResult(&state, {name}Type);")

    def create_operand(self, value, parameters, body):
        name = parameter(value.name)
        if value.variadic:
            parameters.append(f"intptr_t num{camel(value.name)}, "
                              f"const MlirValue *{name}")
            body.append(f"mlirOperationStateAddOperands(&state, "
                        f"num{camel(value.name)}, {name});")
        else:
            parameters.append(f"MlirValue {name}")
            body.append(f"ttStateAddOperand(&state, {name});")

    def create_parameter(self, attribute, parameters):
        name, kind = parameter(attribute.name), attribute.kind
        if kind.array:
            parameters.append(f"intptr_t num{camel(attribute.name)}, "
                              f"const {kind.ctype} *{name}")
        else:
            parameters.append(f"{kind.ctype} {name}")

    def create_attributes(self, body):
        made = []
        for attribute in self.op.attributes:
            if attribute.required():
                value = attribute.kind.make.format(
                    c="b->context", v=parameter(attribute.name),
                    n="num" + camel(attribute.name))
                made.append(f"{{{quoted(attribute.name)}, {value}}}")
        for values, segmented, key in (
                (self.op.operands, self.op.segmented_operands,
                 "operandSegmentSizes"),
                (self.op.results, self.op.segmented_results,
                 "resultSegmentSizes")):
            if segmented:
                sizes = ", ".join(self.segment_size(value) for value in values)
                body.append(f"const int32_t {key}[] = {{{sizes}}};")
                made.append(f"{{{quoted(key)}, mlirDenseI32ArrayGet(b->context, "
                            f"{len(values)}, {key})}}")
        if made:
            body.append("const TtNamed named[] = {\n      "
                        + ",\n      ".join(made) + "};")
            body.append(f"ttStateAddAttributes(&state, {len(made)}, named);")

    @staticmethod
    def segment_size(value):
        if value.variadic:
            return f"(int32_t)num{camel(value.name)}"
        if value.optional:
            return f"mlirValueIsNull({parameter(value.name)}) ? 0 : 1"
        return "1"


def emit_ops(dialect, stem):
    """The texts of the header and of the source."""
    names = set()
    header = [NOTICE, f"#ifndef TT_C_GEN_{stem.upper()}_H",
              f"#define TT_C_GEN_{stem.upper()}_H\n",
              '#include "tt-c/Builder.h"',
              f'#include "tt-c/gen/{stem.removesuffix("Ops")}Attrs.h"\n',
              "#ifdef __cplusplus\nextern \"C\" {\n#endif\n"]
    source = [NOTICE, f'#include "tt-c/gen/{stem}.h"\n',
              '#include "tt-c/Access.h"\n']
    for op in dialect.ops:
        summary = op.record.get("summary") or ""
        header.append(f"// {op.full_name}: {' '.join(summary.split())}")
        for prototype, body in OpEmitter(op, names).emit():
            header.append(prototype + ";")
            source.append(f"{prototype} {{\n  {body}\n}}\n")
        header.append("")
    if dialect.name == "tt":
        emit_kinds(dialect, header, source)
    header.append("#ifdef __cplusplus\n}\n#endif\n\n#endif")
    return "\n".join(header) + "\n", "\n".join(source) + "\n"


def emit_kinds(dialect, header, source):
    """A switchable number per op of the dialect, by binary search."""
    ops = sorted(dialect.ops, key=lambda op: op.full_name)
    header.append("typedef enum {\n  TtOpKindNone,")
    header += [f"  TtOpKind{op.c_name[2:]}," for op in ops]
    header.append("} TtOpKind;\n")
    header.append("// Which op of the dialect this is, or TtOpKindNone.")
    header.append("TtOpKind ttOpKind(MlirOperation op);\n")
    source.append("static const MlirStringRef opNames[] = {")
    source += [f'    {{"{op.full_name}", {len(op.full_name)}}},' for op in ops]
    source.append("};\n")
    source.append(f"TtOpKind ttOpKind(MlirOperation op) {{\n  return (TtOpKind)"
                  f"(ttFindName(op, {len(ops)}, opNames) + 1);\n}}\n")
