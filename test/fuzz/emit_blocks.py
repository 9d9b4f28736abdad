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
        shape = self.shape(node["dims"], context)
        kind = self.type(shape, node["dtype"], "" if self.f.is_value else node.get("space", ""))
        op = "tensor.empty" if self.f.is_value else "memref.alloc"
        return self.f.define(f"{op}({', '.join(s for s in shape if isinstance(s, str))}) : {kind}", indent), kind

    def target(self, index, node, context, indent):
        """Where a node's value goes: a new block, or in memory form the block of the output itself."""
        return self.direct[index](context, indent) if self.is_direct(index, context) else self.fresh_block(node, context, indent)

    def is_direct(self, index, context):
        """Whether a node is computed into the block of its output; that one must not be smaller than what it is computed from."""
        return index in self.direct and not self.is_filled(self.nodes[index]["dims"], context)

    def emit_input(self, index, node, context, indent):
        name, kind = self.slice(self.argument(index), node["dims"], node["dtype"], node, context, indent)
        is_filled = self.is_filled(node["dims"], context)
        if not self.f.is_value and (node.get("copy") or is_filled):
            block = target = self.fresh_block(node, context, indent)
            if is_filled:
                self.filled(self.kernel["filled"], node, block, indent)
                target = self.begin(block, node, context, indent)
            self.f.emit(f"memref.copy {name}, {target[0]} : {kind} to {target[1]}", indent)
            name, kind = block
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
        return self.structured_to(op, inputs, [target], indent, body)[0]

    def structured_to(self, op, inputs, targets, indent, body):
        """The same with several results."""
        made = self.f.fresh() if self.f.is_value else ""
        names = lambda blocks: f"({', '.join(name for name, _ in blocks)} : {', '.join(kind for _, kind in blocks)})"
        text = f"{op}{' ins' + names(inputs) if inputs else ''} outs{names(targets)}"
        kinds, several = ", ".join(kind for _, kind in targets), len(targets) > 1
        arrow = "" if not self.f.is_value else f" -> ({kinds})" if several else f" -> {kinds}"
        text = f"{made}{f':{len(targets)}' if several else ''} = {text}" if self.f.is_value else text
        self.f.emit(text + (" {" if body else arrow), indent)
        if body:
            self.f.lines += body
            self.f.emit("}" + arrow, indent)
        if not self.f.is_value:
            return [name for name, _ in targets]
        return [f"{made}#{i}" for i in range(len(targets))] if several else [made]

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

    def generic(self, args, results, targets, iterators, kinds, body, context, indent):
        """linalg.generic over `iterators` that computes nodes; body(names of the scalars) emits lines and gives the yielded names."""
        inputs = [self.operand(a, context, indent) for a in args]
        maps = [self.map_of(node["dims"], iterators) for node in [*(self.nodes[a] for a in args), *results]]
        names = [self.f.fresh() for _ in maps]
        dtypes = [node["dtype"] for node in [*(self.nodes[a] for a in args), *results]]
        start = len(self.f.lines)
        self.f.emit(f"^bb0({', '.join(f'{n}: {t}' for n, t in zip(names, dtypes))}):", indent)
        self.f.emit(f"linalg.yield {', '.join(body(names))} : {', '.join(node['dtype'] for node in results)}", indent + 1)
        lines = self.f.lines[start:]
        del self.f.lines[start:]
        quoted = ", ".join(f'"{k}"' for k in kinds)
        head = f"linalg.generic {{indexing_maps = [{', '.join(maps)}], iterator_types = [{quoted}]}}"
        return self.structured_to(head, inputs, targets, indent, lines)

    def with_twin(self, index):
        """The nodes that one op computes with this one, itself first."""
        twin = self.nodes[index].get("twin")
        return [index] if twin is None else [index, twin]

    def remember_all(self, indices, context, names, targets):
        for index, name, (_, kind) in zip(indices, names, targets):
            self.remember(index, context, name, kind)
        return names[0]

    def start(self, index, node, init, context, indent):
        """The block that a node's result replaces: that of `init`, or in memory form a copy of it where it is wanted again."""
        block = self.operand(init, context, indent)
        before = self.nodes[init]
        own = before["op"] not in ("input", "fill") and before.get("piece") == node.get("piece") and not self.is_direct(index, context)
        if self.f.is_value or (own and node["in_place"] and self.is_used_once(init)):
            return block
        target = self.target(index, node, context, indent)
        self.f.emit(f"memref.copy {block[0]}, {target[0]} : {block[1]} to {target[1]}", indent)
        return target

    def emit_map(self, index, node, context, indent):
        inputs = [self.operand(a, context, indent) for a in node["args"]]
        onto, together = node.get("onto"), self.with_twin(index)
        if onto is None:
            targets = [self.target(i, self.nodes[i], context, indent) for i in together]
        else:
            targets = [self.start(index, node, node["args"][onto], context, indent)]
            inputs[onto] = targets[0]
        body = lambda names: [self.map_body(self.nodes[i], names, indent + 1) for i in together]
        if node["style"] in ELEMENT_LOOPS and not self.f.is_value and self.is_constant(targets):
            self.element_loop(inputs, node, targets[0], lambda names: body(names)[0], context, indent)
            return self.remember(index, context, *targets[0])
        if node["style"] == "named" and onto is None and self.named_op(node):
            return self.remember(index, context, self.named_map(node, inputs, targets[0], context, indent), targets[0][1])
        args = [a for place, a in enumerate(node["args"]) if place != onto]
        # The replaced block is the last name of the body.
        ordered = lambda names: names if onto is None else names[:onto] + [names[-1]] + names[onto:-1]
        kinds = ["parallel"] * len(self.block_dims(node["dims"]))
        names = self.generic(args, [self.nodes[i] for i in together], targets, node["dims"], kinds, lambda names: body(ordered(names)), context, indent)
        return self.remember_all(together, context, names, targets)

    def is_constant(self, blocks):
        """Whether blocks have constant sizes: loops over the elements of others are refused."""
        return not any("?" in kind.split(",")[0] for _, kind in blocks)

    def map_body(self, node, names, indent):
        scalar = ScalarBody(self.f, node["compute"], indent, node.get("unsigned"))
        values = [scalar.cast(n, self.nodes[a]["dtype"], node["compute"]) for n, a in zip(names, node["args"])]
        return scalar.cast(scalar.run(node["body"], values), node["compute"], node["dtype"])

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
