#include "sip/admission/peers.h"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>
#include <cstring>

namespace np {
namespace {

constexpr int mappedBits = 96;

std::optional<int> prefixIn(const std::string& text, int limit) {
  int bits = -1;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), bits);
  if (error != std::errc() || end != text.data() + text.size() || bits < 0 || bits > limit) return std::nullopt;
  return bits;
}

}  // namespace

std::optional<AddressRange> AddressRange::parse(const std::string& text) {
  const std::size_t slash = text.find('/');
  const std::string address = text.substr(0, slash);
  AddressRange range;
  int offset = 0;
  if (inet_pton(AF_INET, address.c_str(), range.bytes_.data() + 12) == 1) {
    range.bytes_[10] = range.bytes_[11] = 0xff;
    offset = mappedBits;
  } else if (inet_pton(AF_INET6, address.c_str(), range.bytes_.data()) != 1) {
    return std::nullopt;
  }
  range.bits_ = 128;
  if (slash != std::string::npos) {
    const std::optional<int> bits = prefixIn(text.substr(slash + 1), 128 - offset);
    if (!bits) return std::nullopt;
    range.bits_ = offset + *bits;
  }
  return range;
}

bool AddressRange::contains(const AddressRange& address) const {
  if (address.bits_ < bits_) return false;
  const std::size_t whole = static_cast<std::size_t>(bits_ / 8);
  if (std::memcmp(bytes_.data(), address.bytes_.data(), whole) != 0) return false;
  const int rest = bits_ % 8;
  if (rest == 0) return true;
  const unsigned mask = 0xffU << (8 - rest) & 0xffU;
  return ((bytes_[whole] ^ address.bytes_[whole]) & mask) == 0;
}

Encryption Peers::encryptionOf(const std::string& name) const {
  const auto found = std::find_if(peers_.begin(), peers_.end(), [&](const Peer& peer) { return peer.name == name; });
  return found == peers_.end() ? Encryption::off : found->encryption;
}

std::optional<std::string> Peers::named(const std::string& address) const {
  const std::optional<AddressRange> wanted = AddressRange::parse(address);
  if (!wanted) return std::nullopt;
  const Peer* nearest = nullptr;
  int narrowest = -1;
  for (const Peer& peer : peers_) {
    for (const AddressRange& range : peer.ranges) {
      if (range.prefixLength() > narrowest && range.contains(*wanted)) {
        nearest = &peer;
        narrowest = range.prefixLength();
      }
    }
  }
  if (nearest == nullptr) return std::nullopt;
  return nearest->name;
}

}  // namespace np
