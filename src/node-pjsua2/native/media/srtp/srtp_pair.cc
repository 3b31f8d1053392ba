#include "media/srtp/srtp_pair.h"

#include <algorithm>

namespace np {
namespace {

using Senders = std::vector<std::shared_ptr<SrtpSender>>;
using Receivers = std::vector<std::shared_ptr<SrtpReceiver>>;

// With the one of this key first; false if there is none.
template <class All>
bool bringForward(All& all, const SrtpKey& key) {
  const auto found = std::find_if(all.begin(), all.end(), [&](const auto& each) { return each->key == key; });
  if (found == all.end()) return false;
  std::rotate(all.begin(), found, found + 1);
  return true;
}

Senders sendersFor(const SrtpKey& key, Senders before) {
  if (!bringForward(before, key)) before.insert(before.begin(), std::make_shared<SrtpSender>(key));
  return before;
}

Receivers receiversFor(const SrtpKey& key, Receivers before) {
  if (bringForward(before, key)) return before;
  if (before.empty()) return {std::make_shared<SrtpReceiver>(key)};
  return {std::make_shared<SrtpReceiver>(key, before.front()->position()), before.front()};
}

}  // namespace

SrtpPair::SrtpPair(const SrtpKey& ours, const SrtpKey& theirs, const SrtpPair* before, OurKey kind)
    : kind_(kind),
      out_(sendersFor(ours, before == nullptr ? Senders() : before->lastingSenders())),
      in_(receiversFor(theirs, before == nullptr ? Receivers() : before->in_)) {}

std::vector<std::shared_ptr<SrtpSender>> SrtpPair::lastingSenders() const {
  return {kind_ == OurKey::lasting ? out_.begin() : out_.begin() + 1, out_.end()};
}

std::optional<std::size_t> SrtpPair::encrypt(Of of, std::uint8_t* packet, std::size_t size) const {
  SrtpSender& sender = *out_.front();
  return of == Of::rtp ? sender.protect(packet, size) : sender.protectReport(packet, size);
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
