// What to report to the other side of a call about the transfer that it requested (RFC 3515).
#pragma once

#include <mutex>
#include <optional>
#include <string>

namespace np {

// Thread-safe.
class Referral {
 public:
  // False while another is under way. `wanted`: whether to report its progress (RFC 4488).
  bool begin(int cseq, bool wanted) {
    const std::lock_guard lock(mutex_);
    if (underWay_) return false;
    underWay_ = true;
    wanted_ = wanted;
    event_ = hadOne_ ? "refer;id=" + std::to_string(cseq) : "refer";
    hadOne_ = true;
    return true;
  }

  // The Event header of the next NOTIFY; nothing when none is to be sent. `isFinal`: this is the last one.
  std::optional<std::string> report(bool isFinal) {
    const std::lock_guard lock(mutex_);
    const bool told = underWay_ && wanted_;
    if (isFinal) underWay_ = false;
    return told ? std::optional(event_) : std::nullopt;
  }

 private:
  std::mutex mutex_;
  bool underWay_ = false;
  bool wanted_ = false;
  bool hadOne_ = false;
  std::string event_;
};

}  // namespace np
