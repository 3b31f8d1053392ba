// SIP digest calculations: RFC 3261 section 22, RFC 7616 and RFC 8760. Contains no policy and keeps no state.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace np {

enum class DigestAlgorithm { sha256, md5 };

// The algorithm's name in an Authorization or WWW-Authenticate header.
std::string_view ianaName(DigestAlgorithm algorithm);

// The algorithm a header names, in upper or lower case; an empty name means MD5 (RFC 7616, 3.4). Nothing for an unknown
// one.
std::optional<DigestAlgorithm> algorithmNamed(std::string_view name);

// What an Authorization header carries; views into the received message.
struct DigestAnswer {
  std::string_view realm;
  std::string_view username;
  std::string_view nonce;
  std::string_view uri;
  std::string_view response;
  std::string_view algorithm;
  std::string_view cnonce;
  std::string_view qop;
  std::string_view nc;
};

// H(username:realm:password) in lower-case hexadecimal, which is all that a server needs to keep of a password.
std::string secretHash(DigestAlgorithm algorithm, std::string_view username, std::string_view realm,
                       std::string_view password);

// The response that a client with this secret hash sends for qop=auth (RFC 7616, 3.4.1).
std::string expectedResponse(DigestAlgorithm algorithm, std::string_view secretHash, const DigestAnswer& answer,
                             std::string_view method);

// Compares two hexadecimal digests, ignoring case, in a time that does not depend on where they differ.
bool sameDigest(std::string_view left, std::string_view right);

// The nonce count: exactly eight hexadecimal digits, not zero.
std::optional<unsigned> nonceCount(std::string_view nc);

// Overwrites a secret before its memory is freed.
void forget(std::string& secret);

}  // namespace np
