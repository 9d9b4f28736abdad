"""The blocks of a random kernel: the extents they have, the nodes so far and the ranges of their values, operands for the next one."""

import random

import nodes
from nodes import TILE

SPACES = ("", "", ", #gpu.address_space<workgroup>", ", #gpu.address_space<private>", ", #tt.memory_space<l1>")
LAYOUTS = ("format = bfp8_b", "format = bfp8_b", "format = bfp4_b", "memory = l1", "memory = l1, format = bfp8_b")
SHARDS = ("memory = l1, layout = sharded", "layout = sharded", "memory = l1, layout = sharded, format = bfp8_b")  # of up to 3 x 3
PACKED = 1024  # elements of a tile of a packed vector
# Blocks in tiles, by shape of the kernel.
SHAPES = {
    "small": [(1, 1)], "usual": [(m, n) for m in (1, 2, 2, 3, 4) for n in (1, 2, 2, 3, 4)], "row": [(1, n) for n in (4, 5, 8)],
    "column": [(m, 1) for m in (4, 5, 8)], "large": [(4, 4), (4, 8), (8, 4), (6, 6), (3, 7)],
}
ODD_EXTENTS = (1, 1, 17, 40, 50, 100)  # of a block that is all of its buffer
VECTOR_EXTENTS = (32, 96, 256, 1024, 1024, 2048, 3072)
ODD_VECTOR_EXTENTS = (1, 10, 100, 1000, 1025)
ODD_DEPTHS = (1, 17, 33, 48, 70, 100, 150, 201, 457)


class Blocks:
    def __init__(self, seed, form, earlier=()):
        self.random, self.form = random.Random(f"kernel {seed}"), form
        self.earlier = earlier  # buffers that kernels before it wrote
        self.integer = self.chance(0.1)
        self.ragged = self.chance(0.35)  # whether the last block of a grid or the last piece of a loop may be smaller
        self.base = "i32" if self.integer else self.random.choice(["bf16", "bf16", "bf16", "f32", "f32", "f16"])
        self.nodes, self.ranges = [], []
        self.piece, self.loop_start = None, 0  # the dim of the loop that is being made and its first node
        self.make_dims()

    def chance(self, probability):
        return self.random.random() < probability

    # --- dims

    def make_dims(self):
        choice = self.random.choice
        self.is_vector, self.batch = self.chance(0.06), []
        if self.is_vector:
            odd = self.chance(0.25)
            self.dims = {"M": {"block": choice(ODD_VECTOR_EXTENTS if odd else VECTOR_EXTENTS), "grid": 1 if odd else choice([1, 2, 3, 5])}}
            self.grid = ["M"]
            self.cut_off()
            self.adopt()
            return
        self.shape = self.random.choices(list(SHAPES), [3, 10, 2, 2, 2])[0]
        counts = [1, 1, 2] if self.shape == "large" else [1, 2, 2, 3]
        self.dims = {name: {"block": TILE * tiles, "grid": choice(counts)} for name, tiles in zip("MN", choice(SHAPES[self.shape]))}
        # Depths: what products and loops sum over.
        self.dims["K"] = {"block": TILE * choice([1, 2, 3, 4, 5, 6, 8]), "grid": 1}
        self.dims["L"] = {"block": TILE * choice([1, 1, 2, 3, 4]), "grid": 1}
        self.grid = choice([["M", "N"], ["M", "N"], ["N", "M"], ["M"], ["M"], ["N"], ["B", "M", "N"], ["B", "M"]])
        if self.integer or self.chance(0.1):
            self.grid = [d for d in self.grid if d != "B"]
        if "B" in self.grid:
            self.dims["B"] = {"block": 1, "grid": choice([2, 3])}
            self.batch = ["B"]
        elif len(self.grid) == 1 and self.chance(0.2):
            self.dims[self.grid[0]]["grid"] = choice([5, 7])
        for name in "MN":
            if name not in self.grid:
                self.dims[name]["grid"] = 1
            if self.dims[name]["grid"] == 1 and self.chance(0.06):
                self.dims[name]["block"] = choice(ODD_EXTENTS)
        self.cut_off()
        self.adopt()

    def cut_off(self):
        """Takes elements from the last blocks of a ragged kernel, and makes its depths of any length."""
        for name, dim in self.dims.items():
            block = dim["block"]
            if not self.ragged or name == "B" or block == 1 or self.chance(0.35):
                continue
            if name in "KL":
                dim["block"] = self.random.choice(ODD_DEPTHS)
            elif name in self.grid and block % TILE == 0:
                rest = self.random.choice([1, self.random.randrange(1, block), block - self.random.randrange(1, TILE), max(block - TILE, 1)])
                # One row of a block of several looks like a dim that the block lacks.
                self.dims[name] = nodes.cut(max(block * (dim["grid"] - 1) + rest, 2), block)

    def adopt(self):
        """Often takes the extents of an earlier buffer, in blocks of its own."""
        names = [["M"]] if self.is_vector else [["M", "N"], ["M", "N"], ["N", "M"], ["M", "K"], ["K", "N"], ["M", "L"]]
        found = [b for b in self.earlier if len(b["shape"]) == len(names[0]) + len(self.batch) and (b["dtype"] == "i32") == self.integer]
        if not found or self.chance(0.2):
            return
        buffer = self.random.choice(found)
        shape, self.base = buffer["shape"], self.random.choice([self.base, buffer["dtype"], buffer["dtype"]])
        if self.batch:
            self.dims["B"]["grid"] = shape[0]
        for name, extent in zip(self.random.choice(names), shape[len(self.batch):]):
            cuts = [c for c in range(1, 9) if c == 1 or (name in self.grid and extent % (c * TILE) == 0)]
            cuts = [c for c in cuts if extent // c <= (4096 if self.is_vector else 8 * TILE)]
            if self.ragged and name in self.grid and self.chance(0.6):
                block = self.random.choice(VECTOR_EXTENTS if self.is_vector else [TILE * tiles for tiles in (1, 2, 3, 4, 5, 8)])
                if 1 < extent <= 9 * block:
                    self.dims[name] = nodes.cut(extent, block)
                    continue
            if cuts and extent > 1 and not (name in "KL" and extent % TILE and not self.ragged):
                grid = self.random.choice(cuts)
                self.dims[name] = {"block": extent // grid, "grid": grid}

    def pieces(self, dim, are_equal=False):
        """Numbers of pieces of whole tiles that a loop may take a dim in; all of a block of the grid."""
        block = self.dims[dim]["block"]
        if self.ragged and not are_equal and dim not in self.grid:
            return list(range(1, -(-block // TILE) + 1))
        return [1] if block % TILE else [s for s in range(1, block // TILE + 1) if block // TILE % s == 0]

    def steps(self, dim):
        """The steps of a loop over a dim, None for no loop."""
        if "extent" in self.dims[dim]:
            return None
        more = [s for s in self.pieces(dim) if s > 1]
        if more and self.chance(0.6):
            return self.random.choice(more)
        return 1 if self.chance(0.06) else None

    # --- nodes

    def open_loop(self, dim):
        """What follows happens in a loop over the pieces of a dim, until `piece` is None; how many pieces."""
        self.piece, self.loop_start = dim, len(self.nodes)
        return self.random.choice(self.pieces(dim)[1:] or [1])

    def add(self, node, span):
        # How memory form spells it: where the block lives, whether an input is copied there, whether a sum replaces what it starts from.
        node.update(space=self.random.choice(SPACES), copy=self.chance(0.5), in_place=self.chance(0.6))
        if self.piece and (node["op"] == "carried" or any(self.nodes[o].get("piece") for o in nodes.operands(node))):
            node["piece"] = self.piece
        self.nodes.append(node)
        self.ranges.append(tuple(span))
        return len(self.nodes) - 1

    def new_input(self, dims, dtype=None, span=None):
        dtype = dtype or self.base
        low, high = span or self.random.choice([(-1.0, 1.0), (-1.0, 1.0), (0.25, 2.0), (-3.0, 3.0)])
        if dtype == "i32" or self.integer:
            low, high = self.random.choice([(-4.0, 4.0), (-4.0, 4.0), (0.0, 7.0)])
        # A vector is the same for the whole batch: rows of a matrix of vectors are no whole tiles.
        node = {"op": "input", "dims": (self.batch if len(dims) > 1 else []) + dims, "dtype": dtype, "low": low, "high": high}
        shape = [1 if d == "1" else nodes.extent(self.dims[d]) for d in node["dims"]]
        found = [b for b in self.earlier if b["shape"] == shape and b["dtype"] == dtype]
        if found and self.chance(0.7):
            buffer = self.random.choice(found)
            return self.add({**node, "from": buffer["key"]}, buffer["span"])
        if dtype in ("bf16", "f32") and len(dims) > 1 and self.chance(0.06):
            node["layout"] = self.layout()
        node.update(self.surroundings(node["dims"]))
        return self.add(node, (low, high))

    def layout(self):
        """What a buffer is kept as. A shard holds no padding for blocks that reach beyond the end of the buffer."""
        if self.ragged or self.chance(0.5):
            return self.random.choice(LAYOUTS)
        return f"{self.random.choice(SHARDS)} {self.random.randint(1, 3)} {self.random.randint(1, 3)}"

    def surroundings(self, dims):
        """What is around the blocks of an input or output in its buffer, mostly nothing: whole tiles before, anything behind whole tiles."""
        unit, found = PACKED if self.is_vector else TILE, {}
        for d in dims:
            if d != "1" and self.chance(0.08):
                one, more = (1, (1, 2)) if d == "B" else (unit, (unit, 2 * unit, 17, 40, 1000))
                # What follows in the same tile belongs to no block, and a smaller block ends with its buffer.
                is_whole = self.dims[d]["block"] % unit == 0 and not self.ragged
                behind = self.random.choice((0, *more)) if d == "B" or is_whole else 0
                found.setdefault("margin", {})[d] = [one * self.random.choice([0, 1, 1, 3]), behind]
        if len(dims) == 2 and self.chance(0.05):
            extent = self.random.choice([1, 2, 3])
            found["lead"] = [extent, self.random.randrange(extent)]
        return found

    def core_dims(self, index):
        return [d for d in self.nodes[index]["dims"] if d != "B"]

    def is_visible(self, index):
        """Whether the next node may use it: what a loop computes in each iteration stays there."""
        node = self.nodes[index]
        return node["op"] != "loop" and (not node.get("piece") or (self.piece is not None and index >= self.loop_start))

    def fits(self, index, dims):
        """Whether a node's dims are `dims`, or lack some of them."""
        own = self.core_dims(index)
        return own == dims or (len(own) == len(dims) and all(o in ("1", d) for o, d in zip(own, dims))) or \
            (len(own) == 1 and own[0] in dims and len(dims) == 2)

    def values(self, dims, dtype=None):
        """Values of exactly these dims."""
        return [i for i in range(len(self.nodes)) if self.is_visible(i) and self.core_dims(i) == dims and dtype in (None, self.nodes[i]["dtype"])]

    def pick(self, dims):
        """An operand of a map over `dims`."""
        found = [i for i in range(len(self.nodes)) if self.is_visible(i) and self.fits(i, dims)]
        if found and self.chance(0.6):
            return self.random.choice(found[-4:])
        turned = self.values(dims[::-1]) if len(dims) == 2 and dims[0] != dims[1] else []
        if turned and self.chance(0.1):
            return self.random.choice(turned)
        shapes = [dims] * 6
        if len(dims) == 2:
            shapes += [[dims[0], "1"], ["1", dims[1]], [dims[1]], [dims[0]], ["1", "1"]]
        return self.new_input(self.random.choice(shapes), self.input_type())

    def input_type(self):
        if self.integer:
            return "f32" if self.chance(0.1) else "i32"
        if self.chance(0.12):
            return self.random.choice(["f32"] * 3 + ["bf16"] * 3 + ["f16", "i32"])
        return self.base

    def value(self, dims, dtype):
        """An operand of a product or a sum: of exactly these dims and this type."""
        found = self.values(dims, dtype)
        return self.random.choice(found) if found and self.chance(0.45) else self.new_input(dims, dtype)
