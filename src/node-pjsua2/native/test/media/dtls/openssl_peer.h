// The other side of a handshake: OpenSSL by its own memory buffers, with a certificate of RSA.
#pragma once

#include "media/dtls/dtls_handshake.h"

#include <memory>
#include <optional>
#include <vector>

namespace np {

using Datagram = std::vector<std::uint8_t>;

struct OpensslOptions {
  const char* suites = "SRTP_AEAD_AES_256_GCM:SRTP_AES128_CM_SHA1_80";  // null: it does not know SRTP
  bool hasCertificate = true;
  bool isOld = false;  // DTLS 1.0
};

class OpensslPeer {
 public:
  OpensslPeer(DtlsRole role, const Fingerprint& expected, const OpensslOptions& options);

  void begin();
  void receive(const Datagram& datagram);
  void repeatIfDue();
  std::vector<Datagram> takeSent();

  bool isRunning() const { return isRunning_; }
  std::optional<DtlsKeys> keys() const;

  static const X509& certificate();
  static Fingerprint certificateFingerprint() { return fingerprintOf(certificate(), FingerprintHash::sha256); }
  Fingerprint fingerprint() const { return certificateFingerprint(); }

 private:
  struct Free {
    void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
    void operator()(SSL* session) const { SSL_free(session); }
  };

  void proceed();
  void collect();

  const DtlsRole role_;
  const Fingerprint expected_;
  std::unique_ptr<SSL_CTX, Free> context_;
  std::unique_ptr<SSL, Free> session_;
  BIO* in_;
  BIO* out_;
  bool isRunning_ = true;
  std::vector<Datagram> sent_;
};

}  // namespace np
