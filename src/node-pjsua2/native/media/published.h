// A value that real-time threads read without locks while others replace it.
#pragma once

#include <atomic>
#include <memory>
#include <thread>

namespace np {

// Readers count themselves in and out and never wait. Whoever replaces the value waits until nobody reads the old one,
// which takes no longer than a packet. A reader must not replace the value it is reading.
template <class T>
class Published {
 public:
  Published() = default;
  ~Published() { delete current_.load(); }
  Published(const Published&) = delete;
  Published& operator=(const Published&) = delete;

  class Reader {
   public:
    explicit Reader(const Published& published) : published_(published) {
      published_.readers_.fetch_add(1);
      value_ = published_.current_.load();
    }
    ~Reader() { published_.readers_.fetch_sub(1); }
    Reader(const Reader&) = delete;
    Reader& operator=(const Reader&) = delete;

    explicit operator bool() const { return value_ != nullptr; }
    const T& operator*() const { return *value_; }
    const T* operator->() const { return value_; }

   private:
    const Published& published_;
    const T* value_;
  };

  // Null until something has been published.
  Reader read() const { return Reader(*this); }

  void publish(std::unique_ptr<const T> next) {
    const std::unique_ptr<const T> old(current_.exchange(next.release()));
    while (readers_.load() != 0) std::this_thread::yield();
  }

 private:
  std::atomic<const T*> current_{nullptr};
  mutable std::atomic<unsigned> readers_{0};
};

}  // namespace np
