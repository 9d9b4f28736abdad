// main.cpp - a program that says it runs, by making a file, and never ends.
#include <fstream>
#include <unistd.h>

int main(int argc, char **argv) {
  std::ofstream(argv[argc - 1]) << "runs\n";
  for (;;)
    pause();
}
