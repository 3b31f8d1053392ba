#include "sip/call/incoming.h"

#include "base/pj.h"
#include "sip/message/header_fields.h"
#include "sip/message/message.h"

#include <string>

namespace np {
namespace {

// Display names and URIs longer than this are of no use on a display.
constexpr std::size_t longestText = 512;

Value describe(const Origin& origin) {
  switch (origin.kind) {
    case Origin::Kind::user:
      return Fields{{"kind", "user"}, {"username", origin.name}};
    case Origin::Kind::peer:
      return Fields{{"kind", "peer"}, {"name", origin.name}};
    case Origin::Kind::account:
      return Fields{{"kind", "account"}, {"account", origin.account}};
  }
  return Value();
}

// PJSIP leaves the escapes in a quoted string (RFC 3261, 25.1: quoted-pair).
std::string unescaped(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\' && i + 1 < text.size()) ++i;
    result += text[i];
  }
  return result;
}

std::string displayNameIn(const pjsip_uri* uri) {
  if (!PJSIP_URI_SCHEME_IS_SIP(uri) && !PJSIP_URI_SCHEME_IS_SIPS(uri)) return {};
  const auto* address = reinterpret_cast<const pjsip_name_addr*>(uri);
  if (pjsip_uri_get_uri(uri) == static_cast<const void*>(uri)) return {};  // not in a name-addr
  return unescaped(view(address->display).substr(0, longestText));
}

Fields identityIn(pjsip_uri* uri) {
  return {{"user", userIn(uri)},
          {"displayName", displayNameIn(uri)},
          {"uri", printed(static_cast<pjsip_uri*>(pjsip_uri_get_uri(uri)), PJSIP_URI_IN_CONTACT_HDR)}};
}

bool isTold(std::string_view lowercase) {
  return lowercase.starts_with("x-") || lowercase == "call-id" || lowercase == "subject" || lowercase == "alert-info" ||
         lowercase == "call-info" || lowercase == "diversion" || lowercase == "referred-by" ||
         lowercase == "priority" || lowercase == "privacy" || lowercase == "user-agent" || lowercase == "from" ||
         lowercase == "to" || lowercase == "p-asserted-identity" || lowercase == "p-called-party-id" ||
         lowercase == "remote-party-id";
}

Value userAgentIn(const Fields& headers) {
  for (const auto& [name, values] : headers)
    if (name == "user-agent") return std::get<List>(values.data()).front();
  return Value();
}

}  // namespace

Fields describeIncoming(const pjsip_rx_data* invite, const Origin& origin) {
  const pjsip_msg* message = invite->msg_info.msg;
  const Source source = sourceOf(invite);
  const Fields headers = headersIn(message, isTold);
  return {{"origin", describe(origin)},
          {"requestUser", userIn(message->line.req.uri)},
          {"requestUri", printed(message->line.req.uri, PJSIP_URI_IN_REQ_URI)},
          {"toUri",
           printed(static_cast<pjsip_uri*>(pjsip_uri_get_uri(invite->msg_info.to->uri)), PJSIP_URI_IN_CONTACT_HDR)},
          {"from", identityIn(invite->msg_info.from->uri)},
          {"source",
           Fields{{"address", source.address}, {"port", source.port}, {"transport", lowercase(source.transport)}}},
          {"maxForwards", invite->msg_info.max_fwd == nullptr ? Value() : Value(invite->msg_info.max_fwd->ivalue)},
          {"headers", headers},
          {"userAgent", userAgentIn(headers)}};
}

}  // namespace np
