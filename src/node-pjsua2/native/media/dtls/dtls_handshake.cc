#include "media/dtls/dtls_handshake.h"

#include "base/guard.h"

#include <openssl/bio.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/srtp.h>

#include <sys/time.h>

#include <algorithm>
#include <array>
#include <new>
#include <string_view>
#include <utility>

namespace np {
namespace {

// Fits through every tunnel; a certificate in two datagrams costs nothing.
constexpr long largestDatagram = 1200;

// Audio waits for a datagram that is lost, where OpenSSL would leave it at the second of RFC 6347.
constexpr unsigned firstPause = 200'000, longestPause = 3'200'000;  // µs
unsigned nextPause(SSL*, unsigned pause) { return pause == 0 ? firstPause : std::min(2 * pause, longestPause); }

constexpr std::string_view exporter = "EXTRACTOR-dtls_srtp";  // RFC 5764, 4.2

std::optional<SrtpSuite> suiteOf(SSL* session) {
  const SRTP_PROTECTION_PROFILE* profile = SSL_get_selected_srtp_profile(session);
  if (profile == nullptr) return std::nullopt;
  return profile->id == SRTP_AEAD_AES_256_GCM ? SrtpSuite::aeadAes256Gcm : SrtpSuite::aesCm128HmacSha1;
}

std::string reasonOf(unsigned long error) {
  const char* reason = ERR_reason_error_string(error);
  return reason == nullptr ? "the other side has ended it" : reason;
}

// Both keys come first in what is exported, then both salts, the client's before the server's.
SrtpKey keyAt(const std::uint8_t* material, SrtpSuite suite, DtlsRole role) {
  const auto [key, salt, tag] = sizesOf(suite);
  const std::size_t place = role == DtlsRole::client ? 0 : 1;
  SrtpKey result{suite};
  std::copy_n(material + place * key, key, result.octets.begin());
  std::copy_n(material + 2 * key + place * salt, salt, result.octets.begin() + static_cast<std::ptrdiff_t>(key));
  return result;
}

long control(BIO*, int command, long, void*) {
  switch (command) {
    case BIO_CTRL_FLUSH:
      return 1;
    case BIO_CTRL_DGRAM_QUERY_MTU:
    case BIO_CTRL_DGRAM_GET_FALLBACK_MTU:
      return largestDatagram;
    default:
      return 0;
  }
}

int create(BIO* bio) {
  BIO_set_init(bio, 1);
  return 1;
}

}  // namespace

std::optional<ClientRandom> clientRandomIn(const std::uint8_t* datagram, std::size_t size) {
  // Of a record (RFC 6347, 4.1): kind, version, epoch, number, length; then of a message (4.2.2): kind, length, number,
  // place and length of the fragment; then the version that the client wants.
  constexpr std::size_t record = 13, place = record + 6, random = record + 12 + 2;
  constexpr std::uint8_t handshake = 22, clientHello = 1;
  constexpr std::array<std::uint8_t, 3> atStart{};
  ClientRandom found{};
  const bool begins = size >= random + found.size() && datagram[0] == handshake && datagram[3] == 0 &&
                      datagram[4] == 0 && datagram[record] == clientHello &&
                      std::equal(atStart.begin(), atStart.end(), datagram + place);
  if (!begins) return std::nullopt;
  std::copy_n(datagram + random, found.size(), found.begin());
  return found;
}

// A datagram is written by one call, and read by one.
const BIO_METHOD* DtlsHandshake::datagrams() {
  static const BIO_METHOD* const method = [] {
    BIO_METHOD* made = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "datagrams");
    if (made == nullptr) throw std::bad_alloc();
    BIO_meth_set_create(made, guarded<create, 0>);
    BIO_meth_set_read(made, guarded<read, -1>);
    BIO_meth_set_write(made, guarded<write, -1>);
    BIO_meth_set_ctrl(made, guarded<control, 0L>);
    return made;
  }();
  return method;
}

int DtlsHandshake::read(BIO* bio, char* to, int size) {
  auto& self = *static_cast<DtlsHandshake*>(BIO_get_data(bio));
  BIO_clear_retry_flags(bio);
  const auto incoming = std::exchange(self.incoming_, std::nullopt);
  if (!incoming) {
    BIO_set_retry_read(bio);
    return -1;
  }
  const std::size_t taken = std::min(incoming->size, static_cast<std::size_t>(size));
  std::copy_n(incoming->datagram, taken, to);
  return static_cast<int>(taken);
}

int DtlsHandshake::write(BIO* bio, const char* from, int size) {
  const auto& self = *static_cast<const DtlsHandshake*>(BIO_get_data(bio));
  self.send_(reinterpret_cast<const std::uint8_t*>(from), static_cast<std::size_t>(size));
  return size;
}

DtlsHandshake::DtlsHandshake(const DtlsIdentity& identity, DtlsTerms terms, Send send)
    : terms_(std::move(terms)), send_(std::move(send)), session_(SSL_new(&identity.context())) {
  BIO* bio = BIO_new(datagrams());
  if (!session_ || bio == nullptr) throw std::bad_alloc();
  BIO_set_data(bio, this);
  SSL* raw = session_.get();
  SSL_set_bio(raw, bio, bio);
  expect(*raw, terms_.theirs);
  SSL_set_mtu(raw, largestDatagram);
  DTLS_set_timer_cb(raw, guarded<nextPause, firstPause>);
  if (terms_.role == DtlsRole::client)
    SSL_set_connect_state(raw);
  else
    SSL_set_accept_state(raw);
}

void DtlsHandshake::begin() {
  if (terms_.role == DtlsRole::client) proceed();
}

void DtlsHandshake::receive(const std::uint8_t* datagram, std::size_t size) {
  incoming_ = Incoming{datagram, size};
  if (state_ == State::running)
    proceed();
  else if (state_ == State::done) {
    // There is nothing to read; but whatever was lost is sent again in there.
    std::array<std::uint8_t, 64> nothing;
    while (SSL_read(session_.get(), nothing.data(), nothing.size()) > 0) continue;
    ERR_clear_error();
  }
  incoming_.reset();
}

std::optional<std::chrono::milliseconds> DtlsHandshake::untilRepeat() const {
  timeval left{};
  if (state_ == State::failed || DTLSv1_get_timeout(session_.get(), &left) != 1) return std::nullopt;
  return std::chrono::ceil<std::chrono::milliseconds>(std::chrono::seconds(left.tv_sec) +
                                                      std::chrono::microseconds(left.tv_usec));
}

void DtlsHandshake::repeatIfDue() {
  if (state_ == State::failed) return;
  ERR_clear_error();
  if (DTLSv1_handle_timeout(session_.get()) < 0 && state_ == State::running) fail("the other side does not answer");
}

void DtlsHandshake::proceed() {
  ERR_clear_error();
  const int result = SSL_do_handshake(session_.get());
  if (result == 1) return finish();
  const int error = SSL_get_error(session_.get(), result);
  if (error != SSL_ERROR_WANT_READ) fail(reasonOf(ERR_peek_error()));
}

void DtlsHandshake::finish() {
  const auto suite = suiteOf(session_.get());
  if (!suite) return fail("the other side knows none of our suites");
  std::array<std::uint8_t, 2 * sizeof(SrtpKey::octets)> material{};
  const std::size_t size = 2 * (sizesOf(*suite).key + sizesOf(*suite).salt);
  if (SSL_export_keying_material(session_.get(), material.data(), size, exporter.data(), exporter.size(), nullptr, 0,
                                 0) != 1)
    return fail("the keys cannot be had");
  const bool isClient = terms_.role == DtlsRole::client;
  keys_ = DtlsKeys{keyAt(material.data(), *suite, terms_.role),
                   keyAt(material.data(), *suite, isClient ? DtlsRole::server : DtlsRole::client)};
  OPENSSL_cleanse(material.data(), material.size());
  state_ = State::done;
}

void DtlsHandshake::fail(std::string why) {
  failure_ = std::move(why);
  state_ = State::failed;
  ERR_clear_error();
}

}  // namespace np
