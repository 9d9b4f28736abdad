// The translations of tt-translate.

#ifndef TT_TRANSLATE_TRANSLATIONS_H
#define TT_TRANSLATE_TRANSLATIONS_H

// Registers every translation below; called once by tt-translate.
void ttRegisterTranslations(void);

#endif
