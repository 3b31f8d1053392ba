// Where each user can be reached: the bindings of RFC 3261 section 10.3, as plain data. Not thread-safe: its owner
// locks.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <unordered_map>
#include <variant>
#include <vector>

#include "sip/authentication/nonce.h"

namespace np {

struct Source {
  std::string address;
  int port = 0;
  std::string transport;

  bool operator==(const Source&) const = default;
};

// A connection, or a socket for datagrams, that is kept open for as long as a binding needs it.
struct Flow {
  virtual ~Flow() = default;
  virtual bool alive() const = 0;
  // Sends a little to this place, so that what lies between goes on to let through what we send.
  virtual void keepAlive(const Source& source) const = 0;
};

struct Binding {
  // Stable over refreshes of the same contact.
  std::string id;
  // The contact as the phone gave it: its identity, and what it finds in the answer.
  std::string contact;
  // Where a request really reaches the phone.
  std::string uri;
  // +sip.instance (RFC 5626), empty when the phone gave none.
  std::string instance;
  // Datagrams reach it through an address translator, which forgets it after some silence.
  bool translated = false;
  TimePoint keptAlive;
  // The host in the address of record: the name by which the phone knows us.
  std::string domain;
  std::string userAgent;
  std::string callId;
  unsigned cseq = 0;
  Source source;
  std::shared_ptr<const Flow> flow;
  TimePoint refreshed;
  TimePoint expires;
};

struct ContactUpdate {
  std::string contact;
  std::string uri;
  std::string instance;
  bool translated = false;
  // Zero removes.
  std::chrono::seconds life{0};
};

// One REGISTER, already authenticated and with every life within its limits.
struct Registration {
  std::string username;
  std::string callId;
  unsigned cseq = 0;
  std::string domain;
  std::string userAgent;
  Source source;
  std::shared_ptr<const Flow> flow;
  // Contact: *
  bool removeAll = false;
  std::vector<ContactUpdate> contacts;
};

enum class Departure { removed, expired, replaced, dropped };

struct Bound {
  std::string username;
  Binding binding;
  bool refreshed;
};
struct Unbound {
  std::string username;
  Binding binding;
  Departure reason;
};
using Change = std::variant<Bound, Unbound>;
using Changes = std::vector<Change>;

class Location {
 public:
  // Whether two contacts are the same URI (RFC 3261, 19.1.4).
  using SameContact = std::function<bool(const std::string&, const std::string&)>;
  enum class Outcome { done, outOfOrder, tooMany };

  Location(std::size_t maxContacts, SameContact same) : maxContacts_(maxContacts), same_(std::move(same)) {}

  // All of a registration or nothing of it; what changed is appended. One contact too many takes the place of the one
  // that was not refreshed for longest; tooMany only when there are too many in one registration.
  Outcome apply(const Registration& registration, TimePoint now, Changes& changes);
  Changes expire(TimePoint now);
  // Drops what was bound over a connection that is gone: the phone cannot be reached until it registers again.
  Changes dropDead();
  struct Reached {
    std::shared_ptr<const Flow> flow;
    Source source;
  };
  // Where something must be sent to now, so that the phone stays reachable; counts as sent.
  std::vector<Reached> dueForKeepAlive(TimePoint now);
  // Drops the bindings of everybody of whom `stays` says no.
  Changes keepOnly(const std::function<bool(const std::string& username)>& stays);
  Changes dropAll();

  std::vector<Binding> of(const std::string& username) const;
  // Whether a contact was bound from there: of this user, or of anybody.
  bool anyAt(const Source& source, const std::string& username) const;
  bool anyAt(const Source& source) const;
  // Calls `visit` for each binding.
  void each(const std::function<void(const std::string& username, const Binding&)>& visit) const;

 private:
  using Bindings = std::vector<Binding>;

  Outcome update(Bindings& bindings, const Registration& registration, TimePoint now, Changes& changes);
  // Another contact of the phone that sends this one, which leads nowhere any more.
  static Bindings::iterator formerOf(Bindings& bindings, const ContactUpdate& update, const Registration& registration);
  Bindings::iterator find(Bindings& bindings, const std::string& contact) const;
  Changes dropWhere(Departure reason, const std::function<bool(const std::string&, const Binding&)>& leaves);

  std::size_t maxContacts_;
  SameContact same_;
  std::map<std::string, Bindings> users_;
  std::uint64_t lastId_ = 0;
};

}  // namespace np
