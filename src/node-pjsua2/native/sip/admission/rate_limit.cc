#include "sip/admission/rate_limit.h"

#include <utility>

namespace np {

bool GuessLimit::exhausted(const std::string& address, const std::string& account, TimePoint now) {
  const std::string pair = address + ' ' + account;
  if (pairs_.exhausted(pair, now) || addresses_.exhausted(address, now)) return true;
  return accounts_.exhausted(account, now) && pairs_.owed(pair, now) >= firstTries;
}

void GuessLimit::count(const std::string& address, const std::string& account, TimePoint now) {
  pairs_.count(address + ' ' + account, now);
  addresses_.count(address, now);
  accounts_.count(account, now);
}

AnswerLimit::Size AnswerLimit::sizeOf(const std::string& address, int port, bool mayBeBrief, TimePoint now) {
  const std::string sender = address + ' ' + std::to_string(port);
  if (!senders_.exhausted(sender, now) && !addresses_.exhausted(address, now)) {
    senders_.count(sender, now);
    addresses_.count(address, now);
    return Size::full;
  }
  if (!mayBeBrief || briefs_.exhausted(address, now)) return Size::none;
  briefs_.count(address, now);
  return Size::brief;
}

bool DialogLimit::admit(const std::string& dialog, const std::string& address, bool ends, TimePoint now) {
  if (ends) {
    if (endings_.exhausted(dialog, now)) return false;
    endings_.count(dialog, now);
    return true;
  }
  if (dialogs_.exhausted(dialog, now) || addresses_.exhausted(address, now)) return false;
  dialogs_.count(dialog, now);
  addresses_.count(address, now);
  return true;
}

std::optional<std::uint64_t> ReportLimit::admit(const std::string& key, TimePoint now) {
  Reports& reports = reports_.findOrAdd(key, Reports{});
  if (reports.allowance.isSpent(now) || !all_.take(now)) {
    ++reports.held;
    return std::nullopt;
  }
  reports.allowance.take(now);
  return std::exchange(reports.held, 0);
}

}  // namespace np
