// The master key of one direction of a call's media, as SDP carries it (RFC 4568, 6; RFC 7714, 14).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace np {

enum class SrtpSuite { aesCm128HmacSha1, aeadAes256Gcm };

struct SrtpSizes {
  std::size_t key;  // octets
  std::size_t salt;
  std::size_t tag;  // authenticates each packet
};

constexpr SrtpSizes sizesOf(SrtpSuite suite) {
  return suite == SrtpSuite::aesCm128HmacSha1 ? SrtpSizes{16, 14, 10} : SrtpSizes{32, 12, 16};
}

constexpr std::string_view nameOf(SrtpSuite suite) {
  return suite == SrtpSuite::aesCm128HmacSha1 ? "AES_CM_128_HMAC_SHA1_80" : "AEAD_AES_256_GCM";
}

// Ours, the stronger first.
inline constexpr std::array srtpSuites = {SrtpSuite::aeadAes256Gcm, SrtpSuite::aesCm128HmacSha1};

struct SrtpKey {
  SrtpSuite suite;
  std::array<std::uint8_t, 44> octets{};  // key and salt

  std::size_t size() const { return sizesOf(suite).key + sizesOf(suite).salt; }
  bool operator==(const SrtpKey&) const = default;
};

// A new one of this suite. Throws std::runtime_error if the operating system has no random numbers.
SrtpKey randomKey(SrtpSuite suite);

}  // namespace np
