#include "sip/gate.h"

#include "sip/message.h"

namespace np {
namespace {

constexpr std::size_t kUsernameShown = 64;

// PJSIP takes no const strings, but only copies these.
pj_str_t lend(std::string_view text) { return {const_cast<char*>(text.data()), static_cast<pj_ssize_t>(text.size())}; }

pjsip_hdr* challengeHeader(pj_pool_t* pool, std::string_view realm, DigestAlgorithm algorithm, std::string_view nonce,
                           bool stale) {
  pjsip_www_authenticate_hdr* header = pjsip_www_authenticate_hdr_create(pool);
  header->scheme = lend("Digest");
  pjsip_digest_challenge& digest = header->challenge.digest;
  pj_list_init(&digest.other_param);
  digest.realm = lend(realm);
  digest.nonce = lend(nonce);
  digest.algorithm = lend(ianaName(algorithm));
  digest.qop = lend("auth");
  digest.stale = stale;
  return reinterpret_cast<pjsip_hdr*>(header);
}

}  // namespace

std::optional<std::string> Gate::authenticated(pjsip_rx_data* request, Authenticator& authenticator) {
  const auto answer = digestAnswerIn(request, authenticator.realm(), authenticator.algorithms());
  if (!answer) {
    challenge(request, authenticator, false);
    return std::nullopt;
  }
  const Source source = sourceOf(request);
  const std::string shown(answer->username.substr(0, kUsernameShown));
  const std::string guesser = source.address + ' ' + shown;
  if (!mayGuess(guesser)) {
    rejections_.report("guessing", methodOf(request), source, shown);
    return std::nullopt;
  }
  const bool uriMatches = sameUri(request->tp_info.pool, request->msg_info.msg->line.req.uri, answer->uri);
  const Verdict verdict = authenticator.judge(*answer, methodOf(request), uriMatches, Clock::now());
  if (verdict == Verdict::accepted) return std::string(answer->username);
  if (verdict == Verdict::wrong || verdict == Verdict::stranger) countGuess(guesser);
  settle(verdict, request, authenticator, shown);
  return std::nullopt;
}

void Gate::settle(Verdict verdict, pjsip_rx_data* request, Authenticator& authenticator, const std::string& username) {
  const auto report = [&](const char* kind) {
    rejections_.report(kind, methodOf(request), sourceOf(request), username);
  };
  switch (verdict) {
    case Verdict::accepted:
      return;
    case Verdict::unanswered:
      return challenge(request, authenticator, false);
    case Verdict::stale:
      return challenge(request, authenticator, true);
    case Verdict::replay:
      report("replay");
      return challenge(request, authenticator, true);
    case Verdict::malformed:
      report("malformed");
      return respondStateless(request, PJSIP_SC_BAD_REQUEST);
    case Verdict::foreignUri:
      report("foreignUri");
      return respondStateless(request, PJSIP_SC_BAD_REQUEST);
    case Verdict::wrong:
      report("wrongDigest");
      return respondStateless(request, PJSIP_SC_FORBIDDEN);
    case Verdict::stranger:
      report("stranger");
      return respondStateless(request, PJSIP_SC_FORBIDDEN);
  }
}

void Gate::challenge(pjsip_rx_data* request, Authenticator& authenticator, bool stale) {
  const std::string nonce = authenticator.issueNonce(Clock::now());
  ExtraHeaders headers(request->tp_info.pool);
  for (const DigestAlgorithm algorithm : authenticator.algorithms()) {
    headers.add(challengeHeader(headers.pool(), authenticator.realm(), algorithm, nonce, stale));
  }
  respondStateless(request, PJSIP_SC_UNAUTHORIZED, &headers);
}

bool Gate::mayGuess(const std::string& guesser) {
  const std::lock_guard lock(mutex_);
  return !guesses_.exhausted(guesser, Clock::now());
}

void Gate::countGuess(const std::string& guesser) {
  const std::lock_guard lock(mutex_);
  guesses_.count(guesser, Clock::now());
}

}  // namespace np
