// ITU-T G.722 at 64 kbit/s.
#pragma once

#include <pjmedia/codec.h>

#include <cstddef>
#include <cstdint>

namespace np {

// PJMEDIA's codec. Its encoding and decoding neither lock nor allocate as long as it does not detect silence or conceal
// losses, so both are off. It is created and destroyed on control threads only.
class G722 {
 public:
  // The manager owns the codec, and must outlive this.
  explicit G722(pjmedia_codec_mgr& manager);
  ~G722();
  G722(const G722&) = delete;
  G722& operator=(const G722&) = delete;

  // False if there is no such codec.
  explicit operator bool() const { return codec_ != nullptr; }

  void reset();

  // In whole pieces of 10 ms, which are 80 octets or 160 samples. They return the number of samples and of octets;
  // nothing is decoded if `room` is too small. Encoding overwrites the samples.
  std::size_t decode(const std::uint8_t* octets, std::size_t count, std::int16_t* samples, std::size_t room);
  std::size_t encode(std::int16_t* samples, std::size_t count, std::uint8_t* octets);

  // The delay of encoding and decoding together, at 16 kHz: that of the two filters that split and join the bands.
  static constexpr std::size_t delay = 22;

 private:
  pjmedia_codec_mgr& manager_;
  pjmedia_codec* codec_ = nullptr;
  pjmedia_codec_param param_{};
};

}  // namespace np
