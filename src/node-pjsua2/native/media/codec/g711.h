// The two laws of ITU-T G.711.
#pragma once

#include <cstddef>
#include <cstdint>

namespace np {

enum class Law : std::uint8_t { alaw, ulaw };

std::int16_t decode(Law law, std::uint8_t code);
std::uint8_t encode(Law law, std::int16_t sample);

void decode(Law law, const std::uint8_t* codes, std::size_t count, std::int16_t* samples);

// Samples beyond 16 bits are limited.
void encode(Law law, const float* samples, std::size_t count, std::uint8_t* codes);

// Translates octets of one law to the other.
void translate(Law from, Law to, const std::uint8_t* codes, std::size_t count, std::uint8_t* out);

}  // namespace np
