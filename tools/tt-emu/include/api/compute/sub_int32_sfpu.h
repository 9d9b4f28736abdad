/* sub_int32_sfpu.h - older place of sub_int_sfpu.h. */
#pragma once

#include "api/compute/sub_int_sfpu.h"
