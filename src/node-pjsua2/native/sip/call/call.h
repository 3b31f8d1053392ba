// A call: what JavaScript may ask of it, and what must be remembered between PJSIP's callbacks.
#pragma once

#include "base/event.h"
#include "base/event_queue.h"
#include "media/rtp/rtp_leg.h"
#include "sip/admission/leg_shares.h"
#include "sip/call/digit_sender.h"
#include "sip/call/digits.h"
#include "sip/call/encryption.h"
#include "sip/call/referral.h"
#include "sip/call/remote_identity.h"

#include <pjsua-lib/pjsua.h>

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace np {

using Headers = std::vector<std::pair<std::string, std::string>>;

struct OutgoingCall {
  std::string to;  // SIP URI
  pjsua_acc_id account;
  std::string localUri;  // From: name-addr; empty: the account's
  Headers headers;
  std::vector<std::string> codecs;  // offered, in order of preference; empty: the endpoint's
  Urgency urgency = Urgency::usual;
  bool sessionTimer = true;  // offered (RFC 4028)
  Encryption encryption = Encryption::off;
  std::optional<unsigned> maxForwards;  // hops left (RFC 3261, 20.22); nothing: the default
};

class Call {
 public:
  Call(Serial serial, bool isDialled, Encryption encryption, std::vector<std::string> codecs = {})
      : serial(serial),
        encryption(encryption),
        codecs(std::move(codecs)),
        digits(serial),
        rtp(std::make_shared<RtpLeg>(serial)),
        isDialled_(isDialled) {}

  // The call in pjsua's slot; null when it is not, or no longer, one of ours. For callbacks.
  static std::shared_ptr<Call> of(pjsua_call_id id);

  // Sends the INVITE. Throws PjsipFailure.
  static std::shared_ptr<Call> dial(const OutgoingCall& options);

  // pjsua's slot number, which may be another call's a moment later: use HeldCall. Throws InvalidState when the call is
  // over.
  pjsua_call_id id() const;
  void assignId(pjsua_call_id id) { id_ = id; }

  // True only for the first caller, so that the end is reported once.
  bool end() { return !ended_.exchange(true); }

  void progress(unsigned status, bool media);
  void answer(const Headers& headers);
  void reject(unsigned status, const std::string& reason, const Headers& headers);
  void hangUp(unsigned status, const std::string& reasonHeader);

  // Each sends an offer and settles `request` when it is answered. Throws InvalidState while another offer of ours is
  // under way. Waits while one from the other side is, and tries again if the two collide.
  void hold(Serial request);
  void resume(Serial request);
  void reinvite(Serial request);

  // Early media is open: reports its first sound, once, if that comes before the answer.
  void awaitSound();

  // From PJSIP's callbacks: an INVITE within the call was sent; it was answered; the call is over.
  void offerSent(const pjsip_transaction* transaction);
  void offerAnswered(const pjsip_transaction* transaction);
  void offerLost();

  // Records where the other side's signalling comes from, and compares it with the host of an address. Thread-safe.
  void signalledFrom(const pj_sockaddr& source);
  bool signalsFrom(const pj_sockaddr& host) const;

  const Serial serial;
  const Encryption encryption;
  const std::vector<std::string> codecs;
  DigitReceiver digits;
  const std::shared_ptr<RtpLeg> rtp;
  DigitSender digitSender;
  Referral referral;
  RemoteIdentity identity;
  // Of an incoming call: its place in the share of its source.
  std::unique_ptr<LegShares::Leg> share;
  // Of an emergency call.
  std::unique_ptr<EventQueue::Urgent> urgent;

  // Whether the other side has shown that it receives what we send; no audio is exchanged until then. Otherwise a
  // forged address could make us stream to a third party, or get service without ever having seen an answer.
  const std::shared_ptr<std::atomic<bool>> reached = std::make_shared<std::atomic<bool>>(true);

  // Whether its media is encrypted now.
  std::atomic<bool> encrypted{false};

  // Reason header of the CANCEL or BYE that ended it, if any; written and read on PJSIP's thread.
  std::optional<std::string> reasonHeader;

 private:
  struct Offer {
    Serial request;
    const char* operation;
    pj_status_t (*send)(pjsua_call_id);
    // Enough for an ACK to arrive, even if our answer must be repeated a few times first.
    unsigned tries = 100;
    // How often an offer of the other side may collide with this one.
    unsigned glares = 8;
  };

  void unlessOver(const std::function<void(pjsua_call_id)>& action) const;
  void listen();

  void offer(const Offer& offer);
  void offerAgain(const Offer& offer);
  pj_status_t send(const Offer& offer);
  pj_status_t sendLater(const Offer& offer, unsigned pauseMs);
  bool offerAfterGlare();

  std::atomic<pjsua_call_id> id_{PJSUA_INVALID_ID};
  std::atomic<bool> ended_{false};
  const bool isDialled_;
  std::atomic<bool> listening_{false};
  std::atomic<Serial> offerRequest_{0};
  Offer offer_{};            // of that request; only its owner writes this
  bool isOffering_ = false;  // guarded by the dialog's lock, as is offerSent()
  std::atomic<const pjsip_transaction*> offerTransaction_{nullptr};
  mutable std::mutex signallingMutex_;
  pj_sockaddr signalling_{};
};

}  // namespace np
