#include "media/codec/g722.h"

namespace np {
namespace {

constexpr std::size_t pieceOctets = 80;
constexpr std::size_t pieceSamples = 160;

}  // namespace

G722::G722(pjmedia_codec_mgr& manager) : manager_(manager) {
  const pj_str_t name = pj_str(const_cast<char*>("G722/16000/1"));
  const pjmedia_codec_info* info = nullptr;
  unsigned count = 1;
  if (pjmedia_codec_mgr_find_codecs_by_id(&manager, &name, &count, &info, nullptr) != PJ_SUCCESS || count == 0 ||
      pjmedia_codec_mgr_get_default_param(&manager, info, &param_) != PJ_SUCCESS)
    return;
  param_.setting.vad = 0;
  param_.setting.plc = 0;
  if (pjmedia_codec_mgr_alloc_codec(&manager, info, &codec_) != PJ_SUCCESS) codec_ = nullptr;
  if (codec_ != nullptr) reset();
}

G722::~G722() {
  if (codec_ != nullptr) pjmedia_codec_mgr_dealloc_codec(&manager_, codec_);
}

void G722::reset() { pjmedia_codec_open(codec_, &param_); }

std::size_t G722::decode(const std::uint8_t* octets, std::size_t count, std::int16_t* samples, std::size_t room) {
  if (2 * count > room) return 0;
  std::size_t made = 0;
  for (std::size_t at = 0; at + pieceOctets <= count; at += pieceOctets) {
    pjmedia_frame in{}, out{};
    in.type = PJMEDIA_FRAME_TYPE_AUDIO;
    in.buf = const_cast<std::uint8_t*>(octets + at);
    in.size = pieceOctets;
    out.buf = samples + made;
    out.size = pieceSamples * sizeof(std::int16_t);
    if (pjmedia_codec_decode(codec_, &in, static_cast<unsigned>(out.size), &out) != PJ_SUCCESS) break;
    made += pieceSamples;
  }
  return made;
}

std::size_t G722::encode(std::int16_t* samples, std::size_t count, std::uint8_t* octets) {
  pjmedia_frame in{}, out{};
  in.type = PJMEDIA_FRAME_TYPE_AUDIO;
  in.buf = samples;
  in.size = count * sizeof(std::int16_t);
  out.buf = octets;
  return pjmedia_codec_encode(codec_, &in, static_cast<unsigned>(count), &out) == PJ_SUCCESS ? out.size : 0;
}

}  // namespace np
