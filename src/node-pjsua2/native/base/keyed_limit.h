// Allowances per key, such as an address, in bounded memory. Not thread-safe: its owner does the locking.
#pragma once

#include "base/allowance.h"

#include <cstddef>
#include <list>
#include <string>
#include <unordered_map>
#include <utility>

namespace np {

// A value per key for at most `capacity` keys; the least recently used makes room.
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

  // The value of this key, which begins with `initial` if there is none.
  Value& findOrAdd(const std::string& key, Value initial) {
    if (Value* known = find(key)) return *known;
    if (entries_.size() >= capacity_) {
      index_.erase(entries_.back().first);
      entries_.pop_back();
    }
    entries_.emplace_front(key, std::move(initial));
    index_.emplace(key, entries_.begin());
    return entries_.front().second;
  }

 private:
  using Entry = std::pair<std::string, Value>;
  std::size_t capacity_;
  std::list<Entry> entries_;
  std::unordered_map<std::string, typename std::list<Entry>::iterator> index_;
};

// An allowance per key for the last few thousand keys.
class KeyedLimit {
 public:
  using TimePoint = Allowance::Clock::time_point;

  KeyedLimit(unsigned perSecond, unsigned atOnce, std::size_t keys) : full_(perSecond, atOnce), allowances_(keys) {}

  bool exhausted(const std::string& key, TimePoint now) {
    const Allowance* allowance = allowances_.find(key);
    return allowance != nullptr && allowance->isSpent(now);
  }
  void count(const std::string& key, TimePoint now) { allowances_.findOrAdd(key, full_).take(now); }
  unsigned owed(const std::string& key, TimePoint now) {
    const Allowance* allowance = allowances_.find(key);
    return allowance == nullptr ? 0 : allowance->owed(now);
  }

 private:
  const Allowance full_;
  RecentlyUsed<Allowance> allowances_;
};

}  // namespace np
