#include "bridge/sound_channel.h"

#include "core/endpoint.h"
#include "node/addon.h"
#include "node/binding.h"

#include <utility>

namespace np {
namespace {

constexpr unsigned sampleRate = 8000;

class ChannelPort : public BridgePort {
 public:
  explicit ChannelPort(std::shared_ptr<SoundPath> sound) : sound_(std::move(sound)) {}

  bool get(std::int16_t* out, std::size_t) override { return sound_->toBridge(out, SoundPath::Clock::now()); }
  void put(const std::int16_t* in, std::size_t) override { sound_->fromBridge(in, SoundPath::Clock::now()); }

 private:
  const std::shared_ptr<SoundPath> sound_;
};

void tell(Serial channel, const char* type, Fields fields) {
  if (Endpoint* endpoint = Endpoint::current()) endpoint->events.pushEssential({type, channel, std::move(fields)});
}

// Keys that wait while JavaScript takes none are limited to more than anyone would press in that time.
void tellKey(Serial channel, char key) {
  constexpr std::size_t mostWaiting = 64;
  if (Endpoint* endpoint = Endpoint::current())
    endpoint->events.pushBounded({"digit", channel, {{"digit", std::string(1, key)}}}, mostWaiting);
}

SoundChannel::Link readDevice(const Napi::Object& device) {
  if (const auto socket = optionalStringOf(device, "socket"))
    return
        [path = *socket](auto sound, auto reports) { return linkToSocket(path, std::move(sound), std::move(reports)); };
  return [names = AlsaDevice{stringOf(device, "capture"), stringOf(device, "playback")}](auto sound, auto reports) {
    return linkToAlsa(names, std::move(sound), std::move(reports));
  };
}

// openSoundChannel({socket} or {capture, playback}) -> handle
Napi::Value openSoundChannel(const Napi::CallbackInfo& info) {
  Endpoint& endpoint = Endpoint::require();
  const auto channel = std::make_shared<SoundChannel>(readDevice(objectAt(info, 0, "device")));
  endpoint.channels.add(channel->serial, channel);
  return Napi::Number::New(info.Env(), static_cast<double>(channel->serial));
}

// closeSoundChannel(channel)
Napi::Value closeSoundChannel(const Napi::CallbackInfo& info) {
  const Serial serial = serialAt(info, 0, "channel");
  Endpoint* endpoint = Endpoint::ifOpen();
  if (endpoint == nullptr) return info.Env().Undefined();
  // Its threads may take a while to finish.
  if (auto channel = endpoint->channels.remove(serial)) endpoint->watch.dispose(std::move(channel));
  return info.Env().Undefined();
}

}  // namespace

SoundChannel::SoundChannel(const Link& link)
    : serial(nextSerial()),
      sound_(
          std::make_shared<SoundPath>(SoundPath::Listeners{[channel = serial](char key) { tellKey(channel, key); },
                                                           [this](const std::int16_t* frame) { line_.speak(frame); }})),
      line_(serial, Endpoint::current()->mediaPoller,
            [sound = sound_.get()](auto timestamp, const auto* samples, auto count, auto now) {
              sound->fromPackets(timestamp, samples, count, now);
            }),
      place_(std::make_unique<ChannelPort>(sound_), PortRole::both, "channel", sampleRate) {
  // Always drained: what was said while nobody listened must not be heard later.
  Endpoint::current()->conference.attachLeg(line_.leg, place_.slot(), true);
  link_ = link(sound_, {[channel = serial] { tell(channel, "up", {}); },
                        [channel = serial](const std::string& reason) {
                          tell(channel, "down", {{"reason", reason}});
                        }});
}

SoundChannel::~SoundChannel() {
  link_.reset();
  Endpoint::current()->conference.remove(serial);
}

void registerSoundChannel(Napi::Env, Napi::Object exports) {
  expose<openSoundChannel>(exports, "openSoundChannel");
  expose<closeSoundChannel>(exports, "closeSoundChannel");
}

}  // namespace np
