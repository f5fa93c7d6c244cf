#pragma once
// HDF5 identifiers that close themselves, and HDF5's errors as ours. Only .cpp files of output/
// include this. The library keeps global state and Debian's build takes no lock: hold hdf5::lock()
// around a batch of calls.
#include "policy/error.hpp"

#include <hdf5.h>

#include <cstdint>
#include <mutex>
#include <string>
#include <utility>

namespace nearshore::hdf5 {

/// Owns one identifier.
class Handle {
public:
  using Close = herr_t (*)(hid_t);
  Handle() = default;
  Handle(hid_t identifier, Close with) : id(identifier), closer(with) {}
  Handle(Handle&& other) noexcept
      : id(std::exchange(other.id, H5I_INVALID_HID)), closer(other.closer) {}
  Handle& operator=(Handle&& other) noexcept {
    std::swap(id, other.id);
    std::swap(closer, other.closer);
    return *this;
  }
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;
  ~Handle() { (void)close(); }

  operator hid_t() const { return id; } // NOLINT: handles are passed to the C interface everywhere
  /// Closes now; false if HDF5 could not write what it still held.
  bool close() {
    const hid_t open = std::exchange(id, H5I_INVALID_HID);
    return open < 0 || closer(open) >= 0;
  }

private:
  hid_t id{H5I_INVALID_HID};
  Close closer{nullptr};
};

/// The one lock around the library, also turns its own printing of errors off.
std::unique_lock<std::mutex> lock();

/// Throws Error of `kind`: "cannot <doing>: <HDF5's innermost reason>".
[[noreturn]] void fail(const std::string& doing, ErrorKind kind = ErrorKind::resource);

inline void check(herr_t status, const char* doing) {
  if (status < 0) fail(doing);
}
inline Handle own(hid_t id, Handle::Close close, const char* doing) {
  if (id < 0) fail(doing);
  return {id, close};
}

/// Text as netCDF's classic character attribute, so that every reader shows units and names.
void write_attribute(hid_t object, const char* name, const std::string& text);
/// Text of any length (an attribute of the other kind holds at most 64 KiB).
void write_long_attribute(hid_t object, const char* name, const std::string& text);
void write_attribute(hid_t object, const char* name, std::int64_t value);
void write_attribute(hid_t object, const char* name, double value);

/// Variable-length UTF-8 text, the type of all labels: fixed-length labels crash
/// python3-netcdf4 1.6.2.
Handle text_type();

} // namespace nearshore::hdf5
