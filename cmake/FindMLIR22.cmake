# Finds the distribution's MLIR: headers, tablegen, libMLIR.so, and the C API
# archives, which are linked by file (their CMake targets would pull in a second,
# static MLIR, and a second copy breaks TypeIDs).
#
# Sets TT_LLVM_PREFIX, TT_LLVM_INCLUDE, TT_LLVM_TBLGEN, TT_MLIR_TBLGEN,
# TT_LLVM_TOOLS, TT_MLIR_LIBRARIES, TT_LLVM_HAS_RTTI.

find_path(MLIR_DIR MLIRConfig.cmake
  HINTS ENV MLIR_DIR
  PATHS /usr/lib/llvm-22/lib/cmake/mlir /usr/lib64/llvm22/lib/cmake/mlir
        /usr/lib/llvm22/lib/cmake/mlir /usr/local/lib/cmake/mlir
  DOC "folder of MLIRConfig.cmake")
if(NOT MLIR_DIR)
  message(FATAL_ERROR "MLIR 22 not found: run tools/setup or set MLIR_DIR")
endif()
get_filename_component(TT_LLVM_PREFIX ${MLIR_DIR}/../../.. ABSOLUTE)
set(TT_LLVM_INCLUDE ${TT_LLVM_PREFIX}/include)
set(TT_LLVM_TOOLS ${TT_LLVM_PREFIX}/bin)

find_program(TT_LLVM_TBLGEN llvm-tblgen HINTS ${TT_LLVM_TOOLS} REQUIRED
  NO_DEFAULT_PATH)
find_program(TT_MLIR_TBLGEN mlir-tblgen HINTS ${TT_LLVM_TOOLS} REQUIRED
  NO_DEFAULT_PATH)
find_program(TT_LLVM_CONFIG llvm-config HINTS ${TT_LLVM_TOOLS} REQUIRED
  NO_DEFAULT_PATH)
execute_process(COMMAND ${TT_LLVM_CONFIG} --has-rtti
  OUTPUT_VARIABLE has_rtti OUTPUT_STRIP_TRAILING_WHITESPACE)
string(COMPARE EQUAL "${has_rtti}" "YES" TT_LLVM_HAS_RTTI)
execute_process(COMMAND ${TT_LLVM_CONFIG} --version
  OUTPUT_VARIABLE TT_LLVM_VERSION OUTPUT_STRIP_TRAILING_WHITESPACE)
if(NOT TT_LLVM_VERSION MATCHES "^22\\.")
  message(FATAL_ERROR "MLIR 22 wanted, ${TT_LLVM_VERSION} found in ${TT_LLVM_PREFIX}")
endif()

set(archives "")
foreach(part IR Affine Arith Func Linalg Math MemRef SCF Tensor GPU Transforms
    Interfaces)
  list(APPEND archives ${TT_LLVM_PREFIX}/lib/libMLIRCAPI${part}.a)
endforeach()
set(TT_MLIR_LIBRARIES
  -Wl,--start-group ${archives} -Wl,--end-group
  ${TT_LLVM_PREFIX}/lib/libMLIR.so ${TT_LLVM_PREFIX}/lib/libLLVM.so)
