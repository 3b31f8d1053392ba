// Keeps strangers cheap: token buckets per key in bounded memory. Not thread-safe: its owner locks.
#pragma once

#include <cstdint>
#include <list>
#include <optional>
#include <string>
#include <unordered_map>

#include "sip/authentication/nonce.h"

namespace np {

// A value per key for at most `capacity` keys; the one used longest ago makes room.
template <typename Value>
class RecentlyUsed {
 public:
  explicit RecentlyUsed(std::size_t capacity) : capacity_(capacity) {}

  Value* find(const std::string& key) {
    const auto found = index_.find(key);
    if (found == index_.end()) return nullptr;
    entries_.splice(entries_.begin(), entries_, found->second);
    return &found->second->second;
  }

  Value& add(const std::string& key, Value value) {
    if (entries_.size() >= capacity_) {
      index_.erase(entries_.back().first);
      entries_.pop_back();
    }
    entries_.emplace_front(key, std::move(value));
    index_.emplace(key, entries_.begin());
    return entries_.front().second;
  }

 private:
  using Entry = std::pair<std::string, Value>;
  std::size_t capacity_;
  std::list<Entry> entries_;
  std::unordered_map<std::string, typename std::list<Entry>::iterator> index_;
};

class TokenBucket {
 public:
  TokenBucket(double burst, double perSecond, TimePoint now)
      : burst_(burst), perSecond_(perSecond), tokens_(burst), filled_(now) {}

  bool empty(TimePoint now);
  // Takes a token; false when there is none.
  bool take(TimePoint now);

 private:
  double burst_;
  double perSecond_;
  double tokens_;
  TimePoint filled_;
};

// A token bucket per key, of the last few thousand keys.
class KeyedLimit {
 public:
  KeyedLimit(double burst, double perSecond, std::size_t keys) : burst_(burst), perSecond_(perSecond), buckets_(keys) {}

  bool exhausted(const std::string& key, TimePoint now);
  void count(const std::string& key, TimePoint now);

 private:
  double burst_;
  double perSecond_;
  RecentlyUsed<TokenBucket> buckets_;
};

// Bounds how fast passwords may be tried: by one address for one account, by one address, and for one account.
class GuessLimit {
 public:
  // The account is one that exists, or a name that stands for many that don't: strangers' inventions take no room.
  bool exhausted(const std::string& address, const std::string& account, TimePoint now);
  void count(const std::string& address, const std::string& account, TimePoint now);

 private:
  static constexpr std::size_t kKeys = 4096;
  KeyedLimit pairs_{100, 2, kKeys};
  KeyedLimit addresses_{400, 10, kKeys};
  KeyedLimit accounts_{400, 4, kKeys};
};

// Bounds what is answered to senders who have proved nothing: their address may be somebody else's.
class AnswerLimit {
 public:
  // False: no answer to this sender for the moment.
  bool admit(const std::string& address, int port, TimePoint now);

 private:
  static constexpr std::size_t kKeys = 4096;
  KeyedLimit senders_{60, 10, kKeys};
  KeyedLimit addresses_{600, 100, kKeys};
};

// Bounds the requests within dialogs: each takes a transaction, for 32 s mostly, and there are 8191 for all.
class DialogLimit {
 public:
  // False: this one is not to be looked at. What ends a call has room of its own.
  bool admit(const std::string& dialog, const std::string& address, bool ends, TimePoint now);

 private:
  static constexpr std::size_t kKeys = 4096;
  KeyedLimit dialogs_{200, 20, kKeys};
  KeyedLimit addresses_{1000, 60, kKeys};
  KeyedLimit endings_{20, 1, kKeys};
};

// Lets through few reports per key, and few altogether, and counts what it holds back.
class ReportLimit {
 public:
  explicit ReportLimit(TimePoint now) : all_(kAllBurst, kAllPerSecond, now) {}

  // The number of reports held back for this key since the last one let through; nothing: hold this one back too.
  std::optional<std::uint64_t> admit(const std::string& key, TimePoint now);

 private:
  struct Reports {
    TokenBucket bucket;
    std::uint64_t held = 0;
  };
  static constexpr double kBurst = 5;
  static constexpr double kPerSecond = 1;
  static constexpr double kAllBurst = 100;
  static constexpr double kAllPerSecond = 20;
  static constexpr std::size_t kKeys = 1024;
  TokenBucket all_;
  RecentlyUsed<Reports> reports_{kKeys};
};

}  // namespace np
