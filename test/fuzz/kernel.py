"""Descriptions of random legal kernels and of the functions they stand in (nodes.py says how they are written)."""

import random

import chains
import steps
from blocks import LAYOUTS, Blocks

# Steps and their weights.
INTEGER_STEPS = ((steps.new_map, 1),)
VECTOR_STEPS = ((steps.new_map, 1),)
STEPS = (
    (steps.new_map, 10), (steps.new_reduce, 4), (steps.product_step, 6), (steps.use_sum_again, 3), (steps.new_transpose, 2),
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
        output["layout"] = blocks.random.choice(LAYOUTS)
    output.update(blocks.surroundings(node["dims"]))
    if form == "memory" and node["op"] == "map" and "K" in node["dims"] and blocks.chance(0.6) and len(blocks.pieces("K")) > 1:
        output.update(loop="K", steps=blocks.random.choice(blocks.pieces("K")[1:]))
    return output


def make_kernel(seed, form):
    blocks = Blocks(seed, form)
    grow(blocks)
    outputs = make_outputs(blocks, form)
    return {"dims": blocks.dims, "grid": blocks.grid, "nodes": blocks.nodes, "outputs": outputs, "drop_batch": blocks.chance(0.5),
            "muli": blocks.chance(0.4), "forall": blocks.random.choice(SPELLINGS), "loops": blocks.random.choice(SPELLINGS),
            "nested": blocks.random.choice([0, 0, 0, 1, 2]), "stages": blocks.random.choice([None, None, 1, 2, 3])}


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
    return {"seed": seed, "form": form, "attributes": attributes, "arch": choose.choice(["wormhole_b0", "wormhole_b0", "blackhole"]),
            "kernels": [make_kernel(f"{seed}.{i}", form) for i in range(kernels)]}
