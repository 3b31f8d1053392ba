#include "sip/call/call_end.h"

#include "base/pj.h"
#include "core/pjsua_internals.h"
#include "sip/message/message.h"

namespace np {
namespace {

struct End {
  int status;
  std::string reason;
  const char* cause;
};

const pjsip_rx_data* receivedIn(const pjsip_event* event) {
  if (event->type != PJSIP_EVENT_TSX_STATE || event->body.tsx_state.type != PJSIP_EVENT_RX_MSG) return nullptr;
  return event->body.tsx_state.src.rdata;
}

std::string statusText(int status) { return copy(*pjsip_get_status_text(status)); }

End endOf(pjsua_call_id id, const pjsip_event* event) {
  if (event->type == PJSIP_EVENT_USER) {
    const LastStatus last = lastStatusOf(id);
    return {last.code, last.text, "local"};
  }
  if (event->type != PJSIP_EVENT_TSX_STATE) {
    const pjsip_inv_session* session = sessionOf(id);
    const int status = session != nullptr ? session->cause : PJSIP_SC_INTERNAL_SERVER_ERROR;
    return {status, statusText(status), "failure"};
  }
  const pjsip_transaction* transaction = event->body.tsx_state.tsx;
  const int status = transaction->status_code;
  // Our answer to its INVITE was not acknowledged.
  if (transaction->role == PJSIP_ROLE_UAS && event->body.tsx_state.type == PJSIP_EVENT_TIMER)
    return {PJSIP_SC_REQUEST_TIMEOUT, statusText(PJSIP_SC_REQUEST_TIMEOUT), "timeout"};
  // A BYE from the other side is a normal end; its CANCEL ends the INVITE transaction with 487.
  if (transaction->role == PJSIP_ROLE_UAS)
    return pjsip_method_cmp(&transaction->method, pjsip_get_bye_method()) == 0
               ? End{PJSIP_SC_OK, statusText(PJSIP_SC_OK), "remote"}
               : End{status, statusText(status), status == PJSIP_SC_REQUEST_TERMINATED ? "remote" : "local"};
  const bool answered = receivedIn(event) != nullptr;
  if (answered) return {status, copy(transaction->status_text), "remote"};
  return {status, copy(transaction->status_text), status == PJSIP_SC_REQUEST_TIMEOUT ? "timeout" : "failure"};
}

Value retryAfterIn(const pjsip_rx_data* message) {
  if (message == nullptr) return Value();
  const auto* header = static_cast<const pjsip_retry_after_hdr*>(
      pjsip_msg_find_hdr(message->msg_info.msg, PJSIP_H_RETRY_AFTER, nullptr));
  return header == nullptr ? Value() : Value(header->ivalue);
}

// The first Contact of a 3xx (RFC 3261, 8.1.3.4).
Value redirectIn(const pjsip_rx_data* response) {
  if (response == nullptr || response->msg_info.msg->type != PJSIP_RESPONSE_MSG ||
      response->msg_info.msg->line.status.code / 100 != 3)
    return Value();
  const auto* contact =
      static_cast<const pjsip_contact_hdr*>(pjsip_msg_find_hdr(response->msg_info.msg, PJSIP_H_CONTACT, nullptr));
  const pjsip_sip_uri* uri = contact == nullptr || contact->uri == nullptr ? nullptr : sipUriIn(contact->uri);
  if (uri == nullptr) return Value();
  return Fields{{"user", copy(uri->user)}, {"host", copy(uri->host)}};
}

}  // namespace

std::optional<std::string> reasonIn(const pjsip_msg* message) {
  const pj_str_t name = pj_str(const_cast<char*>("Reason"));
  const auto* header =
      static_cast<const pjsip_generic_string_hdr*>(pjsip_msg_find_hdr_by_name(message, &name, nullptr));
  if (header == nullptr) return std::nullopt;
  return copy(header->hvalue);
}

Fields describeEnd(pjsua_call_id id, const pjsip_event* event, const std::optional<std::string>& reasonHeader) {
  const End end = endOf(id, event);
  const pjsip_rx_data* received = receivedIn(event);
  auto reason = reasonHeader;
  if (!reason && received != nullptr) reason = reasonIn(received->msg_info.msg);
  return {{"status", end.status},
          {"reason", end.reason},
          {"cause", end.cause},
          {"reasonHeader", reason ? Value(*reason) : Value()},
          {"redirect", redirectIn(received)},
          {"retryAfter", retryAfterIn(received)}};
}

}  // namespace np
