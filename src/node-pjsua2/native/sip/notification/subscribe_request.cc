#include "sip/notification/subscribe_request.h"

#include <pj/guid.h>
#include <pjsip-simple/evsub_msg.h>

#include <algorithm>
#include <cstddef>
#include <string_view>

#include "base/pj.h"
#include "base/text.h"
#include "node/handles.h"
#include "sip/message/header_fields.h"
#include "sip/message/message.h"

namespace np {
namespace {

constexpr std::size_t longestId = 128;

// The first one from there on.
const pjsip_accept_hdr* acceptIn(const pjsip_msg* message, const void* start) {
  return static_cast<const pjsip_accept_hdr*>(pjsip_msg_find_hdr(message, PJSIP_H_ACCEPT, start));
}

bool isOurDocument(const pj_str_t& accepted) {
  const std::string_view range = view(accepted);
  const std::string type = lowercase(std::string(trimmed(range.substr(0, range.find(';')))));
  return type == documentType || type == "application/*" || type == "*/*";
}

std::string inBrackets(pjsip_uri* uri) {
  const pjsip_sip_uri* sip = sipUriIn(uri);
  return sip == nullptr ? std::string()
                        : '<' + printed(reinterpret_cast<const pjsip_uri*>(sip), PJSIP_URI_IN_FROMTO_HDR) + '>';
}

// The watcher is reached where it comes from, whatever its Contact says: a phone behind a NAT knows no better.
std::string targetOf(pjsip_rx_data* request) {
  const auto* contact =
      static_cast<const pjsip_contact_hdr*>(pjsip_msg_find_hdr(request->msg_info.msg, PJSIP_H_CONTACT, nullptr));
  const pjsip_sip_uri* given = contact == nullptr || contact->star ? nullptr : sipUriIn(contact->uri);
  if (given == nullptr) return {};
  pj_pool_t* pool = request->tp_info.pool;
  auto* uri = static_cast<pjsip_sip_uri*>(pjsip_uri_clone(pool, given));
  pj_strdup2(pool, &uri->host, request->pkt_info.src_name);
  uri->port = request->pkt_info.src_port;
  uri->maddr_param.slen = 0;
  const std::string transport = sourceOf(request).transport;
  uri->transport_param.slen = 0;
  if (transport != "udp") pj_strdup2(pool, &uri->transport_param, transport.c_str());
  return printed(reinterpret_cast<pjsip_uri*>(uri), PJSIP_URI_IN_REQ_URI);
}

std::string ownContact(const pjsip_rx_data* request, const std::string& resource) {
  const pjsip_transport& transport = *request->tp_info.transport;
  std::string uri =
      "<sip:" + resource + '@' + copy(transport.local_name.host) + ':' + std::to_string(transport.local_name.port);
  const std::string name = sourceOf(request).transport;
  return uri + (name == "udp" ? ">" : ";transport=" + name + '>');
}

}  // namespace

std::optional<std::string> eventIn(const pjsip_msg* message) {
  const auto* event = reinterpret_cast<const pjsip_event_hdr*>(onlyHeader(message, "Event", "o"));
  if (event == nullptr || view(event->event_type) != eventPackage || view(event->id_param).size() > longestId)
    return std::nullopt;
  if (event->id_param.slen == 0) return eventPackage;
  return std::string(eventPackage) + ";id=" + copy(event->id_param);
}

bool takesDocuments(const pjsip_msg* message) {
  const auto* accept = acceptIn(message, nullptr);
  if (accept == nullptr) return true;
  for (; accept != nullptr; accept = acceptIn(message, accept->next))
    if (std::any_of(accept->values, accept->values + accept->count, isOurDocument)) return true;
  return false;
}

DialogName dialogOf(const pjsip_rx_data* request) {
  const auto& info = request->msg_info;
  return {copy(info.cid->id), copy(info.to->tag), copy(info.from->tag)};
}

Subscription subscriptionIn(pjsip_rx_data* request, const std::string& username, const std::string& event) {
  const auto& info = request->msg_info;
  Subscription made;
  made.serial = nextSerial();
  made.username = username;
  made.resource = userIn(info.msg->line.req.uri);
  made.source = sourceOf(request);
  made.address.dialog = dialogOf(request);
  pj_str_t tag;
  pj_create_unique_string(request->tp_info.pool, &tag);
  made.address.dialog.ours = copy(tag);
  made.address.from = inBrackets(info.to->uri);
  made.address.to = inBrackets(info.from->uri);
  made.address.contact = ownContact(request, made.resource);
  made.address.target = targetOf(request);
  made.address.event = event;
  pjsip_transport_add_ref(request->tp_info.transport);
  made.address.transport = {request->tp_info.transport, [](pjsip_transport* each) { pjsip_transport_dec_ref(each); }};
  made.heard = info.cseq->cseq;
  return made;
}

}  // namespace np
