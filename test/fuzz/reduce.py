"""Makes the description of a kernel smaller as long as it ends in the same way."""

import copy


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


def operands(node):
    names = [node["arg"]] if "arg" in node else list(node.get("args", []))
    if node["op"] == "matmul":
        names += [node["a"], node["b"]] + ([node["init"]] if node["init"] is not None else [])
    return names


def smaller_outputs(function, number):
    """One output less; an operand of an output in its place."""
    kernel = function["kernels"][number]
    for index, output in enumerate(kernel["outputs"]):
        if len(kernel["outputs"]) > 1:
            yield changed(function, number, lambda k: k["outputs"].pop(index))
        for operand in operands(kernel["nodes"][output["node"]]):
            if kernel["nodes"][operand]["op"] != "input":
                yield changed(function, number, lambda k: k["outputs"][index].update(node=operand))
        for key in ("loop", "direct"):
            if output.get(key):
                yield changed(function, number, lambda k: k["outputs"][index].update({key: None}))


def smaller_dims(function, number):
    kernel = function["kernels"][number]
    for name, dim in kernel["dims"].items():
        for key, values in (("grid", (1, 2)), ("block", (32, 64)), ("steps", (1, 2))):
            for value in values:
                if value < dim[key] and not (key == "block" and (name == "B" or value % (32 * dim["steps"]))):
                    yield changed(function, number, lambda k: k["dims"][name].update({key: value}))
    for index in range(len(kernel["grid"]) if len(kernel["grid"]) > 1 else 0):
        def drop(k):
            name = k["grid"].pop(index)
            k["dims"][name]["grid"] = 1
        yield changed(function, number, drop)


def smaller_flags(function, number):
    for key in ("drop_batch", "muli", "stages"):
        if function["kernels"][number].get(key):
            yield changed(function, number, lambda k: k.update({key: None}))


def shortened(body, index, operand, args):
    """The body without one operation, whose result becomes one of its operands."""
    place = args + index

    def renamed(o):
        if not isinstance(o, int):
            return o
        o = operand if o == place else o
        return o - 1 if isinstance(o, int) and o > place else o

    return [[renamed(o) for o in op] for i, op in enumerate(body) if i != index]


def smaller_nodes(function, number):
    kernel = function["kernels"][number]
    for index, node in enumerate(kernel["nodes"]):
        def set_node(k, **values):
            k["nodes"][index].update(values)
        if node["op"] == "map":
            yield from smaller_map(function, number, index, node)
        if node["op"] == "matmul" and node["init"] is not None:
            yield changed(function, number, lambda k: set_node(k, init=None))
        if node.get("loop"):
            yield changed(function, number, lambda k: set_node(k, loop=False))
        if node["op"] != "input":
            as_input = {"op": "input", "dims": node["dims"], "dtype": node["dtype"], "low": -1.0, "high": 1.0, "space": node["space"], "copy": False}
            if all(o["node"] != index for o in kernel["outputs"]):
                yield changed(function, number, lambda k: k["nodes"].__setitem__(index, dict(as_input)))
        for key, plain in (("space", ""), ("copy", False), ("named", False), ("style", "generic")):
            if node.get(key, plain) != plain:
                yield changed(function, number, lambda k: set_node(k, **{key: plain}))


def smaller_map(function, number, index, node):
    count = len(node["args"])
    for place, op in enumerate(node["body"]):
        if len(node["body"]) > 1:
            for operand in op[1:]:
                if not isinstance(operand, str):
                    body = shortened(node["body"], place, operand, count)
                    yield changed(function, number, lambda k: k["nodes"][index].update(body=body))
    for place in range(count):
        # One operand in place of another.
        if count > 1:
            other = 0 if place else 1
            body = [[o if not isinstance(o, int) else (other - (other > place) if o == place else o - (o > place)) for o in op] for op in node["body"]]
            args = node["args"][:place] + node["args"][place + 1:]
            yield changed(function, number, lambda k: k["nodes"][index].update(args=args, body=body))
    if node["compute"] != node["dtype"]:
        yield changed(function, number, lambda k: k["nodes"][index].update(compute=node["dtype"]))


def candidates(function):
    yield from fewer_kernels(function)
    yield from without_attributes(function)
    for number in range(len(function["kernels"])):
        for make in (smaller_outputs, smaller_nodes, smaller_dims, smaller_flags):
            yield from make(function, number)


def without_dead_nodes(function):
    """The same kernels without the nodes that no output needs."""
    result = copy.deepcopy(function)
    for kernel in result["kernels"]:
        live, work = set(), [o["node"] for o in kernel["outputs"]]
        while work:
            index = work.pop()
            if index not in live:
                live.add(index)
                work += operands(kernel["nodes"][index])
        names = {old: new for new, old in enumerate(sorted(live))}
        for index in live:
            node = kernel["nodes"][index]
            for key in ("arg", "a", "b", "init"):
                if node.get(key) is not None:
                    node[key] = names[node[key]]
            if "args" in node:
                node["args"] = [names[a] for a in node["args"]]
        for output in kernel["outputs"]:
            output["node"] = names[output["node"]]
        kernel["nodes"] = [kernel["nodes"][i] for i in sorted(live)]
    return result


def reduced(function, fails):
    """The smallest function found for which fails(function) is true, as it must be for the one given."""
    function = without_dead_nodes(function)
    progress = True
    while progress:
        progress = False
        for candidate in candidates(function):
            candidate = without_dead_nodes(candidate)
            if candidate != function and fails(candidate):
                function, progress = candidate, True
                break
    return function
