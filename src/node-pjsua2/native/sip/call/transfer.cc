#include "sip/call/transfer.h"

#include "base/pj.h"
#include "base/text.h"
#include "core/endpoint.h"
#include "sip/call/call.h"
#include "sip/call/held_call.h"
#include "sip/message/message.h"
#include "sip/message/message_data.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace np {
namespace {

constexpr std::string_view notify = "NOTIFY";
constexpr int final = 200;

// The tags are named from the point of view of the side asked to replace the call, which is us (RFC 3891, 3).
struct Replaces {
  std::string callId, toTag, fromTag;
  bool earlyOnly;
};

// The value of a parameter that must occur exactly once (RFC 3891, 6.1); empty otherwise.
std::string onlyParameter(std::string_view parameters, const std::string& name) {
  const pj_str_t wanted = borrow(name);
  std::string value;
  for (bool found = false; !parameters.empty();) {
    const std::size_t end = parameters.find(';');
    const std::string_view parameter = parameters.substr(0, end);
    parameters = end == std::string_view::npos ? std::string_view() : parameters.substr(end + 1);
    const std::size_t equals = parameter.find('=');
    const std::string own(trimmed(parameter.substr(0, equals)));
    const pj_str_t ownName = borrow(own);
    if (pj_stricmp(&ownName, &wanted) != 0) continue;
    if (found || equals == std::string_view::npos) return {};
    found = true;
    value = trimmed(parameter.substr(equals + 1));
  }
  return value;
}

bool hasParameter(std::string_view parameters, const char* name) {
  while (!parameters.empty()) {
    const std::size_t end = parameters.find(';');
    const std::string own(trimmed(parameters.substr(0, end)));
    const pj_str_t parameter = borrow(own);
    if (pj_stricmp2(&parameter, name) == 0) return true;
    parameters = end == std::string_view::npos ? std::string_view() : parameters.substr(end + 1);
  }
  return false;
}

// Nothing when it is malformed.
std::optional<Replaces> replacesIn(std::string_view text) {
  const std::size_t end = text.find(';');
  if (end == std::string_view::npos) return std::nullopt;
  const std::string_view parameters = text.substr(end + 1);
  Replaces replaces{std::string(trimmed(text.substr(0, end))), onlyParameter(parameters, "to-tag"),
                    onlyParameter(parameters, "from-tag"), hasParameter(parameters, "early-only")};
  if (replaces.callId.empty() || replaces.toTag.empty() || replaces.fromTag.empty()) return std::nullopt;
  return replaces;
}

// The value of a header that may occur only once; nothing when it is absent or repeated.
std::optional<std::string> onlyValue(const pjsip_msg* message, const char* longName, const char* shortName) {
  const auto* header = onlyHeader(message, longName, shortName);
  if (header == nullptr) return std::nullopt;
  return copy(reinterpret_cast<const pjsip_generic_string_hdr*>(header)->hvalue);
}

// Where the call is to go: a SIP URI without its headers, and the call that the new one replaces.
struct Target {
  std::string to;
  std::string user;
  std::string host;
  std::optional<Replaces> replaces;
};

std::size_t count(const pjsip_param& list, const char* name) {
  std::size_t found = 0;
  for (const auto* parameter = list.next; parameter != &list; parameter = parameter->next)
    if (pj_stricmp2(&parameter->name, name) == 0) ++found;
  return found;
}

// The target in a URI, or the status to refuse it with.
std::variant<Target, int> targetIn(pjsip_sip_uri* uri) {
  if (uri->method_param.slen > 0 && view(uri->method_param) != "INVITE") return PJSIP_SC_NOT_IMPLEMENTED;
  Target target;
  if (const auto replaces = parameterIn(uri->header_param, "Replaces")) {
    target.replaces = replacesIn(*replaces);
    if (!target.replaces || count(uri->header_param, "Replaces") > 1) return PJSIP_SC_BAD_REQUEST;
  }
  pj_list_init(&uri->header_param);
  uri->method_param.slen = 0;
  target.to = printed(reinterpret_cast<pjsip_uri*>(uri), PJSIP_URI_IN_REQ_URI);
  if (target.to.empty()) return PJSIP_SC_BAD_REQUEST;
  target.user = copy(uri->user);
  target.host = copy(uri->host);
  return target;
}

// The target that a request names (RFC 3515, 2.1), or the status to refuse it with.
std::variant<Target, int> targetOf(pjsip_rx_data* request) {
  const auto value = onlyValue(request->msg_info.msg, "Refer-To", "r");
  pjsip_uri* uri = value ? parsedAddress(request->tp_info.pool, *value) : nullptr;
  if (uri == nullptr) return PJSIP_SC_BAD_REQUEST;
  if (!PJSIP_URI_SCHEME_IS_SIP(uri)) return PJSIP_SC_UNSUPPORTED_URI_SCHEME;
  return targetIn(sipUriIn(uri));
}

bool reportWanted(const pjsip_msg* message) {
  return onlyValue(message, "Refer-Sub", "Refer-Sub").value_or("true") != "false";
}

struct Replaced {
  std::shared_ptr<Call> call;
  bool isAnswered = false;
};

Replaced replacedBy(const Replaces& replaces) {
  const HeldDialog dialog(replaces.callId, replaces.toTag, replaces.fromTag);
  const auto call = dialog.call();
  return {call, call && dialog.session()->state >= PJSIP_INV_STATE_CONNECTING};
}

// The status for a REFER; 202 when the transfer is to be passed on.
int judge(pjsip_rx_data* request, Call& call, const std::variant<Target, int>& read, const Replaced& replaced) {
  if (const int* refusal = std::get_if<int>(&read)) return *refusal;
  const auto& replaces = std::get<Target>(read).replaces;
  if (replaces && !replaced.call) return PJSIP_SC_CALL_TSX_DOES_NOT_EXIST;
  if (replaces && replaces->earlyOnly && replaced.isAnswered) return PJSIP_SC_BUSY_HERE;  // RFC 3891, 3
  if (!call.referral.begin(request->msg_info.cseq->cseq, reportWanted(request->msg_info.msg)))
    return PJSIP_SC_REQUEST_PENDING;
  return PJSIP_SC_ACCEPTED;
}

void answer(pjsip_rx_data* request, const pjsip_dialog* dialog, int status) {
  ExtraHeaders headers(request->tp_info.pool);
  headers.add(static_cast<pjsip_hdr*>(pjsip_hdr_clone(headers.pool(), dialog->local.contact)));
  if (status == PJSIP_SC_ACCEPTED && !reportWanted(request->msg_info.msg)) headers.add("Refer-Sub", "false");
  respondStateful(request, status, &headers);
}

}  // namespace

void onRefer(pjsip_rx_data* request, const HeldDialog& dialog, const std::shared_ptr<Call>& call) {
  const auto read = targetOf(request);
  const Target* target = std::get_if<Target>(&read);
  const auto replaced = target != nullptr && target->replaces ? replacedBy(*target->replaces) : Replaced{};
  const int status = judge(request, *call, read, replaced);
  answer(request, dialog.get(), status);
  if (status != PJSIP_SC_ACCEPTED) return;
  reportTransfer(*call, PJSIP_SC_TRYING);
  Fields fields{{"to", target->to}, {"user", target->user}, {"host", target->host}};
  if (replaced.call) fields.emplace_back("replaces", replaced.call->serial);
  // Needs no bound: another transfer is refused until the end of this one has been reported.
  Endpoint::current()->events.pushEssential({"transferAsked", call->serial, std::move(fields)});
}

void reportTransfer(Call& call, unsigned status) {
  const bool isFinal = status >= final;
  const auto event = call.referral.report(isFinal);
  if (!event) return;
  MessageData message(
      {{"Event", *event}, {"Subscription-State", isFinal ? "terminated;reason=noresource" : "active;expires=180"}});
  message.setBody("message/sipfrag;version=2.0", "SIP/2.0 " + std::to_string(status) + ' ' +
                                                     copy(*pjsip_get_status_text(static_cast<int>(status))) + "\r\n");
  const std::string name(notify);
  const pj_str_t method = borrow(name);
  try {
    const HeldCall held(call);
    pjsua_call_send_request(held.id(), &method, message.get());
  } catch (const InvalidState&) {
    // Whoever asked has hung up, so nobody is waiting for the report.
  }
}

}  // namespace np
