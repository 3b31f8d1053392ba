// Nonces that take up no memory until a correct answer arrives: a time stamp and a salt, sealed by an HMAC with a
// secret generated at start.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>

namespace np {

using Clock = std::chrono::steady_clock;
using TimePoint = Clock::time_point;

// Issues nonces that are each valid for one address, so that a correct answer shows its sender was reached there, and
// lets each nonce count be used only once. Not thread-safe: its owner does the locking.
class NonceKeeper {
 public:
  enum class Standing { fresh, stale, foreign };

  // life: how long a nonce is accepted; capacity: how many nonces in use are remembered.
  NonceKeeper(std::chrono::seconds life, std::size_t capacity);

  std::string issue(std::string_view address, TimePoint now);

  // foreign: not issued since this start, for another address, or altered.
  Standing standing(std::string_view nonce, std::string_view address, TimePoint now) const;

  // Uses up a nonce count of a fresh nonce. False when the count does not rise, which is a replay. To be called only
  // once the answer has proved correct, so that strangers cannot fill the memory.
  bool spend(std::string_view nonce, unsigned count, TimePoint now);

 private:
  struct Use {
    std::uint64_t issued;
    unsigned count;
  };
  static constexpr std::size_t stampHex = 16;
  static constexpr std::size_t saltHex = 16;
  static constexpr std::size_t sealHex = 32;

  std::string sealed(std::string_view body, std::string_view address) const;
  void makeRoom(TimePoint now);

  std::chrono::milliseconds life_;
  std::size_t capacity_;
  std::array<unsigned char, 32> secret_{};
  std::unordered_map<std::string, Use> uses_;
  std::deque<std::string> order_;
  // Nonces up to this stamp that are not in uses_ may have been used and forgotten, so they count as used.
  std::uint64_t forgottenUpTo_ = 0;
};

}  // namespace np
