// Identifies who calls or registers, by what they prove or by the address they are known from.
#pragma once

#include <pjsip.h>

#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>

#include "sip/admission/gate.h"
#include "sip/admission/origin.h"
#include "sip/admission/peers.h"
#include "sip/admission/rejections.h"

namespace np {

class Registrar;

// Thread-safe.
class Callers {
 public:
  explicit Callers(Rejections& rejections) : rejections_(rejections), gate_(rejections) {}

  void setPeers(Peers peers);
  void setEmergencyNumbers(std::set<std::string> numbers);
  // Throws InvalidState when there is one already.
  void open(std::shared_ptr<Registrar> registrar);
  std::shared_ptr<Registrar> registrar() const;
  std::shared_ptr<Registrar> withdraw(Serial serial);

  // The caller; nothing when the request was answered here.
  std::optional<Origin> originOf(pjsip_rx_data* invite);
  Urgency urgencyOf(const pjsip_rx_data* invite, const Origin& origin) const;
  // Of calls from there.
  Encryption encryptionOf(const Origin& origin) const;
  // The user whom the request authenticates; nothing when it was answered here.
  std::optional<std::string> authenticated(pjsip_rx_data* request, Registrar& users);

  // Whether a peer, an account's registrar or a registered phone is there, judging by the address alone.
  bool isKnown(const Source& source) const;
  bool isPhone(const Source& source) const;
  std::optional<std::string> peerAt(const std::string& address) const;
  // What the digest answer of a request proves before it is checked.
  Reached reachedBy(const pjsip_rx_data* request);

 private:
  bool isFromUser(const pjsip_rx_data* request) const;
  // Whether a phone that has to prove its user seems to call, although a trunk may be at the same address: it answers a
  // challenge of ours, or is registered from there.
  bool isOfPhone(const pjsip_rx_data* request);
  std::optional<Origin> originByDigest(pjsip_rx_data* invite);

  Rejections& rejections_;
  Gate gate_;
  mutable std::mutex mutex_;
  Peers peers_;
  std::set<std::string> emergencyNumbers_;
  std::shared_ptr<Registrar> registrar_;
};

}  // namespace np
