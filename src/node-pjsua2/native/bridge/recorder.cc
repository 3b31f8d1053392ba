#include "bridge/recorder.h"

#include "bridge/wav_writer.h"
#include "core/endpoint.h"
#include "node/addon.h"
#include "node/binding.h"

#include <pj/errno.h>

#include <utility>

namespace np {
namespace {

class WriterPort : public BridgePort {
 public:
  explicit WriterPort(std::shared_ptr<WavWriter> writer) : writer_(std::move(writer)) {}

  bool get(std::int16_t*, std::size_t) override { return false; }
  void put(const std::int16_t* in, std::size_t count) override { writer_->put(in, count); }

 private:
  std::shared_ptr<WavWriter> writer_;
};

// createRecorder(path) -> handle
Napi::Value createRecorder(const Napi::CallbackInfo& info) {
  Endpoint& endpoint = Endpoint::require();
  const auto recorder = std::make_shared<Recorder>(stringAt(info, 0, "path"));
  endpoint.recorders.add(recorder->serial, recorder);
  return Napi::Number::New(info.Env(), static_cast<double>(recorder->serial));
}

// closeRecorder(recorder) -> request
Napi::Value closeRecorder(const Napi::CallbackInfo& info) {
  Endpoint& endpoint = Endpoint::require();
  const auto recorder = endpoint.recorders.remove(serialAt(info, 0, "recorder"));
  if (!recorder) throw InvalidState("the recorder is closed");
  const Serial request = nextSerial();
  recorder->close(request);
  endpoint.watch.dispose(recorder);
  return Napi::Number::New(info.Env(), static_cast<double>(request));
}

}  // namespace

Recorder::Recorder(const std::string& path)
    : serial(nextSerial()), writer_(std::make_shared<WavWriter>(path, Endpoint::current()->options().clockRate)) {
  place_ = std::make_unique<BridgePlace>(std::make_unique<WriterPort>(writer_), PortRole::sink, "recorder",
                                         Endpoint::current()->options().clockRate);
  Endpoint::current()->conference.attach(serial, place_->slot());
}

Recorder::~Recorder() {
  if (place_) Endpoint::current()->conference.remove(serial);
}

void Recorder::close(Serial request) {
  Endpoint::current()->conference.remove(serial);
  place_.reset();
  writer_->finish([request](int error) {
    if (error == 0)
      settle(request);
    else
      settle(request, PjsipFailure(PJ_RETURN_OS_ERROR(error), "writing the recording"));
  });
}

void Recorder::complete() { writer_->complete(); }

void registerRecorder(Napi::Env, Napi::Object exports) {
  expose<createRecorder>(exports, "createRecorder");
  expose<closeRecorder>(exports, "closeRecorder");
}

}  // namespace np
