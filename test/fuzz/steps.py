"""Steps in which a random kernel grows by one or a few nodes: maps, sums, products, transposes."""

from scalars import BINARY, Body, product


def same_dims(g):
    return ["M"] if g.is_vector else g.random.choice([["M", "N"]] * 5 + [["M", "K"]])


def compute_type(g, args):
    """The type that a map of these operands computes in."""
    types = {g.nodes[a]["dtype"] for a in args}
    if types == {"i32"} or (g.integer and all(g.nodes[a]["op"] == "input" for a in args) and g.chance(0.5)):
        return "i32"
    if "f32" in types or len(types) > 1 or (g.base == "bf16" and g.chance(0.15)):
        return "f32"
    return types.pop()


def add_map(g, dims, args, body, compute, dtype, span, onto=None):
    """A map whose body is given."""
    node = {"op": "map", "dims": (g.batch if len(dims) > 1 else []) + dims, "dtype": dtype, "args": args, "body": body, "compute": compute,
            "style": g.random.choice(["generic"] * 6 + ["named"] * 3 + ["loop", "nest", "forall"]), "onto": onto}
    if min([span[0], *(g.ranges[a][0] for a in args)]) >= 0 and g.chance(0.6):
        node["unsigned"] = True
    return g.add(node, span)


def new_map(g, dims=None, args=None, most=6):
    dims = dims or same_dims(g)
    args = args if args is not None else [g.pick(dims) for _ in range(g.random.choice([1, 2, 2, 3]))]
    if not any(g.core_dims(a) in (dims, dims[::-1]) for a in args):
        args = [g.new_input(dims)] + args[:2]
    args = list(dict.fromkeys(args))
    compute = compute_type(g, args)
    body = Body(g.random, [g.ranges[a] for a in args], compute)
    for _ in range(g.random.randint(1, most)):
        body.step()
    body.use_all(len(args))
    dtype = compute if g.base == "i32" or g.chance(0.4) else g.base
    onto = [place for place, a in enumerate(args) if g.core_dims(a) == dims and g.nodes[a]["dtype"] == dtype]
    return add_map(g, dims, args, body.ops, compute, dtype, body.ranges[-1], g.random.choice(onto) if onto and g.chance(0.15) else None)


def converted(g, index, dtype):
    """The value in another type."""
    compute = "f32" if "f32" in (dtype, g.nodes[index]["dtype"]) else dtype
    return add_map(g, g.core_dims(index), [index], [], compute, dtype, g.ranges[index])


def scaled(g, index, factor, dtype=None):
    dtype = dtype or g.nodes[index]["dtype"]
    compute = "f32" if "f32" in (dtype, g.nodes[index]["dtype"]) else dtype
    body = [["divf", 0, ["const", 1 / factor]]] if g.chance(0.2) else [["mulf", 0, ["const", factor]]]
    return add_map(g, g.core_dims(index), [index], body, compute, dtype, (g.ranges[index][0] * factor, g.ranges[index][1] * factor))


def start_of_sum(g, dims, dtype, others):
    """What a sum is added to: None (nothing), or a node. `others` make sums of these dims and this type."""
    kind = g.random.choices(["nothing", "value", "input", "computed", "converted", "sum", "constant"], [9, 4, 1, 2, 2, 3, 1])[0]
    if kind == "value":
        found = [i for i in g.values(dims) if g.nodes[i]["op"] != "input"][-4:]
        index = g.random.choice(found) if found else None
        return index if index is None or g.nodes[index]["dtype"] == dtype else converted(g, index, dtype)
    if kind == "input":
        return g.new_input(dims, dtype)
    if kind == "computed":
        index = new_map(g, dims, [g.new_input(dims, dtype)], 2)
        return index if g.nodes[index]["dtype"] == dtype else converted(g, index, dtype)
    if kind == "converted":
        other = {"f32": g.base if g.base != "f32" else "bf16", "bf16": "f32", "f16": "f32"}[dtype]
        return converted(g, new_map(g, dims, [g.new_input(dims, other)], 2) if g.chance(0.5) else g.new_input(dims, other), dtype)
    if kind == "constant":
        return g.add({"op": "fill", "dims": (g.batch if len(dims) > 1 else []) + dims, "dtype": dtype, "value": 0.5}, (0.5, 0.5))
    return g.random.choice(others)() if kind == "sum" else None


def sum_span(g, init, span):
    start = g.ranges[init] if init is not None else (0.0, 0.0)
    return (span[0] + start[0], span[1] + start[1])


def add_reduce(g, arg, axis, kind, layout, dtype, init=None, steps=None, body=None, other=None):
    """A reduction along an axis, or along both of them to a matrix of one number; of the elements of `arg`, or what a body makes of them."""
    dims, is_all = g.core_dims(arg), layout == ["1", "1"]
    count = g.dims[dims[axis]]["block"] * (g.dims[dims[1 - axis]]["block"] if is_all else 1)
    own = body.ranges[-1] if body else g.ranges[arg]
    start = g.ranges[init] if init is not None else own
    span = sum_span(g, init, [count * e for e in own]) if kind == "add" else [(max if kind == "max" else min)(a, b) for a, b in zip(own, start)]
    node = {"op": "reduce", "dims": (g.batch if len(layout) > 1 or g.batch else []) + layout, "dtype": dtype, "arg": arg, "axis": axis, "kind": kind,
            "init": init, "steps": steps, "named": len(layout) == 1 and not body and g.chance(0.3), "all": is_all}
    if body:
        node.update(body=body.ops, other=other)
    return g.add(node, span)


def terms(g, arg, dtype, may_have_other=True):
    """What a reduction may make of elements before it combines them: a body, and the other operand that it has or None."""
    other = g.pick(g.core_dims(arg)) if may_have_other and g.chance(0.5) else None
    if other is not None and (g.core_dims(other) == g.core_dims(arg)[::-1] or g.nodes[other]["dtype"] == "i32" or other == arg):
        other = None
    args = [arg] if other is None else [arg, other]
    body = Body(g.random, [g.ranges[a] for a in args], dtype)
    for _ in range(g.random.randint(1, 3)):
        body.step()
    if other is not None:
        # Without the first operand it would be no term of each element.
        body.ops.append([g.random.choice(["addf", "subf", "maximumf"]), len(body.ranges) - 1, 0])
        body.ranges.append(BINARY[body.ops[-1][0]](body.ranges[-1], body.ranges[0]))
    body.use_all(len(args))
    return body, other


def reduced(g, dims, axes):
    """Dims of a matrix to reduce and one of the axes."""
    return dims, g.random.choice(axes)


def new_reduce(g):
    dims, axis = reduced(g, g.random.choice([["M", "N"], ["M", "N"], ["M", "K"]]), [1, 1, 0])
    found = g.values(dims)
    arg = g.random.choice(found) if found and g.chance(0.7) else g.new_input(dims)
    if g.nodes[arg]["dtype"] == "i32":
        arg = converted(g, arg, "f32")
    kind = g.random.choice(["add", "add", "max", "min"])
    kept = dims[1 - axis]
    layout = g.random.choice([[kept], [kept, "1"] if axis else ["1", kept]])
    if g.chance(0.12):
        layout = ["1", "1"]
    dtype = g.nodes[arg]["dtype"]
    dtype = "f32" if dtype != "f32" and kind == "add" and g.chance(0.6) else dtype
    body, other = terms(g, arg, dtype) if g.chance(0.3) else (None, None)
    again = lambda: add_reduce(g, arg if g.chance(0.5) else g.new_input(dims), axis, kind, layout, dtype)
    init = None if g.batch and len(layout) == 1 else start_of_sum(g, layout, dtype, [again])
    if g.chance(0.15) and not g.piece:
        return two_reductions(g, arg, axis, layout, dtype)
    index = add_reduce(g, arg, axis, kind, layout, dtype, init, g.steps(dims[axis]) if not g.piece else None, body, other)
    if kind == "add" and g.chance(0.7):
        # A mean, so that what follows stays small.
        index = add_scaled_sum(g, index, g.dims[dims[axis]]["block"])
    if g.chance(0.6):
        new_map(g, dims, [arg, index], 3)
    return index


def two_reductions(g, arg, axis, layout, dtype):
    """Two reductions of the same block in one op, one of them a mean behind it."""
    first, second = (add_reduce(g, arg, axis, kind, layout, dtype, None, None, terms(g, arg, dtype, False)[0] if g.chance(0.7) else None)
                     for kind in (g.random.choice(["add", "add", "max"]), g.random.choice(["add", "max", "min"])))
    join(g, first, second)
    return new_map(g, layout, [first, second], 2) if len(layout) == 2 or not g.batch else first


def join(g, first, second):
    """One op computes both nodes."""
    g.nodes[first].update(twin=second, named=False)
    g.nodes[second].update(twin=first, named=False)


def two_maps(g):
    """Two maps of the same operands in one op."""
    dims = same_dims(g)
    first = new_map(g, dims, None, 3)
    node = g.nodes[first]
    second = new_map(g, dims, node["args"], 3)
    other = g.nodes[second]
    if other["args"] == node["args"] and other["compute"] == node["compute"]:
        for index in (first, second):
            g.nodes[index].update(style="generic", onto=None)
        join(g, first, second)
    new_map(g, dims, [first, second], 2)


def add_scaled_sum(g, index, count):
    node = g.nodes[index]
    span = [e / count for e in g.ranges[index]]
    body = [["divf", 0, ["const", float(count)]]] if g.chance(0.15) else [["mulf", 0, ["const", 1.0 / count]]]
    index = g.add({"op": "map", "dims": node["dims"], "dtype": node["dtype"], "args": [index], "body": body, "compute": node["dtype"],
                   "style": "generic", "onto": None}, span)
    return index


def add_product(g, a, b, form, over, init, dtype, steps):
    if form == "mv":
        dims = g.core_dims(a)[:1]
    elif form == "vm":
        dims = g.core_dims(b)[1:]
    else:
        dims = g.batch + [g.core_dims(a)[form[0] == "t"], g.core_dims(b)[form[1] == "n"]]
    span = max(map(abs, product(g.ranges[a], g.ranges[b]))) * g.dims[over]["block"]
    return g.add({"op": "matmul", "dims": dims, "dtype": dtype, "a": a, "b": b, "form": form, "over": over, "steps": steps,
                  "init": init, "style": g.random.choice(["named"] * 4 + ["contract", "generic"])}, sum_span(g, init, (-span, span)))


def factors(g, rows, columns, over, form, dtype):
    """The two operands of a product, some of them computed."""
    found = []
    for dims in ([over, rows] if form[0] == "t" else [rows, over], [columns, over] if form[1] == "t" else [over, columns]):
        index = g.value(dims, dtype)
        if g.chance(0.2):
            index = new_map(g, dims, [index], 2)
        found.append(index if g.nodes[index]["dtype"] == dtype else converted(g, index, dtype))
    return found


def new_product(g, rows="M", columns="N", over=None, init=None, deep=True):
    over = over or g.random.choice([d for d in "KKKL" if d not in (rows, columns)])
    form = g.random.choice(["nn", "nn", "nt", "tn", "tt"])
    factor = g.base if g.base != "i32" else "f32"
    dtype = "f32" if factor == "f32" or g.chance(0.75) else factor
    a, b = factors(g, rows, columns, over, form, factor)
    if init is None and deep:
        init = start_of_sum(g, [rows, columns], dtype, [lambda: unscaled_product(g, rows, columns, dtype)])
    return add_product(g, a, b, form, over, init, g.nodes[init]["dtype"] if init is not None else dtype, g.steps(over) if over != g.piece else None)


def unscaled_product(g, rows, columns, dtype):
    index = new_product(g, rows, columns, deep=g.chance(0.3))
    return index if g.nodes[index]["dtype"] == dtype else converted(g, index, dtype)


def vector_product(g):
    """A matrix times a vector or the other way round, mostly with something behind it."""
    if g.batch:
        return new_reduce(g)
    form, over, factor = g.random.choice(["mv", "vm"]), g.random.choice("KKL"), g.base
    dtype = "f32" if factor == "f32" or g.chance(0.75) else factor
    kept = ["M"] if form == "mv" else ["N"]
    both = [g.value(dims, factor) for dims in ((kept + [over], [over]) if form == "mv" else ([over], [over] + kept))]
    init = start_of_sum(g, kept, dtype, [lambda: g.new_input(kept, dtype)])
    index = add_product(g, *both, form, over, init, dtype, g.steps(over))
    index = scaled(g, index, 1 / g.dims[over]["block"], g.base)
    if g.chance(0.7):
        new_map(g, ["M", "N"], [index, g.pick(["M", "N"])], 3)
    return index


def product_step(g):
    """A product, often made small again, often with something behind it."""
    rows, columns = g.random.choice([("M", "N")] * 8 + [("M", "K")])
    index = new_product(g, rows, columns, over="L" if columns == "K" else None)
    if g.chance(0.6):
        index = scaled(g, index, g.random.choice([0.0625, 0.125, 1 / g.dims[g.nodes[index]["over"]]["block"]]), g.base)
        if g.chance(0.5):
            new_map(g, [rows, columns], [index, g.pick([rows, columns])], 3)


def use_sum_again(g):
    """Two more values of a sum: both may become outputs."""
    found = [i for i in range(len(g.nodes)) if g.nodes[i]["op"] in ("matmul", "reduce", "result") and g.is_visible(i)]
    if not found:
        product_step(g)
        return
    index = g.random.choice(found[-3:])
    if g.batch and len(g.core_dims(index)) == 1:
        return
    for _ in range(2):
        if g.chance(0.3):
            converted(g, index, "bf16" if g.nodes[index]["dtype"] == "f32" else "f32")
        else:
            new_map(g, g.core_dims(index), [index], 2)


def new_transpose(g):
    found = [i for i in range(len(g.nodes)) if g.is_visible(i) and len(g.core_dims(i)) == 2 and "1" not in g.core_dims(i)]
    arg = g.random.choice(found) if found else g.new_input(["M", "N"])
    g.add({"op": "transpose", "dims": g.batch + g.core_dims(arg)[::-1], "dtype": g.nodes[arg]["dtype"], "arg": arg}, g.ranges[arg])
