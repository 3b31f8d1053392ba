// Both directions of a call's encrypted media, as the two sides have agreed on them. Immutable; what it refers to goes
// on in the pair after a new agreement, so that the audio is not interrupted.
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

  // `before`: what was agreed on until now; null for nothing.
  SrtpPair(const SrtpKey& ours, const SrtpKey& theirs, const SrtpPair* before);

  // As SrtpSender and SrtpReceiver have it.
  std::optional<std::size_t> encrypt(Of of, std::uint8_t* packet, std::size_t size) const;
  std::optional<std::size_t> decrypt(Of of, const std::uint8_t* packet, std::size_t size, std::uint8_t* plain) const;

 private:
  std::shared_ptr<SrtpSender> out_;
  // What comes is tried under each of these keys: the newest, the newest as a side uses it that keeps counting under a
  // new key (RFC 3711, 3.3.1), and the one before, whose last packets may be late.
  std::vector<std::shared_ptr<SrtpReceiver>> in_;
};

}  // namespace np
