#include "sip/call/media_protection.h"

#include "base/pj.h"
#include "sip/message/fingerprint_lines.h"
#include "sip/message/sdes.h"

#include <algorithm>

namespace np {
namespace {

bool isAudio(const pjmedia_sdp_media& line) { return view(line.desc.media) == "audio" && line.desc.port != 0; }

bool offersHandshake(const pjmedia_sdp_session& offer, const pjmedia_sdp_media& line) {
  return !fingerprintsIn(offer, line).empty() && setupIn(offer, line, Setup::active).has_value();
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

// Of the two that say actpass the offer leaves the choice to the answer. Some (baresip) do so in an answer, too, when
// they were asked anew: then it stays as it is.
std::optional<DtlsRole> agreedRole(Setup ours, Setup theirs, const AgreedHandshake* before) {
  if (ours == Setup::actpass && theirs == Setup::actpass)
    return before == nullptr ? std::nullopt : std::optional(before->terms.role);
  if (ours == Setup::actpass ? theirs == Setup::passive : ours == Setup::active) return DtlsRole::client;
  if (ours == Setup::actpass ? theirs == Setup::active : ours == Setup::passive) return DtlsRole::server;
  return std::nullopt;
}

std::optional<AgreedHandshake> agreedHandshake(const pjmedia_sdp_session& ours, const pjmedia_sdp_session& theirs,
                                               unsigned line, const AgreedHandshake* before) {
  const pjmedia_sdp_media &mine = *ours.media[line], &yours = *theirs.media[line];
  const auto fingerprints = fingerprintsIn(theirs, yours);
  if (fingerprintsIn(ours, mine).empty() || fingerprints.empty()) return std::nullopt;
  const auto own = setupIn(ours, mine, Setup::actpass);
  const auto other = setupIn(theirs, yours, own == Setup::actpass ? Setup::passive : Setup::actpass);
  const auto role = own && other ? agreedRole(*own, *other, before) : std::nullopt;
  if (!role) return std::nullopt;
  return AgreedHandshake{{*role, fingerprints}, copy(mine.desc.transport)};
}

Setup answerTo(Setup offered, const std::vector<Fingerprint>& theirs, const AgreedHandshake* before) {
  if (offered != Setup::actpass) return offered == Setup::active ? Setup::passive : Setup::active;
  const bool goesOn = before != nullptr && before->terms.theirs == theirs;
  return goesOn && before->terms.role == DtlsRole::server ? Setup::passive : Setup::active;
}

}  // namespace

Protection protectionOf(const pjmedia_sdp_session& offer, unsigned line, Encryption encryption) {
  const pjmedia_sdp_media& offered = *offer.media[line];
  if (encryption != Encryption::off) {
    if (!demandsHandshake(offered) && !cryptoLinesIn(offered).empty()) return Protection::byKeys;
    if (offersHandshake(offer, offered)) return Protection::byHandshake;
  }
  if (view(offered.desc.transport).find("SAVP") != std::string_view::npos || encryption == Encryption::required)
    return Protection::refused;
  return Protection::plain;
}

bool hasAdmissibleProtection(const pjmedia_sdp_session& offer, Encryption encryption) {
  bool anyRefused = false;
  for (unsigned i = 0; i < offer.media_count; ++i) {
    if (!isAudio(*offer.media[i])) continue;
    if (protectionOf(offer, i, encryption) != Protection::refused) return true;
    anyRefused = true;
  }
  return !anyRefused;
}

bool admitProtection(pjmedia_sdp_session& offer, Encryption encryption) {
  if (!hasAdmissibleProtection(offer, encryption)) return false;
  for (unsigned i = 0; i < offer.media_count; ++i) {
    pjmedia_sdp_media& line = *offer.media[i];
    const Protection protection = protectionOf(offer, i, encryption);
    if (isAudio(line) && protection == Protection::refused) line.desc.port = 0;
    if (protection == Protection::plain) pjmedia_sdp_media_remove_all_attr(&line, "crypto");
  }
  if (encryption == Encryption::off) removeFingerprints(offer);
  return true;
}

Agreed agreedOn(const pjmedia_sdp_session& ours, const pjmedia_sdp_session& theirs, unsigned line,
                const Agreed& before) {
  if (const auto keys = agreedKeys(*ours.media[line], *theirs.media[line])) return *keys;
  if (const auto handshake = agreedHandshake(ours, theirs, line, handshakeIn(before))) return *handshake;
  return std::nullopt;
}

void OwnProtection::offer(pj_pool_t* pool, pjmedia_sdp_media& ours, Encryption encryption, const Agreed& before) {
  if (encryption == Encryption::off) return;
  const auto* keys = before ? std::get_if<AgreedKeys>(&*before) : nullptr;
  const auto* handshake = handshakeIn(before);
  if (handshake == nullptr) offerKeys(pool, ours, keys);
  if (keys == nullptr) addFingerprint(pool, ours, certificate_, Setup::actpass);
  if (handshake != nullptr)
    ours.desc.transport = pj_strdup3(pool, handshake->profile.c_str());
  else if (encryption == Encryption::required || (keys != nullptr && keys->isDemanded))
    ours.desc.transport = pj_str(const_cast<char*>("RTP/SAVP"));
}

void OwnProtection::offerKeys(pj_pool_t* pool, pjmedia_sdp_media& ours, const AgreedKeys* before) {
  unsigned tag = 0;
  for (const SrtpSuite suite : srtpSuites)
    if (before == nullptr || suite == before->ours.suite) addCryptoLine(pool, ours, {++tag, of(suite)});
}

void OwnProtection::answerByKeys(pj_pool_t* pool, pjmedia_sdp_media& ours, const pjmedia_sdp_media& offered) {
  const CryptoLine chosen = cryptoLinesIn(offered).front();
  addCryptoLine(pool, ours, {chosen.tag, of(chosen.key.suite)});
  if (demandsEncryption(offered)) pj_strdup(pool, &ours.desc.transport, &offered.desc.transport);
}

void OwnProtection::answerByHandshake(pj_pool_t* pool, pjmedia_sdp_media& ours, const pjmedia_sdp_session& offer,
                                      unsigned line, const Agreed& before) const {
  const pjmedia_sdp_media& offered = *offer.media[line];
  const Setup setup = setupIn(offer, offered, Setup::active).value_or(Setup::active);
  addFingerprint(pool, ours, certificate_, answerTo(setup, fingerprintsIn(offer, offered), handshakeIn(before)));
  if (demandsEncryption(offered) || demandsHandshake(offered))
    pj_strdup(pool, &ours.desc.transport, &offered.desc.transport);
}

const SrtpKey& OwnProtection::of(SrtpSuite suite) {
  auto& key = keys_[static_cast<std::size_t>(suite)];
  if (!key) key = randomKey(suite);
  return *key;
}

}  // namespace np
