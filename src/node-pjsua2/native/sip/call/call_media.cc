#include "sip/call/call_media.h"

#include "base/pj.h"
#include "core/pjsua_internals.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace np {
namespace {

bool hasAttribute(const pjmedia_sdp_session* sdp, unsigned line, const char* name) {
  const pjmedia_sdp_media* media = sdp->media[line];
  return pjmedia_sdp_attr_find2(media->attr_count, media->attr, name, nullptr) != nullptr ||
         pjmedia_sdp_attr_find2(sdp->attr_count, sdp->attr, name, nullptr) != nullptr;
}

// A side that holds the call says sendonly or inactive (RFC 3264, 8.4); RFC 2543 used the address 0.0.0.0.
bool remoteHolds(pjsua_call_id id, unsigned line) {
  const pjsip_inv_session* session = sessionOf(id);
  const pjmedia_sdp_session* remote = nullptr;
  if (session == nullptr || session->neg == nullptr ||
      pjmedia_sdp_neg_get_active_remote(session->neg, &remote) != PJ_SUCCESS || line >= remote->media_count)
    return false;
  const pjmedia_sdp_conn* connection = remote->media[line]->conn != nullptr ? remote->media[line]->conn : remote->conn;
  return hasAttribute(remote, line, "sendonly") || hasAttribute(remote, line, "inactive") ||
         (connection != nullptr && view(connection->addr) == "0.0.0.0");
}

const char* holdName(bool local, bool remote) {
  if (local && remote) return "both";
  if (local) return "local";
  return remote ? "remote" : "none";
}

const char* directionName(pjmedia_dir direction) {
  switch (direction) {
    case PJMEDIA_DIR_ENCODING_DECODING:
      return "sendrecv";
    case PJMEDIA_DIR_ENCODING:
      return "sendonly";
    case PJMEDIA_DIR_DECODING:
      return "recvonly";
    default:
      return "inactive";
  }
}

Value codecOf(const AudioStream& audio) {
  pjmedia_stream_info info;
  if (pjmedia_stream_get_info(audio.stream, &info) != PJ_SUCCESS) return Value();
  const unsigned frameMs = info.param->info.frm_ptime / std::max<unsigned>(1, info.param->info.frm_ptime_denum);
  return Fields{{"name", copy(info.fmt.encoding_name)},
                {"clockRate", info.fmt.clock_rate},
                {"ptimeMs", frameMs * info.param->setting.frm_per_pkt}};
}

// Static payload types, such as 0 for PCMU, need no rtpmap.
std::string codecName(const pjmedia_sdp_media* media, const pj_str_t& format) {
  const pjmedia_sdp_attr* attribute = pjmedia_sdp_attr_find2(media->attr_count, media->attr, "rtpmap", &format);
  pjmedia_sdp_rtpmap map;
  if (attribute != nullptr && pjmedia_sdp_attr_get_rtpmap(attribute, &map) == PJ_SUCCESS) return copy(map.enc_name);
  const std::string_view type = view(format);
  if (type == "0") return "PCMU";
  if (type == "8") return "PCMA";
  return type == "9" ? "G722" : "";
}

bool sameName(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](unsigned char x, unsigned char y) { return std::tolower(x) == std::tolower(y); });
}

void removeFormat(pjmedia_sdp_media* media, const pj_str_t& format) {
  for (const char* name : {"rtpmap", "fmtp"})
    if (auto* attribute = pjmedia_sdp_attr_find2(media->attr_count, media->attr, name, &format))
      pjmedia_sdp_attr_remove(&media->attr_count, media->attr, attribute);
}

}  // namespace

std::optional<pjsua_conf_port_id> audioSlot(pjsua_call_id id) {
  const auto audio = audioStreamOf(id);
  if (!audio || audio->slot == PJSUA_INVALID_ID) return std::nullopt;
  return audio->slot;
}

Fields describeMedia(pjsua_call_id id) {
  const auto audio = audioStreamOf(id);
  const bool local = isHeldHere(id);
  if (!audio) return {{"active", false}, {"hold", holdName(local, false)}, {"direction", "inactive"}};
  return {{"active", true},
          {"hold", holdName(local, remoteHolds(id, audio->line))},
          {"codec", codecOf(*audio)},
          {"direction", directionName(audio->direction)}};
}

bool mayBeSilent(pjsua_call_id id) {
  const auto audio = audioStreamOf(id);
  return !audio || (audio->direction & PJMEDIA_DIR_DECODING) == 0 || isHeldHere(id) || remoteHolds(id, audio->line);
}

Value mediaStatistics(pjsua_call_id id, const RtpSender& sender) {
  pjsua_stream_stat statistics;
  for (unsigned line = 0; line < PJMEDIA_MAX_SDP_MEDIA; ++line) {
    if (pjsua_call_get_stream_stat(id, line, &statistics) != PJ_SUCCESS) continue;
    const auto& received = statistics.rtcp.rx;
    const auto& sent = statistics.rtcp.tx;
    constexpr double usPerMs = 1000;
    return Fields{{"received", Fields{{"packets", received.pkt},
                                      {"lost", received.loss},
                                      {"discarded", received.discard},
                                      {"jitterMs", static_cast<double>(received.jitter.mean) / usPerMs}}},
                  {"sent", Fields{{"packets", sender.packets()},
                                  {"lost", sent.loss},
                                  {"jitterMs", static_cast<double>(sent.jitter.mean) / usPerMs}}},
                  {"roundTripMs", static_cast<double>(statistics.rtcp.rtt.mean) / usPerMs},
                  {"bufferMs", statistics.jbuf.avg_delay}};
  }
  return Value();
}

bool offersAny(const pjmedia_sdp_session* offer, const std::vector<std::string>& codecs) {
  for (unsigned line = 0; line < offer->media_count; ++line) {
    const pjmedia_sdp_media* media = offer->media[line];
    if (view(media->desc.media) != "audio") continue;
    for (unsigned i = 0; i < media->desc.fmt_count; ++i) {
      const std::string name = codecName(media, media->desc.fmt[i]);
      if (std::any_of(codecs.begin(), codecs.end(), [&](const auto& codec) { return sameName(codec, name); }))
        return true;
    }
  }
  return false;
}

void restrictCodecs(pjmedia_sdp_session* sdp, const std::vector<std::string>& codecs) {
  for (unsigned line = 0; line < sdp->media_count; ++line) {
    pjmedia_sdp_media* media = sdp->media[line];
    if (view(media->desc.media) != "audio") continue;
    std::vector<pj_str_t> kept;
    std::vector<pj_str_t> formats(media->desc.fmt, media->desc.fmt + media->desc.fmt_count);
    const auto keep = [&](std::string_view name) {
      for (const auto& format : formats)
        if (sameName(codecName(media, format), name)) kept.push_back(format);
    };
    for (const auto& codec : codecs) keep(codec);
    if (kept.empty()) continue;  // none of them is enabled: leave the offer as it is
    keep("telephone-event");
    for (const auto& format : formats)
      if (std::none_of(kept.begin(), kept.end(), [&](const pj_str_t& k) { return view(k) == view(format); }))
        removeFormat(media, format);
    std::copy(kept.begin(), kept.end(), media->desc.fmt);
    media->desc.fmt_count = static_cast<unsigned>(kept.size());
  }
}

}  // namespace np
