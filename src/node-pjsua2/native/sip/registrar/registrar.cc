#include "sip/registrar/registrar.h"

#include <algorithm>
#include <array>
#include <ctime>
#include <iterator>
#include <utility>

#include <pjsua-lib/pjsua.h>

#include "core/endpoint.h"
#include "sip/message/message.h"
#include "sip/notification/subscriptions.h"
#include "sip/registrar/registration.h"

namespace np {
namespace {

// Beyond this, JavaScript is told that changes were lost and asks for the bindings.
constexpr std::size_t mostWaiting = 8192;

const char* wordFor(Departure reason) {
  switch (reason) {
    case Departure::removed:
      return "removed";
    case Departure::expired:
      return "expired";
    case Departure::replaced:
      return "replaced";
    case Departure::dropped:
      break;
  }
  return "dropped";
}

// Rounded up to whole seconds, so that a phone which refreshes in time is not late.
std::uint64_t secondsLeft(const Binding& binding, TimePoint now) {
  const auto left = std::chrono::ceil<std::chrono::seconds>(binding.expires - now).count();
  return left > 0 ? static_cast<std::uint64_t>(left) : 0;
}

Fields describe(const std::string& username, const Binding& binding, TimePoint now) {
  return {{"username", username},
          {"contact", binding.id},
          {"uri", binding.uri},
          {"source", fieldsOf(binding.source)},
          {"domain", binding.domain},
          {"userAgent", binding.userAgent},
          {"expiresIn", secondsLeft(binding, now)}};
}

// RFC 3261, 20.17.
std::string dateNow() {
  const std::time_t now = std::time(nullptr);
  std::tm parts{};
  gmtime_r(&now, &parts);
  std::array<char, 64> text{};
  const std::size_t length = std::strftime(text.data(), text.size(), "%a, %d %b %Y %H:%M:%S GMT", &parts);
  return std::string(text.data(), length);
}

int statusFor(Location::Outcome outcome) {
  switch (outcome) {
    case Location::Outcome::done:
      return PJSIP_SC_OK;
    case Location::Outcome::outOfOrder:
      return PJSIP_SC_INTERNAL_SERVER_ERROR;
    case Location::Outcome::tooMany:
      break;
  }
  return PJSIP_SC_FORBIDDEN;
}

Pool scratchPool() { return Pool(pjsua_pool_create("registrar", 4000, 4000)); }

void append(Changes& changes, Changes more) {
  changes.insert(changes.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

}  // namespace

Registrar::Registrar(Serial serial, RegistrarOptions options)
    : serial_(serial),
      options_(std::move(options)),
      authenticator_(options_.realm, options_.algorithms),
      pool_(scratchPool()),
      location_(options_.maxContactsPerUser, [this](const std::string& known, const std::string& given) {
        pj_pool_reset(pool_.get());
        pjsip_uri* uri = parsedUri(pool_.get(), known);
        return uri != nullptr && sameUri(pool_.get(), uri, given);
      }) {}

void Registrar::setUsers(std::vector<Credential>& credentials) {
  Changes changes;
  {
    // A phone that already authenticates with the new password waits for this lock, so its binding is not dropped
    // below.
    const std::lock_guard lock(mutex_);
    const auto unchanged = authenticator_.setUsers(credentials);
    changes = location_.keepOnly([&](const std::string& username) { return unchanged.contains(username); });
  }
  publish(changes);
}

void Registrar::onRegister(pjsip_rx_data* request, const std::string& username, Rejections& rejections) {
  if (userIn(request->msg_info.to->uri) != username) {
    rejections.report("impersonation", methodOf(request), sourceOf(request), username);
    return respondStateful(request, PJSIP_SC_FORBIDDEN);
  }
  if (!mayRegister(username)) {
    rejections.report("overload", methodOf(request), sourceOf(request), username);
    ExtraHeaders headers(request->tp_info.pool);
    headers.add("Retry-After", "5");
    return respondStateless(request, PJSIP_SC_SERVICE_UNAVAILABLE, &headers);
  }
  const ExpiryLimits limits{options_.minExpires, options_.maxExpires, options_.defaultExpires};
  auto read = readRegistration(request, username, limits);
  if (const auto* fault = std::get_if<RegisterFault>(&read)) {
    ExtraHeaders headers(request->tp_info.pool);
    if (fault->status == PJSIP_SC_INTERVAL_TOO_BRIEF) {
      headers.add("Min-Expires", std::to_string(options_.minExpires.count()));
    }
    return respondStateful(request, fault->status, &headers);
  }
  // Holds the connections until the lock is released, as in sweep().
  std::vector<Binding> former;
  Changes changes;
  std::optional<Location::Outcome> applied;
  {
    const std::lock_guard lock(mutex_);
    former = location_.of(username);
    if (stillProven(request, username)) applied = location_.apply(std::get<Registration>(read), Clock::now(), changes);
  }
  if (!applied) return respondStateful(request, PJSIP_SC_FORBIDDEN);
  const Location::Outcome outcome = *applied;
  if (outcome == Location::Outcome::tooMany)
    rejections.report("tooManyContacts", methodOf(request), sourceOf(request), username);
  if (outcome != Location::Outcome::done) return respondStateful(request, statusFor(outcome));
  answer(request, username);
  publish(changes);
}

// The user may have been removed or given another password since the digest was checked.
bool Registrar::stillProven(const pjsip_rx_data* request, const std::string& username) const {
  const auto answer = digestAnswerIn(request, authenticator_.realm(), authenticator_.offeredTo(username));
  return answer && answer->username == username && authenticator_.holds(*answer, methodOf(request));
}

bool Registrar::mayRegister(const std::string& username) {
  const std::lock_guard lock(mutex_);
  const TimePoint now = Clock::now();
  if (registrations_.exhausted(username, now)) return false;
  registrations_.count(username, now);
  return true;
}

void Registrar::answer(pjsip_rx_data* request, const std::string& username) const {
  std::vector<Binding> bindings;
  {
    const std::lock_guard lock(mutex_);
    bindings = location_.of(username);
  }
  const TimePoint now = Clock::now();
  ExtraHeaders headers(request->tp_info.pool);
  for (const Binding& binding : bindings) {
    headers.add("Contact", "<" + binding.contact + ">;expires=" + std::to_string(secondsLeft(binding, now)));
  }
  headers.add("Date", dateNow());
  respondStateful(request, PJSIP_SC_OK, &headers);
}

void Registrar::keepReachable() {
  std::vector<Location::Reached> due;
  {
    const std::lock_guard lock(mutex_);
    due = location_.dueForKeepAlive(Clock::now());
  }
  for (const auto& [flow, source] : due) flow->keepAlive(source);
}

void Registrar::sweep() {
  keepReachable();
  // Declared outside the lock, because destroying a binding releases its connection, which takes PJSIP's locks.
  Changes changes;
  {
    const std::lock_guard lock(mutex_);
    changes = location_.expire(Clock::now());
    append(changes, location_.dropDead());
  }
  publish(changes);
}

bool Registrar::isAt(const std::string& username, const Source& source) const {
  const std::lock_guard lock(mutex_);
  return location_.anyAt(source, username);
}

bool Registrar::isKnown(const Source& source) const {
  const std::lock_guard lock(mutex_);
  return location_.anyAt(source);
}

bool Registrar::isAtHost(const std::string& username, const std::string& address) const {
  const std::lock_guard lock(mutex_);
  return location_.anyAtHost(address, username);
}

void Registrar::close() {
  Changes changes;
  {
    const std::lock_guard lock(mutex_);
    changes = location_.dropAll();
  }
  publish(changes);
}

List Registrar::bindings(const std::optional<std::string>& username) const {
  const TimePoint now = Clock::now();
  List list;
  const std::lock_guard lock(mutex_);
  location_.each([&](const std::string& name, const Binding& binding) {
    if (!username || *username == name) list.emplace_back(describe(name, binding, now));
  });
  return list;
}

void Registrar::publish(const Changes& changes) const {
  Endpoint* endpoint = Endpoint::current();
  if (endpoint == nullptr) return;
  const TimePoint now = Clock::now();
  for (const Change& change : changes) {
    if (const auto* bound = std::get_if<Bound>(&change)) {
      Fields fields = describe(bound->username, bound->binding, now);
      fields.emplace_back("refreshed", bound->refreshed);
      endpoint->events.pushBounded({"bound", serial_, std::move(fields)}, mostWaiting);
    } else {
      const auto& unbound = std::get<Unbound>(change);
      endpoint->events.pushBounded(
          {"unbound",
           serial_,
           {{"username", unbound.username}, {"contact", unbound.binding.id}, {"reason", wordFor(unbound.reason)}}},
          mostWaiting);
      if (!isAt(unbound.username, unbound.binding.source))
        endSubscriptionsFrom(unbound.username, unbound.binding.source);
    }
  }
}

}  // namespace np
