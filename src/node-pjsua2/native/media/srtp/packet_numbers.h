// Numbers the packets of one SSRC without end, where RTP has 16 bits (RFC 3711, 3.3.1), and tells those that have been
// seen (3.3.2).
#pragma once

#include <cstdint>
#include <optional>

namespace np {

class PacketNumbers {
 public:
  PacketNumbers() = default;
  // Goes on from this number, though none has been used.
  explicit PacketNumbers(std::uint64_t newest) : newest_(newest), begun_(true) {}

  // The number of a packet; nothing if it was used already, or is so old that this is not known any more.
  std::optional<std::uint64_t> of(std::uint16_t sequence) const {
    const std::uint64_t number = closestTo(sequence);
    return isFresh(number) ? std::optional(number) : std::nullopt;
  }

  bool isFresh(std::uint64_t number) const {
    if (!begun_ || number > newest_) return true;
    const std::uint64_t age = newest_ - number;
    return age < window && (used_ >> age & 1) == 0;
  }

  // To be called once the packet is known to be genuine.
  void use(std::uint64_t number) {
    if (begun_ && number <= newest_) {
      used_ |= std::uint64_t{1} << (newest_ - number);
      return;
    }
    const std::uint64_t step = begun_ ? number - newest_ : window;
    used_ = (step < window ? used_ << step : 0) | 1;
    newest_ = number;
    begun_ = true;
  }

  std::uint64_t newest() const { return newest_; }

 private:
  static constexpr std::uint64_t window = 64;

  // The number closest to the newest that ends in these bits.
  std::uint64_t closestTo(std::uint16_t sequence) const {
    constexpr std::uint64_t round = 1 << 16;
    constexpr auto half = static_cast<std::int64_t>(round / 2);
    const std::uint64_t same = (newest_ & ~(round - 1)) | sequence;
    if (!begun_) return same;
    const std::int64_t distance = static_cast<std::int64_t>(same) - static_cast<std::int64_t>(newest_);
    if (distance > half && same >= round) return same - round;
    return distance < -half ? same + round : same;
  }

  std::uint64_t newest_ = 0;
  std::uint64_t used_ = 0;  // bit 0 is the newest
  bool begun_ = false;
};

}  // namespace np
