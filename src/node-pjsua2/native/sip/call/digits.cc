#include "sip/call/digits.h"

#include "base/text.h"
#include "core/endpoint.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <chrono>
#include <utility>

namespace np {
namespace {

constexpr std::uint64_t keySilence = 250;  // ms without a packet: the key was released. Packets come every 20 to 60 ms.
constexpr unsigned shortestSegment = 1000;  // ms. The longest that can be said is 1.4 s with Opus, else 8.2 s.
constexpr std::int32_t shortestPause = 40;  // ms between two presses of a key (ITU-T Q.24); packets may have got lost
constexpr std::size_t mostWaiting =
    64;  // keys of one call waiting for JavaScript: nobody presses more during its longest pause
constexpr std::uint64_t echoWindow = 2000;  // ms in which the same key by the other method is the same press

std::uint64_t now() {
  using namespace std::chrono;
  return static_cast<std::uint64_t>(duration_cast<milliseconds>(steady_clock::now().time_since_epoch()).count());
}

std::optional<char> keyOf(unsigned value) {
  const auto upper = static_cast<char>(std::toupper(static_cast<int>(value)));
  const std::string_view keys = "0123456789*#ABCD";
  if (value > 127 || keys.find(upper) == std::string_view::npos) return std::nullopt;
  return upper;
}

// Whether a field of a body has this name, ignoring case and surrounding spaces; `name` is in lower case.
bool isNamed(std::string_view text, std::string_view name) {
  text = trimmed(text);
  return std::equal(text.begin(), text.end(), name.begin(), name.end(),
                    [](unsigned char a, unsigned char b) { return std::tolower(a) == b; });
}

unsigned numberIn(std::string_view text) {
  text = trimmed(text);
  unsigned number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

const char* nameOf(DigitMethod method) { return method == DigitMethod::info ? "info" : "rfc4733"; }

}  // namespace

void DigitReceiver::received(const pjsua_dtmf_event& event) {
  const auto digit = keyOf(event.digit);
  if (!digit) return;
  if (event.method == PJSUA_DTMF_METHOD_SIP_INFO) {
    receivedInfo(*digit, event.duration == PJSUA_UNKNOWN_DTMF_DURATION ? 0 : event.duration);
    return;
  }
  const std::lock_guard lock(mutex_);
  if (goesOnAt(*digit, event.timestamp)) {
    key_ = Key{*digit, event.timestamp, 0, key_->earlierMs + key_->durationMs, 0, false};
  } else if (!key_ || key_->timestamp != event.timestamp || key_->digit != *digit) {
    tellKey();
    key_ = Key{*digit, event.timestamp, 0, 0, 0, false};
    if (Endpoint* endpoint = Endpoint::current()) endpoint->watch.nudge();
  }
  key_->durationMs = std::max<unsigned>(key_->durationMs, event.duration);
  key_->lastPacket = now();
  if ((event.flags & PJMEDIA_STREAM_DTMF_IS_END) != 0) tellKey();
}

void DigitReceiver::receivedInfo(char digit, unsigned durationMs) {
  const std::lock_guard lock(mutex_);
  tell(digit, DigitMethod::info, durationMs);
}

// Whether a further segment of the present key begins.
bool DigitReceiver::goesOnAt(char digit, std::uint32_t timestamp) const {
  if (!key_ || key_->told || key_->digit != digit || key_->durationMs < shortestSegment) return false;
  const auto late = static_cast<std::int32_t>(timestamp - key_->timestamp - key_->durationMs);
  return late >= 0 && late < shortestPause;
}

bool DigitReceiver::expire() {
  const std::lock_guard lock(mutex_);
  if (!key_ || key_->told) return false;
  if (now() - key_->lastPacket < keySilence) return true;
  tellKey();
  return false;
}

void DigitReceiver::tellKey() {
  if (!key_ || key_->told) return;
  key_->told = true;
  tell(key_->digit, DigitMethod::rfc4733, key_->earlierMs + key_->durationMs);
}

void DigitReceiver::tell(char digit, DigitMethod method, unsigned durationMs) {
  if (!allowance_.take(Allowance::Clock::now())) {
    if (Endpoint* endpoint = Endpoint::current()) endpoint->events.countLost("digit");
    if (!std::exchange(excessTold_, true))
      PJ_LOG(1, ("digits", "Call %lu: more keys than a person can press: dropping the rest",
                 static_cast<unsigned long>(call_)));
    return;
  }
  const std::uint64_t time = now();
  std::erase_if(recent_, [&](const Told& told) { return time - told.at > echoWindow; });
  const auto echo = std::find_if(recent_.begin(), recent_.end(),
                                 [&](const Told& told) { return told.digit == digit && told.method != method; });
  if (echo != recent_.end()) {
    recent_.erase(echo);
    return;
  }
  recent_.push_back({digit, method, time});
  if (Endpoint* endpoint = Endpoint::current())
    endpoint->events.pushBounded(
        {"digit", call_, {{"digit", std::string(1, digit)}, {"method", nameOf(method)}, {"durationMs", durationMs}}},
        mostWaiting);
}

std::optional<char> digitInDtmfBody(std::string_view body) {
  body = trimmed(body, " \t\r\n");
  if (body.size() == 1) return keyOf(static_cast<unsigned char>(body[0]));
  if (body == "10") return '*';
  if (body == "11") return '#';
  return std::nullopt;
}

std::optional<RelayedKey> keyInRelayBody(std::string_view body) {
  std::optional<char> digit;
  unsigned durationMs = 0;
  while (!body.empty()) {
    const auto end = std::min(body.find_first_of("\r\n"), body.size());
    const std::string_view line = body.substr(0, end);
    body.remove_prefix(std::min(end + 1, body.size()));
    const auto equals = line.find('=');
    if (equals == std::string_view::npos) continue;
    const std::string_view value = line.substr(equals + 1);
    if (isNamed(line.substr(0, equals), "signal")) digit = digitInDtmfBody(value);
    if (isNamed(line.substr(0, equals), "duration")) durationMs = numberIn(value);
  }
  return digit ? std::optional(RelayedKey{*digit, durationMs}) : std::nullopt;
}

}  // namespace np
