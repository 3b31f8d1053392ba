// Both directions of a call's encrypted media, as the two sides have agreed on them. Immutable; what it refers to goes
// on in the pair after a new agreement, so that the audio is not interrupted, and no number is used twice under a key
// that comes back.
#pragma once

#include "media/srtp/srtp_session.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace np {

class SrtpPair {
 public:
  enum class Of { rtp, rtcp };

  // Whether our key may be agreed on again, as one in SDP may, or is a handshake's, which never comes back.
  enum class OurKey { lasting, passing };

  // `before`: what was agreed on last, even if the media has been plain since; null for nothing.
  SrtpPair(const SrtpKey& ours, const SrtpKey& theirs, const SrtpPair* before, OurKey kind = OurKey::lasting);

  // As SrtpSender and SrtpReceiver have it.
  std::optional<std::size_t> encrypt(Of of, std::uint8_t* packet, std::size_t size) const;
  std::optional<std::size_t> decrypt(Of of, const std::uint8_t* packet, std::size_t size, std::uint8_t* plain) const;

 private:
  std::vector<std::shared_ptr<SrtpSender>> lastingSenders() const;

  OurKey kind_;
  // The first is in use; the others are for the lasting keys so far, of which there is one for each suite.
  std::vector<std::shared_ptr<SrtpSender>> out_;
  // What comes is tried under the newest key, and under the one before, whose last packets may be late.
  std::vector<std::shared_ptr<SrtpReceiver>> in_;
};

}  // namespace np
