"""Makes the description of a kernel smaller as long as it ends in the same way."""

import copy
import itertools

import nodes


def without_attributes(function):
    for index in range(len(function["attributes"])):
        yield {**function, "attributes": function["attributes"][:index] + function["attributes"][index + 1:]}
    if function["arch"] != "wormhole_b0":
        yield {**function, "arch": "wormhole_b0"}


def fewer_kernels(function):
    count = len(function["kernels"])
    for index in range(count if count > 1 else 0):
        yield {**function, "kernels": function["kernels"][:index] + function["kernels"][index + 1:]}


def changed(function, number, change):
    """A copy of the function in which change(kernel) was applied to one kernel."""
    result = copy.deepcopy(function)
    change(result["kernels"][number])
    return result


def smaller_outputs(function, number):
    """One output less; an operand of an output in its place."""
    kernel = function["kernels"][number]
    for index, output in enumerate(kernel["outputs"]):
        if len(kernel["outputs"]) > 1:
            yield changed(function, number, lambda k: k["outputs"].pop(index))
        for operand in nodes.operands(kernel["nodes"][output["node"]]):
            if kernel["nodes"][operand]["op"] not in ("input", "carried", "loop") and not kernel["nodes"][operand].get("piece"):
                yield changed(function, number, lambda k: k["outputs"][index].update(node=operand))
        for key in ("loop", "direct", "layout", "margin", "lead", "scratch", "onto"):
            if output.get(key):
                yield changed(function, number, lambda k: k["outputs"][index].update({key: None}))


def resize(kernel, name, key, value):
    """Changes a dim, and the loops over it so that their pieces are equal; elements that the last block lacks are as many as before if it can."""
    dim = kernel["dims"][name]
    lacks = dim["block"] * dim["grid"] - nodes.extent(dim)
    dim[key] = value
    if lacks:
        kernel["dims"][name] = nodes.cut(dim["block"] * dim["grid"] - min(lacks, dim["block"] - 1), dim["block"])
    tiles = -(-dim["block"] // nodes.TILE)
    for node in kernel["nodes"]:
        over = {"reduce": lambda: kernel["nodes"][node["arg"]]["dims"][node["axis"] - 2], "matmul": lambda: node["over"], "loop": lambda: node["dim"]}
        if node.get("steps") and over[node["op"]]() == name and tiles % node["steps"]:
            node["steps"] = tiles
            for dim in kernel["dims"].values():
                if dim.get("of") == name:
                    dim["block"] = 32


def smaller_dims(function, number):
    kernel = function["kernels"][number]
    for name, dim in kernel["dims"].items():
        for key, values in (("grid", (1, 2)), ("block", (1,) if name == "B" else (32, 64, 96) if dim["block"] % 32 == 0 else (17, 40, 70))):
            for value in values:
                if value < dim[key] and "of" not in dim:
                    yield changed(function, number, lambda k: resize(k, name, key, value))
        if "extent" in dim:
            yield changed(function, number, lambda k: k["dims"][name].pop("extent"))
    for index in range(len(kernel["grid"]) if len(kernel["grid"]) > 1 else 0):
        def drop(k):
            name = k["grid"].pop(index)
            k["dims"][name] = {"block": k["dims"][name]["block"], "grid": 1}
        yield changed(function, number, drop)


def smaller_flags(function, number):
    for key in ("drop_batch", "muli", "stages", "forall", "loops", "nested", "cleared", "filled"):
        if function["kernels"][number].get(key) is not None:
            yield changed(function, number, lambda k: k.update({key: None}))


def shortened(body, index, operand, args):
    """The body without one operation, whose result becomes one of its operands."""
    place = args + index

    def renamed(value):
        value = operand if value == place else value
        return value - 1 if isinstance(value, int) and value > place else value

    return [[op[0]] + [nodes.with_scalars(o, renamed) for o in op[1:]] for i, op in enumerate(body) if i != index]


def inputs_for_nodes(function, number):
    """An input in place of a node that is computed, the last first."""
    kernel = function["kernels"][number]
    for index, node in reversed(list(enumerate(kernel["nodes"]))):
        if node["op"] not in ("input", "carried", "loop") and all(o["node"] != index for o in kernel["outputs"]):
            as_input = {"op": "input", "dims": node["dims"], "dtype": node["dtype"], "low": -1.0, "high": 1.0, "space": node["space"], "copy": False}
            yield changed(function, number, lambda k: k["nodes"].__setitem__(index, as_input))


def smaller_nodes(function, number):
    kernel = function["kernels"][number]
    for index, node in enumerate(kernel["nodes"]):
        def set_node(k, **values):
            k["nodes"][index].update(values)
        if node["op"] == "map":
            yield from smaller_map(function, number, index, node)
        if node["op"] == "loop":
            yield from smaller_loop(function, number, index, node)
        if node["op"] in ("matmul", "reduce") and node["init"] is not None:
            yield changed(function, number, lambda k: set_node(k, init=None))
        for steps in (None, 2):
            if node.get("steps") and node["op"] != "loop" and steps != node["steps"]:
                yield changed(function, number, lambda k: set_node(k, steps=steps))
        for key, plain in (("space", ""), ("copy", False), ("in_place", False), ("named", False), ("style", "generic"), ("onto", None), ("layout", None), ("margin", None),
                           ("lead", None), ("from", None), ("twin", None)):
            if node.get(key, plain) != plain:
                yield changed(function, number, lambda k: set_node(k, **{key: plain}))


def smaller_loop(function, number, index, node):
    """One carried block less, if nothing wants what the loop leaves of it."""
    results = [i for i, n in enumerate(function["kernels"][number]["nodes"]) if n["op"] == "result" and n["arg"] == index]
    for place in range(len(node["pairs"]) if len(node["pairs"]) > 1 else 0):
        def drop(k):
            del k["nodes"][index]["pairs"][place]
            for i in results:
                k["nodes"][i]["place"] -= k["nodes"][i]["place"] > place

        uses = [n for other in function["kernels"][number]["nodes"] for n in nodes.operands(other)]
        uses += [o["node"] for o in function["kernels"][number]["outputs"]]
        is_left = any(i in uses and function["kernels"][number]["nodes"][i]["place"] == place for i in results)
        if not is_left and uses.count(node["pairs"][place][0]) == 1:
            yield changed(function, number, drop)


def smaller_map(function, number, index, node):
    count = len(node["args"])
    for place, op in enumerate(node["body"]):
        if len(node["body"]) > 1:
            for operand in op[1:]:
                if isinstance(operand, int) or nodes.is_constant(operand):
                    body = shortened(node["body"], place, operand, count)
                    yield changed(function, number, lambda k: k["nodes"][index].update(body=body))
    for place in range(count):
        # One operand in place of another.
        if count > 1:
            other = 0 if place else 1
            renamed = lambda o: other - (other > place) if o == place else o - (o > place)
            body = [[op[0]] + [nodes.with_scalars(o, renamed) for o in op[1:]] for op in node["body"]]
            args = node["args"][:place] + node["args"][place + 1:]
            yield changed(function, number, lambda k: k["nodes"][index].update(args=args, body=body, onto=None))
    if node["compute"] != node["dtype"]:
        yield changed(function, number, lambda k: k["nodes"][index].update(compute=node["dtype"]))


def candidates(function):
    yield from fewer_kernels(function)
    yield from without_attributes(function)
    for number in range(len(function["kernels"])):
        for make in (smaller_outputs, smaller_dims, inputs_for_nodes, smaller_nodes, smaller_flags):
            yield from make(function, number)


def without_dead_nodes(function):
    """The same kernels without the nodes that no output needs."""
    result = copy.deepcopy(function)
    for kernel in result["kernels"]:
        live = nodes.live(kernel)
        names = {old: new for new, old in enumerate(sorted(live))}
        for output in kernel["outputs"]:
            output["node"] = names[output["node"]]
            output["onto"] = names.get(output.get("onto"))
        kernel["nodes"] = [{**nodes.with_operands(kernel["nodes"][i], names.get), "twin": names.get(kernel["nodes"][i].get("twin"))} for i in sorted(live)]
    return result


def reduced(function, fails, report=lambda function: None):
    """The smallest function found for which fails(function) is true, as it must be for the one given; reports each on the way."""
    function = without_dead_nodes(function)
    progress = True
    while progress:
        progress, position = False, 0
        # Goes on behind what helped last: what is in front of it did not help before.
        while candidate := next(itertools.islice(candidates(function), position, None), None):
            candidate = without_dead_nodes(candidate)
            if candidate != function and fails(candidate):
                function, progress = candidate, True
                report(function)
            else:
                position += 1
    return function
