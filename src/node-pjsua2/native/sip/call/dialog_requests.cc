// Requests within a dialog that PJSIP's dialogs and PJSUA do not answer as they should: those that arrive when the call
// is over, those we do not support, INFO, and REFER, on which PJSUA would dial by itself.
#include "base/errors.h"
#include "base/guard.h"
#include "core/endpoint.h"
#include "core/hooks.h"
#include "sip/call/call.h"
#include "sip/call/held_call.h"
#include "sip/call/transfer.h"
#include "sip/message/capabilities.h"
#include "sip/message/message.h"

#include <pjsua-lib/pjsua.h>

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>

namespace np {
namespace {

template <std::size_t size>
bool isOneOf(std::string_view method, const std::string_view (&methods)[size]) {
  return std::find(std::begin(methods), std::end(methods), method) != std::end(methods);
}

// They belong to a transaction, whatever has become of the call.
bool isOfTransaction(std::string_view method) { return method == "ACK" || method == "CANCEL"; }

bool isOfCall(std::string_view method) {
  static constexpr std::string_view methods[] = {"INVITE", "BYE", "UPDATE", "PRACK"};
  return isOneOf(method, methods);
}

// Checks the order here (RFC 3261, 12.2.2), because PJSIP's dialog does not see the request.
bool inOrder(pjsip_dialog* dialog, const pjsip_rx_data* request) {
  const pj_int32_t cseq = request->msg_info.cseq->cseq;
  if (cseq <= dialog->remote.cseq) return false;
  dialog->remote.cseq = cseq;
  return true;
}

bool leaveToPjsip() { return false; }

bool answered(pjsip_rx_data* request, int status, const ExtraHeaders* headers = nullptr) {
  respondStateful(request, status, headers);
  return true;
}

// Handles a key, or a sign of life (RFC 2976, 2.2), and returns the status for it.
int onInfo(const pjsip_rx_data* request, Call& call) {
  const pjsip_msg_body* body = request->msg_info.msg->body;
  if (body == nullptr || body->len == 0) return PJSIP_SC_OK;
  const pjsip_media_type& type = body->content_type;
  const std::string_view text(static_cast<const char*>(body->data), body->len);
  const bool isRelay = pj_stricmp2(&type.subtype, "dtmf-relay") == 0;
  if (pj_stricmp2(&type.type, "application") != 0 || (!isRelay && pj_stricmp2(&type.subtype, "dtmf") != 0))
    return PJSIP_SC_UNSUPPORTED_MEDIA_TYPE;
  const auto plain = isRelay ? std::nullopt : digitInDtmfBody(text);
  const auto key = isRelay ? keyInRelayBody(text) : plain ? std::optional(RelayedKey{*plain, 0}) : std::nullopt;
  if (!key) return PJSIP_SC_BAD_REQUEST;
  call.digits.receivedInfo(key->digit, key->durationMs);
  return PJSIP_SC_OK;
}

bool onOther(pjsip_rx_data* request, std::string_view method, const HeldDialog& dialog,
             const std::shared_ptr<Call>& call) {
  const bool isTransfer = method == "REFER";
  if (isTransfer && !Endpoint::current()->options().transfers) return leaveToPjsip();
  if (!inOrder(dialog.get(), request)) return answered(request, PJSIP_SC_INTERNAL_SERVER_ERROR);
  if (method == "INFO") return answered(request, onInfo(request, *call));
  if (isTransfer) {
    onRefer(request, dialog, call);
    return true;
  }
  ExtraHeaders headers(request->tp_info.pool);
  return answered(request, describeCapabilities(request, headers), &headers);
}

// True when the request has been dealt with.
bool onRequest(pjsip_rx_data* request) {
  const std::string method = methodOf(request);
  if (request->msg_info.to->tag.slen == 0 || isOfTransaction(method)) return leaveToPjsip();
  const HeldDialog dialog(request);
  if (dialog.get() == nullptr) return leaveToPjsip();
  const auto call = dialog.call();
  if (call) return isOfCall(method) ? leaveToPjsip() : onOther(request, method, dialog, call);
  // Both sides may send BYE at once.
  if (method == "BYE" && dialog.session() != nullptr) return leaveToPjsip();
  return answered(request, PJSIP_SC_CALL_TSX_DOES_NOT_EXIST);
}

pj_bool_t receive(pjsip_rx_data* request) {
  return Endpoint::current() != nullptr && onRequest(request) ? PJ_TRUE : PJ_FALSE;
}

// Runs before PJSIP's dialogs.
pjsip_module dialogModule = [] {
  pjsip_module module{};
  module.name = {const_cast<char*>("dialog-requests"), 15};
  module.id = -1;
  module.priority = PJSIP_MOD_PRIORITY_UA_PROXY_LAYER - 1;
  module.on_rx_request = guarded<receive, PJ_TRUE>;
  return module;
}();

}  // namespace

void startDialogRequests(pjsip_endpoint* sip) {
  dialogModule.id = -1;
  check(pjsip_endpt_register_module(sip, &dialogModule), "pjsip_endpt_register_module");
}

}  // namespace np
