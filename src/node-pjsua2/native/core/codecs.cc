#include "core/codecs.h"

#include "base/errors.h"
#include "base/pj.h"

#include <pjsua-lib/pjsua.h>

#include <map>

namespace np {
namespace {

const std::map<std::string, std::string>& ids() {
  static const std::map<std::string, std::string> known = {
      {"PCMU", "PCMU/8000/1"}, {"PCMA", "PCMA/8000/1"}, {"G722", "G722/16000/1"}, {"opus", "opus/48000/2"}};
  return known;
}

void disableAll() {
  pjsua_codec_info codecs[64];
  unsigned count = PJ_ARRAY_SIZE(codecs);
  check(pjsua_enum_codecs(codecs, &count), "pjsua_enum_codecs");
  for (unsigned i = 0; i < count; ++i)
    check(pjsua_codec_set_priority(&codecs[i].codec_id, PJMEDIA_CODEC_PRIO_DISABLED), "pjsua_codec_set_priority");
}

}  // namespace

void preferCodecs(const std::vector<std::string>& names) {
  disableAll();
  unsigned priority = PJMEDIA_CODEC_PRIO_HIGHEST;
  for (const auto& name : names) {
    const auto id = ids().find(name);
    if (id == ids().end()) throw WrongArgument("codec '" + name + "' is unknown");
    const pj_str_t codec = borrow(id->second);
    check(pjsua_codec_set_priority(&codec, static_cast<pj_uint8_t>(priority--)), "pjsua_codec_set_priority");
  }
}

}  // namespace np
