#include "media/rtp/rtp_mixer.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace np {
namespace {

constexpr unsigned longestGap = 10;    // packets: a longer gap is a pause
constexpr unsigned framesToLearn = 3;  // until the listener's decoder follows our encoder as it would the source's
constexpr auto silence = std::chrono::milliseconds(60);  // of the carrier, before another takes over
constexpr float fullScale = 32767;
constexpr unsigned comfortNoiseClock = 8000;  // Hz, of payload type 13
constexpr float recovery = 0.05F;             // per frame

bool audible(const RtpMix::Input& input) { return input.level > 0 || !input.inlet->silent(); }

bool isOnSide(const RtpMix::Input& input, const RtpStream& stream) {
  return input.side != Side::both && stream.format.stereo();
}

bool hearsSides(const RtpMix& mix, const RtpStream& stream) {
  return std::any_of(mix.inputs.begin(), mix.inputs.end(),
                     [&](const auto& input) { return isOnSide(input, stream) && audible(input); });
}

bool isAlone(const RtpMix& mix, const RtpMix::Input& input) {
  return std::none_of(mix.inputs.begin(), mix.inputs.end(),
                      [&](const auto& other) { return &other != &input && audible(other); });
}

std::size_t frameSamples(const RtpFormat& format) { return sampleRateOf(*format.audio) / 1000 * format.frameMs; }

RtpTimeline::Pace paceOf(const ReceivedAudio& audio, std::size_t samples, const RtpFormat& to) {
  const std::size_t ticks = samples * audio.format.clockRate / sampleRateOf(*audio.format.audio);
  return {audio.format.clockRate, to.clockRate, static_cast<std::uint32_t>(ticks), to.clockRate / 1000 * to.frameMs};
}

RtpClock::duration sentAt(const ReceivedAudio& audio) {
  constexpr std::int64_t nsPerSecond = 1'000'000'000;
  return std::chrono::nanoseconds(audio.packet.timestamp * nsPerSecond / audio.format.clockRate);
}

}  // namespace

const RtpMix::Input* RtpMix::of(Serial source) const {
  for (const Input& input : inputs)
    if (input.inlet->source == source) return &input;
  return nullptr;
}

void RtpMixer::receive(const RtpMix& mix, const RtpStream& stream, Serial source, ReceivedAudio& audio,
                       RtpClock::time_point now) {
  const Input* input = mix.of(source);
  if (input == nullptr || input->level == 0) return;
  const bool alone = isAlone(mix, *input);
  if (alone && sameCoding(audio.format, stream.format) && canPass(stream, *input, now))
    return pass(stream, *input, audio, now);
  // While a stream changes, the mix is still the one made for the previous stream.
  const bool fits = stream.format.mixes() && audio.format.audio &&
                    input->inlet->rate == sampleRateOf(*stream.format.audio) &&
                    input->inlet->sourceRate == sampleRateOf(*audio.format.audio);
  if (fits) carry(mix, stream, *input, audio, now);
}

bool RtpMixer::passNoise(const RtpMix& mix, const RtpStream& stream, Serial source, const RtpFormat& format,
                         const RtpPacket& packet, RtpClock::time_point now) {
  const Input* input = mix.of(source);
  const bool passes = input != nullptr && input->level > 0 && isAlone(mix, *input) &&
                      sameCoding(format, stream.format) && stream.format.clockRate == comfortNoiseClock &&
                      canPass(stream, *input, now);
  if (!passes) return false;
  sender_.send(stream, source, packet, now);
  timeline_.pass(packet);
  carriedAt_ = now;
  return true;
}

void RtpMixer::leaveOut(Serial source, const RtpPacket& packet) {
  sender_.leaveOut(source, packet);
  if (source == carrier_) timeline_.leaveOut(packet);
}

// A codec with memory takes another stream's packets without a click only if its state matches what they build on.
bool RtpMixer::canPass(const RtpStream& stream, const Input& input, RtpClock::time_point now) const {
  if (!stream.format.mixes()) return true;
  const Inlet& inlet = *input.inlet;
  if (isOnSide(input, stream)) return false;
  if (input.gain() != 1 || inlet.waiting() > 0 || !(inlet.unity() || inlet.silent())) return false;
  if (!hasMemory(*stream.format.audio) || passed_ == inlet.source || sender_.pauses(now)) return true;
  return carrier_ == inlet.source && framesAlone_ >= framesToLearn;
}

void RtpMixer::pass(const RtpStream& stream, const Input& input, ReceivedAudio& audio, RtpClock::time_point now) {
  const RtpPacket& packet = audio.packet;
  std::uint8_t codes[largestRtpPayload];
  RtpPacket ours = packet;
  ours.type = stream.format.sendType;
  if (const auto from = audio.format.law(), to = stream.format.law(); from != to) {
    translate(*from, *to, packet.payload, packet.size, codes);
    ours.payload = codes;
  }
  if (input.inlet->silent()) input.inlet->start(input.gain());
  sender_.send(stream, input.inlet->source, ours, now);
  if (stream.encoder) stream.encoder->passed(ours.payload, ours.size);
  if (sender_.meter.asked() && !stream.format.law())
    sender_.meter.measure(audio.decoded().samples, audio.decoded().count);
  timeline_.pass(packet);
  held_ = false;
  carrier_ = passed_ = input.inlet->source;
  carriedAt_ = now;
}

void RtpMixer::carry(const RtpMix& mix, const RtpStream& stream, const Input& input, ReceivedAudio& audio,
                     RtpClock::time_point now) {
  const DecodedAudio& decoded = audio.decoded();
  if (decoded.count == 0) return;
  Inlet& inlet = *input.inlet;
  const std::size_t frame = frameSamples(stream.format);
  const auto pace = paceOf(audio, decoded.count - decoded.concealed, stream.format);
  std::size_t unheard = inlet.waiting() == 0 ? decoded.concealed : 0;  // the gap has already been heard as a gap
  if (carrier_ == inlet.source) {
    if (!timeline_.missing(audio.packet)) return;
    if (held_) giveUp(mix, stream, now);
    unheard = decoded.concealed - standIn(mix, pace, input, audio.packet, decoded.concealed);
  } else if (takesOver(mix, input, now)) {
    // What waited for the old carrier's packets goes out at once, numbered as if it had gone out on time.
    timeline_.begin(audio.packet, pace, static_cast<std::uint32_t>(inlet.waiting() / frame));
    carrier_ = inlet.source;
    held_ = false;
  }
  inlet.write(decoded.samples + unheard, decoded.count - unheard);
  const std::chrono::milliseconds frameTime(stream.format.frameMs);
  if (pace.sameLength()) inlet.rhythm.came(now, sentAt(audio), frameTime);
  if (carrier_ != inlet.source) {
    inlet.awaited = false;
    if (held_) release(mix, stream, now);
    return;
  }
  carriedAt_ = now;
  pace_ = pace;
  passed_ = 0;
  const bool alone = isAlone(mix, input) && inlet.unity();
  framesAlone_ = alone ? framesAlone_ + 1 : 0;
  if (inlet.waiting() < 2 * frame && holdsBack(mix, input, now)) return;
  const bool passesNext = framesAlone_ >= framesToLearn && input.gain() == 1 && sameCoding(audio.format, stream.format);
  for (auto left = static_cast<int>(inlet.waiting() / frame); left > 0; --left)
    mixFrame(mix, stream, passesNext && left == 1, now - (left - 1) * frameTime);
}

// Holds the frame back for sources that would otherwise have to wait for the carrier's next packet.
bool RtpMixer::holdsBack(const RtpMix& mix, const Input& carrier, RtpClock::time_point now) {
  const auto due = carrier.inlet->rhythm.wasDue();
  for (const Input& other : mix.inputs)
    if (&other != &carrier && other.level > 0 && other.inlet->rhythm.isDue(due, now))
      held_ = other.inlet->awaited = true;
  return held_;
}

// The carrier's next packet came before the one that was waited for.
void RtpMixer::giveUp(const RtpMix& mix, const RtpStream& stream, RtpClock::time_point now) {
  for (const Input& input : mix.inputs)
    if (std::exchange(input.inlet->awaited, false)) input.inlet->rhythm.broken(now);
  release(mix, stream, now);
}

// Sends the frame that was held back, once everything it waited for has come.
void RtpMixer::release(const RtpMix& mix, const RtpStream& stream, RtpClock::time_point now) {
  if (std::any_of(mix.inputs.begin(), mix.inputs.end(), [](const auto& input) { return input.inlet->awaited; })) return;
  held_ = false;
  const Input* carrier = mix.of(carrier_);
  const std::size_t frame = frameSamples(stream.format);
  if (carrier == nullptr || carrier->inlet->waiting() < frame) return;
  for (const Input& input : mix.inputs)
    if (&input != carrier) input.inlet->begin(frame);
  mixFrame(mix, stream, false, now);
}

// A stalled network delivers everything at once, so audio that piles up then does not mean that the carrier is silent.
bool RtpMixer::takesOver(const RtpMix& mix, const Input& input, RtpClock::time_point now) const {
  const Input* carrier = mix.of(carrier_);
  return carrier == nullptr || carrier->level == 0 || (input.inlet->pilesUp() && now - carriedAt_ >= silence);
}

// Replaces lost packets. When the source is alone, what the codec cannot conceal is left as a loss, because the
// listener's telephone conceals it better than silence would; but others' audio must not be lost with it, and packets
// that are reframed leave no gap. Returns how many of the concealed samples are wanted.
std::size_t RtpMixer::standIn(const RtpMix& mix, const RtpTimeline::Pace& pace, const Input& carrier,
                              const RtpPacket& packet, std::size_t concealed) {
  const unsigned missing = *timeline_.missing(packet);
  const unsigned lost = missing > longestGap ? 0 : missing;
  if (lost == 0) concealed = 0;
  Inlet& inlet = *carrier.inlet;
  const std::size_t frame = inlet.rate * static_cast<std::size_t>(pace.frameTicks) / pace.frameClock;
  const std::size_t gap = inlet.rate * static_cast<std::size_t>(pace.packetTicks) / pace.packetClock * lost;
  const std::size_t made = inlet.output(concealed);
  const std::size_t rest = gap - std::min(gap, made);
  const bool fills = !isAlone(mix, carrier) || !pace.sameLength();
  if (fills && rest > 0) inlet.lose(rest);
  timeline_.advance(packet, pace, fills ? 0 : static_cast<std::uint32_t>(rest / frame),
                    static_cast<std::uint32_t>((fills ? gap : made) / frame));
  return concealed;
}

void RtpMixer::mixFrame(const RtpMix& mix, const RtpStream& stream, bool isLast, RtpClock::time_point now) {
  const std::size_t count = frameSamples(stream.format);
  MixedFrame mixed(count, hearsSides(mix, stream));
  for (const Input& input : mix.inputs)
    if (input.inlet->rate == sampleRateOf(*stream.format.audio))
      input.inlet->mixInto(mixed.of(input.side), count, input.gain());
  mixed.join();
  limit(mixed);
  if (!stream.format.law()) sender_.meter.measure(mixed.all(), count);
  std::uint8_t payload[largestRtpPayload];
  RtpPacket packet = timeline_.next(pace_);
  packet.type = stream.format.sendType;
  packet.payload = payload;
  packet.size = stream.encoder->encode(mixed.channels(), payload, isLast);
  if (packet.size > 0)
    sender_.send(stream, carrier_, packet, now);
  else
    sender_.leaveOut(carrier_, packet);
}

// When everybody talks at once the sum is turned down as far as necessary, and recovers slowly.
void RtpMixer::limit(MixedFrame& mixed) {
  if (const float peak = mixed.peak(); peak * limiter_ > fullScale)
    limiter_ = fullScale / peak;
  else if (limiter_ == 1)
    return;
  mixed.scale(limiter_);
  limiter_ = std::min(1.0F, limiter_ + recovery);
}

}  // namespace np
