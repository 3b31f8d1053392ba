// Decides which audio goes packet by packet, and routes the legs accordingly.
#pragma once

#include "base/event.h"
#include "media/rtp/rtp_leg.h"

#include <map>
#include <memory>
#include <set>
#include <vector>

namespace np {

// Used under the conference's lock.
class RelaySwitch {
 public:
  struct Source {
    Serial serial;
    double gain;            // linear
    bool levelled = false;  // brought to the nominal level first
    Side side = Side::both;
  };

  void add(std::shared_ptr<RtpLeg> leg);
  // Once this returns, the leg hears nobody and nobody hears it.
  void remove(Serial leg);

  // Sets everyone whom a sink hears. Returns those whose packets are relayed to it; the bridge has to mix the rest.
  std::set<Serial> arrange(Serial sink, const std::vector<Source>& sources);

  // Whether the bridge needs the leg's audio.
  void decode(Serial leg, bool needed);

 private:
  struct Leg {
    std::shared_ptr<RtpLeg> rtp;
    std::vector<RtpMix::Input> inputs;
    std::set<Serial> listeners;
    bool decoded = false;
  };

  std::vector<Source> relayable(const Leg& sink, const std::vector<Source>& sources) const;
  void mix(Leg& sink, const std::vector<Source>& sources);
  void route(const Leg& source);

  std::map<Serial, Leg> legs_;
};

}  // namespace np
