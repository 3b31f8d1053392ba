// The subscriptions as plain data. Not thread-safe: its owner does the locking.
#pragma once

#include <pjsip.h>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/event.h"
#include "sip/registrar/location.h"

namespace np {

// Names the dialog of a subscription as a request of the watcher does.
struct DialogName {
  std::string callId;
  std::string ours;    // our tag
  std::string theirs;  // the watcher's

  auto operator<=>(const DialogName&) const = default;
};

// What a NOTIFY is made of, apart from what it tells.
struct WatcherAddress {
  DialogName dialog;
  std::string from;     // our URI, in angle brackets
  std::string to;       // the watcher's, likewise
  std::string contact;  // ours
  std::string target;   // where the watcher is reached
  std::string event;    // with the id that the watcher has given it
  std::shared_ptr<pjsip_transport> transport;
};

struct Subscription {
  Serial serial = 0;
  std::string username;
  std::string resource;
  Source source;
  WatcherAddress address;
  int heard = 0;  // the CSeq of the watcher's last request
  int told = 0;   // that of ours
  TimePoint expires;
  // The watcher cannot take anything at the moment: then it is told again, and nothing before.
  std::optional<TimePoint> again;
  // It has run out by the watcher's will, who is still told the state once more.
  bool isLast = false;
};

class SubscriptionTable {
 public:
  // How many there may be: for a phone with all the keys that there are, and so that nobody takes the room of others.
  struct Limits {
    std::size_t perUser = 250;
    std::size_t perAddress = 500;
    std::size_t all = 1000;
  };

  // Whether this user, at this address, may have another one.
  bool hasRoomFor(const std::string& username, const std::string& address) const {
    const auto count = [](const Counts& counts, const std::string& key) {
      const auto found = counts.find(key);
      return found == counts.end() ? 0 : found->second;
    };
    return subscriptions_.size() < limits_.all && count(byUser_, username) < limits_.perUser &&
           count(byAddress_, address) < limits_.perAddress;
  }

  Subscription& add(Subscription subscription) {
    ++byUser_[subscription.username];
    ++byAddress_[subscription.source.address];
    byDialog_[subscription.address.dialog] = subscription.serial;
    const Serial serial = subscription.serial;
    return subscriptions_.emplace(serial, std::move(subscription)).first->second;
  }

  Subscription* find(Serial serial) {
    const auto found = subscriptions_.find(serial);
    return found == subscriptions_.end() ? nullptr : &found->second;
  }

  Subscription* find(const DialogName& dialog) {
    const auto found = byDialog_.find(dialog);
    return found == byDialog_.end() ? nullptr : find(found->second);
  }

  std::optional<Subscription> remove(Serial serial) {
    const auto found = subscriptions_.find(serial);
    if (found == subscriptions_.end()) return std::nullopt;
    Subscription subscription = std::move(found->second);
    subscriptions_.erase(found);
    byDialog_.erase(subscription.address.dialog);
    leave(byUser_, subscription.username);
    leave(byAddress_, subscription.source.address);
    return subscription;
  }

  template <typename Leaves>
  std::vector<Subscription> removeWhere(const Leaves& leaves) {
    std::vector<Serial> gone;
    for (const auto& [serial, subscription] : subscriptions_)
      if (leaves(subscription)) gone.push_back(serial);
    std::vector<Subscription> removed;
    removed.reserve(gone.size());
    for (const Serial serial : gone) removed.push_back(*remove(serial));
    return removed;
  }

  template <typename Visit>
  void each(const Visit& visit) {
    for (auto& [serial, subscription] : subscriptions_) visit(subscription);
  }

 private:
  using Counts = std::unordered_map<std::string, std::size_t>;

  static void leave(Counts& counts, const std::string& key) {
    const auto found = counts.find(key);
    if (--found->second == 0) counts.erase(found);
  }

  Limits limits_;
  std::unordered_map<Serial, Subscription> subscriptions_;
  std::map<DialogName, Serial> byDialog_;
  Counts byUser_;
  Counts byAddress_;
};

}  // namespace np
