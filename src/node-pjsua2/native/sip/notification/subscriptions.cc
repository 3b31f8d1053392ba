#include "sip/notification/subscriptions.h"

#include <pjsua-lib/pjsua.h>

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <iterator>
#include <mutex>
#include <utility>

#include "base/errors.h"
#include "base/guard.h"
#include "base/pj.h"
#include "core/endpoint.h"
#include "node/handles.h"
#include "sip/admission/rate_limit.h"
#include "sip/message/expires.h"
#include "sip/message/message.h"
#include "sip/notification/notify_request.h"
#include "sip/notification/subscribe_request.h"
#include "sip/notification/subscription_table.h"

namespace np {
namespace {

// What is sent without an answer from JavaScript comes at the latest after this.
constexpr std::chrono::seconds patience{5};
// After a restart of ours a watcher is told nothing until it refreshes.
constexpr std::chrono::seconds maxExpires{600};
constexpr const char* retryAfter = "5";  // s
// Until a watcher is told again that could not take it and has not said how long that lasts.
constexpr std::chrono::seconds pause{30};
// Beyond this, JavaScript is told that changes were lost and asks for the subscriptions.
constexpr std::size_t mostWaiting = 8192;

// Why a subscription has ended: for JavaScript, and for the watcher (RFC 6665, 4.1.3).
struct End {
  const char* word;
  const char* reason;
};
constexpr End ended{"ended", "timeout"};
constexpr End expired{"expired", "timeout"};
constexpr End unregistered{"unregistered", "deactivated"};
constexpr End forbidden{"forbidden", "rejected"};
constexpr End refused{"refused", ""};

struct Served {
  std::mutex mutex;
  std::atomic<Serial> registrar{0};
  Watchable watchable;
  std::atomic<std::chrono::seconds> minExpires{std::chrono::seconds(60)};
  SubscriptionTable table;
  // The subscriptions of the NOTIFYs that are not answered yet, by their requests.
  std::unordered_map<Serial, Serial> unanswered;
  // Each answer occupies a transaction for 32 s; a phone with many keys subscribes to all of them when it starts.
  KeyedLimit arrivals{20, 600, 1024};
};

Served served;

void push(const char* type, Fields fields) {
  if (Endpoint* endpoint = Endpoint::current())
    endpoint->events.pushBounded({type, served.registrar.load(), std::move(fields)}, mostWaiting);
}

std::uint64_t secondsLeft(const Subscription& subscription) {
  const auto left = std::chrono::ceil<std::chrono::seconds>(subscription.expires - Clock::now()).count();
  return left > 0 ? static_cast<std::uint64_t>(left) : 0;
}

Fields describe(const Subscription& subscription) {
  return {{"subscription", subscription.serial},
          {"username", subscription.username},
          {"resource", subscription.resource},
          {"expiresIn", secondsLeft(subscription)}};
}

void reportEnd(const Subscription& subscription, const End& end) {
  push("unsubscribed", {{"subscription", subscription.serial}, {"reason", end.word}});
}

// NOTIFY.

// The refusals that end a subscription (RFC 6665, 4.2.2); any other is only about the one NOTIFY.
bool isFinal(int status) {
  constexpr int final[] = {404, 405, 410, 416, 480, 481, 482, 483, 484, 485, 489, 501, 604};
  return std::find(std::begin(final), std::end(final), status) != std::end(final);
}

std::chrono::seconds pauseIn(const pjsip_rx_data* answer) {
  const auto* wanted =
      static_cast<const pjsip_retry_after_hdr*>(pjsip_msg_find_hdr(answer->msg_info.msg, PJSIP_H_RETRY_AFTER, nullptr));
  return wanted == nullptr || wanted->ivalue <= 0 ? pause : std::chrono::seconds(wanted->ivalue);
}

// A watcher that refuses for good, or is gone, is told nothing more.
void onAnswer(void* token, pjsip_event* event) {
  const auto request = static_cast<Serial>(reinterpret_cast<std::uintptr_t>(token));
  const auto& state = event->body.tsx_state;
  const int status = state.tsx->status_code;
  const bool isAnswered = state.type == PJSIP_EVENT_RX_MSG;
  const bool isTaken = isAnswered && status < PJSIP_SC_MULTIPLE_CHOICES;
  std::optional<Subscription> gone;
  {
    const std::lock_guard lock(served.mutex);
    const auto known = served.unanswered.find(request);
    if (known == served.unanswered.end()) return;
    if (!isAnswered || isFinal(status))
      gone = served.table.remove(known->second);
    else if (Subscription* refusing = isTaken ? nullptr : served.table.find(known->second))
      refusing->again = Clock::now() + pauseIn(state.src.rdata);
    served.unanswered.erase(known);
  }
  if (gone) reportEnd(*gone, refused);
  if (isTaken) return settle(request);
  settle(request, PjsipFailure(PJSIP_ERRNO_FROM_SIP_STATUS(status), "NOTIFY"));
}

void onLastAnswer(void*, pjsip_event*) {}

// Nobody waits for the answer: there is nothing left that it could end.
void sayGoodbye(const Subscription& subscription, const End& end) {
  const auto& transport = *subscription.address.transport;
  reportEnd(subscription, end);
  if (transport.is_shutdown || transport.is_destroying) return;
  guard([&] {
    pjsip_tx_data* notify =
        notifyFor(subscription.address, subscription.told + 1, std::string("terminated;reason=") + end.reason, nullptr);
    pjsip_endpt_send_request(pjsua_get_pjsip_endpt(), notify, -1, nullptr, guarded<onLastAnswer>);
  });
}

void sayGoodbye(const std::vector<Subscription>& subscriptions, const End& end) {
  for (const Subscription& subscription : subscriptions) sayGoodbye(subscription, end);
}

// SUBSCRIBE.

// The lifetime to grant; nothing when it is too short.
std::optional<std::chrono::seconds> lifeFor(const pjsip_rx_data* request) {
  const auto wanted = expiresIn(request->msg_info.msg);
  if (!wanted || hasMalformedExpires(request)) return maxExpires;
  const std::chrono::seconds asked(*wanted);
  if (asked.count() != 0 && asked < served.minExpires.load()) return std::nullopt;
  return std::min(asked, maxExpires);
}

// Nothing when this user may watch the resource, otherwise the status to refuse it with. Under the lock.
std::optional<int> refusalOf(const std::string& resource, const std::string& username) {
  const auto found = served.watchable.find(resource);
  if (found == served.watchable.end()) return PJSIP_SC_NOT_FOUND;
  if (found->second && !found->second->contains(username)) return PJSIP_SC_FORBIDDEN;
  return std::nullopt;
}

void refuse(pjsip_rx_data* request, int status) {
  ExtraHeaders headers(request->tp_info.pool);
  if (status == PJSIP_SC_INTERVAL_TOO_BRIEF)
    headers.add("Min-Expires", std::to_string(served.minExpires.load().count()));
  if (status == PJSIP_SC_SERVICE_UNAVAILABLE) headers.add("Retry-After", retryAfter);
  if (status == PJSIP_SC_NOT_ACCEPTABLE) headers.add("Accept", documentType);
  respondStateful(request, status, &headers);
}

void accept(pjsip_rx_data* request, const Subscription& subscription) {
  ExtraHeaders headers(request->tp_info.pool);
  headers.add("Expires", std::to_string(secondsLeft(subscription)));
  headers.add("Contact", subscription.address.contact);
  // The answer takes its tag from here, where the request has none.
  request->msg_info.to->tag = duplicated(request->tp_info.pool, subscription.address.dialog.ours);
  respondStateful(request, PJSIP_SC_OK, &headers);
  push("subscribed", describe(subscription));
}

void prolong(Subscription& subscription, std::chrono::seconds life) {
  subscription.expires = Clock::now() + life;
  subscription.again.reset();
  subscription.isLast = life.count() == 0;
}

// The status for a new subscription, which is added if it is 200.
int begin(Subscription&& made, std::chrono::seconds life, Serial& serial) {
  if (made.address.target.empty() || made.address.to.empty() || made.address.from.empty()) return PJSIP_SC_BAD_REQUEST;
  const std::lock_guard lock(served.mutex);
  if (const auto refusal = refusalOf(made.resource, made.username)) return *refusal;
  if (served.arrivals.exhausted(made.username, Clock::now())) return PJSIP_SC_SERVICE_UNAVAILABLE;
  served.arrivals.count(made.username, Clock::now());
  if (!served.table.hasRoomFor(made.username, made.source.address)) return PJSIP_SC_SERVICE_UNAVAILABLE;
  prolong(made, life);
  serial = served.table.add(std::move(made)).serial;
  return PJSIP_SC_OK;
}

// The same for one that there is.
int refresh(const pjsip_rx_data* request, const std::string& username, std::chrono::seconds life, Serial& serial) {
  const int sequence = request->msg_info.cseq->cseq;
  const std::lock_guard lock(served.mutex);
  Subscription* known = served.table.find(dialogOf(request));
  if (known == nullptr || known->username != username) return PJSIP_SC_CALL_TSX_DOES_NOT_EXIST;
  if (sequence <= known->heard) return PJSIP_SC_INTERNAL_SERVER_ERROR;
  if (served.arrivals.exhausted(username, Clock::now())) return PJSIP_SC_SERVICE_UNAVAILABLE;
  served.arrivals.count(username, Clock::now());
  known->heard = sequence;
  prolong(*known, life);
  serial = known->serial;
  return PJSIP_SC_OK;
}

std::optional<Subscription> subscriptionWith(Serial serial) {
  const std::lock_guard lock(served.mutex);
  const Subscription* found = served.table.find(serial);
  return found == nullptr ? std::nullopt : std::optional(*found);
}

// JavaScript is behind with what has happened, and an emergency call would have to wait for its turn.
bool isBehind() {
  const Endpoint* endpoint = Endpoint::current();
  return endpoint == nullptr || endpoint->events.delay() > std::chrono::seconds(1);
}

}  // namespace

void setWatchable(Serial registrar, Watchable watchable, std::chrono::seconds minExpires) {
  std::vector<Subscription> gone;
  {
    const std::lock_guard lock(served.mutex);
    served.registrar = registrar;
    served.watchable = std::move(watchable);
    served.minExpires = minExpires;
    gone = served.table.removeWhere(
        [](const Subscription& each) { return refusalOf(each.resource, each.username).has_value(); });
  }
  sayGoodbye(gone, forbidden);
}

bool isForSubscriptions(const pjsip_rx_data* request) {
  if (view(request->msg_info.msg->line.req.method.name) != "SUBSCRIBE") return false;
  if (request->msg_info.to->tag.slen == 0) return true;
  const std::lock_guard lock(served.mutex);
  return served.table.find(dialogOf(request)) != nullptr;
}

bool refuseForeignEvent(pjsip_rx_data* subscribe) {
  if (eventIn(subscribe->msg_info.msg)) return false;
  ExtraHeaders headers(subscribe->tp_info.pool);
  headers.add("Allow-Events", eventPackage);
  respondStateless(subscribe, PJSIP_SC_BAD_EVENT, &headers);
  return true;
}

void answerSubscribe(pjsip_rx_data* subscribe, const std::string& username, Rejections& rejections) {
  const pjsip_msg* message = subscribe->msg_info.msg;
  const auto event = eventIn(message);
  const auto life = lifeFor(subscribe);
  if (!event) return refuse(subscribe, PJSIP_SC_BAD_EVENT);
  if (!takesDocuments(message)) return refuse(subscribe, PJSIP_SC_NOT_ACCEPTABLE);
  if (!life) return refuse(subscribe, PJSIP_SC_INTERVAL_TOO_BRIEF);
  if (isBehind()) return refuse(subscribe, PJSIP_SC_SERVICE_UNAVAILABLE);
  Serial serial = 0;
  const bool isNew = subscribe->msg_info.to->tag.slen == 0;
  const int status = isNew ? begin(subscriptionIn(subscribe, username, *event), *life, serial)
                           : refresh(subscribe, username, *life, serial);
  if (status == PJSIP_SC_SERVICE_UNAVAILABLE)
    rejections.report("overload", methodOf(subscribe), sourceOf(subscribe), username);
  if (status != PJSIP_SC_OK) return refuse(subscribe, status);
  if (const auto subscription = subscriptionWith(serial)) accept(subscribe, *subscription);
}

void notifyWatcher(Serial serial, const std::string& contentType, const std::string& body, Serial request) {
  const auto slash = contentType.find('/');
  if (slash == std::string::npos) throw WrongArgument("contentType must be a type such as text/plain");
  const Content content{contentType.substr(0, slash), contentType.substr(slash + 1), body};
  std::optional<Subscription> subscription;
  {
    const std::lock_guard lock(served.mutex);
    Subscription* known = served.table.find(serial);
    if (known == nullptr) throw InvalidState("the subscription is over");
    if (known->again) throw PjsipFailure(PJSIP_ERRNO_FROM_SIP_STATUS(PJSIP_SC_SERVICE_UNAVAILABLE), "NOTIFY");
    ++known->told;
    subscription = *known;
    if (known->isLast) served.table.remove(serial);
    served.unanswered.emplace(request, serial);
  }
  if (subscription->isLast) reportEnd(*subscription, ended);
  const std::string state = subscription->isLast ? std::string("terminated;reason=") + ended.reason
                                                 : "active;expires=" + std::to_string(secondsLeft(*subscription));
  try {
    pjsip_tx_data* notify = notifyFor(subscription->address, subscription->told, state, &content);
    void* token = reinterpret_cast<void*>(static_cast<std::uintptr_t>(request));
    check(pjsip_endpt_send_request(pjsua_get_pjsip_endpt(), notify, -1, token, guarded<onAnswer>),
          "pjsip_endpt_send_request");
  } catch (const PjsipFailure&) {
    const std::lock_guard lock(served.mutex);
    served.unanswered.erase(request);
    throw;
  }
}

List subscriptionsOf(Serial registrar) {
  List list;
  const std::lock_guard lock(served.mutex);
  if (registrar == served.registrar)
    served.table.each([&](const Subscription& each) { list.emplace_back(describe(each)); });
  return list;
}

void endSubscriptionsFrom(const std::string& username, const Source& source) {
  std::vector<Subscription> gone;
  {
    const std::lock_guard lock(served.mutex);
    gone = served.table.removeWhere(
        [&](const Subscription& each) { return each.username == username && each.source == source; });
  }
  sayGoodbye(gone, unregistered);
}

void sweepSubscriptions() {
  const TimePoint now = Clock::now();
  std::vector<Subscription> gone, waiting;
  {
    const std::lock_guard lock(served.mutex);
    gone = served.table.removeWhere([&](const Subscription& each) {
      return now >= (each.isLast ? each.expires + patience : each.expires) || each.address.transport->is_shutdown;
    });
    served.table.each([&](Subscription& each) {
      if (!each.again || now < *each.again) return;
      each.again.reset();
      waiting.push_back(each);
    });
  }
  sayGoodbye(gone, expired);
  for (const Subscription& each : waiting) push("subscribed", describe(each));
}

void forgetSubscriptions() {
  std::vector<Subscription> gone;
  const std::lock_guard lock(served.mutex);
  gone = served.table.removeWhere([](const Subscription&) { return true; });
  served.watchable.clear();
  served.unanswered.clear();
}

}  // namespace np
