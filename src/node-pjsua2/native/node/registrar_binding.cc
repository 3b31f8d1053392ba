// The JavaScript functions for the registrar and admission.
#include "core/endpoint.h"
#include "node/addon.h"
#include "node/binding.h"
#include "sip/admission/admission.h"
#include "sip/notification/subscriptions.h"
#include "sip/registrar/registrar.h"

#include <set>

namespace np {
namespace {

constexpr double longestExpires = 86400;  // s
constexpr std::size_t longestName = 255;

std::string nameOf(const Napi::Object& object, const char* field) {
  std::string name = stringOf(object, field);
  if (name.empty() || name.size() > longestName || name.find_first_of("\"\\") != std::string::npos) {
    throw WrongArgument(std::string(field) + " must have 1 to 255 bytes, without quotes and backslashes");
  }
  return name;
}

std::chrono::seconds secondsOf(const Napi::Object& object, const char* name) {
  return std::chrono::seconds(static_cast<long>(numberOf(object, name, 1, longestExpires)));
}

std::vector<DigestAlgorithm> algorithmsOf(const std::vector<std::string>& names) {
  std::vector<DigestAlgorithm> algorithms;
  for (const std::string& name : names) {
    const auto algorithm = name.empty() ? std::nullopt : algorithmNamed(name);
    if (!algorithm) throw WrongArgument("algorithms may be 'SHA-256' and 'MD5'");
    algorithms.push_back(*algorithm);
  }
  if (algorithms.empty()) throw WrongArgument("algorithms must not be empty");
  return algorithms;
}

RegistrarOptions readOptions(const Napi::Object& object) {
  RegistrarOptions options{nameOf(object, "realm"),
                           secondsOf(object, "minExpires"),
                           secondsOf(object, "maxExpires"),
                           secondsOf(object, "defaultExpires"),
                           static_cast<std::size_t>(numberOf(object, "maxContactsPerUser", 1, 50)),
                           algorithmsOf(stringsOf(object, "algorithms"))};
  if (options.minExpires > options.defaultExpires || options.defaultExpires > options.maxExpires) {
    throw WrongArgument("defaultExpires must be from minExpires to maxExpires");
  }
  return options;
}

// createRegistrar(options) -> handle
Napi::Value createRegistrar(const Napi::CallbackInfo& info) {
  Endpoint::require();
  const Serial serial = nextSerial();
  openRegistrar(std::make_shared<Registrar>(serial, readOptions(objectAt(info, 0, "options"))));
  return toJs(info.Env(), serial);
}

std::shared_ptr<Registrar> registrarAt(const Napi::CallbackInfo& info) {
  Endpoint::require();
  auto registrar = openedRegistrar(serialAt(info, 0, "registrar"));
  if (!registrar) throw InvalidState("the registrar is closed");
  return registrar;
}

Credential readCredential(const Napi::Object& user) {
  Credential credential{nameOf(user, "username"), stringOf(user, "password"), {}};
  credential.encryption = encryptionOf(user);
  if (!user.Get("algorithms").IsUndefined()) credential.algorithms = algorithmsOf(stringsOf(user, "algorithms"));
  return credential;
}

// setUsers(registrar, [{username, password, algorithms?}])
Napi::Value setUsers(const Napi::CallbackInfo& info) {
  const auto registrar = registrarAt(info);
  if (!info[1].IsArray()) throw WrongArgument("users must be an array");
  const auto array = info[1].As<Napi::Array>();
  std::vector<Credential> credentials;
  std::set<std::string> seen;
  for (std::uint32_t i = 0; i < array.Length(); ++i) {
    const Napi::Value user = array.Get(i);
    if (!user.IsObject()) throw WrongArgument("a user must be an object with username and password");
    credentials.push_back(readCredential(user.As<Napi::Object>()));
    if (!seen.insert(credentials.back().username).second) throw WrongArgument("a username must not occur twice");
  }
  registrar->setUsers(credentials);
  return info.Env().Undefined();
}

// setAlgorithms(registrar, {algorithms})
Napi::Value setAlgorithms(const Napi::CallbackInfo& info) {
  const auto registrar = registrarAt(info);
  registrar->setAlgorithms(algorithmsOf(stringsOf(objectAt(info, 1, "options"), "algorithms")));
  return info.Env().Undefined();
}

// bindings(registrar, username?) -> binding[]
Napi::Value bindings(const Napi::CallbackInfo& info) {
  const auto registrar = registrarAt(info);
  std::optional<std::string> username;
  if (!info[1].IsUndefined()) username = stringAt(info, 1, "username");
  return toJs(info.Env(), registrar->bindings(username));
}

// closeRegistrar(registrar)
Napi::Value closeRegistrar(const Napi::CallbackInfo& info) {
  Endpoint::require();
  if (const auto registrar = withdrawRegistrar(serialAt(info, 0, "registrar"))) registrar->close();
  return info.Env().Undefined();
}

Peer readPeer(const Napi::Value& value) {
  if (!value.IsObject()) throw WrongArgument("a peer must be an object with name and addresses");
  const auto object = value.As<Napi::Object>();
  Peer peer{stringOf(object, "name"), {}, encryptionOf(object)};
  for (const std::string& address : stringsOf(object, "addresses")) {
    const auto range = AddressRange::parse(address);
    if (!range)
      throw WrongArgument("'" + address + "' is not an IP address or range such as 192.0.2.1 or 192.0.2.0/24");
    peer.ranges.push_back(*range);
  }
  return peer;
}

// setPeers([{name, addresses}])
Napi::Value replacePeers(const Napi::CallbackInfo& info) {
  Endpoint::require();
  if (!info[0].IsArray()) throw WrongArgument("peers must be an array");
  const auto array = info[0].As<Napi::Array>();
  std::vector<Peer> peers;
  for (std::uint32_t i = 0; i < array.Length(); ++i) peers.push_back(readPeer(array.Get(i)));
  setPeers(Peers(std::move(peers)));
  return info.Env().Undefined();
}

// setWatchable(registrar, [{resource, watchers?}], minExpires)
Napi::Value replaceWatchable(const Napi::CallbackInfo& info) {
  Endpoint::require();
  if (!info[1].IsArray()) throw WrongArgument("watchable must be an array");
  const auto array = info[1].As<Napi::Array>();
  Watchable watchable;
  for (std::uint32_t i = 0; i < array.Length(); ++i) {
    const Napi::Value entry = array.Get(i);
    if (!entry.IsObject()) throw WrongArgument("what can be watched must be an object with a resource");
    const auto object = entry.As<Napi::Object>();
    Watchers watchers;
    if (!object.Get("watchers").IsUndefined()) {
      const auto names = stringsOf(object, "watchers");
      watchers.emplace(names.begin(), names.end());
    }
    watchable.emplace(stringOf(object, "resource"), std::move(watchers));
  }
  const auto minExpires = std::chrono::seconds(integerAt(info, 2, "minExpires", 1, 600));
  setWatchable(serialAt(info, 0, "registrar"), std::move(watchable), minExpires);
  return info.Env().Undefined();
}

// notifyWatcher(subscription, contentType, body) -> request
Napi::Value notifyWatcherOf(const Napi::CallbackInfo& info) {
  Endpoint::require();
  const Serial request = nextSerial();
  const std::string contentType = stringAt(info, 1, "contentType");
  if (!info[2].IsString()) throw WrongArgument("body must be a string");
  notifyWatcher(serialAt(info, 0, "subscription"), contentType, info[2].As<Napi::String>().Utf8Value(), request);
  return toJs(info.Env(), request);
}

// subscriptions(registrar) -> subscription[]
Napi::Value listSubscriptions(const Napi::CallbackInfo& info) {
  Endpoint::require();
  return toJs(info.Env(), subscriptionsOf(serialAt(info, 0, "registrar")));
}

// setEmergencyNumbers(string[])
Napi::Value replaceEmergencyNumbers(const Napi::CallbackInfo& info) {
  Endpoint::require();
  if (!info[0].IsArray()) throw WrongArgument("numbers must be an array");
  const auto array = info[0].As<Napi::Array>();
  std::set<std::string> numbers;
  for (std::uint32_t i = 0; i < array.Length(); ++i) numbers.insert(textOf(array.Get(i), "number"));
  setEmergencyNumbers(std::move(numbers));
  return info.Env().Undefined();
}

}  // namespace

void registerRegistrar(Napi::Env, Napi::Object exports) {
  expose<createRegistrar>(exports, "createRegistrar");
  expose<setUsers>(exports, "setUsers");
  expose<setAlgorithms>(exports, "setAlgorithms");
  expose<bindings>(exports, "bindings");
  expose<closeRegistrar>(exports, "closeRegistrar");
  expose<replacePeers>(exports, "setPeers");
  expose<replaceWatchable>(exports, "setWatchable");
  expose<notifyWatcherOf>(exports, "notifyWatcher");
  expose<listSubscriptions>(exports, "subscriptions");
  expose<replaceEmergencyNumbers>(exports, "setEmergencyNumbers");
}

}  // namespace np
