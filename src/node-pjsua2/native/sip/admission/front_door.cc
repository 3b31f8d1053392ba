#include "sip/admission/front_door.h"

#include <string>

#include "base/pj.h"
#include "sip/message/message.h"

namespace np {
namespace {

using Size = AnswerLimit::Size;

constexpr const char* retryAfter = "5";  // s

int slot = -1;
char brief;

// The sender of a request within one of our dialogs knows the tag that we gave it.
bool isWithinDialog(const pjsip_rx_data* request) {
  const pj_str_t& ours = request->msg_info.to->tag;
  if (ours.slen == 0) return false;
  return pjsip_ua_find_dialog(&request->msg_info.cid->id, &ours, &request->msg_info.from->tag, PJ_FALSE) != nullptr;
}

// Whether the request is one that we challenge, and longer than the brief challenge, so that nobody gains by forging
// addresses. What phones send is longer than this.
bool mayBeChallengedBriefly(const pjsip_rx_data* request) {
  constexpr int least = 300;
  const pjsip_method_e method = request->msg_info.msg->line.req.method.id;
  return request->msg_info.len >= least && (method == PJSIP_REGISTER_METHOD || method == PJSIP_INVITE_METHOD);
}

// Its Contact is somebody else's (RFC 3261, 21.3).
bool isRedirect(const pjsip_rx_data* message) {
  const pjsip_msg* parsed = message->msg_info.msg;
  return parsed->type == PJSIP_RESPONSE_MSG && parsed->line.status.code / 100 == 3;
}

}  // namespace

void FrontDoor::keepToSource(pjsip_rx_data* message) const {
  if (isRedirect(message)) return;
  const bool isSecure = (message->tp_info.transport->flag & PJSIP_TRANSPORT_SECURE) != 0;
  if ((isSecure || isContactElsewhere(message)) && callers_.isPhone(sourceOf(message))) contactAtSource(message);
}

bool FrontDoor::admit(pjsip_rx_data* request) {
  keepAnswerAtSource(request);
  if (request->msg_info.msg->line.req.method.id != PJSIP_REGISTER_METHOD) keepToSource(request);
  if (request->msg_info.msg->line.req.method.id == PJSIP_ACK_METHOD) return true;
  if (isWithinDialog(request)) return admitToDialog(request);
  const Size size = sizeOfAnswer(request);
  if (size == Size::none) {
    rejections_.report("overload", methodOf(request), sourceOf(request));
    return false;
  }
  request->endpt_info.mod_data[slot] = size == Size::brief ? &brief : nullptr;
  return true;
}

// Whoever holds a challenge of ours was reached at that address, so forged requests do not use up their allowance.
Size FrontDoor::sizeOfAnswer(const pjsip_rx_data* request) {
  const Source source = sourceOf(request);
  const Reached reached = callers_.reachedBy(request);
  if (reached == Reached::now) return Size::full;
  const bool known = callers_.isKnown(source);
  const bool mayBeBrief = mayBeChallengedBriefly(request);
  const std::lock_guard lock(mutex_);
  AnswerLimit& limit = reached == Reached::before ? returning_ : strangers_;
  const Size size = limit.sizeOf(source.address, source.port, mayBeBrief, Clock::now());
  return known && size == Size::none ? Size::brief : size;
}

bool FrontDoor::mayAnswer(const Source& source) {
  if (callers_.isKnown(source)) return true;
  const std::lock_guard lock(mutex_);
  return strangers_.sizeOf(source.address, source.port, false, Clock::now()) == Size::full;
}

// A flood within a call is refused request by request; the call itself goes on.
bool FrontDoor::admitToDialog(pjsip_rx_data* request) {
  const pjsip_method_e method = request->msg_info.msg->line.req.method.id;
  const bool ends = method == PJSIP_BYE_METHOD || method == PJSIP_CANCEL_METHOD;
  const Source source = sourceOf(request);
  {
    const std::lock_guard lock(mutex_);
    if (dialogs_.admit(copy(request->msg_info.to->tag), source.address, ends, Clock::now())) return true;
  }
  rejections_.report("overload", methodOf(request), source);
  ExtraHeaders headers(request->tp_info.pool);
  headers.add("Retry-After", retryAfter);
  // Not 503, on which some would leave us for good (RFC 3263, 4.3).
  respondStateless(request, PJSIP_SC_INTERNAL_SERVER_ERROR, &headers);
  return false;
}

void keepBrevityAt(int moduleId) { slot = moduleId; }

bool isToBeBrief(const pjsip_rx_data* request) { return slot >= 0 && request->endpt_info.mod_data[slot] == &brief; }

}  // namespace np
