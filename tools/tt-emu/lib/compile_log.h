/* compile_log.h - what the compiler of kernels said. */
#ifndef TT_EMU_COMPILE_LOG_H
#define TT_EMU_COMPILE_LOG_H

#include <stdbool.h>

/* Onto standard error, with a note on what would help; `status` as from
 * waitpid. */
void log_print(const char *path, const char *compiler, int status);
/* Errors or warnings are there, and all are casts of an address to 32 bits. */
bool log_is_of_casts(const char *path);

#endif
