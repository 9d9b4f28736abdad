"""Writes descriptions of functions (kernel.py) as IR, in memory or value form."""

import math
import re

import nodes
from emit_kernel import Kernel

LOWEST = {"f32": "0xFF800000", "bf16": "0xFF80", "f16": "0xFC00"}
HIGHEST = {"f32": "0x7F800000", "bf16": "0x7F80", "f16": "0x7C00"}


class Function:
    def __init__(self, description, name):
        self.description, self.name = description, name
        self.is_value = description["form"] == "value"
        self.lines, self.constants, self.arguments, self.results, self.ranges = [], {}, [], [], []
        self.owners = []  # kernels of the results
        self.kernels = [Kernel(self, kernel, number) for number, kernel in enumerate(description["kernels"])]
        self.made = {}  # buffers that kernels so far have written, by kernel and output
        self.links = self.resolved()
        self.layouts = {}  # of arguments and results that have one, by name
        self.count = 0

    def resolved(self):
        """What of the kernels' outputs a later kernel reads, by kernel and input: kernel and output."""
        buffers, found = {}, {}
        for kernel in self.kernels:
            for index in nodes.live(kernel.kernel):
                node = kernel.nodes[index]
                link = tuple(node["from"]) if node.get("from") else None
                if link in buffers and buffers[link] == (kernel.whole(node["dims"], node), node["dtype"]):
                    found[(kernel.number, index)] = link
            for output in kernel.kernel["outputs"]:
                node = kernel.nodes[output["node"]]
                key = (kernel.kernel.get("id"), output.get("id"))
                buffers[key] = (kernel.whole(node["dims"], kernel.view(output)), node["dtype"])
        return found

    def layout(self, name, kind):
        layout = self.layouts.get(name)
        if layout and "sharded" in layout:
            layout = self.shards(layout, [int(size) for size in re.findall(r"(\d+)x", kind)])
        return f" {{tt.layout = #tt.layout<{layout}>}}" if layout else ""

    def shards(self, layout, shape):
        """The last two dims of a buffer in so many shards each, as far as there are tiles; no layout if there are not the cores for them."""
        layout, *pieces = layout.rsplit(" ", 2)
        sizes = [-(-(-(-size // 32)) // int(count)) * 32 for size, count in zip(shape[-2:], pieces)]
        grid = [-(-size // shard) for size, shard in zip(shape[-2:], sizes)]
        limits = re.findall(r"grid_[xy] = (\d+)", " ".join(self.description["attributes"]))
        if len(limits) == 2 and grid[0] * grid[1] > int(limits[0]) * int(limits[1]):
            return None
        axes = [len(shape) - 2, len(shape) - 1]
        return f"{layout}, shard = #tt.nd_shard<axes = {axes}, grid = {grid}, shape = {sizes}>"

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
        elif math.isinf(value):
            value = (LOWEST if value < 0 else HIGHEST)[dtype]
        else:
            value = f"{value:#.17g}"
        key = (value, dtype)
        if key not in self.constants:
            self.constants[key] = f"%c{len(self.constants)}"
        return self.constants[key]

    def text(self):
        starts = []
        for kernel in self.kernels:
            starts.append(len(self.lines))
            kernel.write()
        arguments = ", ".join(f"{name}: {kind}{self.layout(name, kind)}" for name, kind in self.arguments)
        attributes = f" attributes {{{', '.join(self.description['attributes'])}}}" if self.description["attributes"] else ""
        results = f" -> ({', '.join(kind + self.layout(name, kind) for name, kind in self.results)})" if self.results else ""
        head = [f"// tt-check: @{self.name} {name} range {low} {high}" for name, low, high in self.ranges]
        head.append(f"func.func @{self.name}({arguments}){results}{attributes} {{")
        for (value, dtype), name in self.constants.items():
            head.append(f"  {name} = arith.constant {value} : {dtype}")
        self.starts = [len(head) + 1 + start for start in starts]
        names = " " + ", ".join(name for name, _ in self.results) if self.results else ""
        kinds = " : " + ", ".join(kind for _, kind in self.results) if self.results else ""
        return "\n".join(head + self.lines + [f"  return{names}{kinds}", "}", ""])


def module(description, name="f"):
    return Function(description, name).text()


def output_positions(description, name="f"):
    """The kernel of every output, by the position that tt-check gives it: `result 0`, `argument 3`."""
    function = Function(description, name)
    function.text()
    if function.is_value:
        return {f"result {i}": n for i, n in enumerate(function.owners)}
    return {f"argument {i}": int(name[2:].split("_")[0]) for i, (name, _) in enumerate(function.arguments) if name.startswith("%r")}


def kernel_at(description, line, name="f"):
    """The number of the kernel on a line of the module, or None."""
    function = Function(description, name)
    function.text()
    return max((n for n, start in enumerate(function.starts) if start <= line), default=None)
