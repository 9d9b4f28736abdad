"""Writes scalar bodies (scalars.py) as operations of arith and math."""

import nodes

COMPOSED = {
    "relu": lambda b, x: b.op("arith.maximumf", x, b.constant(0.0)),
    "square": lambda b, x: b.op("arith.mulf", x, x),
    "recip": lambda b, x: b.op("arith.divf", b.constant(1.0), x),
    "sigmoid": lambda b, x: b.op("arith.divf", b.constant(1.0), b.op("arith.addf", b.op("math.exp", b.op("arith.negf", x)), b.constant(1.0))),
    "to_bf16": lambda b, x: b.rounded(x, "bf16"),
    "to_f16": lambda b, x: b.rounded(x, "f16"),
}
ARITH = {"negf", "addf", "subf", "mulf", "divf", "remf", "maximumf", "minimumf", "addi", "subi", "muli", "maxsi", "minsi", "minui", "maxui", "shli", "shrsi",
         "shrui", *nodes.LOGIC}


class ScalarBody:
    """Scalar operations in one type; constants stand at the top of the function."""

    def __init__(self, function, dtype, indent, is_unsigned=False):
        self.function, self.dtype, self.indent = function, dtype, indent
        self.sign = "u" if is_unsigned else "s"  # of integers that are converted

    def constant(self, value):
        return self.function.constant(value, self.dtype)

    def op(self, name, *operands):
        return self.function.define(f"{name} {', '.join(operands)} : {self.dtype}", self.indent)

    def cast(self, value, source, target):
        if source == target:
            return value
        if source != "f32" and target != "f32" and "i32" not in (source, target):
            return self.cast(self.cast(value, source, "f32"), "f32", target)
        name = f"arith.{self.sign}itofp" if source == "i32" else f"arith.fpto{self.sign}i" if target == "i32" else "arith.extf" if target == "f32" else "arith.truncf"
        return self.function.define(f"{name} {value} : {source} to {target}", self.indent)

    def rounded(self, value, dtype):
        return self.cast(self.cast(value, self.dtype, dtype), dtype, self.dtype)

    def operand(self, operand, values):
        if isinstance(operand, int):
            return values[operand]
        name, *parts = operand
        if name == "const":
            return self.constant(parts[0])
        if name == "narrow":
            dtype, value = parts
            return self.cast(self.cast(self.constant(value), self.dtype, dtype), dtype, self.dtype)
        named = ", ".join(self.operand(part, values) for part in parts)
        if name in nodes.LOGIC:
            return self.function.define(f"arith.{name} {named} : i1", self.indent)
        return self.function.define(f"arith.cmp{'i' if self.dtype == 'i32' else 'f'} {name}, {named} : {self.dtype}", self.indent)

    def run(self, ops, values):
        values = list(values)
        for name, *operands in ops:
            named = [self.operand(o, values) for o in operands]
            if name in COMPOSED:
                values.append(COMPOSED[name](self, *named))
            else:
                values.append(self.op(("arith." if name in ARITH or name == "select" else "math.") + name, *named))
        return values[-1]
