#include "media/rtp/rtp_packet.h"

#include <cstring>

namespace np {
namespace {

constexpr std::uint8_t version = 2;
constexpr std::size_t rtcpHeaderSize = 8;
constexpr std::uint8_t firstRtcpType = 192, lastRtcpType = 223;  // RFC 5761, 4

std::uint16_t read16(const std::uint8_t* at) { return static_cast<std::uint16_t>(at[0] << 8 | at[1]); }
std::uint32_t read32(const std::uint8_t* at) { return static_cast<std::uint32_t>(read16(at)) << 16 | read16(at + 2); }

void write16(std::uint8_t* at, std::uint16_t value) {
  at[0] = static_cast<std::uint8_t>(value >> 8);
  at[1] = static_cast<std::uint8_t>(value);
}

void write32(std::uint8_t* at, std::uint32_t value) {
  write16(at, static_cast<std::uint16_t>(value >> 16));
  write16(at + 2, static_cast<std::uint16_t>(value));
}

}  // namespace

std::optional<RtpPacket> parseRtp(const void* data, std::size_t size) {
  const auto* octets = static_cast<const std::uint8_t*>(data);
  if (size < rtpHeaderSize || octets[0] >> 6 != version) return std::nullopt;
  std::size_t begin = rtpHeaderSize + 4U * (octets[0] & 0x0f);
  if ((octets[0] & 0x10) != 0) {
    if (begin + 4 > size) return std::nullopt;
    begin += 4 + 4U * read16(octets + begin + 2);
  }
  if (begin > size) return std::nullopt;
  const std::size_t padding = (octets[0] & 0x20) != 0 && begin < size ? octets[size - 1] : 0;
  if (begin + padding > size || size - begin - padding > largestRtpPayload) return std::nullopt;
  return RtpPacket{static_cast<std::uint8_t>(octets[1] & 0x7f),
                   (octets[1] & 0x80) != 0,
                   read16(octets + 2),
                   read32(octets + 4),
                   read32(octets + 8),
                   octets + begin,
                   size - begin - padding};
}

std::optional<std::uint32_t> senderOf(const void* data, std::size_t size) {
  const auto* octets = static_cast<const std::uint8_t*>(data);
  if (size < rtcpHeaderSize || octets[0] >> 6 != version) return std::nullopt;
  if (octets[1] >= firstRtcpType && octets[1] <= lastRtcpType) return read32(octets + 4);
  return size < rtpHeaderSize ? std::nullopt : std::optional(read32(octets + 8));
}

std::size_t writeRtp(const RtpPacket& packet, std::uint8_t* out) {
  out[0] = version << 6;
  out[1] = static_cast<std::uint8_t>((packet.marker ? 0x80 : 0) | packet.type);
  write16(out + 2, packet.sequence);
  write32(out + 4, packet.timestamp);
  write32(out + 8, packet.ssrc);
  std::memcpy(out + rtpHeaderSize, packet.payload, packet.size);
  return rtpHeaderSize + packet.size;
}

}  // namespace np
