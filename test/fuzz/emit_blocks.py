"""Writes the blocks of a kernel (nodes.py) as IR: inputs, maps, and what else takes no loop."""

import nodes
from emit_scalars import ScalarBody
from emit_slices import SliceWriter


ELEMENT_LOOPS = ("loop", "nest", "forall")
# Operations that linalg has an op of its own for.
NAMED = {"addf": "add", "subf": "sub", "mulf": "mul", "divf": "div", "maximumf": "max", "minimumf": "min", "exp": "exp", "log": "log", "absf": "abs",
         "negf": "negf", "tanh": "tanh", "erf": "erf", "sqrt": "sqrt", "rsqrt": "rsqrt", "square": "square", "floor": "floor", "ceil": "ceil",
         "recip": "reciprocal", "addi": "add", "subi": "sub", "muli": "mul", "maxsi": "max", "minsi": "min"}


class BlockWriter(SliceWriter):
    def __init__(self, function, kernel, number):
        super().__init__(function, kernel, number)
        self.args = {}

    def is_used_once(self, index):
        """Whether nothing reads the node a second time, so that memory form may overwrite its block."""
        begins = sum(first == index for node in self.nodes for first, _ in node.get("pairs", []))
        uses = sum(nodes.operands(node).count(index) for node in self.nodes) - begins
        return uses + sum(output["node"] == index for output in self.kernel["outputs"]) == 1

    def node_type(self, index, context):
        node = self.nodes[index]
        return self.value_types[(index, self.key(node, context))] if not self.f.is_value else self.type(self.shape(node["dims"], context), node["dtype"])

    def key(self, node, context):
        dims = node["dims"] + ([node["piece"]] if node.get("piece") else [])
        return tuple((d, context[d]) for d in dims if d != "1")

    # --- values

    def remember(self, index, context, name, kind):
        key = (index, self.key(self.nodes[index], context))
        self.values[key] = name
        self.value_types[key] = kind
        self.kinds[name] = kind
        return name

    def value(self, index, context, indent):
        """The name of a node's block in a context (place and size by dim)."""
        node = self.nodes[index]
        known = self.values.get((index, self.key(node, context)))
        return known or getattr(self, "emit_" + node["op"])(index, node, context, indent)

    def fresh_block(self, node, context, indent):
        kind = self.type(self.shape(node["dims"], context), node["dtype"], "" if self.f.is_value else node.get("space", ""))
        op = "tensor.empty()" if self.f.is_value else "memref.alloc()"
        return self.f.define(f"{op} : {kind}", indent), kind

    def target(self, index, node, context, indent):
        """Where a node's value goes: a new block, or in memory form the block of the output itself."""
        direct = self.direct.get(index)
        return direct(context, indent) if direct and not self.f.is_value else self.fresh_block(node, context, indent)

    def emit_input(self, index, node, context, indent):
        name, kind = self.slice(self.argument(index), node["dims"], node["dtype"], node, context, indent)
        if not self.f.is_value and node.get("copy"):
            block, block_kind = self.fresh_block(node, context, indent)
            self.f.emit(f"memref.copy {name}, {block} : {kind} to {block_kind}", indent)
            name, kind = block, block_kind
        return self.remember(index, context, name, kind)

    def argument(self, index):
        if index not in self.args:
            node, name = self.nodes[index], f"%a{self.number}_{index}"
            if (self.number, index) in self.f.links:
                return self.f.made[self.f.links[(self.number, index)]]
            self.args[index] = name
            self.f.arguments.append((name, self.type(self.whole(node["dims"], node), node["dtype"])))
            self.f.ranges.append((name, node["low"], node["high"]))
            self.f.layouts[name] = node.get("layout")
        return self.args[index]

    def structured(self, op, inputs, target, indent, body=None):
        """A linalg op on named blocks, with the lines of its body if it has one; gives the name of the result."""
        names, kinds = [name for name, _ in inputs], [kind for _, kind in inputs]
        name, kind = target
        made = self.f.fresh() if self.f.is_value else name
        ins = f" ins({', '.join(names)} : {', '.join(kinds)})" if inputs else ""
        text = (f"{made} = " if self.f.is_value else "") + f"{op}{ins} outs({name} : {kind})"
        arrow = f" -> {kind}" if self.f.is_value else ""
        self.f.emit(text + (" {" if body else arrow), indent)
        if body:
            self.f.lines += body
            self.f.emit("}" + arrow, indent)
        return made

    def operand(self, index, context, indent):
        name = self.value(index, context, indent)
        return name, self.node_type(index, context)

    def place(self, dim, iterators):
        """The iterator of a dim; a piece of it is as good."""
        return next(i for i, d in enumerate(iterators) if d == dim or self.dims.get(d, {}).get("of") == dim)

    def map_of(self, dims, iterators):
        dims, iterators = self.block_dims(dims), self.block_dims(iterators)
        results = []
        for place, d in enumerate(dims):
            if d != "1":
                results.append(f"d{self.place(d, iterators)}")
            elif len(dims) == len(iterators) and iterators[place] == "1":
                results.append(f"d{place}")
            else:
                results.append("0")
        return f"affine_map<({', '.join(f'd{i}' for i in range(len(iterators)))}) -> ({', '.join(results)})>"

    def generic(self, args, node, target, iterators, kinds, body, context, indent):
        """linalg.generic over `iterators`; body(names of the scalars) emits lines and gives the yielded name."""
        inputs = [self.operand(a, context, indent) for a in args]
        maps = [self.map_of(self.nodes[a]["dims"], iterators) for a in args] + [self.map_of(node["dims"], iterators)]
        names = [self.f.fresh() for _ in args] + [self.f.fresh()]
        dtypes = [self.nodes[a]["dtype"] for a in args] + [node["dtype"]]
        start = len(self.f.lines)
        self.f.emit(f"^bb0({', '.join(f'{n}: {t}' for n, t in zip(names, dtypes))}):", indent)
        result = body(names)
        self.f.emit(f"linalg.yield {result} : {node['dtype']}", indent + 1)
        lines = self.f.lines[start:]
        del self.f.lines[start:]
        quoted = ", ".join(f'"{k}"' for k in kinds)
        return self.structured(f"linalg.generic {{indexing_maps = [{', '.join(maps)}], iterator_types = [{quoted}]}}", inputs, target, indent, lines)

    def start(self, index, node, init, context, indent):
        """The block that a node's result replaces: that of `init`, or in memory form a copy of it where it is wanted again."""
        block = self.operand(init, context, indent)
        before = self.nodes[init]
        own = before["op"] not in ("input", "fill") and before.get("piece") == node.get("piece") and index not in self.direct
        if self.f.is_value or (own and node["in_place"] and self.is_used_once(init)):
            return block
        target = self.target(index, node, context, indent)
        self.f.emit(f"memref.copy {block[0]}, {target[0]} : {block[1]} to {target[1]}", indent)
        return target

    def emit_map(self, index, node, context, indent):
        inputs = [self.operand(a, context, indent) for a in node["args"]]
        onto = node.get("onto")
        if onto is None:
            target = self.target(index, node, context, indent)
        else:
            target = inputs[onto] = self.start(index, node, node["args"][onto], context, indent)
        scalar = ScalarBody(self.f, node["compute"], indent + 1, node.get("unsigned"))

        def body(names):
            values = [scalar.cast(n, self.nodes[a]["dtype"], node["compute"]) for n, a in zip(names, node["args"])]
            return scalar.cast(scalar.run(node["body"], values), node["compute"], node["dtype"])

        if node["style"] in ELEMENT_LOOPS and not self.f.is_value:
            self.element_loop(inputs, node, target, body, context, indent)
            return self.remember(index, context, *target)
        dims = self.block_dims(node["dims"])
        if node["style"] == "named" and onto is None and self.named_op(node):
            return self.remember(index, context, self.named_map(node, inputs, target, context, indent), target[1])
        args = [a for place, a in enumerate(node["args"]) if place != onto]
        # The replaced block is the last name of the body.
        ordered = lambda names: names if onto is None else names[:onto] + [names[-1]] + names[onto:-1]
        name = self.generic(args, node, target, node["dims"], ["parallel"] * len(dims), lambda names: body(ordered(names)), context, indent)
        return self.remember(index, context, name, target[1])

    def named_op(self, node):
        """The linalg op that does what a map of one operation does, on operands of its type; of its dims, or vectors."""
        if len(node["body"]) != 1 or len(node["dims"]) > 2:
            return None
        (name, *operands), kinds = node["body"][0], [self.nodes[a] for a in node["args"]]
        is_plain = operands == list(range(len(kinds))) and {n["dtype"] for n in kinds} == {node["dtype"]} == {node["compute"]}
        fits = all(n["dims"] == node["dims"] or (len(n["dims"]) == 1 and n["dims"][0] in node["dims"]) for n in kinds)
        return NAMED.get(name) if is_plain and fits else None

    def named_map(self, node, inputs, target, context, indent):
        """A map as a named op; one operand of fewer dims is broadcast first."""
        names = []
        for arg, (name, kind) in zip(node["args"], inputs):
            dims = self.nodes[arg]["dims"]
            if dims != node["dims"]:
                block = self.fresh_block(node, context, indent)
                missing = [i for i, d in enumerate(node["dims"]) if d not in dims]
                name = self.assigned(f"linalg.broadcast ins({name} : {kind}) outs({block[0]} : {block[1]}) dimensions = {missing}", block, indent)
                kind = block[1]
            names.append((name, kind))
        return self.structured(f"linalg.{self.named_op(node)}", names, target, indent)

    def element_loop(self, inputs, node, target, body, context, indent):
        """The map as a loop over its elements."""
        shape, dims = self.shape(node["dims"], context), self.block_dims(node["dims"])
        zero, one = self.f.constant(0, "index"), self.f.constant(1, "index")
        counters = [self.f.fresh() for _ in shape]
        ends = self.open_elements(node["style"], shape, counters, indent)
        names = []
        for arg, (name, kind) in zip(node["args"], inputs):
            own = self.block_dims(self.nodes[arg]["dims"])
            places = [zero if d == "1" else counters[self.place(d, dims)] for d in own]
            names.append(self.f.define(f"memref.load {name}[{', '.join(places)}] : {kind}", indent + 1))
        result = body(names)
        self.f.emit(f"memref.store {result}, {target[0]}[{', '.join(counters)}] : {target[1]}", indent + 1)
        for _ in range(ends):
            self.f.emit("}", indent)

    def open_elements(self, style, shape, counters, indent):
        """Opens the loop over elements in one of its spellings; gives how many braces close it."""
        zero, one = self.f.constant(0, "index"), self.f.constant(1, "index")
        bounds = [self.f.constant(extent, "index") for extent in shape]
        if style == "nest":
            for counter, bound in zip(counters, bounds):
                self.f.emit(f"scf.for {counter} = {zero} to {bound} step {one} {{", indent)
            return len(shape)
        if style == "forall":
            self.f.emit(f"scf.forall ({', '.join(counters)}) in ({', '.join(map(str, shape))}) {{", indent)
        else:
            self.f.emit(f"scf.parallel ({', '.join(counters)}) = ({', '.join([zero] * len(shape))}) to ({', '.join(bounds)}) "
                        f"step ({', '.join([one] * len(shape))}) {{", indent)
        return 1

    def filled(self, value, node, target, indent):
        constant = self.f.constant(value, node["dtype"])
        name = self.structured("linalg.fill", [(constant, node["dtype"])], target, indent)
        return name, target[1]

    def emit_fill(self, index, node, context, indent):
        return self.remember(index, context, *self.filled(node["value"], node, self.target(index, node, context, indent), indent))

    def emit_transpose(self, index, node, context, indent):
        name, kind = self.operand(node["arg"], context, indent)
        target = self.target(index, node, context, indent)
        order = [1, 0] if len(self.block_dims(node["dims"])) == 2 else [0, 2, 1]
        made = self.assigned(f"linalg.transpose ins({name} : {kind}) outs({target[0]} : {target[1]}) permutation = {order}", target, indent)
        return self.remember(index, context, made, target[1])

    def emit_softmax(self, index, node, context, indent):
        operand, target = self.operand(node["arg"], context, indent), self.target(index, node, context, indent)
        dimension = len(self.block_dims(node["dims"])) - 2 + node["axis"]
        made = self.structured(f"linalg.softmax dimension({dimension})", [operand], target, indent)
        return self.remember(index, context, made, target[1])

    def assigned(self, text, target, indent):
        """The name of what an op in destination style gives."""
        if self.f.is_value:
            return self.f.define(text, indent)
        self.f.emit(text, indent)
        return target[0]
