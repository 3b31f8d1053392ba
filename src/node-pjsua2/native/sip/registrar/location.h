// Where each user can be reached: the bindings of RFC 3261 section 10.3, as plain data. Not thread-safe: its owner does
// the locking.
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

// A connection or datagram socket that stays open for as long as a binding needs it.
struct Flow {
  virtual ~Flow() = default;
  virtual bool alive() const = 0;
  // Sends a keep-alive there, so that NATs and firewalls on the way go on letting our packets through.
  virtual void keepAlive(const Source& source) const = 0;
};

struct Binding {
  // Stays the same when the contact is refreshed.
  std::string id;
  // The contact as the phone sent it, which identifies the binding and is listed in the answer.
  std::string contact;
  // Where requests actually reach the phone.
  std::string uri;
  // +sip.instance (RFC 5626); empty when the phone sent none.
  std::string instance;
  // The phone is behind a NAT and uses UDP: the NAT drops its mapping after a while without traffic.
  bool translated = false;
  TimePoint keptAlive;
  // The host in the address of record, which is the name the phone knows us by.
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
  // Zero removes the contact.
  std::chrono::seconds life{0};
};

// A REGISTER that is already authenticated and whose lifetimes are all within the limits.
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

  // Applies a registration as a whole or not at all, and appends what changed. A contact beyond the limit replaces the
  // one refreshed longest ago; tooMany means that a single registration exceeds the limit.
  Outcome apply(const Registration& registration, TimePoint now, Changes& changes);
  Changes expire(TimePoint now);
  // Drops the bindings whose connection is gone: those phones cannot be reached until they register again.
  Changes dropDead();
  struct Reached {
    std::shared_ptr<const Flow> flow;
    Source source;
  };
  // Where a keep-alive is due now; the caller must send it, because it counts as sent.
  std::vector<Reached> dueForKeepAlive(TimePoint now);
  // Drops the bindings of every user for whom `stays` returns false.
  Changes keepOnly(const std::function<bool(const std::string& username)>& stays);
  Changes dropAll();

  std::vector<Binding> of(const std::string& username) const;
  // Whether a contact of this user, or of any user, was registered from there.
  bool anyAt(const Source& source, const std::string& username) const;
  bool anyAt(const Source& source) const;
  // Whether one of this user was registered from this IP address.
  bool anyAtHost(const std::string& address, const std::string& username) const;
  void each(const std::function<void(const std::string& username, const Binding&)>& visit) const;

 private:
  using Bindings = std::vector<Binding>;

  Outcome update(Bindings& bindings, const Registration& registration, TimePoint now, Changes& changes);
  // An earlier contact of the phone that sent this one, which no longer reaches it.
  static Bindings::iterator formerOf(Bindings& bindings, const ContactUpdate& update, const Registration& registration);
  Bindings::iterator find(Bindings& bindings, const std::string& contact) const;
  Changes dropWhere(Departure reason, const std::function<bool(const std::string&, const Binding&)>& leaves);

  std::size_t maxContacts_;
  SameContact same_;
  std::map<std::string, Bindings> users_;
  std::uint64_t lastId_ = 0;
};

}  // namespace np
