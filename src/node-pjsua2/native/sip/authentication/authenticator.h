// Checks the digest answer of a request against a set of users (RFC 3261 section 22, RFC 7616, RFC 8760).
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "sip/authentication/digest.h"
#include "sip/authentication/nonce.h"
#include "sip/call/encryption.h"

namespace np {

struct Credential {
  std::string username;
  std::string password;
  // The algorithms offered to this user, in this order; empty: those for everyone.
  std::vector<DigestAlgorithm> algorithms;
  // Of calls from this user.
  Encryption encryption = Encryption::off;
};

enum class Verdict {
  accepted,
  // No answer for our realm yet, or one in an algorithm we do not offer: challenge.
  unanswered,
  // Correct answer to a nonce that is too old or from before a restart: challenge with stale=true.
  stale,
  // Correct answer whose nonce count was used before.
  replay,
  // Wrong answer to a nonce that is too old or not ours: anyone may have sent it, so it counts against nobody.
  outdated,
  // Wrong answer, or a user who does not exist; nobody outside must be able to tell the two apart.
  wrong,
  stranger,
  // A required field is missing, malformed or too long (RFC 7616, 3.4: 400).
  malformed,
  // The answer is for another Request-URI (RFC 7616, 3.4.6: 400).
  foreignUri,
};

// Thread-safe.
class Authenticator {
 public:
  Authenticator(std::string realm, std::vector<DigestAlgorithm> algorithms);

  // Replaces all users at once, keeping only hashes, and overwrites the passwords passed in. Returns the names of those
  // whose password is unchanged.
  std::set<std::string> setUsers(std::vector<Credential>& credentials);
  // The algorithms offered to everyone who has none of their own, from now on.
  void setAlgorithms(std::vector<DigestAlgorithm> algorithms);
  bool knows(const std::string& username) const;
  Encryption encryptionOf(const std::string& username) const;

  const std::string& realm() const { return realm_; }
  // The algorithms offered to this user; an unknown name is offered the same as most users.
  std::vector<DigestAlgorithm> offeredTo(const std::string& username) const;
  // Valid only for answers from this address.
  std::string issueNonce(std::string_view address, TimePoint now);

  // uriMatches: whether the answer's uri is that of the request, or names us.
  Verdict judge(const DigestAnswer& answer, std::string_view method, std::string_view address, bool uriMatches,
                TimePoint now);

  // Whether an accepted answer is still correct: the password may have changed since.
  bool holds(const DigestAnswer& answer, std::string_view method) const;

  NonceKeeper::Standing standing(const DigestAnswer& answer, std::string_view address, TimePoint now) const;

 private:
  struct Secrets {
    std::string sha256;
    std::string md5;
    // Empty: those for everyone.
    std::vector<DigestAlgorithm> algorithms;
    Encryption encryption;
    const std::string& under(DigestAlgorithm algorithm) const;
    void forgetAll();
  };
  using Users = std::unordered_map<std::string, Secrets>;

  Secrets secretsOf(const Credential& credential) const;
  // To be called with the lock held.
  const std::vector<DigestAlgorithm>& allowedBy(const Secrets& secrets) const;

  const std::string realm_;
  // Checked in place of a user who does not exist, so that the answer takes just as long.
  Secrets decoy_;
  mutable std::mutex mutex_;
  std::vector<DigestAlgorithm> algorithms_;
  Users users_;
  NonceKeeper nonces_;
};

}  // namespace np
