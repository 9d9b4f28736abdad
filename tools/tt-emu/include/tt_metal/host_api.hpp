/* host_api.hpp - older path, whose headers left these names with the program.
 */
#pragma once
#include <tt-metalium/host_api.hpp>

#include <map>
#include <string>
#include <vector>

using std::string;
using std::vector;
