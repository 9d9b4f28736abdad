"""Writes the shapes of a kernel's blocks (nodes.py) and their slices of arguments as IR.

A context says of each dim where the block begins, how many elements it has, and how many of them are in the buffer. A number of elements is a constant
or the name of an index.
"""

import math

import nodes


class SliceWriter:
    def __init__(self, function, kernel, number):
        self.f, self.kernel, self.number = function, kernel, number
        self.nodes, self.dims = kernel["nodes"], kernel["dims"]

    # --- shapes

    def block_dims(self, dims):
        return [d for d in dims if d != "B"] if self.kernel.get("drop_batch") else dims

    def shape(self, dims, context):
        return [1 if d == "1" else context[d][1] for d in self.block_dims(dims)]

    def whole(self, dims, view):
        """The extents of the buffer of which the node or output `view` is a block of these dims."""
        lead = [view["lead"][0]] if view.get("lead") else []
        margins = [sum((view.get("margin") or {}).get(d, [])) for d in dims]
        return lead + [1 if d == "1" else nodes.extent(self.dims[d]) + m for d, m in zip(dims, margins)]

    def type(self, shape, dtype, space=""):
        kind = "tensor" if self.f.is_value else "memref"
        return f"{kind}<{'x'.join('?' if isinstance(s, str) else str(s) for s in shape)}x{dtype}{space}>"

    def piece(self, place, block, extent, indent):
        """What a context says of a dim whose blocks fill an extent, the last perhaps not all of its own."""
        if extent % block == 0:
            return place, block, block
        left = self.f.define(f"affine.min affine_map<(d0) -> ({block}, {extent} - d0)>({place})", indent)
        return place, left if self.kernel.get("filled") is None else block, left

    def is_filled(self, dims, context):
        """Whether a block of these dims may have more elements than its buffer."""
        return any(d != "1" and context[d][1] != context[d][2] for d in dims)

    def begin(self, block, node, context, indent):
        """What a block that may have more elements than its buffer has of them; its name and type."""
        name, kind = block
        dims, shape = self.block_dims(node["dims"]), self.shape(node["dims"], context)
        sizes = [1 if d == "1" else context[d][2] for d in dims]
        strides = ", ".join(str(math.prod(shape[i + 1:])) for i in range(len(shape)))
        _, comma, space = kind[:-1].partition(", ")
        part = self.type(sizes, node["dtype"], f", strided<[{strides}]>{comma}{space}")
        zeros, ones = ", ".join("0" * len(shape)), ", ".join("1" * len(shape))
        return self.f.define(f"memref.subview {name}[{zeros}] [{', '.join(map(str, sizes))}] [{ones}] : {kind} to {part}", indent), part

    # --- places

    def mapped(self, index, expression, indent):
        return self.f.define(f"affine.apply affine_map<(d0) -> ({expression})>({index})", indent)

    def scaled(self, index, by, indent):
        if by == 1:
            return index
        if self.kernel.get("muli"):
            return self.f.define(f"arith.muli {index}, {self.f.constant(by, 'index')} : index", indent)
        return self.mapped(index, f"d0 * {by}", indent)

    def counted(self, spelling, size, block, indent):
        """Bounds of a counter of blocks, first to last and step, and the place of a block from the counter."""
        if spelling == "offsets":
            return (0, size, block), lambda counter: counter
        if spelling == "shifted":
            return (block, size + block, block), lambda counter: self.mapped(counter, f"d0 - {block}", indent)
        return (0, -(-size // block), 1), lambda counter: self.scaled(counter, block, indent)

    def offsets(self, dims, view, context, indent):
        """Where a block begins in its buffer, behind the margin that comes before all blocks."""
        places = [str(view["lead"][1])] if view.get("lead") else []
        for d in dims:
            before, _ = (view.get("margin") or {}).get(d, [0, 0])
            place = "0" if d == "1" else context[d][0]
            if before and place.isdigit():
                place = str(int(place) + before)
            elif before:
                place = self.mapped(place, f"d0 + {before}", indent)
            places.append(place)
        return places

    def box(self, dims, view, context, indent):
        """Offsets, sizes and strides of a block as they stand in a slice."""
        places = self.offsets(dims, view, context, indent)
        sizes = ([1] if view.get("lead") else []) + [1 if d == "1" else context[d][2] for d in dims]
        return places, sizes

    # --- slices

    def slice(self, name, dims, dtype, view, context, indent):
        """The block of an argument; its name and type."""
        whole = self.whole(dims, view)
        places, sizes = self.box(dims, view, context, indent)
        kept = [False] * (len(sizes) - len(dims)) + [d in self.block_dims(dims) for d in dims]
        if whole == sizes and all(kept):
            return name, self.type(whole, dtype)
        source = (name, self.type(whole, dtype), whole, "0" * len(whole))
        split = (self.kernel.get("nested") or 0) % len(whole)
        if split:
            # Takes the first dimensions, then the others of what that gives.
            source = self.part(source, places[:split] + ["0"] * (len(whole) - split), sizes[:split] + whole[split:], None, whole, dtype, indent)
            places = ["0"] * split + places[split:]
        return self.part(source, places, sizes, kept, whole, dtype, indent)[:2]

    def part(self, source, places, sizes, kept, whole, dtype, indent):
        """One slice of a source (name, type, extents, offsets so far), without the dimensions that are not kept."""
        name, source_type, _, before = source
        shape = sizes if kept is None else [s for s, is_kept in zip(sizes, kept) if is_kept]
        offsets = [a if a != "0" else b for a, b in zip(before, places)]
        text = f"{name}[{', '.join(places)}] [{', '.join(map(str, sizes))}] [{', '.join(['1'] * len(sizes))}] : {source_type} to "
        if self.f.is_value:
            kind, op = self.type(shape, dtype), "tensor.extract_slice"
        else:
            kind, op = self.type(shape, dtype, self.strided(whole, kept, offsets)), "memref.subview"
        return self.f.define(f"{op} {text}{kind}", indent), kind, sizes, offsets

    def strided(self, whole, kept, offsets):
        strides = [1]
        for extent in reversed(whole[1:]):
            strides.insert(0, strides[0] * extent)
        start = sum(int(o) * s for o, s in zip(offsets, strides)) if all(o.isdigit() for o in offsets) else "?"
        own = [s for place, s in enumerate(strides) if kept is None or kept[place]]
        return f", strided<[{', '.join(map(str, own))}]" + (f", offset: {start}>" if start else ">")
