#include "media/rtp/relay_switch.h"

#include <algorithm>
#include <utility>

namespace np {
namespace {

bool canRelay(const RtpFormat& from, const RtpFormat& to) {
  return from.receives && to.sends && (sameCoding(from, to) || (from.audio && to.mixes()));
}

// The rate of the samples that are mixed; any rate where none are.
unsigned rateOf(const RtpLeg& leg) {
  const auto format = leg.format();
  return format && format->audio ? sampleRateOf(*format->audio) : lowestRate;
}

bool sameInputs(const std::vector<RtpMix::Input>& a, const std::vector<RtpMix::Input>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const auto& x, const auto& y) {
    return x.inlet == y.inlet && x.level == y.level && x.leveller == y.leveller;
  });
}

}  // namespace

void RelaySwitch::add(std::shared_ptr<RtpLeg> leg) {
  const Serial serial = leg->serial;
  legs_[serial].rtp = std::move(leg);
}

void RelaySwitch::remove(Serial serial) {
  const auto found = legs_.find(serial);
  if (found == legs_.end()) return;
  Leg leg = std::move(found->second);
  legs_.erase(found);
  leg.rtp->sendTo(nullptr);
  leg.rtp->hear(nullptr);
  for (auto& [other, source] : legs_)
    if (source.listeners.erase(serial) > 0) route(source);
}

std::set<Serial> RelaySwitch::arrange(Serial serial, const std::vector<Source>& sources) {
  std::set<Serial> relayed;
  const auto found = legs_.find(serial);
  if (found == legs_.end()) return relayed;
  Leg& sink = found->second;
  std::vector<Source> heard = relayable(sink, sources);
  for (const Source& source : heard) relayed.insert(source.serial);
  if (!heard.empty() && heard.size() < sources.size()) heard.push_back({serial, 1});
  mix(sink, heard);
  for (auto& [other, source] : legs_) {
    const bool listens = relayed.count(other) > 0;
    const bool changed = listens ? source.listeners.insert(serial).second : source.listeners.erase(serial) > 0;
    if (changed) route(source);
  }
  return relayed;
}

void RelaySwitch::decode(Serial serial, bool needed) {
  const auto found = legs_.find(serial);
  if (found == legs_.end() || std::exchange(found->second.decoded, needed) == needed) return;
  route(found->second);
}

// Audio that cannot be mixed can only be passed on unchanged.
std::vector<RelaySwitch::Source> RelaySwitch::relayable(const Leg& sink, const std::vector<Source>& sources) const {
  std::vector<Source> result;
  const auto to = sink.rtp->format();
  if (!to) return result;
  for (const Source& source : sources) {
    const auto leg = legs_.find(source.serial);
    const auto from = leg == legs_.end() ? std::nullopt : leg->second.rtp->format();
    if (from && canRelay(*from, *to)) result.push_back(source);
  }
  if (!to->mixes() && (sources.size() != 1 || result.empty() || result.front().gain != 1 || result.front().levelled))
    result.clear();
  return result;
}

void RelaySwitch::mix(Leg& sink, const std::vector<Source>& sources) {
  std::vector<RtpMix::Input> inputs;
  const unsigned rate = rateOf(*sink.rtp);
  for (const auto& [serial, gain, levelled, side] : sources) {
    const auto leg = legs_.find(serial);
    const unsigned sourceRate = leg == legs_.end() ? rate : rateOf(*leg->second.rtp);
    const auto known = std::find_if(sink.inputs.begin(), sink.inputs.end(), [&](const auto& input) {
      return input.inlet->source == serial && input.inlet->sourceRate == sourceRate && input.inlet->rate == rate &&
             input.side == side;
    });
    const bool goesOn = known != sink.inputs.end();
    inputs.push_back({goesOn ? known->inlet : std::make_shared<Inlet>(serial, sourceRate, rate),
                      static_cast<float>(gain), levelled ? leg->second.rtp->leveller : nullptr, side});
  }
  // A source that has left fades away if another one is still there to carry it.
  if (!inputs.empty())
    for (const auto& before : sink.inputs)
      if (before.level > 0 && before.inlet->rate == rate &&
          std::none_of(inputs.begin(), inputs.end(), [&](const auto& input) { return input.inlet == before.inlet; }))
        inputs.push_back({before.inlet, 0, nullptr, before.side});
  if (sameInputs(inputs, sink.inputs)) return;
  sink.inputs = inputs;
  sink.rtp->hear(inputs.empty() ? nullptr : std::make_unique<RtpMix>(RtpMix{std::move(inputs)}));
}

void RelaySwitch::route(const Leg& source) {
  auto route = std::make_unique<RtpRoute>();
  route->decoded = source.decoded;
  for (const Serial listener : source.listeners)
    if (const auto found = legs_.find(listener); found != legs_.end()) route->listeners.push_back(found->second.rtp);
  source.rtp->sendTo(std::move(route));
}

}  // namespace np
