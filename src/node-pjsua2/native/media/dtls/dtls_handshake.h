// One handshake of DTLS, by which the two sides of a call agree on the keys of their media (RFC 5764). Datagrams go in
// and come out; it knows neither sockets nor threads.
#pragma once

#include "media/dtls/dtls_identity.h"
#include "media/srtp/srtp_key.h"

#include <openssl/ssl.h>

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace np {

// Who begins: the client, which SDP calls active.
enum class DtlsRole { client, server };

struct DtlsTerms {
  DtlsRole role;
  // Of the certificate that the other side has; one of these has to fit.
  std::vector<Fingerprint> theirs;

  bool operator==(const DtlsTerms&) const = default;
};

struct DtlsKeys {
  SrtpKey ours;
  SrtpKey theirs;
};

// Whether a datagram that comes for media belongs to DTLS (RFC 7983).
constexpr bool isDtls(std::uint8_t firstOctet) { return firstOctet >= 20 && firstOctet <= 63; }

// What a client makes up for each handshake, by which one is told from another.
using ClientRandom = std::array<std::uint8_t, 32>;

// That of a datagram with which a client begins; nothing for any other.
std::optional<ClientRandom> clientRandomIn(const std::uint8_t* datagram, std::size_t size);

// For one thread at a time. What is not genuine is dropped, as far as that can be told before there are keys.
class DtlsHandshake {
 public:
  enum class State { running, done, failed };
  using Send = std::function<void(const std::uint8_t* datagram, std::size_t size)>;

  // `send` may throw nothing. Throws std::bad_alloc.
  DtlsHandshake(const DtlsIdentity& identity, DtlsTerms terms, Send send);
  DtlsHandshake(const DtlsHandshake&) = delete;
  DtlsHandshake& operator=(const DtlsHandshake&) = delete;

  // Sends the first datagram of a client.
  void begin();
  // Goes on being told what comes once it is done, so that the other side gets again what was lost.
  void receive(const std::uint8_t* datagram, std::size_t size);
  // Until what was sent last has to be sent again; nothing while nothing has.
  std::optional<std::chrono::milliseconds> untilRepeat() const;
  void repeatIfDue();

  State state() const { return state_; }
  // Once it is done.
  const std::optional<DtlsKeys>& keys() const { return keys_; }
  // Why it has failed, for the log.
  const std::string& failure() const { return failure_; }

 private:
  struct FreeSession {
    void operator()(SSL* session) const { SSL_free(session); }
  };
  struct Incoming {
    const std::uint8_t* datagram;
    std::size_t size;
  };

  static const BIO_METHOD* datagrams();
  static int read(BIO* bio, char* to, int size);
  static int write(BIO* bio, const char* from, int size);

  void proceed();
  void finish();
  void fail(std::string why);

  const DtlsTerms terms_;
  const Send send_;
  std::optional<Incoming> incoming_;
  std::unique_ptr<SSL, FreeSession> session_;
  State state_ = State::running;
  std::optional<DtlsKeys> keys_;
  std::string failure_;
};

}  // namespace np
