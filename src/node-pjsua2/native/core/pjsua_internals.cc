#include "core/pjsua_internals.h"

#include "base/pj.h"

#include <pjsua-lib/pjsua_internal.h>

namespace np {
namespace {

class TimerOff {
 public:
  explicit TimerOff(pjsua_acc_id account) : setting_(pjsua_var.acc[account].cfg.use_timer), before_(setting_) {
    setting_ = PJSUA_SIP_TIMER_INACTIVE;
  }
  ~TimerOff() { setting_ = before_; }
  TimerOff(const TimerOff&) = delete;
  TimerOff& operator=(const TimerOff&) = delete;

 private:
  pjsua_sip_timer_use& setting_;
  const pjsua_sip_timer_use before_;
};

class PjsuaLock {
 public:
  PjsuaLock() { PJSUA_LOCK(); }
  ~PjsuaLock() { PJSUA_UNLOCK(); }
  PjsuaLock(const PjsuaLock&) = delete;
  PjsuaLock& operator=(const PjsuaLock&) = delete;
};

}  // namespace

pjmedia_conf* conferenceBridge() { return pjsua_var.mconf; }

pjmedia_codec_mgr* codecManager() { return pjmedia_endpt_get_codec_mgr(pjsua_var.med_endpt); }

const pjsip_inv_session* sessionOf(pjsua_call_id call) { return pjsua_var.calls[call].inv; }

LastStatus lastStatusOf(pjsua_call_id call) {
  const pjsua_call& slot = pjsua_var.calls[call];
  return {static_cast<int>(slot.last_code), copy(slot.last_text)};
}

bool isHeldHere(pjsua_call_id call) { return pjsua_var.calls[call].local_hold != 0; }

std::optional<AudioStream> audioStreamOf(pjsua_call_id call) {
  const pjsua_call& slot = pjsua_var.calls[call];
  for (unsigned i = 0; i < slot.med_cnt; ++i) {
    const pjsua_call_media& media = slot.media[i];
    if (media.type == PJMEDIA_TYPE_AUDIO && media.strm.a.stream != nullptr)
      return AudioStream{media.idx, media.strm.a.stream, media.strm.a.conf_slot, media.dir};
  }
  return std::nullopt;
}

void expectStream(pjsua_call_id call) {
  pjsua_call& entry = pjsua_var.calls[call];
  for (unsigned line = 0; line < entry.med_prov_cnt; ++line) {
    pjsua_call_media& media = entry.media_prov[line];
    if (media.type == PJMEDIA_TYPE_AUDIO && media.strm.a.stream == nullptr && media.dir == PJMEDIA_DIR_NONE)
      media.dir = PJMEDIA_DIR_ENCODING_DECODING;
  }
}

pjmedia_transport*& mediaTransportOf(pjsua_call_id call, unsigned line) { return pjsua_var.calls[call].media[line].tp; }

LockedCall lockCall(pjsua_call_id call) {
  pjsua_call* slot = nullptr;
  pjsip_dialog* dialog = nullptr;
  const pj_status_t status = acquire_call("HeldCall", call, &slot, &dialog);
  return {status, dialog, status == PJ_SUCCESS ? reinterpret_cast<std::uintptr_t>(slot->user_data) : 0};
}

std::optional<pjsua_call_id> slotOf(const pjsip_inv_session* session) {
  const auto* slot = static_cast<const pjsua_call*>(session->mod_data[pjsua_var.mod.id]);
  if (slot == nullptr || slot->inv != session) return std::nullopt;
  return slot->index;
}

pj_status_t withoutSessionTimer(pjsua_acc_id account, const std::function<pj_status_t()>& send) {
  const PjsuaLock lock;
  const TimerOff off(account);
  return send();
}

}  // namespace np
