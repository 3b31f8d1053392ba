// Our registration with somebody else's registrar, such as a provider's trunk or a neighbouring PBX.
#pragma once

#include <pjsua-lib/pjsua.h>

#include <atomic>
#include <deque>
#include <mutex>
#include <optional>
#include <string>

#include "base/event.h"
#include "sip/call/encryption.h"

namespace np {

// The Contact parameter that holds an account's token.
inline constexpr const char* accountToken = "line";

struct AccountOptions {
  std::string uri;
  std::string displayName;
  std::string registrar;  // empty: does not register
  std::string proxy;      // empty: requests go where their URI says
  std::string username;
  std::string password;
  std::string realm;
  unsigned expires;                                 // s
  unsigned retryInterval;                           // s
  pjsua_transport_id transport = PJSUA_INVALID_ID;  // PJSUA_INVALID_ID: whichever fits the registrar's URI
  Encryption encryption = Encryption::off;          // of calls that come in by it
};

// Thread-safe.
class Account {
 public:
  // Adds the account to pjsua and overwrites the password passed in. Throws WrongArgument for an invalid URI,
  // PjsipFailure.
  Account(Serial serial, AccountOptions& options);

  Serial serial() const { return serial_; }
  pjsua_acc_id id() const { return id_; }

  // Starts registering and keeps at it until closed.
  void start();

  // Unregisters, and removes the account from pjsua once that has been answered and its last call is over.
  void close();

  // Whether the unregistration is complete.
  bool unregistered() const;

  // Whether this is the account's token. Only its registrar knows it, which identifies a provider that calls from any
  // of its machines.
  bool hasToken(const std::string& token) const;

  // Whether its registrar has answered from this IP address.
  bool reachedFrom(const std::string& address) const;

  // By which it is called.
  const std::string& user() const { return user_; }
  Encryption encryption() const { return encryption_; }

  void onRegistration(const pjsip_regc_cbparam& result);

  // Continues what had to wait until PJSIP's locks were free.
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

  // Closing requests the unregistration; leaving, once that is answered, removes the account from pjsua.
  enum class Life { open, closing, leaving, gone };

  const Serial serial_;
  const bool registers_;
  const unsigned retryInterval_;
  const std::string token_;
  const std::string user_;
  const Encryption encryption_;
  pjsua_acc_id id_ = PJSUA_INVALID_ID;
  mutable std::mutex mutex_;
  Life life_ = Life::open;
  unsigned failures_ = 0;
  std::atomic<bool> registering_{false};
  std::atomic<bool> answered_{false};  // whether the registrar answered the last attempt
  // Where the registrar's latest answers came from, most recent first.
  std::deque<std::string> addresses_;
};

// Nothing is encrypted for one that is gone.
Encryption encryptionOfAccount(Serial serial);

// The account that has this token.
std::optional<Serial> accountWithToken(const std::string& token);

// The account whose registrar calls from this address without the token; preferably the one whose user is called.
std::optional<Serial> accountReachedFrom(const std::string& address, const std::string& user);

}  // namespace np
