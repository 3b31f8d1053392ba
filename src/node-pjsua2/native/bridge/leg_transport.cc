#include "bridge/leg_transport.h"

#include "base/guard.h"
#include "base/pj.h"
#include "core/pjsua_internals.h"
#include "media/published.h"

#include <pjmedia/stream_common.h>
#include <algorithm>
#include <utility>

namespace np {
namespace {

using Stream = pjmedia_transport_attach_param;

// A stream that sends audio also sends reports; one whose packets are relayed, or whose party only listens, never gets
// to do so (RFC 3550, 6.2: every 5 s).
constexpr auto reportInterval = std::chrono::seconds(6);

class LegTransport : public pjmedia_transport, public RtpOutput {
 public:
  LegTransport(pjmedia_transport* below, std::shared_ptr<RtpLeg> leg);

  pj_status_t attach(const Stream& stream);
  void detach();
  void speak(const void* packet, pj_size_t size) { leg_->spoken(packet, size, RtpClock::now()); }
  pj_status_t report(const pj_sockaddr_t* to, unsigned length, const void* packet, pj_size_t size);
  bool transmit(const void* packet, std::size_t size) override {
    return pjmedia_transport_send_rtp(below_, packet, size) == PJ_SUCCESS;
  }
  void reportIfDue(RtpClock::time_point now) override;

  RtpLeg& leg() const { return *leg_; }
  pjmedia_transport* below() const { return below_; }

  static LegTransport& of(void* pointer) {
    return *static_cast<LegTransport*>(static_cast<pjmedia_transport*>(pointer));
  }

 private:
  void onRtp(pjmedia_tp_cb_param& packet);
  void onRtcp(void* packet, pj_ssize_t size);
  static bool isPeer(pjmedia_stream_common& stream, const pjmedia_tp_cb_param& packet);
  static void account(pjmedia_stream_common& stream, const RtpPacket& packet, const void* data);
  static void beginDecoding(pjmedia_stream_common& stream);

  pjmedia_transport* const below_;
  const std::shared_ptr<RtpLeg> leg_;
  Published<Stream> stream_;
  bool decoding_ = false;  // used on the media thread only
  std::atomic<RtpClock::rep> reportedAt_{0};
};

pjmedia_transport_op operations = {
    .get_info =
        guarded<[](auto* tp, auto* info) { return pjmedia_transport_get_info(LegTransport::of(tp).below(), info); },
                PJ_EUNKNOWN>,
    .attach = nullptr,
    .detach = guarded<[](auto* tp, void*) { LegTransport::of(tp).detach(); }, PJ_EUNKNOWN>,
    .send_rtp = guarded<[](auto* tp, const void* packet, pj_size_t size) {
      LegTransport::of(tp).speak(packet, size);
      return static_cast<pj_status_t>(PJ_SUCCESS);
    },
                        PJ_EUNKNOWN>,
    .send_rtcp = guarded<[](auto* tp, const void* packet, pj_size_t size) {
      return LegTransport::of(tp).report(nullptr, 0, packet, size);
    },
                         PJ_EUNKNOWN>,
    .send_rtcp2 = guarded<[](auto* tp, const pj_sockaddr_t* to, unsigned length, const void* packet, pj_size_t size) {
      return LegTransport::of(tp).report(to, length, packet, size);
    },
                          PJ_EUNKNOWN>,
    .media_create =
        guarded<[](auto* tp, pj_pool_t* pool, unsigned options, const pjmedia_sdp_session* remote, unsigned line) {
          return pjmedia_transport_media_create(LegTransport::of(tp).below(), pool, options, remote, line);
        },
                PJ_EUNKNOWN>,
    .encode_sdp = guarded<[](auto* tp, pj_pool_t* pool, pjmedia_sdp_session* local, const pjmedia_sdp_session* remote,
                             unsigned line) {
      return pjmedia_transport_encode_sdp(LegTransport::of(tp).below(), pool, local, remote, line);
    },
                          PJ_EUNKNOWN>,
    .media_start = guarded<[](auto* tp, pj_pool_t* pool, const pjmedia_sdp_session* local,
                              const pjmedia_sdp_session* remote, unsigned line) {
      return pjmedia_transport_media_start(LegTransport::of(tp).below(), pool, local, remote, line);
    },
                           PJ_EUNKNOWN>,
    .media_stop =
        guarded<[](auto* tp) { return pjmedia_transport_media_stop(LegTransport::of(tp).below()); }, PJ_EUNKNOWN>,
    .simulate_lost = guarded<[](auto* tp, pjmedia_dir direction, unsigned percent) {
      return pjmedia_transport_simulate_lost(LegTransport::of(tp).below(), direction, percent);
    },
                             PJ_EUNKNOWN>,
    .destroy = guarded<[](auto* tp) { return pjmedia_transport_close(LegTransport::of(tp).below()); }, PJ_EUNKNOWN>,
    .attach2 =
        guarded<[](auto* tp, pjmedia_transport_attach_param* stream) { return LegTransport::of(tp).attach(*stream); },
                PJ_EUNKNOWN>,
};

LegTransport::LegTransport(pjmedia_transport* below, std::shared_ptr<RtpLeg> leg)
    : pjmedia_transport{}, below_(below), leg_(std::move(leg)) {
  pj_ansi_strxcpy(name, "leg", sizeof(name));
  type = static_cast<pjmedia_transport_type>(PJMEDIA_TRANSPORT_TYPE_USER + 2);
  op = &operations;
  grp_lock = below->grp_lock;
  pj_grp_lock_add_handler(grp_lock, nullptr, static_cast<pjmedia_transport*>(this),
                          guarded<[](void* self) { delete &LegTransport::of(self); }>);
}

pj_status_t LegTransport::attach(const Stream& stream) {
  stream_.publish(std::make_unique<Stream>(stream));
  Stream own = stream;
  own.user_data = static_cast<pjmedia_transport*>(this);
  own.rtp_cb = nullptr;
  constexpr auto receiveRtp = [](pjmedia_tp_cb_param* packet) {
    if (packet->user_data != nullptr) of(packet->user_data).onRtp(*packet);
  };
  constexpr auto receiveRtcp = [](void* self, void* packet, pj_ssize_t size) {
    if (self != nullptr) of(self).onRtcp(packet, size);
  };
  own.rtp_cb2 = guarded<receiveRtp>;
  own.rtcp_cb = guarded<receiveRtcp>;
  return pjmedia_transport_attach2(below_, &own);
}

void LegTransport::detach() {
  leg_->close();
  stream_.publish(nullptr);
  pjmedia_transport_detach(below_, static_cast<pjmedia_transport*>(this));
}

// On the media thread.
void LegTransport::onRtp(pjmedia_tp_cb_param& packet) {
  const auto stream = stream_.read();
  if (!stream) return;
  auto& common = *static_cast<pjmedia_stream_common*>(stream->user_data);
  const auto rtp = packet.size > 0 ? parseRtp(packet.pkt, static_cast<std::size_t>(packet.size)) : std::nullopt;
  if (rtp && isRtcp(*rtp)) leg_->presence.hearReport(RtpClock::now());
  if (rtp && !isRtcp(*rtp) && isPeer(common, packet)) {
    const auto now = RtpClock::now();
    const bool decode = leg_->received(*rtp, now);
    if (!decode) {
      decoding_ = false;
      return account(common, *rtp, packet.pkt);
    }
    if (!std::exchange(decoding_, true)) beginDecoding(common);
  }
  packet.user_data = stream->user_data;
  stream->rtp_cb2(&packet);
}

void LegTransport::onRtcp(void* packet, pj_ssize_t size) {
  leg_->presence.hearReport(RtpClock::now());
  if (const auto stream = stream_.read()) stream->rtcp_cb(stream->user_data, packet, size);
}

// The stream judges a packet from elsewhere: the party may have moved, and then becomes its peer at the new address.
// There is no source address if the transport has judged the packet already.
bool LegTransport::isPeer(pjmedia_stream_common& stream, const pjmedia_tp_cb_param& packet) {
  if (packet.src_addr == nullptr) return true;
  if (pj_sockaddr_cmp(&stream.rem_rtp_addr, packet.src_addr) != 0) return false;
  stream.rtp_src_cnt = 0;
  stream.rem_rtp_flag = 1;  // the peer has been heard
  return true;
}

// Does what the stream itself does with a packet, except decoding it.
void LegTransport::account(pjmedia_stream_common& stream, const RtpPacket& packet, const void* data) {
  pjmedia_rtp_session& session = stream.dec->rtp;
  pjmedia_rtp_status status{};
  pjmedia_rtp_session_update2(&session, static_cast<const pjmedia_rtp_hdr*>(data), &status, PJ_FALSE);
  stream.rtcp.peer_ssrc = session.peer_ssrc;
  pjmedia_rtcp_rx_rtp2(&stream.rtcp, packet.sequence, packet.timestamp, static_cast<unsigned>(packet.size),
                       status.status.flag.bad != 0);
}

// The jitter buffer still holds audio from before.
void LegTransport::beginDecoding(pjmedia_stream_common& stream) {
  pj_mutex_lock(stream.jb_mutex);
  pjmedia_jbuf_reset(stream.jb);
  pj_mutex_unlock(stream.jb_mutex);
}

void LegTransport::reportIfDue(RtpClock::time_point now) {
  const auto stream = stream_.read();
  if (!stream) return;
  const auto time = now.time_since_epoch().count();
  if (reportedAt_ == 0) reportedAt_ = time;
  if (time - reportedAt_ < std::chrono::duration_cast<RtpClock::duration>(reportInterval).count()) return;
  auto& common = *static_cast<pjmedia_stream_common*>(stream->user_data);
  common.rtcp.stat.tx.pkt = leg_->sender().packets();  // else it would send a receiver report
  pjmedia_stream_send_rtcp(&common, PJ_TRUE, PJ_FALSE, PJ_FALSE, PJ_FALSE, PJ_FALSE, PJ_FALSE);
}

// The stream does not count the packets that others sent in its place (RFC 3550, 6.4.1).
pj_status_t LegTransport::report(const pj_sockaddr_t* to, unsigned length, const void* packet, pj_size_t size) {
  const auto now = RtpClock::now();
  reportedAt_ = now.time_since_epoch().count();
  auto* report = static_cast<pjmedia_rtcp_sr_pkt*>(const_cast<void*>(packet));
  const auto format = leg_->format();
  if (format && size >= sizeof(report->common) + sizeof(report->sr) && report->common.pt == 200) {
    report->sr.rtp_ts = pj_htonl(leg_->sender().timestampAt(now, format->clockRate));
    report->sr.sender_pcount = pj_htonl(leg_->sender().packets());
    report->sr.sender_bcount = pj_htonl(leg_->sender().octets());
  }
  return to == nullptr ? pjmedia_transport_send_rtcp(below_, packet, size)
                       : pjmedia_transport_send_rtcp2(below_, to, length, packet, size);
}

std::optional<AudioCodec> audioOf(const pjmedia_stream_info& info) {
  const std::string_view name = view(info.fmt.encoding_name);
  if (name == "opus") return AudioCodec::opus;
  if (info.fmt.pt == PJMEDIA_RTP_PT_G722) return AudioCodec::g722;
  if (info.fmt.clock_rate != lowestRate || info.fmt.channel_cnt != 1) return std::nullopt;
  if (name == "PCMA") return AudioCodec::pcma;
  if (name == "PCMU") return AudioCodec::pcmu;
  return std::nullopt;
}

// A number that the other side asked for (RFC 7587, 6.1).
std::optional<int> wish(const pjmedia_codec_param& param, std::string_view name) {
  const auto& wishes = param.setting.enc_fmtp;
  for (unsigned i = 0; i < wishes.cnt; ++i)
    if (view(wishes.param[i].name) == name) return static_cast<int>(pj_strtoul(&wishes.param[i].val));
  return std::nullopt;
}

// The settings that PJMEDIA's own encoder would get.
OpusSettings opusOf(const pjmedia_codec_param& param) {
  const auto& setting = param.setting;
  return {wish(param, "maxaveragebitrate").value_or(static_cast<int>(param.info.avg_bps)),
          static_cast<int>(setting.complexity),
          static_cast<int>(setting.packet_loss),
          wish(param, "useinbandfec").value_or(static_cast<int>(setting.plc)) != 0,
          wish(param, "usedtx").value_or(static_cast<int>(setting.vad)) != 0,
          wish(param, "cbr").value_or(static_cast<int>(setting.cbr)) == 0,
          wish(param, "stereo").value_or(0) != 0};
}

RtpFormat formatOf(const pjmedia_stream_info& info) {
  const auto& codec = info.param->info;
  const unsigned frameMs =
      codec.frm_ptime / std::max<unsigned>(1, codec.frm_ptime_denum) * info.param->setting.frm_per_pkt;
  const bool isG722 =
      info.fmt.pt == PJMEDIA_RTP_PT_G722;  // its RTP clock is 8000 by historical mistake (RFC 3551, 4.5.2)
  return {copy(info.fmt.encoding_name) + "/" + std::to_string(info.fmt.channel_cnt),
          audioOf(info),
          opusOf(*info.param),
          isG722 ? 8000 : info.fmt.clock_rate,
          frameMs,
          static_cast<std::uint8_t>(info.rx_pt),
          static_cast<std::uint8_t>(info.tx_pt),
          info.rx_event_pt > 0 ? info.rx_event_pt : -1,
          info.tx_event_pt > 0 ? info.tx_event_pt : -1,
          info.ssrc,
          (info.dir & PJMEDIA_DIR_DECODING) != 0,
          (info.dir & PJMEDIA_DIR_ENCODING) != 0};
}

}  // namespace

void insertLeg(pjsua_call_id call, unsigned line, const std::shared_ptr<RtpLeg>& leg) {
  pjmedia_transport*& transport = mediaTransportOf(call, line);
  // It is still there if a stream could not be created.
  if (transport->op != &operations) transport = new LegTransport(transport, leg);
}

void openLeg(pjsua_call_id call, unsigned line, pjmedia_stream* stream) {
  pjmedia_transport*& transport = mediaTransportOf(call, line);
  pjmedia_stream_info info;
  if (transport->op != &operations || pjmedia_stream_get_info(stream, &info) != PJ_SUCCESS) return;
  LegTransport& inserted = LegTransport::of(transport);
  transport = inserted.below();
  inserted.leg().open(formatOf(info), inserted, codecManager());
}

}  // namespace np
