// Keys received during a call by RFC 4733 telephone-events and SIP INFO. Each key is reported once.
#pragma once

#include "base/allowance.h"
#include "base/event.h"

#include <pjsua-lib/pjsua.h>

#include <cstdint>
#include <deque>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace np {

enum class DigitMethod { rfc4733, info };

// A telephone-event arrives as a series of packets that repeat the key with a growing duration; the last three say
// "end". A key is reported at its end or when the packets stop, so that it is neither lost with the end packets nor
// reported twice. One that is held for longer than a packet can say comes in segments, each of which begins where the
// last one ended (RFC 4733, 2.5.1.3). Some phones send a key by both methods; the second is recognised and dropped.
class DigitReceiver {
 public:
  explicit DigitReceiver(Serial call) : call_(call) {}

  // Called by pjsua on the stream's thread, or on the SIP thread for an INFO.
  void received(const pjsua_dtmf_event& event);

  // A key received by INFO; durationMs is 0 when the phone does not give it.
  void receivedInfo(char digit, unsigned durationMs);

  // Reports a key whose packets stopped without an end. True while a key is held down: call it again soon.
  bool expire();

 private:
  struct Key {
    char digit;
    std::uint32_t timestamp;   // of the segment's first packet, ms: the same in all its packets
    unsigned durationMs;       // of the segment
    unsigned earlierMs;        // in the segments before
    std::uint64_t lastPacket;  // ms, steady
    bool told;
  };
  struct Told {
    char digit;
    DigitMethod method;
    std::uint64_t at;  // ms, steady
  };

  bool goesOnAt(char digit, std::uint32_t timestamp) const;
  void tell(char digit, DigitMethod method, unsigned durationMs);
  void tellKey();

  const Serial call_;
  std::mutex mutex_;
  std::optional<Key> key_;
  std::deque<Told> recent_;  // reported by one method; the other may follow
  // More than anyone presses or has stored. Without a limit, a phone could fill the event queue and `recent_`.
  Allowance allowance_{20, 64};
  bool excessTold_ = false;
};

// The key in the body of an INFO of type application/dtmf-relay ("Signal=5", "Duration=160"); the duration is 0 when it
// is not given.
struct RelayedKey {
  char digit;
  unsigned durationMs;
};
std::optional<RelayedKey> keyInRelayBody(std::string_view body);

// The key in the body of an INFO of type application/dtmf ("5", or RFC 4733 event numbers: "10" is *, "11" is #).
std::optional<char> digitInDtmfBody(std::string_view body);

}  // namespace np
