// Phones that give up when they are offered an algorithm that they do not know beside one that they know (baresip 1.0
// does): they begin anew some time later, and are offered MD5 alone then. Not thread-safe: its owner locks.
#pragma once

#include <cstddef>
#include <string>

#include "sip/admission/rate_limit.h"

namespace np {

class Md5Fallback {
 public:
  // A REGISTER without an answer. True when who sent it is found out just now: a challenge to the same registration was
  // given up before.
  bool registers(const std::string& who, const std::string& callId, int cseq) {
    Attempt* last = attempts_.find(who);
    if (last == nullptr) last = &attempts_.add(who, {});
    if (last->needsMd5) return false;
    // One that is repeated has its old number.
    last->needsMd5 = last->callId == callId && cseq > last->cseq;
    last->callId = callId;
    last->cseq = cseq;
    return last->needsMd5;
  }

  void answered(const std::string& who) {
    if (Attempt* last = attempts_.find(who)) last->callId.clear();
  }

  bool needsMd5(const std::string& who) {
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
};

}  // namespace np
