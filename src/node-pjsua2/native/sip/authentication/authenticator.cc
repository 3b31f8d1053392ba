#include "sip/authentication/authenticator.h"

#include <algorithm>
#include <utility>

namespace np {
namespace {

constexpr std::chrono::seconds nonceLife{120};
constexpr std::size_t noncesRemembered = 16384;
constexpr std::size_t maxName = 255;
constexpr std::size_t maxUri = 1024;
constexpr std::size_t maxNonce = 256;

bool filled(std::string_view field, std::size_t limit) { return !field.empty() && field.size() <= limit; }

bool wellFormed(const DigestAnswer& answer, DigestAlgorithm algorithm) {
  const std::size_t digits = algorithm == DigestAlgorithm::sha256 ? 64 : 32;
  return filled(answer.username, maxName) && filled(answer.nonce, maxNonce) && filled(answer.uri, maxUri) &&
         filled(answer.cnonce, maxNonce) && answer.response.size() == digits && answer.qop == "auth" &&
         nonceCount(answer.nc).has_value();
}

}  // namespace

const std::string& Authenticator::Secrets::under(DigestAlgorithm algorithm) const {
  return algorithm == DigestAlgorithm::sha256 ? sha256 : md5;
}

void Authenticator::Secrets::forgetAll() {
  forget(sha256);
  forget(md5);
}

Authenticator::Authenticator(std::string realm, std::vector<DigestAlgorithm> algorithms)
    : realm_(std::move(realm)), algorithms_(std::move(algorithms)), nonces_(nonceLife, noncesRemembered) {
  const std::string unguessable = nonces_.issue({}, Clock::now());
  decoy_ = secretsOf({"", unguessable, {}});
}

Authenticator::Secrets Authenticator::secretsOf(const Credential& credential) const {
  return {secretHash(DigestAlgorithm::sha256, credential.username, realm_, credential.password),
          secretHash(DigestAlgorithm::md5, credential.username, realm_, credential.password), credential.algorithms,
          credential.encryption};
}

std::set<std::string> Authenticator::setUsers(std::vector<Credential>& credentials) {
  Users users;
  users.reserve(credentials.size());
  for (Credential& credential : credentials) {
    users.insert_or_assign(credential.username, secretsOf(credential));
    forget(credential.password);
  }
  std::set<std::string> unchanged;
  {
    const std::lock_guard lock(mutex_);
    for (const auto& [name, secrets] : users) {
      const auto before = users_.find(name);
      if (before != users_.end() && sameDigest(before->second.sha256, secrets.sha256)) unchanged.insert(name);
    }
    users_.swap(users);
  }
  for (auto& [name, secrets] : users) secrets.forgetAll();
  return unchanged;
}

void Authenticator::setAlgorithms(std::vector<DigestAlgorithm> algorithms) {
  const std::lock_guard lock(mutex_);
  algorithms_ = std::move(algorithms);
}

bool Authenticator::knows(const std::string& username) const {
  const std::lock_guard lock(mutex_);
  return users_.contains(username);
}

Encryption Authenticator::encryptionOf(const std::string& username) const {
  const std::lock_guard lock(mutex_);
  const auto user = users_.find(username);
  return user == users_.end() ? Encryption::off : user->second.encryption;
}

std::string Authenticator::issueNonce(std::string_view address, TimePoint now) {
  const std::lock_guard lock(mutex_);
  return nonces_.issue(address, now);
}

std::vector<DigestAlgorithm> Authenticator::offeredTo(const std::string& username) const {
  const std::lock_guard lock(mutex_);
  const auto user = users_.find(username);
  return user == users_.end() ? algorithms_ : allowedBy(user->second);
}

const std::vector<DigestAlgorithm>& Authenticator::allowedBy(const Secrets& secrets) const {
  return secrets.algorithms.empty() ? algorithms_ : secrets.algorithms;
}

NonceKeeper::Standing Authenticator::standing(const DigestAnswer& answer, std::string_view address,
                                              TimePoint now) const {
  const std::lock_guard lock(mutex_);
  return nonces_.standing(answer.nonce, address, now);
}

bool Authenticator::holds(const DigestAnswer& answer, std::string_view method) const {
  const std::optional<DigestAlgorithm> algorithm = algorithmNamed(answer.algorithm);
  const std::lock_guard lock(mutex_);
  const auto user = users_.find(std::string(answer.username));
  return algorithm && user != users_.end() &&
         sameDigest(expectedResponse(*algorithm, user->second.under(*algorithm), answer, method), answer.response);
}

Verdict Authenticator::judge(const DigestAnswer& answer, std::string_view method, std::string_view address,
                             bool uriMatches, TimePoint now) {
  const std::optional<DigestAlgorithm> algorithm = algorithmNamed(answer.algorithm);
  if (answer.realm != realm_ || !algorithm) return Verdict::unanswered;
  if (!wellFormed(answer, *algorithm)) return Verdict::malformed;
  if (!uriMatches) return Verdict::foreignUri;

  const std::lock_guard lock(mutex_);
  const auto user = users_.find(std::string(answer.username));
  const bool known = user != users_.end();
  const Secrets& secrets = known ? user->second : decoy_;
  const auto& allowed = allowedBy(secrets);
  if (std::find(allowed.begin(), allowed.end(), *algorithm) == allowed.end()) return Verdict::unanswered;
  const std::string expected = expectedResponse(*algorithm, secrets.under(*algorithm), answer, method);
  const bool right = sameDigest(expected, answer.response);
  const bool fresh = nonces_.standing(answer.nonce, address, now) == NonceKeeper::Standing::fresh;
  if (!fresh) return known && right ? Verdict::stale : Verdict::outdated;
  if (!known) return Verdict::stranger;
  if (!right) return Verdict::wrong;
  return nonces_.spend(answer.nonce, *nonceCount(answer.nc), now) ? Verdict::accepted : Verdict::replay;
}

}  // namespace np
