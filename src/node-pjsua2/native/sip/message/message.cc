#include "sip/message/message.h"

#include <pjsua-lib/pjsua.h>

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <initializer_list>

#include "base/pj.h"

namespace np {
namespace {

bool sipScheme(const pjsip_uri* uri) { return PJSIP_URI_SCHEME_IS_SIP(uri) || PJSIP_URI_SCHEME_IS_SIPS(uri); }

DigestAnswer viewsOf(const pjsip_digest_credential& fields) {
  return {view(fields.realm),     view(fields.username), view(fields.nonce), view(fields.uri), view(fields.response),
          view(fields.algorithm), view(fields.cnonce),   view(fields.qop),   view(fields.nc)};
}

bool isNamed(std::string_view name, std::initializer_list<const char*> names) {
  const std::string owned(name);
  const pj_str_t text = borrow(owned);
  return std::any_of(names.begin(), names.end(), [&](const char* other) { return pj_stricmp2(&text, other) == 0; });
}

// Whether the response would mean something else without the field. One that ends the attempt does so whatever else it
// says.
bool isVital(std::string_view name, int status) {
  if (name.empty() || isNamed(name, {"Via", "v", "From", "f", "To", "t", "Call-ID", "i", "CSeq"})) return true;
  if (status >= PJSIP_SC_MULTIPLE_CHOICES) return false;
  return isNamed(name, {"Content-Length", "l", "Content-Type", "c", "Contact", "m", "Record-Route", "Require", "RSeq"});
}

// The first Contact; null when there is none that is a sip: URI.
pjsip_sip_uri* contactIn(const pjsip_rx_data* message) {
  auto* contact = static_cast<pjsip_contact_hdr*>(pjsip_msg_find_hdr(message->msg_info.msg, PJSIP_H_CONTACT, nullptr));
  return contact == nullptr || contact->star ? nullptr : sipUriIn(contact->uri);
}

}  // namespace

Source sourceOf(const pjsip_rx_data* message) {
  const unsigned flags = message->tp_info.transport->flag;
  const char* transport = flags & PJSIP_TRANSPORT_SECURE ? "tls" : flags & PJSIP_TRANSPORT_DATAGRAM ? "udp" : "tcp";
  return {message->pkt_info.src_name, message->pkt_info.src_port, transport};
}

std::string methodOf(const pjsip_rx_data* request) {
  const std::string_view text(request->msg_info.msg_buf, static_cast<std::size_t>(request->msg_info.len));
  return std::string(text.substr(0, text.find_first_of(" \t\r\n")));
}

bool answerable(const pjsip_rx_data* request) {
  const auto& info = request->msg_info;
  return info.msg != nullptr && info.msg->type == PJSIP_REQUEST_MSG &&
         info.msg->line.req.method.id != PJSIP_ACK_METHOD && info.via != nullptr && info.from != nullptr &&
         info.to != nullptr && info.cid != nullptr && info.cseq != nullptr;
}

bool usableAnswer(const pjsip_rx_data* response) {
  const auto& info = response->msg_info;
  if (info.msg == nullptr || info.msg->type != PJSIP_RESPONSE_MSG || info.via == nullptr || info.from == nullptr ||
      info.to == nullptr || info.cid == nullptr || info.cid->id.slen == 0 || info.cseq == nullptr)
    return false;
  const int status = info.msg->line.status.code;
  constexpr int lowest = 100, end = 700;
  if (status < lowest || status >= end) return false;
  const auto* errors = &info.parse_err;
  for (const auto* error = errors->next; error != errors; error = error->next)
    if (isVital(view(error->hname), status)) return false;
  return true;
}

pjsip_sip_uri* sipUriIn(pjsip_uri* uri) {
  if (uri == nullptr || !sipScheme(uri)) return nullptr;
  return static_cast<pjsip_sip_uri*>(pjsip_uri_get_uri(uri));
}

std::string userIn(pjsip_uri* uri) {
  const pjsip_sip_uri* sip = sipUriIn(uri);
  return sip == nullptr ? std::string() : copy(sip->user);
}

std::string printed(const pjsip_uri* uri, pjsip_uri_context_e context) {
  char text[PJSIP_MAX_URL_SIZE];
  const int length = pjsip_uri_print(context, uri, text, sizeof(text));
  return length > 0 ? std::string(text, static_cast<std::size_t>(length)) : std::string();
}

pjsip_uri* parsedUri(pj_pool_t* pool, std::string_view text) {
  const pj_str_t terminated = duplicated(pool, text);
  return pjsip_parse_uri(pool, terminated.ptr, static_cast<pj_size_t>(terminated.slen), 0);
}

pjsip_uri* parsedAddress(pj_pool_t* pool, std::string_view value) {
  const pj_str_t terminated = duplicated(pool, value);
  const pj_str_t name = pj_str(const_cast<char*>("To"));
  const auto* header = static_cast<const pjsip_to_hdr*>(
      pjsip_parse_hdr(pool, &name, terminated.ptr, static_cast<pj_size_t>(terminated.slen), nullptr));
  return header == nullptr ? nullptr : header->uri;
}

bool sameUri(pj_pool_t* pool, pjsip_uri* uri, std::string_view text) {
  const pjsip_sip_uri* left = sipUriIn(uri);
  const pjsip_sip_uri* right = sipUriIn(parsedUri(pool, text));
  return left != nullptr && right != nullptr && pjsip_uri_cmp(PJSIP_URI_IN_REQ_URI, left, right) == PJ_SUCCESS;
}

std::optional<std::string> parameterIn(const pjsip_param& list, const char* name) {
  const std::string key = name;
  const pj_str_t wanted = borrow(key);
  const pjsip_param* found = pjsip_param_find(&list, &wanted);
  if (found == nullptr) return std::nullopt;
  std::string_view value = view(found->value);
  if (value.size() >= 2 && value.front() == '"' && value.back() == '"') value = value.substr(1, value.size() - 2);
  return std::string(value);
}

const pjsip_hdr* onlyHeader(const pjsip_msg* message, const char* longName, const char* shortName) {
  const pjsip_hdr* only = nullptr;
  for (const auto* header = message->hdr.next; header != &message->hdr; header = header->next) {
    if (pj_stricmp2(&header->name, longName) != 0 && pj_stricmp2(&header->name, shortName) != 0) continue;
    if (only != nullptr) return nullptr;
    only = header;
  }
  return only;
}

pj_str_t duplicated(pj_pool_t* pool, std::string_view text) {
  pj_str_t copy;
  const pj_str_t source{const_cast<char*>(text.data()), static_cast<pj_ssize_t>(text.size())};
  pj_strdup_with_null(pool, &copy, &source);
  return copy;
}

pjsip_hdr* textHeader(pj_pool_t* pool, const std::string& name, const std::string& value) {
  const pj_str_t headerName = borrow(name), headerValue = borrow(value);
  return reinterpret_cast<pjsip_hdr*>(pjsip_generic_string_hdr_create(pool, &headerName, &headerValue));
}

void addHeader(pjsip_tx_data& message, const std::string& name, const std::string& value) {
  pjsip_msg_add_hdr(message.msg, textHeader(message.pool, name, value));
}

std::optional<DigestAnswer> digestAnswerIn(const pjsip_rx_data* request, std::string_view realm,
                                           const std::vector<DigestAlgorithm>& offered) {
  const pjsip_msg* message = request->msg_info.msg;
  const pjsip_hdr* end = &message->hdr;
  for (const pjsip_hdr* header = end->next; header != end; header = header->next) {
    if (header->type != PJSIP_H_AUTHORIZATION) continue;
    const auto* authorization = reinterpret_cast<const pjsip_authorization_hdr*>(header);
    if (pj_stricmp2(&authorization->scheme, "Digest") != 0) continue;
    const DigestAnswer answer = viewsOf(authorization->credential.digest);
    const auto algorithm = algorithmNamed(answer.algorithm);
    const bool known = algorithm && std::find(offered.begin(), offered.end(), *algorithm) != offered.end();
    if (answer.realm == realm && known) return answer;
  }
  return std::nullopt;
}

void keepAnswerAtSource(pjsip_rx_data* request) {
  pjsip_via_hdr* via = request->msg_info.via;
  via->maddr_param.slen = 0;
  if (via->rport_param > 0) via->rport_param = request->pkt_info.src_port;
}

bool isContactElsewhere(const pjsip_rx_data* message) {
  const pjsip_sip_uri* uri = contactIn(message);
  return uri != nullptr && pj_stricmp2(&uri->host, message->pkt_info.src_name) != 0;
}

void contactAtSource(pjsip_rx_data* message) {
  pjsip_sip_uri* uri = contactIn(message);
  if (uri == nullptr || message->msg_info.record_route != nullptr) return;
  pj_pool_t* pool = message->tp_info.pool;
  pj_strdup2(pool, &uri->host, message->pkt_info.src_name);
  uri->port = message->pkt_info.src_port;
  uri->maddr_param.slen = 0;
  pj_strdup2(pool, &uri->transport_param, sourceOf(message).transport.c_str());
}

void markSource(pjsip_rx_data* request) {
  keepAnswerAtSource(request);
  pjsip_via_hdr* via = request->msg_info.via;
  pj_strdup2(request->tp_info.pool, &via->recvd_param, request->pkt_info.src_name);
  if (via->rport_param == 0) via->rport_param = request->pkt_info.src_port;
}

void sendLineBreaks(pjsip_transport& transport, const pj_sockaddr& target, std::string_view text) {
  pjsip_tpselector selector{};
  selector.type = PJSIP_TPSELECTOR_TRANSPORT;
  selector.u.transport = &transport;
  pjsip_tpmgr_send_raw(transport.tpmgr, static_cast<pjsip_transport_type_e>(transport.key.type), &selector, nullptr,
                       text.data(), text.size(), &target, pj_sockaddr_get_len(&target), nullptr, nullptr);
}

void respondStateless(pjsip_rx_data* request, int status, const ExtraHeaders* headers) {
  pjsip_endpt_respond_stateless(pjsua_get_pjsip_endpt(), request, status, nullptr,
                                headers == nullptr ? nullptr : headers->list(), nullptr);
}

void respondStateful(pjsip_rx_data* request, int status, const ExtraHeaders* headers) {
  pjsip_endpt_respond(pjsua_get_pjsip_endpt(), nullptr, request, status, nullptr,
                      headers == nullptr ? nullptr : headers->list(), nullptr, nullptr);
}

}  // namespace np
