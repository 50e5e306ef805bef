#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

// A fuzz target reads one input as Pacte reads it from a stranger, and must end
// in a value or in a Failure: no crash, no other exception, no endless loop.
// libFuzzer calls it with inputs of its making (tests/fuzz/run), replay.cpp with
// those of tests/fuzz/inputs and of the tests.

// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer's name
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace pacte::fuzz {

inline std::string_view text(const std::uint8_t* data, std::size_t size)
{
    return {reinterpret_cast<const char*>(data), size};
}

} // namespace pacte::fuzz
