// Names a certificate, in SDP, by a hash of it (RFC 8122).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace np {

enum class FingerprintHash { sha256, sha384, sha512 };

constexpr std::size_t sizeOf(FingerprintHash hash) {  // octets
  return hash == FingerprintHash::sha256 ? 32 : hash == FingerprintHash::sha384 ? 48 : 64;
}

constexpr std::string_view nameOf(FingerprintHash hash) {
  return hash == FingerprintHash::sha256 ? "sha-256" : hash == FingerprintHash::sha384 ? "sha-384" : "sha-512";
}

// MD5 and SHA-1 are left out: others could make a certificate that fits.
inline constexpr std::array fingerprintHashes = {FingerprintHash::sha256, FingerprintHash::sha384,
                                                 FingerprintHash::sha512};

struct Fingerprint {
  FingerprintHash hash;
  std::array<std::uint8_t, 64> octets{};

  bool operator==(const Fingerprint&) const = default;
};

}  // namespace np
