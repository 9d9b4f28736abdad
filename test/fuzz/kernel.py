"""Descriptions of random legal kernels and of the functions they stand in (nodes.py says how they are written)."""

import random

import chains
import nodes
import steps
from blocks import Blocks

# Steps and their weights.
INTEGER_STEPS = ((steps.new_map, 8), (steps.two_maps, 1))
VECTOR_STEPS = ((steps.new_map, 1),)
STEPS = (
    (steps.new_map, 10), (steps.two_maps, 1), (steps.new_reduce, 4), (steps.product_step, 6), (steps.use_sum_again, 3), (steps.new_transpose, 2),
    (steps.vector_product, 1),
    (chains.sum_in_two_loops, 2), (chains.softmax, 2), (chains.normalisation, 2), (chains.attention, 1), (chains.carrying_loop, 3), (chains.scan, 1),
)
SPELLINGS = ("counts", "offsets", "shifted")
LONG = (chains.attention, chains.carrying_loop, chains.normalisation, chains.softmax)


def grow(blocks):
    """Adds nodes in a few steps."""
    table = INTEGER_STEPS if blocks.integer else VECTOR_STEPS if blocks.is_vector else STEPS
    left = blocks.random.choice([1, 2, 3, 4, 5])
    while left > 0:
        step = blocks.random.choices([s for s, _ in table], [w for _, w in table])[0]
        if step is chains.scan and blocks.batch:
            continue
        step(blocks)
        left -= 3 if step in LONG else 1


def make_outputs(blocks, form):
    """The last values that have every dim of the grid."""
    def is_able(index):
        node = blocks.nodes[index]
        # Rows of a matrix of vectors are no whole tiles.
        return node["op"] != "input" and blocks.is_visible(index) and all(d in node["dims"] for d in blocks.grid) and \
            not (blocks.batch and len(blocks.core_dims(index)) == 1)

    able = [i for i in range(len(blocks.nodes)) if is_able(i)]
    if not able:
        dims = ["M"] if blocks.is_vector else ["M", "N"]
        last = max((i for i, node in enumerate(blocks.nodes) if node["op"] != "input" and blocks.is_visible(i) and blocks.fits(i, dims)), default=None)
        able = [steps.new_map(blocks, dims, [blocks.new_input(dims)] + ([last] if last is not None else []), 2)]
    chosen = sorted(able[-blocks.random.choice([1, 1, 1, 2, 2, 3]):])
    if blocks.chance(0.06):
        chosen.append(blocks.random.choice(chosen))
    return [make_output(blocks, i, form) for i in chosen]


def make_output(blocks, index, form):
    node = blocks.nodes[index]
    output = {"node": index, "loop": None, "steps": None, "direct": blocks.chance(0.4)}
    if node["dtype"] in ("bf16", "f32") and len(node["dims"]) > 1 and blocks.chance(0.05):
        output["layout"] = blocks.layout()
    output.update(blocks.surroundings(node["dims"]))
    if form == "memory" and node["op"] == "map" and "K" in node["dims"] and blocks.chance(0.6) and len(blocks.pieces("K")) > 1:
        output.update(loop="K", steps=blocks.random.choice(blocks.pieces("K")[1:]))
    return output


def overwrites(blocks, output):
    """Makes an output replace an input that it is computed from, of the same blocks."""
    node = blocks.nodes[output["node"]]
    sources = nodes.live({"nodes": blocks.nodes, "outputs": [output]})
    able = [i for i in sources if i != output["node"] and blocks.nodes[i]["op"] == "input" and not blocks.nodes[i].get("from") and not blocks.nodes[i].get("layout") and
            all(blocks.nodes[i][key] == node[key] for key in ("dims", "dtype"))]
    # A block that is written is read as a whole.
    in_pieces = {blocks.nodes[n["arg"]]["dims"][n["axis"] - 2] for n in blocks.nodes if n["op"] == "reduce" and n["steps"]}
    if not able or node["dtype"] == "i32" or any(d in node["dims"] for d in ("K", "L", *in_pieces)) or output["loop"]:
        return
    onto = blocks.random.choice(able)
    if blocks.form == "value" and any(onto in (n.get("init"), n["args"][n["onto"]] if n.get("onto") is not None else None) for n in blocks.nodes):
        return  # The reference would let that node and the output share the buffer, and lose one of them.
    # Of a body that folds to what does not need the input, tt-verify finds only late that its write does not wait for the read.
    low, high = (a + b for a, b in zip(blocks.ranges[output["node"]], blocks.ranges[onto]))
    output["node"] = steps.add_map(blocks, blocks.core_dims(onto), [output["node"], onto], [["addf", 0, 1]], node["dtype"], node["dtype"], (low, high))
    node = blocks.nodes[output["node"]]
    output.update(onto=onto, layout=None, margin=None, lead=None)
    # What is computed right where the input is must be an element at a time.
    others = [a for a in node.get("args", []) if a != output["onto"]]
    output["direct"] &= node["op"] == "map" and all(blocks.nodes[a]["op"] != "input" or blocks.nodes[a]["dims"] == node["dims"] for a in others)


def make_kernel(seed, form, earlier):
    """A kernel, and the buffers that it leaves to later ones."""
    blocks = Blocks(seed, form, earlier)
    grow(blocks)
    outputs = make_outputs(blocks, form)
    taken = set()
    for place, output in enumerate(outputs):
        output["id"] = place
        if blocks.chance(0.25):
            overwrites(blocks, output)
        if output.get("onto") is not None and output["onto"] in taken:
            output["onto"] = None
        taken.add(output.get("onto"))
        output["scratch"] = output.get("onto") is None and not nodes.is_part(output) and not output.get("layout") and blocks.chance(0.6)
    # Behind a packed vector is what the tile holds there.
    may_fill = blocks.ragged and form == "memory" and not blocks.is_vector
    return {"dims": blocks.dims, "grid": blocks.grid, "nodes": blocks.nodes, "outputs": outputs, "drop_batch": blocks.chance(0.5),
            "muli": blocks.chance(0.4), "forall": blocks.random.choice(SPELLINGS), "loops": blocks.random.choice(SPELLINGS),
            "cleared": blocks.chance(0.3), "filled": blocks.random.choice([0.5, 1.0, None, None]) if may_fill else None,
            "nested": blocks.random.choice([0, 0, 0, 1, 2]), "stages": blocks.random.choice([None, None, 1, 2, 3])}, blocks.ranges


def buffers_of(kernel, ranges):
    """What later kernels may read of a kernel's outputs."""
    found = []
    for output in kernel["outputs"]:
        node, (low, high) = kernel["nodes"][output["node"]], ranges[output["node"]]
        shape = [1 if d == "1" else nodes.extent(kernel["dims"][d]) for d in node["dims"]]
        is_part = nodes.is_part(output) or output.get("onto") is not None
        if not is_part and max(abs(low), abs(high)) < 100:
            found.append({"key": [kernel["id"], output["id"]], "shape": shape, "dtype": node["dtype"], "span": [low, high]})
    return found


def make_function(seed, kernels):
    """A host function of several kernels: its attributes and the descriptions of the kernels."""
    choose = random.Random(f"function {seed}")
    form = choose.choice(["value", "memory"])
    attributes = []
    if choose.random() < 0.5:
        order = choose.choice(["row_major", "column_major", "block_linear, block = 2"])
        sizes = choose.choice(["", ", grid_x = 1, grid_y = 1", ", grid_x = 2, grid_y = 1", ", grid_x = 2, grid_y = 2", ", grid_x = 3, grid_y = 1"])
        attributes.append(f"tt.schedule = #tt.schedule<order = {order}{sizes}>")
    if choose.random() < 0.25:
        attributes.append("tt.compute = #tt.compute<" + choose.choice(["fp32_acc = true", "full_sync = true", "fp32_acc = true, full_sync = true"]) + ">")
    made, earlier = [], []
    for i in range(kernels):
        kernel, ranges = make_kernel(f"{seed}.{i}", form, earlier if choose.random() < 0.8 else [])
        made.append({"id": i, **kernel})
        earlier += buffers_of(made[-1], ranges)
    return {"seed": seed, "form": form, "attributes": attributes, "arch": choose.choice(["wormhole_b0", "wormhole_b0", "blackhole"]),
            "kernels": made}
