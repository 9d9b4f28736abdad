/* circular_buffer.h - the object form of the data movement calls. */
#pragma once
#include "tt-emu/object.h"
