// mlir-opt with the `tt` dialect, its passes and everything upstream.

#include "tt-c/Registration.h"

int main(int argc, char **argv) {
  return ttOptMain(argc, argv, "tt compiler driver\n");
}
