#include "media/rtp/rtp_sender.h"

#include <algorithm>
#include <cmath>

namespace np {
namespace {

constexpr std::size_t seam = 40;  // 5 ms
constexpr int audibleStep = 1000;

std::uint32_t ticks(RtpClock::duration time, unsigned clockRate) {
  const auto ns = std::chrono::duration_cast<std::chrono::nanoseconds>(time).count();
  constexpr std::int64_t perSecond = 1'000'000'000;
  return static_cast<std::uint32_t>(ns / perSecond * clockRate + ns % perSecond * clockRate / perSecond);
}

}  // namespace

void RtpSender::send(const RtpStream& stream, Serial source, const RtpPacket& packet, RtpClock::time_point now) {
  const RtpFormat& format = stream.format;
  const std::uint32_t before = numbering_.lastTimestamp();
  const auto numbers = numbering_.next(source, packet, elapsed(format, now));
  if (!numbers) return;
  RtpPacket ours = packet;
  ours.ssrc = format.ssrc;
  ours.sequence = numbers->sequence;
  ours.timestamp = numbers->timestamp;
  const bool joins = numbering_.switched() && !pauses(now);
  if (numbering_.switched() && !joins) ours.marker = true;
  std::uint8_t octets[rtpHeaderSize + largestRtpPayload];
  const std::size_t size = writeRtp(ours, octets);
  if (const auto law = format.law(); law && packet.type == format.sendType && packet.size > 0) {
    if (joins) smooth(*law, octets + rtpHeaderSize, packet.size);
    lastSample_ = decode(*law, octets[size - 1]);
    meter.measure(*law, octets + rtpHeaderSize, packet.size);
  }
  if (numbers->timestamp != before || packets_ == 0) {
    stampedAt_ = now;
    timestampOrigin_ = numbers->timestamp - ticks(now.time_since_epoch(), format.clockRate);
  }
  sentAt_ = now;
  if (!stream.output->transmit(octets, size)) return;
  packets_ = packets_ + 1;
  octets_ = octets_ + static_cast<std::uint32_t>(packet.size);
}

std::uint32_t RtpSender::timestampAt(RtpClock::time_point moment, unsigned clockRate) const {
  return timestampOrigin_ + ticks(moment.time_since_epoch(), clockRate);
}

// Rounded to whole frames: the next source continues as the one before would have.
std::uint32_t RtpSender::elapsed(const RtpFormat& format, RtpClock::time_point now) const {
  const std::uint32_t frame = format.clockRate / 1000 * format.frameMs;
  const auto since = std::clamp<RtpClock::duration>(now - stampedAt_, RtpClock::duration{}, std::chrono::hours(1));
  const std::uint32_t time = ticks(since, format.clockRate);
  return frame * std::max(1U, (time + frame / 2) / frame);
}

// There may be a step from the last sample of one source to the first of the next: spreads it out.
void RtpSender::smooth(Law law, std::uint8_t* codes, std::size_t count) const {
  const int step = lastSample_ - decode(law, codes[0]);
  if (std::abs(step) < audibleStep) return;
  const std::size_t length = std::min(seam, count);
  for (std::size_t i = 0; i < length; ++i) {
    const float sample = static_cast<float>(decode(law, codes[i])) +
                         static_cast<float>(step) * (1 - static_cast<float>(i + 1) / static_cast<float>(length + 1));
    encode(law, &sample, 1, codes + i);
  }
}

}  // namespace np
