# Build rules of the two generators: mlir-tblgen for the C++ classes that ODS
# wants, and capi/gen for the C that everything else is written in.

# The distribution's, for which tools/setup installs modules; another one may come
# first on the user's path.
find_program(Python3_EXECUTABLE python3 PATHS /usr/bin NO_DEFAULT_PATH)
find_package(Python3 3.11 REQUIRED COMPONENTS Interpreter)
file(GLOB TT_GENERATOR CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/capi/gen/*.py)
set(TT_TD_INCLUDES -I ${TT_LLVM_INCLUDE} -I ${CMAKE_SOURCE_DIR}/dialect
  -I ${CMAKE_SOURCE_DIR}/passes)

# One `mlir-tblgen` output.
function(tt_tblgen td output action)
  set(out ${CMAKE_CURRENT_BINARY_DIR}/${output})
  get_filename_component(dir ${out} DIRECTORY)
  file(MAKE_DIRECTORY ${dir})
  add_custom_command(OUTPUT ${out}
    COMMAND ${TT_MLIR_TBLGEN} ${action} ${TT_TD_INCLUDES} ${ARGN} ${td}
            --write-if-changed -o ${out} -d ${out}.d
    DEPENDS ${td} DEPFILE ${out}.d VERBATIM)
endfunction()

# The records of a .td file as JSON.
function(tt_dump td json)
  add_custom_command(OUTPUT ${json}
    COMMAND ${TT_LLVM_TBLGEN} --dump-json ${TT_TD_INCLUDES} ${td} -o ${json}
            -d ${json}.d
    DEPENDS ${td} DEPFILE ${json}.d VERBATIM)
endfunction()

option(TT_PARTIAL "build although declared passes and verifiers are missing" OFF)
if(TT_PARTIAL)
  set(TT_PARTIAL_FLAG --partial)
endif()

# One run of capi/gen: what it reads, then `OUTPUT files… ARGS arguments…`.
function(tt_generate what json)
  cmake_parse_arguments(G "" "" "OUTPUT;ARGS" ${ARGN})
  list(TRANSFORM G_OUTPUT PREPEND ${TT_GEN_DIR}/)
  add_custom_command(OUTPUT ${G_OUTPUT}
    COMMAND ${Python3_EXECUTABLE} -B ${CMAKE_SOURCE_DIR}/capi/gen/odsc.py
            ${what} ${json} --out ${TT_GEN_DIR} ${TT_PARTIAL_FLAG} ${G_ARGS}
    DEPENDS ${json} ${TT_GENERATOR} VERBATIM)
endfunction()
