#include "sip/message/fingerprint_lines.h"

#include "base/pj.h"
#include "base/text.h"
#include "sip/message/header_fields.h"

#include <algorithm>
#include <charconv>
#include <string>

namespace np {
namespace {

constexpr std::size_t longestLine = 512;

// More certificates than any side has.
constexpr std::size_t mostFingerprints = 8;

std::optional<FingerprintHash> hashNamed(std::string_view written) {
  const std::string name = lowercase(std::string(written));
  for (const FingerprintHash hash : fingerprintHashes)
    if (name == nameOf(hash)) return hash;
  return std::nullopt;
}

// Two digits for each octet, with colons in between.
std::optional<Fingerprint> fingerprintIn(std::string_view text) {
  text = trimmed(text);
  const auto space = std::min(text.find(' '), text.size());
  const auto hash = hashNamed(text.substr(0, space));
  const std::string_view digits = trimmed(text.substr(space));
  if (!hash || digits.size() != 3 * sizeOf(*hash) - 1) return std::nullopt;
  Fingerprint result{*hash};
  for (std::size_t i = 0; i < sizeOf(*hash); ++i) {
    const char* at = digits.data() + 3 * i;
    const auto [end, error] = std::from_chars(at, at + 2, result.octets[i], 16);
    const bool isSeparated = 3 * i + 2 == digits.size() || at[2] == ':';
    if (error != std::errc() || end != at + 2 || !isSeparated) return std::nullopt;
  }
  return result;
}

template <class Owner>
std::vector<Fingerprint> fingerprintsOf(const Owner& owner) {
  std::vector<Fingerprint> all;
  for (unsigned i = 0; i < owner.attr_count && all.size() < mostFingerprints; ++i) {
    const std::string_view value = view(owner.attr[i]->value);
    if (view(owner.attr[i]->name) != "fingerprint" || value.size() > longestLine) continue;
    if (const auto fingerprint = fingerprintIn(value)) all.push_back(*fingerprint);
  }
  return all;
}

const pjmedia_sdp_attr* attributeIn(const pjmedia_sdp_session& session, const pjmedia_sdp_media& line,
                                    const char* name) {
  const pjmedia_sdp_attr* own = pjmedia_sdp_media_find_attr2(&line, name, nullptr);
  return own != nullptr ? own : pjmedia_sdp_attr_find2(session.attr_count, session.attr, name, nullptr);
}

std::optional<Setup> setupNamed(std::string_view written) {
  const std::string name = lowercase(std::string(trimmed(written)));
  for (const Setup setup : {Setup::active, Setup::passive, Setup::actpass})
    if (name == nameOf(setup)) return setup;
  return std::nullopt;
}

template <class Owner>
void letOwnerBegin(Owner& owner) {
  for (unsigned i = 0; i < owner.attr_count; ++i) {
    pjmedia_sdp_attr& each = *owner.attr[i];
    if (view(each.name) == "setup" && setupNamed(view(each.value)) == Setup::actpass)
      each.value = pj_str(const_cast<char*>(nameOf(Setup::active).data()));
  }
}

void add(pj_pool_t* pool, pjmedia_sdp_media& line, const char* name, const std::string& text) {
  const pj_str_t value = borrow(text);
  pjmedia_sdp_media_add_attr(&line, pjmedia_sdp_attr_create(pool, name, &value));
}

}  // namespace

std::vector<Fingerprint> fingerprintsIn(const pjmedia_sdp_session& session, const pjmedia_sdp_media& line) {
  return pjmedia_sdp_media_find_attr2(&line, "fingerprint", nullptr) != nullptr ? fingerprintsOf(line)
                                                                                : fingerprintsOf(session);
}

std::optional<Setup> setupIn(const pjmedia_sdp_session& session, const pjmedia_sdp_media& line, Setup otherwise) {
  const pjmedia_sdp_attr* attribute = attributeIn(session, line, "setup");
  return attribute == nullptr ? otherwise : setupNamed(view(attribute->value));
}

void addFingerprint(pj_pool_t* pool, pjmedia_sdp_media& line, const Fingerprint& fingerprint, Setup setup) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string text(nameOf(fingerprint.hash));
  for (std::size_t i = 0; i < sizeOf(fingerprint.hash); ++i) {
    text += i == 0 ? ' ' : ':';
    text += digits[fingerprint.octets[i] >> 4];
    text += digits[fingerprint.octets[i] & 0x0f];
  }
  add(pool, line, "fingerprint", text);
  add(pool, line, "setup", std::string(nameOf(setup)));
}

void removeFingerprints(pjmedia_sdp_session& session) {
  pjmedia_sdp_attr_remove_all(&session.attr_count, session.attr, "fingerprint");
  for (unsigned i = 0; i < session.media_count; ++i) pjmedia_sdp_media_remove_all_attr(session.media[i], "fingerprint");
}

void letOffererBegin(pjmedia_sdp_session& offer) {
  letOwnerBegin(offer);
  for (unsigned i = 0; i < offer.media_count; ++i) letOwnerBegin(*offer.media[i]);
}

bool demandsHandshake(const pjmedia_sdp_media& line) {
  const std::string_view profile = view(line.desc.transport);
  return profile == "UDP/TLS/RTP/SAVP" || profile == "UDP/TLS/RTP/SAVPF";
}

}  // namespace np
