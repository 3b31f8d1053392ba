#include "sip/call/remote_identity.h"

#include "sip/message/header_fields.h"
#include "sip/message/message.h"

#include <string_view>
#include <variant>

namespace np {
namespace {

bool isIdentity(std::string_view name) {
  return name == "p-asserted-identity" || name == "remote-party-id" || name == "privacy" || name == "history-info";
}

bool isFrom(std::string_view name) { return name == "from"; }

std::string addressOf(const pjsip_uri* uri) {
  return printed(static_cast<const pjsip_uri*>(pjsip_uri_get_uri(const_cast<pjsip_uri*>(uri))),
                 PJSIP_URI_IN_FROMTO_HDR);
}

std::string textOf(const Fields& headers) {
  std::string text;
  for (const auto& [name, values] : headers)
    for (const auto& value : std::get<List>(values.data()))
      text += name + ':' + std::get<std::string>(value.data()) + '\n';
  return text;
}

}  // namespace

void RemoteIdentity::begin(const pjsip_rx_data* invite) {
  from_ = addressOf(invite->msg_info.from->uri);
  told_ = textOf(headersIn(invite->msg_info.msg, isIdentity)) + from_;
}

std::optional<Fields> RemoteIdentity::newsIn(const pjsip_rx_data* message, const pjsip_uri* remote) {
  const pjsip_msg* msg = message->msg_info.msg;
  const bool isRequest = msg->type == PJSIP_REQUEST_MSG;
  const bool isForwarded = !isRequest && msg->line.status.code == PJSIP_SC_CALL_BEING_FORWARDED;
  if (from_.empty()) from_ = addressOf(remote);
  // In a response, From is whoever sent the request.
  const std::string from = isRequest ? addressOf(message->msg_info.from->uri) : from_;
  Fields headers = headersIn(msg, isIdentity);
  if (headers.empty() && from == from_ && !isForwarded) return std::nullopt;
  from_ = from;
  std::string told = textOf(headers) + from + (isForwarded ? " (181)" : "");
  if (told == told_) return std::nullopt;
  told_ = std::move(told);
  if (isRequest)
    for (auto& field : headersIn(msg, isFrom)) headers.push_back(std::move(field));
  return Fields{{"headers", std::move(headers)}, {"isForwarded", isForwarded}};
}

}  // namespace np
