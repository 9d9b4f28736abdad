"""Descriptions of random legal kernels: what a kernel computes, as plain data. emit.py writes one as IR, reduce.py makes one smaller.

A kernel is a dictionary:

    dims     name -> {block, grid, steps}: elements of a block, blocks (1 unless the grid runs over it), pieces in which a loop takes it
    grid     names of the dims that the grid runs over
    nodes    block values, each from earlier ones
    outputs  {node, loop}: what is written; `loop` names the dim whose pieces a loop computes and writes one by one

A node has `op` and `dims` (names; "1" for an extent of one), `dtype`, and

    input      low, high: range of the data
    map        args, body: element by element, operands repeated along the dims they lack
    reduce     arg, axis, kind (add, max), loop, named: linalg.reduce or a generic
    matmul     a, b, form (nn, nt, tn), loop, init: the node that is added to, or None; sums over K
    transpose  arg
    scan       arg, body: carries a value around a loop over the pieces of K
"""

import math
import random

# Scalar functions: the range of the result from that of the operand, or None outside of where the function is tame.


def monotone(function, low=-8.0, high=8.0):
    return lambda a: (function(a[0]), function(a[1])) if low <= a[0] and a[1] <= high else None


def rounding(function):
    return lambda a: (function(a[0]), function(a[1])) if max(abs(a[0]), abs(a[1])) < 100 else None


def square_range(a):
    ends = [a[0] * a[0], a[1] * a[1]]
    return (0.0 if a[0] <= 0 <= a[1] else min(ends), max(ends))


UNARY = {
    "negf": lambda a: (-a[1], -a[0]),
    "absf": lambda a: (0.0 if a[0] <= 0 <= a[1] else min(map(abs, a)), max(map(abs, a))),
    "exp": monotone(math.exp, -6, 3), "exp2": monotone(lambda x: 2.0 ** x, -6, 4), "expm1": monotone(math.expm1, -6, 2),
    "tanh": monotone(math.tanh, -100, 100), "erf": monotone(math.erf, -100, 100), "atan": monotone(math.atan, -100, 100),
    "sigmoid": monotone(lambda x: 1 / (1 + math.exp(-x)), -8, 8), "relu": monotone(lambda x: max(x, 0.0), -1e4, 1e4),
    "sin": lambda a: (-1.0, 1.0) if max(map(abs, a)) < 3 else None, "cos": lambda a: (-1.0, 1.0) if max(map(abs, a)) < 3 else None,
    "square": lambda a: square_range(a) if max(map(abs, a)) < 50 else None,
    "sqrt": monotone(lambda x: math.sqrt(max(x, 0)), 0.05, 1e4), "rsqrt": lambda a: (a[1] ** -0.5, a[0] ** -0.5) if a[0] >= 0.1 else None,
    "log": monotone(lambda x: math.log(max(x, 1e-9)), 0.1, 1e4), "log1p": monotone(lambda x: math.log1p(max(x, -0.99)), -0.5, 1e4),
    "cbrt": monotone(lambda x: math.copysign(abs(x) ** (1 / 3), x), 0.05, 1e4),
    "recip": lambda a: (1 / a[1], 1 / a[0]) if a[0] >= 0.2 else None,
    "floor": rounding(math.floor), "ceil": rounding(math.ceil),
}


def product(a, b):
    ends = [x * y for x in a for y in b]
    return (min(ends), max(ends))


BINARY = {
    "addf": lambda a, b: (a[0] + b[0], a[1] + b[1]), "subf": lambda a, b: (a[0] - b[1], a[1] - b[0]), "mulf": product,
    "maximumf": lambda a, b: (max(a[0], b[0]), max(a[1], b[1])), "minimumf": lambda a, b: (min(a[0], b[0]), min(a[1], b[1])),
    "divf": lambda a, b: product(a, (1 / b[1], 1 / b[0])) if b[0] >= 0.2 else None,
}
SELECTS = ("ogt", "oge", "olt", "ole", "oeq", "une")
INTEGER = {"addi": BINARY["addf"], "subi": BINARY["subf"], "muli": product}
CONSTANTS = (0.0, 1.0, 0.5, -0.5, 2.0, 0.125, -1.0, 3.0, 0.3, 1.7)
FLOATS = ("bf16", "f16", "f32")
LIMIT = 3000.0
SPACES = ("", "", ", #gpu.address_space<workgroup>", ", #gpu.address_space<private>", ", #tt.memory_space<l1>")


class Body:
    """Scalar operations on the operands of a map: [name, operands...]; an operand is a number of a value or ["const", c]."""

    def __init__(self, choose, ranges, integer):
        self.choose, self.ranges, self.integer, self.ops = choose, list(ranges), integer, []

    def operand(self):
        # Mostly the newest value: bodies are chains with some reuse.
        if not self.integer and self.choose.random() < 0.15:
            value = self.choose.choice(CONSTANTS)
            return ["const", value], (value, value)
        index = self.choose.randrange(len(self.ranges)) if self.choose.random() < 0.5 else len(self.ranges) - 1
        return index, self.ranges[index]

    def step(self):
        (a, range_a), (b, range_b) = self.operand(), self.operand()
        if isinstance(a, list) and isinstance(b, list):
            a, range_a = len(self.ranges) - 1, self.ranges[-1]
        if self.integer:
            name = self.choose.choice(list(INTEGER))
            result, op = INTEGER[name](range_a, range_b), [name, a, b]
        elif self.choose.random() < 0.45 and not isinstance(a, list):
            name = self.choose.choice(list(UNARY))
            result, op = UNARY[name](range_a), [name, a]
        elif self.choose.random() < 0.15:
            c, range_c = self.operand()
            result = (min(range_a[0], range_c[0]), max(range_a[1], range_c[1]))
            op = ["select", self.choose.choice(SELECTS), a, b, a, c]
        else:
            name = self.choose.choice(list(BINARY))
            result, op = BINARY[name](range_a, range_b), [name, a, b]
        if result is None or max(map(abs, result)) > LIMIT:
            return
        self.ops.append(op)
        self.ranges.append(result)

    def use_all(self, operands):
        """Adds what is not used yet to the result, so that no operand is there for nothing."""
        used = {i for op in self.ops for i in op[1:] if isinstance(i, int)}
        for i in range(operands):
            if i not in used and i != len(self.ranges) - 1:
                name = "addi" if self.integer else self.choose.choice(["addf", "maximumf", "subf"])
                self.ops.append([name, len(self.ranges) - 1, i])
                self.ranges.append(BINARY["addf"](self.ranges[-1], self.ranges[i]) if name != "subf" else BINARY["subf"](self.ranges[-1], self.ranges[i]))


class Generator:
    def __init__(self, seed, form):
        self.random, self.form = random.Random(f"kernel {seed}"), form
        self.integer = self.random.random() < 0.08
        self.base = "i32" if self.integer else self.random.choice(["bf16", "bf16", "bf16", "f32", "f32", "f16"])
        self.nodes, self.ranges = [], []

    def kernel(self):
        self.make_dims()
        for _ in range(self.random.choice([1, 1, 2, 3, 4, 5])):
            self.random.choice(self.steps())()
        outputs = self.make_outputs()
        return {"dims": self.dims, "grid": self.grid, "nodes": self.nodes, "outputs": outputs, "drop_batch": self.random.random() < 0.5,
                "muli": self.random.random() < 0.4, "stages": self.random.choice([None, None, 1, 2, 3])}

    # --- dims

    def make_dims(self):
        choice = self.random.choice
        self.dims = {name: {"block": choice([32, 32, 64, 64, 96, 128]), "grid": choice([1, 2, 2, 3]), "steps": 1} for name in "MN"}
        self.dims["K"] = {"block": choice([32, 64, 96, 128, 160]), "grid": 1, "steps": 1}
        pieces = self.dims["K"]["block"] // 32
        self.dims["K"]["steps"] = choice([s for s in range(1, pieces + 1) if pieces % s == 0])
        self.grid = choice([["M", "N"], ["M", "N"], ["N", "M"], ["M"], ["M"], ["N"], ["B", "M", "N"], ["B", "M"]])
        if self.integer or self.random.random() < 0.1:
            self.grid = [d for d in self.grid if d != "B"]
        if "B" in self.grid:
            self.dims["B"] = {"block": 1, "grid": choice([2, 3]), "steps": 1}
        for name in "MN":
            if name not in self.grid:
                self.dims[name]["grid"] = 1
        self.batch = ["B"] if "B" in self.grid else []

    # --- nodes

    def add(self, node, span):
        # How memory form spells it: where the block lives, and whether an input is copied there.
        node["space"] = self.random.choice(SPACES)
        node["copy"] = self.random.random() < 0.5
        self.nodes.append(node)
        self.ranges.append(span)
        return len(self.nodes) - 1

    def new_input(self, dims, dtype=None):
        low, high = self.random.choice([(-1.0, 1.0), (-1.0, 1.0), (0.25, 2.0), (-3.0, 3.0)])
        if self.integer:
            low, high = -4.0, 4.0
        # A vector is the same for the whole batch: rows of a matrix of vectors are no whole tiles.
        node = {"op": "input", "dims": (self.batch if len(dims) > 1 else []) + dims, "dtype": dtype or self.base, "low": low, "high": high}
        return self.add(node, (low, high))

    def core_dims(self, index):
        return [d for d in self.nodes[index]["dims"] if d != "B"]

    def values(self, dims):
        """Values whose dims are `dims`, or lack some of them."""
        found = []
        for i in range(len(self.nodes)):
            own = self.core_dims(i)
            if own == dims or (len(own) == len(dims) and all(o in ("1", d) for o, d in zip(own, dims))) or \
               (len(own) == 1 and own[0] in dims and len(dims) == 2):
                found.append(i)
        return found

    def pick(self, dims):
        found = self.values(dims)
        if found and self.random.random() < 0.6:
            return self.random.choice(found[-4:])
        shapes = [dims] * 6
        if len(dims) == 2:
            shapes += [[dims[0], "1"], ["1", dims[1]], [dims[1]], ["1", "1"]]
        dtype = self.base
        if self.base in ("bf16", "f32") and self.random.random() < 0.1:
            dtype = "f32" if self.base == "bf16" else "bf16"
        return self.new_input(self.random.choice(shapes), dtype)

    def tile_dims(self):
        return self.random.choice([["M", "N"]] * 5 + [["M", "K"]])

    def new_map(self, dims, args=None, most=6):
        args = args if args is not None else [self.pick(dims) for _ in range(self.random.choice([1, 2, 2, 3]))]
        if not any(self.core_dims(a) == dims for a in args):
            args = [self.new_input(dims)] + args[:2]
        args = list(dict.fromkeys(args))
        body = Body(self.random, [self.ranges[a] for a in args], self.integer)
        for _ in range(self.random.randint(1, most)):
            body.step()
        body.use_all(len(args))
        compute = self.base
        if any(self.nodes[a]["dtype"] == "f32" for a in args):
            compute = "f32"
        elif self.base == "bf16" and self.random.random() < 0.15:
            compute = "f32"
        dtype = compute if self.random.random() < 0.4 else self.base
        return self.add({"op": "map", "dims": self.batch + dims, "dtype": dtype, "args": args, "body": body.ops, "compute": compute,
                         "style": self.random.choice(["generic", "generic", "loop"])}, body.ranges[-1])

    def new_reduce(self):
        dims = self.random.choice([["M", "N"], ["M", "N"], ["M", "K"]])
        found = [i for i in self.values(dims) if self.core_dims(i) == dims]
        arg = self.random.choice(found) if found and self.random.random() < 0.7 else self.new_input(dims)
        axis = self.random.choice([1, 1, 0])
        kind = self.random.choice(["add", "max", "add"])
        kept = dims[1 - axis]
        layout = self.random.choice([[kept], [kept, "1"] if axis else ["1", kept]])
        dtype = self.nodes[arg]["dtype"]
        dtype = "f32" if dtype == "bf16" and kind == "add" and self.random.random() < 0.6 else dtype
        count = self.dims[dims[axis]]["block"]
        span = self.ranges[arg] if kind == "max" else tuple(count * e for e in self.ranges[arg])
        node = {"op": "reduce", "dims": self.batch + layout, "dtype": dtype, "arg": arg, "axis": axis, "kind": kind,
                "loop": dims[axis] == "K" and self.random.random() < 0.5, "named": layout == [kept] and self.random.random() < 0.3}
        index = self.add(node, span)
        if kind == "add" and self.random.random() < 0.7:
            # A mean, so that what follows stays small.
            body = [["mulf", 0, ["const", 1.0 / count]]]
            index = self.add({"op": "map", "dims": node["dims"], "dtype": dtype, "args": [index], "body": body, "compute": dtype,
                              "style": "generic"}, self.ranges[arg])
        if self.random.random() < 0.6:
            self.new_map(dims, [arg, index], 3)

    def new_matmul(self):
        form = self.random.choice(["nn", "nn", "nt", "tn"])
        a_dims = ["K", "M"] if form == "tn" else ["M", "K"]
        b_dims = ["N", "K"] if form == "nt" else ["K", "N"]
        operands = []
        for dims in (a_dims, b_dims):
            found = [i for i in self.values(dims) if self.core_dims(i) == dims and self.nodes[i]["dtype"] == self.base]
            index = self.random.choice(found) if found and self.random.random() < 0.4 else self.new_input(dims)
            if self.random.random() < 0.15:
                index = self.new_map(dims, [index], 2)
            operands.append(index)
        same = self.nodes[operands[0]]["dtype"] == self.nodes[operands[1]]["dtype"]
        if not same:
            operands = [self.new_input(dims) for dims in (a_dims, b_dims)]
        dtype = "f32" if self.random.random() < 0.75 else self.nodes[operands[0]]["dtype"]
        if self.nodes[operands[0]]["dtype"] == "f32":
            dtype = "f32"
        found = [i for i in self.values(["M", "N"]) if self.core_dims(i) == ["M", "N"] and self.nodes[i]["dtype"] == dtype]
        init = self.random.choice(found) if found and self.random.random() < 0.3 else None
        span = max(map(abs, product(self.ranges[operands[0]], self.ranges[operands[1]])))
        count = self.dims["K"]["block"]
        self.add({"op": "matmul", "dims": self.batch + ["M", "N"], "dtype": dtype, "a": operands[0], "b": operands[1], "form": form,
                  "loop": self.random.random() < 0.6, "init": init}, (-span * count, span * count))
        if self.random.random() < 0.5:
            node = len(self.nodes) - 1
            scale = [["mulf", 0, ["const", 0.0625]]]
            self.add({"op": "map", "dims": self.batch + ["M", "N"], "dtype": self.base, "args": [node], "body": scale, "compute": dtype,
                      "style": "generic"}, (-span * count / 16, span * count / 16))
            if self.random.random() < 0.5:
                self.new_map(["M", "N"], [node + 1, self.pick(["M", "N"])], 3)

    def new_transpose(self):
        found = [i for i in range(len(self.nodes)) if len(self.core_dims(i)) == 2 and "1" not in self.core_dims(i)]
        arg = self.random.choice(found) if found else self.new_input(["M", "N"])
        self.add({"op": "transpose", "dims": self.batch + self.core_dims(arg)[::-1], "dtype": self.nodes[arg]["dtype"], "arg": arg},
                 self.ranges[arg])

    def new_scan(self):
        arg = self.new_input(["M", "K"])
        body = [[self.random.choice(["addf", "maximumf"]), 0, 1]]
        steps = self.dims["K"]["steps"]
        self.dims["P"] = {"block": self.dims["K"]["block"] // steps, "grid": 1, "steps": 1}
        span = tuple(steps * e for e in self.ranges[arg])
        self.add({"op": "scan", "dims": self.batch + ["M", "P"], "dtype": self.nodes[arg]["dtype"], "arg": arg, "body": body}, span)

    def steps(self):
        own = lambda: self.new_map(self.tile_dims())
        if self.integer:
            return [own]
        steps = [own] * 5 + [self.new_reduce] * 2 + [self.new_matmul] * 3
        if not self.batch:
            steps += [self.new_transpose]
            if self.dims["K"]["steps"] > 1 and self.random.random() < 0.3:
                steps += [self.new_scan]
        return steps

    # --- outputs

    def make_outputs(self):
        """The last values that have every dim of the grid."""
        able = [i for i, node in enumerate(self.nodes) if node["op"] != "input" and all(d in node["dims"] for d in self.grid) and
                not (self.batch and len(self.core_dims(i)) == 1)]  # rows of a matrix of vectors are no whole tiles
        if not able:
            last = max((i for i in range(len(self.nodes)) if self.nodes[i]["op"] != "input"), default=None)
            dims = ["M", "N"]
            args = [self.new_input(dims)]
            if last is not None and last in self.values(dims):
                args.append(last)
            able = [self.new_map(dims, args, 2)]
        count = self.random.choice([1, 1, 1, 2])
        outputs = [{"node": i, "loop": None, "direct": self.random.random() < 0.4} for i in sorted(able[-count:])]
        if self.form == "memory" and self.dims["K"]["steps"] > 1:
            for output in outputs:
                node = self.nodes[output["node"]]
                if node["op"] == "map" and "K" in node["dims"] and self.random.random() < 0.7:
                    output["loop"] = "K"
        return outputs


def make_function(seed, kernels):
    """A host function of several kernels: its attributes and the descriptions of the kernels."""
    choose = random.Random(f"function {seed}")
    form = choose.choice(["value", "memory"])
    attributes = []
    if choose.random() < 0.35:
        order = choose.choice(["row_major", "column_major", "block_linear, block = 2"])
        sizes = choose.choice(["", ", grid_x = 2, grid_y = 2", ", grid_x = 3, grid_y = 1"])
        attributes.append(f"tt.schedule = #tt.schedule<order = {order}{sizes}>")
    if choose.random() < 0.25:
        attributes.append("tt.compute = #tt.compute<" + choose.choice(["fp32_acc = true", "full_sync = true", "fp32_acc = true, full_sync = true"]) + ">")
    return {"seed": seed, "form": form, "attributes": attributes, "arch": choose.choice(["wormhole_b0", "wormhole_b0", "blackhole"]),
            "kernels": [Generator(f"{seed}.{i}", form).kernel() for i in range(kernels)]}
