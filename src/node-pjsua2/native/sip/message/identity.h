// The caller identity of our outgoing calls.
#pragma once

#include <pjsua-lib/pjsua.h>

#include <string>

namespace np {

struct CallerIdentity {
  std::string user;
  std::string displayName;  // empty: none
  std::string host;         // empty: that of the account or transport the call goes over
};

// A quoted-string (RFC 3261, 25.1), which is the form a display name takes.
std::string quoted(const std::string& text);

// A name-addr (RFC 3261, 25.1): "Anna \"A\" B" <sip:anna@host>. Escapes whatever is not allowed in a user part. Throws
// WrongArgument for an invalid host.
std::string nameAddr(const CallerIdentity& identity, const std::string& host);

// The host in an account's address of record.
std::string hostOf(pjsua_acc_id account);

}  // namespace np
