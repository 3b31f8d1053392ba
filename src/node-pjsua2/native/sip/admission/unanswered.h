// Notices who is challenged again and again and never answers, which is all one sees of a phone that does not know the
// algorithms offered. Not thread-safe: its owner does the locking.
#pragma once

#include <cstddef>
#include <string>

#include "sip/admission/rate_limit.h"

namespace np {

class Unanswered {
 public:
  // True when this is one challenge too many.
  bool challenged(const std::string& who) { return ++times_.findOrAdd(who, 0) >= patience; }

  void answered(const std::string& who) {
    if (unsigned* times = times_.find(who)) *times = 0;
  }

 private:
  // A request and its retransmissions count once or twice.
  static constexpr unsigned patience = 4;
  static constexpr std::size_t kept = 1024;
  RecentlyUsed<unsigned> times_{kept};
};

}  // namespace np
