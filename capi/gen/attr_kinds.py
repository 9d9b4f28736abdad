"""How an ODS attribute constraint looks in C.

One idea: `kind_of` maps a constraint to one `Kind`, which knows the C type,
how to read it from an MlirAttribute, and how to make the MlirAttribute.
Everything without a row here stays an MlirAttribute.
"""

import re

from records import camel, fail, isa


class Kind:
    """C type plus the expressions that convert from and to an MlirAttribute.

    `read` uses {a} for the attribute; `make` uses {c} for the context and
    {v} (and {n}, the count, when `array`) for the value.
    """

    def __init__(self, ctype, read, make, zero, array=False):
        self.ctype = ctype
        self.read = read
        self.make = make
        self.zero = zero
        self.array = array


RAW = Kind("MlirAttribute", "{a}", "{v}", "mlirAttributeGetNull()")
BOOL = Kind("bool", "mlirBoolAttrGetValue({a})",
            "mlirBoolAttrGet({c}, {v} ? 1 : 0)", "false")
UNIT = Kind("bool", "!mlirAttributeIsNull({a})", "ttFlagAttr({c}, {v})",
            "false")
STRING = Kind("MlirStringRef", "mlirStringAttrGetValue({a})",
              "mlirStringAttrGet({c}, {v})", "(MlirStringRef){NULL, 0}")
SYMBOL = Kind("MlirStringRef", "mlirFlatSymbolRefAttrGetValue({a})",
              "mlirFlatSymbolRefAttrGet({c}, {v})",
              "(MlirStringRef){NULL, 0}")
TYPE = Kind("MlirType", "mlirTypeAttrGetValue({a})", "mlirTypeAttrGet({v})",
            "(MlirType){NULL}")
MAP = Kind("MlirAffineMap", "mlirAffineMapAttrGetValue({a})",
           "mlirAffineMapAttrGet({v})", "(MlirAffineMap){NULL}")
BY_STORAGE = {"BoolAttr": BOOL, "UnitAttr": UNIT, "StringAttr": STRING,
              "FlatSymbolRefAttr": SYMBOL, "TypeAttr": TYPE,
              "AffineMapAttr": MAP}
DENSE = {"DenseF32ArrayAttr": ("float", "F32"),
         "DenseF64ArrayAttr": ("double", "F64"),
         "DenseI64ArrayAttr": ("int64_t", "I64"),
         "DenseI32ArrayAttr": ("int32_t", "I32")}
INTEGER = re.compile(r"^(S|U)?(I)(8|16|32|64)$")


def integer_kind(value_type):
    """IntegerAttr of a fixed builtin type, or None for 'any integer'."""
    if value_type == "Index":
        make = "mlirIntegerAttrGet(mlirIndexTypeGet({c}), {v})"
        return Kind("int64_t", "ttAttrInt({a})", make, "0")
    match = INTEGER.match(value_type)
    if not match:
        return None
    signed = {"S": "Signed", "U": "Unsigned", None: ""}[match[1]]
    ctype = "int64_t" if match[3] == "64" else "int32_t"
    make = f"mlirIntegerAttrGet(mlirIntegerType{signed}Get({{c}}, {match[3]}), {{v}})"
    return Kind(ctype, f"({ctype})ttAttrInt({{a}})", make, "0")


def enum_ctype(info, dialect):
    own = "" if dialect.name == "tt" else camel(dialect.name)
    return f"Tt{own}{info['className']}"


def enum_kind(ctype, info):
    """An enum stored as a plain integer attribute (I32EnumAttr)."""
    width = info.get("bitwidth") or 32
    make = f"mlirIntegerAttrGet(mlirIntegerTypeGet({{c}}, {width}), (int64_t){{v}})"
    return Kind(ctype, f"({ctype})ttAttrInt({{a}})", make, f"({ctype})0")


def base_attribute(records, record):
    """Peels OptionalAttr, DefaultValuedAttr and ConfinedAttr.

    Returns (constraint, optional, default) of the wrappers met on the way."""
    optional, default = False, None
    while True:
        optional = optional or isa(record, "OptionalAttr")
        if record.get("defaultValue") and record["!name"] != "UnitAttr":
            default = default or record["defaultValue"]
        inner = records.get(record.get("baseAttr"))
        if inner is None:
            return record, optional, default
        record = inner


def kind_of(records, dialect, record):
    """The Kind of a peeled constraint."""
    if isa(record, "EnumAttr"):
        info = records.get(record["enum"])
        if records.get(record["dialect"])["name"] != dialect.name:
            return RAW
        ctype = enum_ctype(info, dialect)
        return Kind(ctype, f"tt{ctype[2:]}AttrGet({{a}})",
                    f"tt{ctype[2:]}AttrCreate({{c}}, {{v}})", f"({ctype})0")
    if isa(record, "EnumInfo"):
        if info_namespace(record) != dialect.namespace:
            return RAW
        return enum_kind(enum_ctype(record, dialect), record)
    if isa(record, "AttrDef"):
        owner = records.get(record["dialect"])["name"]
        if owner != "tt" or dialect.name != "tt":
            return RAW
        ctype = f"Tt{record['cppClassName']}"
        return Kind(ctype, f"tt{record['cppClassName']}Get({{a}})",
                    f"tt{record['cppClassName']}Create({{c}}, {{v}})",
                    f"({ctype}){{0}}")
    storage = (record.get("storageType") or "").strip().split("::")[-1]
    if storage in DENSE:
        ctype, width = DENSE[storage]
        return Kind(ctype, f"ttDense{width}Data({{a}})",
                    f"mlirDense{width}ArrayGet({{c}}, {{n}}, {{v}})", "NULL",
                    array=True)
    value_type = (record.get("valueType") or {}).get("def", "")
    if storage == "IntegerAttr":
        return integer_kind(value_type) or RAW
    if storage == "FloatAttr" and value_type in ("F16", "BF16", "F32", "F64"):
        make = f"mlirFloatAttrDoubleGet({{c}}, mlir{value_type}TypeGet({{c}}), {{v}})"
        return Kind("double", "mlirFloatAttrGetValueDouble({a})", make, "0.0")
    return BY_STORAGE.get(storage, RAW)


def info_namespace(record):
    return (record.get("cppNamespace") or "").strip(":")


def default_value(kind, attribute, record, own):
    """The C spelling of an ODS default, used when the attribute is absent."""
    text = attribute.strip()
    if kind is BOOL and text in ("true", "false"):
        return text
    if kind.ctype in ("int64_t", "int32_t") and re.fullmatch(r"-?\d+", text):
        return text
    if kind.ctype == "double" and re.fullmatch(r"-?[\d.]+", text):
        return text
    if kind is STRING and text.startswith('"'):
        return f"mlirStringRefCreateFromCString({text})"
    if kind.ctype.startswith("Tt") and "::" in text:
        return kind.ctype + camel(text.split("::")[-1])
    if kind.array and text == "{}":
        return kind.zero
    if own and kind is not RAW:
        fail(record, f"has a default '{text}' that has no C spelling")
    return kind.zero
