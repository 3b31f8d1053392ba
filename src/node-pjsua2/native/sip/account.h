// A registration of ours at somebody else's registrar, such as a provider's trunk or a PBX beside us.
#pragma once

#include <pjsua-lib/pjsua.h>

#include <atomic>
#include <deque>
#include <mutex>
#include <optional>
#include <string>

#include "base/event.h"

namespace np {

// The parameter of an account's contact that holds its token.
inline constexpr const char* accountToken = "line";

struct AccountOptions {
  std::string uri;
  std::string displayName;
  std::string registrar;  // empty: it does not register
  std::string username;
  std::string password;
  std::string realm;
  unsigned expires;                                 // s
  unsigned retryInterval;                           // s
  pjsua_transport_id transport = PJSUA_INVALID_ID;  // PJSUA_INVALID_ID: whichever fits the registrar's URI
};

// Thread-safe.
class Account {
 public:
  // Adds it to pjsua and overwrites the password. Throws WrongArgument for a URI that is none, PjsipFailure.
  Account(Serial serial, AccountOptions& options);

  Serial serial() const { return serial_; }
  pjsua_acc_id id() const { return id_; }

  // Begins to register, and keeps at it until closed.
  void start();

  // Unregisters, and leaves pjsua when that is answered and its last call is over.
  void close();

  // Whether it owes its registrar nothing any more.
  bool unregistered() const;

  // Whether this is its token, which only its registrar was told: a provider calls from any of its machines.
  bool hasToken(const std::string& token) const;

  // Whether its registrar has answered from this IP address.
  bool reachedFrom(const std::string& address) const;

  const std::string& username() const { return username_; }

  void onRegistration(const pjsip_regc_cbparam& result);

  // What was put off until PJSIP's locks are free.
  void resume();

 private:
  void onRegistered(const pjsip_regc_cbparam& result);
  void remember(const std::string& address);
  void onUnregistered(int status, const std::string& reason);
  void onFailed(int status, const std::string& reason);
  void unregister();
  void leave();
  void later(unsigned milliseconds) const;
  void tell(const char* type, int status, const std::string& reason, unsigned expires) const;

  // The unregistration is asked for when closing begins, and the place in pjsua given up when it is answered.
  enum class Life { open, closing, leaving, gone };

  const Serial serial_;
  const bool registers_;
  const unsigned retryInterval_;
  const std::string token_;
  const std::string username_;
  pjsua_acc_id id_ = PJSUA_INVALID_ID;
  mutable std::mutex mutex_;
  Life life_ = Life::open;
  unsigned failures_ = 0;
  std::atomic<bool> answered_{false};  // by the registrar, the last time
  // Where the registrar's latest answers came from, the last one first.
  std::deque<std::string> addresses_;
};

// The account whose token this is.
std::optional<Serial> accountWithToken(const std::string& token);

// The account whose registrar calls from this address, leaving out the token; best the account of the user that is
// called.
std::optional<Serial> accountReachedFrom(const std::string& address, const std::string& user);

}  // namespace np
