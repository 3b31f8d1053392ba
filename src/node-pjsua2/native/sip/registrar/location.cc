#include "sip/registrar/location.h"

#include <algorithm>
#include <utility>

namespace np {
namespace {

// Within one Call-ID the CSeq must rise (RFC 3261, 10.3 step 7); otherwise the request is late or a repetition.
bool overtaken(const Binding& binding, const Registration& registration) {
  return binding.callId == registration.callId && registration.cseq <= binding.cseq;
}

}  // namespace

Location::Bindings::iterator Location::find(Bindings& bindings, const std::string& contact) const {
  return std::find_if(bindings.begin(), bindings.end(),
                      [&](const Binding& binding) { return same_(binding.contact, contact); });
}

Location::Outcome Location::apply(const Registration& registration, TimePoint now, Changes& changes) {
  const auto user = users_.find(registration.username);
  Bindings tentative = user == users_.end() ? Bindings{} : user->second;
  Changes tentativeChanges;
  const Outcome outcome = update(tentative, registration, now, tentativeChanges);
  if (outcome != Outcome::done) return outcome;
  if (tentative.empty()) {
    if (user != users_.end()) users_.erase(user);
  } else {
    users_.insert_or_assign(registration.username, std::move(tentative));
  }
  std::move(tentativeChanges.begin(), tentativeChanges.end(), std::back_inserter(changes));
  return outcome;
}

Location::Outcome Location::update(Bindings& bindings, const Registration& registration, TimePoint now,
                                   Changes& changes) {
  const auto leave = [&](Bindings::iterator binding, Departure reason) {
    changes.push_back(Unbound{registration.username, std::move(*binding), reason});
    bindings.erase(binding);
  };
  if (registration.removeAll) {
    for (const Binding& binding : bindings) {
      if (overtaken(binding, registration)) return Outcome::outOfOrder;
    }
    while (!bindings.empty()) leave(bindings.begin(), Departure::removed);
    return Outcome::done;
  }
  for (const ContactUpdate& update : registration.contacts) {
    const auto existing = find(bindings, update.contact);
    const bool refreshed = existing != bindings.end();
    if (refreshed && overtaken(*existing, registration)) return Outcome::outOfOrder;
    if (update.life.count() == 0) {
      if (refreshed) leave(existing, Departure::removed);
      continue;
    }
    if (!refreshed) {
      if (const auto former = formerOf(bindings, update, registration); former != bindings.end())
        leave(former, Departure::replaced);
    }
    Binding& binding = refreshed ? *existing : bindings.emplace_back();
    if (!refreshed) binding.id = std::to_string(++lastId_);
    binding.contact = update.contact;
    binding.uri = update.uri;
    binding.instance = update.instance;
    binding.translated = update.translated;
    binding.keptAlive = now;
    binding.domain = registration.domain;
    binding.userAgent = registration.userAgent;
    binding.callId = registration.callId;
    binding.cseq = registration.cseq;
    binding.source = registration.source;
    binding.flow = registration.flow;
    binding.refreshed = now;
    binding.expires = now + update.life;
    changes.push_back(Bound{registration.username, binding, refreshed});
  }
  while (bindings.size() > maxContacts_) {
    const auto stalest = std::min_element(bindings.begin(), bindings.end(),
                                          [](const Binding& a, const Binding& b) { return a.refreshed < b.refreshed; });
    if (stalest->refreshed == now) return Outcome::tooMany;
    leave(stalest, Departure::replaced);
  }
  return Outcome::done;
}

// Recognises the phone by its instance (RFC 5626), or else by its Call-ID, which it keeps (RFC 3261, 10.2.4), as long
// as it sends one contact at a time.
Location::Bindings::iterator Location::formerOf(Bindings& bindings, const ContactUpdate& update,
                                                const Registration& registration) {
  return std::find_if(bindings.begin(), bindings.end(), [&](const Binding& binding) {
    const bool samePhone = binding.callId == registration.callId;
    if (!update.instance.empty() || !binding.instance.empty()) return binding.instance == update.instance && !samePhone;
    return samePhone && binding.cseq < registration.cseq && registration.contacts.size() == 1;
  });
}

Changes Location::dropWhere(Departure reason, const std::function<bool(const std::string&, const Binding&)>& leaves) {
  Changes changes;
  for (auto user = users_.begin(); user != users_.end();) {
    Bindings& bindings = user->second;
    const auto gone = std::stable_partition(bindings.begin(), bindings.end(),
                                            [&](const Binding& binding) { return !leaves(user->first, binding); });
    for (auto binding = gone; binding != bindings.end(); ++binding) {
      changes.push_back(Unbound{user->first, std::move(*binding), reason});
    }
    bindings.erase(gone, bindings.end());
    user = bindings.empty() ? users_.erase(user) : std::next(user);
  }
  return changes;
}

Changes Location::expire(TimePoint now) {
  return dropWhere(Departure::expired,
                   [now](const std::string&, const Binding& binding) { return binding.expires <= now; });
}

Changes Location::dropDead() {
  return dropWhere(Departure::dropped,
                   [](const std::string&, const Binding& binding) { return binding.flow && !binding.flow->alive(); });
}

std::vector<Location::Reached> Location::dueForKeepAlive(TimePoint now) {
  // Nearly all NATs keep a UDP mapping for at least 30 s.
  constexpr std::chrono::seconds interval{20};
  std::vector<Reached> due;
  for (auto& [username, bindings] : users_) {
    for (Binding& binding : bindings) {
      if (!binding.translated || !binding.flow || now - binding.keptAlive < interval) continue;
      binding.keptAlive = now;
      due.push_back({binding.flow, binding.source});
    }
  }
  return due;
}

Changes Location::keepOnly(const std::function<bool(const std::string&)>& stays) {
  return dropWhere(Departure::dropped,
                   [&stays](const std::string& username, const Binding&) { return !stays(username); });
}

Changes Location::dropAll() {
  return dropWhere(Departure::dropped, [](const std::string&, const Binding&) { return true; });
}

std::vector<Binding> Location::of(const std::string& username) const {
  const auto user = users_.find(username);
  return user == users_.end() ? Bindings{} : user->second;
}

bool Location::anyAt(const Source& source, const std::string& username) const {
  const auto user = users_.find(username);
  return user != users_.end() && std::any_of(user->second.begin(), user->second.end(),
                                             [&](const Binding& binding) { return binding.source == source; });
}

bool Location::anyAt(const Source& source) const {
  return std::any_of(users_.begin(), users_.end(), [&](const auto& user) { return anyAt(source, user.first); });
}

bool Location::anyAtHost(const std::string& address, const std::string& username) const {
  const auto user = users_.find(username);
  return user != users_.end() && std::any_of(user->second.begin(), user->second.end(),
                                             [&](const Binding& binding) { return binding.source.address == address; });
}

void Location::each(const std::function<void(const std::string&, const Binding&)>& visit) const {
  for (const auto& [username, bindings] : users_) {
    for (const Binding& binding : bindings) visit(username, binding);
  }
}

}  // namespace np
