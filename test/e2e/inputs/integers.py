"""Writes a module with the functions of 32-bit integers that an input can spell, and conversions from and to floats, to stdout.

    integers.py
"""

# Bodies compute %r from %a and %b, both i32.
ARITHMETIC = {
    "sum": ["%r = arith.addi %a, %b : i32"],
    "difference and product": ["%0 = arith.subi %a, %b : i32", "%r = arith.muli %0, %b : i32"],
    "constants": ["%k = arith.constant 123456789 : i32", "%l = arith.constant -77 : i32", "%0 = arith.muli %a, %k : i32",
                  "%1 = arith.addi %0, %l : i32", "%r = arith.subi %k, %1 : i32"],
    "negative": ["%z = arith.constant 0 : i32", "%0 = arith.subi %z, %a : i32", "%r = arith.addi %0, %b : i32"],
    "absolute value": ["%0 = math.absi %a : i32", "%r = arith.addi %0, %b : i32"],
    "extremes": ["%0 = arith.maxsi %a, %b : i32", "%k = arith.constant 2 : i32", "%r = arith.minsi %0, %k : i32"],
    "unsigned extremes": ["%0 = arith.maxui %a, %b : i32", "%k = arith.constant -50000 : i32", "%r = arith.minui %0, %k : i32"],
}
BITS = {
    "and": ["%r = arith.andi %a, %b : i32"],
    "or": ["%r = arith.ori %a, %b : i32"],
    "xor": ["%r = arith.xori %a, %b : i32"],
    "not": ["%k = arith.constant -1 : i32", "%r = arith.xori %a, %k : i32"],
    "shift left": ["%k = arith.constant 7 : i32", "%0 = arith.andi %b, %k : i32", "%r = arith.shli %a, %0 : i32"],
    "shift right": ["%k = arith.constant 1 : i32", "%r = arith.shrsi %a, %k : i32"],
    "shift right, zeros": ["%k = arith.constant 30 : i32", "%r = arith.shrui %a, %k : i32"],
}
PREDICATES = {"eq": -5, "ne": -4, "slt": -3, "sle": -2, "sgt": -6, "sge": 6, "ult": 2, "ule": 3, "ugt": 4, "uge": 5}


def compared(predicates):
    """Choices by comparisons, each with the number it computes with: no two share a value, so that each is a computation of its own."""
    return {p: [f"%k = arith.constant {PREDICATES[p]} : i32", "%0 = arith.muli %a, %k : i32", "%1 = arith.addi %b, %k : i32",
                f"%2 = arith.cmpi {p}, %0, %1 : i32", "%r = arith.select %2, %0, %b : i32"] for p in predicates}


LOGIC = {
    "and of comparisons": ["%k = arith.constant 0 : i32", "%0 = arith.cmpi sgt, %a, %k : i32", "%1 = arith.cmpi slt, %b, %k : i32",
                           "%2 = arith.andi %0, %1 : i1", "%r = arith.select %2, %a, %b : i32"],
    "or, not": ["%k = arith.constant 1 : i32", "%0 = arith.cmpi eq, %a, %k : i32", "%1 = arith.cmpi ne, %b, %k : i32",
                "%t = arith.constant true", "%2 = arith.xori %1, %t : i1", "%3 = arith.ori %0, %2 : i1", "%r = arith.select %3, %a, %b : i32"],
    "truth to integer": ["%0 = arith.cmpi sge, %a, %b : i32", "%1 = arith.extui %0 : i1 to i32", "%2 = arith.extsi %0 : i1 to i32",
                         "%3 = arith.addi %1, %a : i32", "%r = arith.subi %2, %3 : i32"],
}


def generic(number, label, body, operands, result):
    """A linalg.generic over blocks of 32x64; operands are (name, block, type)."""
    maps = ", ".join(["#id"] * (len(operands) + 1))
    blocks = ", ".join(f"tensor<32x64x{kind}>" for _, _, kind in operands)
    arguments = ", ".join(f"%{name}: {kind}" for name, _, kind in operands)
    lines = [f"    // {label}", f"    %e{number} = tensor.empty() : tensor<32x64x{result}>",
             f'    %v{number} = linalg.generic {{indexing_maps = [{maps}], iterator_types = ["parallel", "parallel"]}}',
             f"      ins({', '.join(block for _, block, _ in operands)} : {blocks}) outs(%e{number} : tensor<32x64x{result}>) {{",
             f"    ^bb0({arguments}, %unused: {result}):"]
    return lines + ["      " + line for line in body] + [f"      linalg.yield %r : {result}", f"    }} -> tensor<32x64x{result}>"]


def function(name, inputs, functions, span):
    """`inputs` are (name, type), `functions` maps a label to (operand names, result type, body)."""
    types = dict(inputs)
    results = [result for _, result, _ in functions.values()]
    tuple_ = ", ".join(f"tensor<64x64x{result}>" for result in results)
    lines = [f"// tt-check: @{name} %{i} range {span[0]} {span[1]}" for i, _ in inputs]
    lines.append(f"func.func @{name}({', '.join(f'%{i}: tensor<64x64x{kind}>' for i, kind in inputs)}) -> ({tuple_}) {{")
    lines += [f"  %new{i} = tensor.empty() : tensor<64x64x{result}>" for i, result in enumerate(results)]
    outputs = ", ".join(f"%o{i} = %new{i}" for i in range(len(results)))
    lines.append(f"  %all:{len(results)} = scf.forall (%i) in (2) shared_outs({outputs}) -> ({tuple_}) {{")
    lines.append("    %row = affine.apply affine_map<(d0) -> (d0 * 32)>(%i)")
    lines += [f"    %{i}s = tensor.extract_slice %{i}[%row, 0] [32, 64] [1, 1] : tensor<64x64x{kind}> to tensor<32x64x{kind}>"
              for i, kind in inputs]
    for number, (label, (operands, result, body)) in enumerate(functions.items()):
        lines += generic(number, label, body, [("ab"[n], f"%{o}s", types[o]) for n, o in enumerate(operands)], result)
    lines.append("    scf.forall.in_parallel {")
    lines += [f"      tensor.parallel_insert_slice %v{i} into %o{i}[%row, 0] [32, 64] [1, 1] : tensor<32x64x{result}> into tensor<64x64x{result}>"
              for i, result in enumerate(results)]
    return lines + ["    }", "  }", f"  return {', '.join(f'%all#{i}' for i in range(len(results)))} : {tuple_}", "}", ""]


def of_two(functions):
    return {label: ("xy", "i32", body) for label, body in functions.items()}


# The floats are multiples of 1/8 whose conversions lose nothing else than the fraction.
CONVERSIONS = {
    "signed to f32": ("x", "f32", ["%r = arith.sitofp %a : i32 to f32"]),
    "signed to bf16": ("x", "bf16", ["%r = arith.sitofp %a : i32 to bf16"]),
    "unsigned to f32": ("x", "f32", ["%l = arith.constant 1000000 : i32", "%m = arith.muli %a, %l : i32", "%0 = math.absi %m : i32",
                                     "%k = arith.constant -2147483648 : i32", "%1 = arith.ori %0, %k : i32", "%r = arith.uitofp %1 : i32 to f32"]),
    "f32 to signed": ("f", "i32", ["%r = arith.fptosi %a : f32 to i32"]),
    "bf16 to signed": ("h", "i32", ["%r = arith.fptosi %a : bf16 to i32"]),
    "f32 to unsigned": ("f", "i32", ["%0 = math.absf %a : f32", "%r = arith.fptoui %0 : f32 to i32"]),
    "there and back": ("f", "f32", ["%0 = arith.fptosi %a : f32 to i32", "%1 = arith.muli %0, %0 : i32", "%r = arith.sitofp %1 : i32 to f32"]),
    "floats chosen by integers": ("xf", "f32", ["%k = arith.constant 0 : i32", "%z = arith.constant 0.0 : f32",
                                                "%0 = arith.cmpi sgt, %a, %k : i32", "%r = arith.select %0, %b, %z : f32"]),
    "truth to float": ("xf", "f32", ["%k = arith.constant 1 : i32", "%0 = arith.cmpi sle, %a, %k : i32", "%1 = arith.sitofp %0 : i1 to f32",
                                     "%2 = arith.uitofp %0 : i1 to f32", "%3 = arith.addf %2, %b : f32", "%r = arith.subf %1, %3 : f32"]),
}


def module():
    lines = ["#id = affine_map<(d0, d1) -> (d0, d1)>", ""]
    two = [("x", "i32"), ("y", "i32")]
    wide, small = (-100000, 100000), (-9, 9)
    for name, functions, span in (("arithmetic", ARITHMETIC, wide), ("bits", BITS, wide), ("orders", compared(list(PREDICATES)[:5]), small),
                                  ("more_orders", compared(list(PREDICATES)[5:]), small), ("logic", LOGIC, (-2, 2))):
        lines += function(name, two, of_two(functions), span)
    items = list(CONVERSIONS.items())
    inputs = [("x", "i32"), ("f", "f32"), ("h", "bf16")]
    for half in (0, 1):
        part = dict(items[half * 5:half * 5 + 5])
        used = {operand for operands, _, _ in part.values() for operand in operands}
        lines += function(f"conversions_{half}", [i for i in inputs if i[0] in used], part, (-40, 40))
    return lines


print("\n".join(module()))
