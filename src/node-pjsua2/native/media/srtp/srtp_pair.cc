#include "media/srtp/srtp_pair.h"

#include <algorithm>

namespace np {
namespace {

using Receivers = std::vector<std::shared_ptr<SrtpReceiver>>;

Receivers receiversFor(const SrtpKey& key, const Receivers& before) {
  auto fresh = std::make_shared<SrtpReceiver>(key);
  if (before.empty()) return {std::move(fresh)};
  const SrtpKey& last = before.front()->key;
  if (last == key) return before;
  const auto heard = std::find_if(before.begin(), before.end(),
                                  [&](const auto& receiver) { return receiver->key == last && receiver->position(); });
  if (heard == before.end()) return {std::move(fresh), before.front()};
  return {std::move(fresh), std::make_shared<SrtpReceiver>(key, (*heard)->position()), *heard};
}

}  // namespace

SrtpPair::SrtpPair(const SrtpKey& ours, const SrtpKey& theirs, const SrtpPair* before)
    : out_(before != nullptr && before->out_->key == ours ? before->out_ : std::make_shared<SrtpSender>(ours)),
      in_(receiversFor(theirs, before == nullptr ? Receivers() : before->in_)) {}

std::optional<std::size_t> SrtpPair::encrypt(Of of, std::uint8_t* packet, std::size_t size) const {
  return of == Of::rtp ? out_->protect(packet, size) : out_->protectReport(packet, size);
}

std::optional<std::size_t> SrtpPair::decrypt(Of of, const std::uint8_t* packet, std::size_t size,
                                             std::uint8_t* plain) const {
  for (const auto& receiver : in_)
    if (const auto inner =
            of == Of::rtp ? receiver->unprotect(packet, size, plain) : receiver->unprotectReport(packet, size, plain))
      return inner;
  return std::nullopt;
}

}  // namespace np
