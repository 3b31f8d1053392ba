#include "sip/registrar/registration.h"

#include <algorithm>
#include <optional>
#include <string_view>

#include "base/pj.h"
#include "sip/message/expires.h"
#include "sip/message/message.h"

namespace np {
namespace {

constexpr std::size_t maxContacts = 50;
constexpr std::size_t maxUserAgent = 128;

// Holds a reference, so that PJSIP does not close the transport as idle.
class Connection final : public Flow {
 public:
  explicit Connection(pjsip_transport* transport) : transport_(transport) { pjsip_transport_add_ref(transport_); }
  ~Connection() override { pjsip_transport_dec_ref(transport_); }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  bool alive() const override { return !transport_->is_shutdown && !transport_->is_destroying; }
  void keepAlive(const Source& source) const override {
    pj_sockaddr target;
    const pj_str_t address = borrow(source.address);
    const int family = transport_->key.rem_addr.addr.sa_family;
    if (pj_sockaddr_init(family, &target, &address, static_cast<pj_uint16_t>(source.port)) != PJ_SUCCESS) return;
    sendLineBreaks(*transport_, target, "\r\n\r\n");
  }

 private:
  pjsip_transport* transport_;
};

std::vector<const pjsip_contact_hdr*> contactsIn(const pjsip_msg* message) {
  std::vector<const pjsip_contact_hdr*> contacts;
  const pjsip_hdr* end = &message->hdr;
  for (const pjsip_hdr* header = end->next; header != end; header = header->next) {
    if (header->type == PJSIP_H_CONTACT) contacts.push_back(reinterpret_cast<const pjsip_contact_hdr*>(header));
  }
  return contacts;
}

std::string userAgentIn(const pjsip_msg* message) {
  const pj_str_t name = pj_str(const_cast<char*>("User-Agent"));
  const auto* header =
      static_cast<const pjsip_generic_string_hdr*>(pjsip_msg_find_hdr_by_name(message, &name, nullptr));
  if (header == nullptr) return {};
  return std::string(view(header->hvalue).substr(0, maxUserAgent));
}

// To holds the address of record (RFC 3261, 10.2).
std::string domainIn(const pjsip_rx_data* request) {
  const pjsip_sip_uri* uri = sipUriIn(request->msg_info.to->uri);
  return uri == nullptr ? std::string() : copy(uri->host);
}

bool connectionOriented(const pjsip_rx_data* request) {
  return (request->tp_info.transport->flag & PJSIP_TRANSPORT_DATAGRAM) == 0;
}

std::string reachableUri(pjsip_rx_data* request, const pjsip_sip_uri* contact) {
  pj_pool_t* pool = request->tp_info.pool;
  auto* uri = static_cast<pjsip_sip_uri*>(pjsip_uri_clone(pool, contact));
  const bool connected = connectionOriented(request);
  uri->maddr_param.slen = 0;
  if (connected || pj_stricmp2(&uri->host, request->pkt_info.src_name) != 0) {
    pj_strdup2(pool, &uri->host, request->pkt_info.src_name);
    uri->port = request->pkt_info.src_port;
    uri->transport_param.slen = 0;
    if (connected) pj_strdup2(pool, &uri->transport_param, sourceOf(request).transport.c_str());
  }
  return printed(reinterpret_cast<pjsip_uri*>(uri), PJSIP_URI_IN_REQ_URI);
}

// The lifetime to grant; nothing when the phone asks for less than the minimum.
std::optional<std::chrono::seconds> grantedLife(unsigned contactExpires, std::optional<unsigned> headerExpires,
                                                const ExpiryLimits& limits, bool malformed) {
  const auto isShort = [&](unsigned seconds) { return std::chrono::seconds(seconds) < limits.least; };
  if (malformed && (isShort(contactExpires) || (headerExpires && isShort(*headerExpires)))) return limits.usual;
  if (contactExpires == PJSIP_EXPIRES_NOT_SPECIFIED && !headerExpires) return limits.usual;
  const std::chrono::seconds asked(contactExpires != PJSIP_EXPIRES_NOT_SPECIFIED ? contactExpires : *headerExpires);
  if (asked.count() == 0) return asked;
  if (asked < limits.least) return std::nullopt;
  return std::min(asked, limits.most);
}

std::variant<ContactUpdate, RegisterFault> readContact(pjsip_rx_data* request, const pjsip_contact_hdr* contact,
                                                       const ExpiryLimits& limits) {
  const auto life =
      grantedLife(contact->expires, expiresIn(request->msg_info.msg), limits, hasMalformedExpires(request));
  if (!life) return RegisterFault{PJSIP_SC_INTERVAL_TOO_BRIEF};
  const pjsip_sip_uri* uri = sipUriIn(contact->uri);
  if (uri == nullptr) return RegisterFault{PJSIP_SC_BAD_REQUEST};
  ContactUpdate update;
  update.contact = printed(reinterpret_cast<const pjsip_uri*>(uri), PJSIP_URI_IN_CONTACT_HDR);
  update.uri = reachableUri(request, uri);
  update.instance = parameterIn(contact->other_param, "+sip.instance").value_or("");
  update.translated = !connectionOriented(request) && pj_stricmp2(&uri->host, request->pkt_info.src_name) != 0;
  update.life = *life;
  if (update.contact.empty() || update.uri.empty()) return RegisterFault{PJSIP_SC_BAD_REQUEST};
  return update;
}

}  // namespace

std::variant<Registration, RegisterFault> readRegistration(pjsip_rx_data* request, const std::string& username,
                                                           const ExpiryLimits& limits) {
  const pjsip_msg* message = request->msg_info.msg;
  Registration registration;
  registration.username = username;
  registration.callId = copy(request->msg_info.cid->id);
  registration.cseq = static_cast<unsigned>(request->msg_info.cseq->cseq);
  registration.domain = domainIn(request);
  registration.userAgent = userAgentIn(message);
  registration.source = sourceOf(request);
  const auto contacts = contactsIn(message);
  if (contacts.size() > maxContacts) return RegisterFault{PJSIP_SC_BAD_REQUEST};
  for (const pjsip_contact_hdr* contact : contacts) {
    if (contact->star) {
      if (contacts.size() != 1 || expiresIn(message) != 0U) return RegisterFault{PJSIP_SC_BAD_REQUEST};
      registration.removeAll = true;
      return registration;
    }
    auto read = readContact(request, contact, limits);
    if (const auto* fault = std::get_if<RegisterFault>(&read)) return *fault;
    registration.contacts.push_back(std::move(std::get<ContactUpdate>(read)));
  }
  registration.flow = std::make_shared<Connection>(request->tp_info.transport);
  return registration;
}

}  // namespace np
