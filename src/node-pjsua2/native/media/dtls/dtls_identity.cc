#include "media/dtls/dtls_identity.h"

#include "base/guard.h"
#include "base/openssl_owned.h"

#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/rand.h>
#include <openssl/srtp.h>
#include <openssl/x509.h>
#include <openssl/x509_vfy.h>

#include <algorithm>
#include <stdexcept>

namespace np {
namespace {

constexpr const char* ciphers = "ECDHE+AESGCM:ECDHE+CHACHA20";
constexpr const char* suites = "SRTP_AEAD_AES_256_GCM:SRTP_AES128_CM_SHA1_80";  // those of srtp_key.h
constexpr int securityLevel = 2;                                                // as strong as RSA with 2048 bits

// A certificate by which nobody is known but by its hash has one or two thousand octets; a stranger's are kept until it
// is compared.
constexpr long largestChain = 16'384;  // octets

// A board without a battery may believe that it is 1970, and the other side looks at the fingerprint alone.
constexpr long oneDay = 86'400, tenYears = 3650 * oneDay;  // s

void require(bool done) {
  if (!done) throw std::runtime_error("OpenSSL cannot make a certificate");
}

Certificate certificateFor(EVP_PKEY* key) {
  std::uint32_t serial = 0;
  require(RAND_bytes(reinterpret_cast<std::uint8_t*>(&serial), sizeof(serial)) == 1);
  Certificate made(X509_new());
  require(made != nullptr);
  X509* raw = made.get();
  X509_NAME* name = X509_get_subject_name(raw);
  const auto* common = reinterpret_cast<const std::uint8_t*>("node-pjsua2");
  require(X509_set_version(raw, 2) == 1 && ASN1_INTEGER_set_uint64(X509_get_serialNumber(raw), serial) == 1 &&
          X509_gmtime_adj(X509_getm_notBefore(raw), -oneDay) != nullptr &&
          X509_gmtime_adj(X509_getm_notAfter(raw), tenYears) != nullptr &&
          X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, common, -1, -1, 0) == 1 &&
          X509_set_issuer_name(raw, name) == 1 && X509_set_pubkey(raw, key) == 1 &&
          X509_sign(raw, key, EVP_sha256()) > 0);
  return made;
}

// In place of a chain to an authority, which nobody has for this.
int verify(X509_STORE_CTX* chain, void*) {
  const auto* session =
      static_cast<const SSL*>(X509_STORE_CTX_get_ex_data(chain, SSL_get_ex_data_X509_STORE_CTX_idx()));
  const auto& theirs = *static_cast<const std::vector<Fingerprint>*>(SSL_get_app_data(session));
  const X509* certificate = X509_STORE_CTX_get0_cert(chain);
  const bool fits = certificate != nullptr && std::any_of(theirs.begin(), theirs.end(), [&](const auto& fingerprint) {
                      return fingerprintOf(*certificate, fingerprint.hash) == fingerprint;
                    });
  X509_STORE_CTX_set_error(chain, fits ? X509_V_OK : X509_V_ERR_CERT_REJECTED);
  return fits ? 1 : 0;
}

const EVP_MD* functionOf(FingerprintHash hash) {
  return hash == FingerprintHash::sha256 ? EVP_sha256() : hash == FingerprintHash::sha384 ? EVP_sha384() : EVP_sha512();
}

}  // namespace

void expect(SSL& session, const std::vector<Fingerprint>& theirs) {
  SSL_set_app_data(&session, const_cast<std::vector<Fingerprint>*>(&theirs));
}

Fingerprint fingerprintOf(const X509& certificate, FingerprintHash hash) {
  Fingerprint result{hash};
  unsigned size = 0;
  require(X509_digest(&certificate, functionOf(hash), result.octets.data(), &size) == 1);
  return result;
}

DtlsIdentity::DtlsIdentity() : context_(SSL_CTX_new(DTLS_method())) {
  const PrivateKey key(EVP_EC_gen("P-256"));
  require(context_ != nullptr && key != nullptr);
  const Certificate certificate = certificateFor(key.get());
  SSL_CTX* raw = context_.get();
  SSL_CTX_set_security_level(raw, securityLevel);
  SSL_CTX_set_options(raw, SSL_OP_NO_QUERY_MTU | SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_TICKET);
  SSL_CTX_set_session_cache_mode(raw, SSL_SESS_CACHE_OFF);
  SSL_CTX_set_max_cert_list(raw, largestChain);
  SSL_CTX_set_verify(raw, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
  SSL_CTX_set_cert_verify_callback(raw, guarded<verify, 0>, nullptr);
  SSL_CTX_set_mode(raw, SSL_MODE_RELEASE_BUFFERS);  // there is nothing more to say after the handshake
  require(SSL_CTX_set_min_proto_version(raw, DTLS1_2_VERSION) == 1 && SSL_CTX_set_cipher_list(raw, ciphers) == 1 &&
          SSL_CTX_set_tlsext_use_srtp(raw, suites) == 0 &&
          SSL_CTX_use_cert_and_key(raw, certificate.get(), key.get(), nullptr, 1) == 1);
  fingerprint_ = fingerprintOf(*certificate, FingerprintHash::sha256);
}

}  // namespace np
