// Decides which incoming connections may stay: each source has a share, so that no stranger's connections can use up
// all of them.
#pragma once

#include <cstddef>
#include <string>
#include <unordered_map>
#include <vector>

#include "sip/authentication/nonce.h"

namespace np {

// Plain data. Not thread-safe: its owner does the locking. A connection is unproven until somebody has proved over it
// who they are.
class ConnectionTable {
 public:
  using Id = const void*;
  using Ids = std::vector<Id>;

  struct Limits {
    // How long a connection may stay unproven.
    std::chrono::seconds patience{15};
    std::size_t unprovenPerAddress = 64;
    std::size_t unproven = 512;
    std::size_t perOwner = 64;
    std::size_t proven = 1536;
  };

  ConnectionTable() = default;
  explicit ConnectionTable(const Limits& limits) : limits_(limits) {}

  // Returns what must close to make room: the oldest from this address, or from the address that has the most.
  Ids opened(Id id, const std::string& address, TimePoint now);

  // The owner is a user, an account or a peer. Returns what must close to make room: the one proven last, because the
  // others may carry calls.
  Ids proven(Id id, const std::string& owner);

  // Does nothing for an unknown connection.
  void closed(Id id);

  // The connections that have stayed unproven for too long.
  Ids overdue(TimePoint now) const;

  std::size_t size() const { return connections_.size(); }
  Ids all() const;

 private:
  struct Connection {
    std::string address;
    std::string owner;  // empty: unproven
    TimePoint opened;
  };
  using Counts = std::unordered_map<std::string, std::size_t>;

  Id oldestOf(const std::string& address) const;
  const std::string& busiest() const;

  Limits limits_{};
  std::unordered_map<Id, Connection> connections_;
  Counts unprovenByAddress_;
  Counts provenByOwner_;
  std::size_t unproven_ = 0;
};

}  // namespace np
