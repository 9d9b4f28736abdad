"""Random scalar bodies of maps. Ranges of all values are tracked, so that functions stay where they are tame."""

import math

import nodes


def monotone(function, low=-8.0, high=8.0):
    """Range of the result from that of the operand, or None outside of where the function is tame."""
    return lambda a: (function(a[0]), function(a[1])) if low <= a[0] and a[1] <= high else None


def rounding(function):
    return lambda a: (function(a[0]), function(a[1])) if max(abs(a[0]), abs(a[1])) < 100 else None


def square_range(a):
    ends = [a[0] * a[0], a[1] * a[1]]
    return (0.0 if a[0] <= 0 <= a[1] else min(ends), max(ends))


def size_range(a):
    return (0.0 if a[0] <= 0 <= a[1] else min(map(abs, a)), max(map(abs, a)))


UNARY = {
    "negf": lambda a: (-a[1], -a[0]), "absf": size_range,
    "exp": monotone(math.exp, -6, 3), "exp2": monotone(lambda x: 2.0 ** x, -6, 4), "expm1": monotone(math.expm1, -6, 2),
    "tanh": monotone(math.tanh, -100, 100), "erf": monotone(math.erf, -100, 100), "atan": monotone(math.atan, -100, 100),
    "erfc": lambda a: (math.erfc(a[1]), math.erfc(a[0])) if max(map(abs, a)) < 3 else None,
    "sigmoid": monotone(lambda x: 1 / (1 + math.exp(-x)), -8, 8), "relu": monotone(lambda x: max(x, 0.0), -1e4, 1e4),
    "sin": lambda a: (-1.0, 1.0) if max(map(abs, a)) < 3 else None, "cos": lambda a: (-1.0, 1.0) if max(map(abs, a)) < 3 else None,
    "square": lambda a: square_range(a) if max(map(abs, a)) < 50 else None,
    "sqrt": monotone(lambda x: math.sqrt(max(x, 0)), 0.05, 1e4), "rsqrt": lambda a: (a[1] ** -0.5, a[0] ** -0.5) if a[0] >= 0.1 else None,
    "log": monotone(lambda x: math.log(max(x, 1e-9)), 0.1, 1e4), "log1p": monotone(lambda x: math.log1p(max(x, -0.99)), -0.5, 1e4),
    "cbrt": monotone(lambda x: math.copysign(abs(x) ** (1 / 3), x), 0.05, 1e4),
    "recip": lambda a: (1 / a[1], 1 / a[0]) if a[0] >= 0.2 else None,
    "floor": rounding(math.floor), "ceil": rounding(math.ceil), "trunc": rounding(math.trunc),
}


def product(a, b):
    ends = [x * y for x in a for y in b]
    return (min(ends), max(ends))


BINARY = {
    "addf": lambda a, b: (a[0] + b[0], a[1] + b[1]), "subf": lambda a, b: (a[0] - b[1], a[1] - b[0]), "mulf": product,
    "maximumf": lambda a, b: (max(a[0], b[0]), max(a[1], b[1])), "minimumf": lambda a, b: (min(a[0], b[0]), min(a[1], b[1])),
    "divf": lambda a, b: product(a, (1 / b[1], 1 / b[0])) if b[0] >= 0.2 else None,
}


def bits_range(a, b):
    limit = 2 ** math.ceil(math.log2(max(map(abs, a + b)) + 1))
    return (-limit, limit)


def hull(a, b):
    return (min(a[0], b[0]), max(a[1], b[1]))


INTEGER = {
    "minui": hull, "maxui": hull, "addi": BINARY["addf"], "subi": BINARY["subf"], "muli": product, "maxsi": BINARY["maximumf"], "minsi": BINARY["minimumf"],
    "andi": bits_range, "ori": bits_range, "xori": bits_range,
}
SHIFTS = {"shli": lambda a, by: (a[0] * 2 ** by, a[1] * 2 ** by), "shrsi": lambda a, by: (a[0] / 2 ** by - 1, a[1] / 2 ** by),
          "shrui": lambda a, by: (a[0] / 2 ** by - 1, a[1] / 2 ** by) if a[0] >= 0 else None}
TESTS = ("ogt", "oge", "olt", "ole", "oeq", "une")
INTEGER_TESTS = ("slt", "sle", "sgt", "sge", "eq", "ne", "ult", "ule", "ugt", "uge")
# 0.1 and 1/3 are no numbers of any format; 1/96 is the mean of 96.
CONSTANTS = (0.0, 1.0, 0.5, -0.5, 2.0, 0.125, -1.0, 3.0, 0.3, 1.7, 0.1, 1 / 3, 1 / 96)
LIMIT = 3000.0

# Functions that the compiler may recognise, by their formulas.
ERF_SLOPE, TANH_SLOPE = 0.70710678118654752, 0.79788456080286536
TANH_CUBE = ("mulf", 0.044715, ("mulf", "x", ("square", "x")))
CLIPPED = ("minimumf", ("maximumf", ("addf", "x", 3.0), 0.0), 6.0)
FORMULAS = (
    ("mulf", 0.5, ("mulf", "x", ("addf", 1.0, ("erf", ("mulf", "x", ERF_SLOPE))))),
    ("mulf", ("mulf", "x", ("addf", ("erf", ("mulf", "x", ERF_SLOPE)), 1.0)), 0.5),
    ("mulf", ("mulf", "x", ("erfc", ("mulf", "x", -ERF_SLOPE))), 0.5),
    ("mulf", 0.5, ("mulf", "x", ("addf", 1.0, ("tanh", ("mulf", TANH_SLOPE, ("addf", "x", TANH_CUBE)))))),
    ("divf", 1.0, ("addf", 1.0, ("exp", ("negf", "x")))),
    ("divf", "x", ("addf", ("exp", ("negf", "x")), 1.0)),
    ("divf", ("exp", "x"), ("addf", 1.0, ("exp", "x"))),
    ("select", ("ogt", "x", 0.0), "x", ("mulf", 0.01, "x")),
    ("select", ("oge", "x", 0.0), "x", ("subf", ("exp", "x"), 1.0)),
    ("select", ("ogt", "x", 0.0), "x", ("mulf", 1.5, ("expm1", "x"))),
    ("mulf", 1.0507, ("select", ("ogt", "x", 0.0), "x", ("mulf", 1.67326, ("expm1", "x")))),
    ("minimumf", ("maximumf", ("addf", ("mulf", "x", 1 / 6), 0.5), 0.0), 1.0),
    ("mulf", CLIPPED, 1 / 6), ("mulf", "x", ("mulf", CLIPPED, 1 / 6)), ("divf", ("mulf", "x", CLIPPED), 6.0),
    ("divf", "x", ("addf", 1.0, ("absf", "x"))),
    ("select", ("ogt", "x", 0.0), "x", ("mulf", 2.0, ("subf", ("exp", ("mulf", 0.5, "x")), 1.0))),
    ("select", ("ogt", ("absf", "x"), 0.5), "x", 0.0),
    ("select", ("ogt", "x", 0.5), "x", 0.25),
    ("log1p", ("exp", "x")), ("log", ("addf", 1.0, ("exp", "x"))), ("mulf", "x", ("tanh", ("log1p", ("exp", "x")))),
    ("subf", "x", ("tanh", "x")), ("subf", "x", ("trunc", "x")),
    ("select", ("ogt", "x", 0.0), 1.0, ("select", ("oge", "x", 0.0), 0.0, -1.0)),
    ("minimumf", ("maximumf", "x", -0.5), 0.5), ("maximumf", ("minimumf", "x", 0.5), -0.5), ("maximumf", ("minimumf", "x", -0.5), 0.5),
    ("maximumf", "x", 0.0), ("minimumf", ("maximumf", "x", 0.0), 6.0),
)


class Body:
    """Scalar operations on the operands of a map (nodes.py says how they are written)."""

    def __init__(self, choose, ranges, dtype):
        self.choose, self.ranges, self.dtype, self.ops = choose, list(ranges), dtype, []
        self.is_integer = dtype == "i32"

    def constant(self):
        if self.is_integer:
            value = self.choose.choice([0, 1, 2, 3, -1, 5])
            return ["const", value], (value, value)
        value = self.choose.choice(CONSTANTS)
        operand = ["narrow", self.choose.choice(["bf16", "bf16", "f16"]), value] if self.dtype == "f32" and self.choose.random() < 0.2 else ["const", value]
        return operand, (value, value)

    def operand(self):
        # Mostly the newest value: bodies are chains with some reuse.
        if self.choose.random() < 0.15:
            return self.constant()
        index = self.choose.randrange(len(self.ranges)) if self.choose.random() < 0.5 else len(self.ranges) - 1
        return index, self.ranges[index]

    def test(self):
        if self.choose.random() < 0.25:
            return [self.choose.choice(nodes.LOGIC), self.test(), self.test()]
        a, b = self.operand()[0], self.operand()[0]
        if nodes.is_constant(a) and nodes.is_constant(b):
            a = len(self.ranges) - 1
        return [self.choose.choice(INTEGER_TESTS if self.is_integer else TESTS), a, b]

    def add(self, op, span):
        """The number of the operation's result, or None where its values get out of hand."""
        if span is None or max(map(abs, span)) > LIMIT:
            return None
        self.ops.append(op)
        self.ranges.append(span)
        return len(self.ranges) - 1

    def select(self):
        (a, range_a), (b, range_b) = self.operand(), self.operand()
        self.add(["select", self.test(), a, b], hull(range_a, range_b))

    def binary(self, table):
        (a, range_a), (b, range_b) = self.operand(), self.operand()
        if nodes.is_constant(a) and nodes.is_constant(b):
            a, range_a = len(self.ranges) - 1, self.ranges[-1]
        name = self.choose.choice(list(table))
        self.add([name, a, b], table[name](range_a, range_b))

    def unary(self):
        index = self.choose.randrange(len(self.ranges)) if self.choose.random() < 0.3 else len(self.ranges) - 1
        name = self.choose.choice(list(UNARY))
        self.add([name, index], UNARY[name](self.ranges[index]))

    def shift(self):
        name, by = self.choose.choice(list(SHIFTS)), self.choose.randint(1, 3)
        self.add([name, len(self.ranges) - 1, ["const", by]], SHIFTS[name](self.ranges[-1], by))

    def size(self):
        self.add(["absi", len(self.ranges) - 1], size_range(self.ranges[-1]))

    def rounded(self):
        self.add([self.choose.choice(["to_bf16", "to_bf16", "to_f16"]), len(self.ranges) - 1], self.ranges[-1])

    def near(self, constant):
        """The constant of a formula, or one beside it."""
        return constant * self.choose.choice([1.0] * 8 + [1.004, 0.996, 1.0 + 2.0 ** -20, 1.1])

    def formula(self):
        x, count, ranges = len(self.ranges) - 1, len(self.ops), len(self.ranges)
        if self.expand(self.choose.choice(FORMULAS), x) is None:
            del self.ops[count:], self.ranges[ranges:]

    def expand(self, formula, x):
        """The operand that a formula over x is, after the operations that it takes; None where one gets out of hand."""
        if formula == "x":
            return x
        if not isinstance(formula, tuple):
            return ["const", self.near(formula)]
        name, *parts = formula
        operands = [self.expand(part, x) for part in parts]
        if None in operands:
            return None
        if name in TESTS:
            return [name, *operands]
        spans = [self.ranges[o] if isinstance(o, int) else (o[1], o[1]) if nodes.is_constant(o) else None for o in operands]
        span = hull(*spans[1:]) if name == "select" else UNARY[name](*spans) if name in UNARY else BINARY[name](*spans)
        return self.add([name, *operands], span)

    def step(self):
        if self.is_integer:
            self.choose.choice([lambda: self.binary(INTEGER)] * 5 + [self.select, self.select, self.shift, self.size])()
            return
        steps = [self.unary] * 8 + [lambda: self.binary(BINARY)] * 8 + [self.select] * 2 + [self.formula] * 2
        self.choose.choice(steps + ([self.rounded] if self.dtype == "f32" else []))()

    def use_all(self, operands):
        """Adds what is not used yet to the result, so that no operand is there for nothing."""
        used = {i for op in self.ops for part in op[1:] for i in nodes.scalars(part)}
        for i in range(operands):
            if i not in used and i != len(self.ranges) - 1:
                name = self.choose.choice(["addi", "maxsi"] if self.is_integer else ["addf", "maximumf", "subf"])
                self.ops.append([name, len(self.ranges) - 1, i])
                self.ranges.append({**BINARY, **INTEGER}[name](self.ranges[-1], self.ranges[i]))
