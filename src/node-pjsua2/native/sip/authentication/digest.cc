#include "sip/authentication/digest.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>

#include <array>
#include <initializer_list>
#include <memory>
#include <stdexcept>

namespace np {
namespace {

struct ContextDeleter {
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};

const EVP_MD* engine(DigestAlgorithm algorithm) {
  return algorithm == DigestAlgorithm::sha256 ? EVP_sha256() : EVP_md5();
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool equalIgnoringCase(std::string_view left, std::string_view right) {
  if (left.size() != right.size()) return false;
  for (std::size_t i = 0; i < left.size(); ++i) {
    if (lower(left[i]) != lower(right[i])) return false;
  }
  return true;
}

// H(a:b:c…), the only form in which digest authentication hashes anything.
std::string hashJoined(DigestAlgorithm algorithm, std::initializer_list<std::string_view> parts) {
  const std::unique_ptr<EVP_MD_CTX, ContextDeleter> context(EVP_MD_CTX_new());
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned length = 0;
  bool fine = context && EVP_DigestInit_ex(context.get(), engine(algorithm), nullptr) == 1;
  bool first = true;
  for (const std::string_view part : parts) {
    if (!first) fine = fine && EVP_DigestUpdate(context.get(), ":", 1) == 1;
    fine = fine && EVP_DigestUpdate(context.get(), part.data(), part.size()) == 1;
    first = false;
  }
  if (!fine || EVP_DigestFinal_ex(context.get(), digest.data(), &length) != 1) {
    throw std::runtime_error("the digest algorithm is not available in this OpenSSL");
  }
  static constexpr char digits[] = "0123456789abcdef";
  std::string hex;
  hex.reserve(length * 2);
  for (unsigned i = 0; i < length; ++i) {
    hex += digits[digest[i] >> 4];
    hex += digits[digest[i] & 15];
  }
  return hex;
}

}  // namespace

std::string_view ianaName(DigestAlgorithm algorithm) {
  return algorithm == DigestAlgorithm::sha256 ? "SHA-256" : "MD5";
}

std::optional<DigestAlgorithm> algorithmNamed(std::string_view name) {
  if (name.empty() || equalIgnoringCase(name, "MD5")) return DigestAlgorithm::md5;
  if (equalIgnoringCase(name, "SHA-256")) return DigestAlgorithm::sha256;
  return std::nullopt;
}

std::string secretHash(DigestAlgorithm algorithm, std::string_view username, std::string_view realm,
                       std::string_view password) {
  return hashJoined(algorithm, {username, realm, password});
}

std::string expectedResponse(DigestAlgorithm algorithm, std::string_view secretHash, const DigestAnswer& answer,
                             std::string_view method) {
  const std::string request = hashJoined(algorithm, {method, answer.uri});
  return hashJoined(algorithm, {secretHash, answer.nonce, answer.nc, answer.cnonce, answer.qop, request});
}

bool sameDigest(std::string_view left, std::string_view right) {
  if (left.size() != right.size()) return false;
  unsigned difference = 0;
  for (std::size_t i = 0; i < left.size(); ++i) {
    difference |= static_cast<unsigned char>(lower(left[i])) ^ static_cast<unsigned char>(lower(right[i]));
  }
  return difference == 0;
}

std::optional<unsigned> nonceCount(std::string_view nc) {
  if (nc.size() != 8) return std::nullopt;
  unsigned count = 0;
  for (const char given : nc) {
    const char c = lower(given);
    unsigned digit = 0;
    if (c >= '0' && c <= '9') {
      digit = static_cast<unsigned>(c - '0');
    } else if (c >= 'a' && c <= 'f') {
      digit = static_cast<unsigned>(c - 'a') + 10;
    } else {
      return std::nullopt;
    }
    count = count << 4 | digit;
  }
  return count == 0 ? std::nullopt : std::optional<unsigned>(count);
}

void forget(std::string& secret) {
  OPENSSL_cleanse(secret.data(), secret.size());
  secret.clear();
}

}  // namespace np
