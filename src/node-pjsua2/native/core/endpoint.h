// The one SIP endpoint of the process: starts and stops PJSIP and owns everything that lives in it.
#pragma once

#include "base/event_queue.h"
#include "bridge/bridge_clock.h"
#include "bridge/conference.h"
#include "bridge/watch.h"
#include "media/dtls/dtls_thread.h"
#include "media/media_poller.h"
#include "node/handles.h"
#include "sip/admission/leg_shares.h"
#include "sip/sip_poller.h"
#include "sip/tls/tls_contexts.h"

#include <pjsua-lib/pjsua.h>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

namespace np {

class Account;
class Call;
class Player;
class Recorder;
class Registrar;
class SoundChannel;
class Transport;

struct Nameserver {
  std::string address;  // IPv4 or IPv6
  std::uint16_t port;
};

struct EndpointOptions {
  std::string userAgent;
  unsigned maxCalls;
  bool transfers;                   // true: reported to JavaScript; false: refused
  unsigned clockRate;               // Hz, of the conference bridge
  std::vector<std::string> codecs;  // in order of preference
  unsigned rtpFrom;                 // first and last UDP port for media
  unsigned rtpTo;
  std::string rtpAddress;  // bound and advertised; empty: that of the SIP transport
  std::vector<Nameserver> nameservers;
  std::chrono::milliseconds silence;  // without audio before it is reported
  std::size_t eventCapacity;
  unsigned logLevel;
};

// PJSIP's room for calls. A quarter more than are admitted, because a slot stays taken until the BYE is answered, and a
// free one is not reused at once, so that an ID read just before its call ended does not name another call.
constexpr unsigned callSlots(unsigned maxCalls) { return maxCalls + maxCalls / 4 + 16; }

class Endpoint {
 public:
  // Starts PJSIP. `wake` is as in EventQueue. Throws InvalidState while another endpoint lives.
  static Endpoint& start(const EndpointOptions& options, std::function<void()> wake);

  // The living endpoint or null; for callbacks on PJSIP's threads.
  static Endpoint* current();

  // The living endpoint for calls from JavaScript; registers the thread. Throws InvalidState if there is none, or it is
  // closing.
  static Endpoint& require();

  // The same, but returns null instead of throwing: for work that closing the endpoint has already done.
  static Endpoint* ifOpen();

  // Ends everything on a thread of its own, then pushes 'closed' as the last event.
  void beginClose();

  // Frees the endpoint; only after 'closed' has been drained, on the JavaScript thread.
  static void reap();

  // For the end of the process: stops our threads before what they use is destroyed, and no longer wakes JavaScript. No
  // BYE is sent, but recordings are completed. May be called at any time, and more than once.
  static void abandon();

  // Sets the name servers to use from now on; any beyond PJSIP's maximum are ignored. Throws PjsipFailure.
  static void askOf(const std::vector<Nameserver>& nameservers);

  // The settings that all accounts of this endpoint share.
  pjsua_acc_config accountDefaults() const;

  const EndpointOptions& options() const { return options_; }

  EventQueue events;
  LegShares legShares;
  BridgeClock bridgeClock;
  Conference conference{bridgeClock};
  Watch watch;
  MediaPoller mediaPoller;
  DtlsThread dtlsThread;
  SipPoller sipPoller;
  TlsContexts tls;
  Registry<Transport> transports{"transport"};
  Registry<Account> accounts{"account"};
  Registry<Call> calls{"call"};
  Registry<Player> players{"player"};
  Registry<Recorder> recorders{"recorder"};
  Registry<SoundChannel> channels{"sound channel"};

  ~Endpoint();

 private:
  Endpoint(const EndpointOptions& options, std::function<void()> wake);
  void startPjsip();
  void stopPjsip();
  void stopParts();
  void stopThreads();
  void destroyPjsip(unsigned flags);

  EndpointOptions options_;
  std::atomic<bool> closing_ = false;
  bool abandoned_ = false;
  std::thread closer_;
};

// Settles a JavaScript promise with an event that names its request.
void settle(Serial request);
void settle(Serial request, const PjsipFailure& failure);
void settle(Serial request, const InvalidState& failure);

}  // namespace np
