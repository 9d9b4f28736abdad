"""Compiles one kernel under several spellings and compares the artifacts: names, the order of arguments and what follows from that order
may differ, nothing else.

    rename.py TT-OPT TT-TRANSLATE
"""

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

BODY = """
func.func @FUNCTION(ARGUMENTS) {
  %c0 = arith.constant 0 : index
  %step = arith.constant 32 : index
  %depth = arith.constant 128 : index
  %zero = arith.constant 0.0 : f32
  scf.forall (%by, %bx) in (2, 2) {
    %row = affine.apply affine_map<(d0) -> (d0 * 64)>(%by)
    %col = affine.apply affine_map<(d0) -> (d0 * 64)>(%bx)
    %ACC = memref.alloc() : memref<64x64xf32>
    %LEFT = memref.alloc() : memref<64x32xbf16, #gpu.address_space<workgroup>>
    %RIGHT = memref.alloc() : memref<32x64xbf16, #gpu.address_space<workgroup>>
    linalg.fill ins(%zero : f32) outs(%ACC : memref<64x64xf32>)
    scf.for %k = %c0 to %depth step %step {
      %a = memref.subview %A[%row, %k] [64, 32] [1, 1] : memref<128x128xbf16> to memref<64x32xbf16, strided<[128, 1], offset: ?>>
      %b = memref.subview %B[%k, %col] [32, 64] [1, 1] : memref<128x128xbf16> to memref<32x64xbf16, strided<[128, 1], offset: ?>>
      memref.copy %a, %LEFT : memref<64x32xbf16, strided<[128, 1], offset: ?>> to memref<64x32xbf16, #gpu.address_space<workgroup>>
      memref.copy %b, %RIGHT : memref<32x64xbf16, strided<[128, 1], offset: ?>> to memref<32x64xbf16, #gpu.address_space<workgroup>>
      linalg.matmul ins(%LEFT, %RIGHT : memref<64x32xbf16, #gpu.address_space<workgroup>>, memref<32x64xbf16, #gpu.address_space<workgroup>>) outs(%ACC : memref<64x64xf32>)
    }
    %c = memref.subview %C[%row, %col] [64, 64] [1, 1] : memref<128x128xbf16> to memref<64x64xbf16, strided<[128, 1], offset: ?>>
    linalg.generic {indexing_maps = [affine_map<(i, j) -> (i, j)>, affine_map<(i, j) -> (i, j)>], iterator_types = ["parallel", "parallel"]}
        ins(%ACC : memref<64x64xf32>) outs(%c : memref<64x64xbf16, strided<[128, 1], offset: ?>>) {
    ^bb0(%x: f32, %old: bf16):
      %t = arith.truncf %x : f32 to bf16
      linalg.yield %t : bf16
    }
  }
  return
}
"""


def source(order, names, function, local):
    text = BODY
    arguments = ", ".join(f'%{key}: memref<128x128xbf16> {{tt.name = "{names[key]}"}}' for key in order)
    for key, name in local.items():
        text = re.sub(rf"%{key}\b", f"%{name}", text)
    return text.replace("ARGUMENTS", arguments).replace("FUNCTION", function)


def compile(opt, translate, text, folder):
    folder.mkdir()
    file = folder / "in.mlir"
    file.write_text(text)
    lowered = subprocess.run([opt, "--tt-v5-pipeline", file], check=True, stdout=subprocess.PIPE).stdout
    subprocess.run([translate, "--tt-to-metalium", "-o", folder / "out"], input=lowered, check=True)
    return {path.name: path.read_text() for path in (folder / "out").iterdir()}


def same_names(text, names):
    """The text with the user's names replaced by A, B and C, without comments that name a source line or the
    program."""
    for key, name in names.items():
        text = re.sub(rf"(?<![A-Za-z0-9])(cb_|args_|addr_|tensor_|l1_|)({re.escape(name)})(?![A-Za-z0-9_])", rf"\g<1>@{key}@", text)
    return [line for line in text.splitlines() if not re.match(r"\s*//.*:\d+$|// The .* of program ", line)]


def main():
    opt, translate = sys.argv[1:]
    plain = {"A": "A", "B": "B", "C": "C"}
    local = {"ACC": "acc", "LEFT": "left", "RIGHT": "right"}
    variants = {
        "plain": ("ABC", plain, "gemm", local),
        "misleading": ("ABC", {"A": "out", "B": "result", "C": "input"}, "reader", {"ACC": "A_tile", "LEFT": "C_out", "RIGHT": "dst"}),
        "permuted": ("CBA", plain, "gemm", local),
        "both": ("BCA", {"A": "writer", "B": "tile_out", "C": "A_tile"}, "kernel_main", {"ACC": "in0", "LEFT": "out1", "RIGHT": "B_sh"}),
    }
    with tempfile.TemporaryDirectory() as scratch:
        artifacts = {name: compile(opt, translate, source(*variant), Path(scratch) / name) for name, variant in variants.items()}
    first = variants["plain"]
    for name, (order, names, _, _) in variants.items():
        for file in ("reader.cpp", "compute.cpp", "writer.cpp"):
            expected = same_names(artifacts["plain"][file], first[1])
            if same_names(artifacts[name][file], names) != expected:
                sys.exit(f"{name}: {file} differs in more than names\n{artifacts[name][file]}")
        plan = json.loads(artifacts[name]["tt.plan.json"])
        found = [buffer["name"] for buffer in sorted(plan["buffers"], key=lambda b: b["argument"])]
        if found != [names[key] for key in order]:
            sys.exit(f"{name}: the plan lists {found}")
        print(f"{name}: same kernels")


main()
