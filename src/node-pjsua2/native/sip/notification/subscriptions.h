// Who watches what: the notifier's side of RFC 6665 for the one event package that we serve, "dialog" (RFC 4235). What
// a watcher is told comes from JavaScript; who may watch is handed down beforehand.
#pragma once

#include <pjsip.h>

#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/event.h"
#include "sip/admission/rejections.h"
#include "sip/registrar/location.h"

namespace np {

// Who may watch a resource, which is the user part of a URI of ours; nothing: every user.
using Watchers = std::optional<std::set<std::string>>;
using Watchable = std::map<std::string, Watchers>;

// What may be watched from now on, of the registrar with this serial, which is told of it. Subscriptions to anything
// else end.
void setWatchable(Serial registrar, Watchable watchable, std::chrono::seconds minExpires);

// Whether it is a SUBSCRIBE outside of a dialog, or in one of a subscription.
bool isForSubscriptions(const pjsip_rx_data* request);

// Refuses what is for another event than ours, before anybody has to prove anything. True when it has been answered.
bool refuseForeignEvent(pjsip_rx_data* subscribe);

// Answers a SUBSCRIBE that was authenticated as this user, whose phone is registered where it comes from.
void answerSubscribe(pjsip_rx_data* subscribe, const std::string& username, Rejections& rejections);

// Tells a watcher, and ends a subscription that has run out. Settles `request` when the watcher has answered; one that
// refuses is told nothing more. Throws InvalidState when the subscription is over, PjsipFailure.
void notifyWatcher(Serial subscription, const std::string& contentType, const std::string& body, Serial request);

// In the form that JavaScript gets.
List subscriptionsOf(Serial registrar);

// The registration of this phone has ended, and its subscriptions with it.
void endSubscriptionsFrom(const std::string& username, const Source& source);

// Ends those that were not refreshed; to be called about once a second.
void sweepSubscriptions();

// Forgets all, and whatever may be watched, without telling anybody.
void forgetSubscriptions();

}  // namespace np
