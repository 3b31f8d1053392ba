// Lets a request pass that carries a right digest answer, and answers every other one itself.
#pragma once

#include <pjsip.h>

#include <mutex>
#include <optional>
#include <string>

#include "sip/authenticator.h"
#include "sip/rate_limit.h"
#include "sip/rejections.h"

namespace np {

// Thread-safe.
class Gate {
 public:
  explicit Gate(Rejections& rejections) : rejections_(rejections) {}

  // The user who sent the request; nothing when it was answered or dropped here.
  std::optional<std::string> authenticated(pjsip_rx_data* request, Authenticator& authenticator);

 private:
  void settle(Verdict verdict, pjsip_rx_data* request, Authenticator& authenticator, const std::string& username);
  void challenge(pjsip_rx_data* request, Authenticator& authenticator, bool stale);
  bool mayGuess(const std::string& guesser);
  void countGuess(const std::string& guesser);

  Rejections& rejections_;
  std::mutex mutex_;
  GuessLimit guesses_;
};

}  // namespace np
