#include "sip/admission/callers.h"

#include <utility>

#include "base/errors.h"
#include "base/pj.h"
#include "sip/account.h"
#include "sip/message/header_fields.h"
#include "sip/message/message.h"
#include "sip/registrar/registrar.h"

namespace np {
namespace {

Gate::IsAt placesOf(const Registrar& users) {
  return [&users](const std::string& username, const Source& source) { return users.isAt(username, source); };
}

// Whoever is not to be seen stands in From as anonymous (RFC 3323, 4.1.1.3), which claims nothing: the digest says who
// it is.
bool isAnonymous(const std::string& user) { return lowercase(user) == "anonymous"; }

bool claimsToBeOther(const pjsip_rx_data* request, const std::string& username) {
  const std::string claimed = userIn(request->msg_info.from->uri);
  return claimed != username && !isAnonymous(claimed);
}

std::string contactUserOf(const pjsip_rx_data* request) {
  const auto* contact =
      static_cast<pjsip_contact_hdr*>(pjsip_msg_find_hdr(request->msg_info.msg, PJSIP_H_CONTACT, nullptr));
  return contact == nullptr || contact->star || contact->uri == nullptr ? std::string() : userIn(contact->uri);
}

}  // namespace

std::optional<Origin> Callers::originOf(pjsip_rx_data* request) {
  const std::string address = sourceOf(request).address;
  const pjsip_sip_uri* target = sipUriIn(request->msg_info.msg->line.req.uri);
  const auto token = parameterIn(target->other_param, accountToken);
  if (const auto account = token ? accountWithToken(*token) : std::nullopt)
    return Origin{Origin::Kind::account, {}, *account, true};
  if (isOfPhone(request)) return originByDigest(request);
  const bool connected = (request->tp_info.transport->flag & PJSIP_TRANSPORT_DATAGRAM) == 0;
  // Our own phones may share the registrar's address, so their calls must authenticate.
  if (const auto account = isFromUser(request) ? std::nullopt : accountReachedFrom(address, copy(target->user)))
    return Origin{Origin::Kind::account, {}, *account, connected};
  if (auto peer = peerAt(address)) return Origin{Origin::Kind::peer, std::move(*peer), 0, connected};
  return originByDigest(request);
}

bool Callers::isFromUser(const pjsip_rx_data* request) const {
  const auto users = registrar();
  return users && users->authenticator().knows(userIn(request->msg_info.from->uri));
}

bool Callers::isOfPhone(const pjsip_rx_data* request) {
  const auto users = registrar();
  if (!users) return false;
  if (reachedBy(request) != Reached::never) return true;
  const Source source = sourceOf(request);
  const std::string claimed = userIn(request->msg_info.from->uri);
  if (!isAnonymous(claimed)) return users->isAtHost(claimed, source.address);
  return users->isKnown(source) || users->isAtHost(contactUserOf(request), source.address);
}

std::optional<Origin> Callers::originByDigest(pjsip_rx_data* request) {
  const auto users = registrar();
  if (!users) {
    rejections_.report("stranger", methodOf(request), sourceOf(request));
    respondStateless(request, PJSIP_SC_FORBIDDEN);
    return std::nullopt;
  }
  auto username = authenticated(request, *users);
  if (!username) return std::nullopt;
  if (claimsToBeOther(request, *username)) {
    rejections_.report("impersonation", methodOf(request), sourceOf(request), *username);
    respondStateless(request, PJSIP_SC_FORBIDDEN);
    return std::nullopt;
  }
  return Origin{Origin::Kind::user, std::move(*username), 0, true};
}

std::optional<std::string> Callers::authenticated(pjsip_rx_data* request, Registrar& users) {
  return gate_.authenticated(request, users.authenticator(), placesOf(users));
}

Urgency Callers::urgencyOf(const pjsip_rx_data* request, const Origin& origin) const {
  if (origin.kind != Origin::Kind::user) return Urgency::usual;
  const std::string dialled = userIn(request->msg_info.msg->line.req.uri);
  const std::lock_guard lock(mutex_);
  return emergencyNumbers_.contains(dialled) ? Urgency::emergency : Urgency::usual;
}

Encryption Callers::encryptionOf(const Origin& origin) const {
  switch (origin.kind) {
    case Origin::Kind::account:
      return encryptionOfAccount(origin.account);
    case Origin::Kind::user: {
      const auto users = registrar();
      return users ? users->authenticator().encryptionOf(origin.name) : Encryption::off;
    }
    case Origin::Kind::peer:
      break;
  }
  const std::lock_guard lock(mutex_);
  return peers_.encryptionOf(origin.name);
}

bool Callers::isKnown(const Source& source) const {
  return peerAt(source.address) || accountReachedFrom(source.address, {}) || isPhone(source);
}

bool Callers::isPhone(const Source& source) const {
  const auto users = registrar();
  return users && users->isKnown(source);
}

Reached Callers::reachedBy(const pjsip_rx_data* request) {
  const auto users = registrar();
  return users ? gate_.reachedBy(request, users->authenticator(), placesOf(*users)) : Reached::never;
}

std::optional<std::string> Callers::peerAt(const std::string& address) const {
  const std::lock_guard lock(mutex_);
  return peers_.named(address);
}

void Callers::setPeers(Peers peers) {
  const std::lock_guard lock(mutex_);
  peers_ = std::move(peers);
}

void Callers::setEmergencyNumbers(std::set<std::string> numbers) {
  const std::lock_guard lock(mutex_);
  emergencyNumbers_ = std::move(numbers);
}

void Callers::open(std::shared_ptr<Registrar> registrar) {
  const std::lock_guard lock(mutex_);
  if (registrar_) throw InvalidState("the endpoint has a registrar already; close it first");
  registrar_ = std::move(registrar);
}

std::shared_ptr<Registrar> Callers::registrar() const {
  const std::lock_guard lock(mutex_);
  return registrar_;
}

std::shared_ptr<Registrar> Callers::withdraw(Serial serial) {
  const std::lock_guard lock(mutex_);
  if (!registrar_ || registrar_->serial() != serial) return nullptr;
  return std::exchange(registrar_, nullptr);
}

}  // namespace np
