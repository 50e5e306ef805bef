#pragma once

#include <filesystem>

#include "core/cog.hpp"

namespace pacte::bench {

/// A CSV of needs as they are published: all the communes of France (some 35,000), their name and
/// 28 columns of counts of 2021, with a decimal comma, one in fifty a statistical secret.
void write_needs(const std::filesystem::path& path, const Cog& cog);

} // namespace pacte::bench
