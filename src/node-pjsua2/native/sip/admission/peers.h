// Hosts that are admitted by their address alone, such as the trunks of a provider that knows us by ours.
#pragma once

#include "sip/call/encryption.h"

#include <array>
#include <optional>
#include <string>
#include <vector>

namespace np {

// An IPv4 or IPv6 address, or all addresses that share its first bits.
class AddressRange {
 public:
  // "192.0.2.1", "192.0.2.0/24", "2001:db8::/32"; nothing for any other text.
  static std::optional<AddressRange> parse(const std::string& text);

  bool contains(const AddressRange& address) const;
  int prefixLength() const { return bits_; }

 private:
  // IPv4 is kept as its IPv4-mapped IPv6 address (RFC 4291, 2.5.5.2), so that both compare alike.
  std::array<unsigned char, 16> bytes_{};
  int bits_ = 0;
};

struct Peer {
  std::string name;
  std::vector<AddressRange> ranges;
  Encryption encryption = Encryption::off;
};

class Peers {
 public:
  explicit Peers(std::vector<Peer> peers) : peers_(std::move(peers)) {}
  Peers() = default;

  // The peer with the narrowest range that contains this IP address.
  std::optional<std::string> named(const std::string& address) const;

  Encryption encryptionOf(const std::string& name) const;

 private:
  std::vector<Peer> peers_;
};

}  // namespace np
