"""What a kernel computes, as plain data: blocks.py and its steps make one at random, emit.py writes it as IR, reduce.py makes it smaller.

A kernel is a dictionary:

    dims     name -> {block, grid}: elements of a block, blocks (1 unless the grid runs over it); {of}: a piece of another dim; {extent}: elements in all,
             if the last block has fewer than the others
    grid     names of the dims that the grid runs over
    nodes    block values, each from earlier ones
    outputs  {node, loop, steps, direct, layout, margin, lead}: what is written; `loop` names the dim whose pieces a loop computes and writes one by one,
             `onto` the input whose buffer it is; `scratch` if nothing but later kernels sees it
    id       what other kernels of the function call it; an output has one too

A node has `op`, `dims` (names; "1" for an extent of one), `dtype`, and

    input      low, high: range of the data; layout: what the buffer is kept as; margin, lead; from: [kernel, output]
             that writes the buffer, if that is there and has its shape
    fill       value
    map        args, body: element by element, operands repeated along the dims they lack; onto: the operand that the result replaces;
             unsigned: how integers are converted
    reduce     arg, axis (0 or 1 of the last two), kind (add, max, min), steps, named: linalg.reduce or a generic; init; body: what it reduces,
             computed from arg and perhaps `other`; all: along both axes
    matmul     a, b, form (n or t of each factor, mv, vm), over: the dim summed over, steps, init; style: named, contract, generic
    transpose  arg
    softmax    arg, axis: linalg.softmax
    carried    init: a block that a loop carries, as one of its iterations finds it
    loop       dim, steps, pairs of a carried block and the value that the next iteration finds
    result     arg, place: what a loop leaves of a carried block

An input or output may be part of a larger buffer: `margin` has the elements before and after the blocks, by dim, `lead` extent and index of one more dimension
in front. An output keeps what its buffer held there.

A kernel also says how it is spelled: `forall` and `loops` how the counters run (counts, offsets, shifted), `nested` after how many dimensions a slice is cut
in two, `muli` how places are computed, `drop_batch` whether blocks have a batch of one, `stages` what loops say about their transfers,
`cleared` whether a sum is cleared in the first iteration of its loop, `filled` the number behind the elements of a block that has fewer than others: in memory
form it is then as large as they are.

Of two maps or reductions, each the `twin` of the other, one op computes both.

`steps` is the number of pieces in which a loop takes a dim, None without a loop, of whole tiles but for the last, which may be smaller; `init` the node that is added to, or None. A node that is computed anew in
each iteration of a loop, from what it carries or from a piece of a dim that the node lacks, has that dim as `piece`.

A scalar body is a list of [name, operands...]; an operand is the number of a value (of the arguments, then of the operations), a constant ["const", c],
one that the body narrows ["narrow", type, c], or a test [predicate, operand, operand], or [andi | ori | xori, test, test].
"""

LOGIC = ("andi", "ori", "xori")
CONSTANTS = ("const", "narrow")
SINGLE = ("arg", "other", "a", "b", "init")  # keys of one node
TILE = 32  # elements of a tile along a dim


def extent(dim):
    """All elements along a dim."""
    return dim.get("extent") or dim["block"] * dim["grid"]


def cut(extent, block):
    """The dim of this extent in blocks, of which the last may have fewer elements."""
    dim = {"block": block, "grid": -(-extent // block)}
    return {**dim, "extent": extent} if extent % block else dim


def piece(extent, steps):
    """Elements of a piece of a dim that a loop takes in so many steps (or fewer, of whole tiles)."""
    return extent if steps == 1 else TILE * -(-extent // (TILE * steps))


def live(kernel):
    """The nodes that the outputs of a kernel are computed from."""
    found, work = set(), [o["node"] for o in kernel["outputs"]]
    while work:
        index = work.pop()
        if index not in found:
            found.add(index)
            work += operands(kernel["nodes"][index])
    return found


def is_part(view):
    """Whether an input or output is part of a larger buffer."""
    return bool(view.get("lead") or any(map(sum, (view.get("margin") or {}).values())))


def operands(node):
    """The nodes that a node is computed from."""
    found = list(node.get("args", [])) + [node[key] for key in SINGLE if node.get(key) is not None]
    return found + [value for pair in node.get("pairs", []) for value in pair]


def with_operands(node, rename):
    """The node with rename(n) in place of each node n that it is computed from."""
    changed = {key: rename(node[key]) for key in SINGLE if node.get(key) is not None}
    if "args" in node:
        changed["args"] = [rename(a) for a in node["args"]]
    if "pairs" in node:
        changed["pairs"] = [[rename(value) for value in pair] for pair in node["pairs"]]
    return {**node, **changed}


def is_constant(operand):
    return isinstance(operand, list) and operand[0] in CONSTANTS


def scalars(operand):
    """The numbers of the values in an operand."""
    if isinstance(operand, int):
        return [operand]
    return [] if isinstance(operand, str) or is_constant(operand) else [v for part in operand[1:] for v in scalars(part)]


def with_scalars(operand, rename):
    """The operand with rename(v) in place of the number v of a value."""
    if isinstance(operand, int):
        return rename(operand)
    if isinstance(operand, str) or is_constant(operand):
        return operand
    return [operand[0]] + [with_scalars(part, rename) for part in operand[1:]]
