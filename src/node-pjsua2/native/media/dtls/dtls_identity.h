// The certificate by which we are known in DTLS. It is made anew at each start, for only its fingerprint counts, which
// the signalling carries (RFC 5763, 5).
#pragma once

#include "media/dtls/fingerprint.h"

#include <openssl/ssl.h>

#include <memory>
#include <vector>

namespace np {

class DtlsIdentity {
 public:
  // Throws std::runtime_error if OpenSSL cannot make it.
  DtlsIdentity();

  SSL_CTX& context() const { return *context_; }
  const Fingerprint& fingerprint() const { return fingerprint_; }

 private:
  struct FreeContext {
    void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
  };

  std::unique_ptr<SSL_CTX, FreeContext> context_;
  Fingerprint fingerprint_;
};

// Refuses the other side of a session whose certificate fits none of these, which have to outlive the session.
void expect(SSL& session, const std::vector<Fingerprint>& theirs);

// SHA-256, SHA-384 or SHA-512 of the certificate. Throws std::runtime_error.
Fingerprint fingerprintOf(const X509& certificate, FingerprintHash hash);

}  // namespace np
