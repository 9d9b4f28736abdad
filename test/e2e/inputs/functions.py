"""Writes a module that computes every function of the op table that upstream's dialects or a composition can spell, to stdout.

    functions.py DTYPE

Each host function computes up to twelve functions of the same inputs; each of them is a result of its own.
"""

import sys

# Bodies compute %r from %a (and %b); T is the element type.
MATH = ["exp", "tanh", "absf", "exp2", "expm1", "sin", "cos", "tan", "atan", "sinh", "cosh", "asinh", "erf", "erfc", "cbrt"]
POSITIVE = ["sqrt", "rsqrt", "log", "log1p", "log2", "log10"]
ARCS = ["asin", "acos", "atanh"]
ROUNDING = ["floor", "ceil", "trunc", "roundeven", "round"]
COMPOSED = {
    "negative": ["%r = arith.negf %a : T"],
    "relu": ["%r = arith.maximumf %a, %zero : T"],
    "square": ["%r = arith.mulf %a, %a : T"],
    "sigmoid": ["%0 = arith.negf %a : T", "%1 = math.exp %0 : T", "%2 = arith.addf %1, %one : T", "%r = arith.divf %one, %2 : T"],
    "silu": ["%0 = arith.negf %a : T", "%1 = math.exp %0 : T", "%2 = arith.addf %1, %one : T", "%3 = arith.divf %one, %2 : T",
             "%r = arith.mulf %a, %3 : T"],
    "gelu": ["%q = arith.constant 0.70710678 : T", "%0 = arith.mulf %a, %q : T", "%1 = math.erf %0 : T", "%2 = arith.addf %1, %one : T",
             "%3 = arith.mulf %a, %half : T", "%r = arith.mulf %3, %2 : T"],
    "gelu with tanh": ["%p = arith.constant 0.797884583 : T", "%q = arith.constant 4.471500e-02 : T", "%0 = arith.mulf %a, %a : T",
                       "%1 = arith.mulf %0, %a : T", "%2 = arith.mulf %1, %q : T", "%3 = arith.addf %a, %2 : T",
                       "%4 = arith.mulf %3, %p : T", "%5 = math.tanh %4 : T", "%6 = arith.addf %5, %one : T",
                       "%7 = arith.mulf %a, %half : T", "%r = arith.mulf %7, %6 : T"],
    "clamp": ["%low = arith.constant -0.5 : T", "%0 = arith.maximumf %a, %low : T", "%r = arith.minimumf %0, %half : T"],
    "leaky relu": ["%k = arith.constant 0.125 : T", "%0 = arith.cmpf ogt, %a, %zero : T", "%1 = arith.mulf %a, %k : T",
                   "%r = arith.select %0, %a, %1 : T"],
    "elu": ["%0 = arith.cmpf ogt, %a, %zero : T", "%1 = math.expm1 %a : T", "%r = arith.select %0, %a, %1 : T"],
    "relu by a choice": ["%0 = arith.cmpf olt, %a, %zero : T", "%r = arith.select %0, %zero, %a : T"],
    "relu6": ["%k = arith.constant 6.0 : T", "%0 = arith.minimumf %a, %k : T", "%r = arith.maximumf %0, %zero : T"],
    "celu": ["%k = arith.constant 0.5 : T", "%l = arith.constant 2.0 : T", "%0 = arith.cmpf oge, %a, %zero : T", "%1 = arith.mulf %a, %l : T",
             "%2 = math.expm1 %1 : T", "%3 = arith.mulf %2, %k : T", "%r = arith.select %0, %a, %3 : T"],
    "selu": ["%k = arith.constant 1.6732632 : T", "%l = arith.constant 1.050701 : T", "%0 = arith.cmpf ogt, %a, %zero : T",
             "%1 = math.exp %a : T", "%2 = arith.subf %1, %one : T", "%3 = arith.mulf %2, %k : T", "%4 = arith.select %0, %a, %3 : T",
             "%r = arith.mulf %4, %l : T"],
    "hardsigmoid": ["%k = arith.constant 6.0 : T", "%l = arith.constant 3.0 : T", "%0 = arith.addf %a, %l : T", "%1 = arith.divf %0, %k : T",
                    "%2 = arith.maximumf %1, %zero : T", "%r = arith.minimumf %2, %one : T"],
    "hardswish": ["%k = arith.constant 6.0 : T", "%l = arith.constant 3.0 : T", "%0 = arith.addf %a, %l : T", "%1 = arith.maximumf %0, %zero : T",
                  "%2 = arith.minimumf %1, %k : T", "%3 = arith.mulf %a, %2 : T", "%r = arith.divf %3, %k : T"],
    "softplus": ["%0 = math.exp %a : T", "%r = math.log1p %0 : T"],
    "mish": ["%0 = math.exp %a : T", "%1 = math.log1p %0 : T", "%2 = math.tanh %1 : T", "%r = arith.mulf %2, %a : T"],
    "tanhshrink": ["%0 = math.tanh %a : T", "%r = arith.subf %a, %0 : T"],
    "hardshrink": ["%0 = math.absf %a : T", "%1 = arith.cmpf ogt, %0, %half : T", "%r = arith.select %1, %a, %zero : T"],
    "threshold": ["%k = arith.constant -7.0 : T", "%0 = arith.cmpf ole, %a, %half : T", "%r = arith.select %0, %k, %a : T"],
    "sign": ["%k = arith.constant -1.0 : T", "%0 = arith.cmpf olt, %a, %zero : T", "%1 = arith.select %0, %k, %zero : T",
             "%2 = arith.cmpf ogt, %a, %zero : T", "%r = arith.select %2, %one, %1 : T"],
    "fraction": ["%0 = math.trunc %a : T", "%r = arith.subf %a, %0 : T"],
    "softsign": ["%0 = math.absf %a : T", "%1 = arith.addf %0, %one : T", "%r = arith.divf %a, %1 : T"],
    "x + p": ["%r = arith.addf %a, %half : T"],
    "x - p": ["%r = arith.subf %a, %half : T"],
    "x p": ["%r = arith.mulf %a, %half : T"],
    "x / p": ["%k = arith.constant 3.0 : T", "%r = arith.divf %a, %k : T"],
    "p - x": ["%r = arith.subf %half, %a : T"],
    "min(x, p)": ["%r = arith.minimumf %a, %half : T"],
    "max(x, p)": ["%r = arith.maximumf %half, %a : T"],
}
POWERS = {"1 / x": ["%r = arith.divf %one, %a : T"], "x^3": ["%k = arith.constant 3.0 : T", "%r = math.powf %a, %k : T"]}
BINARY = {name: [f"%r = arith.{name} %a, %b : T"] for name in ("addf", "subf", "mulf", "maximumf", "minimumf")}
QUOTIENTS = {"divf": ["%r = arith.divf %a, %b : T"], "powf": ["%r = math.powf %a, %b : T"], "atan2": ["%r = math.atan2 %a, %b : T"]}
ORDERS = ("oeq", "ogt", "oge", "olt", "ole", "une")


def compared(orders, right):
    """Selections by comparisons of %a with `right`; their products are one value, so that few fit in the tile registers together."""
    return {f"{order} {right}": [f"%0 = arith.cmpf {order}, %a, {right} : T", "%1 = arith.mulf %a, %b : T",
                                 "%r = arith.select %0, %1, %b : T"] for order in orders}


ROWS = 32


def math(names):
    return {name: [f"%r = math.{name} %a : T"] for name in names}


def computation(number, label, body, inputs, dtype):
    block = f"tensor<{ROWS}x64x{dtype}>"
    arguments = ", ".join(f"%{'ab'[i]}: {dtype}" for i in range(len(inputs)))
    lines = [f"    // {label}",
             f"    %v{number} = linalg.generic {{indexing_maps = [{', '.join(['#id'] * (len(inputs) + 1))}], "
             'iterator_types = ["parallel", "parallel"]}',
             f"      ins({', '.join(f'%{name}s' for name in inputs)} : {', '.join([block] * len(inputs))}) outs(%e : {block}) {{",
             f"    ^bb0({arguments}, %unused: {dtype}):"]
    lines += ["      " + line.replace(": T", f": {dtype}") for line in body]
    return lines + [f"      linalg.yield %r : {dtype}", f"    }} -> {block}"]


def function(name, dtype, functions, inputs=("x",), span=None):
    """A host function whose results are these functions of its inputs; `span` is the range of the data."""
    whole, block = f"tensor<64x64x{dtype}>", f"tensor<{ROWS}x64x{dtype}>"
    results = ", ".join([whole] * len(functions))
    lines = [f"// tt-check: @{name} %{i} range {span[0]} {span[1]}" for i in inputs if span]
    lines.append(f"func.func @{name}({', '.join(f'%{i}: {whole}' for i in inputs)}) -> ({results}) {{")
    lines += [f"  %{constant} = arith.constant {value} : {dtype}" for constant, value in (("one", 1.0), ("half", 0.5), ("zero", 0.0))]
    lines.append(f"  %new = tensor.empty() : {whole}")
    outputs = ", ".join(f"%o{i} = %new" for i in range(len(functions)))
    lines.append(f"  %all:{len(functions)} = scf.forall (%i) in ({64 // ROWS}) shared_outs({outputs}) -> ({results}) {{")
    lines.append(f"    %row = affine.apply affine_map<(d0) -> (d0 * {ROWS})>(%i)")
    lines += [f"    %{i}s = tensor.extract_slice %{i}[%row, 0] [{ROWS}, 64] [1, 1] : {whole} to {block}" for i in inputs]
    lines.append(f"    %e = tensor.empty() : {block}")
    for number, (label, body) in enumerate(functions.items()):
        lines += computation(number, label, body, inputs, dtype)
    lines.append("    scf.forall.in_parallel {")
    lines += [f"      tensor.parallel_insert_slice %v{i} into %o{i}[%row, 0] [{ROWS}, 64] [1, 1] : {block} into {whole}"
              for i in range(len(functions))]
    lines += ["    }", "  }", f"  return {', '.join(f'%all#{i}' for i in range(len(functions)))} : {results}", "}", ""]
    return lines


def module(dtype):
    lines = ["#id = affine_map<(d0, d1) -> (d0, d1)>", ""]
    # Compositions change at 6 at the furthest; the tt-check of one that has a logarithm would take positive numbers.
    for name, functions, span in (("math", math(MATH), None), ("composed", COMPOSED, (-7, 7))):
        items = list(functions.items())
        for first in range(0, len(items), 12):
            lines += function(f"{name}_{first // 12}", dtype, dict(items[first:first + 12]), span=span)
    lines += function("positive", dtype, {**math(POSITIVE), **POWERS}, span=(0.25, 2))
    lines += function("arcs", dtype, math(ARCS), span=(-0.9, 0.9))
    lines += function("acosh", dtype, math(["acosh"]), span=(1.1, 4))
    lines += function("rounding", dtype, math(ROUNDING), span=(-4, 4))
    lines += function("binary", dtype, BINARY, inputs=("x", "y"))
    orders = ORDERS if dtype == "bf16" else ("olt",)
    lines += function("compared", dtype, compared(orders, "%b"), inputs=("x", "y"))
    lines += function("signs", dtype, compared(orders, "%zero"), inputs=("x", "y"))
    lines += function("quotients", dtype, QUOTIENTS, inputs=("x", "y"), span=(0.25, 2))
    return lines


print("\n".join(module(sys.argv[1])))
