#include "sip/authentication/nonce.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

#include <algorithm>
#include <charconv>
#include <stdexcept>

namespace np {
namespace {

std::uint64_t stampOf(TimePoint time) {
  return static_cast<std::uint64_t>(
      std::chrono::duration_cast<std::chrono::milliseconds>(time.time_since_epoch()).count());
}

void appendHex(std::string& text, const unsigned char* bytes, std::size_t length) {
  static constexpr char hex[] = "0123456789abcdef";
  for (std::size_t i = 0; i < length; ++i) {
    text += hex[bytes[i] >> 4];
    text += hex[bytes[i] & 15];
  }
}

void fillRandom(unsigned char* bytes, int length) {
  if (RAND_bytes(bytes, length) != 1) throw std::runtime_error("the operating system provides no random numbers");
}

// Only for nonces whose seal is valid, so the stamp is one that we wrote.
std::uint64_t readStamp(std::string_view hex) {
  std::uint64_t stamp = 0;
  std::from_chars(hex.data(), hex.data() + hex.size(), stamp, 16);
  return stamp;
}

}  // namespace

NonceKeeper::NonceKeeper(std::chrono::seconds life, std::size_t capacity) : life_(life), capacity_(capacity) {
  fillRandom(secret_.data(), static_cast<int>(secret_.size()));
}

std::string NonceKeeper::issue(std::string_view address, TimePoint now) {
  const std::uint64_t stamp = stampOf(now);
  std::array<unsigned char, 16> raw{};
  for (std::size_t i = 0; i < 8; ++i) raw[i] = static_cast<unsigned char>(stamp >> (56 - 8 * i));
  fillRandom(raw.data() + 8, 8);
  std::string nonce;
  nonce.reserve(stampHex + saltHex + sealHex);
  appendHex(nonce, raw.data(), raw.size());
  nonce += sealed(nonce, address);
  return nonce;
}

std::string NonceKeeper::sealed(std::string_view body, std::string_view address) const {
  const std::string text = std::string(body) + std::string(address);
  std::array<unsigned char, EVP_MAX_MD_SIZE> seal{};
  unsigned length = 0;
  HMAC(EVP_sha256(), secret_.data(), static_cast<int>(secret_.size()),
       reinterpret_cast<const unsigned char*>(text.data()), text.size(), seal.data(), &length);
  std::string hex;
  appendHex(hex, seal.data(), sealHex / 2);
  return hex;
}

NonceKeeper::Standing NonceKeeper::standing(std::string_view nonce, std::string_view address, TimePoint now) const {
  constexpr std::size_t body = stampHex + saltHex;
  if (nonce.size() != body + sealHex) return Standing::foreign;
  const std::string seal = sealed(nonce.substr(0, body), address);
  if (CRYPTO_memcmp(seal.data(), nonce.data() + body, sealHex) != 0) return Standing::foreign;
  const std::uint64_t age = stampOf(now) - readStamp(nonce.substr(0, stampHex));
  return age <= static_cast<std::uint64_t>(life_.count()) ? Standing::fresh : Standing::stale;
}

bool NonceKeeper::spend(std::string_view nonce, unsigned count, TimePoint now) {
  const auto known = uses_.find(std::string(nonce));
  if (known != uses_.end()) {
    if (count <= known->second.count) return false;
    known->second.count = count;
    return true;
  }
  const std::uint64_t issued = readStamp(nonce.substr(0, stampHex));
  if (issued <= forgottenUpTo_) return false;
  makeRoom(now);
  order_.emplace_back(nonce);
  uses_.emplace(order_.back(), Use{issued, count});
  return true;
}

void NonceKeeper::makeRoom(TimePoint now) {
  const std::uint64_t present = stampOf(now);
  while (!order_.empty()) {
    const auto oldest = uses_.find(order_.front());
    const std::uint64_t issued = oldest->second.issued;
    const bool stale = present - issued > static_cast<std::uint64_t>(life_.count());
    if (!stale && order_.size() < capacity_) return;
    if (!stale) forgottenUpTo_ = std::max(forgottenUpTo_, issued);
    uses_.erase(oldest);
    order_.pop_front();
  }
}

}  // namespace np
