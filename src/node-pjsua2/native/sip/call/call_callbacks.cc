// Turns what PJSIP reports about calls into events. All of this runs on PJSIP's threads, or inside our own calls into
// pjsua.
#include "base/guard.h"
#include "base/pj.h"
#include "bridge/leg_transport.h"
#include "bridge/media_transport.h"
#include "core/endpoint.h"
#include "core/hooks.h"
#include "core/pjsua_internals.h"
#include "sip/call/call.h"
#include "sip/call/call_end.h"
#include "sip/call/call_media.h"
#include "sip/call/incoming.h"
#include "sip/call/key_events.h"
#include "sip/call/media_protection.h"
#include "sip/message/sdp_addresses.h"

namespace np {
namespace {

// Events of one call that JavaScript has not fetched yet.
constexpr std::size_t mostProgress = 32;

// Emergency calls that may wait for JavaScript once other events have filled the queue.
constexpr std::size_t emergencyReserve = 64;

void refuse(pjsua_call_id id, unsigned status) { pjsua_call_hangup(id, status, nullptr, nullptr); }

bool offersNames(pjsip_rx_data* invite) {
  const pjmedia_sdp_session* offer = pjsip_rdata_get_sdp_info(invite)->sdp;
  return offer != nullptr && !namesAddressesOnly(offer);
}

// An emergency call gets ports for its audio even if all that are meant for it are taken.
unsigned flagsFor(pjsip_rx_data* invite) {
  const auto origin = admittedOrigin(invite);
  return origin && origin->urgency == Urgency::emergency ? PJSUA_CALL_ANY_RTP_PORT : 0;
}

// No caller may be left in a call that JavaScript does not know about.
void onIncomingCall(pjsua_acc_id, pjsua_call_id id, pjsip_rx_data* invite) {
  Endpoint* endpoint = Endpoint::current();
  const auto origin = admittedOrigin(invite);
  if (!origin) return refuse(id, PJSIP_SC_FORBIDDEN);
  if (offersNames(invite)) return refuse(id, PJSIP_SC_NOT_ACCEPTABLE_HERE);
  const auto call = std::make_shared<Call>(nextSerial(), false, origin->encryption);
  call->assignId(id);
  call->signalledFrom(invite->pkt_info.src_addr);
  call->share = endpoint->legShares.enter(ownerOf(*origin), origin->urgency);
  *call->reached = origin->proven;
  call->identity.begin(invite);
  Fields fields = describeIncoming(invite, *origin);
  fields.emplace_back("call", call->serial);
  endpoint->calls.add(call->serial, call);
  pjsua_call_set_user_data(id, reinterpret_cast<void*>(call->serial));
  const bool isUrgent = origin->urgency == Urgency::emergency;
  if (isUrgent) call->urgent = endpoint->events.hurry(call->serial);
  if (endpoint->events.pushBounded({"incomingCall", 0, std::move(fields)},
                                   endpoint->options().eventCapacity + (isUrgent ? emergencyReserve : 0),
                                   isUrgent ? EventQueue::Turn::first : EventQueue::Turn::usual))
    return;
  call->end();
  endpoint->calls.remove(call->serial);
  refuse(id, PJSIP_SC_SERVICE_UNAVAILABLE);
}

// Cleans up after onIncomingCall() failed, however far it got.
void abandonIncoming(pjsua_acc_id, pjsua_call_id id, pjsip_rx_data*) {
  if (const auto call = Call::of(id)) {
    call->end();
    Endpoint::current()->calls.remove(call->serial);
  }
  refuse(id, PJSIP_SC_INTERNAL_SERVER_ERROR);
}

void onProgress(Call& call, const pjsip_event* event) {
  if (event->type != PJSIP_EVENT_TSX_STATE || event->body.tsx_state.tsx->role != PJSIP_ROLE_UAC) return;
  const pjsip_transaction* transaction = event->body.tsx_state.tsx;
  const bool received = event->body.tsx_state.type == PJSIP_EVENT_RX_MSG;
  const bool media = received && event->body.tsx_state.src.rdata->msg_info.msg->body != nullptr;
  Fields fields{{"status", transaction->status_code}, {"reason", copy(transaction->status_text)}, {"media", media}};
  Endpoint::current()->events.pushBounded({"progress", call.serial, std::move(fields)}, mostProgress);
  if (media) call.awaitSound();
}

void tellEnd(Call& call, pjsua_call_id id, const pjsip_event* event) {
  if (!call.end()) return;
  Endpoint* endpoint = Endpoint::current();
  endpoint->conference.remove(call.serial);
  call.offerLost();
  call.digitSender.infoAnswered(id, 0);
  endpoint->watch.nudge();
  endpoint->events.pushEssential({"ended", call.serial, describeEnd(id, event, call.reasonHeader)});
}

void onEnded(Call& call, pjsua_call_id id, const pjsip_event* event) {
  tellEnd(call, id, event);
  Endpoint::current()->calls.remove(call.serial);
}

// Essential, because a call would ring for ever if its answer went unnoticed.
void onConfirmed(const Call& call) {
  if (call.share) call.share->acknowledged();
  *call.reached = true;
  Endpoint::current()->events.pushEssential({"answered", call.serial, {}});
}

bool isMethod(const pjsip_transaction* transaction, const pjsip_method& method) {
  return pjsip_method_cmp(&transaction->method, &method) == 0;
}

bool negotiatesMedia(const pjsip_transaction* transaction) {
  return isMethod(transaction, *pjsip_get_invite_method()) || view(transaction->method.name) == "UPDATE";
}

bool isRefusal(const pjsip_msg* message) {
  return message->type == PJSIP_RESPONSE_MSG && message->line.status.code >= PJSIP_SC_MULTIPLE_CHOICES;
}

// How many identities of one call may wait. A number stays known once reported, so it is told where any were skipped.
constexpr std::size_t identitiesWaiting = 32;

// Reports the identity in a response or request before anything else in it, because who is there decides what is
// allowed.
void tellIdentity(Call& call, const pjsip_event* event) {
  if (event == nullptr || event->type != PJSIP_EVENT_TSX_STATE || event->body.tsx_state.type != PJSIP_EVENT_RX_MSG)
    return;
  pjsip_transaction* transaction = event->body.tsx_state.tsx;
  const pjsip_rx_data* message = event->body.tsx_state.src.rdata;
  const pjsip_dialog* dialog = pjsip_tsx_get_dlg(transaction);
  if (dialog == nullptr || !negotiatesMedia(transaction) || isRefusal(message->msg_info.msg)) return;
  EventQueue& events = Endpoint::current()->events;
  for (auto& fields : call.identity.newsIn(message, dialog->remote.info->uri))
    if (!events.pushBounded({"identified", call.serial, std::move(fields)}, identitiesWaiting))
      events.pushState({"identityMissed", call.serial, RemoteIdentity::missed()});
}

void onCallState(pjsua_call_id id, pjsip_event* event) {
  const auto call = Call::of(id);
  if (!call) return;
  tellIdentity(*call, event);
  pjsua_call_info info;
  if (pjsua_call_get_info(id, &info) != PJ_SUCCESS) return;
  switch (info.state) {
    case PJSIP_INV_STATE_EARLY:
      return onProgress(*call, event);
    case PJSIP_INV_STATE_CONFIRMED:
      return onConfirmed(*call);
    case PJSIP_INV_STATE_DISCONNECTED:
      return onEnded(*call, id, event);
    default:
      return;
  }
}

void onMediaState(pjsua_call_id id) {
  const auto call = Call::of(id);
  if (!call) return;
  Presence& presence = call->rtp->presence;
  if (const auto slot = audioSlot(id)) {
    Endpoint::current()->conference.attachLeg(call->rtp, *slot, false);
    presence.begin(Presence::Clock::now(), mayBeSilent(id));
    Endpoint::current()->watch.nudge();
  } else {
    presence.end();
  }
  Fields fields = describeMedia(id);
  fields.emplace_back("encrypted", call->encrypted.load());
  Endpoint::current()->events.pushState({"media", call->serial, std::move(fields)});
}

// Detaches the call before its slot in the bridge can go to another port.
void onStreamDestroyed(pjsua_call_id id, pjmedia_stream*, unsigned) {
  if (const auto call = Call::of(id)) Endpoint::current()->conference.detach(call->serial);
}

pjmedia_transport* keepTransport(pjsua_call_id, unsigned, pjmedia_transport* transport, unsigned) { return transport; }

void beforeStream(pjsua_call_id id, pjsua_on_stream_precreate_param* param) {
  if (const auto call = Call::of(id)) insertLeg(id, param->stream_idx, call->rtp);
}

// Some gateways merge successive keys unless there is a pause between them.
void onStreamCreated(pjsua_call_id id, pjsua_on_stream_created_param* param) {
  openLeg(id, param->stream_idx, param->stream);
  constexpr unsigned durationMs = 160, pauseMs = 60, endRepeats = 2;
  constexpr pj_int8_t volume = -10;
  pjmedia_stream_info info;
  if (pjmedia_stream_get_info(param->stream, &info) == PJ_SUCCESS && info.tx_event_pt >= 0)
    pjmedia_stream_set_tx_dtmf_options(param->stream, durationMs, pauseMs, static_cast<pj_uint8_t>(info.tx_event_pt),
                                       volume, endRepeats);
}

void onDigit(pjsua_call_id id, const pjsua_dtmf_event* event) {
  if (const auto call = Call::of(id)) call->digits.received(*event);
}

void onSdpCreated(pjsua_call_id id, pjmedia_sdp_session* sdp, pj_pool_t* pool, const pjmedia_sdp_session* remote) {
  sdp->name = pj_str(const_cast<char*>("-"));  // RFC 3264, 5; the dialog already says whose it is
  nameKeyEvents(sdp, remote, pool);
  expectStream(id);
  const auto call = Call::of(id);
  if (call && remote == nullptr && !call->codecs.empty()) restrictCodecs(sdp, call->codecs);
}

// Whoever sends a request within the call, such as a PRACK, has seen the tag in an answer of ours; a CANCEL needs none.
bool provesReach(const pjsip_transaction* transaction, const pjsip_rx_data* request) {
  return request->msg_info.to->tag.slen > 0 && !isMethod(transaction, *pjsip_get_cancel_method());
}

void onRequest(Call& call, pjsip_transaction* transaction, pjsip_rx_data* request) {
  if (provesReach(transaction, request)) *call.reached = true;
  if (isMethod(transaction, *pjsip_get_bye_method()) || isMethod(transaction, *pjsip_get_cancel_method()))
    call.reasonHeader = reasonIn(request->msg_info.msg);
}

void onOwnRequest(Call& call, pjsua_call_id id, const pjsip_transaction* transaction, int stateBefore) {
  const bool isInvite = isMethod(transaction, *pjsip_get_invite_method());
  if (isInvite && transaction->state == PJSIP_TSX_STATE_CALLING) return call.offerSent(transaction);
  if (isInvite && transaction->state == PJSIP_TSX_STATE_PROCEEDING && transaction->status_code == PJSIP_SC_TRYING)
    return Endpoint::current()->events.pushState({"trying", call.serial, {}});
  constexpr int final = PJSIP_TSX_STATE_COMPLETED;
  if (transaction->state < final || stateBefore >= final) return;
  if (isInvite) return call.offerAnswered(transaction);
  if (isMethod(transaction, pjsip_info_method))
    call.digitSender.infoAnswered(id, static_cast<unsigned>(transaction->status_code));
}

// Our answer was repeated in vain. PJSIP now sends BYE and waits just as long for an answer that will not come.
bool isUnacknowledged(pjsua_call_id id, const pjsip_transaction* transaction, const pjsip_event* event) {
  if (transaction->state != PJSIP_TSX_STATE_TERMINATED || event->body.tsx_state.type != PJSIP_EVENT_TIMER) return false;
  pjsua_call_info info;
  return transaction->role == PJSIP_ROLE_UAS && isMethod(transaction, *pjsip_get_invite_method()) &&
         event->body.tsx_state.prev_state == PJSIP_TSX_STATE_COMPLETED &&
         pjsua_call_get_info(id, &info) == PJ_SUCCESS && info.state == PJSIP_INV_STATE_CONNECTING;
}

void onTransaction(pjsua_call_id id, pjsip_transaction* transaction, pjsip_event* event) {
  const auto call = Call::of(id);
  if (!call || event->type != PJSIP_EVENT_TSX_STATE) return;
  tellIdentity(*call, event);
  const bool received = event->body.tsx_state.type == PJSIP_EVENT_RX_MSG;
  if (received && negotiatesMedia(transaction)) call->signalledFrom(event->body.tsx_state.src.rdata->pkt_info.src_addr);
  if (transaction->role == PJSIP_ROLE_UAC)
    onOwnRequest(*call, id, transaction, event->body.tsx_state.prev_state);
  else if (transaction->state == PJSIP_TSX_STATE_TRYING && received)
    onRequest(*call, transaction, event->body.tsx_state.src.rdata);
  else if (isUnacknowledged(id, transaction, event))
    tellEnd(*call, id, event);
}

// Otherwise PJSIP would answer 500, as if it were our fault.
void onReinvite(pjsua_call_id, const pjmedia_sdp_session* offer, pjsip_rx_data*, void*, pj_bool_t*,
                pjsip_status_code* code, pjsua_call_setting*) {
  if (offer != nullptr && !offersAny(offer, Endpoint::current()->options().codecs))
    *code = PJSIP_SC_NOT_ACCEPTABLE_HERE;
}

// Checks the offer in a re-INVITE or UPDATE, or in the answer to an INVITE that we sent without one.
void onOffer(pjsua_call_id id, const pjmedia_sdp_session* offer, void*, pjsip_status_code* code, pjsua_call_setting*) {
  const auto call = Call::of(id);
  const bool isProtected = !call || hasAdmissibleProtection(*offer, call->encryption);
  if (!isProtected || !namesAddressesOnly(offer) || !hasIpv4Media(offer)) *code = PJSIP_SC_NOT_ACCEPTABLE_HERE;
}

// Refused, because pjsua would dial by itself.
void refuseTransfer(pjsua_call_id id, const pj_str_t*, pjsip_status_code* code, pjsua_call_setting*) {
  *code = PJSIP_SC_NOT_IMPLEMENTED;
  PJ_LOG(2, ("call", "Call %d asked for a transfer by REFER: answered with 501", id));
}

}  // namespace

void installCallCallbacks(pjsua_callback& callbacks) {
  callbacks.on_incoming_flags = guarded<flagsFor, 0U>;
  callbacks.on_incoming_call = guarded<onIncomingCall, abandonIncoming>;
  callbacks.on_call_state = guarded<onCallState>;
  callbacks.on_call_tsx_state = guarded<onTransaction>;
  callbacks.on_call_rx_reinvite = guarded<onReinvite>;
  callbacks.on_call_rx_offer = guarded<onOffer>;
  callbacks.on_call_media_state = guarded<onMediaState>;
  callbacks.on_create_media_transport = guarded<makeMediaTransport, keepTransport>;
  callbacks.on_call_sdp_created = guarded<onSdpCreated>;
  callbacks.on_stream_precreate = guarded<beforeStream>;
  callbacks.on_stream_created2 = guarded<onStreamCreated>;
  callbacks.on_stream_destroyed = guarded<onStreamDestroyed>;
  callbacks.on_dtmf_event = guarded<onDigit>;
  callbacks.on_call_transfer_request2 = guarded<refuseTransfer>;
}

}  // namespace np
