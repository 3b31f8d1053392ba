// Lets a request pass that carries a right digest answer, and answers every other one itself.
#pragma once

#include <pjsip.h>

#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "sip/authentication/authenticator.h"
#include "sip/admission/md5_fallback.h"
#include "sip/admission/rate_limit.h"
#include "sip/admission/rejections.h"
#include "sip/admission/unanswered.h"

namespace np {

// Thread-safe.
class Gate {
 public:
  // Whether this user's phone is known to be at this place.
  using IsAt = std::function<bool(const std::string& username, const Source& source)>;

  explicit Gate(Rejections& rejections) : rejections_(rejections) {}

  // The user who sent the request; nothing when it was answered here. Wrong answers from elsewhere never keep out a phone that is
  // registered: what comes from its own address and port is judged whatever others have tried.
  std::optional<std::string> authenticated(pjsip_rx_data* request, Authenticator& authenticator, const IsAt& isAt);

 private:
  bool mayTry(const DigestAnswer& answer, const Source& source, const Authenticator& authenticator, const IsAt& isAt);
  void settle(Verdict verdict, pjsip_rx_data* request, Authenticator& authenticator, const std::string& username);
  void challenge(pjsip_rx_data* request, Authenticator& authenticator, bool stale);
  void countUnanswered(pjsip_rx_data* request, const Authenticator& authenticator);
  void countAnswered(const std::string& who);
  std::vector<DigestAlgorithm> offeredIn(pjsip_rx_data* request, const Authenticator& authenticator);

  Rejections& rejections_;
  std::mutex mutex_;
  GuessLimit guesses_;
  Unanswered unanswered_;
  Md5Fallback md5Fallback_;
};

}  // namespace np
