// The registry that owns the native objects: JavaScript only knows their serials.
#pragma once

#include "base/errors.h"
#include "base/event.h"

#include <atomic>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

namespace np {

// Serials are never reused in a process, so a stale handle cannot name a new object.
inline Serial nextSerial() {
  static std::atomic<Serial> last{0};
  return ++last;
}

// `T` may be incomplete where a registry is declared. Every method may be called from any thread; the lock is held only
// for the look-up, never while PJSIP is called.
template <class T>
class Registry {
 public:
  explicit Registry(const char* noun) : noun_(noun) {}

  void add(Serial serial, std::shared_ptr<T> object) {
    const std::lock_guard lock(mutex_);
    objects_.emplace(serial, std::move(object));
  }

  std::shared_ptr<T> find(Serial serial) const {
    const std::lock_guard lock(mutex_);
    const auto found = objects_.find(serial);
    return found == objects_.end() ? nullptr : found->second;
  }

  // For calls from JavaScript, where an unknown serial means a closed object.
  std::shared_ptr<T> require(Serial serial) const {
    auto object = find(serial);
    if (!object) throw InvalidState(std::string("the ") + noun_ + " is closed");
    return object;
  }

  std::shared_ptr<T> remove(Serial serial) {
    const std::lock_guard lock(mutex_);
    const auto found = objects_.find(serial);
    if (found == objects_.end()) return nullptr;
    auto object = std::move(found->second);
    objects_.erase(found);
    return object;
  }

  void clear() {
    std::unordered_map<Serial, std::shared_ptr<T>> objects;
    const std::lock_guard lock(mutex_);
    objects.swap(objects_);
  }

  std::vector<std::shared_ptr<T>> all() const {
    const std::lock_guard lock(mutex_);
    std::vector<std::shared_ptr<T>> result;
    result.reserve(objects_.size());
    for (const auto& [serial, object] : objects_) result.push_back(object);
    return result;
  }

  std::size_t size() const {
    const std::lock_guard lock(mutex_);
    return objects_.size();
  }

 private:
  const char* noun_;
  mutable std::mutex mutex_;
  std::unordered_map<Serial, std::shared_ptr<T>> objects_;
};

}  // namespace np
