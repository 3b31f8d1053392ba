// How many legs each source may hold, so that none can take them all, with a reserve for emergency calls.
#pragma once

#include <cstddef>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>

namespace np {

enum class Urgency { usual, emergency };

// Thread-safe. A source is an account, a user or a peer; a leg of it is half open until its answer is acknowledged.
class LegShares {
 public:
  // The limits of one source. Half-open legs may make further legs ring, and cost a stranger who forges an address only
  // one datagram each.
  struct Share {
    std::size_t halfOpen;
    std::size_t all;
  };

  // A leg of a source, counted for as long as this lives.
  class Leg {
   public:
    Leg(LegShares& shares, std::string source, Urgency urgency)
        : shares_(shares), source_(std::move(source)), urgency_(urgency) {}
    ~Leg() { shares_.leave(source_, urgency_, halfOpen_); }
    Leg(const Leg&) = delete;
    Leg& operator=(const Leg&) = delete;

    // On PJSIP's thread.
    void acknowledged();

   private:
    LegShares& shares_;
    const std::string source_;
    const Urgency urgency_;
    bool halfOpen_ = true;
  };

  explicit LegShares(std::size_t maxLegs) : maxLegs_(maxLegs) {}

  // The shares of one user's phones and of a trunk.
  Share ofUser() const;
  Share ofTrunk() const;

  // Whether there is room for another leg when there are `legs` in all.
  bool roomFor(std::size_t legs, Urgency urgency) const;

  // Whether this source may have another leg when there are `legs` in all. It may take only one from the reserve, which
  // is for everyone.
  bool mayEnter(const std::string& source, const Share& share, std::size_t legs, Urgency urgency) const;

  std::unique_ptr<Leg> enter(std::string source, Urgency urgency);

 private:
  struct Count {
    std::size_t halfOpen = 0;
    std::size_t all = 0;
    std::size_t emergency = 0;
  };

  void leaveHalfOpen(const std::string& source);
  void leave(const std::string& source, Urgency urgency, bool halfOpen);

  const std::size_t maxLegs_;
  mutable std::mutex mutex_;
  std::unordered_map<std::string, Count> counts_;
};

}  // namespace np
