// Whether the media of a call is encrypted (SRTP, RFC 3711, with keys in SDP by RFC 4568 or by a handshake, RFC 5764).
#pragma once

#include <optional>
#include <string_view>

namespace np {

enum class Encryption {
  off,
  // As the other side can.
  offered,
  // There is no call without.
  required
};

// Nothing for an unknown name.
constexpr std::optional<Encryption> encryptionNamed(std::string_view name) {
  if (name == "off") return Encryption::off;
  if (name == "offered") return Encryption::offered;
  if (name == "required") return Encryption::required;
  return std::nullopt;
}

}  // namespace np
