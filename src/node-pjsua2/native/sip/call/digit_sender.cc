#include "sip/call/digit_sender.h"

#include "base/errors.h"
#include "base/pj.h"
#include "core/endpoint.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace np {
namespace {

// Per key, beyond its duration: the rounding to packets, the repeated end packets, and the pause before the next.
constexpr unsigned keyOverheadMs = 120;

pj_status_t sendOneInfo(pjsua_call_id id, char digit, unsigned durationMs) {
  const std::string body = std::string("Signal=") + digit + "\r\nDuration=" + std::to_string(durationMs) + "\r\n";
  const std::string type = "application/dtmf-relay";
  const std::string method = "INFO";
  pjsua_msg_data message;
  pjsua_msg_data_init(&message);
  message.content_type = borrow(type);
  message.msg_body = borrow(body);
  const pj_str_t name = borrow(method);
  return pjsua_call_send_request(id, &name, &message);
}

}  // namespace

void DigitSender::sendEvents(Serial call, pjsua_call_id id, const std::string& digits, unsigned durationMs,
                             Serial request) {
  pjsua_call_send_dtmf_param param;
  pjsua_call_send_dtmf_param_default(&param);
  param.method = PJSUA_DTMF_METHOD_RFC2833;
  param.duration = durationMs;
  param.digits = borrow(digits);
  check(pjsua_call_send_dtmf(id, &param), "pjsua_call_send_dtmf");
  Endpoint::current()->conference.beginKeys(call);
  const std::chrono::milliseconds time(digits.size() * (durationMs + keyOverheadMs));
  eventsUntil_ = std::max(eventsUntil_, std::chrono::steady_clock::now()) + time;
  Endpoint::current()->watch.settleAt(eventsUntil_, request, call);
}

void DigitSender::sendInfo(pjsua_call_id id, const std::string& digits, unsigned durationMs, Serial request) {
  {
    const std::lock_guard lock(mutex_);
    if (job_.request != 0) throw InvalidState("earlier digits of this call are still being sent");
    job_ = {digits.substr(1), durationMs, request};
  }
  const pj_status_t status = sendOneInfo(id, digits[0], durationMs);
  if (status == PJ_SUCCESS) return;
  {
    const std::lock_guard lock(mutex_);
    job_ = {};
  }
  throw PjsipFailure(status, "pjsua_call_send_request");
}

// Releases the lock before it calls pjsua, which calls back.
void DigitSender::infoAnswered(pjsua_call_id id, unsigned status) {
  Job job;
  {
    const std::lock_guard lock(mutex_);
    job = std::exchange(job_, {});
    if (job.request != 0 && status / 100 == 2 && !job.digits.empty())
      job_ = {job.digits.substr(1), job.durationMs, job.request};
  }
  if (job.request == 0) return;
  if (status == 0) return settle(job.request, InvalidState("the call has ended"));
  if (status / 100 != 2) return settle(job.request, PjsipFailure(PJSIP_ERRNO_FROM_SIP_STATUS(status), "INFO"));
  if (job.digits.empty()) return settle(job.request);
  const pj_status_t sent = sendOneInfo(id, job.digits[0], job.durationMs);
  if (sent == PJ_SUCCESS) return;
  {
    const std::lock_guard lock(mutex_);
    job_ = {};
  }
  settle(job.request, PjsipFailure(sent, "pjsua_call_send_request"));
}

}  // namespace np
