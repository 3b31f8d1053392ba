// Phones that give up when they are offered an algorithm that they do not know beside one that they know (baresip 1.0
// does): they begin anew some time later, and are offered MD5 alone then. Anybody may have sent what looks so: it is a
// guess until it is answered, and the opposite is tried next. Not thread-safe: its owner locks.
#pragma once

#include <cstddef>
#include <string>

#include "sip/admission/rate_limit.h"

namespace np {

class Md5Fallback {
 public:
  // A REGISTER without an answer, of a phone that is not registered where it comes from. True when it is found out just
  // now that its sender needs MD5 alone: a challenge to the same registration was given up before.
  bool registers(const std::string& who, const std::string& callId, int cseq) {
    Attempt* last = attempts_.find(who);
    if (last == nullptr) last = &attempts_.add(who, {});
    // One that is repeated has its old number.
    const bool isGivenUp = last->callId == callId && cseq > last->cseq;
    last->callId = callId;
    last->cseq = cseq;
    if (!isGivenUp) return false;
    last->needsMd5 = !needsMd5(who);
    if (bool* proven = proven_.find(who)) *proven = last->needsMd5;
    return last->needsMd5;
  }

  // It answers what it is offered.
  void answered(const std::string& who) {
    if (Attempt* last = attempts_.find(who)) last->callId.clear();
  }

  // It has given the right answer: what it needs is no guess any more, and no stranger's inventions push it out.
  void accepted(const std::string& who) {
    if (needsMd5(who) && proven_.find(who) == nullptr) proven_.add(who, true);
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
