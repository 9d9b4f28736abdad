/* tensor_accessor.h - TensorAccessor and its arguments. */
#pragma once
#include "tt-emu/accessor.h"
