"""Writes element-wise kernels with many values that live at once to stdout. They are exact on small integers, on which every operation
shows: no two values are the same, and up to 25 are summed in the end.

    live_values.py DTYPE [--chain N]... [--random SEED]... [--block 64]

A chain computes N values, each from the one before, and then takes all of them, the last first. A random kernel has up to 40 operations
and two results.
"""

import argparse
import random

SIZE = 128
MAP = "affine_map<(i, j) -> (i, j)>"
LARGEST = 2
POINTS = [(x, y) for x in range(-LARGEST, LARGEST + 1) for y in range(-LARGEST, LARGEST + 1)]
FUNCTIONS = {"arith.addf": lambda a, b: a + b, "arith.subf": lambda a, b: a - b, "arith.mulf": lambda a, b: a * b, "arith.maximumf": max,
             "arith.minimumf": min, "smaller": min, "arith.negf": lambda a: -a}


class Body:
    def __init__(self, dtype):
        self.dtype = dtype
        self.lines = []
        # What a value is at each of the points.
        self.numbers = {"%x": [x for x, _ in POINTS], "%y": [y for _, y in POINTS]}

    def shows(self, op, *operands):
        """Whether the result is another one than each value before, and small."""
        operands = [self.numbers[operand] for operand in operands]
        result = [FUNCTIONS[op](*at) for at in zip(*operands)]
        return result not in self.numbers.values() and max(map(abs, result)) <= 10

    def emit(self, op, *operands):
        name = f"%v{len(self.lines)}"
        self.numbers[name] = [FUNCTIONS[op](*at) for at in zip(*(self.numbers[operand] for operand in operands))]
        if op == "smaller":
            less = f"%c{len(self.lines)}"
            self.lines.append(f"      {less} = arith.cmpf olt, {', '.join(operands)} : {self.dtype}")
            op, operands = "arith.select", (less, *operands)
        self.lines.append(f"      {name} = {op} {', '.join(operands)} : {self.dtype}")
        return name

    def sum(self, values):
        total = values[0]
        for i, value in enumerate(values[1:]):
            total = self.emit(("arith.subf", "arith.addf")[i % 2], total, value)
        return total


def chain(body, count):
    steps = [("arith.subf", "%y"), ("arith.maximumf", "%x"), ("arith.addf", "%x"), ("arith.minimumf", "%y"), ("arith.mulf", "%y")]
    values = [body.emit("arith.subf", "%x", "%y")]
    while len(values) < count:
        first = len(values) % len(steps)
        op, operand = next(s for s in steps[first:] + steps[:first] if body.shows(s[0], values[-1], s[1]))
        values.append(body.emit(op, values[-1], operand))
    return [body.sum(values[::-1])]


def mixed(body, seed):
    choose = random.Random(seed)
    values = [body.emit("arith.subf", "%x", "%y"), body.emit("arith.mulf", "%x", "%y")]
    count = choose.randint(12, 40)
    while len(values) < count:
        a = choose.choice(values[-choose.randint(1, 16):])
        b = choose.choice(values)
        kind = choose.choice(["with input", "with input", "extreme", "extreme", "negf", "smaller"])
        if kind == "with input":
            step = (choose.choice(["arith.addf", "arith.subf", "arith.mulf"]), a, choose.choice(["%x", "%y"]))
        elif kind == "extreme":
            step = (choose.choice(["arith.maximumf", "arith.minimumf"]), a, b)
        elif kind == "negf":
            step = ("arith.negf", a)
        else:
            step = ("smaller", a, b)
        if body.shows(*step):
            values.append(body.emit(*step))
    # In an order of its own.
    rest = values[:-1]
    choose.shuffle(rest)
    return [body.sum([values[-1]] + rest[:24]), choose.choice(values)]


def function(name, dtype, block, write):
    body = Body(dtype)
    results = write(body)
    whole, part = f"tensor<{SIZE}x{SIZE}x{dtype}>", f"tensor<{block}x{block}x{dtype}>"
    slice_ = f"[%row, %col] [{block}, {block}] [1, 1]"
    count = len(results)
    types, parts = ", ".join([whole] * count), ", ".join([part] * count)
    maps = ", ".join([MAP] * (2 + count))
    outputs = ", ".join(f"%o{i} = %new" for i in range(count))
    olds = ", ".join(f"%old{i}: {dtype}" for i in range(count))
    return [*(f"// tt-check: @{name} %{i}_ range {-LARGEST} {LARGEST}" for i in "xy"),
            f"func.func @{name}(%x_: {whole}, %y_: {whole}) -> ({types}) {{", f"  %new = tensor.empty() : {whole}",
            f"  %all:{count} = scf.forall (%by, %bx) in ({SIZE // block}, {SIZE // block}) shared_outs({outputs}) -> ({types}) {{",
            f"    %row = affine.apply affine_map<(d0) -> (d0 * {block})>(%by)", f"    %col = affine.apply affine_map<(d0) -> (d0 * {block})>(%bx)",
            *(f"    %{i}s = tensor.extract_slice %{i}_{slice_} : {whole} to {part}" for i in "xy"), f"    %e = tensor.empty() : {part}",
            f'    %r:{count} = linalg.generic {{indexing_maps = [{maps}], iterator_types = ["parallel", "parallel"]}}',
            f"        ins(%xs, %ys : {part}, {part}) outs({', '.join(['%e'] * count)} : {parts}) {{",
            f"    ^bb0(%x: {dtype}, %y: {dtype}, {olds}):", *body.lines,
            f"      linalg.yield {', '.join(results)} : {', '.join([dtype] * count)}", f"    }} -> ({parts})", "    scf.forall.in_parallel {",
            *(f"      tensor.parallel_insert_slice %r#{i} into %o{i}{slice_} : {part} into {whole}" for i in range(count)), "    }", "  }",
            f"  return {', '.join(f'%all#{i}' for i in range(count))} : {types}", "}", ""]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("dtype")
    parser.add_argument("--chain", type=int, action="append", default=[])
    parser.add_argument("--random", type=int, action="append", default=[])
    parser.add_argument("--block", type=int, default=64)
    options = parser.parse_args()
    lines = []
    for count in options.chain:
        lines += function(f"chain_{count}", options.dtype, options.block, lambda body: chain(body, count))
    for seed in options.random:
        lines += function(f"random_{seed}", options.dtype, options.block, lambda body: mixed(body, seed))
    print("\n".join(lines))


main()
