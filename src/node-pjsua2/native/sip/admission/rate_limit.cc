#include "sip/admission/rate_limit.h"

#include <algorithm>
#include <utility>

namespace np {

bool TokenBucket::empty(TimePoint now) {
  const double seconds = std::chrono::duration<double>(now - filled_).count();
  tokens_ = std::min(burst_, tokens_ + seconds * perSecond_);
  filled_ = now;
  return tokens_ < 1;
}

bool TokenBucket::take(TimePoint now) {
  if (empty(now)) return false;
  tokens_ -= 1;
  return true;
}

bool KeyedLimit::exhausted(const std::string& key, TimePoint now) {
  TokenBucket* bucket = buckets_.find(key);
  return bucket != nullptr && bucket->empty(now);
}

void KeyedLimit::count(const std::string& key, TimePoint now) {
  TokenBucket* bucket = buckets_.find(key);
  if (bucket == nullptr) bucket = &buckets_.add(key, TokenBucket(burst_, perSecond_, now));
  bucket->take(now);
}

bool GuessLimit::exhausted(const std::string& address, const std::string& account, TimePoint now) {
  return pairs_.exhausted(address + ' ' + account, now) || addresses_.exhausted(address, now) ||
         accounts_.exhausted(account, now);
}

void GuessLimit::count(const std::string& address, const std::string& account, TimePoint now) {
  pairs_.count(address + ' ' + account, now);
  addresses_.count(address, now);
  accounts_.count(account, now);
}

bool AnswerLimit::admit(const std::string& address, int port, TimePoint now) {
  const std::string sender = address + ' ' + std::to_string(port);
  if (senders_.exhausted(sender, now) || addresses_.exhausted(address, now)) return false;
  senders_.count(sender, now);
  addresses_.count(address, now);
  return true;
}

bool DialogLimit::admit(const std::string& dialog, const std::string& address, bool ends, TimePoint now) {
  if (ends) {
    if (endings_.exhausted(dialog, now)) return false;
    endings_.count(dialog, now);
    return true;
  }
  if (dialogs_.exhausted(dialog, now) || addresses_.exhausted(address, now)) return false;
  dialogs_.count(dialog, now);
  addresses_.count(address, now);
  return true;
}

std::optional<std::uint64_t> ReportLimit::admit(const std::string& key, TimePoint now) {
  Reports* reports = reports_.find(key);
  if (reports == nullptr) reports = &reports_.add(key, Reports{TokenBucket(kBurst, kPerSecond, now)});
  if (reports->bucket.empty(now) || !all_.take(now)) {
    ++reports->held;
    return std::nullopt;
  }
  reports->bucket.take(now);
  return std::exchange(reports->held, 0);
}

}  // namespace np
