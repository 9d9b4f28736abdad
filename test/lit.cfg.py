# How the tests run. Suites are .mlir and .test files and the unit tests, which
# are C programs started through the RUN line in their source:
# `// RUN: %unit/<name>`.

import os

import lit.formats

config.name = "tt"
config.test_format = lit.formats.ShTest(execute_external=False)
config.suffixes = [".mlir", ".test", ".c"]
config.excludes = ["CMakeLists.txt", "inputs", "Inputs"]
config.test_source_root = os.path.dirname(__file__)
config.test_exec_root = os.path.join(config.tt_build, "test")

# Ours first, then the distribution's FileCheck, not, split-file and mlir-opt.
config.environment["PATH"] = os.pathsep.join(
    [os.path.join(config.tt_build, "bin"), config.llvm_tools,
     config.environment.get("PATH", "")])
config.environment["FILECHECK_OPTS"] = "--dump-input=fail"
# Compiled kernels stay with the build, and what two tests compile they share.
config.environment["TT_EMU_CACHE"] = os.path.join(config.test_exec_root, "cache")

# A program that is not sanitized itself cannot load our libraries then.
if config.sanitized:
    config.available_features.add("sanitized")

config.substitutions.append(("%unit", os.path.join(config.tt_build, "test", "unit")))
config.substitutions.append(("%build", config.tt_build))
config.substitutions.append(("%source", config.tt_source))
config.substitutions.append(("%python", config.python))
config.substitutions.append(("%clang", os.path.join(config.llvm_tools, "clang")))
config.substitutions.append(("%llvm_include", config.llvm_include))
config.substitutions.append(
    ("%plugin", os.path.join(config.tt_build, "lib", "libtt-plugin.so")))
