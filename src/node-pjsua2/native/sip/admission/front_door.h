// Decides which requests get any attention, before PJSIP's transactions and dialogs answer strangers by themselves.
#pragma once

#include <pjsip.h>

#include <mutex>

#include "sip/admission/callers.h"
#include "sip/admission/rate_limit.h"
#include "sip/admission/rejections.h"

namespace np {

// Thread-safe. Whoever answers a challenge sent to their address, or calls from a known one, always gets in; what
// others send from there, or forge, has separate limits.
class FrontDoor {
 public:
  FrontDoor(Callers& callers, Rejections& rejections) : callers_(callers), rejections_(rejections) {}

  // False when the request has been dealt with, mostly by ignoring it.
  bool admit(pjsip_rx_data* request);

  // A registered phone behind a NAT, or one that has connected to us over TLS, is reached only where its messages come
  // from: the Contact of the first leads nowhere, and the second may not listen at all, and shows a certificate that
  // nobody knows. So that is where the requests of its calls go, whatever its Contact says.
  void keepToSource(pjsip_rx_data* message) const;

  // Whether a request that cannot be parsed gets an answer.
  bool mayAnswer(const Source& source);

 private:
  bool admitToDialog(pjsip_rx_data* request);
  AnswerLimit::Size sizeOfAnswer(const pjsip_rx_data* request);

  Callers& callers_;
  Rejections& rejections_;
  std::mutex mutex_;
  AnswerLimit strangers_;
  AnswerLimit returning_;
  DialogLimit dialogs_;
};

// Sets the module in whose slot a request records that its challenge is to be brief.
void keepBrevityAt(int moduleId);
bool isToBeBrief(const pjsip_rx_data* request);

}  // namespace np
