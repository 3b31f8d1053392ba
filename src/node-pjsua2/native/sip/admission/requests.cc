#include "sip/admission/requests.h"

#include <pjsua-lib/pjsua.h>

#include <algorithm>
#include <chrono>
#include <iterator>

#include "core/endpoint.h"
#include "sip/admission/request_checks.h"
#include "sip/call/call.h"
#include "sip/call/media_protection.h"
#include "sip/call/session_timer.h"
#include "sip/message/capabilities.h"
#include "sip/message/fingerprint_lines.h"
#include "sip/message/message.h"
#include "sip/message/sdp_addresses.h"
#include "sip/notification/subscriptions.h"
#include "sip/registrar/registrar.h"

namespace np {
namespace {

constexpr const char* retryAfter = "5";  // s

// How far JavaScript may be behind with what has happened while others than emergency calls are let in: it would only
// get further behind, and an emergency call waits for its turn among all the other events.
constexpr std::chrono::seconds patience{1};

// An offer that cannot be answered, which PJSUA would treat as our own error.
bool isUnreachable(pjsip_rx_data* invite) {
  const pjsip_rdata_sdp_info* body = pjsip_rdata_get_sdp_info(invite);
  return body != nullptr && body->sdp != nullptr && !hasIpv4Media(body->sdp);
}

// Keys in a message that others can read protect nothing, and an emergency call is not refused for want of them.
Encryption possibleEncryption(const pjsip_rx_data* invite, Encryption wanted, Urgency urgency) {
  const bool isSecret = (invite->tp_info.transport->flag & PJSIP_TRANSPORT_SECURE) != 0;
  if (urgency == Urgency::emergency && wanted == Encryption::required) wanted = Encryption::offered;
  return isSecret || wanted == Encryption::required ? wanted : Encryption::off;
}

// False if it was refused, because the offer protects its media less than is demanded, or in a way that cannot be had.
bool admitMedia(pjsip_rx_data* invite, const Origin& origin, Rejections& rejections) {
  const bool isSecret = (invite->tp_info.transport->flag & PJSIP_TRANSPORT_SECURE) != 0;
  const pjsip_rdata_sdp_info* body = pjsip_rdata_get_sdp_info(invite);
  const bool hasOffer = body != nullptr && body->sdp != nullptr;
  const bool isPossible = isSecret || origin.encryption != Encryption::required;
  // Behind a NAT a telephone is not reached before it has begun, and cannot know that it is there.
  if (hasOffer && origin.kind == Origin::Kind::user && hasMediaElsewhere(*body->sdp, invite->pkt_info.src_name))
    letOffererBegin(*body->sdp);
  if (isPossible && (!hasOffer || admitProtection(*body->sdp, origin.encryption))) return true;
  rejections.report(isPossible ? "unencrypted" : "keysInClear", methodOf(invite), sourceOf(invite), origin.name);
  ExtraHeaders headers(invite->tp_info.pool);
  headers.add("Warning", isPossible ? "399 modcall \"Encryption of the media is demanded or cannot be had\""
                                    : "399 modcall \"Encryption of the media needs TLS\"");
  respondStateless(invite, PJSIP_SC_NOT_ACCEPTABLE_HERE, &headers);
  return false;
}

// We do not announce "replaces", so the header means nothing here (RFC 3891, 3), but PJSUA would act on it.
void ignoreReplaces(pjsip_rx_data* invite) {
  const pj_str_t name = pj_str(const_cast<char*>("Replaces"));
  while (void* header = pjsip_msg_find_hdr_by_name(invite->msg_info.msg, &name, nullptr)) pj_list_erase(header);
}

}  // namespace

bool Requests::answer(pjsip_rx_data* request) {
  const pjsip_method& method = request->msg_info.msg->line.req.method;
  // An ACK that belongs to no transaction or dialog, mostly of a challenge: an ACK is never answered.
  if (method.id == PJSIP_ACK_METHOD) return true;
  if (answerFault(request, rejections_)) return true;
  switch (method.id) {
    case PJSIP_INVITE_METHOD:
      return onInvite(request);
    case PJSIP_REGISTER_METHOD:
      onRegister(request);
      return true;
    default:
      onOther(request);
      return true;
  }
}

bool Requests::onInvite(pjsip_rx_data* request) {
  std::optional<Origin> origin = callers_.originOf(request);
  if (!origin) return true;
  if (isUnreachable(request)) {
    respondStateless(request, PJSIP_SC_NOT_ACCEPTABLE_HERE);
    return true;
  }
  ignoreReplaces(request);
  origin->urgency = callers_.urgencyOf(request, *origin);
  origin->encryption = possibleEncryption(request, callers_.encryptionOf(*origin), origin->urgency);
  if (!admitMedia(request, *origin, rejections_)) return true;
  if (origin->urgency == Urgency::emergency) ignoreSessionTimer(request->msg_info.msg);
  connections_.proven(request->tp_info.transport, ownerOf(*origin));
  if (!hasRoomFor(request, *origin)) return true;
  keepOrigin(request, *origin);
  return false;
}

// Refuses the call before pjsua creates it, so that a flood takes neither slots nor transactions.
bool Requests::hasRoomFor(pjsip_rx_data* request, const Origin& origin) {
  const Endpoint* endpoint = Endpoint::current();
  if (endpoint == nullptr) return false;
  const LegShares& shares = endpoint->legShares;
  const auto share = origin.kind == Origin::Kind::user ? shares.ofUser() : shares.ofTrunk();
  const std::size_t legs = endpoint->calls.size();
  const bool isBehind = origin.urgency == Urgency::usual && endpoint->events.delay() > patience;
  const bool hasRoom =
      shares.roomFor(legs, origin.urgency) && shares.mayEnter(ownerOf(origin), share, legs, origin.urgency);
  if (hasRoom && !isBehind) return true;
  rejections_.report(hasRoom ? "behind" : "overload", methodOf(request), sourceOf(request), origin.name);
  ExtraHeaders headers(request->tp_info.pool);
  headers.add("Retry-After", retryAfter);
  respondStateless(request, PJSIP_SC_SERVICE_UNAVAILABLE, &headers);
  return false;
}

void Requests::onRegister(pjsip_rx_data* request) {
  const auto users = callers_.registrar();
  if (!users) return onOther(request);
  if (const auto username = callers_.authenticated(request, *users)) {
    connections_.proven(request->tp_info.transport, ownerOf({Origin::Kind::user, *username}));
    users->onRegister(request, *username, rejections_);
  }
}

// Only a registered phone may watch others, and only as the user who it is.
void Requests::onSubscribe(pjsip_rx_data* request) {
  if (refuseForeignEvent(request)) return;
  const auto users = callers_.registrar();
  if (!users) return respondStateless(request, PJSIP_SC_FORBIDDEN);
  const auto username = callers_.authenticated(request, *users);
  if (!username) return;
  const Source source = sourceOf(request);
  const bool isItself = userIn(request->msg_info.from->uri) == *username;
  if (!isItself) rejections_.report("impersonation", methodOf(request), source, *username);
  if (!isItself || !users->isAt(*username, source)) return respondStateful(request, PJSIP_SC_FORBIDDEN);
  answerSubscribe(request, *username, rejections_);
}

// Handles methods that begin no call.
void Requests::onOther(pjsip_rx_data* request) {
  if (isForSubscriptions(request)) return onSubscribe(request);
  static const std::string dialogMethods[] = {"BYE", "CANCEL", "INFO", "UPDATE", "PRACK"};
  const std::string method = methodOf(request);
  if (std::find(std::begin(dialogMethods), std::end(dialogMethods), method) != std::end(dialogMethods))
    return respondStateless(request, PJSIP_SC_CALL_TSX_DOES_NOT_EXIST);
  ExtraHeaders headers(request->tp_info.pool);
  const int status = describeCapabilities(request, headers, callers_.registrar() != nullptr);
  if (status != PJSIP_SC_OK)
    rejections_.report(status == PJSIP_SC_NOT_IMPLEMENTED ? "unknownMethod" : "methodNotAllowed", method,
                       sourceOf(request));
  respondStateless(request, status, &headers);
}

}  // namespace np
