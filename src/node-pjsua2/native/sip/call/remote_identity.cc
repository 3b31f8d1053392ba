#include "sip/call/remote_identity.h"

#include "base/pj.h"
#include "sip/message/header_fields.h"
#include "sip/message/message.h"

#include <string_view>
#include <utility>
#include <variant>

namespace np {
namespace {

constexpr std::size_t mostBranches = 8;

bool isIdentity(std::string_view name) {
  return name == "p-asserted-identity" || name == "remote-party-id" || name == "privacy" || name == "history-info";
}

bool isIdentityOrFrom(std::string_view name) { return name == "from" || isIdentity(name); }

std::string addressOf(const pjsip_uri* uri) {
  return printed(static_cast<const pjsip_uri*>(pjsip_uri_get_uri(const_cast<pjsip_uri*>(uri))),
                 PJSIP_URI_IN_FROMTO_HDR);
}

std::string textOf(const Fields& headers) {
  std::string text;
  for (const auto& [name, values] : headers)
    for (const auto& value : std::get<List>(values.data()))
      text += name + ':' + std::get<std::string>(value.data()) + '\n';
  return text;
}

bool isRequest(const pjsip_rx_data* message) { return message->msg_info.msg->type == PJSIP_REQUEST_MSG; }

bool hasStatus(const pjsip_rx_data* message, int from, int to) {
  if (isRequest(message)) return false;
  const int status = message->msg_info.msg->line.status.code;
  return status >= from && status <= to;
}

bool isProvisional(const pjsip_rx_data* message) { return hasStatus(message, 100, 199); }

bool isForwarded(const pjsip_rx_data* message) {
  return hasStatus(message, PJSIP_SC_CALL_BEING_FORWARDED, PJSIP_SC_CALL_BEING_FORWARDED);
}

// Who sent the message: each branch of a forked call has a tag of its own.
std::string tagOf(const pjsip_rx_data* message) {
  return copy(isRequest(message) ? message->msg_info.from->tag : message->msg_info.to->tag);
}

Fields fieldsOf(Fields headers, bool isForwarded, bool hasNewFrom, bool isIncomplete) {
  return {{"headers", std::move(headers)},
          {"isForwarded", isForwarded},
          {"hasNewFrom", hasNewFrom},
          {"isIncomplete", isIncomplete}};
}

}  // namespace

Fields RemoteIdentity::missed() { return fieldsOf({}, false, false, true); }

void RemoteIdentity::begin(const pjsip_rx_data* invite) {
  from_ = addressOf(invite->msg_info.from->uri);
  told_ = textOf(headersIn(invite->msg_info.msg, isIdentity)) + from_;
}

std::vector<Fields> RemoteIdentity::newsIn(const pjsip_rx_data* message, const pjsip_uri* remote) {
  if (from_.empty()) from_ = addressOf(remote);
  // In a response, From is whoever sent the request.
  const std::string from = isRequest(message) ? addressOf(message->msg_info.from->uri) : from_;
  const bool hasNewFrom = from != from_;
  from_ = from;
  const std::string tag = tagOf(message);
  std::vector<Fields> news;
  // Another branch may have spoken since, but now this one has answered.
  if (!isProvisional(message) && tag != std::exchange(teller_, tag))
    if (auto earlier = earlierOf(tag)) tell(std::move(*earlier), news);
  auto statement = statementIn(message, hasNewFrom);
  if (!statement) return news;
  teller_ = tag;
  remember(tag, *statement);
  tell(std::move(*statement), news);
  return news;
}

std::optional<RemoteIdentity::Statement> RemoteIdentity::statementIn(const pjsip_rx_data* message,
                                                                     bool hasNewFrom) const {
  const pjsip_msg* msg = message->msg_info.msg;
  const bool sendsOn = isForwarded(message);
  const Fields identities = headersIn(msg, isIdentity);
  if (identities.empty() && !hasNewFrom && !sendsOn) return std::nullopt;
  const std::string text = textOf(identities) + from_ + (sendsOn ? " (181)" : "");
  auto headers = isRequest(message) ? headersIn(msg, isIdentityOrFrom) : identities;
  return Statement{text, fieldsOf(std::move(headers), sendsOn, hasNewFrom, false)};
}

void RemoteIdentity::tell(Statement statement, std::vector<Fields>& news) {
  if (statement.text == told_) return;
  told_ = std::move(statement.text);
  news.push_back(std::move(statement.fields));
}

void RemoteIdentity::remember(const std::string& tag, const Statement& statement) {
  if (branches_.size() >= mostBranches && branches_.count(tag) == 0)
    isFull_ = true;
  else
    branches_.insert_or_assign(tag, statement);
}

// A branch that may have said something that was not kept may be anybody.
std::optional<RemoteIdentity::Statement> RemoteIdentity::earlierOf(const std::string& tag) const {
  if (const auto known = branches_.find(tag); known != branches_.end()) return known->second;
  return isFull_ ? std::optional(Statement{" (missed)", missed()}) : std::nullopt;
}

}  // namespace np
