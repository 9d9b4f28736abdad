"""Writes descriptions of kernels (kernel.py) as IR, in memory or value form."""

COMPOSED = {
    "relu": lambda b, x: b.op("arith.maximumf", x, b.constant(0.0)),
    "square": lambda b, x: b.op("arith.mulf", x, x),
    "recip": lambda b, x: b.op("arith.divf", b.constant(1.0), x),
    "sigmoid": lambda b, x: b.op("arith.divf", b.constant(1.0), b.op("arith.addf", b.op("math.exp", b.op("arith.negf", x)), b.constant(1.0))),
}
ARITH = {"negf", "addf", "subf", "mulf", "divf", "remf", "maximumf", "minimumf", "addi", "subi", "muli", "maxsi", "minsi"}
LOWEST = {"f32": "0xFF800000", "bf16": "0xFF80", "f16": "0xFC00"}


class ScalarBody:
    """Scalar operations in one type; constants stand at the top of the function."""

    def __init__(self, function, dtype, indent):
        self.function, self.dtype, self.indent = function, dtype, indent

    def constant(self, value):
        return self.function.constant(value, self.dtype)

    def op(self, name, *operands):
        return self.function.define(f"{name} {', '.join(operands)} : {self.dtype}", self.indent)

    def cast(self, value, source, target):
        if source == target:
            return value
        name = "arith.extf" if target == "f32" else "arith.truncf"
        return self.function.define(f"{name} {value} : {source} to {target}", self.indent)

    def run(self, ops, values):
        values = list(values)
        for name, *operands in ops:
            kind = operands.pop(0) if name == "select" else None
            names = [self.constant(o[1]) if isinstance(o, list) else values[o] for o in operands]
            if name == "select":
                test = self.function.define(f"arith.cmpf {kind}, {names[0]}, {names[1]} : {self.dtype}", self.indent)
                values.append(self.function.define(f"arith.select {test}, {names[2]}, {names[3]} : {self.dtype}", self.indent))
            elif name in COMPOSED:
                values.append(COMPOSED[name](self, names[0]))
            else:
                values.append(self.op(("arith." if name in ARITH else "math.") + name, *names))
        return values[-1]


class Function:
    def __init__(self, description, name):
        self.description, self.name = description, name
        self.is_value = description["form"] == "value"
        self.lines, self.constants, self.arguments, self.results, self.ranges = [], {}, [], [], []
        self.count = 0

    def emit(self, text, indent):
        self.lines.append("  " * indent + text)

    def fresh(self):
        self.count += 1
        return f"%v{self.count}"

    def define(self, text, indent):
        name = self.fresh()
        self.emit(f"{name} = {text}", indent)
        return name

    def constant(self, value, dtype):
        if dtype in ("index", "i32"):
            value = int(value)
        key = (value, dtype)
        if key not in self.constants:
            self.constants[key] = f"%c{len(self.constants)}"
        return self.constants[key]

    def text(self):
        starts = []
        for number, kernel in enumerate(self.description["kernels"]):
            starts.append(len(self.lines))
            Kernel(self, kernel, number).write()
        arguments = ", ".join(f"{name}: {kind}" for name, kind in self.arguments)
        attributes = f" attributes {{{', '.join(self.description['attributes'])}}}" if self.description["attributes"] else ""
        results = f" -> ({', '.join(kind for _, kind in self.results)})" if self.results else ""
        head = [f"// tt-check: @{self.name} {name} range {low} {high}" for name, low, high in self.ranges]
        head.append(f"func.func @{self.name}({arguments}){results}{attributes} {{")
        for (value, dtype), name in self.constants.items():
            head.append(f"  {name} = arith.constant {value} : {dtype}")
        self.starts = [len(head) + 1 + start for start in starts]
        names = " " + ", ".join(name for name, _ in self.results) if self.results else ""
        kinds = " : " + ", ".join(kind for _, kind in self.results) if self.results else ""
        return "\n".join(head + self.lines + [f"  return{names}{kinds}", "}", ""])


class Kernel:
    def __init__(self, function, kernel, number):
        self.f, self.kernel, self.number = function, kernel, number
        self.nodes, self.dims = kernel["nodes"], kernel["dims"]
        self.args = {}

    # --- shapes

    def block_dims(self, dims):
        return [d for d in dims if d != "B"] if self.kernel.get("drop_batch") else dims

    def shape(self, dims, context):
        return [1 if d == "1" else context[d][1] for d in self.block_dims(dims)]

    def whole(self, dims):
        return [1 if d == "1" else self.dims[d]["block"] * self.dims[d]["grid"] for d in dims]

    def type(self, shape, dtype, space=""):
        kind = "tensor" if self.f.is_value else "memref"
        return f"{kind}<{'x'.join(map(str, shape))}x{dtype}{space}>"

    def node_type(self, index, context):
        node = self.nodes[index]
        return self.value_types[(index, self.key(node, context))] if not self.f.is_value else self.type(self.shape(node["dims"], context), node["dtype"])

    def key(self, node, context):
        return tuple((d, context[d]) for d in node["dims"] if d != "1")

    # --- slices of arguments

    def slice(self, name, dims, dtype, context, indent):
        """The block of an argument; its name and type."""
        whole, sizes = self.whole(dims), [1 if d == "1" else context[d][1] for d in dims]
        offsets = ["0" if d == "1" else context[d][0] for d in dims]
        whole_type = self.type(whole, dtype)
        if whole == sizes and len(self.block_dims(dims)) == len(dims):
            return name, whole_type
        places = f"[{', '.join(offsets)}] [{', '.join(map(str, sizes))}] [{', '.join(['1'] * len(dims))}]"
        if self.f.is_value:
            kind = self.type(self.shape(dims, context), dtype)
            return self.f.define(f"tensor.extract_slice {name}{places} : {whole_type} to {kind}", indent), kind
        strides = [1]
        for extent in reversed(whole[1:]):
            strides.insert(0, strides[0] * extent)
        kept = [s for s, d in zip(strides, dims) if d in self.block_dims(dims)]
        offset = "" if all(o == "0" for o in offsets) else ", offset: ?"
        kind = self.type(self.shape(dims, context), dtype, f", strided<[{', '.join(map(str, kept))}]{offset}>")
        return self.f.define(f"memref.subview {name}{places} : {whole_type} to {kind}", indent), kind

    def scaled(self, index, by, indent):
        if self.kernel.get("muli"):
            return self.f.define(f"arith.muli {index}, {self.f.constant(by, 'index')} : index", indent)
        return self.f.define(f"affine.apply affine_map<(d0) -> (d0 * {by})>({index})", indent)

    # --- values

    def remember(self, index, context, name, kind):
        key = (index, self.key(self.nodes[index], context))
        self.values[key] = name
        self.value_types[key] = kind
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
        name, kind = self.slice(self.argument(index), node["dims"], node["dtype"], context, indent)
        if not self.f.is_value and node.get("copy"):
            block, block_kind = self.fresh_block(node, context, indent)
            self.f.emit(f"memref.copy {name}, {block} : {kind} to {block_kind}", indent)
            name, kind = block, block_kind
        return self.remember(index, context, name, kind)

    def argument(self, index):
        if index not in self.args:
            node, name = self.nodes[index], f"%a{self.number}_{index}"
            self.args[index] = name
            self.f.arguments.append((name, self.type(self.whole(node["dims"]), node["dtype"])))
            self.f.ranges.append((name, node["low"], node["high"]))
        return self.args[index]

    def structured(self, op, inputs, target, indent, body=None):
        """A linalg op on named blocks, with the lines of its body if it has one; gives the name of the result."""
        names, kinds = [name for name, _ in inputs], [kind for _, kind in inputs]
        name, kind = target
        made = self.f.fresh() if self.f.is_value else name
        text = (f"{made} = " if self.f.is_value else "") + f"{op} ins({', '.join(names)} : {', '.join(kinds)}) outs({name} : {kind})"
        arrow = f" -> {kind}" if self.f.is_value else ""
        self.f.emit(text + (" {" if body else arrow), indent)
        if body:
            self.f.lines += body
            self.f.emit("}" + arrow, indent)
        return made

    def operand(self, index, context, indent):
        name = self.value(index, context, indent)
        return name, self.node_type(index, context)

    def map_of(self, dims, iterators):
        dims, iterators = self.block_dims(dims), self.block_dims(iterators)
        results = []
        for place, d in enumerate(dims):
            if d != "1":
                results.append(f"d{iterators.index(d)}")
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

    def emit_map(self, index, node, context, indent):
        inputs = [self.operand(a, context, indent) for a in node["args"]]
        target = self.target(index, node, context, indent)
        scalar = ScalarBody(self.f, node["compute"], indent + 1)

        def body(names):
            values = [scalar.cast(n, self.nodes[a]["dtype"], node["compute"]) for n, a in zip(names, node["args"])]
            return scalar.cast(scalar.run(node["body"], values), node["compute"], node["dtype"])

        if node["style"] == "loop" and not self.f.is_value:
            self.element_loop(inputs, node, target, body, scalar, context, indent)
            return self.remember(index, context, *target)
        dims = self.block_dims(node["dims"])
        name = self.generic(node["args"], node, target, node["dims"], ["parallel"] * len(dims), body, context, indent)
        return self.remember(index, context, name, target[1])

    def element_loop(self, inputs, node, target, body, scalar, context, indent):
        """The map as a loop over its elements."""
        shape, dims = self.shape(node["dims"], context), self.block_dims(node["dims"])
        zero, one = self.f.constant(0, "index"), self.f.constant(1, "index")
        counters = [self.f.fresh() for _ in shape]
        bounds = [self.f.constant(extent, "index") for extent in shape]
        self.f.emit(f"scf.parallel ({', '.join(counters)}) = ({', '.join([zero] * len(shape))}) to ({', '.join(bounds)}) "
                    f"step ({', '.join([one] * len(shape))}) {{", indent)
        names = []
        for arg, (name, kind) in zip(node["args"], inputs):
            own = self.block_dims(self.nodes[arg]["dims"])
            places = [zero if d == "1" else counters[dims.index(d)] for d in own]
            names.append(self.f.define(f"memref.load {name}[{', '.join(places)}] : {kind}", indent + 1))
        result = body(names)
        self.f.emit(f"memref.store {result}, {target[0]}[{', '.join(counters)}] : {target[1]}", indent + 1)
        self.f.emit("}", indent)

    def filled(self, value, node, target, indent):
        constant = self.f.constant(value, node["dtype"])
        name = self.structured("linalg.fill", [(constant, node["dtype"])], target, indent)
        return name, target[1]

    # --- loops

    def hoist(self, index, dim, context, indent):
        """Emits, before a loop over `dim`, what the node needs that does not change in it."""
        node = self.nodes[index]
        if dim not in node["dims"]:
            self.value(index, context, indent)
            return
        for arg in self.operands_of(node):
            self.hoist(arg, dim, context, indent)

    def operands_of(self, node):
        if node["op"] == "matmul":
            return [node["a"], node["b"]] + ([node["init"]] if node["init"] is not None else [])
        return node.get("args", []) + ([node["arg"]] if "arg" in node else [])

    def loop(self, dim, start, kinds, context, indent, body):
        """A loop over the pieces of a dim that carries blocks in value form; body(context, carried) gives the next ones."""
        size, steps = self.dims[dim]["block"], self.dims[dim]["steps"]
        piece = size // steps
        zero, limit, by = (self.f.constant(c, "index") for c in (0, size, piece))
        counter, known = self.f.fresh(), dict(self.values)
        stages = self.kernel.get("stages")
        if not self.f.is_value:
            self.f.emit(f"scf.for {counter} = {zero} to {limit} step {by} {{", indent)
            body({**context, dim: (counter, piece)}, start)
            self.f.emit("}" + (f" {{tt.num_stages = {stages} : i64}}" if stages else ""), indent)
            self.values = known
            return start
        carried = [self.f.fresh() for _ in start]
        made = self.f.fresh()
        pairs = ", ".join(f"{c} = {s}" for c, s in zip(carried, start))
        self.f.emit(f"{made} = scf.for {counter} = {zero} to {limit} step {by} iter_args({pairs}) -> ({', '.join(kinds)}) {{", indent)
        result = body({**context, dim: (counter, piece)}, carried)
        self.f.emit(f"scf.yield {', '.join(result)} : {', '.join(kinds)}", indent + 1)
        self.f.emit("}" + (f" {{tt.num_stages = {stages} : i64}}" if stages else ""), indent)
        self.values = known
        return [made]

    # --- reductions and contractions

    def reduce_once(self, node, target, context, indent):
        arg = self.nodes[node["arg"]]
        rank, offset = len(self.block_dims(arg["dims"])), len(self.block_dims(arg["dims"])) - 2
        op = {"add": "arith.addf", "max": "arith.maximumf"}[node["kind"]]
        if node["named"] and arg["dtype"] == node["dtype"]:
            name, kind = self.operand(node["arg"], context, indent)
            made = self.f.fresh() if self.f.is_value else target[0]
            self.f.emit((f"{made} = " if self.f.is_value else "") + f"linalg.reduce {{ {op} }} ins({name} : {kind}) outs({target[0]} : {target[1]}) "
                        f"dimensions = [{node['axis'] + offset}]", indent)
            return made
        kinds = ["reduction" if i == node["axis"] + offset else "parallel" for i in range(rank)]
        scalar = ScalarBody(self.f, node["dtype"], indent + 1)
        body = lambda names: scalar.op(op, scalar.cast(names[0], arg["dtype"], node["dtype"]), names[1])
        return self.generic([node["arg"]], node, target, arg["dims"], kinds, body, context, indent)

    def emit_reduce(self, index, node, context, indent):
        dim = self.nodes[node["arg"]]["dims"][node["axis"] - 2]
        looped = node["loop"] and self.dims[dim]["steps"] > 1
        if looped:
            self.hoist(node["arg"], dim, context, indent)
        else:
            self.value(node["arg"], context, indent)
        target = self.target(index, node, context, indent)
        start = self.filled(0.0 if node["kind"] == "add" else LOWEST[node["dtype"]], node, target, indent)
        if not looped:
            return self.remember(index, context, self.reduce_once(node, start, context, indent), start[1])
        step = lambda inner, carried: [self.reduce_once(node, (carried[0], start[1]), inner, indent + 1)]
        made = self.loop(dim, [start[0]], [start[1]], context, indent, step)
        return self.remember(index, context, made[0], start[1])

    def multiply(self, node, target, context, indent):
        operands = [self.operand(i, context, indent) for i in (node["a"], node["b"])]
        batch = "B" in self.block_dims(node["dims"])
        m, n, k = ("d1", "d2", "d3") if batch else ("d0", "d1", "d2")
        lead = "d0, " if batch else ""
        maps = {"nt": (f"{m}, {k}", f"{n}, {k}"), "tn": (f"{k}, {m}", f"{k}, {n}")}.get(node["form"])
        head = "(d0, d1, d2, d3)" if batch else "(d0, d1, d2)"
        text = ""
        if maps:
            text = " indexing_maps = [" + ", ".join(f"affine_map<{head} -> ({lead}{r})>" for r in (*maps, f"{m}, {n}")) + "]"
        return self.structured(("linalg.batch_matmul" if batch else "linalg.matmul") + text, operands, target, indent)

    def emit_matmul(self, index, node, context, indent):
        looped = node["loop"] and self.dims["K"]["steps"] > 1
        for operand in (node["a"], node["b"]):
            if looped:
                self.hoist(operand, "K", context, indent)
            else:
                self.value(operand, context, indent)
        init = self.operand(node["init"], context, indent) if node["init"] is not None else None
        if init and self.f.is_value:
            start = init
        else:
            target = self.target(index, node, context, indent)
            if init:
                self.f.emit(f"memref.copy {init[0]}, {target[0]} : {init[1]} to {target[1]}", indent)
            start = target if init else self.filled(0.0, node, target, indent)
        if not looped:
            return self.remember(index, context, self.multiply(node, start, context, indent), start[1])
        step = lambda inner, carried: [self.multiply(node, (carried[0], start[1]), inner, indent + 1)]
        made = self.loop("K", [start[0]], [start[1]], context, indent, step)
        return self.remember(index, context, made[0], start[1])

    def emit_transpose(self, index, node, context, indent):
        name, kind = self.operand(node["arg"], context, indent)
        target = self.target(index, node, context, indent)
        made = self.f.fresh() if self.f.is_value else target[0]
        self.f.emit((f"{made} = " if self.f.is_value else "") +
                    f"linalg.transpose ins({name} : {kind}) outs({target[0]} : {target[1]}) permutation = [1, 0]", indent)
        return self.remember(index, context, made, target[1])

    def emit_scan(self, index, node, context, indent):
        """acc = body(acc, piece) over the pieces of K."""
        target = self.target(index, node, context, indent)
        start = self.filled(0.0, node, target, indent)
        scalar = ScalarBody(self.f, node["dtype"], indent + 2)

        def step(inner, carried):
            name, kind = self.operand(node["arg"], inner, indent + 1)
            result = (carried[0], start[1])
            identity = "affine_map<(d0, d1) -> (d0, d1)>"
            x, acc = self.f.fresh(), self.f.fresh()
            at = len(self.f.lines)
            self.f.emit(f"^bb0({x}: {node['dtype']}, {acc}: {node['dtype']}):", indent + 1)
            self.f.emit(f"linalg.yield {scalar.run(node['body'], [acc, x])} : {node['dtype']}", indent + 2)
            lines = self.f.lines[at:]
            del self.f.lines[at:]
            return [self.structured(f'linalg.generic {{indexing_maps = [{identity}, {identity}], iterator_types = ["parallel", "parallel"]}}',
                                    [(name, kind)], result, indent + 1, lines)]

        made = self.loop("K", [start[0]], [start[1]], context, indent, step)
        return self.remember(index, context, made[0], start[1])

    # --- the kernel

    def write(self):
        self.values, self.value_types, self.direct = {}, {}, {}
        outputs = self.kernel["outputs"]
        kinds = [self.type(self.whole(self.nodes[o["node"]]["dims"]), self.nodes[o["node"]]["dtype"]) for o in outputs]
        counters = [f"%g{self.number}_{d}" for d in self.kernel["grid"]]
        sizes = ", ".join(str(self.dims[d]["grid"]) for d in self.kernel["grid"])
        head = f"scf.forall ({', '.join(counters)}) in ({sizes})"
        names = [f"%r{self.number}_{i}" for i in range(len(outputs))]
        if self.f.is_value:
            empties = [self.f.define(f"tensor.empty() : {kind}", 1) for kind in kinds]
            shared = [f"%o{self.number}_{i}" for i in range(len(outputs))]
            made = self.f.fresh()
            pairs = ", ".join(f"{s} = {e}" for s, e in zip(shared, empties))
            self.f.emit(f"{made}{':%d' % len(outputs) if len(outputs) > 1 else ''} = {head} shared_outs({pairs}) -> ({', '.join(kinds)}) {{", 1)
            self.f.results += [(f"{made}#{i}" if len(outputs) > 1 else made, kind) for i, kind in enumerate(kinds)]
        else:
            shared = names
            self.f.arguments += list(zip(names, kinds))
            self.f.ranges += [(name, -1.0, 1.0) for name in names]
            self.f.emit(head + " {", 1)
        context = {}
        for d, info in self.dims.items():
            grid = d in self.kernel["grid"]
            counter = f"%g{self.number}_{d}"
            place = "0" if not grid else counter if info["block"] == 1 else self.scaled(counter, info["block"], 2)
            context[d] = (place, info["block"])
        self.write_outputs(outputs, shared, kinds, context)
        self.f.emit("}", 1)

    def write_outputs(self, outputs, shared, kinds, context):
        for output, name in zip(outputs, shared):
            dims, dtype = self.nodes[output["node"]]["dims"], self.nodes[output["node"]]["dtype"]
            if output.get("direct"):
                self.direct[output["node"]] = lambda c, i, n=name, d=dims, t=dtype: self.slice(n, d, t, c, i)
        if self.f.is_value:
            made = [self.value(o["node"], context, 2) for o in outputs]
            self.f.emit("scf.forall.in_parallel {", 2)
            for output, name, target, kind in zip(outputs, made, shared, kinds):
                node = self.nodes[output["node"]]
                offsets = ", ".join("0" if d == "1" else context[d][0] for d in node["dims"])
                sizes = ", ".join("1" if d == "1" else str(context[d][1]) for d in node["dims"])
                ones = ", ".join(["1"] * len(node["dims"]))
                block = self.type(self.shape(node["dims"], context), node["dtype"])
                self.f.emit(f"tensor.parallel_insert_slice {name} into {target}[{offsets}] [{sizes}] [{ones}] : {block} into {kind}", 3)
            self.f.emit("}", 2)
            return
        for output, name in zip(outputs, shared):
            if output["loop"]:
                self.hoist(output["node"], output["loop"], context, 2)
                self.loop(output["loop"], [], [], context, 2, lambda inner, _, o=output, n=name: self.store(o, n, inner, 3))
            else:
                self.store(output, name, context, 2)

    def store(self, output, name, context, indent):
        node = self.nodes[output["node"]]
        made, kind = self.operand(output["node"], context, indent)
        if output["node"] in self.direct:
            return
        view, view_kind = self.slice(name, node["dims"], node["dtype"], context, indent)
        self.f.emit(f"memref.copy {made}, {view} : {kind} to {view_kind}", indent)


def module(description, name="f"):
    return Function(description, name).text()


def output_positions(description, name="f"):
    """The kernel of every output, by the position that tt-check gives it: `result 0`, `argument 3`."""
    function = Function(description, name)
    function.text()
    if function.is_value:
        owners = [n for n, kernel in enumerate(description["kernels"]) for _ in kernel["outputs"]]
        return {f"result {i}": n for i, n in enumerate(owners)}
    return {f"argument {i}": int(name[2:].split("_")[0]) for i, (name, _) in enumerate(function.arguments) if name.startswith("%r")}


def kernel_at(description, line, name="f"):
    """The number of the kernel on a line of the module, or None."""
    function = Function(description, name)
    function.text()
    return max((n for n, start in enumerate(function.starts) if start <= line), default=None)
