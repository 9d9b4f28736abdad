// The parts of main.cpp that are the same for every program, line by line
// (translate/host), ended by NULL.

#ifndef TT_TRANSLATE_HOST_TEXT_H
#define TT_TRANSLATE_HOST_TEXT_H

extern const char *const hostSupport[]; // before the tensors and programs
// After them: how elements become pages, if some tensor is kept in block floats
// and if none is; then the rest.
extern const char *const hostBlockFloats[];
extern const char *const hostWords[];
extern const char *const hostMain[];

#endif
