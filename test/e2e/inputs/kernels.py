"""Writes an input of a family: a blocked GEMM or an element-wise expression, in memory or value form, to stdout.

    kernels.py gemm M N K BLOCK_M BLOCK_N BLOCK_K [--input bf16] [--accumulate f32] [--output bf16] [--form memory] [--arguments ABC]
    kernels.py eltwise EXPRESSION ROWS COLUMNS BLOCK_ROWS BLOCK_COLUMNS [--dtype bf16] [--form memory]

An expression is over one-letter inputs and constants: `a*b + c`, `x * sigmoid(x)`, `sqrt(relu(tanh(x)))`.
"""

import argparse
import ast

IDENTITY = "affine_map<(i, j) -> (i, j)>"


def memref(shape, dtype, stride=None, space=None):
    layout = f", strided<[{stride}, 1], offset: ?>" if stride else ""
    memory = f", #gpu.address_space<{space}>" if space else ""
    return f"memref<{'x'.join(map(str, shape))}x{dtype}{layout}{memory}>"


def tensor(shape, dtype):
    return f"tensor<{'x'.join(map(str, shape))}x{dtype}>"


def scaled(name, index, by):
    return f"    %{name} = affine.apply affine_map<(d0) -> (d0 * {by})>(%{index})"


class Body:
    """The scalar operations of an expression, in the order of evaluation."""

    UNARY = {"exp": "math.exp", "tanh": "math.tanh", "sqrt": "math.sqrt", "rsqrt": "math.rsqrt", "log": "math.log",
             "abs": "math.absf", "erf": "math.erf", "sin": "math.sin", "cos": "math.cos", "exp2": "math.exp2", "log1p": "math.log1p",
             "floor": "math.floor", "ceil": "math.ceil"}
    BINARY = {ast.Add: "arith.addf", ast.Sub: "arith.subf", ast.Mult: "arith.mulf", ast.Div: "arith.divf"}

    def __init__(self, dtype):
        self.dtype, self.lines, self.constants, self.inputs = dtype, [], {}, []

    def emit(self, op, *operands):
        name = f"%v{len(self.lines)}"
        self.lines.append(f"      {name} = {op} {', '.join(operands)} : {self.dtype}")
        return name

    def constant(self, value):
        return self.constants.setdefault(float(value), f"%k{len(self.constants)}")

    def call(self, name, operands):
        if name in ("min", "max"):
            return self.emit("arith.minimumf" if name == "min" else "arith.maximumf", *operands)
        if name == "relu":
            return self.emit("arith.maximumf", operands[0], self.constant(0))
        if name == "sigmoid":
            exponential = self.emit("math.exp", self.emit("arith.negf", operands[0]))
            return self.emit("arith.divf", self.constant(1), self.emit("arith.addf", exponential, self.constant(1)))
        return self.emit(self.UNARY[name], *operands)

    def visit(self, node):
        if isinstance(node, ast.BinOp):
            return self.emit(self.BINARY[type(node.op)], self.visit(node.left), self.visit(node.right))
        if isinstance(node, ast.UnaryOp):
            return self.emit("arith.negf", self.visit(node.operand))
        if isinstance(node, ast.Call):
            return self.call(node.func.id, [self.visit(argument) for argument in node.args])
        if isinstance(node, ast.Constant):
            return self.constant(node.value)
        if node.id not in self.inputs:
            self.inputs.append(node.id)
        return f"%in_{node.id}"


def generic(body, result, blocks, output, block_type, out_type, is_value):
    """linalg.generic of the body over equally shaped blocks."""
    maps = ", ".join([IDENTITY] * (len(blocks) + 1))
    types = ", ".join([block_type] * len(blocks))
    arguments = ", ".join([f"%in_{name}: {body.dtype}" for name in body.inputs] + [f"%old: {body.dtype}"])
    lines = [f'    {"%y = " if is_value else ""}linalg.generic {{indexing_maps = [{maps}], iterator_types = ["parallel", "parallel"]}}',
             f"        ins({', '.join(blocks)} : {types}) outs({output} : {out_type}) {{", f"    ^bb0({arguments}):"]
    lines += body.lines + [f"      linalg.yield {result} : {body.dtype}", f"    }}{' -> ' + out_type if is_value else ''}"]
    return lines


def eltwise(options):
    body = Body(options.dtype)
    result = body.visit(ast.parse(options.expression, mode="eval").body)
    shape, block = (options.rows, options.columns), (options.block_rows, options.block_columns)
    grid = [-(-whole // part) for whole, part in zip(shape, block)]
    offsets = [scaled("row", "by", block[0]), scaled("col", "bx", block[1])]
    constants = [f"  {name} = arith.constant {value!r} : {options.dtype}" for value, name in body.constants.items()]
    sizes = f"[%row, %col] [{block[0]}, {block[1]}] [1, 1]"
    is_value = options.form == "value"
    full, part = (tensor(shape, options.dtype), tensor(block, options.dtype)) if is_value else \
                 (memref(shape, options.dtype), memref(block, options.dtype, shape[1]))
    take = "tensor.extract_slice" if is_value else "memref.subview"
    slices = [f"    %b_{name} = {take} %{name}{sizes} : {full} to {part}" for name in body.inputs]
    blocks = [f"%b_{name}" for name in body.inputs]
    arguments = ", ".join(f"%{name}: {full}" for name in body.inputs)
    if is_value:
        empty = f"    %e = tensor.empty() : {part}"
        head = [f"func.func @eltwise({arguments}) -> {full} {{", *constants, f"  %init = tensor.empty() : {full}",
                f"  %all = scf.forall (%by, %bx) in ({grid[0]}, {grid[1]}) shared_outs(%out = %init) -> ({full}) {{"]
        tail = ["    scf.forall.in_parallel {", f"      tensor.parallel_insert_slice %y into %out{sizes} : {part} into {full}", "    }",
                "  }", f"  return %all : {full}", "}"]
        return head + offsets + slices + [empty] + generic(body, result, blocks, "%e", part, part, True) + tail
    head = [f"func.func @eltwise({arguments}, %result: {full}) {{", *constants, f"  scf.forall (%by, %bx) in ({grid[0]}, {grid[1]}) {{"]
    slices.append(f"    %b_result = {take} %result{sizes} : {full} to {part}")
    return head + offsets + slices + generic(body, result, blocks, "%b_result", part, part, False) + ["  }", "  return", "}"]


def cast(options, source_type, target_type, source, target, is_value):
    """The accumulator rounded to the output's type."""
    op = "arith.truncf"
    return [f'    {"%c = " if is_value else ""}linalg.generic {{indexing_maps = [{IDENTITY}, {IDENTITY}], iterator_types = ["parallel", "parallel"]}}',
            f"        ins({source} : {source_type}) outs({target} : {target_type}) {{",
            f"    ^bb0(%x: {options.accumulate}, %old: {options.output}):",
            f"      %t = {op} %x : {options.accumulate} to {options.output}", f"      linalg.yield %t : {options.output}",
            f"    }}{' -> ' + target_type if is_value else ''}"]


def gemm_constants(options):
    return [f"  %c0 = arith.constant 0 : index", f"  %step = arith.constant {options.bk} : index",
            f"  %depth = arith.constant {options.k} : index", f"  %zero = arith.constant 0.0 : {options.accumulate}"]


def gemm_memory(options, grid):
    o = options
    a, b, c = memref((o.m, o.k), o.input), memref((o.k, o.n), o.input), memref((o.m, o.n), o.output)
    av, bv, cv = memref((o.bm, o.bk), o.input, o.k), memref((o.bk, o.bn), o.input, o.n), memref((o.bm, o.bn), o.output, o.n)
    l1 = "workgroup"
    al, bl, acc = memref((o.bm, o.bk), o.input, None, l1), memref((o.bk, o.bn), o.input, None, l1), memref((o.bm, o.bn), o.accumulate, None, "private")
    arguments = ", ".join(f"%{name}: {dict(A=a, B=b, C=c)[name]}" for name in o.arguments)
    lines = [f"func.func @gemm({arguments}) {{", *gemm_constants(o), f"  scf.forall (%by, %bx) in ({grid[0]}, {grid[1]}) {{",
             scaled("row", "by", o.bm), scaled("col", "bx", o.bn), f"    %As = memref.alloc() : {al}", f"    %Bs = memref.alloc() : {bl}",
             f"    %acc = memref.alloc() : {acc}", f"    linalg.fill ins(%zero : {o.accumulate}) outs(%acc : {acc})",
             "    scf.for %k = %c0 to %depth step %step {",
             f"      %a = memref.subview %A[%row, %k] [{o.bm}, {o.bk}] [1, 1] : {a} to {av}",
             f"      %b = memref.subview %B[%k, %col] [{o.bk}, {o.bn}] [1, 1] : {b} to {bv}",
             f"      memref.copy %a, %As : {av} to {al}", f"      memref.copy %b, %Bs : {bv} to {bl}",
             f"      linalg.matmul ins(%As, %Bs : {al}, {bl}) outs(%acc : {acc})", "    }",
             f"    %cv = memref.subview %C[%row, %col] [{o.bm}, {o.bn}] [1, 1] : {c} to {cv}"]
    if o.accumulate == o.output:
        lines.append(f"    memref.copy %acc, %cv : {acc} to {cv}")
    else:
        lines += cast(o, acc, cv, "%acc", "%cv", False)
    return lines + ["  }", "  return", "}"]


def gemm_value(options, grid):
    o = options
    a, b, c = tensor((o.m, o.k), o.input), tensor((o.k, o.n), o.input), tensor((o.m, o.n), o.output)
    ab, bb, acc, cb = tensor((o.bm, o.bk), o.input), tensor((o.bk, o.bn), o.input), tensor((o.bm, o.bn), o.accumulate), tensor((o.bm, o.bn), o.output)
    arguments = ", ".join(f"%{name}: {dict(A=a, B=b)[name]}" for name in o.arguments if name != "C")
    sizes = f"[%row, %col] [{o.bm}, {o.bn}] [1, 1]"
    lines = [f"func.func @gemm({arguments}) -> {c} {{", *gemm_constants(o), f"  %init = tensor.empty() : {c}",
             f"  %all = scf.forall (%by, %bx) in ({grid[0]}, {grid[1]}) shared_outs(%out = %init) -> ({c}) {{",
             scaled("row", "by", o.bm), scaled("col", "bx", o.bn), f"    %e = tensor.empty() : {acc}",
             f"    %z = linalg.fill ins(%zero : {o.accumulate}) outs(%e : {acc}) -> {acc}",
             f"    %acc = scf.for %k = %c0 to %depth step %step iter_args(%part = %z) -> ({acc}) {{",
             f"      %a = tensor.extract_slice %A[%row, %k] [{o.bm}, {o.bk}] [1, 1] : {a} to {ab}",
             f"      %b = tensor.extract_slice %B[%k, %col] [{o.bk}, {o.bn}] [1, 1] : {b} to {bb}",
             f"      %next = linalg.matmul ins(%a, %b : {ab}, {bb}) outs(%part : {acc}) -> {acc}", f"      scf.yield %next : {acc}", "    }"]
    block = "%acc"
    if o.accumulate != o.output:
        lines += [f"    %ce = tensor.empty() : {cb}"] + cast(o, acc, cb, "%acc", "%ce", True)
        block = "%c"
    return lines + ["    scf.forall.in_parallel {", f"      tensor.parallel_insert_slice {block} into %out{sizes} : {cb} into {c}", "    }", "  }",
                    f"  return %all : {c}", "}"]


def main():
    parser = argparse.ArgumentParser()
    families = parser.add_subparsers(dest="family", required=True)
    g = families.add_parser("gemm")
    for name in ("m", "n", "k", "bm", "bn", "bk"):
        g.add_argument(name, type=int)
    g.add_argument("--input", default="bf16")
    g.add_argument("--accumulate", default="f32")
    g.add_argument("--output", default="bf16")
    g.add_argument("--arguments", default="ABC", help="their order")
    e = families.add_parser("eltwise")
    e.add_argument("expression")
    for name in ("rows", "columns", "block_rows", "block_columns"):
        e.add_argument(name, type=int)
    e.add_argument("--dtype", default="bf16")
    for family in (g, e):
        family.add_argument("--form", default="memory", choices=["memory", "value"])
    options = parser.parse_args()
    if options.family == "eltwise":
        lines = eltwise(options)
    else:
        grid = (options.m // options.bm, options.n // options.bn)
        lines = (gemm_value if options.form == "value" else gemm_memory)(options, grid)
    print("\n".join(lines))


if __name__ == "__main__":
    main()
