requests.o: sip/admission/requests.cc sip/admission/requests.h \
 sip/admission/callers.h sip/admission/gate.h \
 sip/authentication/authenticator.h sip/authentication/digest.h \
 sip/authentication/nonce.h sip/admission/md5_fallback.h \
 sip/admission/rate_limit.h base/allowance.h sip/admission/rejections.h \
 base/event.h sip/registrar/location.h sip/admission/unanswered.h \
 sip/admission/origin.h sip/admission/leg_shares.h sip/admission/peers.h \
 sip/admission/connections.h sip/admission/connection_table.h \
 core/endpoint.h bridge/bridge_clock.h bridge/conference.h base/errors.h \
 media/rtp/relay_switch.h media/rtp/rtp_leg.h \
 media/loudness/level_meter.h media/codec/g711.h \
 media/loudness/leveller.h media/loudness/loudness_meter.h \
 media/loudness/k_weighting.h media/loudness/presence.h media/published.h \
 media/rtp/received_audio.h media/codec/audio_decoder.h \
 media/codec/audio_codec.h media/codec/payload_history.h \
 media/rtp/rtp_packet.h media/rtp/rtp_sender.h \
 media/codec/audio_encoder.h media/rtp/rtp_numbering.h \
 media/rtp/rtp_mixer.h media/rtp/inlet.h media/rtp/packet_rhythm.h \
 media/codec/resampler.h media/sample_ring.h media/rtp/mixed_frame.h \
 media/rtp/side.h media/rtp/rtp_timeline.h base/event_queue.h \
 node/handles.h media/media_poller.h sip/sip_poller.h bridge/watch.h \
 sip/admission/request_checks.h sip/call/call.h sip/call/digit_sender.h \
 sip/call/digits.h sip/call/referral.h sip/call/remote_identity.h \
 sip/call/session_timer.h sip/message/capabilities.h \
 sip/message/message.h sip/message/sdp_addresses.h \
 sip/registrar/registrar.h base/pj.h
sip/admission/requests.h:
sip/admission/callers.h:
sip/admission/gate.h:
sip/authentication/authenticator.h:
sip/authentication/digest.h:
sip/authentication/nonce.h:
sip/admission/md5_fallback.h:
sip/admission/rate_limit.h:
base/allowance.h:
sip/admission/rejections.h:
base/event.h:
sip/registrar/location.h:
sip/admission/unanswered.h:
sip/admission/origin.h:
sip/admission/leg_shares.h:
sip/admission/peers.h:
sip/admission/connections.h:
sip/admission/connection_table.h:
core/endpoint.h:
bridge/bridge_clock.h:
bridge/conference.h:
base/errors.h:
media/rtp/relay_switch.h:
media/rtp/rtp_leg.h:
media/loudness/level_meter.h:
media/codec/g711.h:
media/loudness/leveller.h:
media/loudness/loudness_meter.h:
media/loudness/k_weighting.h:
media/loudness/presence.h:
media/published.h:
media/rtp/received_audio.h:
media/codec/audio_decoder.h:
media/codec/audio_codec.h:
media/codec/payload_history.h:
media/rtp/rtp_packet.h:
media/rtp/rtp_sender.h:
media/codec/audio_encoder.h:
media/rtp/rtp_numbering.h:
media/rtp/rtp_mixer.h:
media/rtp/inlet.h:
media/rtp/packet_rhythm.h:
media/codec/resampler.h:
media/sample_ring.h:
media/rtp/mixed_frame.h:
media/rtp/side.h:
media/rtp/rtp_timeline.h:
base/event_queue.h:
node/handles.h:
media/media_poller.h:
sip/sip_poller.h:
bridge/watch.h:
sip/admission/request_checks.h:
sip/call/call.h:
sip/call/digit_sender.h:
sip/call/digits.h:
sip/call/referral.h:
sip/call/remote_identity.h:
sip/call/session_timer.h:
sip/message/capabilities.h:
sip/message/message.h:
sip/message/sdp_addresses.h:
sip/registrar/registrar.h:
base/pj.h:
