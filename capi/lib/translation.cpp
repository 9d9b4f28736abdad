// mlir-translate for translations written in C, with options of their own and
// with `-o DIR` for those that write several files.

#include "mlir/Tools/mlir-translate/Translation.h"
#include "mlir/CAPI/IR.h"
#include "mlir/CAPI/Support.h"
#include "mlir/IR/DialectRegistry.h"
#include "mlir/Tools/mlir-translate/MlirTranslateMain.h"
#include "tt-c/Registration.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/CommandLine.h"

using namespace mlir;

using StringOption = llvm::cl::opt<std::string>;

static llvm::StringSet<> directoryTranslations;
static llvm::StringMap<std::unique_ptr<StringOption>> options;
static const char *outputDirectory = nullptr;

static void printTo(MlirStringRef text, void *stream) {
  *static_cast<raw_ostream *>(stream) << unwrap(text);
}

static void registerDialects(DialectRegistry &registry) {
  ttRegisterAllDialects(wrap(&registry));
}

void ttRegisterTranslation(const char *name, const char *description,
                           TtTranslation translation) {
  TranslateFromMLIRRegistration(
      name, description,
      [translation](Operation *module, raw_ostream &output) {
        return unwrap(translation(wrap(module), printTo, &output));
      },
      registerDialects);
}

void ttRegisterDirectoryTranslation(const char *name, const char *description,
                                    TtDirectoryTranslation translation) {
  directoryTranslations.insert(name);
  TranslateFromMLIRRegistration(
      name, description,
      [translation](Operation *module, raw_ostream &output) {
        return unwrap(
            translation(wrap(module), outputDirectory, printTo, &output));
      },
      registerDialects);
}

void ttRegisterTranslationOption(const char *name, const char *description) {
  options[name] = std::make_unique<StringOption>(llvm::StringRef(name),
                                                 llvm::cl::desc(description));
}

const char *ttTranslationOption(const char *name) {
  auto option = options.find(name);
  return option == options.end() ? "" : option->second->c_str();
}

int ttTranslateMain(int argc, char **argv, const char *name) {
  bool directory = false;
  for (int i = 1; i < argc; ++i)
    directory |= directoryTranslations.contains(StringRef(argv[i]).ltrim('-'));
  // mlir-translate would open `-o DIR` as a file; such a pair is ours.
  SmallVector<char *> rest;
  for (int i = 0; i < argc; ++i) {
    if (directory && StringRef(argv[i]) == "-o" && i + 1 < argc)
      outputDirectory = argv[++i];
    else if (directory && StringRef(argv[i]).starts_with("-o="))
      outputDirectory = argv[i] + 3;
    else
      rest.push_back(argv[i]);
  }
  return failed(
      mlirTranslateMain(static_cast<int>(rest.size()), rest.data(), name));
}
