// Whether a leg's party can still be heard.
#pragma once

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <optional>

namespace np {

// A party that sends no audio may be gone, or may have a reason: it need not send while one side holds the call, and
// with comfort noise or DTX it sends next to nothing during pauses. If it sends reports (RTCP) at all, it keeps sending
// them. This class only reports what was received; others decide what it means.
//
// Packets come on the media thread; the rest is for control threads, look() for one at a time. Nothing waits.
class Presence {
 public:
  using Clock = std::chrono::steady_clock;

  enum class Reports { heard, silent, never };
  enum class Excuse { none, hold, pauses };

  struct News {
    bool isSilent;
    Clock::duration silence;  // how long there has been no audio, or there was none
    Reports reports;
    Excuse excuse;
  };

  // A packet of audio or of keys, and whether it announces a pause.
  void hearAudio(Clock::time_point now, bool announcesPause);
  void hearReport(Clock::time_point now) { reportAt_.store(ticks(now), std::memory_order_relaxed); }

  // Audio may come from now on, or may still come; `held` if one side holds the call. A change restarts the time.
  void begin(Clock::time_point now, bool held);
  // No audio may come any more.
  void end() { open_ = false; }
  bool isOpen() const { return open_; }
  // Whether there has been any audio so far.
  bool wasHeard() const { return audioAt_ != 0; }

  // What is new since the last look. Audio has to come within `patience`, reports within twice that time.
  std::optional<News> look(Clock::time_point now, Clock::duration patience);

 private:
  struct Silence {
    Reports reports;
    Excuse excuse;

    bool operator==(const Silence&) const = default;
  };

  std::optional<Silence> judge(Clock::time_point now, Clock::duration patience) const;
  Clock::time_point audioAt() const { return std::max(timeOf(since_), timeOf(audioAt_)); }

  static Clock::rep ticks(Clock::time_point time) { return time.time_since_epoch().count(); }
  static Clock::time_point timeOf(const std::atomic<Clock::rep>& ticks) {
    return Clock::time_point(Clock::duration(ticks));
  }

  std::atomic<bool> open_{false};
  std::atomic<bool> held_{false};
  std::atomic<Clock::rep> since_{0};
  std::atomic<Clock::rep> audioAt_{0};
  std::atomic<bool> pauses_{false};
  std::atomic<Clock::rep> reportAt_{0};  // 0: never
  // Used by whoever looks.
  std::optional<Silence> told_;
  Clock::time_point silentSince_{};
};

}  // namespace np
