// Lets requests with a correct digest answer pass and answers all others itself.
#pragma once

#include <pjsip.h>

#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "sip/admission/md5_fallback.h"
#include "sip/admission/rate_limit.h"
#include "sip/admission/rejections.h"
#include "sip/admission/unanswered.h"
#include "sip/authentication/authenticator.h"

namespace np {

// Whether the sender of a request answers a challenge that we sent to their address, which only someone reached there
// can do.
enum class Reached { never, before, now };

// Thread-safe.
class Gate {
 public:
  // Whether this user's phone is known to be there.
  using IsAt = std::function<bool(const std::string& username, const Source& source)>;

  explicit Gate(Rejections& rejections) : rejections_(rejections) {}

  // Reached::now means that the answer will be checked, whatever else comes from there. Costs no more than looking at
  // the nonce.
  Reached reachedBy(const pjsip_rx_data* request, const Authenticator& authenticator, const IsAt& isAt);

  // The user who sent the request; nothing when it was answered here. Wrong answers from elsewhere never lock out a
  // registered phone: what comes from its own address and port is checked whatever others have tried.
  std::optional<std::string> authenticated(pjsip_rx_data* request, Authenticator& authenticator, const IsAt& isAt);

 private:
  // Whether an answer to a fresh nonce may be checked.
  bool mayTry(const DigestAnswer& answer, const Source& source, const Authenticator& authenticator, const IsAt& isAt);
  void settle(Verdict verdict, pjsip_rx_data* request, Authenticator& authenticator, const std::string& username);
  void challenge(pjsip_rx_data* request, Authenticator& authenticator, bool stale);
  void countWrong(const DigestAnswer& answer, const Source& source, const Authenticator& authenticator);
  void countUnanswered(pjsip_rx_data* request, const Authenticator& authenticator, const IsAt& isAt);
  void countAnswered(const std::string& user, const pjsip_rx_data* request);
  std::vector<DigestAlgorithm> offeredIn(pjsip_rx_data* request, const Authenticator& authenticator);

  Rejections& rejections_;
  std::mutex mutex_;
  GuessLimit guesses_;
  // Where each user has authenticated before, with an allowance for wrong answers from there, so that a phone that is
  // not registered at the moment is not locked out by what others behind the same address try.
  static constexpr std::size_t places = 4096;
  RecentlyUsed<Allowance> places_{places};
  Unanswered unanswered_;
  Md5Fallback md5Fallback_;
};

}  // namespace np
