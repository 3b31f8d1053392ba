#include "media/loudness/presence.h"

namespace np {

void Presence::hearAudio(Clock::time_point now, bool announcesPause) {
  audioAt_.store(ticks(now), std::memory_order_relaxed);
  pauses_.store(announcesPause, std::memory_order_relaxed);
}

void Presence::begin(Clock::time_point now, bool held) {
  const bool changed = held_.exchange(held) != held;
  if (!changed && open_) return;
  since_ = ticks(now);
  open_ = true;
}

std::optional<Presence::News> Presence::look(Clock::time_point now, Clock::duration patience) {
  const auto silence = judge(now, patience);
  if (silence == told_) return std::nullopt;
  told_ = silence;
  if (!silence) return News{false, now - silentSince_, Reports::never, Excuse::none};
  silentSince_ = audioAt();
  return News{true, now - silentSince_, silence->reports, silence->excuse};
}

// A party that holds the call and sends reports is there.
std::optional<Presence::Silence> Presence::judge(Clock::time_point now, Clock::duration patience) const {
  if (!open_ || now - audioAt() < patience) return std::nullopt;
  const bool reported = reportAt_ != 0;
  const auto reports = !reported                                ? Reports::never
                       : now - timeOf(reportAt_) < 2 * patience ? Reports::heard
                                                                : Reports::silent;
  const auto excuse = held_ ? Excuse::hold : pauses_ ? Excuse::pauses : Excuse::none;
  if (reports == Reports::heard && excuse == Excuse::hold) return std::nullopt;
  return Silence{reports, excuse};
}

}  // namespace np
