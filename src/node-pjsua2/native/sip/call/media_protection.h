// Agrees with the other side whether and with which keys the audio of a call is encrypted.
#pragma once

#include "media/dtls/dtls_handshake.h"
#include "media/srtp/srtp_key.h"
#include "sip/call/encryption.h"

#include <pjmedia/sdp.h>

#include <array>
#include <optional>
#include <string>
#include <variant>

namespace np {

enum class Protection { plain, byKeys, byHandshake, refused };

// What becomes of an audio line that is offered. Besides RTP/SAVP there is the habit of many phones to offer keys with
// RTP/AVP, for those who know them. Keys in SDP come before a handshake, as they need no time.
Protection protectionOf(const pjmedia_sdp_session& offer, unsigned line, Encryption encryption);

// Switches the audio lines off that are refused, and takes keys and fingerprints out of those that are to stay plain:
// the offer then says what it will be answered with. False if no line is left.
bool admitProtection(pjmedia_sdp_session& offer, Encryption encryption);
bool hasAdmissibleProtection(const pjmedia_sdp_session& offer, Encryption encryption);

// Both directions have keys of their own.
struct AgreedKeys {
  SrtpKey ours;
  SrtpKey theirs;
  bool isDemanded;  // RTP/SAVP
};

// Keys are to come by a handshake (DTLS-SRTP, RFC 5764).
struct AgreedHandshake {
  DtlsTerms terms;
  std::string profile;  // such as UDP/TLS/RTP/SAVP
};

using Agreed = std::optional<std::variant<AgreedKeys, AgreedHandshake>>;

// Null if it is not by one.
inline const AgreedHandshake* handshakeIn(const Agreed& agreed) {
  return agreed ? std::get_if<AgreedHandshake>(&*agreed) : nullptr;
}

// What the two descriptions of a line agree on; nothing if it is not encrypted. `before`: what they agreed on last.
Agreed agreedOn(const pjmedia_sdp_session& ours, const pjmedia_sdp_session& theirs, unsigned line,
                const Agreed& before);

// What we have to say about one line of a call. It stays the same, so that an offer of ours never interrupts the audio.
class OwnProtection {
 public:
  // `certificate`: ours.
  explicit OwnProtection(const Fingerprint& certificate) : certificate_(certificate) {}

  // Each adds to our description of the line. What was agreed before is offered again, and who has begun the handshake
  // stays who he is (RFC 8842, 5).
  void offer(pj_pool_t* pool, pjmedia_sdp_media& ours, Encryption encryption, const Agreed& before);
  void answerByKeys(pj_pool_t* pool, pjmedia_sdp_media& ours, const pjmedia_sdp_media& offered);
  void answerByHandshake(pj_pool_t* pool, pjmedia_sdp_media& ours, const pjmedia_sdp_session& offer, unsigned line,
                         const Agreed& before) const;

 private:
  void offerKeys(pj_pool_t* pool, pjmedia_sdp_media& ours, const AgreedKeys* before);
  const SrtpKey& of(SrtpSuite suite);

  const Fingerprint certificate_;
  std::array<std::optional<SrtpKey>, srtpSuites.size()> keys_;
};

}  // namespace np
