"""Writes <Dialect>Attrs.h/.c (enums, structs) and <Dialect>Attrs.cpp (shells).

One idea: an attribute or type of the dialect is a C struct by value; the only
C++ is one function that takes it apart and one that puts it together.
"""

import re

from attr_kinds import enum_ctype
from emit_ops import NOTICE
from records import camel, fail, isa, parameter

SCALARS = {"int64_t": "int64_t", "int32_t": "int32_t", "int": "int",
           "unsigned": "unsigned", "uint32_t": "uint32_t",
           "uint64_t": "uint64_t", "bool": "bool", "double": "double"}
ARRAYS = {"int64_t": "int64_t", "int32_t": "int32_t", "bool": "bool",
          "double": "double"}


class Field:
    """A parameter of an AttrDef or TypeDef: its C members and conversions."""

    def __init__(self, owner, name, spec, enums):
        cpp = spec["cppType"] if isinstance(spec, dict) else spec
        self.cpp = cpp.strip()
        self.member = parameter(name)
        self.getter = f"get{camel(name)}()"
        bare = self.cpp.replace("::llvm::", "").replace("::mlir::", "")
        bare = bare.removeprefix("mlir::").removeprefix("llvm::")
        self.bare = bare
        self.array = None
        match = re.fullmatch(r"ArrayRef<(.*)>", bare)
        enum = next((ctype for ctype, info in enums
                     if self.cpp.strip(":") == info["cppType"].strip(":")), None)
        if bare in SCALARS:
            self.ctype, self.out, self.into = SCALARS[bare], "{v}", "{s}"
        elif enum:
            self.ctype = enum
            self.out = f"static_cast<{enum}>({{v}})"
            self.into = f"static_cast<{self.cpp}>({{s}})"
        elif bare == "StringRef":
            self.ctype = "MlirStringRef"
            self.out, self.into = "wrap({v})", "unwrap({s})"
        elif match:
            self._array(owner, match[1].replace("::mlir::", ""))
        elif bare == "AffineMap":
            self.ctype, self.out = "MlirAffineMap", "wrap({v})"
            self.into = "unwrap({s})"
        elif bare.endswith("Attr") or bare == "Attribute":
            self._wrapped("MlirAttribute", "::mlir::Attribute")
        elif bare.endswith("Type"):
            self._wrapped("MlirType", "::mlir::Type")
        else:
            fail(owner, f"has a parameter '{name}' of type '{cpp}' that has no "
                 "C spelling")

    def _wrapped(self, ctype, base):
        self.ctype = ctype
        self.out = f"wrap({base}({{v}}))"
        exact = self.bare in ("Attribute", "Type")
        self.into = ("unwrap({s})" if exact else
                     f"::llvm::cast_if_present<{self.cpp}>(unwrap({{s}}))")

    def _array(self, owner, element):
        wrapped = {"Attribute": "MlirAttribute", "Type": "MlirType"}
        if element in ARRAYS:
            self.array, data = ARRAYS[element], "{v}.data()"
            source = "{s}"
        elif element in wrapped or element.endswith(("Attr", "Type")):
            base = "MlirAttribute" if element.endswith(("Attr", "Attribute")) \
                else "MlirType"
            self.array = base
            data = f"reinterpret_cast<const {base} *>({{v}}.data())"
            source = (f"reinterpret_cast<const ::mlir::{element.removeprefix('tt::') if '::' not in element else element} *>({{s}})"
                      if element in wrapped else
                      f"reinterpret_cast<const {self.cpp[self.cpp.index('<') + 1:-1]} *>({{s}})")
        else:
            fail(owner, f"has an array of '{element}', which has no C spelling")
        self.ctype = f"const {self.array} *"
        self.count = "num" + camel(self.member)
        self.out = data
        self.into = (f"{self.cpp}({source}, static_cast<size_t>("
                     f"{{o}}.{self.count}))")

    def declare(self):
        if self.array:
            return f"  intptr_t {self.count};\n  {self.ctype}{self.member};"
        return f"  {self.ctype} {self.member};"

    def unpack(self):
        value = f"d.{self.getter}"
        text = f"  s.{self.member} = {self.out.format(v=value)};\n"
        if self.array:
            text += (f"  s.{self.count} = static_cast<intptr_t>({value}.size"
                     "());\n")
        return text

    def pack(self, owner):
        return self.into.format(s=f"{owner}.{self.member}", o=owner)


class AttrEmitter:
    def __init__(self, dialect, partial):
        self.dialect = dialect
        self.partial = partial  # verifiers in C may be missing
        self.records = dialect.records
        self.header, self.source, self.shells = [], [], []
        self.enums = self._enums()

    def _enums(self):
        """Enums of the dialect's namespace or wrapped by its attributes."""
        infos = {}
        for info in self.records.of_class("EnumInfo"):
            if (info.get("cppNamespace") or "").strip(":") == \
                    self.dialect.namespace:
                infos[info["className"]] = info
        self.enum_attrs = []
        for attr in self.records.of_class("EnumAttr"):
            if self.records.get(attr["dialect"]) is self.dialect.record:
                info = self.records.get(attr["enum"])
                infos[info["className"]] = info
                self.enum_attrs.append((attr, info))
        return [(enum_ctype(info, self.dialect), info)
                for _, info in sorted(infos.items())]

    def emit(self, stem, includes):
        for ctype, info in self.enums:
            self.enum(ctype, info)
        for attr, info in sorted(self.enum_attrs,
                                 key=lambda pair: pair[0]["!name"]):
            self.enum_attr(attr, info)
        if self.dialect.name == "tt":
            self.structs()
            self.discardable()
        guard = f"TT_C_GEN_{stem.upper()}_H"
        header = "\n".join(
            [NOTICE, f"#ifndef {guard}\n#define {guard}\n",
             '#include "mlir-c/AffineMap.h"\n#include "mlir-c/IR.h"',
             '#include "tt-c/Verify.h"\n#include <stdbool.h>\n#include <stdint.h>\n',
             "#ifdef __cplusplus\nextern \"C\" {\n#endif\n"] + self.header +
            ["#ifdef __cplusplus\n}\n#endif\n\n#endif\n"])
        source = "\n".join(
            [NOTICE, f'#include "tt-c/gen/{stem}.h"\n',
             '#include "tt-c/Access.h"\n'] + self.source)
        shells = "\n".join(
            [NOTICE, f'#include "tt-c/gen/{stem}.h"'] +
            [f'#include "{include}"' for include in includes] +
            ['#include "mlir/CAPI/AffineMap.h"\n#include "mlir/CAPI/IR.h"\n#include "mlir/CAPI/Support.h"\n'] +
            self.shells)
        return header, source, shells

    def enum(self, ctype, info):
        cases = [self.records.get(case) for case in info["enumerants"]]
        name = "tt" + ctype[2:]
        values = [(ctype + camel(case["symbol"]), case["value"], case["str"])
                  for case in cases]
        self.header.append("typedef enum {\n" + "".join(
            f"  {symbol} = {value},\n" for symbol, value, _ in values)
            + f"}} {ctype};\n\nenum {{ {ctype}NumCases = {len(values)} }};\n"
            f"// The spelling in IR, or NULL for a number that is no case.\n"
            f"const char *{name}ToString({ctype} value);\n"
            f"bool {name}FromString(MlirStringRef text, {ctype} *value);\n"
            f"bool {name}Symbolize(int64_t number, {ctype} *value);\n")
        table = "".join(f'    {{"{text}", {value}}},\n'
                        for _, value, text in values)
        self.source.append(
            f"static const TtEnumCase {name}Cases[] = {{\n{table}}};\n\n"
            f"const char *{name}ToString({ctype} value) {{\n"
            f"  return ttEnumToString({len(values)}, {name}Cases, (int64_t)"
            f"value);\n}}\n\n"
            f"bool {name}FromString(MlirStringRef text, {ctype} *value) {{\n"
            f"  int64_t number;\n  if (!ttEnumFromString({len(values)}, "
            f"{name}Cases, text, &number))\n    return false;\n"
            f"  *value = ({ctype})number;\n  return true;\n}}\n\n"
            f"bool {name}Symbolize(int64_t number, {ctype} *value) {{\n"
            f"  if (!ttEnumToString({len(values)}, {name}Cases, number))\n"
            f"    return false;\n  *value = ({ctype})number;\n"
            f"  return true;\n}}\n")
        if self.dialect.name == "tt":
            self.rows(ctype, cases)

    def rows(self, ctype, cases):
        """An enum whose cases carry fields of their own is a table of rows."""
        plain = {"symbol", "value", "str"}
        extra = [field for field in cases[0]
                 if not field.startswith("!") and field not in plain
                 and field not in ("width", "predicate", "baseAttr")
                 and all(field in case for case in cases)]
        if not extra:
            return
        name = "tt" + ctype[2:]
        types, values = [], []
        for field in extra:
            sample = cases[0][field]
            if isinstance(sample, list):
                types.append(f"  intptr_t num{camel(field)};\n"
                             f"  const char *const *{parameter(field)};")
            elif isinstance(sample, int):
                types.append(f"  int {parameter(field)};")
            else:
                types.append(f"  const char *{parameter(field)};")
        for case in cases:
            cells = [ctype + camel(case["symbol"]), f'"{case["str"]}"']
            for field in extra:
                cell = case[field]
                if isinstance(cell, list):
                    items = "".join(f'"{item}", ' for item in cell) or "NULL"
                    cells.append(f"{len(cell)}")
                    cells.append(f"(const char *const[]){{{items}}}")
                elif isinstance(cell, int):
                    cells.append(str(cell))
                else:
                    cells.append('"' + str(cell or "") + '"')
            values.append("    {" + ", ".join(cells) + "},")
        rows = "\n".join(types)
        self.header.append(
            f"// The row of the table behind {ctype}.\ntypedef struct {{\n"
            f"  {ctype} value;\n  const char *name;\n{rows}\n}} {ctype}Row;\n\n"
            f"const {ctype}Row *{name}Row({ctype} value);\n"
            f"// All rows, in .td order.\n"
            f"const {ctype}Row *{name}Rows(void);\n")
        self.source.append(
            f"static const {ctype}Row {name}Table[] = {{\n" + "\n".join(values)
            + f"\n}};\n\nconst {ctype}Row *{name}Row({ctype} value) {{\n"
            f"  for (int i = 0; i < {len(cases)}; ++i)\n"
            f"    if ({name}Table[i].value == value)\n"
            f"      return &{name}Table[i];\n  return NULL;\n}}\n\n"
            f"const {ctype}Row *{name}Rows(void) {{ return {name}Table; }}\n")

    def enum_attr(self, attr, info):
        ctype = enum_ctype(info, self.dialect)
        base, cpp = ctype[2:], attr["cppType"]
        self.header.append(
            f"bool ttAttributeIsA{base}(MlirAttribute attribute);\n"
            f"{ctype} tt{base}AttrGet(MlirAttribute attribute);\n"
            f"MlirAttribute tt{base}AttrCreate(MlirContext context, {ctype} "
            "value);\n")
        self.shells.append(
            f"bool ttAttributeIsA{base}(MlirAttribute attribute) {{\n"
            f"  return ::llvm::isa_and_present<{cpp}>(unwrap(attribute));\n}}\n\n"
            f"{ctype} tt{base}AttrGet(MlirAttribute attribute) {{\n"
            f"  return static_cast<{ctype}>(::llvm::cast<{cpp}>(unwrap("
            f"attribute)).getValue());\n}}\n\n"
            f"MlirAttribute tt{base}AttrCreate(MlirContext context, {ctype} "
            f"value) {{\n  return wrap({cpp}::get(unwrap(context), "
            f"static_cast<{info['cppType']}>(value)));\n}}\n")

    def structs(self):
        for kind, noun in (("AttrDef", "Attribute"), ("TypeDef", "Type")):
            for record in self.records.of_class(kind):
                if (self.records.get(record["dialect"]) is self.dialect.record
                        and not isa(record, "EnumAttr")):
                    self.struct(record, noun)

    def struct(self, record, noun):
        fields = [Field(record, name, spec, self.enums) for spec, name in
                  self.records.dag(record["parameters"])]
        cpp_name = record["cppClassName"]
        short = cpp_name.removesuffix("Attr").removesuffix("Type")
        handle, ctype, cpp = f"Mlir{noun}", f"Tt{cpp_name}", record["cppType"]
        if not fields:
            self.singleton(record, noun, short)
            return
        members = "\n".join(field.declare() for field in fields)
        self.header.append(
            f"// {record.get('summary') or cpp_name}\n"
            f"typedef struct {{\n{members}\n}} {ctype};\n\n"
            f"bool tt{noun}IsA{short}({handle} {noun.lower()});\n"
            f"{ctype} tt{cpp_name}Get({handle} {noun.lower()});\n"
            f"{handle} tt{cpp_name}Create(MlirContext context, {ctype} value);\n")
        unpack = "".join(field.unpack() for field in fields)
        unpack = (f"  auto d = ::llvm::cast<{cpp}>(unwrap({noun.lower()}));\n"
                  + unpack)
        packed = "".join(", " + field.pack("value") for field in fields)
        self.shells.append(
            f"bool tt{noun}IsA{short}({handle} {noun.lower()}) {{\n"
            f"  return ::llvm::isa_and_present<{cpp}>(unwrap({noun.lower()}));"
            f"\n}}\n\n"
            f"{ctype} tt{cpp_name}Get({handle} {noun.lower()}) {{\n"
            f"  {ctype} s = {{}};\n{unpack}  return s;\n}}\n\n"
            f"{handle} tt{cpp_name}Create(MlirContext context, {ctype} value) "
            f"{{\n  return wrap(::mlir::{noun}({cpp}::get(unwrap("
            f"context){packed})));\n}}\n")
        if record.get("genVerifyDecl"):
            self.verifier(record, fields, ctype, cpp)

    def singleton(self, record, noun, short):
        """An attribute or type without parameters needs no struct."""
        name, handle = record["cppClassName"], f"Mlir{noun}"
        is_a = f"bool tt{noun}IsA{short}({handle} {noun.lower()})"
        create = f"{handle} tt{name}Create(MlirContext context)"
        self.header.append(f"// {record.get('summary') or name}\n{is_a};\n"
                           f"{create};\n")
        self.shells.append(
            f"{is_a} {{\n  return ::llvm::isa_and_present<{record['cppType']}>("
            f"unwrap({noun.lower()}));\n}}\n\n{create} {{\n  return wrap("
            f"::mlir::{noun}({record['cppType']}::get(unwrap(context))));\n}}\n")

    def verifier(self, record, fields, ctype, cpp):
        name = record["cppClassName"]
        self.header.append(
            f"// Written in dialect/; called for every new {name}.\n"
            f"MlirLogicalResult ttVerify{name}({ctype} value, TtVerifier "
            "*verifier);\n")
        parameters = ", ".join(["::llvm::function_ref<::mlir::InFlightDiagnostic()> emit"]
                               + [f"{f.cpp} {f.member}" for f in fields])
        filled = "".join(
            f.unpack().replace(f"d.{f.getter}", f.member) for f in fields)
        weak, guard = "", ""
        if self.partial:
            weak = (f"extern \"C\" __attribute__((weak)) MlirLogicalResult "
                    f"ttVerify{name}({ctype} value, TtVerifier *verifier);\n")
            guard = f"  if (!ttVerify{name})\n    return ::mlir::success();\n"
        self.shells.append(
            f"{weak}::llvm::LogicalResult {cpp.removeprefix('::')}::verify(\n"
            f"    {parameters}) {{\n{guard}"
            f"  {ctype} s = {{}};\n{filled}  TtVerifier verifier{{&emit}};\n"
            f"  return unwrap(ttVerify{name}(s, &verifier));\n}}\n")

    def discardable(self):
        """Names of the attributes that users put on foreign ops."""
        rows = []
        for record in self.records.of_class("TT_DiscardableAttr"):
            name = record["name"]
            full = f"{self.dialect.name}.{name}"
            places = ", ".join(f'"{place}"' for place in record["places"])
            rows.append(f'    {{"{full}", "{record["type"]}", '
                        f'{len(record["places"])}, '
                        f'(const char *const[]){{{places}}}}},')
            self.header.append(
                f"// The name of the discardable attribute '{full}'.\n"
                f"MlirStringRef tt{camel(name)}AttrName(void);\n")
            self.source.append(
                f"MlirStringRef tt{camel(name)}AttrName(void) {{\n"
                f'  return mlirStringRefCreate("{full}", {len(full)});\n}}\n')
        self.header.append(
            "// A discardable attribute, its type and where it may stand.\n"
            "typedef struct {\n  const char *name;\n  const char *type;\n"
            "  intptr_t numPlaces;\n  const char *const *places;\n"
            "} TtDiscardableAttrRow;\n\n"
            f"enum {{ TtDiscardableAttrNumRows = {len(rows)} }};\n"
            "const TtDiscardableAttrRow *ttDiscardableAttrRows(void);\n")
        self.source.append(
            "static const TtDiscardableAttrRow discardableRows[] = {\n"
            + "\n".join(rows) + "\n};\n\nconst TtDiscardableAttrRow "
            "*ttDiscardableAttrRows(void) {\n  return discardableRows;\n}\n")
