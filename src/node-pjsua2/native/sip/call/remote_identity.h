// Who the other side says it is after the INVITE that began the call: in a response to it (RFC 3325), or in a re-INVITE
// or UPDATE (RFC 4916) when a provider has forwarded the call to somebody else.
#pragma once

#include "base/event.h"

#include <pjsip.h>

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace np {

// Used on PJSIP's threads only, under the lock of the call's dialog.
class RemoteIdentity {
 public:
  // The fields of an 'identified' event that says that more was stated than could be kept.
  static Fields missed();

  // Takes what the other side's INVITE said as already known.
  void begin(const pjsip_rx_data* invite);

  // The fields of one 'identified' event for each thing new in a message within the call. `remote` is who the dialog
  // began with.
  std::vector<Fields> newsIn(const pjsip_rx_data* message, const pjsip_uri* remote);

 private:
  struct Statement {
    std::string text;
    Fields fields;
  };

  std::optional<Statement> statementIn(const pjsip_rx_data* message, bool hasNewFrom) const;
  void tell(Statement statement, std::vector<Fields>& news);
  void remember(const std::string& tag, const Statement& statement);
  std::optional<Statement> earlierOf(const std::string& tag) const;

  std::string from_;                           // as last stated
  std::string told_;                           // the last statement
  std::string teller_;                         // the tag of whoever is there as far as is known
  std::map<std::string, Statement> branches_;  // what each branch of a forked call, by its tag, has last said
  bool isFull_ = false;                        // there are more branches
};

}  // namespace np
