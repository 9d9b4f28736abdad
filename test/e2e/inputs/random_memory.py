"""Writes a random element-wise kernel in memory form to stdout: buffers that are reused, copied and overwritten by every kind of
statement.

    random_memory.py SEED
"""

import random
import sys

INDENT = "    "
MAP = "affine_map<(i, j) -> (i, j)>"


class Kernel:
    def __init__(self, seed):
        self.random = random.Random(seed)
        choice = self.random.choice
        self.dtype = choice(["bf16", "bf16", "f32"])
        self.block = (choice([32, 64]), choice([32, 64, 96]))
        self.grid = (choice([1, 2, 3]), choice([1, 2, 5]))
        self.shape = tuple(b * g for b, g in zip(self.block, self.grid))
        self.inputs, self.outputs = choice([1, 2, 3]), choice([1, 1, 2])
        self.spaces = [choice(["", ", #gpu.address_space<workgroup>", ", #gpu.address_space<private>"]) for _ in range(choice([3, 4, 5]))]
        self.written = []
        self.names = 0
        self.lines = []

    def name(self):
        self.names += 1
        return f"%v{self.names}"

    def emit(self, text, depth=0):
        self.lines.append(INDENT + "  " * depth + text)

    def whole(self):
        return f"memref<{self.shape[0]}x{self.shape[1]}x{self.dtype}>"

    def view(self):
        return f"memref<{self.block[0]}x{self.block[1]}x{self.dtype}, strided<[{self.shape[1]}, 1], offset: ?>>"

    def buffer(self, b):
        return f"memref<{self.block[0]}x{self.block[1]}x{self.dtype}{self.spaces[b]}>"

    def slice(self, argument):
        name = self.name()
        self.emit(f"{name} = memref.subview %{argument}[%row, %col] [{self.block[0]}, {self.block[1]}] [1, 1] : {self.whole()} to {self.view()}")
        return name

    def wrote(self, b):
        if b not in self.written:
            self.written.append(b)

    def copy_in(self, argument):
        b, source = self.random.randrange(len(self.spaces)), self.slice(argument)
        if self.random.random() < 0.3:
            self.emit(f"linalg.copy ins({source} : {self.view()}) outs(%b{b} : {self.buffer(b)})")
        else:
            self.emit(f"memref.copy {source}, %b{b} : {self.view()} to {self.buffer(b)}")
        self.wrote(b)

    def expression(self, values, depth):
        """One to three scalar operations on the values; the name of the result."""
        values, choice = list(values), self.random.choice
        for _ in range(choice([1, 2, 3])):
            kind, a, b = choice(["addf", "subf", "mulf", "tanh", "exp", "relu", "half", "negf"]), choice(values), choice(values)
            result = self.name()
            if kind == "exp":
                # Of a number between -1 and 1, so that chains stay finite.
                bounded = self.name()
                self.emit(f"{bounded} = math.tanh {a} : {self.dtype}", depth)
                self.emit(f"{result} = math.exp {bounded} : {self.dtype}", depth)
            elif kind == "tanh":
                self.emit(f"{result} = math.tanh {a} : {self.dtype}", depth)
            elif kind == "negf":
                self.emit(f"{result} = arith.negf {a} : {self.dtype}", depth)
            elif kind == "relu":
                self.emit(f"{result} = arith.maximumf {a}, %zero : {self.dtype}", depth)
            elif kind == "half":
                self.emit(f"{result} = arith.{choice(['addf', 'mulf', 'subf'])} {a}, %half : {self.dtype}", depth)
            else:
                self.emit(f"{result} = arith.{kind} {a}, {b} : {self.dtype}", depth)
            values.append(result)
        return values[-1]

    def loop(self, sources, target):
        rows, cols = self.block
        form = self.random.choice(["parallel", "forall", "for", "columns"])
        depth = 2 if form in ("for", "columns") else 1
        if form == "parallel":
            self.emit("scf.parallel (%i, %j) = (%c0, %c0) to (%rows, %cols) step (%c1, %c1) {")
        elif form == "forall":
            self.emit(f"scf.forall (%i, %j) in ({rows}, {cols}) {{")
        else:
            order = [("%i", "%rows"), ("%j", "%cols")]
            for level, (variable, bound) in enumerate(order if form == "for" else reversed(order)):
                self.emit(f"scf.for {variable} = %c0 to {bound} step %c1 {{", level)
        values = []
        for b in sources:
            values.append(self.name())
            self.emit(f"{values[-1]} = memref.load %b{b}[%i, %j] : {self.buffer(b)}", depth)
        self.emit(f"memref.store {self.expression(values, depth)}, %b{target}[%i, %j] : {self.buffer(target)}", depth)
        for level in reversed(range(depth)):
            self.emit("}", level)

    def generic(self, sources, target):
        types = ", ".join(self.buffer(b) for b in sources)
        self.emit(f"linalg.generic {{indexing_maps = [{', '.join([MAP] * (len(sources) + 1))}], iterator_types = [\"parallel\", \"parallel\"]}}")
        self.emit(f"ins({', '.join(f'%b{b}' for b in sources)} : {types}) outs(%b{target} : {self.buffer(target)}) {{", 1)
        values = [self.name() for _ in sources]
        self.emit(f"^bb0({''.join(f'{v}: {self.dtype}, ' for v in values)}{self.name()}: {self.dtype}):")
        self.emit(f"linalg.yield {self.expression(values, 1)} : {self.dtype}", 1)
        self.emit("}")

    def statement(self):
        choice = self.random.choice
        kind, target = choice(["loop", "loop", "generic", "copy", "named", "in"]), self.random.randrange(len(self.spaces))
        sources = [choice(self.written) for _ in range(choice([1, 2]))]
        a, b = sources[0], sources[-1]
        if kind == "in":
            return self.copy_in(f"in{self.random.randrange(self.inputs)}")
        if kind == "copy":
            if a == target:
                return None
            self.emit(f"memref.copy %b{a}, %b{target} : {self.buffer(a)} to {self.buffer(target)}")
        elif kind == "named":
            self.emit(f"linalg.{choice(['add', 'sub', 'mul'])} ins(%b{a}, %b{b} : {self.buffer(a)}, {self.buffer(b)}) outs(%b{target} : {self.buffer(target)})")
        elif kind == "loop":
            self.loop(sources, target)
        else:
            self.generic(sources, target)
        return self.wrote(target)

    def write(self):
        arguments = [f"in{i}" for i in range(self.inputs)] + [f"out{i}" for i in range(self.outputs)]
        self.random.shuffle(arguments)
        for i in range(self.inputs):
            self.copy_in(f"in{i}")
        for _ in range(self.random.choice([1, 2, 3, 4])):
            self.statement()
        for i in range(self.outputs):
            b = self.random.choice(self.written)
            target = self.slice(f"out{i}")
            self.emit(f"memref.copy %b{b}, {target} : {self.buffer(b)} to {self.view()}")
        print(f"func.func @random({', '.join(f'%{a}: {self.whole()}' for a in arguments)}) {{")
        for name, value in (("c0", 0), ("c1", 1), ("rows", self.block[0]), ("cols", self.block[1])):
            print(f"  %{name} = arith.constant {value} : index")
        print(f"  %zero = arith.constant 0.0 : {self.dtype}\n  %half = arith.constant 0.5 : {self.dtype}")
        print(f"  scf.forall (%by, %bx) in ({self.grid[0]}, {self.grid[1]}) {{")
        for name, index, size in (("row", "by", self.block[0]), ("col", "bx", self.block[1])):
            print(f"    %{name} = affine.apply affine_map<(d0) -> (d0 * {size})>(%{index})")
        for b in range(len(self.spaces)):
            print(f"    %b{b} = memref.alloc() : {self.buffer(b)}")
        print("\n".join(self.lines) + "\n  }\n  return\n}")


if __name__ == "__main__":
    Kernel(int(sys.argv[1])).write()
