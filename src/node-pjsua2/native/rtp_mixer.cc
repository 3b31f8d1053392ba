#include "rtp_mixer.h"

#include <algorithm>
#include <cmath>

namespace np {
namespace {

constexpr int longestGap = 10;  // packets: what is longer is a pause
constexpr float fullScale = 32767;
constexpr float recovery = 0.05F;  // per frame

bool audible(const RtpMix::Input& input) { return input.level > 0 || !input.inlet->silent(); }

bool isAlone(const RtpMix& mix, const RtpMix::Input& input) {
  return std::none_of(mix.inputs.begin(), mix.inputs.end(),
                      [&](const auto& other) { return &other != &input && audible(other); });
}

RtpPacket before(const RtpPacket& packet, int frames) {
  RtpPacket earlier = packet;
  earlier.sequence = static_cast<std::uint16_t>(packet.sequence - frames);
  earlier.timestamp -= static_cast<std::uint32_t>(static_cast<std::size_t>(frames) * packet.size);
  earlier.marker = false;
  return earlier;
}

}  // namespace

const RtpMix::Input* RtpMix::of(Serial source) const {
  for (const Input& input : inputs)
    if (input.inlet->source == source) return &input;
  return nullptr;
}

void RtpMixer::receive(const RtpMix& mix, const RtpStream& stream, Serial source, std::optional<Law> law,
                       const RtpPacket& packet, RtpClock::time_point now) {
  const Input* input = mix.of(source);
  if (input == nullptr || input->level == 0) return;
  Inlet& inlet = *input->inlet;
  const bool alone = isAlone(mix, *input);
  if (alone && inlet.silent()) inlet.start(input->gain());
  if (!law || !stream.format.law) {
    if (alone) send(stream, source, packet, packet.payload, now);
    return;
  }
  std::uint8_t codes[largestRtpPayload];
  translate(*law, *stream.format.law, packet.payload, packet.size, codes);
  const bool carries = carrier_ == source;
  if (alone && input->gain() == 1 && inlet.unity() && inlet.waiting() == 0) {
    send(stream, source, packet, codes, now);
    if (!carries || static_cast<std::int16_t>(packet.sequence - lastSequence_) > 0) lastSequence_ = packet.sequence;
    carrier_ = source;
    return;
  }
  if (packet.size == 0 || packet.size > Inlet::largestFrame) return;
  std::int16_t samples[Inlet::largestFrame];
  decode(*law, packet.payload, packet.size, samples);
  if (!carries && !takesOver(mix, *input)) return inlet.write(samples, packet.size);
  if (carries && static_cast<std::int16_t>(packet.sequence - lastSequence_) <= 0) return;  // its place is taken
  if (carries)
    fillGap(mix, stream, *input, packet, now);
  else
    catchUp(mix, stream, *input, packet, now);
  carrier_ = source;
  lastSequence_ = packet.sequence;
  mixFrame(mix, stream, *input, {packet, samples, codes}, now);
}

void RtpMixer::leaveOut(Serial source, const RtpPacket& packet) {
  sender_.leaveOut(source, packet);
  if (source == carrier_ && static_cast<std::int16_t>(packet.sequence - lastSequence_) > 0)
    lastSequence_ = packet.sequence;
}

bool RtpMixer::takesOver(const RtpMix& mix, const Input& input) const {
  const Input* carrier = mix.of(carrier_);
  return carrier == nullptr || carrier->level == 0 || input.inlet->waiting() >= Inlet::pileUp;
}

// What waited for the old carrier's packets goes out at once, as of when it should have.
void RtpMixer::catchUp(const RtpMix& mix, const RtpStream& stream, const Input& input, const RtpPacket& packet,
                       RtpClock::time_point now) {
  std::int16_t samples[Inlet::largestFrame];
  std::uint8_t codes[Inlet::largestFrame];
  const std::chrono::milliseconds frameTime(1000 * packet.size / stream.format.clockRate);
  for (int frames = static_cast<int>(input.inlet->waiting() / packet.size); frames > 0; --frames) {
    if (!input.inlet->take(samples, packet.size)) break;
    for (std::size_t i = 0; i < packet.size; ++i) codes[i] = encode(*stream.format.law, samples[i]);
    mixFrame(mix, stream, input, {before(packet, frames), samples, codes}, now - frames * frameTime);
  }
  input.inlet->clear();
}

// The carrier's packets that are lost must not take the others' audio with them.
void RtpMixer::fillGap(const RtpMix& mix, const RtpStream& stream, const Input& input, const RtpPacket& packet,
                       RtpClock::time_point now) {
  const int lost = static_cast<std::uint16_t>(packet.sequence - lastSequence_ - 1);
  if (lost > longestGap) return;
  for (int frames = lost; frames > 0; --frames) mixFrame(mix, stream, input, {before(packet, frames), nullptr, nullptr}, now);
}

void RtpMixer::mixFrame(const RtpMix& mix, const RtpStream& stream, const Input& carrier, const Frame& frame,
                        RtpClock::time_point now) {
  const std::size_t count = frame.place.size;
  float sum[Inlet::largestFrame] = {};
  bool mixed = !carrier.inlet->unity() || carrier.gain() != 1;
  if (frame.samples != nullptr) carrier.inlet->mixNow(frame.samples, count, carrier.gain(), sum);
  for (const Input& other : mix.inputs)
    if (&other != &carrier && other.inlet->mixInto(sum, count, other.gain())) mixed = true;
  if (frame.samples == nullptr && !mixed) return;
  mixed = limit(sum, count) || mixed;
  if (!mixed) return send(stream, carrier.inlet->source, frame.place, frame.codes, now);
  std::uint8_t codes[Inlet::largestFrame];
  encode(*stream.format.law, sum, count, codes);
  send(stream, carrier.inlet->source, frame.place, codes, now);
}

// When all talk at once the sum is turned down as far as it must be, and comes back slowly.
bool RtpMixer::limit(float* samples, std::size_t count) {
  float peak = 0;
  for (std::size_t i = 0; i < count; ++i) peak = std::max(peak, std::abs(samples[i]));
  if (peak * limiter_ > fullScale)
    limiter_ = fullScale / peak;
  else if (limiter_ == 1)
    return false;
  for (std::size_t i = 0; i < count; ++i) samples[i] *= limiter_;
  limiter_ = std::min(1.0F, limiter_ + recovery);
  return true;
}

void RtpMixer::send(const RtpStream& stream, Serial source, const RtpPacket& place, const std::uint8_t* codes,
                    RtpClock::time_point now) {
  RtpPacket packet = place;
  packet.type = stream.format.sendType;
  packet.payload = codes;
  sender_.send(stream, source, packet, now);
}

}  // namespace np
