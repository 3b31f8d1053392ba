#include "test/media/dtls/openssl_peer.h"

#include <doctest/doctest.h>
#include <openssl/err.h>
#include <openssl/rsa.h>
#include <openssl/srtp.h>

#include <algorithm>
#include <cstring>
#include <utility>

namespace np {
namespace {

struct Own {
  EVP_PKEY* key = EVP_RSA_gen(2048);
  X509* certificate = X509_new();

  Own() {
    X509_gmtime_adj(X509_getm_notBefore(certificate), 0);
    X509_gmtime_adj(X509_getm_notAfter(certificate), 3600);
    X509_set_pubkey(certificate, key);
    REQUIRE(X509_sign(certificate, key, EVP_sha256()) > 0);
  }
};

const Own& own() {
  static const Own made;
  return made;
}

constexpr std::size_t recordHeader = 13;

}  // namespace

const X509& OpensslPeer::certificate() { return *own().certificate; }

OpensslPeer::OpensslPeer(DtlsRole role, const Fingerprint& expected, const OpensslOptions& options)
    : role_(role), expected_(expected), context_(SSL_CTX_new(DTLS_method())) {
  if (options.hasCertificate) SSL_CTX_use_cert_and_key(context_.get(), own().certificate, own().key, nullptr, 1);
  if (options.suites != nullptr) REQUIRE(SSL_CTX_set_tlsext_use_srtp(context_.get(), options.suites) == 0);
  if (options.isOld) {
    SSL_CTX_set_security_level(context_.get(), 0);
    SSL_CTX_set_max_proto_version(context_.get(), DTLS1_VERSION);
  }
  SSL_CTX_set_verify(context_.get(), SSL_VERIFY_PEER, [](int, X509_STORE_CTX*) { return 1; });
  session_.reset(SSL_new(context_.get()));
  in_ = BIO_new(BIO_s_mem());
  out_ = BIO_new(BIO_s_mem());
  BIO_set_mem_eof_return(in_, -1);
  SSL_set_bio(session_.get(), in_, out_);
  SSL_set_options(session_.get(), SSL_OP_NO_QUERY_MTU);
  SSL_set_mtu(session_.get(), 1400);
  if (role == DtlsRole::client)
    SSL_set_connect_state(session_.get());
  else
    SSL_set_accept_state(session_.get());
}

void OpensslPeer::begin() {
  if (role_ == DtlsRole::client) proceed();
}

void OpensslPeer::receive(const Datagram& datagram) {
  BIO_write(in_, datagram.data(), static_cast<int>(datagram.size()));
  proceed();
}

void OpensslPeer::repeatIfDue() {
  DTLSv1_handle_timeout(session_.get());
  collect();
}

std::vector<Datagram> OpensslPeer::takeSent() { return std::exchange(sent_, {}); }

void OpensslPeer::proceed() {
  ERR_clear_error();
  if (isRunning_) {
    const int result = SSL_do_handshake(session_.get());
    isRunning_ = result != 1 && SSL_get_error(session_.get(), result) == SSL_ERROR_WANT_READ;
  } else {
    std::uint8_t nothing[64];
    SSL_read(session_.get(), nothing, sizeof(nothing));
  }
  collect();
}

// Each record is a datagram: a buffer in memory does not keep their borders.
void OpensslPeer::collect() {
  char* data = nullptr;
  const auto size = static_cast<std::size_t>(BIO_get_mem_data(out_, &data));
  const auto* octets = reinterpret_cast<const std::uint8_t*>(data);
  for (std::size_t at = 0; at + recordHeader <= size;) {
    const std::size_t length = recordHeader + (static_cast<std::size_t>(octets[at + 11]) << 8 | octets[at + 12]);
    sent_.emplace_back(octets + at, octets + at + length);
    at += length;
  }
  (void)BIO_reset(out_);
}

std::optional<DtlsKeys> OpensslPeer::keys() const {
  X509* shown = SSL_get1_peer_certificate(session_.get());
  const bool fits = shown != nullptr && fingerprintOf(*shown, expected_.hash) == expected_;
  X509_free(shown);
  const SRTP_PROTECTION_PROFILE* profile = SSL_get_selected_srtp_profile(session_.get());
  if (!SSL_is_init_finished(session_.get()) || !fits || profile == nullptr) return std::nullopt;
  const SrtpSuite suite = profile->id == SRTP_AEAD_AES_256_GCM ? SrtpSuite::aeadAes256Gcm : SrtpSuite::aesCm128HmacSha1;
  const auto [key, salt, tag] = sizesOf(suite);
  std::vector<std::uint8_t> material(2 * (key + salt));
  REQUIRE(SSL_export_keying_material(session_.get(), material.data(), material.size(), "EXTRACTOR-dtls_srtp", 19,
                                     nullptr, 0, 0) == 1);
  const std::uint8_t* keysAt = material.data();
  const std::uint8_t* saltsAt = keysAt + 2 * key;
  SrtpKey client{suite}, server{suite};
  std::memcpy(client.octets.data(), keysAt, key);
  std::memcpy(client.octets.data() + key, saltsAt, salt);
  std::memcpy(server.octets.data(), keysAt + key, key);
  std::memcpy(server.octets.data() + key, saltsAt + salt, salt);
  const bool isClient = role_ == DtlsRole::client;
  return DtlsKeys{isClient ? client : server, isClient ? server : client};
}

}  // namespace np
