#include "sip/call/session_timer.h"

#include <algorithm>

namespace np {
namespace {

// Removes "timer"; true when it was there.
bool takeOut(pjsip_msg* message, pjsip_hdr_e type) {
  auto* header = static_cast<pjsip_generic_array_hdr*>(pjsip_msg_find_hdr(message, type, nullptr));
  if (header == nullptr) return false;
  auto* const end = header->values + header->count;
  auto* const kept =
      std::remove_if(header->values, end, [](const pj_str_t& value) { return pj_stricmp2(&value, "timer") == 0; });
  header->count = static_cast<unsigned>(kept - header->values);
  if (header->count == 0) pj_list_erase(header);
  return kept != end;
}

void* sessionExpiresIn(const pjsip_msg* message) {
  const pj_str_t name = pj_str(const_cast<char*>("Session-Expires"));
  const pj_str_t shortName = pj_str(const_cast<char*>("x"));
  return pjsip_msg_find_hdr_by_names(message, &name, &shortName, nullptr);
}

}  // namespace

void ignoreSessionTimer(pjsip_msg* invite) {
  takeOut(invite, PJSIP_H_SUPPORTED);
  takeOut(invite, PJSIP_H_REQUIRE);
  if (void* header = sessionExpiresIn(invite)) pj_list_erase(header);
}

void offerOnlyOwnTimer(pjsip_tx_data* invite) {
  // PJSIP may already have printed the message to measure its length.
  if (sessionExpiresIn(invite->msg) == nullptr && takeOut(invite->msg, PJSIP_H_SUPPORTED))
    pjsip_tx_data_invalidate_msg(invite);
}

}  // namespace np
