// The JavaScript functions for accounts.
#include "core/endpoint.h"
#include "node/addon.h"
#include "node/binding.h"
#include "sip/account.h"
#include "sip/transport.h"

namespace np {
namespace {

AccountOptions readOptions(const Napi::Object& object, const Endpoint& endpoint) {
  AccountOptions options;
  options.uri = stringOf(object, "uri");
  options.displayName = optionalStringOf(object, "displayName").value_or("");
  options.registrar = optionalStringOf(object, "registrar").value_or("");
  options.username = stringOf(object, "username");
  options.password = stringOf(object, "password");
  options.proxy = optionalStringOf(object, "proxy").value_or("");
  options.realm = stringOf(object, "realm");
  options.expires = static_cast<unsigned>(numberOf(object, "expires", 1, 86400));
  options.retryInterval = static_cast<unsigned>(numberOf(object, "retryInterval", 1, 3600));
  options.encryption = encryptionOf(object);
  if (const auto transport = optionalNumberOf(object, "transport", 1, 9007199254740991.0)) {
    options.transport = endpoint.transports.require(static_cast<Serial>(*transport))->id();
  }
  return options;
}

// addAccount({uri, displayName?, registrar?, username, password, proxy?, realm, expires, retryInterval, transport?}) ->
// handle: does not register until registerAccount() is called.
Napi::Value addAccount(const Napi::CallbackInfo& info) {
  Endpoint& endpoint = Endpoint::require();
  AccountOptions options = readOptions(objectAt(info, 0, "options"), endpoint);
  const Serial serial = nextSerial();
  const auto account = std::make_shared<Account>(serial, options);
  endpoint.accounts.add(serial, account);
  return toJs(info.Env(), serial);
}

// registerAccount(account): starts to register.
Napi::Value registerAccount(const Napi::CallbackInfo& info) {
  if (const auto account = Endpoint::require().accounts.find(serialAt(info, 0, "account"))) account->start();
  return info.Env().Undefined();
}

// closeAccount(account): 'unregistered' follows if it was registered somewhere.
Napi::Value closeAccount(const Napi::CallbackInfo& info) {
  if (const auto account = Endpoint::require().accounts.find(serialAt(info, 0, "account"))) account->close();
  return info.Env().Undefined();
}

}  // namespace

void registerAccount(Napi::Env, Napi::Object exports) {
  expose<addAccount>(exports, "addAccount");
  expose<registerAccount>(exports, "registerAccount");
  expose<closeAccount>(exports, "closeAccount");
}

}  // namespace np
