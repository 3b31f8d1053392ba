#include "sip/admission/gate.h"

#include "base/pj.h"
#include "sip/admission/front_door.h"
#include "sip/message/message.h"

#include <algorithm>
#include <functional>

namespace np {
namespace {

using Standing = NonceKeeper::Standing;

constexpr std::size_t usernameShown = 64;

std::string placeOf(std::string_view user, const Source& source) {
  return std::string(user) + ' ' + source.address + ' ' + std::to_string(source.port);
}

// PJSIP takes no const strings, although it only copies these.
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

// Unknown names share a few buckets, so that inventing them costs no memory and does not reveal that they do not exist.
std::string accountOf(const DigestAnswer& answer, const Authenticator& authenticator) {
  constexpr std::size_t bucketsOfStrangers = 256;
  const std::string username(answer.username);
  if (authenticator.knows(username)) return username;
  return "? " + std::to_string(std::hash<std::string>{}(username) % bucketsOfStrangers);
}

// Some phones give only our host or the domain name; that is safe, because a nonce is good for one request.
bool namesUs(const pjsip_rx_data* request, std::string_view uri, std::string_view realm) {
  pj_pool_t* pool = request->tp_info.pool;
  if (sameUri(pool, request->msg_info.msg->line.req.uri, uri)) return true;
  const pjsip_sip_uri* given = sipUriIn(parsedUri(pool, uri));
  const pjsip_sip_uri* target = sipUriIn(request->msg_info.msg->line.req.uri);
  const pjsip_sip_uri* to = sipUriIn(request->msg_info.to->uri);
  if (given == nullptr || given->user.slen > 0) return false;
  const pj_str_t ownRealm = lend(realm);
  return (target != nullptr && pj_stricmp(&given->host, &target->host) == 0) ||
         (to != nullptr && pj_stricmp(&given->host, &to->host) == 0) || pj_stricmp(&given->host, &ownRealm) == 0;
}

void respondLater(pjsip_rx_data* request) {
  ExtraHeaders headers(request->tp_info.pool);
  headers.add("Retry-After", "5");
  respondStateless(request, PJSIP_SC_SERVICE_UNAVAILABLE, &headers);
}

// Whether the answer with all challenges would be much larger than this datagram, which would help those who forge
// addresses. What phones send is longer than this.
bool mayReflect(const pjsip_rx_data* request) {
  constexpr int shortest = 300;
  const bool isDatagram = (request->tp_info.transport->flag & PJSIP_TRANSPORT_DATAGRAM) != 0;
  return isToBeBrief(request) || (isDatagram && request->msg_info.len < shortest);
}

// Who claims to send the request: whoever registers somebody else answers in the name of another.
std::string claimantOf(const pjsip_rx_data* request) {
  return sourceOf(request).address + ' ' + userIn(request->msg_info.from->uri).substr(0, usernameShown);
}

// Identifies a phone by its account and source.
std::string phoneOf(const pjsip_rx_data* request) {
  const Source source = sourceOf(request);
  const std::string user = userIn(request->msg_info.from->uri).substr(0, usernameShown);
  return source.transport + ' ' + source.address + ' ' + std::to_string(source.port) + ' ' + user;
}

bool offersChoice(const std::vector<DigestAlgorithm>& offered) {
  return offered.size() > 1 && std::find(offered.begin(), offered.end(), DigestAlgorithm::md5) != offered.end();
}

}  // namespace

std::optional<std::string> Gate::authenticated(pjsip_rx_data* request, Authenticator& authenticator, const IsAt& isAt) {
  const auto answer =
      digestAnswerIn(request, authenticator.realm(), authenticator.offeredTo(userIn(request->msg_info.from->uri)));
  if (!answer) {
    countUnanswered(request, authenticator, isAt);
    challenge(request, authenticator, false);
    return std::nullopt;
  }
  {
    const std::lock_guard lock(mutex_);
    md5Fallback_.answered(phoneOf(request));
    unanswered_.answered(claimantOf(request));
  }
  const Source source = sourceOf(request);
  const std::string shown(answer->username.substr(0, usernameShown));
  // An answer to a nonce that was not issued to this address is no guess: it cannot be accepted, and the address may be
  // forged.
  const bool isGuess = authenticator.standing(*answer, source.address, Clock::now()) == Standing::fresh;
  if (isGuess && !mayTry(*answer, source, authenticator, isAt)) {
    rejections_.report("guessing", methodOf(request), source, shown);
    respondLater(request);
    return std::nullopt;
  }
  const bool uriMatches = namesUs(request, answer->uri, authenticator.realm());
  const Verdict verdict = authenticator.judge(*answer, methodOf(request), source.address, uriMatches, Clock::now());
  if (verdict == Verdict::accepted) {
    countAnswered(shown, request);
    return std::string(answer->username);
  }
  if (verdict == Verdict::wrong || verdict == Verdict::stranger) countWrong(*answer, source, authenticator);
  settle(verdict, request, authenticator, shown);
  return std::nullopt;
}

bool Gate::mayTry(const DigestAnswer& answer, const Source& source, const Authenticator& authenticator,
                  const IsAt& isAt) {
  if (isAt(std::string(answer.username), source)) return true;
  const TimePoint now = Clock::now();
  const std::lock_guard lock(mutex_);
  const Allowance* place = places_.find(placeOf(answer.username.substr(0, usernameShown), source));
  if (place != nullptr && !place->isSpent(now)) return true;
  return !guesses_.exhausted(source.address, accountOf(answer, authenticator), now);
}

Reached Gate::reachedBy(const pjsip_rx_data* request, const Authenticator& authenticator, const IsAt& isAt) {
  const auto answer =
      digestAnswerIn(request, authenticator.realm(), authenticator.offeredTo(userIn(request->msg_info.from->uri)));
  if (!answer) return Reached::never;
  const Source source = sourceOf(request);
  switch (authenticator.standing(*answer, source.address, Clock::now())) {
    case Standing::fresh:
      return mayTry(*answer, source, authenticator, isAt) ? Reached::now : Reached::before;
    case Standing::stale:
      return Reached::before;
    case Standing::foreign:
      break;
  }
  return Reached::never;
}

void Gate::settle(Verdict verdict, pjsip_rx_data* request, Authenticator& authenticator, const std::string& username) {
  const auto report = [&](const char* kind) {
    rejections_.report(kind, methodOf(request), sourceOf(request), username);
  };
  switch (verdict) {
    case Verdict::accepted:
      return;
    case Verdict::unanswered:
    case Verdict::outdated:
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
  const std::string nonce = authenticator.issueNonce(sourceOf(request).address, Clock::now());
  ExtraHeaders headers(request->tp_info.pool);
  for (const DigestAlgorithm algorithm : offeredIn(request, authenticator)) {
    headers.add(challengeHeader(headers.pool(), authenticator.realm(), algorithm, nonce, stale));
    if (mayReflect(request)) break;
  }
  respondStateless(request, PJSIP_SC_UNAUTHORIZED, &headers);
}

std::vector<DigestAlgorithm> Gate::offeredIn(pjsip_rx_data* request, const Authenticator& authenticator) {
  std::vector<DigestAlgorithm> offered = authenticator.offeredTo(userIn(request->msg_info.from->uri));
  const std::lock_guard lock(mutex_);
  if (offersChoice(offered) && md5Fallback_.needsMd5(phoneOf(request))) offered = {DigestAlgorithm::md5};
  return offered;
}

void Gate::countUnanswered(pjsip_rx_data* request, const Authenticator& authenticator, const IsAt& isAt) {
  const Source source = sourceOf(request);
  const std::string user = userIn(request->msg_info.from->uri);
  const std::string shown = user.substr(0, usernameShown);
  const auto& info = request->msg_info;
  // A registered phone has answered before, so requests without an answer from there may be forged.
  const bool mayFallBack = info.msg->line.req.method.id == PJSIP_REGISTER_METHOD &&
                           offersChoice(authenticator.offeredTo(user)) && !isAt(user, source);
  bool isOneTooMany = false, fallsBack = false;
  {
    const std::lock_guard lock(mutex_);
    isOneTooMany = unanswered_.challenged(claimantOf(request));
    fallsBack =
        mayFallBack && md5Fallback_.registers(phoneOf(request), std::string(view(info.cid->id)), info.cseq->cseq);
  }
  if (fallsBack) rejections_.report("md5Fallback", methodOf(request), source, shown);
  if (isOneTooMany) rejections_.report("unanswered", methodOf(request), source, shown);
}

void Gate::countAnswered(const std::string& user, const pjsip_rx_data* request) {
  constexpr unsigned wrongPerSecond = 1;
  constexpr unsigned wrongAtOnce = 20;
  const Source source = sourceOf(request);
  const std::lock_guard lock(mutex_);
  md5Fallback_.accepted(phoneOf(request));
  places_.findOrAdd(placeOf(user, source), Allowance(wrongPerSecond, wrongAtOnce));
}

void Gate::countWrong(const DigestAnswer& answer, const Source& source, const Authenticator& authenticator) {
  const TimePoint now = Clock::now();
  const std::lock_guard lock(mutex_);
  if (Allowance* place = places_.find(placeOf(answer.username.substr(0, usernameShown), source))) place->take(now);
  guesses_.count(source.address, accountOf(answer, authenticator), now);
}

}  // namespace np
