// Sends keys to the other side of a call as RFC 4733 telephone-events or SIP INFO.
#pragma once

#include "base/event.h"

#include <pjsua-lib/pjsua.h>

#include <chrono>
#include <mutex>
#include <string>

namespace np {

class DigitSender {
 public:
  // Queues telephone-events in the stream and settles `request` when the time they take, after those queued before, is
  // over. Throws PjsipFailure when the other side does not accept them, or when more than 32 are waiting. JavaScript
  // thread only.
  void sendEvents(Serial call, pjsua_call_id id, const std::string& digits, unsigned durationMs, Serial request);

  // Sends INFO requests with application/dtmf-relay one at a time, each when the previous one was answered. Throws
  // InvalidState while an earlier request is under way, PjsipFailure when the first cannot be sent.
  void sendInfo(pjsua_call_id id, const std::string& digits, unsigned durationMs, Serial request);

  // An INFO of ours was answered with this SIP status; 0: the call is over.
  void infoAnswered(pjsua_call_id id, unsigned status);

 private:
  struct Job {
    std::string digits;  // still to be sent
    unsigned durationMs = 0;
    Serial request = 0;  // 0: nothing under way
  };

  std::chrono::steady_clock::time_point eventsUntil_{};  // when the stream has sent all that was queued

  std::mutex mutex_;
  Job job_;
};

}  // namespace np
