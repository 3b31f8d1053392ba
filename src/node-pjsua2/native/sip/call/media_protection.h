// Agrees with the other side whether and with which keys the audio of a call is encrypted.
#pragma once

#include "media/srtp/srtp_key.h"
#include "sip/call/encryption.h"

#include <pjmedia/sdp.h>

#include <array>
#include <optional>

namespace np {

enum class Protection { plain, encrypted, refused };

// What becomes of an audio line that is offered. Besides RTP/SAVP there is the habit of many phones to offer keys with
// RTP/AVP, for those who know them.
Protection protectionOf(const pjmedia_sdp_media& offered, Encryption encryption);

// Switches the audio lines off that are refused, and takes the keys out of those that are to stay plain: the offer then
// says what it will be answered with. False if no line is left.
bool admitProtection(pjmedia_sdp_session& offer, Encryption encryption);
bool hasAdmissibleProtection(const pjmedia_sdp_session& offer, Encryption encryption);

// Both directions have keys of their own.
struct AgreedKeys {
  SrtpKey ours;
  SrtpKey theirs;
  bool isDemanded;  // RTP/SAVP
};

// What the two descriptions of a line agree on; nothing if it is not encrypted.
std::optional<AgreedKeys> agreedKeys(const pjmedia_sdp_media& ours, const pjmedia_sdp_media& theirs);

// Our keys for one line of a call. They stay the same, so that an offer of ours never interrupts the audio.
class OwnKeys {
 public:
  // Each adds what our description of the line has to say. What was agreed before is offered again.
  void offer(pj_pool_t* pool, pjmedia_sdp_media& ours, Encryption encryption, const std::optional<AgreedKeys>& before);
  void answer(pj_pool_t* pool, pjmedia_sdp_media& ours, const pjmedia_sdp_media& offered);

 private:
  const SrtpKey& of(SrtpSuite suite);

  std::array<std::optional<SrtpKey>, srtpSuites.size()> keys_;
};

}  // namespace np
