"""Steps in which a random kernel grows by a chain that programs have: softmax, normalisation, attention, loops that carry blocks."""

import math

from scalars import Body
from steps import add_map, add_product, add_reduce, converted, factors, new_map, new_product, new_reduce, reduced, same_dims, scaled, terms

LOWEST = -math.inf


def wide(g):
    """The type of sums and of what is computed from them."""
    return "f32" if g.base == "f32" or g.chance(0.7) else g.base


def row_layout(g, dims, axis):
    """What a reduction along `axis` leaves of `dims`: a vector, or a matrix of one row or column."""
    kept = dims[1 - axis]
    if g.batch or g.chance(0.5):
        return [kept, "1"] if axis else ["1", kept]
    return [kept]


def simple(g, dims, args, body, dtype, span, onto=None):
    """A map in f32 if an operand is or the result, else in the common type."""
    compute = "f32" if "f32" in [dtype, *(g.nodes[a]["dtype"] for a in args)] else dtype
    return add_map(g, dims, args, body, compute, dtype, span, onto)


def softmax(g):
    dims, axis = reduced(g, same_dims(g), [1, 1, 0])
    x = g.pick(dims)
    if g.core_dims(x) != dims or g.nodes[x]["dtype"] == "i32" or max(map(abs, g.ranges[x])) > 30:
        x = g.new_input(dims)
    if g.form == "value" and g.chance(0.2):
        index = g.add({"op": "softmax", "dims": g.batch + dims, "dtype": g.nodes[x]["dtype"], "arg": x, "axis": axis}, (0.0, 1.0))
        return new_map(g, dims, [index], 2) if g.chance(0.3) else index
    dtype, layout = wide(g), row_layout(g, dims, axis)
    shifted = x
    if g.chance(0.8):
        top = add_reduce(g, x, axis, "max", layout, g.nodes[x]["dtype"])
        low, high = g.ranges[x]
        shifted = simple(g, dims, [x, top], [["subf", 0, 1]], dtype if g.chance(0.7) else g.base, (low - high, 0.0))
    elif max(map(abs, g.ranges[x])) > 5:
        return scaled(g, x, 0.1)
    scale = [["mulf", 0, ["const", 0.5]], ["exp", 1]] if g.chance(0.3) else [["exp", 0]]
    power = simple(g, dims, [shifted], scale, g.random.choice([dtype, g.base]), (0.0, 2.72 ** max(g.ranges[shifted][1], 0.0)))
    total = add_reduce(g, power, axis, "add", layout, dtype if g.nodes[power]["dtype"] != "f32" else "f32")
    divide = g.random.choice([[["divf", 0, 1]], [["recip", 1], ["mulf", 0, 2]]])
    if g.chance(0.2):
        inverse = simple(g, layout, [total], [["recip", 0]], dtype, (0.0, 1.0))
        return simple(g, dims, [power, inverse], [["mulf", 0, 1]], g.base, (0.0, 1.0))
    if shifted != x and g.chance(0.2):
        return simple(g, dims, [shifted, total], [["log", 1], ["subf", 0, 2]], g.base, (-60.0, 0.0))
    return simple(g, dims, [power, total], divide, g.base, (0.0, 1.0))


def mean(g, index, axis, layout, dtype):
    count = g.dims[g.core_dims(index)[axis]]["block"]
    low, high = g.ranges[index]
    if g.chance(0.2):
        # Scaled before it is summed up.
        index = simple(g, g.core_dims(index), [index], [["mulf", 0, ["const", 1.0 / count]]], dtype, (low / count, high / count))
        return add_reduce(g, index, axis, "add", layout, dtype)
    total = add_reduce(g, index, axis, "add", layout, dtype if g.nodes[index]["dtype"] != "f32" else "f32")
    body = g.random.choice([[["mulf", 0, ["const", 1.0 / count]]]] * 3 + [[["divf", 0, ["const", float(count)]]]])
    return simple(g, layout, [total], body, dtype, (low, high))


def normalisation(g):
    """Layernorm, or rmsnorm without the mean."""
    dims, axis = reduced(g, same_dims(g), [1, 1, 1, 0])
    x = g.pick(dims)
    if g.core_dims(x) != dims or g.nodes[x]["dtype"] == "i32" or max(map(abs, g.ranges[x])) > 30:
        x = g.new_input(dims)
    dtype, layout = wide(g), row_layout(g, dims, axis)
    centred, limit = x, max(map(abs, g.ranges[x]))
    if g.chance(0.7):
        middle = mean(g, x, axis, layout, dtype)
        limit *= 2
        centred = simple(g, dims, [x, middle], [["subf", 0, 1]], dtype, (-limit, limit))
    square = simple(g, dims, [centred], [g.random.choice([["square", 0], ["mulf", 0, 0]])], dtype, (0.0, limit * limit))
    variance = mean(g, square, axis, layout, dtype)
    root = g.random.choice([[["rsqrt", 1]], [["sqrt", 1], ["recip", 2]]])
    inverse = simple(g, layout, [variance], [["addf", 0, ["const", g.random.choice([0.1, 0.01, 1.0])]]] + root, dtype, (0.0, 10.0))
    args, body = [centred, inverse], [["mulf", 0, 1]]
    for op in ("mulf", "addf"):
        if g.chance(0.4):
            shape = g.random.choice([["1", dims[1]], [dims[1]], dims])
            args.append(g.new_input(shape, g.base, (-1.0, 1.0)))
            body.append((op, len(args) - 1))
    count = len(args)
    ops = [body[0]] + [[op, count + place, operand] for place, (op, operand) in enumerate(body[1:])]
    return simple(g, dims, args, ops, g.base, (-10.0 * limit, 10.0 * limit))


# --- loops that carry blocks


def carried(g, dims, dtype, value):
    """A carried block that starts from a constant or, if `value` is None, from a node of its dims."""
    piece, g.piece = g.piece, None
    if value is None:
        init = g.value(dims, dtype)
    else:
        node = {"op": "fill", "dims": (g.batch if len(dims) > 1 else []) + dims, "dtype": dtype, "value": value}
        init = g.add(node, [max(value, -60.0)] * 2)
    g.piece = piece
    return g.add({"op": "carried", "dims": g.nodes[init]["dims"], "dtype": dtype, "init": init}, g.ranges[init])


def close_loop(g, dim, steps, pairs, spans):
    """The loop over the nodes made since g.piece was set, and its results."""
    g.piece = None
    loop = g.add({"op": "loop", "dims": [], "dtype": "", "dim": dim, "steps": steps, "pairs": pairs}, (0.0, 0.0))
    return [g.add({"op": "result", "dims": g.nodes[first]["dims"], "dtype": g.nodes[first]["dtype"], "arg": loop, "place": place}, span)
            for place, ((first, _), span) in enumerate(zip(pairs, spans))]


def scores_of_keys(g, dtype):
    """The products of queries and all keys, scaled; a loop over the keys computes its piece of them."""
    form = g.random.choice(["nt", "nn"])
    scores = add_product(g, *factors(g, "M", "K", "L", form, g.base), form, "L", None, "f32", g.steps("L"))
    scale = 1.0 / g.dims["L"]["block"]
    span = [max(-4.0, min(4.0, e * scale)) for e in g.ranges[scores]]
    scores = simple(g, ["M", "K"], [scores], [["mulf", 0, ["const", scale]]], dtype, span)
    if g.chance(0.3):
        mask = g.new_input(g.random.choice([["M", "K"], ["1", "K"], ["K"]]), g.base, (-1.0, 1.0))
        scores = simple(g, ["M", "K"], [scores, mask], [["addf", 0, 1]], dtype, (-5.0, 5.0))
    return scores


def next_top(g, scores, top):
    """The running maximum after a piece of the scores."""
    dtype, vector = g.nodes[top]["dtype"], g.core_dims(top)
    if g.chance(0.5):
        return add_reduce(g, scores, 1, "max", vector, dtype, top)
    own = add_reduce(g, scores, 1, "max", vector, dtype)
    g.nodes[own]["piece"] = "K"
    return simple(g, vector, [top, own], [["maximumf", 0, 1]], dtype, (-5.0, 5.0))


def attention(g):
    """One head, block by block over the keys; some without the running maximum, some with a mask."""
    dtype = wide(g)
    vector = ["M", "1"] if g.batch or g.chance(0.4) else ["M"]
    shifted = scores = scores_of_keys(g, dtype)
    values = g.new_input(["K", "N"], g.base)
    steps = g.open_loop("K")
    top = carried(g, vector, dtype, LOWEST) if g.chance(0.75) else None
    rest = total = carried(g, vector, dtype, 0.0)
    scaled_output = output = carried(g, ["M", "N"], "f32", 0.0)
    pairs = []
    if top is not None:
        new_top = next_top(g, scores, top)
        shifted = simple(g, ["M", "K"], [scores, new_top], [["subf", 0, 1]], dtype, (-10.0, 0.0))
        factor = simple(g, vector, [top, new_top], [["subf", 0, 1], ["exp", 2]], dtype, (0.0, 1.0))
        rest = simple(g, vector, [total, factor], [["mulf", 0, 1]], dtype, (0.0, 64.0), g.random.choice([None, 0]))
        scaled_output = simple(g, ["M", "N"], [output, factor], [["mulf", 0, 1]], "f32", (-64.0, 64.0), g.random.choice([None, 0]))
        pairs.append([top, new_top])
    power = simple(g, ["M", "K"], [shifted], [["exp", 0]], dtype, (0.0, 150.0))
    narrow = power if dtype == g.base else converted(g, power, g.base)
    pairs.append([total, add_reduce(g, power, 1, "add", vector, dtype, rest)])
    pairs.append([output, add_product(g, narrow, values, "nn", "K", scaled_output, "f32", None)])
    g.random.shuffle(pairs)
    results = close_loop(g, "K", steps, pairs, [(-64.0, 64.0)] * len(pairs))
    left = {first: result for (first, _), result in zip(pairs, results)}
    final = simple(g, ["M", "N"], [left[output], left[total]], [["divf", 0, 1]], g.base, (-3.0, 3.0))
    if g.chance(0.3):
        new_map(g, ["M", "N"], [final, g.pick(["M", "N"])], 2)


def next_block(g, index):
    """What the next iteration finds of a carried matrix: it after one or two operations."""
    dims, dtype = ["M", "N"], g.nodes[index]["dtype"]
    for _ in range(g.random.choice([1, 1, 2])):
        kind = g.random.choice(["product", "product", "add", "scale", "extreme"])
        if kind == "product" and (dtype == "f32" or g.base == dtype):
            index = new_product(g, "M", "N", "K", index, deep=False)
        elif kind == "add":
            other = g.new_input(g.random.choice([dims, ["1", "N"], ["M", "1"]]), dtype)
            index = simple(g, dims, [index, other], [["addf", 0, 1]], dtype, [8.0 * e for e in g.ranges[other]], g.random.choice([None, 0]))
        elif kind == "scale":
            index = simple(g, dims, [index], [["mulf", 0, ["const", 0.5]]], dtype, g.ranges[index], g.random.choice([None, 0]))
        else:
            other = g.new_input(dims, dtype)
            index = simple(g, dims, [index, other], [["maximumf", 0, 1]], dtype, g.ranges[index], g.random.choice([None, 0]))
    return index


def next_vector(g, index):
    """The same of a carried column or row, or of a vector: it with a reduction of a piece of K."""
    vector, dtype = g.core_dims(index), g.nodes[index]["dtype"]
    dims, axis = (["M", "K"], 1) if "M" in vector else (["K", "N"], 0)
    kind = g.random.choice(["add", "max", "min"])
    arg = g.value(dims, dtype if kind != "add" or dtype != "f32" else g.random.choice([g.base, "f32"]))
    if g.chance(0.6):
        body, other = terms(g, arg, dtype) if g.chance(0.3) else (None, None)
        return add_reduce(g, arg, axis, kind, vector, dtype, index, None, body, other)
    own = add_reduce(g, arg, axis, kind, vector, dtype)
    g.nodes[own]["piece"] = "K"
    op = {"add": "addf", "max": "maximumf", "min": "minimumf"}[kind]
    span = [8.0 * e for e in g.ranges[own]]
    return simple(g, vector, [index, own], [[op, 0, 1]], dtype, span, g.random.choice([None, 0]))


def carrying_loop(g):
    """A loop over K that carries one to three blocks, each with an update of its own."""
    steps, pairs = g.open_loop("K"), []
    is_matrix = g.batch or g.chance(0.5)
    vectors = [["M", "1"], ["1", "N"]] if is_matrix else [["M"], ["N"]]
    for _ in range(g.random.choice([1, 1, 2, 3])):
        dims = g.random.choice([["M", "N"]] * 4 + vectors)
        dtype = wide(g)
        first = carried(g, dims, dtype, g.random.choice([0.0, 0.0, 1.0, None]))
        last = (next_block if dims == ["M", "N"] else next_vector)(g, first)
        if pairs and dims == ["M", "N"] and g.chance(0.2):
            other = g.random.choice([value for pair in pairs for value in pair])
            if g.fits(other, dims) and g.nodes[other]["dtype"] == dtype:
                last = simple(g, dims, [last, other], [["addf", 0, 1]], dtype, g.ranges[last])
        pairs.append([first, last])
    results = close_loop(g, "K", steps, pairs, [g.ranges[last] for _, last in pairs])
    if g.chance(0.5):
        new_map(g, ["M", "N"], [g.random.choice(results), g.pick(["M", "N"])], 3)


def scan(g):
    """Carries a block that is a piece of K wide."""
    arg = g.value(["M", "K"], g.base)
    steps, name = g.random.choice(g.pieces("K", are_equal=True)), f"P{len(g.nodes)}"
    g.dims[name] = {"block": g.dims["K"]["block"] // steps, "grid": 1, "of": "K"}
    g.open_loop("K")
    first = carried(g, ["M", name], g.base, 0.0)
    op = g.random.choice(["addf", "addf", "maximumf"])
    last = simple(g, ["M", name], [first, arg], [[op, 0, 1]], g.base, [steps * e for e in g.ranges[arg]], g.random.choice([None, 0, 0]))
    if g.chance(0.3):
        body = Body(g.random, [(-1.0, 1.0)], g.base)
        body.unary()
        last = simple(g, ["M", name], [last], body.ops or [["negf", 0]], g.base, g.ranges[last])
    close_loop(g, "K", steps, [[first, last]], [g.ranges[last]])


def sum_in_two_loops(g):
    """A sum that a second loop, of other trips or another depth, goes on with; or a reduction of another block."""
    if g.chance(0.3):
        new_reduce(g)
        return
    first = new_product(g, "M", "N", "K")
    second = new_product(g, "M", "N", g.random.choice("KKL"), first)
    for index in g.random.sample([first, second], g.random.choice([1, 2])):
        scaled(g, index, 1.0 / 64, g.base)
