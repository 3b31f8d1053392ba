// Who a call of ours says it comes from.
#pragma once

#include <pjsua-lib/pjsua.h>

#include <string>

namespace np {

struct CallerIdentity {
  std::string user;
  std::string displayName;  // empty: none
  std::string host;         // empty: that of the account or transport the call goes over
};

// A quoted-string (RFC 3261, 25.1), as a display name stands in.
std::string quoted(const std::string& text);

// A name-addr (RFC 3261, 25.1): "Anna \"A\" B" <sip:anna@host>. Whatever does not belong into a user part is escaped.
// Throws WrongArgument for a host that is none.
std::string nameAddr(const CallerIdentity& identity, const std::string& host);

// The host in the address of record of an account.
std::string hostOf(pjsua_acc_id account);

}  // namespace np
