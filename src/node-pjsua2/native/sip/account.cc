#include "sip/account.h"

#include <openssl/rand.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <stdexcept>
#include <thread>
#include <utility>

#include "base/errors.h"
#include "base/guard.h"
#include "base/pj.h"
#include "core/endpoint.h"
#include "core/hooks.h"
#include "sip/authentication/digest.h"
#include "sip/message/identity.h"
#include "sip/message/message.h"

namespace np {
namespace {

constexpr unsigned longestRetry = 1800;  // s
constexpr unsigned callPatience = 1000;  // ms between checks whether the last call is over
constexpr std::size_t addressesKept = 16;
constexpr auto unregisterPatience = std::chrono::seconds(1);

std::string randomToken() {
  std::array<unsigned char, 16> bytes{};
  if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1) {
    throw std::runtime_error("the operating system provides no random numbers");
  }
  static constexpr char hex[] = "0123456789abcdef";
  std::string token;
  for (const unsigned char byte : bytes) {
    token += hex[byte >> 4];
    token += hex[byte & 15];
  }
  return token;
}

std::string nameAddr(const AccountOptions& options) {
  const std::string address = "<" + options.uri + ">";
  return options.displayName.empty() ? address : quoted(options.displayName) + " " + address;
}

void requireUri(const std::string& uri, const char* name) {
  if (pjsua_verify_sip_url(uri.c_str()) != PJ_SUCCESS) {
    throw WrongArgument(std::string(name) + " must be a SIP URI such as sip:user@example.org");
  }
}

std::string userOf(const std::string& uri) {
  requireUri(uri, "uri");
  const Pool pool(pjsua_pool_create("account", 1000, 1000));
  return userIn(parsedUri(pool.get(), uri));
}

// Failures that are usually temporary, which pjsua retries by itself (see regc_cb in pjsua_acc.c).
bool retriedByPjsua(int status) {
  constexpr int passing[] = {408, 480, 500, 502, 503, 504};
  return status / 100 == 6 || std::find(std::begin(passing), std::end(passing), status) != std::end(passing);
}

std::shared_ptr<Account> accountNamed(void* userData) {
  Endpoint* endpoint = Endpoint::current();
  return endpoint == nullptr ? nullptr : endpoint->accounts.find(reinterpret_cast<Serial>(userData));
}

void onRegistrationState(pjsua_acc_id id, pjsua_reg_info* info) {
  if (const auto account = accountNamed(pjsua_acc_get_user_data(id))) account->onRegistration(*info->cbparam);
}

}  // namespace

Account::Account(Serial serial, AccountOptions& options)
    : serial_(serial),
      registers_(!options.registrar.empty()),
      retryInterval_(options.retryInterval),
      token_(randomToken()),
      user_(userOf(options.uri)),
      encryption_(options.encryption) {
  if (registers_) requireUri(options.registrar, "registrar");
  if (!options.proxy.empty()) requireUri(options.proxy, "proxy");
  const std::string id = nameAddr(options);
  const std::string contactParameters = std::string(";") + accountToken + "=" + token_;
  pjsua_acc_config config = Endpoint::current()->accountDefaults();
  config.user_data = reinterpret_cast<void*>(serial_);
  config.id = borrow(id);
  config.reg_uri = borrow(options.registrar);
  if (!options.proxy.empty()) config.proxy[config.proxy_cnt++] = borrow(options.proxy);
  config.transport_id = options.transport;
  config.contact_uri_params = borrow(contactParameters);
  config.reg_timeout = options.expires;
  config.reg_first_retry_interval = 1;
  config.reg_retry_interval = retryInterval_;
  config.reg_retry_random_interval = retryInterval_ / 6;
  config.unreg_timeout = 1000;
  config.cred_count = 1;
  pjsip_cred_info& credential = config.cred_info[0];
  credential.realm = borrow(options.realm);
  credential.scheme = pj_str(const_cast<char*>("digest"));
  credential.username = borrow(options.username);
  credential.data_type = PJSIP_CRED_DATA_PLAIN_PASSWD;
  credential.data = borrow(options.password);
  const pj_status_t status = pjsua_acc_add(&config, PJ_FALSE, &id_);
  forget(options.password);
  check(status, "pjsua_acc_add");
}

void Account::start() {
  if (!registers_) return;
  registering_ = true;
  const pj_status_t status = pjsua_acc_set_registration(id_, PJ_TRUE);
  if (status == PJ_SUCCESS) return;
  registering_ = false;
  onFailed(PJSIP_SC_SERVICE_UNAVAILABLE, PjsipFailure(status, "pjsua_acc_set_registration").what());
}

void Account::close() {
  {
    const std::lock_guard lock(mutex_);
    if (life_ != Life::open) return;
    life_ = registers_ ? Life::closing : Life::leaving;
  }
  if (registers_) {
    unregister();
  } else {
    leave();
  }
}

bool Account::unregistered() const {
  const std::lock_guard lock(mutex_);
  return life_ == Life::leaving || life_ == Life::gone;
}

bool Account::hasToken(const std::string& token) const {
  if (!sameDigest(token, token_)) return false;
  const std::lock_guard lock(mutex_);
  return life_ == Life::open;
}

bool Account::reachedFrom(const std::string& address) const {
  const std::lock_guard lock(mutex_);
  return life_ == Life::open && std::find(addresses_.begin(), addresses_.end(), address) != addresses_.end();
}

// A provider has many machines and keeps adding new ones, so only the latest are kept.
void Account::remember(const std::string& address) {
  std::erase(addresses_, address);
  addresses_.push_front(address);
  if (addresses_.size() > addressesKept) addresses_.pop_back();
}

void Account::onRegistration(const pjsip_regc_cbparam& result) {
  const bool accepted = result.status == PJ_SUCCESS && result.code / 100 == 2;
  const std::string reason = copy(result.reason);
  answered_ = result.rdata != nullptr;
  registering_ = false;
  if (result.is_unreg) {
    onUnregistered(result.code, reason);
  } else if (accepted && result.expiration > 0) {
    onRegistered(result);
  } else {
    onFailed(result.code, reason);
  }
}

void Account::onRegistered(const pjsip_regc_cbparam& result) {
  bool closing = false;
  {
    const std::lock_guard lock(mutex_);
    failures_ = 0;
    if (result.rdata != nullptr) remember(result.rdata->pkt_info.src_name);
    closing = life_ == Life::closing;
  }
  tell("registered", result.code, copy(result.reason), static_cast<unsigned>(result.expiration));
  if (closing) later(0);
}

void Account::onUnregistered(int status, const std::string& reason) {
  {
    const std::lock_guard lock(mutex_);
    if (life_ != Life::closing) return;
    life_ = Life::leaving;
  }
  tell("unregistered", status, reason, 0);
  later(0);
}

void Account::onFailed(int status, const std::string& reason) {
  unsigned pause = 0;
  bool closing = false;
  {
    const std::lock_guard lock(mutex_);
    closing = life_ == Life::closing;
    pause = std::min(longestRetry, retryInterval_ << std::min(failures_, 10U));
    ++failures_;
  }
  if (closing) return onUnregistered(status, reason);
  tell("failed", status, reason, 0);
  if (!retriedByPjsua(status)) later(pause * 1000);
}

void Account::resume() {
  Life life;
  {
    const std::lock_guard lock(mutex_);
    life = life_;
  }
  switch (life) {
    case Life::open:
      return start();
    case Life::closing:
      return unregister();
    case Life::leaving:
      return leave();
    case Life::gone:
      return;
  }
}

void Account::unregister() {
  // The answer to a registration that is under way brings us back here. PJSIP may renew one of its own accord, too.
  if (registering_) return;
  const pj_status_t status = pjsua_acc_set_registration(id_, PJ_FALSE);
  if (status != PJ_SUCCESS && status != PJSIP_EBUSY) onUnregistered(0, "not registered");
}

void Account::leave() {
  pjsua_acc_del_param parameters;
  pjsua_acc_del_param_default(&parameters);
  parameters.force = PJ_FALSE;
  if (pjsua_acc_del2(id_, &parameters) == PJ_EBUSY) return later(callPatience);
  {
    const std::lock_guard lock(mutex_);
    life_ = Life::gone;
  }
  Endpoint::current()->accounts.remove(serial_);
}

void Account::later(unsigned milliseconds) const {
  constexpr auto resumeAccount = [](void* userData) {
    if (const auto account = accountNamed(userData)) account->resume();
  };
  pjsua_schedule_timer2(guarded<resumeAccount>, reinterpret_cast<void*>(serial_), milliseconds);
}

void Account::tell(const char* type, int status, const std::string& reason, unsigned expires) const {
  Endpoint* endpoint = Endpoint::current();
  if (endpoint == nullptr) return;
  endpoint->events.pushEssential(
      {type, serial_, {{"status", status}, {"reason", reason}, {"answered", answered_.load()}, {"expires", expires}}});
}

Encryption encryptionOfAccount(Serial serial) {
  const Endpoint* endpoint = Endpoint::current();
  const auto account = endpoint == nullptr ? nullptr : endpoint->accounts.find(serial);
  return account ? account->encryption() : Encryption::off;
}

std::optional<Serial> accountWithToken(const std::string& token) {
  const Endpoint* endpoint = Endpoint::current();
  if (endpoint == nullptr) return std::nullopt;
  for (const auto& account : endpoint->accounts.all()) {
    if (account->hasToken(token)) return account->serial();
  }
  return std::nullopt;
}

std::optional<Serial> accountReachedFrom(const std::string& address, const std::string& user) {
  const Endpoint* endpoint = Endpoint::current();
  std::optional<Serial> found;
  if (endpoint == nullptr) return found;
  for (const auto& account : endpoint->accounts.all()) {
    if (!account->reachedFrom(address)) continue;
    if (account->user() == user) return account->serial();
    if (!found) found = account->serial();
  }
  return found;
}

void installAccountCallbacks(pjsua_callback& callbacks) { callbacks.on_reg_state2 = guarded<onRegistrationState>; }

void stopAccounts() {
  Endpoint* endpoint = Endpoint::current();
  if (endpoint == nullptr) return;
  const auto accounts = endpoint->accounts.all();
  for (const auto& account : accounts) account->close();
  const auto settled = [&accounts] {
    return std::all_of(accounts.begin(), accounts.end(), [](const auto& account) { return account->unregistered(); });
  };
  const auto deadline = std::chrono::steady_clock::now() + unregisterPatience;
  while (!settled() && std::chrono::steady_clock::now() < deadline) {
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
}

}  // namespace np
