// Nonces that need no memory until a right answer comes back: time stamp + salt under an HMAC with a secret made at
// start.
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

// Issues nonces, each for one address, so that who proves something with one was reached there; and sees to it that
// each nonce count of one is used once. Not thread-safe: its owner locks.
class NonceKeeper {
 public:
  enum class Standing { fresh, stale, foreign };

  // life: how long a nonce is accepted; capacity: how many nonces in use are remembered.
  NonceKeeper(std::chrono::seconds life, std::size_t capacity);

  std::string issue(std::string_view address, TimePoint now);

  // foreign: not issued since this start, for another address, or altered.
  Standing standing(std::string_view nonce, std::string_view address, TimePoint now) const;

  // Uses up a nonce count of a fresh nonce. False when the count does not rise, which is a replay.
  // Call it after the answer was found right, so that strangers cannot fill the memory.
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
  // Nonces up to this stamp that are not remembered may have been used and forgotten: they count as used.
  std::uint64_t forgottenUpTo_ = 0;
};

}  // namespace np
