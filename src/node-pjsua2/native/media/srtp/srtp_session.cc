#include "media/srtp/srtp_session.h"

#include "media/rtp/rtp_packet.h"

#include <algorithm>

namespace np {
namespace {

constexpr std::size_t reportHeader = 8;
constexpr std::size_t indexSize = 4;
constexpr std::uint32_t encrypted = 0x80000000;  // beside the index of a report
constexpr std::uint8_t version = 2;

std::uint32_t read32(const std::uint8_t* at) {
  return static_cast<std::uint32_t>(at[0]) << 24 | static_cast<std::uint32_t>(at[1]) << 16 |
         static_cast<std::uint32_t>(at[2]) << 8 | at[3];
}

void write32(std::uint8_t* at, std::uint32_t value) {
  for (int i = 0; i < 4; ++i) at[i] = static_cast<std::uint8_t>(value >> (24 - 8 * i));
}

// What stays readable of an RTP packet: contributing sources and header extension, too. Nothing if it is none.
std::optional<std::size_t> headerOf(const std::uint8_t* packet, std::size_t size) {
  if (size < rtpHeaderSize || packet[0] >> 6 != version) return std::nullopt;
  std::size_t header = rtpHeaderSize + 4U * (packet[0] & 0x0f);
  if ((packet[0] & 0x10) != 0) {
    if (header + 4 > size) return std::nullopt;
    header += 4 + 4U * (static_cast<std::size_t>(packet[header + 2]) << 8 | packet[header + 3]);
  }
  return header <= size ? std::optional(header) : std::nullopt;
}

std::uint16_t sequenceOf(const std::uint8_t* packet) { return static_cast<std::uint16_t>(packet[2] << 8 | packet[3]); }

std::uint32_t roundOf(std::uint64_t number) { return static_cast<std::uint32_t>(number >> 16); }

}  // namespace

PacketNumbers* SrtpStreams::find(std::uint32_t ssrc) {
  Stream* const first = streams_.data();
  Stream* const end = first + count_;
  Stream* const found = std::find_if(first, end, [&](const Stream& stream) { return stream.ssrc == ssrc; });
  if (found == end) return nullptr;
  std::rotate(first, found, found + 1);
  return &first->numbers;
}

PacketNumbers& SrtpStreams::add(std::uint32_t ssrc, PacketNumbers numbers) {
  if (!full()) ++count_;
  Stream* const first = streams_.data();
  std::move_backward(first, first + count_ - 1, first + count_);
  *first = {ssrc, numbers};
  return first->numbers;
}

SrtpSender::SrtpSender(const SrtpKey& key)
    : key(key), rtp_(key, PacketCipher::Of::rtp), rtcp_(key, PacketCipher::Of::rtcp) {}

// A number must never be used for two packets, so no stream is ever forgotten.
std::optional<std::size_t> SrtpSender::protect(std::uint8_t* packet, std::size_t size) {
  const auto header = headerOf(packet, size);
  if (!header) return std::nullopt;
  const std::uint32_t ssrc = read32(packet + 8);
  PacketNumbers* numbers = streams_.find(ssrc);
  if (numbers == nullptr && streams_.full()) return std::nullopt;
  if (numbers == nullptr) numbers = &streams_.add(ssrc, {});
  const auto number = numbers->of(sequenceOf(packet));
  if (!number) return std::nullopt;
  numbers->use(*number);
  rtp_.seal(packet, *header, size, {ssrc, *number}, roundOf(*number), packet + size);
  return size + rtp_.tagSize();
}

// Two at once are rare, and a report more or less does not matter.
std::optional<std::size_t> SrtpSender::protectReport(std::uint8_t* packet, std::size_t size) {
  if (size < reportHeader || reporting_.test_and_set(std::memory_order_acquire)) return std::nullopt;
  std::optional<std::size_t> result;
  if (reports_ < encrypted - 1) {
    const std::uint32_t index = ++reports_;
    const bool isAead = key.suite == SrtpSuite::aeadAes256Gcm;
    // The index stands before the tag that authenticates it, but after that of an AEAD (RFC 7714, 9).
    std::uint8_t* tag = packet + size + (isAead ? 0 : indexSize);
    write32(packet + size + (isAead ? rtcp_.tagSize() : 0), encrypted | index);
    rtcp_.seal(packet, reportHeader, size, {read32(packet + 4), index}, encrypted | index, tag);
    result = size + indexSize + rtcp_.tagSize();
  }
  reporting_.clear(std::memory_order_release);
  return result;
}

SrtpReceiver::SrtpReceiver(const SrtpKey& key, std::optional<SrtpPosition> from)
    : key(key), from_(from), rtp_(key, PacketCipher::Of::rtp), rtcp_(key, PacketCipher::Of::rtcp) {}

std::optional<std::size_t> SrtpReceiver::unprotect(const std::uint8_t* packet, std::size_t size, std::uint8_t* plain) {
  const auto header = headerOf(packet, size);
  if (!header || size < *header + rtp_.tagSize()) return std::nullopt;
  const std::size_t inner = size - rtp_.tagSize();
  const std::uint32_t ssrc = read32(packet + 8);
  const Sealed sealed{packet, *header, inner, ssrc};
  PacketNumbers* known = streams_.find(ssrc);
  if (known == nullptr ? !opensFirst(sealed, plain) : !opens(sealed, *known, plain)) return std::nullopt;
  ssrc_.store(ssrc, std::memory_order_relaxed);
  number_.store(streams_.find(ssrc)->newest(), std::memory_order_relaxed);
  begun_.store(true, std::memory_order_release);
  return inner;
}

bool SrtpReceiver::opens(const Sealed& sealed, PacketNumbers& numbers, std::uint8_t* plain) {
  const auto& [packet, header, inner, ssrc] = sealed;
  const auto number = numbers.of(sequenceOf(packet));
  if (!number || !rtp_.open(packet, header, inner, {ssrc, *number}, roundOf(*number), packet + inner, plain))
    return false;
  numbers.use(*number);
  return true;
}

// A stream counts in one way only: a packet that was taken in the one must not come again in the other.
bool SrtpReceiver::opensFirst(const Sealed& sealed, std::uint8_t* plain) {
  PacketNumbers anew;
  if (opens(sealed, anew, plain)) {
    streams_.add(sealed.ssrc, anew);
    return true;
  }
  if (!from_ || from_->ssrc != sealed.ssrc) return false;
  PacketNumbers goesOn(from_->number);
  if (!opens(sealed, goesOn, plain)) return false;
  streams_.add(sealed.ssrc, goesOn);
  return true;
}

std::optional<std::size_t> SrtpReceiver::unprotectReport(const std::uint8_t* packet, std::size_t size,
                                                         std::uint8_t* plain) {
  if (size < reportHeader + indexSize + rtcp_.tagSize()) return std::nullopt;
  const std::size_t inner = size - indexSize - rtcp_.tagSize();
  const bool isAead = key.suite == SrtpSuite::aeadAes256Gcm;
  const std::uint32_t word = read32(packet + inner + (isAead ? rtcp_.tagSize() : 0));
  const std::uint32_t index = word & ~encrypted;
  const std::uint32_t ssrc = read32(packet + 4);
  PacketNumbers* numbers = reports_.find(ssrc);
  if ((word & encrypted) == 0 || (numbers != nullptr && !numbers->isFresh(index))) return std::nullopt;
  const std::uint8_t* tag = packet + inner + (isAead ? 0 : indexSize);
  if (!rtcp_.open(packet, reportHeader, inner, {ssrc, index}, word, tag, plain)) return std::nullopt;
  if (numbers == nullptr) numbers = &reports_.add(ssrc, {});
  numbers->use(index);
  return inner;
}

std::optional<SrtpPosition> SrtpReceiver::position() const {
  if (!begun_.load(std::memory_order_acquire)) return std::nullopt;
  return SrtpPosition{ssrc_.load(std::memory_order_relaxed), number_.load(std::memory_order_relaxed)};
}

}  // namespace np
