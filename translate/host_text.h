// The parts of main.cpp that are the same for every program, line by line
// (translate/host), ended by NULL.

#ifndef TT_TRANSLATE_HOST_TEXT_H
#define TT_TRANSLATE_HOST_TEXT_H

extern const char *const hostSupport[]; // before the tensors and programs
extern const char *const hostMain[];    // after them

#endif
