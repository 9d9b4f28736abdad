/* tensor_accessor_args.h - TensorAccessor and its arguments. */
#pragma once
#include "tt-emu/accessor.h"
