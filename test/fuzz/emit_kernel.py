"""Writes a kernel (nodes.py) as IR: its grid, its loops and sums, its outputs."""

import math

import nodes
from emit_blocks import BlockWriter
from emit_scalars import ScalarBody


COMBINE = {"add": "arith.addf", "max": "arith.maximumf", "min": "arith.minimumf"}
# Loops of the two factors and the result of a product.
FACTORS = {"nn": ("mk", "kn", "mn"), "nt": ("mk", "nk", "mn"), "tn": ("km", "kn", "mn"), "tt": ("km", "nk", "mn"), "mv": ("mk", "k", "m"), "vm": ("k", "kn", "n")}
NEUTRAL = {"add": 0.0, "max": -math.inf, "min": math.inf}


class Kernel(BlockWriter):
    # --- loops

    def hoist(self, index, dim, context, indent):
        """Emits, before a loop over `dim`, what the node needs that does not change in it."""
        node = self.nodes[index]
        if dim not in self.all_dims(node) and node.get("piece") != dim:
            self.value(index, context, indent)
        elif node["op"] != "carried":
            # What an inner loop computes is there in its iterations, as what it carries is.
            inner = node["op"] == "loop"
            for operand in [self.nodes[first]["init"] for first, _ in node["pairs"]] if inner else nodes.operands(node):
                self.hoist(operand, dim, context, indent)

    def all_dims(self, node):
        """The dims of a node, or of what a loop carries."""
        return node["dims"] + [d for first, _ in node.get("pairs", []) for d in self.nodes[first]["dims"]]

    def loop_key(self, index, context):
        return index, tuple((d, context[d]) for d in self.all_dims(self.nodes[index]) if d != "1")

    def loop(self, dim, steps, start, kinds, context, indent, body):
        """A loop over the pieces of a dim that carries blocks in value form; body(context, carried) gives the next ones."""
        size = self.dims[dim]["block"]
        piece = nodes.piece(size, steps)
        bounds, place = self.counted(self.kernel.get("loops") or "offsets", size, piece, indent + 1)
        first, limit, by = (self.f.constant(c, "index") for c in bounds)
        counter, known = self.f.fresh(), dict(self.values)
        stages = self.kernel.get("stages")
        end = "}" + (f" {{tt.num_stages = {stages} : i64}}" if stages else "")
        head = f"scf.for {counter} = {first} to {limit} step {by}"

        def inside():
            self.counter = (counter, first)
            return {**context, dim: self.piece(place(counter), piece, size, indent + 1)}

        if not self.f.is_value:
            self.f.emit(head + " {", indent)
            result = body(inside(), start)
            for (old, new), kind in zip(zip(start, result), kinds):
                if old != new:
                    self.f.emit(f"memref.copy {new}, {old} : {self.kinds[new]} to {kind}", indent + 1)
            self.f.emit(end, indent)
            self.values = known
            return start
        carried = [self.f.fresh() for _ in start]
        made = self.f.fresh()
        pairs = ", ".join(f"{c} = {s}" for c, s in zip(carried, start))
        several = len(start) > 1
        self.f.emit(f"{made}{f':{len(start)}' if several else ''} = {head} iter_args({pairs}) -> ({', '.join(kinds)}) {{", indent)
        result = body(inside(), carried)
        self.f.emit(f"scf.yield {', '.join(result)} : {', '.join(kinds)}", indent + 1)
        self.f.emit(end, indent)
        self.values = known
        return [f"{made}#{i}" for i in range(len(start))] if several else [made]

    def emit_loop(self, index, node, context, indent):
        starts = []
        for first, last in node["pairs"]:
            name, kind = self.operand(self.nodes[first]["init"], context, indent)
            if not self.f.is_value:
                block = self.fresh_block(self.nodes[first], context, indent)
                self.f.emit(f"memref.copy {name}, {block[0]} : {kind} to {block[1]}", indent)
                name, kind = block
            starts.append((name, kind))
        for _, last in node["pairs"]:
            self.hoist(last, node["dim"], context, indent)

        def step(inner, carried):
            for (first, _), name, (_, kind) in zip(node["pairs"], carried, starts):
                self.remember(first, inner, name, kind)
            return [self.value(last, inner, indent + 1) for _, last in node["pairs"]]

        names, kinds = [name for name, _ in starts], [kind for _, kind in starts]
        made = self.loop(node["dim"], node["steps"], names, kinds, context, indent, step)
        self.left[self.loop_key(index, context)] = list(zip(made, kinds))

    def emit_result(self, index, node, context, indent):
        key = self.loop_key(node["arg"], context)
        if key not in self.left:
            self.emit_loop(node["arg"], self.nodes[node["arg"]], context, indent)
        return self.remember(index, context, *self.left[key][node["place"]])

    # --- reductions and contractions

    def reduce_once(self, node, target, context, indent):
        arg = self.nodes[node["arg"]]
        offset = len(self.block_dims(arg["dims"])) - 2
        if node["named"] and arg["dtype"] == node["dtype"]:
            name, kind = self.operand(node["arg"], context, indent)
            return self.assigned(f"linalg.reduce {{ {COMBINE[node['kind']]} }} ins({name} : {kind}) outs({target[0]} : {target[1]}) "
                                 f"dimensions = [{node['axis'] + offset}]", target, indent)
        return self.combine([node], [target], context, indent)[0]

    def combine(self, results, targets, context, indent):
        """Reductions of the same blocks as one generic."""
        node, dims = results[0], self.nodes[results[0]["arg"]]["dims"]
        rank, args = len(self.block_dims(dims)), self.reduced(node)
        kinds = ["reduction" if i == node["axis"] + rank - 2 or (node.get("all") and i >= rank - 2) else "parallel" for i in range(rank)]

        def combined(own, names, old):
            scalar = ScalarBody(self.f, own["dtype"], indent + 1)
            values = [scalar.cast(name, self.nodes[a]["dtype"], own["dtype"]) for name, a in zip(names, args)]
            return scalar.op(COMBINE[own["kind"]], scalar.run(own.get("body") or [], values), old)

        body = lambda names: [combined(own, names, old) for own, old in zip(results, names[len(args):])]
        return self.generic(args, results, targets, dims, kinds, body, context, indent)

    def emit_twins(self, index, context, indent):
        """Two reductions from nothing in one op."""
        together = self.with_twin(index)
        results = [self.nodes[i] for i in together]
        for a in self.reduced(results[0]):
            self.value(a, context, indent)
        targets = [self.filled(NEUTRAL[n["kind"]], n, self.target(i, n, context, indent), indent) for i, n in zip(together, results)]
        return self.remember_all(together, context, self.combine(results, targets, context, indent), targets)

    def reduced(self, node):
        """The nodes that the elements are computed from that a reduction combines."""
        return [node["arg"]] + ([node["other"]] if node.get("other") is not None else [])

    def multiply(self, node, target, context, indent):
        operands = [self.operand(i, context, indent) for i in (node["a"], node["b"])]
        loops, lead = self.product_loops(node)
        maps = [f"affine_map<({', '.join(loops)}) -> ({', '.join(lead + list(r))})>" for r in FACTORS[node["form"]]]
        text = f" indexing_maps = [{', '.join(maps)}]"
        if node.get("style") == "contract":
            return self.structured("linalg.contract" + text, operands, target, indent)
        if node.get("style") == "generic":
            return self.multiply_and_add(node, operands, maps, target, len(loops), indent)
        op = {"mv": "matvec", "vm": "vecmat"}.get(node["form"], "batch_matmul" if lead else "matmul")
        return self.structured(f"linalg.{op}" + ("" if node["form"] in ("nn", "mv", "vm") else text), operands, target, indent)

    def product_loops(self, node):
        """The loops of a product, and those of its batch among them."""
        lead = ["b"] if "B" in self.block_dims(node["dims"]) else []
        return lead + {"mv": ["m", "k"], "vm": ["n", "k"]}.get(node["form"], ["m", "n", "k"]), lead

    def multiply_and_add(self, node, operands, maps, target, loops, indent):
        """A product as a generic that says what it does."""
        names, scalar = [self.f.fresh() for _ in range(3)], ScalarBody(self.f, node["dtype"], indent + 1)
        dtypes = [self.nodes[node["a"]]["dtype"], self.nodes[node["b"]]["dtype"], node["dtype"]]
        start = len(self.f.lines)
        self.f.emit(f"^bb0({', '.join(f'{n}: {t}' for n, t in zip(names, dtypes))}):", indent)
        a, b = (scalar.cast(n, t, node["dtype"]) for n, t in zip(names, dtypes[:2]))
        result = scalar.op("arith.addf", names[2], scalar.op("arith.mulf", a, b))
        self.f.emit(f"linalg.yield {result} : {node['dtype']}", indent + 1)
        lines = self.f.lines[start:]
        del self.f.lines[start:]
        kinds = ", ".join(f'"{k}"' for k in ["parallel"] * (loops - 1) + ["reduction"])
        return self.structured(f"linalg.generic {{indexing_maps = [{', '.join(maps)}], iterator_types = [{kinds}]}}", operands, target, indent, lines)

    def emit_sum(self, index, node, changing, over, neutral, once, context, indent):
        """A sum of `changing` over a dim: what it starts from, and once(node, block, ...) or a loop around it."""
        for operand in changing:
            if node["steps"]:
                self.hoist(operand, over, context, indent)
            else:
                self.value(operand, context, indent)
        cleared = node["init"] is None and node["steps"] and self.kernel.get("cleared") and not self.f.is_value
        if cleared:
            start = self.target(index, node, context, indent)
        elif node["init"] is not None:
            start = self.start(index, node, node["init"], context, indent)
        else:
            start = self.filled(neutral, node, self.target(index, node, context, indent), indent)
        if not node["steps"]:
            return self.remember(index, context, once(node, start, context, indent), start[1])

        def step(inner, carried):
            if cleared:
                self.clear_first(neutral, node, start, indent + 1)
            return [once(node, (carried[0], start[1]), inner, indent + 1)]

        made = self.loop(over, node["steps"], [start[0]], [start[1]], context, indent, step)
        return self.remember(index, context, made[0], start[1])

    def clear_first(self, neutral, node, start, indent):
        """Fills the block of a sum in the first iteration of its loop."""
        counter, first = self.counter
        is_first = self.f.define(f"arith.cmpi eq, {counter}, {first} : index", indent)
        self.f.emit(f"scf.if {is_first} {{", indent)
        self.filled(neutral, node, start, indent + 1)
        self.f.emit("}", indent)

    def emit_reduce(self, index, node, context, indent):
        if node.get("twin") is not None:
            return self.emit_twins(index, context, indent)
        over = self.nodes[node["arg"]]["dims"][node["axis"] - 2]
        return self.emit_sum(index, node, self.reduced(node), over, NEUTRAL[node["kind"]], self.reduce_once, context, indent)

    def emit_matmul(self, index, node, context, indent):
        return self.emit_sum(index, node, [node["a"], node["b"]], node["over"], 0.0, self.multiply, context, indent)

    # --- the kernel

    def write(self):
        self.values, self.value_types, self.direct = {}, {}, {}
        self.kinds = {}  # types of blocks by name
        self.left = {}  # what loops leave, by their nodes
        outputs = self.kernel["outputs"]
        kinds = [self.output_type(o) for o in outputs]
        head, place = self.grid()
        names = [self.destination(i, kind) for i, kind in enumerate(kinds)]
        shared = names
        if self.f.is_value:
            shared = [f"%o{self.number}_{i}" for i in range(len(outputs))]
            made = self.f.fresh()
            pairs = ", ".join(f"{s} = {e}" for s, e in zip(shared, names))
            self.f.emit(f"{made}{':%d' % len(outputs) if len(outputs) > 1 else ''} = {head} shared_outs({pairs}) -> ({', '.join(kinds)}) {{", 1)
            names = [f"{made}#{i}" if len(outputs) > 1 else made for i in range(len(outputs))]
        else:
            self.f.emit(head + " {", 1)
        self.args.update((o["onto"], name) for o, name in zip(outputs, shared) if o.get("onto") is not None)
        self.f.layouts.update((name, output.get("layout")) for name, output in zip(names, outputs))
        context = {d: self.piece(place(d), info["block"], nodes.extent(info), 2) for d, info in self.dims.items()}
        self.write_outputs(outputs, shared, kinds, context)
        self.f.emit("}", 1)
        self.finish(outputs, names, kinds)

    def finish(self, outputs, names, kinds):
        """Says what later kernels and the function's caller see of the outputs."""
        for output, name, kind in zip(outputs, names, kinds):
            self.f.made[self.key_of(output)] = name
            if self.f.is_value and not self.is_scratch(output):
                self.f.results.append((name, kind))
                self.f.owners.append(self.number)

    def key_of(self, output):
        return self.kernel.get("id"), output.get("id")

    def is_scratch(self, output):
        return output.get("scratch") and self.key_of(output) in self.f.links.values()

    def view(self, output):
        """What says of which part of its buffer an output is: it, or the input whose buffer it is."""
        return output if output.get("onto") is None else self.nodes[output["onto"]]

    def output_type(self, output):
        node = self.nodes[output["node"]]
        return self.type(self.whole(node["dims"], self.view(output)), node["dtype"])

    def destination(self, place, kind):
        """The buffer of an output: nothing yet in value form, scratch, or an argument, which keeps what no block replaces."""
        output = self.kernel["outputs"][place]
        view = self.view(output)
        if self.is_scratch(output) or (self.f.is_value and view is output and not nodes.is_part(output)):
            return self.f.define(f"{'tensor.empty' if self.f.is_value else 'memref.alloc'}() : {kind}", 1)
        name = f"%r{self.number}_{place}"
        self.f.arguments.append((name, kind))
        self.f.ranges.append((name, view.get("low", -1.0), view.get("high", 1.0)))
        self.f.layouts[name] = output.get("layout")
        return name

    def grid(self):
        """The head of the grid, and what gives the place of a block along a dim."""
        counters = {d: f"%g{self.number}_{d}" for d in self.kernel["grid"]}
        spelling = self.kernel.get("forall") or "counts"
        ways = {d: self.counted(spelling, nodes.extent(self.dims[d]), self.dims[d]["block"], 2) for d in counters}
        head = f"scf.forall ({', '.join(counters.values())}) "
        ends = [", ".join(map(str, column)) for column in zip(*(bounds for bounds, _ in ways.values()))]
        head += f"in ({ends[1]})" if spelling == "counts" else f"= ({ends[0]}) to ({ends[1]}) step ({ends[2]})"

        def place(d):
            # The index of a single block of an odd extent is no multiple of a tile.
            is_odd = d != "B" and self.dims[d]["block"] % 32
            return "0" if d not in counters or is_odd else ways[d][1](counters[d])

        return head, place

    def write_outputs(self, outputs, shared, kinds, context):
        for output, name in zip(outputs, shared):
            dims, dtype = self.nodes[output["node"]]["dims"], self.nodes[output["node"]]["dtype"]
            # What a loop leaves is in the block that it carried.
            is_made = self.nodes[output["node"]]["op"] != "result"
            if not self.f.is_value and is_made and output.get("direct") and [o["node"] for o in outputs].count(output["node"]) == 1:
                self.direct[output["node"]] = lambda c, i, n=name, d=dims, t=dtype, o=self.view(output): self.slice(n, d, t, o, c, i)
        if self.f.is_value:
            made = [self.value(o["node"], context, 2) for o in outputs]
            boxes = [self.box(self.nodes[o["node"]]["dims"], self.view(o), context, 2) for o in outputs]
            self.f.emit("scf.forall.in_parallel {", 2)
            for output, name, target, kind, (places, extents) in zip(outputs, made, shared, kinds, boxes):
                node = self.nodes[output["node"]]
                offsets, sizes, ones = ", ".join(places), ", ".join(map(str, extents)), ", ".join(["1"] * len(extents))
                block = self.type(self.shape(node["dims"], context), node["dtype"])
                self.f.emit(f"tensor.parallel_insert_slice {name} into {target}[{offsets}] [{sizes}] [{ones}] : {block} into {kind}", 3)
            self.f.emit("}", 2)
            return
        for output, name in zip(outputs, shared):
            if output["loop"]:
                self.hoist(output["node"], output["loop"], context, 2)
                self.loop(output["loop"], output["steps"], [], [], context, 2, lambda inner, _, o=output, n=name: self.store(o, n, inner, 3))
            else:
                self.store(output, name, context, 2)

    def store(self, output, name, context, indent):
        node = self.nodes[output["node"]]
        made, kind = self.operand(output["node"], context, indent)
        if self.is_direct(output["node"], context):
            return []
        if self.is_filled(node["dims"], context):
            made, kind = self.begin((made, kind), node, context, indent)
        view, view_kind = self.slice(name, node["dims"], node["dtype"], self.view(output), context, indent)
        self.f.emit(f"memref.copy {made}, {view} : {kind} to {view_kind}", indent)
        return []
