#include "sip/call/media_protection.h"

#include "base/pj.h"
#include "sip/message/sdes.h"

#include <algorithm>

namespace np {
namespace {

bool isAudio(const pjmedia_sdp_media& media) { return view(media.desc.media) == "audio" && media.desc.port != 0; }

}  // namespace

Protection protectionOf(const pjmedia_sdp_media& offered, Encryption encryption) {
  const bool canEncrypt = encryption != Encryption::off && !cryptoLinesIn(offered).empty();
  if (canEncrypt) return Protection::encrypted;
  if (view(offered.desc.transport).find("SAVP") != std::string_view::npos || encryption == Encryption::required)
    return Protection::refused;
  return Protection::plain;
}

bool hasAdmissibleProtection(const pjmedia_sdp_session& offer, Encryption encryption) {
  const auto* end = offer.media + offer.media_count;
  const auto isRefused = [&](const pjmedia_sdp_media* line) {
    return isAudio(*line) && protectionOf(*line, encryption) == Protection::refused;
  };
  const auto isAdmitted = [&](const pjmedia_sdp_media* line) { return isAudio(*line) && !isRefused(line); };
  return std::any_of(offer.media, end, isAdmitted) || std::none_of(offer.media, end, isRefused);
}

bool admitProtection(pjmedia_sdp_session& offer, Encryption encryption) {
  if (!hasAdmissibleProtection(offer, encryption)) return false;
  for (unsigned i = 0; i < offer.media_count; ++i) {
    pjmedia_sdp_media& line = *offer.media[i];
    const Protection protection = protectionOf(line, encryption);
    if (isAudio(line) && protection == Protection::refused) line.desc.port = 0;
    if (protection == Protection::plain) pjmedia_sdp_media_remove_all_attr(&line, "crypto");
  }
  return true;
}

// An answer has a single line, whose tag is that of the offer's.
std::optional<AgreedKeys> agreedKeys(const pjmedia_sdp_media& ours, const pjmedia_sdp_media& theirs) {
  const auto own = cryptoLinesIn(ours), other = cryptoLinesIn(theirs);
  if (own.empty() || other.empty()) return std::nullopt;
  const unsigned tag = other.size() == 1 ? other.front().tag : own.front().tag;
  const auto hasTag = [&](const CryptoLine& line) { return line.tag == tag; };
  const auto mine = std::find_if(own.begin(), own.end(), hasTag);
  const auto yours = std::find_if(other.begin(), other.end(), hasTag);
  if (mine == own.end() || yours == other.end() || mine->key.suite != yours->key.suite) return std::nullopt;
  return AgreedKeys{mine->key, yours->key, demandsEncryption(ours)};
}

void OwnKeys::offer(pj_pool_t* pool, pjmedia_sdp_media& ours, Encryption encryption,
                    const std::optional<AgreedKeys>& before) {
  if (encryption == Encryption::off) return;
  unsigned tag = 0;
  for (const SrtpSuite suite : srtpSuites)
    if (!before || suite == before->ours.suite) addCryptoLine(pool, ours, {++tag, of(suite)});
  if (encryption == Encryption::required || (before && before->isDemanded))
    ours.desc.transport = pj_str(const_cast<char*>("RTP/SAVP"));
}

void OwnKeys::answer(pj_pool_t* pool, pjmedia_sdp_media& ours, const pjmedia_sdp_media& offered) {
  const CryptoLine chosen = cryptoLinesIn(offered).front();
  addCryptoLine(pool, ours, {chosen.tag, of(chosen.key.suite)});
  if (demandsEncryption(offered)) pj_strdup(pool, &ours.desc.transport, &offered.desc.transport);
}

const SrtpKey& OwnKeys::of(SrtpSuite suite) {
  auto& key = keys_[static_cast<std::size_t>(suite)];
  if (!key) key = randomKey(suite);
  return *key;
}

}  // namespace np
