// The JavaScript functions for the certificates of TLS.
#include "core/endpoint.h"
#include "node/addon.h"
#include "node/binding.h"
#include "sip/authentication/digest.h"

namespace np {
namespace {

TlsIdentity readIdentity(const Napi::Object& object) {
  return {linesOf(object, "key"), linesOf(object, "certificate")};
}

// setTlsIdentity({key, certificate})
Napi::Value setTlsIdentity(const Napi::CallbackInfo& info) {
  Endpoint& endpoint = Endpoint::require();
  TlsIdentity identity = readIdentity(objectAt(info, 0, "identity"));
  endpoint.tls.setIdentity(identity);
  forget(identity.key);
  return info.Env().Undefined();
}

TlsServer readServer(const Napi::Value& value) {
  if (!value.IsObject()) throw WrongArgument("a server must be an object with host");
  const auto object = value.As<Napi::Object>();
  TlsServer server{stringOf(object, "host"), {}, std::nullopt};
  if (!object.Get("authorities").IsUndefined()) server.authorities = linesOf(object, "authorities");
  if (const auto identity = optionalObjectOf(object, "identity")) server.identity = readIdentity(*identity);
  return server;
}

// setTlsServers([{host, authorities?, identity?}])
Napi::Value setTlsServers(const Napi::CallbackInfo& info) {
  Endpoint& endpoint = Endpoint::require();
  if (!info[0].IsArray()) throw WrongArgument("servers must be an array");
  const auto array = info[0].As<Napi::Array>();
  std::vector<TlsServer> servers;
  for (std::uint32_t i = 0; i < array.Length(); ++i) servers.push_back(readServer(array.Get(i)));
  endpoint.tls.setServers(servers);
  for (auto& server : servers)
    if (server.identity) forget(server.identity->key);
  return info.Env().Undefined();
}

}  // namespace

void registerTls(Napi::Env, Napi::Object exports) {
  expose<setTlsIdentity>(exports, "setTlsIdentity");
  expose<setTlsServers>(exports, "setTlsServers");
}

}  // namespace np
