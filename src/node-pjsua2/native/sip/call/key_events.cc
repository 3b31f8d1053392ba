#include "sip/call/key_events.h"

#include "base/pj.h"

#include <algorithm>
#include <bitset>
#include <charconv>
#include <string>
#include <string_view>

namespace np {
namespace {

constexpr std::size_t keyCount = 16;
using Keys = std::bitset<keyCount>;

const Keys everyKey = Keys().set();

std::size_t numberIn(std::string_view text, std::size_t otherwise) {
  std::size_t number = otherwise;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

// Reads numbers and ranges, such as "0-11,16".
Keys keysIn(std::string_view list) {
  Keys keys;
  while (!list.empty()) {
    const std::string_view range = list.substr(0, list.find(','));
    list.remove_prefix(std::min(list.size(), range.size() + 1));
    const std::size_t first = numberIn(range, keyCount);
    const auto dash = range.find('-');
    const std::size_t last = dash == std::string_view::npos ? first : numberIn(range.substr(dash + 1), 0);
    for (std::size_t key = first; key <= last && key < keyCount; ++key) keys.set(key);
  }
  return keys;
}

std::string listOf(const Keys& keys) {
  std::string list;
  for (std::size_t first = 0; first < keyCount; ++first) {
    if (!keys[first]) continue;
    std::size_t last = first;
    while (last + 1 < keyCount && keys[last + 1]) ++last;
    if (!list.empty()) list += ',';
    list += std::to_string(first);
    if (last > first) list += '-' + std::to_string(last);
    first = last;
  }
  return list;
}

bool isKeyEvent(const pjmedia_sdp_media* media, const pj_str_t& format) {
  const auto* attribute = pjmedia_sdp_attr_find2(media->attr_count, media->attr, "rtpmap", &format);
  pjmedia_sdp_rtpmap map;
  return attribute != nullptr && pjmedia_sdp_attr_get_rtpmap(attribute, &map) == PJ_SUCCESS &&
         pj_stricmp2(&map.enc_name, "telephone-event") == 0;
}

// Without a list, all keys are meant (RFC 4733, 2.4.1).
Keys keysOf(const pjmedia_sdp_media* media, const pj_str_t& format) {
  const auto* attribute = pjmedia_sdp_attr_find2(media->attr_count, media->attr, "fmtp", &format);
  if (attribute == nullptr) return everyKey;
  const std::string_view value = view(attribute->value);
  const auto space = value.find(' ');
  return space == std::string_view::npos ? everyKey : keysIn(value.substr(space + 1));
}

Keys offeredKeys(const pjmedia_sdp_media* media) {
  Keys keys = everyKey;
  for (unsigned i = 0; i < media->desc.fmt_count; ++i)
    if (isKeyEvent(media, media->desc.fmt[i])) keys &= keysOf(media, media->desc.fmt[i]);
  return keys.none() ? everyKey : keys;  // an offer of other events only, none of which ever comes
}

}  // namespace

void nameKeyEvents(pjmedia_sdp_session* ours, const pjmedia_sdp_session* offer, pj_pool_t* pool) {
  for (unsigned line = 0; line < ours->media_count; ++line) {
    pjmedia_sdp_media* media = ours->media[line];
    const bool answers = offer != nullptr && line < offer->media_count;
    const std::string keys = listOf(answers ? offeredKeys(offer->media[line]) : everyKey);
    for (unsigned i = 0; i < media->desc.fmt_count; ++i) {
      if (!isKeyEvent(media, media->desc.fmt[i])) continue;
      auto* attribute = pjmedia_sdp_attr_find2(media->attr_count, media->attr, "fmtp", &media->desc.fmt[i]);
      if (attribute == nullptr) continue;
      const std::string value = copy(media->desc.fmt[i]) + ' ' + keys;
      const pj_str_t text = borrow(value);
      pj_strdup(pool, &attribute->value, &text);
    }
  }
}

}  // namespace np
