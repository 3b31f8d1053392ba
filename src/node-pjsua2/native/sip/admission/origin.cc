#include "sip/admission/origin.h"

#include "base/pj.h"

namespace np {
namespace {

// An Origin, in the memory of the message it belongs to.
struct KeptOrigin {
  Origin::Kind kind;
  pj_str_t name;
  Serial account;
  bool proven;
  Urgency urgency;
  Encryption encryption;
};

int slot = -1;

}  // namespace

std::string ownerOf(const Origin& origin) {
  switch (origin.kind) {
    case Origin::Kind::user:
      return "user " + origin.name;
    case Origin::Kind::peer:
      return "peer " + origin.name;
    case Origin::Kind::account:
      break;
  }
  return "account " + std::to_string(origin.account);
}

void keepOriginsAt(int moduleId) { slot = moduleId; }

void keepOrigin(pjsip_rx_data* invite, const Origin& origin) {
  pj_pool_t* pool = invite->tp_info.pool;
  auto* kept = static_cast<KeptOrigin*>(pj_pool_alloc(pool, sizeof(KeptOrigin)));
  *kept = {origin.kind, {}, origin.account, origin.proven, origin.urgency, origin.encryption};
  const pj_str_t name = borrow(origin.name);
  pj_strdup(pool, &kept->name, &name);
  invite->endpt_info.mod_data[slot] = kept;
}

std::optional<Origin> admittedOrigin(const pjsip_rx_data* message) {
  if (slot < 0) return std::nullopt;
  const auto* kept = static_cast<const KeptOrigin*>(message->endpt_info.mod_data[slot]);
  if (kept == nullptr) return std::nullopt;
  return Origin{kept->kind, copy(kept->name), kept->account, kept->proven, kept->urgency, kept->encryption};
}

}  // namespace np
