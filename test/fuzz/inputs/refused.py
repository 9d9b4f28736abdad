"""Writes, as tt-fuzz keeps it, a generated function of which the compiler refuses one kernel: it takes a remainder.

    refused.py FUZZ_FOLDER > FILE.json
"""

import json
import sys

sys.path.insert(0, sys.argv[1])
sys.dont_write_bytecode = True

import kernel

function = kernel.make_function(5, 2)
dims = function["kernels"][1]["dims"]
block = {"dims": ["M", "N"], "dtype": "f32", "space": "", "copy": True, "in_place": False}
function["kernels"][1] = {
    "dims": {"M": {"block": 64, "grid": 3}, "N": {"block": 96, "grid": 2}}, "grid": ["M", "N"],
    "nodes": [{"op": "input", "low": -1.0, "high": 1.0, **block}, {"op": "input", "low": -1.0, "high": 1.0, **block},
              {"op": "map", "args": [0, 1], "body": [["addf", 0, 1], ["exp", 2], ["mulf", 3, ["const", 0.5]]], "compute": "f32",
               "style": "generic", **block},
              {"op": "map", "args": [2, 0], "body": [["remf", 0, 1]], "compute": "f32", "style": "generic", **block}],
    "outputs": [{"node": 2, "loop": None, "steps": None}, {"node": 3, "loop": None, "steps": None}]}
message = "'arith.remf' op has no row in the op table, and no composition of its functions is known for it"
print(json.dumps({"status": "refused", "message": message, "function": function}))
