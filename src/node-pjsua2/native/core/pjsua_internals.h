// Covers what PJSUA has no function for: only this file reads PJSUA's variables. Questions about a call need the lock
// of its dialog, which PJSIP's callbacks and a HeldCall hold.
#pragma once

#include <pjsua-lib/pjsua.h>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

namespace np {

pjmedia_conf* conferenceBridge();
pjmedia_codec_mgr* codecManager();

// Null if the call in this slot is over.
const pjsip_inv_session* sessionOf(pjsua_call_id call);

// The last response that the call sent or received.
struct LastStatus {
  int code;
  std::string text;
};
LastStatus lastStatusOf(pjsua_call_id call);

// Whether we hold the call.
bool isHeldHere(pjsua_call_id call);

// The call's audio while it has a stream.
struct AudioStream {
  unsigned line;  // index in the SDP
  pjmedia_stream* stream;
  pjsua_conf_port_id slot;  // in the bridge, or PJSUA_INVALID_ID
  pjmedia_dir direction;
};
std::optional<AudioStream> audioStreamOf(pjsua_call_id call);

// Makes sure that a call whose first offer is inactive gets a stream too: PJSUA sees no change there because there has
// been no stream, so the party would never hear from us. Call it when the call's SDP is created.
void expectStream(pjsua_call_id call);

// The transport of one line of the call's SDP; it may be replaced.
pjmedia_transport*& mediaTransportOf(pjsua_call_id call, unsigned line);

// Locks the dialog of the call in this slot; release it with pjsip_dlg_dec_lock.
struct LockedCall {
  pj_status_t status;  // PJSIP_ESESSIONTERMINATED if there is no call
  pjsip_dialog* dialog;
  std::uintptr_t userData;
};
LockedCall lockCall(pjsua_call_id call);

// The slot of the call that this session belongs to. PJSUA's mark in the session outlives the call and may name a slot
// that now belongs to another call.
std::optional<pjsua_call_id> slotOf(const pjsip_inv_session* session);

// Turns the session timer off for calls of the account that `send` makes: PJSUA has this setting per account, not per
// call. Takes PJSUA's lock.
pj_status_t withoutSessionTimer(pjsua_acc_id account, const std::function<pj_status_t()>& send);

}  // namespace np
