// Limits what strangers can cost us: allowances per key in bounded memory. Not thread-safe: its owner does the locking.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/keyed_limit.h"
#include "sip/authentication/nonce.h"

namespace np {

// Limits how fast passwords may be tried: by one address for one account, by one address, and for one account. Many
// addresses that try one account do not lock out another that has hardly tried yet, because it may be the account's
// phone.
class GuessLimit {
 public:
  // The account is one that exists, or a name that stands for many that do not, so that strangers' inventions take up
  // no room.
  bool exhausted(const std::string& address, const std::string& account, TimePoint now);
  void count(const std::string& address, const std::string& account, TimePoint now);

 private:
  static constexpr std::size_t keys = 4096;
  KeyedLimit pairs_{2, 100, keys};
  KeyedLimit addresses_{10, 400, keys};
  KeyedLimit accounts_{4, 400, keys};
  static constexpr unsigned firstTries = 3;
};

// Limits the answers to senders who have proved nothing, because their address may be somebody else's. Far more brief
// answers are allowed: one no longer than its request gains a forger nothing, and a phone whose address is forged still
// gets its challenge.
class AnswerLimit {
 public:
  enum class Size { none, brief, full };

  // mayBeBrief: whether there is a brief answer.
  Size sizeOf(const std::string& address, int port, bool mayBeBrief, TimePoint now);

 private:
  static constexpr std::size_t keys = 4096;
  KeyedLimit senders_{10, 60, keys};
  KeyedLimit addresses_{100, 600, keys};
  KeyedLimit briefs_{2000, 4000, keys};
};

// Limits the requests within dialogs: each takes a transaction, mostly for 32 s, and there are 8191 in all.
class DialogLimit {
 public:
  // False when this request is over the limit. Requests that end a call have an allowance of their own.
  bool admit(const std::string& dialog, const std::string& address, bool ends, TimePoint now);

 private:
  static constexpr std::size_t keys = 4096;
  KeyedLimit dialogs_{20, 200, keys};
  KeyedLimit addresses_{60, 1000, keys};
  KeyedLimit endings_{1, 20, keys};
};

// Lets few reports through per key and in all, and counts those it holds back.
class ReportLimit {
 public:
  // The number of reports held back for this key since the last one let through; nothing when this one must be held
  // back too.
  std::optional<std::uint64_t> admit(const std::string& key, TimePoint now);

 private:
  static constexpr unsigned perSecond = 1;
  static constexpr unsigned atOnce = 5;
  struct Reports {
    Allowance allowance{perSecond, atOnce};
    std::uint64_t held = 0;
  };
  static constexpr std::size_t keys = 1024;
  Allowance all_{20, 100};
  RecentlyUsed<Reports> reports_{keys};
};

}  // namespace np
