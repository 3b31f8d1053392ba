#include "sip/admission/request_checks.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "base/pj.h"
#include "sip/message/message.h"

namespace np {
namespace {

constexpr int maxMessageBytes = 12000;
constexpr unsigned maxBodyBytes = 8192;

// The extensions that the request requires of us; pjsua checks those of an INVITE.
std::string requiredExtensions(const pjsip_rx_data* request) {
  const pjsip_require_hdr* require = request->msg_info.require;
  std::string extensions;
  if (require == nullptr || request->msg_info.msg->line.req.method.id == PJSIP_INVITE_METHOD) return extensions;
  for (unsigned i = 0; i < require->count; ++i) {
    extensions += (i == 0 ? "" : ", ") + copy(require->values[i]);
  }
  return extensions;
}

unsigned announcedBody(const pjsip_rx_data* request) {
  const pjsip_clen_hdr* length = request->msg_info.clen;
  return length == nullptr ? 0 : static_cast<unsigned>(std::max(0, length->len));
}

// Counts everything after the empty line, because PJSIP reads no body without a Content-Type and only the parts of a
// multipart one.
unsigned receivedBody(const pjsip_rx_data* request) {
  const std::string_view text(request->msg_info.msg_buf, static_cast<std::size_t>(request->msg_info.len));
  const auto body = [&](std::string_view emptyLine) {
    const auto at = text.find(emptyLine);
    return at == std::string_view::npos ? text.size() : at + emptyLine.size();
  };
  return static_cast<unsigned>(text.size() - std::min(body("\r\n\r\n"), body("\n\n")));
}

}  // namespace

bool answerFault(pjsip_rx_data* request, Rejections& rejections) {
  const auto refuse = [&](int status, const char* kind) {
    rejections.report(kind, methodOf(request), sourceOf(request));
    respondStateless(request, status);
    return true;
  };
  const auto& info = request->msg_info;
  // The call has gone round in a circle (RFC 3261, 16.3).
  if (info.max_fwd != nullptr && info.max_fwd->ivalue <= 0 && methodOf(request) == "INVITE")
    return refuse(PJSIP_SC_TOO_MANY_HOPS, "loop");
  if (std::max(announcedBody(request), receivedBody(request)) > maxBodyBytes)
    return refuse(PJSIP_SC_REQUEST_ENTITY_TOO_LARGE, "oversize");
  if (info.len > maxMessageBytes) return refuse(PJSIP_SC_MESSAGE_TOO_LARGE, "oversize");
  const pjsip_method& method = info.msg->line.req.method;
  if (methodOf(request) != view(method.name)) return refuse(PJSIP_SC_NOT_IMPLEMENTED, "unknownMethod");
  // A datagram that ends before its body does (RFC 3261, 18.3), or a CSeq with another method (8.1.1.5).
  const bool isCut = info.ctype != nullptr && announcedBody(request) > receivedBody(request);
  if (isCut || pjsip_method_cmp(&info.cseq->method, &method) != 0) return refuse(PJSIP_SC_BAD_REQUEST, "malformed");
  if (sipUriIn(info.msg->line.req.uri) == nullptr) return refuse(PJSIP_SC_UNSUPPORTED_URI_SCHEME, "malformed");
  if (const std::string extensions = requiredExtensions(request); !extensions.empty()) {
    ExtraHeaders headers(request->tp_info.pool);
    headers.add("Unsupported", extensions);
    respondStateless(request, PJSIP_SC_BAD_EXTENSION, &headers);
    return true;
  }
  return false;
}

}  // namespace np
