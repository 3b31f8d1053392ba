// Transfers that the other side of a call requests: blind ones (REFER, RFC 3515) and attended ones (with Replaces, RFC
// 3891). They are passed to JavaScript, which acts on them; pjsua would dial by itself.
#pragma once

#include <pjsip.h>

#include <memory>

namespace np {

class Call;
class HeldDialog;

// A REFER arrived in the dialog of this call.
void onRefer(pjsip_rx_data* request, const HeldDialog& dialog, const std::shared_ptr<Call>& call);

// Reports progress to whoever requested the transfer: 100 to 199 while it is under way, and a final status once. Sends
// nothing when no transfer is under way or no report was wanted.
void reportTransfer(Call& call, unsigned status);

}  // namespace np
