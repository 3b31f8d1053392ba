// An RTP packet (RFC 3550, 5.1), read in place.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

namespace np {

struct RtpPacket {
  std::uint8_t type;  // payload type
  bool marker;
  std::uint16_t sequence;
  std::uint32_t timestamp;
  std::uint32_t ssrc;
  const std::uint8_t* payload;
  std::size_t size;  // of the payload, octets
};

constexpr std::size_t rtpHeaderSize = 12;
constexpr std::size_t largestRtpPayload = 1400;

// The distance from one sequence number to another, across wrap-around.
constexpr int sequenceDistance(std::uint16_t from, std::uint16_t to) {
  return static_cast<std::int16_t>(static_cast<std::uint16_t>(to - from));
}

// Whether a packet at this distance from the newest one belongs to the same stream. Further ahead, or further back than
// packets overtake each other, the sender has restarted with the same SSRC (RFC 3550, A.1: MAX_DROPOUT, MAX_MISORDER):
// taken for late, its packets would all be dropped for a minute.
constexpr int largestDelay = 100;
constexpr bool goesOn(int distance) { return distance < 3000 && distance > -largestDelay; }

// Nothing if it is not an RTP packet, or is longer than a network carries. Contributing sources, header extension and
// padding are not part of the payload.
std::optional<RtpPacket> parseRtp(const void* data, std::size_t size);

// Comfort noise (RFC 3389), which is not part of a codec but goes with those at 8 kHz.
constexpr std::uint8_t comfortNoise = 13;

// Whether it is an RTCP packet on the RTP port (RFC 5761, 4).
constexpr bool isRtcp(const RtpPacket& packet) { return packet.type >= 64 && packet.type <= 95; }

// The sender of this RTP or RTCP packet.
std::optional<std::uint32_t> senderOf(const void* data, std::size_t size);

// Writes header and payload to `out`, which must have room for both; returns the packet's size.
std::size_t writeRtp(const RtpPacket& packet, std::uint8_t* out);

}  // namespace np
