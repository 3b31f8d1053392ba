// Sends keys to the other side of a call, by RFC 4733 telephone-events or SIP INFO.
#pragma once

#include "base/event.h"

#include <pjsua-lib/pjsua.h>

#include <chrono>
#include <mutex>
#include <string>

namespace np {

class DigitSender {
 public:
  // Telephone-events: queued in the stream, `request` is settled when their time, after that of those before them, is
  // over. Throws PjsipFailure when the other side does not take them, or when more than 32 wait. On the JavaScript
  // thread only.
  void sendEvents(Serial call, pjsua_call_id id, const std::string& digits, unsigned durationMs, Serial request);

  // INFO with application/dtmf-relay: one after the other, each when the one before was answered. Throws InvalidState
  // while an earlier request is under way, PjsipFailure when the first cannot be sent.
  void sendInfo(pjsua_call_id id, const std::string& digits, unsigned durationMs, Serial request);

  // An INFO of ours was answered (status of SIP; 0: the call is over).
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
