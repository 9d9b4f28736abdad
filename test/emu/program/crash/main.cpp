// Ends by the signal whose number it is given.
#include <csignal>
#include <cstdlib>

int main(int, char **arguments) { std::raise(std::atoi(arguments[1])); }
