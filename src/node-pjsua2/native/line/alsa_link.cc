#include "line/reconnecting.h"

#include <alsa/asoundlib.h>

#include <chrono>
#include <utility>

// Bypasses PJMEDIA's audio devices, which only know the devices that existed when they were listed, and which repeat
// the buffer when one vanishes.
namespace np {
namespace {

using std::chrono::steady_clock;

constexpr unsigned sampleRate = 8000;
constexpr unsigned channels = 1;
constexpr unsigned bufferUs = 60'000;  // three frames
constexpr int glanceMs = 100;          // between checks for whether to stop

void printNothing(const char*, int, const char*, int, const char*, ...) {}

struct Failure {
  std::string reason;
};

void check(int result, const std::string& device) {
  if (result < 0) throw Failure{device + ": " + snd_strerror(result)};
}

// One direction of a device.
class Pcm {
 public:
  Pcm(const std::string& device, snd_pcm_stream_t direction) : device_(device) {
    check(snd_pcm_open(&pcm_, device.c_str(), direction, SND_PCM_NONBLOCK), device);
    const int set = snd_pcm_set_params(pcm_, SND_PCM_FORMAT_S16_LE, SND_PCM_ACCESS_RW_INTERLEAVED, channels, sampleRate,
                                       1, bufferUs);
    if (set >= 0) return;
    snd_pcm_close(pcm_);
    check(set, device);
  }
  ~Pcm() {
    snd_pcm_drop(pcm_);
    snd_pcm_close(pcm_);
  }
  Pcm(const Pcm&) = delete;
  Pcm& operator=(const Pcm&) = delete;

  // Fills the frame from `filled` samples on, waiting a little for them; returns how many there are then.
  std::size_t read(Frame& frame, std::size_t filled) {
    const int ready = snd_pcm_wait(pcm_, glanceMs);
    if (ready == 0) return filled;
    const auto got = ready < 0 ? ready : snd_pcm_readi(pcm_, frame.data() + filled, frame.size() - filled);
    if (got >= 0) return filled + static_cast<std::size_t>(got);
    if (got == -EAGAIN) return filled;
    check(snd_pcm_recover(pcm_, static_cast<int>(got), 1), device_);
    start();
    return filled;
  }

  void start() { check(snd_pcm_start(pcm_), device_); }

  // What does not fit is dropped. A device that ran dry is given silence first, as at the start.
  void write(const Frame& frame) {
    const auto put = snd_pcm_writei(pcm_, frame.data(), frame.size());
    if (put >= 0 || put == -EAGAIN) return;
    check(snd_pcm_recover(pcm_, static_cast<int>(put), 1), device_);
    fill();
  }

  void fill() {
    static constexpr Frame silence{};
    for (std::size_t written = 0; written < bufferUs / 1000 * sampleRate / 1000; written += silence.size())
      if (snd_pcm_writei(pcm_, silence.data(), silence.size()) <= 0) return;
  }

 private:
  const std::string device_;
  snd_pcm_t* pcm_ = nullptr;
};

class AlsaLink : public SoundLink {
 public:
  AlsaLink(AlsaDevice device, std::shared_ptr<SoundPath> sound, LinkReports reports)
      : device_(std::move(device)),
        sound_(std::move(sound)),
        reconnecting_(std::move(reports), [this](int stop, const auto& up) { return connectAndServe(stop, up); }) {}

 private:
  std::string connectAndServe(int stop, const std::function<void()>& up) {
    try {
      serve(stop, up);
      return "";
    } catch (const Failure& failure) {
      return failure.reason;
    }
  }

  // Paced by the microphone: one frame goes out for each one that comes in.
  void serve(int stop, const std::function<void()>& up) {
    Pcm capture(device_.capture, SND_PCM_STREAM_CAPTURE);
    Pcm playback(device_.playback, SND_PCM_STREAM_PLAYBACK);
    playback.fill();
    capture.start();
    sound_->begin();
    up();
    Frame in{};
    std::size_t filled = 0;
    auto last = steady_clock::now();
    while (!isRaised(stop)) {
      filled = capture.read(in, filled);
      if (filled < in.size()) {
        if (steady_clock::now() - last > Reconnecting::patience)
          throw Failure{device_.capture + " sends no more sound"};
        continue;
      }
      last = steady_clock::now();
      filled = 0;
      const auto now = steady_clock::now();
      sound_->captured(in.data(), now);
      Frame out{};
      (void)sound_->playback(out.data(), now);
      playback.write(out);
    }
  }

  const AlsaDevice device_;
  const std::shared_ptr<SoundPath> sound_;
  Reconnecting reconnecting_;  // last, because it uses all the others
};

}  // namespace

std::unique_ptr<SoundLink> linkToAlsa(const AlsaDevice& device, std::shared_ptr<SoundPath> sound, LinkReports reports) {
  // Failures go into the reports; the library would print them as well.
  snd_lib_error_set_handler(printNothing);
  return std::make_unique<AlsaLink>(device, std::move(sound), std::move(reports));
}

}  // namespace np
