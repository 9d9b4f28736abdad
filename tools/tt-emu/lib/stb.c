/* stb.c - the one instance of the dynamic array library. */
#define STB_DS_IMPLEMENTATION
#include <stb/stb_ds.h>
