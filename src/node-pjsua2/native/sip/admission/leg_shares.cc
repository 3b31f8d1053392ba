#include "sip/admission/leg_shares.h"

#include <algorithm>
#include <utility>

namespace np {
namespace {

constexpr std::size_t leastShare = 4;
// Simultaneous emergency calls that a source may make beyond its share.
constexpr std::size_t emergencyShare = 4;

}  // namespace

LegShares::Share LegShares::ofUser() const {
  return {std::max(leastShare, maxLegs_ / 50), std::max(leastShare, maxLegs_ / 4)};
}

LegShares::Share LegShares::ofTrunk() const {
  return {std::max(leastShare, maxLegs_ / 10), std::max(leastShare, maxLegs_ / 2)};
}

bool LegShares::roomFor(std::size_t legs, Urgency urgency) const {
  const std::size_t reserve = urgency == Urgency::emergency ? 0 : maxLegs_ / 32;
  return legs < maxLegs_ - reserve;
}

bool LegShares::mayEnter(const std::string& source, const Share& share, std::size_t legs, Urgency urgency) const {
  const std::size_t extra = urgency == Urgency::emergency ? emergencyShare : 0;
  const std::lock_guard lock(mutex_);
  const auto found = counts_.find(source);
  if (found == counts_.end()) return true;
  const Count& count = found->second;
  if (!roomFor(legs, Urgency::usual) && count.emergency > 0) return false;
  return count.halfOpen < share.halfOpen + extra && count.all < share.all + extra;
}

std::unique_ptr<LegShares::Leg> LegShares::enter(std::string source, Urgency urgency) {
  {
    const std::lock_guard lock(mutex_);
    Count& count = counts_[source];
    ++count.halfOpen;
    ++count.all;
    if (urgency == Urgency::emergency) ++count.emergency;
  }
  return std::make_unique<Leg>(*this, std::move(source), urgency);
}

void LegShares::Leg::acknowledged() {
  if (std::exchange(halfOpen_, false)) shares_.leaveHalfOpen(source_);
}

void LegShares::leaveHalfOpen(const std::string& source) {
  const std::lock_guard lock(mutex_);
  --counts_[source].halfOpen;
}

void LegShares::leave(const std::string& source, Urgency urgency, bool halfOpen) {
  const std::lock_guard lock(mutex_);
  Count& count = counts_[source];
  if (halfOpen) --count.halfOpen;
  if (urgency == Urgency::emergency) --count.emergency;
  if (--count.all == 0) counts_.erase(source);
}

}  // namespace np
