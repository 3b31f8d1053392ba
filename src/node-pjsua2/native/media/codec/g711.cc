#include "media/codec/g711.h"

#include <pjmedia/alaw_ulaw.h>

#include <algorithm>
#include <array>
#include <cstring>

namespace np {
namespace {

using Table = std::array<std::uint8_t, 256>;

Table translation(Law from, Law to) {
  Table table;
  for (unsigned code = 0; code < table.size(); ++code)
    table[code] = encode(to, decode(from, static_cast<std::uint8_t>(code)));
  return table;
}

const Table alawToUlaw = translation(Law::alaw, Law::ulaw);
const Table ulawToAlaw = translation(Law::ulaw, Law::alaw);

}  // namespace

std::int16_t decode(Law law, std::uint8_t code) {
  return static_cast<std::int16_t>(law == Law::alaw ? pjmedia_alaw2linear(code) : pjmedia_ulaw2linear(code));
}

std::uint8_t encode(Law law, std::int16_t sample) {
  return law == Law::alaw ? pjmedia_linear2alaw(sample) : pjmedia_linear2ulaw(sample);
}

void decode(Law law, const std::uint8_t* codes, std::size_t count, std::int16_t* samples) {
  for (std::size_t i = 0; i < count; ++i) samples[i] = decode(law, codes[i]);
}

void encode(Law law, const float* samples, std::size_t count, std::uint8_t* codes) {
  for (std::size_t i = 0; i < count; ++i)
    codes[i] = encode(law, static_cast<std::int16_t>(std::clamp(samples[i], -32768.0F, 32767.0F)));
}

void translate(Law from, Law to, const std::uint8_t* codes, std::size_t count, std::uint8_t* out) {
  if (from == to) {
    std::memcpy(out, codes, count);
    return;
  }
  const Table& table = from == Law::alaw ? alawToUlaw : ulawToAlaw;
  for (std::size_t i = 0; i < count; ++i) out[i] = table[codes[i]];
}

}  // namespace np
