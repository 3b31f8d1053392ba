#include "node/addon.h"

#include "node/binding.h"

#include <openssl/crypto.h>

namespace np {
namespace {

Napi::Object load(Napi::Env env, Napi::Object exports) {
  // At exit, OpenSSL would free its data while our threads may still use it.
  OPENSSL_init_crypto(OPENSSL_INIT_NO_ATEXIT, nullptr);
  expose<setErrorClasses>(exports, "setErrorClasses");
  registerEndpoint(env, exports);
  registerTransport(env, exports);
  registerTls(env, exports);
  registerCall(env, exports);
  registerConnection(env, exports);
  registerPlayer(env, exports);
  registerRecorder(env, exports);
  registerSoundChannel(env, exports);
  registerRegistrar(env, exports);
  registerAccount(env, exports);
  return exports;
}

}  // namespace
}  // namespace np

static Napi::Object init(Napi::Env env, Napi::Object exports) { return np::load(env, exports); }

NODE_API_MODULE(node_pjsua2, init)
