// mlir-translate with the printers of the artifacts.

#include "translations.h"
#include "tt-c/Registration.h"

#include <signal.h>

int main(int argc, char **argv) {
  // A file that may not grow any more is an error of the write; LLVM would
  // make a crash of the signal, even where it is ignored.
  sigset_t growth;
  sigemptyset(&growth);
  sigaddset(&growth, SIGXFSZ);
  sigprocmask(SIG_BLOCK, &growth, NULL);
  ttRegisterTranslations();
  return ttTranslateMain(argc, argv, "tt artifact printer\n");
}
