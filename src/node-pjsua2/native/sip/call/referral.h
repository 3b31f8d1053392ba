// What the other side of a call is to be told of the transfer that it asked for (RFC 3515).
#pragma once

#include <mutex>
#include <optional>
#include <string>

namespace np {

// Thread-safe.
class Referral {
 public:
  // False while another is under way. `wanted`: whether to tell how it goes (RFC 4488).
  bool begin(int cseq, bool wanted) {
    const std::lock_guard lock(mutex_);
    if (underWay_) return false;
    underWay_ = true;
    wanted_ = wanted;
    event_ = hadOne_ ? "refer;id=" + std::to_string(cseq) : "refer";
    hadOne_ = true;
    return true;
  }

  // The Event of the next NOTIFY; nothing where none is to be sent. `isFinal`: the last one.
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
