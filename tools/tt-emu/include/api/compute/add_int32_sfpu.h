/* add_int32_sfpu.h - older place of add_int_sfpu.h. */
#pragma once

#include "api/compute/add_int_sfpu.h"
