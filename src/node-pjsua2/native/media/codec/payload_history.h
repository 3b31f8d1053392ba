// The last payloads of a stream, for a codec that joins later.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

namespace np {

class PayloadHistory {
 public:
  struct Payload {
    std::size_t size;
    std::array<std::uint8_t, 512> octets;
  };

  // Longer than any telephone sends; a payload beyond that is not kept.
  void keep(const std::uint8_t* octets, std::size_t size) {
    if (size > sizeof(Payload::octets)) return clear();
    Payload& payload = payloads_[kept_++ % capacity];
    payload.size = size;
    std::copy_n(octets, size, payload.octets.begin());
  }

  void clear() { kept_ = 0; }
  std::size_t size() const { return std::min(kept_, capacity); }
  // Number 0 is the oldest.
  const Payload& operator[](std::size_t number) const { return payloads_[(kept_ - size() + number) % capacity]; }

  static constexpr std::size_t capacity = 4;

 private:
  std::array<Payload, capacity> payloads_;
  std::size_t kept_ = 0;
};

}  // namespace np
