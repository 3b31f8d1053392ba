#include "transfer.h"

#include "call.h"
#include "endpoint.h"
#include "hooks.h"
#include "message.h"
#include "message_data.h"
#include "pj.h"

#include <pjsua-lib/pjsua_internal.h>

#include <optional>
#include <string>
#include <string_view>

namespace np {
namespace {

constexpr std::string_view kNotify = "NOTIFY";
constexpr int kFinal = 200;

// A dialog of ours and a hold on it.
class HeldDialog {
 public:
  HeldDialog(std::string_view callId, std::string_view localTag, std::string_view remoteTag) {
    const std::string id(callId), local(localTag), remote(remoteTag);
    const pj_str_t texts[] = {borrow(id), borrow(local), borrow(remote)};
    dialog_ = pjsip_ua_find_dialog(&texts[0], &texts[1], &texts[2], PJ_TRUE);
  }
  ~HeldDialog() {
    if (dialog_ != nullptr) pjsip_dlg_dec_lock(dialog_);
  }
  HeldDialog(const HeldDialog&) = delete;
  HeldDialog& operator=(const HeldDialog&) = delete;

  pjsip_dialog* get() const { return dialog_; }

  std::shared_ptr<Call> call() const {
    if (dialog_ == nullptr) return nullptr;
    const auto* call = static_cast<const pjsua_call*>(dialog_->mod_data[pjsua_var.mod.id]);
    return call == nullptr ? nullptr : Call::of(call->index);
  }

 private:
  pjsip_dialog* dialog_;
};

// RFC 3891, 3: the tags are named as the one sees them that is asked to replace, which is us.
struct Replaces {
  std::string callId, toTag, fromTag;
};

Replaces replacesIn(std::string_view text) {
  Replaces replaces;
  std::size_t end = text.find(';');
  replaces.callId = text.substr(0, end);
  while (end != std::string_view::npos) {
    text.remove_prefix(end + 1);
    end = text.find(';');
    const std::string_view parameter = text.substr(0, end);
    constexpr std::string_view to = "to-tag=", from = "from-tag=";
    if (parameter.starts_with(to)) replaces.toTag = parameter.substr(to.size());
    if (parameter.starts_with(from)) replaces.fromTag = parameter.substr(from.size());
  }
  return replaces;
}

// The value of a header that may be there once; nothing when it is absent or there more than once.
std::optional<std::string> onlyValue(const pjsip_msg* message, const char* longName, const char* shortName) {
  std::optional<std::string> value;
  for (const auto* header = message->hdr.next; header != &message->hdr; header = header->next) {
    if (pj_stricmp2(&header->name, longName) != 0 && pj_stricmp2(&header->name, shortName) != 0) continue;
    if (value) return std::nullopt;
    value = copy(reinterpret_cast<const pjsip_generic_string_hdr*>(header)->hvalue);
  }
  return value;
}

// Where the call is to go: a SIP URI without its headers, and the call that the new one replaces.
struct Target {
  std::string to;
  std::string user;
  std::optional<Replaces> replaces;
};

std::optional<Target> targetOf(pjsip_rx_data* request) {
  const auto value = onlyValue(request->msg_info.msg, "Refer-To", "r");
  pjsip_sip_uri* uri = value ? sipUriIn(parsedUri(request->tp_info.pool, *value)) : nullptr;
  if (uri == nullptr) return std::nullopt;
  Target target;
  if (const auto replaces = parameterIn(uri->header_param, "Replaces")) target.replaces = replacesIn(*replaces);
  pj_list_init(&uri->header_param);
  target.to = printed(reinterpret_cast<pjsip_uri*>(uri), PJSIP_URI_IN_REQ_URI);
  target.user = copy(uri->user);
  return target;
}

bool reportWanted(const pjsip_msg* message) { return onlyValue(message, "Refer-Sub", "Refer-Sub").value_or("true") != "false"; }

// RFC 3261, 12.2.2. PJSIP's dialog does not see this request.
bool inOrder(pjsip_dialog* dialog, const pjsip_rx_data* request) {
  const pj_int32_t cseq = request->msg_info.cseq->cseq;
  if (cseq <= dialog->remote.cseq) return false;
  dialog->remote.cseq = cseq;
  return true;
}

// The status for a REFER; 202 once the transfer has been told.
int judge(pjsip_rx_data* request, const HeldDialog& dialog, Call& call, const std::optional<Target>& target,
          const std::shared_ptr<Call>& replaced) {
  if (!inOrder(dialog.get(), request)) return PJSIP_SC_INTERNAL_SERVER_ERROR;
  if (!target) return PJSIP_SC_BAD_REQUEST;
  if (target->replaces && !replaced) return PJSIP_SC_CALL_TSX_DOES_NOT_EXIST;
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

void onRefer(pjsip_rx_data* request, const HeldDialog& dialog, const std::shared_ptr<Call>& call) {
  const auto target = targetOf(request);
  const auto replaced =
      target && target->replaces
          ? HeldDialog(target->replaces->callId, target->replaces->toTag, target->replaces->fromTag).call()
          : nullptr;
  const int status = judge(request, dialog, *call, target, replaced);
  answer(request, dialog.get(), status);
  if (status != PJSIP_SC_ACCEPTED) return;
  reportTransfer(*call, PJSIP_SC_TRYING);
  Fields fields{{"to", target->to}, {"user", target->user}};
  if (replaced) fields.emplace_back("replaces", replaced->serial);
  if (!Endpoint::current()->events.push({"transferAsked", call->serial, std::move(fields)}))
    reportTransfer(*call, PJSIP_SC_SERVICE_UNAVAILABLE);
}

pj_bool_t receive(pjsip_rx_data* request) {
  const Endpoint* endpoint = Endpoint::current();
  if (endpoint == nullptr || !endpoint->options().transfers || methodOf(request) != "REFER") return PJ_FALSE;
  const auto& info = request->msg_info;
  const HeldDialog dialog(view(info.cid->id), view(info.to->tag), view(info.from->tag));
  const auto call = dialog.call();
  if (!call) return PJ_FALSE;  // it gets the answer of any request outside of a call
  onRefer(request, dialog, call);
  return PJ_TRUE;
}

// Before PJSIP's dialogs, which hand a REFER to pjsua.
pjsip_module transferModule = [] {
  pjsip_module module{};
  module.name = {const_cast<char*>("transfer"), 8};
  module.id = -1;
  module.priority = PJSIP_MOD_PRIORITY_UA_PROXY_LAYER - 1;
  module.on_rx_request = receive;
  return module;
}();

}  // namespace

void reportTransfer(Call& call, unsigned status) {
  const bool isFinal = status >= kFinal;
  const auto event = call.referral.report(isFinal);
  if (!event) return;
  MessageData message({{"Event", *event},
                       {"Subscription-State", isFinal ? "terminated;reason=noresource" : "active;expires=180"}});
  message.setBody("message/sipfrag;version=2.0",
                  "SIP/2.0 " + std::to_string(status) + ' ' + copy(*pjsip_get_status_text(static_cast<int>(status))) + "\r\n");
  const std::string name(kNotify);
  const pj_str_t method = borrow(name);
  // Who asked may have hung up: then nobody waits for it.
  pjsua_call_send_request(call.id(), &method, message.get());
}

void startTransfers(pjsip_endpoint* sip) {
  transferModule.id = -1;
  check(pjsip_endpt_register_module(sip, &transferModule), "pjsip_endpt_register_module");
}

}  // namespace np
