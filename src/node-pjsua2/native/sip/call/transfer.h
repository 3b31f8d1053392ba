// Transfers that the other side of a call asks for: blind ones (REFER, RFC 3515) and attended ones (with Replaces, RFC
// 3891). They are told to JavaScript, which acts upon them; pjsua would dial by itself.
#pragma once

#include <pjsip.h>

#include <memory>

namespace np {

class Call;
class HeldDialog;

// A REFER came in the dialog of this call.
void onRefer(pjsip_rx_data* request, const HeldDialog& dialog, const std::shared_ptr<Call>& call);

// Tells who asked how it goes: 100 to 199 while it is under way, and once a final status. Nothing is sent where no
// transfer is under way, or no report was wanted.
void reportTransfer(Call& call, unsigned status);

}  // namespace np
