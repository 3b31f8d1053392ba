#include "sip/message/identity.h"

#include "base/errors.h"
#include "base/pj.h"
#include "sip/message/message.h"

#include <algorithm>
#include <cctype>
#include <string_view>

namespace np {
namespace {

// RFC 3261, 25.1: unreserved and user-unreserved.
bool standsInUser(char c) {
  const bool alphanumeric = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  return alphanumeric || (c != '\0' && std::string_view("-_.!~*'()&=+$,;?/").find(c) != std::string_view::npos);
}

std::string escapedUser(const std::string& user) {
  constexpr const char* hex = "0123456789ABCDEF";
  std::string result;
  for (const char c : user) {
    if (standsInUser(c)) {
      result += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    result += {'%', hex[byte >> 4], hex[byte & 15]};
  }
  return result;
}

bool isHost(const std::string& text) {
  return std::all_of(text.begin(), text.end(), [](unsigned char c) {
    return std::isalnum(c) != 0 ||
           (c != '\0' && std::string_view(".-:[]").find(static_cast<char>(c)) != std::string_view::npos);
  });
}

}  // namespace

std::string quoted(const std::string& text) {
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') result += '\\';
    result += c;
  }
  return result + '"';
}

std::string nameAddr(const CallerIdentity& identity, const std::string& host) {
  if (!isHost(identity.host)) throw WrongArgument("from.host must be a host name or an IP address");
  const std::string address =
      "<sip:" + escapedUser(identity.user) + "@" + (identity.host.empty() ? host : identity.host) + ">";
  return identity.displayName.empty() ? address : quoted(identity.displayName) + " " + address;
}

std::string hostOf(pjsua_acc_id account) {
  pjsua_acc_info info;
  check(pjsua_acc_get_info(account, &info), "pjsua_acc_get_info");
  const Pool pool(pjsua_pool_create("identity", 512, 512));
  const pjsip_sip_uri* uri = sipUriIn(parsedUri(pool.get(), view(info.acc_uri)));
  if (uri == nullptr) throw PjsipFailure(PJSIP_EINVALIDURI, "reading the account's URI");
  return copy(uri->host);
}

}  // namespace np
