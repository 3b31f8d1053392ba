#define OPENSSL_SUPPRESS_DEPRECATED  // the HMAC that is not deprecated allocates for each packet
#include "media/srtp/packet_cipher.h"

#include <openssl/crypto.h>

#include <algorithm>
#include <cstring>
#include <new>
#include <stdexcept>

namespace np {
namespace {

constexpr std::size_t authenticationKey = 20;  // octets, of HMAC-SHA1
constexpr std::size_t block = 16;              // of AES
constexpr std::size_t shaBlock = 64;

// RFC 3711, 4.3.2: those of RTCP follow those of RTP.
enum Label : std::uint8_t { encryption = 0, authentication = 1, salting = 2 };
constexpr std::uint8_t labelsOfRtp = 3;

void write32(std::uint8_t* at, std::uint32_t value) {
  for (int i = 0; i < 4; ++i) at[i] = static_cast<std::uint8_t>(value >> (24 - 8 * i));
}

void exclusiveOr(std::uint8_t* at, std::uint64_t value, int octets) {
  for (int i = 0; i < octets; ++i) at[i] ^= static_cast<std::uint8_t>(value >> (8 * (octets - 1 - i)));
}

void require(bool done) {
  if (!done) throw std::runtime_error("OpenSSL cannot encrypt");
}

// What RFC 3711 and RFC 6188 derive from the master key for this purpose.
void derive(const SrtpKey& master, std::uint8_t label, std::uint8_t* key, std::size_t size) {
  const auto sizes = sizesOf(master.suite);
  std::uint8_t counter[block]{};
  std::copy_n(master.octets.data() + sizes.key, sizes.salt, counter);
  counter[7] ^= label;
  const EVP_CIPHER* aes = sizes.key == block ? EVP_aes_128_ctr() : EVP_aes_256_ctr();
  EVP_CIPHER_CTX* context = EVP_CIPHER_CTX_new();
  std::memset(key, 0, size);
  int length = 0;
  const bool done = context != nullptr &&
                    EVP_EncryptInit_ex(context, aes, nullptr, master.octets.data(), counter) == 1 &&
                    EVP_EncryptUpdate(context, key, &length, key, static_cast<int>(size)) == 1;
  EVP_CIPHER_CTX_free(context);
  require(done);
}

SHA_CTX keyed(const std::uint8_t* key, std::uint8_t padding) {
  std::uint8_t first[shaBlock];
  for (std::size_t i = 0; i < shaBlock; ++i)
    first[i] = static_cast<std::uint8_t>((i < authenticationKey ? key[i] : 0) ^ padding);
  SHA_CTX context;
  SHA1_Init(&context);
  SHA1_Update(&context, first, shaBlock);
  OPENSSL_cleanse(first, sizeof(first));
  return context;
}

}  // namespace

PacketCipher::PacketCipher(const SrtpKey& master, Of of)
    : suite_(master.suite), sizes_(sizesOf(master.suite)), of_(of), cipher_(EVP_CIPHER_CTX_new()) {
  if (!cipher_) throw std::bad_alloc();
  const std::uint8_t labels = of == Of::rtp ? 0 : labelsOfRtp;
  std::uint8_t key[32];
  derive(master, labels + encryption, key, sizes_.key);
  const EVP_CIPHER* aes = isAead() ? EVP_aes_256_gcm() : EVP_aes_128_ctr();
  const bool done = EVP_CipherInit_ex(cipher_.get(), aes, nullptr, key, nullptr, 1) == 1;
  derive(master, labels + salting, salt_, sizes_.salt);
  if (!isAead()) {
    derive(master, labels + authentication, key, authenticationKey);
    inner_ = keyed(key, 0x36);
    outer_ = keyed(key, 0x5c);
  }
  OPENSSL_cleanse(key, sizeof(key));
  require(done);
}

void PacketCipher::seal(std::uint8_t* packet, std::size_t header, std::size_t size, const PacketNumber& number,
                        std::uint32_t counter, std::uint8_t* tag) {
  std::uint8_t vector[block];
  vectorFor(number, vector);
  std::uint8_t* payload = packet + header;
  int length = 0;
  bool done = EVP_CipherInit_ex(cipher_.get(), nullptr, nullptr, nullptr, vector, 1) == 1;
  if (isAead()) done = done && feedHeader(packet, header, counter);
  done = done && EVP_CipherUpdate(cipher_.get(), payload, &length, payload, static_cast<int>(size - header)) == 1;
  if (isAead()) {
    std::uint8_t none[block];
    done = done && EVP_CipherFinal_ex(cipher_.get(), none, &length) == 1 &&
           EVP_CIPHER_CTX_ctrl(cipher_.get(), EVP_CTRL_AEAD_GET_TAG, static_cast<int>(sizes_.tag), tag) == 1;
  } else {
    std::uint8_t digest[SHA_DIGEST_LENGTH];
    authenticate(packet, size, counter, digest);
    std::copy_n(digest, sizes_.tag, tag);
  }
  require(done);
}

bool PacketCipher::open(const std::uint8_t* packet, std::size_t header, std::size_t size, const PacketNumber& number,
                        std::uint32_t counter, const std::uint8_t* tag, std::uint8_t* plain) {
  if (!isAead()) {
    std::uint8_t digest[SHA_DIGEST_LENGTH];
    authenticate(packet, size, counter, digest);
    if (CRYPTO_memcmp(digest, tag, sizes_.tag) != 0) return false;
  }
  std::uint8_t vector[block];
  vectorFor(number, vector);
  std::copy_n(packet, header, plain);
  int length = 0;
  bool done = EVP_CipherInit_ex(cipher_.get(), nullptr, nullptr, nullptr, vector, 0) == 1;
  if (isAead())
    done = done &&
           EVP_CIPHER_CTX_ctrl(cipher_.get(), EVP_CTRL_AEAD_SET_TAG, static_cast<int>(sizes_.tag),
                               const_cast<std::uint8_t*>(tag)) == 1 &&
           feedHeader(packet, header, counter);
  done = done && EVP_CipherUpdate(cipher_.get(), plain + header, &length, packet + header,
                                  static_cast<int>(size - header)) == 1;
  std::uint8_t none[block];
  return done && (!isAead() || EVP_CipherFinal_ex(cipher_.get(), none, &length) == 1);
}

// RFC 3711, 4.1.1; RFC 7714, 8.1 and 9.1.
void PacketCipher::vectorFor(const PacketNumber& number, std::uint8_t* vector) const {
  std::copy_n(salt_, block, vector);
  const std::size_t at = isAead() ? 2 : 4;
  exclusiveOr(vector + at, number.ssrc, 4);
  exclusiveOr(vector + at + 4, number.number, 6);
}

void PacketCipher::authenticate(const std::uint8_t* packet, std::size_t size, std::uint32_t counter,
                                std::uint8_t* digest) const {
  std::uint8_t end[4];
  write32(end, counter);
  SHA_CTX context = inner_;
  SHA1_Update(&context, packet, size);
  SHA1_Update(&context, end, sizeof(end));
  SHA1_Final(digest, &context);
  context = outer_;
  SHA1_Update(&context, digest, SHA_DIGEST_LENGTH);
  SHA1_Final(digest, &context);
}

// What is authenticated without being encrypted: the round of RTP is part of the vector already.
bool PacketCipher::feedHeader(const std::uint8_t* packet, std::size_t header, std::uint32_t counter) {
  int length = 0;
  std::uint8_t end[4];
  write32(end, counter);
  return EVP_CipherUpdate(cipher_.get(), nullptr, &length, packet, static_cast<int>(header)) == 1 &&
         (of_ == Of::rtp || EVP_CipherUpdate(cipher_.get(), nullptr, &length, end, sizeof(end)) == 1);
}

}  // namespace np
