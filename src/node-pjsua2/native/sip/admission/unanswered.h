// Who is challenged again and again and never answers: a phone that does not know the algorithms that are offered does
// nothing else, and says nothing about it. Not thread-safe: its owner locks.
#pragma once

#include <cstddef>
#include <string>

#include "sip/admission/rate_limit.h"

namespace np {

class Unanswered {
 public:
  // True when this is one time too many.
  bool challenged(const std::string& who) {
    unsigned* times = times_.find(who);
    if (times == nullptr) times = &times_.add(who, 0);
    return ++*times >= patience;
  }

  void answered(const std::string& who) {
    if (unsigned* times = times_.find(who)) *times = 0;
  }

 private:
  // A request and its repetitions count once or twice.
  static constexpr unsigned patience = 4;
  static constexpr std::size_t kept = 1024;
  RecentlyUsed<unsigned> times_{kept};
};

}  // namespace np
