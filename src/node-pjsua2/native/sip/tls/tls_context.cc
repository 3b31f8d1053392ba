#include "sip/tls/tls_context.h"

#include <openssl/err.h>
#include <openssl/pem.h>

#include <new>

#include "base/errors.h"
#include "base/openssl_owned.h"

namespace np {
namespace {

constexpr const char* ciphers = "ECDHE+AESGCM:ECDHE+CHACHA20";  // of TLS 1.2; all of TLS 1.3's are modern
constexpr int securityLevel = 2;                                // keys as strong as RSA with 2048 bits

using Bio = std::unique_ptr<BIO, Release<BIO_free>>;

Bio reading(const std::string& pem) { return Bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size()))); }

// OpenSSL would ask for a password at the terminal.
int noPassword(char*, int, int, void*) { return -1; }

Certificate nextCertificate(BIO* pem) { return Certificate(PEM_read_bio_X509(pem, nullptr, noPassword, nullptr)); }

[[noreturn]] void refuse(const char* why) {
  ERR_clear_error();
  throw WrongArgument(why);
}

TlsContext modernContext(const SSL_METHOD* method) {
  TlsContext context(SSL_CTX_new(method));
  if (!context) throw std::bad_alloc();
  SSL_CTX* raw = context.get();
  SSL_CTX_set_min_proto_version(raw, TLS1_2_VERSION);
  SSL_CTX_set_security_level(raw, securityLevel);
  SSL_CTX_set_cipher_list(raw, ciphers);
  SSL_CTX_set_options(raw, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_NO_TICKET);
  SSL_CTX_set_num_tickets(raw, 0);
  SSL_CTX_set_session_cache_mode(raw, SSL_SESS_CACHE_OFF);
  SSL_CTX_set_mode(raw, SSL_MODE_RELEASE_BUFFERS);  // phones are silent most of the time
  return context;
}

void addAuthorities(SSL_CTX* context, const std::string& pem) {
  X509_STORE* store = SSL_CTX_get_cert_store(context);
  const Bio input = reading(pem);
  int count = 0;
  while (const Certificate authority = nextCertificate(input.get()))
    count += X509_STORE_add_cert(store, authority.get());
  ERR_clear_error();
  if (count == 0) refuse("authorities must be certificates in PEM form");
  // Also one that another has issued, which an office may have nothing but.
  X509_STORE_set_flags(store, X509_V_FLAG_PARTIAL_CHAIN);
}

}  // namespace

TlsContext serverContext(const TlsIdentity& identity) {
  TlsContext context = modernContext(TLS_server_method());
  setIdentity(*context, identity);
  return context;
}

TlsContext clientContext(const std::string& authorities) {
  TlsContext context = modernContext(TLS_client_method());
  if (authorities.empty())
    SSL_CTX_set_default_verify_paths(context.get());
  else
    addAuthorities(context.get(), authorities);
  SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER, nullptr);
  return context;
}

void setIdentity(SSL_CTX& context, const TlsIdentity& identity) {
  const Bio chain = reading(identity.certificate);
  const Certificate own = nextCertificate(chain.get());
  if (!own || SSL_CTX_use_certificate(&context, own.get()) != 1) refuse("certificate must be one in PEM form");
  while (const Certificate issuer = nextCertificate(chain.get())) SSL_CTX_add1_chain_cert(&context, issuer.get());
  ERR_clear_error();
  const Bio input = reading(identity.key);
  const PrivateKey key(PEM_read_bio_PrivateKey(input.get(), nullptr, noPassword, nullptr));
  if (!key) refuse("key must be a private key in PEM form, without a password");
  if (SSL_CTX_use_PrivateKey(&context, key.get()) != 1) refuse("key must be that of the certificate");
}

void setIdentity(SSL_CTX& context, const SSL_CTX& like) {
  STACK_OF(X509)* chain = nullptr;
  SSL_CTX_get0_chain_certs(const_cast<SSL_CTX*>(&like), &chain);
  SSL_CTX_use_cert_and_key(&context, SSL_CTX_get0_certificate(&like), SSL_CTX_get0_privatekey(&like), chain, 1);
}

}  // namespace np
