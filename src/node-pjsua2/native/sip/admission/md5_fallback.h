// For phones that give up when they are offered an algorithm they do not know along with one they do (baresip 1.0
// does): they start again some time later and are then offered MD5 alone. Anyone may have sent such requests, so this
// is a guess until it is answered, and the opposite is tried next. Not thread-safe: its owner does the locking.
#pragma once

#include <cstddef>
#include <string>

#include "sip/admission/rate_limit.h"

namespace np {

class Md5Fallback {
 public:
  // A REGISTER without a digest answer, from where the phone is not registered. True when this one shows that its
  // sender needs MD5 alone, because it gave up on an earlier challenge to the same registration.
  bool registers(const std::string& who, const std::string& callId, int cseq) {
    Attempt& last = attempts_.findOrAdd(who, {});
    // A retransmission has the old number.
    const bool isGivenUp = last.callId == callId && cseq > last.cseq;
    last.callId = callId;
    last.cseq = cseq;
    if (!isGivenUp) return false;
    last.needsMd5 = !needsMd5(who);
    if (bool* proven = proven_.find(who)) *proven = last.needsMd5;
    return last.needsMd5;
  }

  // The phone answers what it is offered.
  void answered(const std::string& who) {
    if (Attempt* last = attempts_.find(who)) last->callId.clear();
  }

  // The phone has given a correct answer, so what it needs is no longer a guess and cannot be pushed out by strangers'
  // inventions.
  void accepted(const std::string& who) {
    if (needsMd5(who)) proven_.findOrAdd(who, true);
  }

  bool needsMd5(const std::string& who) {
    if (const bool* proven = proven_.find(who)) return *proven;
    const Attempt* last = attempts_.find(who);
    return last != nullptr && last->needsMd5;
  }

 private:
  struct Attempt {
    std::string callId;
    int cseq = 0;
    bool needsMd5 = false;
  };

  static constexpr std::size_t kept = 4096;
  RecentlyUsed<Attempt> attempts_{kept};
  RecentlyUsed<bool> proven_{kept};
};

}  // namespace np
