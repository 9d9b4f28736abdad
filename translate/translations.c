// The translations of tt-translate, in one list.

#include "translations.h"

void ttRegisterTranslations(void) {}
