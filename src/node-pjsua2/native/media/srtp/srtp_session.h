// One direction of a call's encrypted media (RFC 3711): packets of RTP and RTCP under one master key.
//
// Our own, because Debian's libsrtp makes and frees a context of NSS for each packet, behind locks
// (docs/decisions/0011-srtp-of-our-own.md). The ciphers are OpenSSL's.
#pragma once

#include "media/srtp/packet_cipher.h"
#include "media/srtp/packet_numbers.h"

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <optional>

namespace np {

// By how much a packet can grow.
constexpr std::size_t srtpOverhead = 16 + 4;

// Where a stream has come to, for whoever goes on with it under another key.
struct SrtpPosition {
  std::uint32_t ssrc;
  std::uint64_t number;
};

// The streams under one key, in as many places as a call needs. No two of them may share a number.
class SrtpStreams {
 public:
  // The numbers of this SSRC, if it has any yet; they are there until find() or add() is called again.
  PacketNumbers* find(std::uint32_t ssrc);
  // Takes the place of the one used longest ago.
  PacketNumbers& add(std::uint32_t ssrc, PacketNumbers numbers);
  bool full() const { return count_ == streams_.size(); }

 private:
  struct Stream {
    std::uint32_t ssrc;
    PacketNumbers numbers;
  };
  std::array<Stream, 4> streams_{};
  std::size_t count_ = 0;  // the one used last is the first
};

// Encrypts in place; the buffer has room for srtpOverhead more. Returns the new size; nothing if the packet cannot be
// sent, because its number was used or it is not a packet at all. RTP and RTCP may be sent by different threads.
class SrtpSender {
 public:
  explicit SrtpSender(const SrtpKey& key);

  std::optional<std::size_t> protect(std::uint8_t* packet, std::size_t size);
  std::optional<std::size_t> protectReport(std::uint8_t* packet, std::size_t size);

  const SrtpKey key;

 private:
  PacketCipher rtp_;
  PacketCipher rtcp_;
  SrtpStreams streams_;
  std::uint32_t reports_ = 0;
  std::atomic_flag reporting_;
};

// Decrypts to `plain`, which is as large as the packet. Returns its size; nothing if it is not genuine or came before.
// For one thread.
class SrtpReceiver {
 public:
  // The stream that has come to `from` may go on from there under its new key, or begin anew (RFC 3711, 3.3.1).
  explicit SrtpReceiver(const SrtpKey& key, std::optional<SrtpPosition> from = {});

  std::optional<std::size_t> unprotect(const std::uint8_t* packet, std::size_t size, std::uint8_t* plain);
  std::optional<std::size_t> unprotectReport(const std::uint8_t* packet, std::size_t size, std::uint8_t* plain);

  // From any thread.
  std::optional<SrtpPosition> position() const;

  const SrtpKey key;

 private:
  struct Sealed {
    const std::uint8_t* packet;
    std::size_t header;
    std::size_t inner;
    std::uint32_t ssrc;
  };
  // Whether it is genuine as the next one after these; its number is used then.
  bool opens(const Sealed& sealed, PacketNumbers& numbers, std::uint8_t* plain);
  bool opensFirst(const Sealed& sealed, std::uint8_t* plain);

  const std::optional<SrtpPosition> from_;
  PacketCipher rtp_;
  PacketCipher rtcp_;
  SrtpStreams streams_;
  SrtpStreams reports_;
  std::atomic<std::uint32_t> ssrc_{0};
  std::atomic<std::uint64_t> number_{0};
  std::atomic<bool> begun_{false};
};

}  // namespace np
