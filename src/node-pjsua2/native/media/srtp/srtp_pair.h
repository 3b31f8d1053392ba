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

  // `before`: what was agreed on last, even if the media has been plain since; null for nothing.
  SrtpPair(const SrtpKey& ours, const SrtpKey& theirs, const SrtpPair* before);

  // As SrtpSender and SrtpReceiver have it.
  std::optional<std::size_t> encrypt(Of of, std::uint8_t* packet, std::size_t size) const;
  std::optional<std::size_t> decrypt(Of of, const std::uint8_t* packet, std::size_t size, std::uint8_t* plain) const;

 private:
  // One for each key of ours so far, of which there is one for each suite; the first is in use.
  std::vector<std::shared_ptr<SrtpSender>> out_;
  // What comes is tried under the newest key, and under the one before, whose last packets may be late.
  std::vector<std::shared_ptr<SrtpReceiver>> in_;
};

}  // namespace np
