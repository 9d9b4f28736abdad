"""The ops of one dialect as the emitters see them.

One idea: every argument of an op becomes an `Operand` or an `Attribute` with
its position already worked out; nothing after this file reads raw records.
"""

from attr_kinds import base_attribute, default_value, kind_of
from records import Records, camel, fail, isa

# Result types that need nothing but a context, by TableGen name.
BUILDABLE = {
    "Index": "mlirIndexTypeGet({c})", "I1": "mlirIntegerTypeGet({c}, 1)",
    "I8": "mlirIntegerTypeGet({c}, 8)", "I16": "mlirIntegerTypeGet({c}, 16)",
    "I32": "mlirIntegerTypeGet({c}, 32)",
    "I64": "mlirIntegerTypeGet({c}, 64)", "F16": "mlirF16TypeGet({c})",
    "BF16": "mlirBF16TypeGet({c})", "F32": "mlirF32TypeGet({c})",
    "F64": "mlirF64TypeGet({c})",
}


class Dialect:
    """A dialect's name and namespace, and the ops asked for, in .td order."""

    def __init__(self, path, name, only=()):
        self.records = Records(path)
        self.name = name
        self.record = next(d for d in self.records.of_class("Dialect")
                           if d["name"] == name)
        self.namespace = self.record["cppNamespace"].strip(":")
        ops = [op for op in self.records.of_class("Op")
               if self.records.get(op["opDialect"]) is self.record
               and (not only or op["opName"] in only)]
        ops.sort(key=lambda op: op["opName"])
        self.ops = [Op(self, op) for op in ops]

    def prefix(self):
        return "" if self.name == "tt" else camel(self.name)


def bare(records, constraint):
    """The constraint inside `Arg<…>` and `Res<…>`, which add effects."""
    while isa(constraint, "OpVariable"):
        constraint = records.get(constraint["constraint"])
    return constraint


class Value:
    """One operand or result: name, and single, optional or variadic."""

    def __init__(self, name, constraint, index):
        self.name = name
        self.constraint = constraint
        self.index = index
        self.variadic = isa(constraint, "Variadic")
        self.optional = isa(constraint, "Optional")

    def single(self):
        return not self.variadic and not self.optional


class Attribute:
    def __init__(self, dialect, name, constraint, op):
        record, self.optional, default = base_attribute(dialect.records,
                                                        constraint)
        self.name = name
        self.kind = kind_of(dialect.records, dialect, record)
        self.unit = record["!name"] == "UnitAttr"
        self.defaulted = default is not None
        self.default = (default_value(self.kind, default, op,
                                      dialect.name == "tt")
                        if self.defaulted else self.kind.zero)

    def required(self):
        return not (self.optional or self.defaulted or self.unit)


class Op:
    def __init__(self, dialect, record):
        self.record = record
        self.full_name = f"{dialect.name}.{record['opName']}"
        self.class_name = record["!name"].split("_", 1)[-1]
        self.operands, self.attributes, self.arguments = [], [], []
        self.traits = list(self._traits(dialect.records, record["traits"]))
        for constraint, name in dialect.records.dag(record["arguments"]):
            self._add_argument(dialect, constraint, name)
        results = dialect.records.dag(record["results"])
        self.results = [Value(name or ("result" if len(results) == 1
                                       else f"result{i}"),
                              bare(dialect.records, constraint), i)
                        for i, (constraint, name) in enumerate(results)]
        self.regions = [(name or f"region{i}", isa(constraint, "VariadicRegion"))
                        for i, (constraint, name) in
                        enumerate(dialect.records.dag(record["regions"]))]
        self.has_successors = bool(record["successors"]["args"])
        self.c_name = self._c_name(dialect)
        self.segmented_operands = "AttrSizedOperandSegments" in self.traits
        self.segmented_results = "AttrSizedResultSegments" in self.traits
        self.same_variadic_size = "SameVariadicOperandSize" in self.traits
        self.infers = self._infers(dialect.records)

    def _c_name(self, dialect):
        if dialect.name == "tt":
            return "tt" + camel(self.record["opName"])
        base = self.class_name.removesuffix("Op")
        prefix = dialect.prefix()
        repeated = base.startswith(prefix) and base != prefix
        return "tt" + (base if repeated else prefix + base)

    def _add_argument(self, dialect, constraint, name):
        constraint = bare(dialect.records, constraint)
        if isa(constraint, "TypeConstraint"):
            name = name or ("operands" if isa(constraint, "Variadic")
                            else f"operand{len(self.operands)}")
            value = Value(name, constraint, len(self.operands))
            self.operands.append(value)
            self.arguments.append(value)
        elif isa(constraint, "Attr"):
            attribute = Attribute(dialect, name, constraint, self.record)
            self.attributes.append(attribute)
            self.arguments.append(attribute)
        elif dialect.name == "tt":
            fail(self.record, f"has a native property '{name}': declare an "
                 "attribute, a property set from C becomes discardable")

    def _traits(self, records, traits):
        for reference in traits:
            trait = records.get(reference)
            if isa(trait, "TraitList"):
                yield from self._traits(records, trait["traits"])
            elif isa(trait, "Interface"):
                yield trait["cppInterfaceName"]
            else:
                yield (trait.get("trait") or trait["!name"]).split("<")[0]

    def trait_records(self, records):
        def walk(references):
            for reference in references:
                trait = records.get(reference)
                if isa(trait, "TraitList"):
                    yield from walk(trait["traits"])
                else:
                    yield trait
        return walk(self.record["traits"])

    def buildable(self, value):
        return BUILDABLE.get(value.constraint["!name"]) if value.single() else None

    def _infers(self, records):
        """Whether the registered op can compute its own result types.

        Follows mlir-tblgen: an explicit interface, or every result type
        built from nothing or tied to an operand by type traits."""
        if not self.results or self.regions:
            return False  # regions are empty when an op is created from C
        if {"InferTypeOpInterface", "InferTypeOpAdaptor", "InferTensorType",
                "InferTypeOpAdaptorBase"} & set(self.traits):
            return True
        if any(not result.single() for result in self.results):
            return False
        if "SameOperandsAndResultType" in self.traits:
            return True
        known = {value.name for value in self.operands if value.single()}
        known |= {attribute.name for attribute in self.attributes
                  if attribute.required()}
        known |= {value.name for value in self.results if self.buildable(value)}
        return self._closure(records, known)

    def _closure(self, records, known):
        for _ in range(len(self.results) + 1):
            for trait in self.trait_records(records):
                if isa(trait, "AllTypesMatch"):
                    names = set(trait["values"])
                    known |= names if names & known else set()
                elif isa(trait, "TypesMatchWith") and trait["lhs"] in known:
                    known.add(trait["rhs"])
        return all(result.name in known for result in self.results)

    def needs_result_types(self):
        if self.infers:
            return False
        return any(not self.buildable(value) for value in self.results)
