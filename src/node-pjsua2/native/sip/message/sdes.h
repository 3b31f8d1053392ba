// The keys of encrypted media in SDP (RFC 4568).
#pragma once

#include "media/srtp/srtp_key.h"

#include <pjmedia/sdp.h>

#include <vector>

namespace np {

struct CryptoLine {
  unsigned tag;
  SrtpKey key;
};

// Those that we can use, in their order. What asks for anything that we don't do is left out, as RFC 4568 has it.
std::vector<CryptoLine> cryptoLinesIn(const pjmedia_sdp_media& media);

void addCryptoLine(pj_pool_t* pool, pjmedia_sdp_media& media, const CryptoLine& line);

// RTP/SAVP or RTP/SAVPF: there is no audio without encryption.
bool demandsEncryption(const pjmedia_sdp_media& media);

}  // namespace np
