// Reads received SIP messages and answers them.
#pragma once

#include <pjsip.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sip/authentication/digest.h"
#include "sip/registrar/location.h"

namespace np {

// Where a message actually came from, whatever its headers claim.
Source sourceOf(const pjsip_rx_data* message);

// The method exactly as it was sent: PJSIP takes "invite" for INVITE, but methods are case-sensitive (RFC 3261, 7.1).
std::string methodOf(const pjsip_rx_data* request);

// Whether a request that has not passed PJSIP's own checks may be answered and has everything that the answer needs.
bool answerable(const pjsip_rx_data* request);

// Whether a response that PJSIP dropped because of an unparsable field is still usable without that field.
bool usableAnswer(const pjsip_rx_data* response);

// The sip: or sips: URI in a URI or name-addr; null for any other scheme.
pjsip_sip_uri* sipUriIn(pjsip_uri* uri);

// The user part of a sip: URI; empty when there is none.
std::string userIn(pjsip_uri* uri);

// A URI as text; empty when PJSIP finds it too long.
std::string printed(const pjsip_uri* uri, pjsip_uri_context_e context);

// The URI in a text; null when there is none.
pjsip_uri* parsedUri(pj_pool_t* pool, std::string_view text);

// The URI in the value of a header that holds one address with parameters, such as To; null when there is none.
pjsip_uri* parsedAddress(pj_pool_t* pool, std::string_view value);

// Whether the text is a URI equivalent to `uri` (RFC 3261, 19.1.4) when both are used as a Request-URI or contact.
bool sameUri(pj_pool_t* pool, pjsip_uri* uri, std::string_view text);

// The value of a parameter, without its quotes; nothing when it is absent.
std::optional<std::string> parameterIn(const pjsip_param& list, const char* name);

// The header that may occur only once; null when it is absent or repeated.
const pjsip_hdr* onlyHeader(const pjsip_msg* message, const char* longName, const char* shortName);

// A copy in the memory of the pool.
pj_str_t duplicated(pj_pool_t* pool, std::string_view text);

// A header in the memory of the pool.
pjsip_hdr* textHeader(pj_pool_t* pool, const std::string& name, const std::string& value);

void addHeader(pjsip_tx_data& message, const std::string& name, const std::string& value);

// The digest answer for this realm. RFC 8760 forbids more than one, but PJSIP's own client sends several; the first
// whose algorithm is among those offered is taken. Views into the message.
std::optional<DigestAnswer> digestAnswerIn(const pjsip_rx_data* request, std::string_view realm,
                                           const std::vector<DigestAlgorithm>& offered);

// Headers to add to a response; valid for as long as the pool.
class ExtraHeaders {
 public:
  explicit ExtraHeaders(pj_pool_t* pool) : pool_(pool) { pj_list_init(&list_); }
  ExtraHeaders(const ExtraHeaders&) = delete;
  ExtraHeaders& operator=(const ExtraHeaders&) = delete;

  void add(const std::string& name, const std::string& value) { add(textHeader(pool_, name, value)); }
  void add(pjsip_hdr* header) { pj_list_push_back(&list_, header); }
  const pjsip_hdr* list() const { return &list_; }
  pj_pool_t* pool() const { return pool_; }

 private:
  pj_pool_t* pool_;
  pjsip_hdr list_{};
};

// Sends the answer to the address that the request came from and never to a third party: ignores Via's maddr and any
// made-up rport, which RFC 3261 (18.2.2) allows following but no phone needs.
void keepAnswerAtSource(pjsip_rx_data* request);

// Whether its Contact names another host than the one it came from, as behind a NAT.
bool isContactElsewhere(const pjsip_rx_data* message);

// Makes the place that the message came from its Contact, unless that is behind a proxy.
void contactAtSource(pjsip_rx_data* message);

// Records in Via where the answer goes (RFC 3261, 18.2.1; RFC 3581), which PJSIP does only for requests that pass
// through it.
void markSource(pjsip_rx_data* request);

// Sends a keep-alive, or the answer to one (RFC 5626, 4.4.1).
void sendLineBreaks(pjsip_transport& transport, const pj_sockaddr& target, std::string_view text);

// Answers without a transaction: nothing is remembered, so a flood costs no memory.
void respondStateless(pjsip_rx_data* request, int status, const ExtraHeaders* headers = nullptr);

// Answers through a transaction, so that a retransmission gets the same answer and is not taken for a new request.
void respondStateful(pjsip_rx_data* request, int status, const ExtraHeaders* headers = nullptr);

}  // namespace np
