#include "sip/admission/connection_table.h"

#include <algorithm>

namespace np {
namespace {

std::size_t countOf(const std::unordered_map<std::string, std::size_t>& counts, const std::string& key) {
  const auto found = counts.find(key);
  return found == counts.end() ? 0 : found->second;
}

void lower(std::unordered_map<std::string, std::size_t>& counts, const std::string& key) {
  const auto found = counts.find(key);
  if (found != counts.end() && --found->second == 0) counts.erase(found);
}

}  // namespace

ConnectionTable::Ids ConnectionTable::opened(Id id, const std::string& address, TimePoint now) {
  closed(id);
  Ids leaving;
  if (countOf(unprovenByAddress_, address) >= limits_.unprovenPerAddress)
    leaving.push_back(oldestOf(address));
  else if (unproven_ >= limits_.unproven)
    leaving.push_back(oldestOf(busiest()));
  for (const Id old : leaving) closed(old);
  connections_.emplace(id, Connection{address, {}, now});
  ++unprovenByAddress_[address];
  ++unproven_;
  return leaving;
}

ConnectionTable::Ids ConnectionTable::proven(Id id, const std::string& owner) {
  const auto found = connections_.find(id);
  if (found == connections_.end() || found->second.owner == owner) return {};
  const std::string address = found->second.address;
  const TimePoint opened = found->second.opened;
  closed(id);
  const std::size_t proven = connections_.size() - unproven_;
  if (countOf(provenByOwner_, owner) >= limits_.perOwner || proven >= limits_.proven) return {id};
  connections_.emplace(id, Connection{address, owner, opened});
  ++provenByOwner_[owner];
  return {};
}

void ConnectionTable::closed(Id id) {
  const auto found = connections_.find(id);
  if (found == connections_.end()) return;
  const Connection& connection = found->second;
  if (connection.owner.empty()) {
    lower(unprovenByAddress_, connection.address);
    --unproven_;
  } else {
    lower(provenByOwner_, connection.owner);
  }
  connections_.erase(found);
}

ConnectionTable::Ids ConnectionTable::overdue(TimePoint now) const {
  Ids ids;
  for (const auto& [id, connection] : connections_)
    if (connection.owner.empty() && now - connection.opened >= limits_.patience) ids.push_back(id);
  return ids;
}

ConnectionTable::Ids ConnectionTable::all() const {
  Ids ids;
  for (const auto& entry : connections_) ids.push_back(entry.first);
  return ids;
}

ConnectionTable::Id ConnectionTable::oldestOf(const std::string& address) const {
  Id oldest = nullptr;
  TimePoint since = TimePoint::max();
  for (const auto& [id, connection] : connections_) {
    if (!connection.owner.empty() || connection.address != address || connection.opened >= since) continue;
    oldest = id;
    since = connection.opened;
  }
  return oldest;
}

const std::string& ConnectionTable::busiest() const {
  const auto most = std::max_element(unprovenByAddress_.begin(), unprovenByAddress_.end(),
                                     [](const auto& a, const auto& b) { return a.second < b.second; });
  return most->first;
}

}  // namespace np
