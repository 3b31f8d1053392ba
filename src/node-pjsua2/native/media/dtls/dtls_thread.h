// The thread of all handshakes of DTLS. They sign, allocate and wait, for which the thread that reads packets has no
// time.
#pragma once

#include "base/keyed_limit.h"
#include "media/dtls/dtls_handshake.h"

#include <pj/sock.h>

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

namespace np {

class DtlsThread {
 public:
  // Names one association: what two sides have agreed on for one pair of ports. Never used again; 0 is none.
  using Id = std::uint64_t;

  // Called on this thread. Must neither begin nor end anything.
  class Party {
   public:
    // `to`: where the datagrams come from that this one answers; null if it answers none.
    virtual void sendHandshake(const std::uint8_t* datagram, std::size_t size, const pj_sockaddr* to) = 0;
    // More than once if the other side begins anew.
    virtual void agreed(const DtlsKeys& keys) = 0;
    // Once, at the first of its tries, of which there are more to come.
    virtual void failed(const std::string& why) = 0;

   protected:
    ~Party() = default;
  };

  ~DtlsThread();

  // Throws std::system_error, and std::runtime_error if there can be no certificate.
  void start();
  // Nobody is called any more after this; begin() and end() are still allowed.
  void stop();

  // The party has to live until end(). `source`: the host of the other side, which may cause so many handshakes only.
  Id begin(DtlsTerms terms, std::string source, Party& party);
  // The party is not being called any more once this returns.
  void end(Id id);

  // Hands over what has come for an association. Neither locks nor allocates; what there is no room for is lost.
  void received(Id id, const void* datagram, std::size_t size, const pj_sockaddr& source) const;

  // Of our certificate; the same until the end.
  const Fingerprint& fingerprint() const { return identity_->fingerprint(); }

 private:
  using Clock = Allowance::Clock;

  struct Association {
    DtlsTerms terms;
    std::string source;
    Party& party;
    std::unique_ptr<DtlsHandshake> running;
    // The last one that came to an end, which sends again what the other side has not got of it.
    std::unique_ptr<DtlsHandshake> done;
    Clock::time_point tryAt;
    bool hasFailed = false;
    // By which the client has begun the handshake that is running, or was last.
    std::optional<ClientRandom> begunBy{};
    // Where the datagram came from that is being answered, if one is, and the last one that was: what is repeated goes
    // there, too. A NAT between lets nothing else through.
    std::optional<pj_sockaddr> answering{};
    std::optional<pj_sockaddr> answered{};

    const pj_sockaddr* whereTo();
  };

  void run();
  void wake() const;
  void readAll();
  void feed(Association& association, const std::uint8_t* datagram, std::size_t size, const pj_sockaddr& source);
  void heed(Association& association, const std::optional<ClientRandom>& begunBy);
  void workOnDue();
  void beginWith(Association& association, KeyedLimit& limit);
  static void conclude(Association& association);
  static std::optional<std::chrono::milliseconds> untilTry(const Association& association);
  int pause();

  // An office whose power comes back calls from one address.
  static constexpr unsigned perSecond = 20, atOnce = 400;
  // Those that datagrams cause, which may be forged, on top of those that the signalling does.
  static constexpr unsigned anewPerSecond = 5, anewAtOnce = 20;
  static constexpr std::size_t sources = 4096;

  std::unique_ptr<const DtlsIdentity> identity_;
  int in_ = -1;
  int out_ = -1;
  std::thread thread_;
  std::atomic<bool> stopping_{false};

  std::mutex mutex_;  // guards what follows
  std::map<Id, Association> associations_;
  Id last_ = 0;
  KeyedLimit begun_{perSecond, atOnce, sources};
  KeyedLimit begunAnew_{anewPerSecond, anewAtOnce, sources};
};

}  // namespace np
