// The SIP registrar (RFC 3261 section 10.3): who its users are and where their phones can be reached.
#pragma once

#include <pjsip.h>

#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/event.h"
#include "base/pj.h"
#include "sip/admission/rate_limit.h"
#include "sip/admission/rejections.h"
#include "sip/authentication/authenticator.h"
#include "sip/registrar/location.h"

namespace np {

struct RegistrarOptions {
  std::string realm;
  std::chrono::seconds minExpires;
  std::chrono::seconds maxExpires;
  std::chrono::seconds defaultExpires;
  std::size_t maxContactsPerUser;
  std::vector<DigestAlgorithm> algorithms;
};

// Thread-safe.
class Registrar {
 public:
  Registrar(Serial serial, RegistrarOptions options);

  Serial serial() const { return serial_; }
  Authenticator& authenticator() { return authenticator_; }

  // Replaces the users and drops the bindings of those who were removed or whose password changed. Overwrites the
  // passwords passed in.
  void setUsers(std::vector<Credential>& credentials);
  // The algorithms offered to users who have none of their own, from now on; no binding ends.
  void setAlgorithms(std::vector<DigestAlgorithm> algorithms) { authenticator_.setAlgorithms(std::move(algorithms)); }

  // Answers a REGISTER that was authenticated as this user.
  void onRegister(pjsip_rx_data* request, const std::string& username, Rejections& rejections);

  // Removes expired bindings and those whose connection is gone, and keeps NAT mappings open; to be called about once a
  // second.
  void sweep();

  // Whether a phone of this user, or of any user, is registered from there.
  bool isAt(const std::string& username, const Source& source) const;
  bool isKnown(const Source& source) const;
  // The same from any port of that IP address.
  bool isAtHost(const std::string& username, const std::string& address) const;

  // Drops every binding.
  void close();

  // In the form that JavaScript gets; those of all users when no name is given.
  List bindings(const std::optional<std::string>& username) const;

 private:
  void keepReachable();
  bool stillProven(const pjsip_rx_data* request, const std::string& username) const;
  bool mayRegister(const std::string& username);
  void answer(pjsip_rx_data* request, const std::string& username) const;
  void publish(const Changes& changes) const;

  const Serial serial_;
  const RegistrarOptions options_;
  Authenticator authenticator_;
  mutable std::mutex mutex_;
  // Scratch memory for comparing contacts.
  Pool pool_;
  Location location_;
  // Each answer occupies a transaction for 32 s, so no user may take all of them.
  KeyedLimit registrations_{5, 200, 1024};
};

}  // namespace np
