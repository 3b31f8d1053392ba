#include "sip/message/capabilities.h"

#include "base/pj.h"
#include "sip/message/message.h"

#include <pjsua-lib/pjsua.h>

#include <algorithm>
#include <initializer_list>
#include <string>
#include <string_view>

namespace np {
namespace {

using Names = std::initializer_list<std::string_view>;

bool isAmong(const Names& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// Changes the endpoint's own header, from which PJSIP copies those of its messages.
void keepOnly(pjsip_endpoint* sip, int type, const Names& names) {
  auto* header = const_cast<pjsip_generic_array_hdr*>(
      reinterpret_cast<const pjsip_generic_array_hdr*>(pjsip_endpt_get_capability(sip, type, nullptr)));
  if (header == nullptr) return;
  auto* const end = header->values + header->count;
  header->count = static_cast<unsigned>(
      std::remove_if(header->values, end, [&](const pj_str_t& value) { return !isAmong(names, view(value)); }) -
      header->values);
}

std::string listed(int type) {
  const auto* header = reinterpret_cast<const pjsip_generic_array_hdr*>(
      pjsip_endpt_get_capability(pjsua_get_pjsip_endpt(), type, nullptr));
  std::string text;
  for (unsigned i = 0; header != nullptr && i < header->count; ++i)
    text += (i == 0 ? "" : ", ") + copy(header->values[i]);
  return text;
}

}  // namespace

void announceCapabilities(pjsip_endpoint* sip, bool transfers) {
  if (transfers)
    keepOnly(sip, PJSIP_H_ALLOW, {"INVITE", "ACK", "CANCEL", "BYE", "INFO", "UPDATE", "PRACK", "OPTIONS", "REFER"});
  else
    keepOnly(sip, PJSIP_H_ALLOW, {"INVITE", "ACK", "CANCEL", "BYE", "INFO", "UPDATE", "PRACK", "OPTIONS"});
  // Without "replaces", because an INVITE that replaces a call is not supported.
  keepOnly(sip, PJSIP_H_SUPPORTED, {"100rel", "timer", "norefersub"});
  keepOnly(sip, PJSIP_H_ACCEPT, {"application/sdp"});
}

int describeCapabilities(const pjsip_rx_data* request, ExtraHeaders& headers, bool registers) {
  const std::string method = methodOf(request);
  constexpr std::string_view known[] = {"OPTIONS", "REGISTER", "SUBSCRIBE", "NOTIFY", "REFER", "MESSAGE", "PUBLISH"};
  const bool isOptions = method == "OPTIONS";
  const bool isKnown = std::find(std::begin(known), std::end(known), method) != std::end(known);
  headers.add("Allow", listed(PJSIP_H_ALLOW) + (registers ? ", REGISTER, SUBSCRIBE" : ""));
  if (isOptions) {
    headers.add("Accept", "application/sdp");
    headers.add("Supported", listed(PJSIP_H_SUPPORTED));
    if (registers) headers.add("Allow-Events", "dialog");
  }
  return isOptions ? PJSIP_SC_OK : isKnown ? PJSIP_SC_METHOD_NOT_ALLOWED : PJSIP_SC_NOT_IMPLEMENTED;
}

}  // namespace np
