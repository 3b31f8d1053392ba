#include "sip/call/call.h"

#include "base/guard.h"
#include "base/pj.h"
#include "core/endpoint.h"
#include "core/pjsua_internals.h"
#include "media/rtp/media_peer.h"
#include "sip/call/held_call.h"
#include "sip/message/message_data.h"

#include <memory>

namespace np {
namespace {

constexpr unsigned offerPauseMs = 20;

// The length of a packet.
constexpr unsigned soundPauseMs = 20;

// One audio stream and nothing else: by default pjsua would add real-time text.
pjsua_call_setting audioOnly(const Call& call) {
  pjsua_call_setting setting;
  pjsua_call_setting_default(&setting);
  setting.aud_cnt = 1;
  setting.vid_cnt = 0;
  setting.txt_cnt = 0;
  if (call.urgent) setting.flag |= PJSUA_CALL_ANY_RTP_PORT;
  return setting;
}

// The call can end between our check and pjsua's.
void checkCall(pj_status_t status, const char* operation) {
  if (status == PJSIP_ESESSIONTERMINATED) throw InvalidState("the call has ended");
  check(status, operation);
}

void hangUpWith(pjsua_call_id id, unsigned status, const std::string& reason, const Headers& headers) {
  const MessageData message(headers);
  const pj_str_t text = borrow(reason);
  const pj_status_t done = pjsua_call_hangup(id, status, reason.empty() ? nullptr : &text, message.get());
  if (done != PJSIP_ESESSIONTERMINATED) check(done, "pjsua_call_hangup");
}

void answerWith(const Call& call, pjsua_call_id id, unsigned status, const pjsua_msg_data* message) {
  const pjsua_call_setting setting = audioOnly(call);
  checkCall(pjsua_call_answer2(id, &setting, status, nullptr, message), "pjsua_call_answer2");
}

// While an offer waits for its answer, PJSIP would drop a new one and send the old one again.
bool isNegotiating(pjsip_dialog* dialog) {
  const pjsip_inv_session* session = pjsip_dlg_get_inv_session(dialog);
  return session != nullptr &&
         (session->invite_tsx != nullptr ||
          (session->neg != nullptr && pjmedia_sdp_neg_get_state(session->neg) != PJMEDIA_SDP_NEG_STATE_DONE));
}

pj_status_t sendHold(pjsua_call_id id) { return pjsua_call_set_hold2(id, 0, nullptr); }
pj_status_t sendResume(pjsua_call_id id) { return pjsua_call_reinvite(id, PJSUA_CALL_UNHOLD, nullptr); }
pj_status_t sendSame(pjsua_call_id id) { return pjsua_call_reinvite(id, 0, nullptr); }

}  // namespace

std::shared_ptr<Call> Call::of(pjsua_call_id id) {
  Endpoint* endpoint = Endpoint::current();
  if (endpoint == nullptr) return nullptr;
  const auto serial = reinterpret_cast<std::uintptr_t>(pjsua_call_get_user_data(id));
  auto call = endpoint->calls.find(serial);
  // pjsua_call_make_call calls back before it has returned the number.
  if (call && call->id_ == PJSUA_INVALID_ID) call->id_ = id;
  return call;
}

std::shared_ptr<Call> Call::dial(const OutgoingCall& options) {
  Endpoint& endpoint = Endpoint::require();
  if (!endpoint.legShares.roomFor(endpoint.calls.size(), options.urgency)) throw PjsipFailure(PJ_ETOOMANY, "call");
  const auto call = std::make_shared<Call>(nextSerial(), true, options.encryption, options.codecs);
  if (options.urgency == Urgency::emergency) call->urgent = endpoint.events.hurry(call->serial);
  endpoint.calls.add(call->serial, call);
  Headers headers = options.headers;
  if (options.maxForwards) headers.emplace_back("Max-Forwards", std::to_string(*options.maxForwards));
  const MessageData message(headers, options.localUri);
  const pj_str_t to = borrow(options.to);
  pjsua_call_id id = PJSUA_INVALID_ID;
  const pjsua_call_setting setting = audioOnly(*call);
  const auto send = [&] {
    return pjsua_call_make_call(options.account, &to, &setting, reinterpret_cast<void*>(call->serial), message.get(),
                                &id);
  };
  const pj_status_t status = options.sessionTimer ? send() : withoutSessionTimer(options.account, send);
  if (status != PJ_SUCCESS) {
    call->end();
    endpoint.calls.remove(call->serial);
    throw PjsipFailure(status, "pjsua_call_make_call");
  }
  call->id_ = id;
  return call;
}

pjsua_call_id Call::id() const {
  if (ended_) throw InvalidState("the call has ended");
  return id_;
}

void Call::signalledFrom(const pj_sockaddr& source) {
  const std::lock_guard lock(signallingMutex_);
  signalling_ = source;
}

bool Call::signalsFrom(const pj_sockaddr& host) const {
  const std::lock_guard lock(signallingMutex_);
  return sameHost(signalling_, host);
}

void Call::progress(unsigned status, bool media) {
  const HeldCall held(*this);
  // Our SDP first goes out in a 183; a 180 after it repeats it.
  if (media && status != PJSIP_SC_PROGRESS) answerWith(*this, held.id(), PJSIP_SC_PROGRESS, nullptr);
  answerWith(*this, held.id(), status, nullptr);
}

void Call::answer(const Headers& headers) {
  const MessageData message(headers);
  const HeldCall held(*this);
  answerWith(*this, held.id(), PJSIP_SC_OK, message.get());
}

void Call::unlessOver(const std::function<void(pjsua_call_id)>& action) const {
  try {
    const HeldCall held(*this);
    action(held.id());
  } catch (const InvalidState&) {
    // It has already ended, which is what the caller wanted.
  }
}

void Call::reject(unsigned status, const std::string& reason, const Headers& headers) {
  unlessOver([&](pjsua_call_id id) { hangUpWith(id, status, reason, headers); });
}

void Call::hangUp(unsigned status, const std::string& reason) {
  Headers headers;
  if (!reason.empty()) headers.emplace_back("Reason", reason);
  unlessOver([&](pjsua_call_id id) { hangUpWith(id, status, {}, headers); });
}

void Call::awaitSound() {
  if (!listening_.exchange(true)) listen();
}

// Polls, because the media thread, on which packets arrive, reports nothing.
void Call::listen() {
  pjsua_call_info info;
  if (ended_ || pjsua_call_get_info(id_, &info) != PJ_SUCCESS || info.state != PJSIP_INV_STATE_EARLY) return;
  if (rtp->presence.wasHeard()) {
    Endpoint::current()->events.pushEssential({"heard", serial, {}});
    return;
  }
  constexpr auto again = [](void* serial) {
    Endpoint* endpoint = Endpoint::current();
    const auto call = endpoint == nullptr ? nullptr : endpoint->calls.find(reinterpret_cast<std::uintptr_t>(serial));
    if (call) call->listen();
  };
  pjsua_schedule_timer2(guarded<again>, reinterpret_cast<void*>(serial), soundPauseMs);
}

void Call::hold(Serial request) { offer({request, "pjsua_call_set_hold2", sendHold}); }
void Call::resume(Serial request) { offer({request, "pjsua_call_reinvite", sendResume}); }
void Call::reinvite(Serial request) { offer({request, "pjsua_call_reinvite", sendSame}); }

void Call::offer(const Offer& offer) {
  (void)id();
  Serial none = 0;
  if (!offerRequest_.compare_exchange_strong(none, offer.request))
    throw InvalidState("another change of this call's media is under way");
  offer_ = offer;
  try {
    checkCall(send(offer), offer.operation);
  } catch (...) {
    offerRequest_ = 0;
    throw;
  }
}

// On PJSIP's thread.
void Call::offerAgain(const Offer& offer) {
  if (offerRequest_ != offer.request) return;  // the call has ended
  try {
    checkCall(send(offer), offer.operation);
  } catch (const InvalidState&) {
    offerLost();
  } catch (const PjsipFailure& failure) {
    if (offerRequest_.exchange(0) == offer.request) settle(offer.request, failure);
  }
}

// No offer of ours may begin while another waits for its answer or ACK (RFC 3261, 14.1), whether it is the other side's
// or one that PJSIP sends by itself to refresh the session or to agree on one codec.
pj_status_t Call::send(const Offer& offer) {
  const HeldCall held(*this);
  isOffering_ = true;
  const pj_status_t status = isNegotiating(held.dialog()) ? PJ_EINVALIDOP : offer.send(held.id());
  isOffering_ = false;
  if (status != PJ_EINVALIDOP || offer.tries == 0) return status;
  Offer next = offer;
  --next.tries;
  return sendLater(next, offerPauseMs);
}

pj_status_t Call::sendLater(const Offer& offer, unsigned pauseMs) {
  struct Later {
    Serial call;
    Offer offer;
  };
  auto later = std::make_unique<Later>(Later{serial, offer});
  constexpr auto again = [](void* data) {
    const std::unique_ptr<Later> later(static_cast<Later*>(data));
    Endpoint* endpoint = Endpoint::current();
    if (const auto call = endpoint == nullptr ? nullptr : endpoint->calls.find(later->call))
      call->offerAgain(later->offer);
  };
  const pj_status_t status = pjsua_schedule_timer2(guarded<again>, later.get(), pauseMs);
  if (status == PJ_SUCCESS) (void)later.release();
  return status;
}

// Ignores offers that PJSIP makes by itself, but follows ours when it is sent again after a challenge.
void Call::offerSent(const pjsip_transaction* transaction) {
  if (isOffering_ || offerTransaction_ != nullptr) offerTransaction_ = transaction;
}

void Call::offerAnswered(const pjsip_transaction* transaction) {
  // The INVITE that began the call may be ending just as the first change is requested, and must not be taken for it.
  if (offerTransaction_ != transaction) return;
  offerTransaction_ = nullptr;
  if (offerRequest_ == 0) return;
  if (transaction->status_code == PJSIP_SC_REQUEST_PENDING && offerAfterGlare()) return;
  const Serial request = offerRequest_.exchange(0);
  if (request == 0) return;
  if (transaction->status_code / 100 == 2)
    settle(request);
  else
    settle(request, PjsipFailure(PJSIP_ERRNO_FROM_SIP_STATUS(transaction->status_code), "re-INVITE"));
}

// Both sides offered at once. The caller waits longer, so that the two do not collide again (RFC 3261, 14.1).
bool Call::offerAfterGlare() {
  if (offer_.glares == 0) return false;
  --offer_.glares;
  constexpr unsigned unitMs = 10, shortest = 210, longest = 400, longestOfCallee = 200;
  const auto roll = static_cast<unsigned>(pj_rand());
  const unsigned units = isDialled_ ? shortest + roll % (longest - shortest + 1) : roll % (longestOfCallee + 1);
  return sendLater(offer_, units * unitMs) == PJ_SUCCESS;
}

void Call::offerLost() {
  if (const Serial request = offerRequest_.exchange(0); request != 0)
    settle(request, InvalidState("the call has ended"));
}

}  // namespace np
