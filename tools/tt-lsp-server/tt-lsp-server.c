// A language server for IR with the `tt` dialect.

#include "tt-c/Registration.h"

int main(int argc, char **argv) { return ttLspServerMain(argc, argv); }
