/* util.hpp - older place of tt::tt_metal::detail::TileSize. */
#pragma once
#include <tt-metalium/host_api.hpp>
