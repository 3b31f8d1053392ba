// Encrypts and authenticates single packets of RTP or RTCP with keys derived from a master key (RFC 3711, 4; RFC 7714).
#pragma once

#include "media/srtp/srtp_key.h"

#include <openssl/evp.h>
#include <openssl/sha.h>

#include <cstddef>
#include <cstdint>
#include <memory>

namespace np {

// What makes a packet unique under its key.
struct PacketNumber {
  std::uint32_t ssrc;
  std::uint64_t number;
};

// Neither locks nor allocates once it is made. For one thread at a time.
class PacketCipher {
 public:
  enum class Of { rtp, rtcp };

  PacketCipher(const SrtpKey& master, Of of);

  // Each takes a packet whose first `header` octets stay readable, and reads or writes its tag at `tag`. `counter` is
  // authenticated too, whether or not it is sent: the round of the sequence numbers for RTP, the index for RTCP.
  void seal(std::uint8_t* packet, std::size_t header, std::size_t size, const PacketNumber& number,
            std::uint32_t counter, std::uint8_t* tag);
  // Writes to `plain`; false if the packet is not genuine.
  bool open(const std::uint8_t* packet, std::size_t header, std::size_t size, const PacketNumber& number,
            std::uint32_t counter, const std::uint8_t* tag, std::uint8_t* plain);

  std::size_t tagSize() const { return sizes_.tag; }

 private:
  struct FreeCipher {
    void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
  };
  using Cipher = std::unique_ptr<EVP_CIPHER_CTX, FreeCipher>;

  bool isAead() const { return suite_ == SrtpSuite::aeadAes256Gcm; }
  void vectorFor(const PacketNumber& number, std::uint8_t* vector) const;
  void authenticate(const std::uint8_t* packet, std::size_t size, std::uint32_t counter, std::uint8_t* digest) const;
  bool feedHeader(const std::uint8_t* packet, std::size_t header, std::uint32_t counter);

  const SrtpSuite suite_;
  const SrtpSizes sizes_;
  const Of of_;
  Cipher cipher_;
  std::uint8_t salt_[16]{};
  // HMAC-SHA1 after its key: the rest of each is only the packet.
  SHA_CTX inner_{};
  SHA_CTX outer_{};
};

}  // namespace np
