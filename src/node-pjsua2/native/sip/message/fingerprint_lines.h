// Who is to make the handshake of encrypted media, and by which certificate, in SDP (RFC 8122, RFC 4145, RFC 5763).
#pragma once

#include "media/dtls/fingerprint.h"

#include <pjmedia/sdp.h>

#include <optional>
#include <string_view>
#include <vector>

namespace np {

// Who begins the connection: the side itself, the other one, or whoever wants to.
enum class Setup { active, passive, actpass };

constexpr std::string_view nameOf(Setup setup) {
  return setup == Setup::active ? "active" : setup == Setup::passive ? "passive" : "actpass";
}

// Those of a line, or of the whole description if the line has none. What is not understood, or too weak, is left out.
std::vector<Fingerprint> fingerprintsIn(const pjmedia_sdp_session& session, const pjmedia_sdp_media& line);

// `otherwise`: what it means to say nothing. Nothing for what we cannot do, such as holdconn.
std::optional<Setup> setupIn(const pjmedia_sdp_session& session, const pjmedia_sdp_media& line, Setup otherwise);

void addFingerprint(pj_pool_t* pool, pjmedia_sdp_media& line, const Fingerprint& fingerprint, Setup setup);
// From the description as a whole and all its lines.
void removeFingerprints(pjmedia_sdp_session& session);

// Where the offer leaves us the choice who begins, whoever has made it is to.
void letOffererBegin(pjmedia_sdp_session& offer);

// UDP/TLS/RTP/SAVP or UDP/TLS/RTP/SAVPF: keys come by a handshake, or not at all (RFC 5764, 8).
bool demandsHandshake(const pjmedia_sdp_media& line);

}  // namespace np
