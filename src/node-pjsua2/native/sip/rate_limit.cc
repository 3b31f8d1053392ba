#include "sip/rate_limit.h"

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

bool GuessLimit::exhausted(const std::string& key, TimePoint now) {
  TokenBucket* bucket = buckets_.find(key);
  return bucket != nullptr && bucket->empty(now);
}

void GuessLimit::count(const std::string& key, TimePoint now) {
  TokenBucket* bucket = buckets_.find(key);
  if (bucket == nullptr) bucket = &buckets_.add(key, TokenBucket(kBurst, kPerSecond, now));
  bucket->take(now);
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
