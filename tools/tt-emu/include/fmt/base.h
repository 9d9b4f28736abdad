/* base.h - see core.h. */
#pragma once
#include "core.h"
