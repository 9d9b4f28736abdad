// mlir-translate with the printers of the artifacts.

#include "translations.h"
#include "tt-c/Registration.h"

int main(int argc, char **argv) {
  ttRegisterTranslations();
  return ttTranslateMain(argc, argv, "tt artifact printer\n");
}
