// What is looked at at all of what comes in, before PJSIP's transactions and dialogs answer strangers by themselves.
#pragma once

#include <pjsip.h>

#include <mutex>

#include "sip/admission/callers.h"
#include "sip/admission/rate_limit.h"
#include "sip/admission/rejections.h"

namespace np {

// Thread-safe. Whoever answers a challenge that was sent to their address, or calls from where they are known, always
// gets in; what others send from there, or forge, has limits of its own.
class FrontDoor {
 public:
  FrontDoor(Callers& callers, Rejections& rejections) : callers_(callers), rejections_(rejections) {}

  // False: the request is dealt with, mostly by silence.
  bool admit(pjsip_rx_data* request);

  // Whether a request that cannot be read gets an answer.
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

// Where a request keeps that its challenge is to be short: the module's place in it.
void keepBrevityAt(int moduleId);
bool isToBeBrief(const pjsip_rx_data* request);

}  // namespace np
