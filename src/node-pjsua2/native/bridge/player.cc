#include "bridge/player.h"

#include "core/endpoint.h"
#include "node/addon.h"
#include "node/binding.h"

#include <cmath>
#include <utility>

namespace np {
namespace {

class ScorePort : public BridgePort {
 public:
  ScorePort(Score score, std::shared_ptr<std::atomic<bool>> finished, Watch& watch)
      : score_(std::move(score)), finished_(std::move(finished)), watch_(watch) {}

  bool get(std::int16_t* out, std::size_t count) override {
    if (!score_.read(out, count)) return false;
    if (score_.finished()) {
      *finished_ = true;
      watch_.nudge();
    }
    return true;
  }

  void put(const std::int16_t*, std::size_t) override {}

 private:
  Score score_;
  std::shared_ptr<std::atomic<bool>> finished_;
  Watch& watch_;
};

// The level is that of the sum, so n sines share its power. A sine at 0 dBFS peaks at full scale.
double amplitudeOf(double levelDbfs, std::size_t sines) {
  return 32767.0 * std::pow(10, levelDbfs / 20) / std::sqrt(static_cast<double>(sines));
}

std::size_t samplesIn(double ms, unsigned clockRate) {
  return static_cast<std::size_t>(std::lround(ms * clockRate / 1000));
}

constexpr double longestMs = 24.0 * 3600 * 1000;

Tone readTone(const Napi::Object& object, unsigned clockRate) {
  const Napi::Value value = object.Get("frequencies");
  if (!value.IsArray()) throw WrongArgument("frequencies must be an array of numbers");
  const Napi::Array array = value.As<Napi::Array>();
  if (array.Length() < 1 || array.Length() > 4) throw WrongArgument("a tone has 1 to 4 frequencies");
  Tone tone;
  for (std::uint32_t i = 0; i < array.Length(); ++i) {
    const Napi::Value frequency = array.Get(i);
    if (!frequency.IsNumber()) throw WrongArgument("frequencies must be an array of numbers");
    tone.frequencies.push_back(frequency.As<Napi::Number>().DoubleValue());
    if (!(tone.frequencies.back() > 0 && tone.frequencies.back() < clockRate / 2.0))
      throw WrongArgument("a frequency must be above 0 and below half the clock rate");
  }
  tone.length = samplesIn(numberOf(object, "ms", 0, longestMs), clockRate);
  tone.amplitude = amplitudeOf(numberOf(object, "levelDbfs", -100, 0), tone.frequencies.size());
  return tone;
}

Segment readSegment(const Napi::Value& value, unsigned clockRate) {
  if (!value.IsObject()) throw WrongArgument("a segment must be an object");
  const Napi::Object object = value.As<Napi::Object>();
  if (object.Has("frequencies")) return readTone(object, clockRate);
  if (object.Has("silenceMs")) return Silence{samplesIn(numberOf(object, "silenceMs", 0, longestMs), clockRate)};
  const Napi::Value samples = object.Get("samples");
  if (!samples.IsTypedArray() || samples.As<Napi::TypedArray>().TypedArrayType() != napi_int16_array)
    throw WrongArgument("a segment has samples (an Int16Array), frequencies or silenceMs");
  const auto data = samples.As<Napi::Int16Array>();
  return Samples{{data.Data(), data.Data() + data.ElementLength()}};
}

// createPlayer(segments, loop) -> handle
Napi::Value createPlayer(const Napi::CallbackInfo& info) {
  Endpoint& endpoint = Endpoint::require();
  if (!info[0].IsArray()) throw WrongArgument("segments must be an array");
  const Napi::Array array = info[0].As<Napi::Array>();
  std::vector<Segment> segments;
  for (std::uint32_t i = 0; i < array.Length(); ++i)
    segments.push_back(readSegment(array.Get(i), endpoint.options().clockRate));
  if (!info[1].IsBoolean()) throw WrongArgument("loop must be a boolean");
  const auto player = std::make_shared<Player>(
      Score(std::move(segments), info[1].As<Napi::Boolean>().Value(), endpoint.options().clockRate));
  endpoint.players.add(player->serial, player);
  return Napi::Number::New(info.Env(), static_cast<double>(player->serial));
}

Napi::Value closePlayer(const Napi::CallbackInfo& info) {
  const Serial serial = serialAt(info, 0, "player");
  if (Endpoint* endpoint = Endpoint::ifOpen()) endpoint->players.remove(serial);
  return info.Env().Undefined();
}

}  // namespace

Player::Player(Score score)
    : serial(nextSerial()),
      finished_(std::make_shared<std::atomic<bool>>(false)),
      place_(std::make_unique<ScorePort>(std::move(score), finished_, Endpoint::current()->watch), PortRole::source,
             "player", Endpoint::current()->options().clockRate) {
  Endpoint::current()->conference.attach(serial, place_.slot());
}

Player::~Player() { Endpoint::current()->conference.remove(serial); }

void registerPlayer(Napi::Env, Napi::Object exports) {
  expose<createPlayer>(exports, "createPlayer");
  expose<closePlayer>(exports, "closePlayer");
}

}  // namespace np
