#include "sip/message/sdes.h"

#include "base/pj.h"

#include <pjlib-util/base64.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <string>
#include <string_view>

namespace np {
namespace {

constexpr std::string_view spaces = " \t";
constexpr std::string_view inlineKey = "inline:";
constexpr std::size_t longestLine = 512;
constexpr unsigned largestTag = 999'999'999;

// Takes the next word from the text.
std::string_view nextWord(std::string_view& text) {
  const auto begin = std::min(text.find_first_not_of(spaces), text.size());
  const auto end = std::min(text.find_first_of(spaces, begin), text.size());
  const std::string_view word = text.substr(begin, end - begin);
  text.remove_prefix(end);
  return word;
}

std::optional<SrtpSuite> suiteNamed(std::string_view name) {
  for (const SrtpSuite suite : srtpSuites)
    if (nameOf(suite) == name) return suite;
  return std::nullopt;
}

std::optional<unsigned> tagIn(std::string_view word) {
  unsigned tag = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), tag);
  if (error != std::errc() || end != word.data() + word.size() || tag > largestTag) return std::nullopt;
  return tag;
}

// One key without a master key identifier; its lifetime is longer than any call.
std::optional<SrtpKey> keyIn(std::string_view word, SrtpSuite suite) {
  if (!word.starts_with(inlineKey) || word.find(';') != std::string_view::npos) return std::nullopt;
  word.remove_prefix(inlineKey.size());
  const auto bar = std::min(word.find('|'), word.size());
  if (word.substr(bar).find(':') != std::string_view::npos) return std::nullopt;
  const std::string text(word.substr(0, bar));
  SrtpKey key{suite};
  std::array<pj_uint8_t, 96> octets{};
  int size = octets.size();
  const pj_str_t encoded = borrow(text);
  if (pj_base64_decode(&encoded, octets.data(), &size) != PJ_SUCCESS || static_cast<std::size_t>(size) != key.size())
    return std::nullopt;
  std::copy_n(octets.begin(), key.size(), key.octets.begin());
  return key;
}

// The hint for how far packets may overtake each other may be ignored; all else would change what is sent.
bool areHarmless(std::string_view parameters) {
  for (auto word = nextWord(parameters); !word.empty(); word = nextWord(parameters))
    if (!word.starts_with("WSH=") && !word.starts_with("-")) return false;
  return true;
}

std::optional<CryptoLine> cryptoLineIn(std::string_view text) {
  if (text.size() > longestLine) return std::nullopt;
  const auto tag = tagIn(nextWord(text));
  const auto suite = suiteNamed(nextWord(text));
  if (!tag || !suite) return std::nullopt;
  const auto key = keyIn(nextWord(text), *suite);
  if (!key || !areHarmless(text)) return std::nullopt;
  return CryptoLine{*tag, *key};
}

}  // namespace

std::vector<CryptoLine> cryptoLinesIn(const pjmedia_sdp_media& media) {
  std::vector<CryptoLine> lines;
  for (unsigned i = 0; i < media.attr_count; ++i) {
    if (view(media.attr[i]->name) != "crypto") continue;
    if (const auto line = cryptoLineIn(view(media.attr[i]->value))) lines.push_back(*line);
  }
  return lines;
}

void addCryptoLine(pj_pool_t* pool, pjmedia_sdp_media& media, const CryptoLine& line) {
  char encoded[64];
  int size = sizeof(encoded);
  if (pj_base64_encode(line.key.octets.data(), static_cast<int>(line.key.size()), encoded, &size) != PJ_SUCCESS) return;
  const std::string text = std::to_string(line.tag) + " " + std::string(nameOf(line.key.suite)) + " " +
                           std::string(inlineKey) + std::string(encoded, static_cast<std::size_t>(size));
  const pj_str_t value = borrow(text);
  pjmedia_sdp_media_add_attr(&media, pjmedia_sdp_attr_create(pool, "crypto", &value));
}

bool demandsEncryption(const pjmedia_sdp_media& media) {
  const std::string_view profile = view(media.desc.transport);
  return profile == "RTP/SAVP" || profile == "RTP/SAVPF";
}

}  // namespace np
