// What OpenSSL needs to know before it makes a TLS connection.
#pragma once

#include <openssl/ssl.h>

#include <memory>
#include <string>

namespace np {

// PEM. The certificate comes first, then those that issued it.
struct TlsIdentity {
  std::string key;
  std::string certificate;
};

struct FreeContext {
  void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
};
using TlsContext = std::unique_ptr<SSL_CTX, FreeContext>;

// TLS 1.2 and 1.3 with forward secrecy and authenticated ciphers only.

// For connections to us. Asks for no certificate: phones prove who they are by their password. Throws WrongArgument if
// the identity cannot be read, or its key is not that of its certificate.
TlsContext serverContext(const TlsIdentity& identity);

// For connections to others, whose certificate has to be issued by one of these (PEM), or by one that the operating
// system trusts if there are none. Throws WrongArgument if they cannot be read.
TlsContext clientContext(const std::string& authorities);

// What to show when the other side asks who we are.
void setIdentity(SSL_CTX& context, const TlsIdentity& identity);
void setIdentity(SSL_CTX& context, const SSL_CTX& like);

}  // namespace np
