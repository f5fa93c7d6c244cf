#include "output/hdf5_handle.hpp"

#include <algorithm>
#include <cstdlib>
#include <cstring>

namespace nearshore::hdf5 {
namespace {

/// Keeps the innermost message: the outer ones only say which call failed.
herr_t innermost(unsigned, const H5E_error2_t* error, void* message) {
  if (error->desc != nullptr && *error->desc != '\0')
    *static_cast<std::string*>(message) = error->desc;
  return 0;
}

Handle scalar() {
  return own(H5Screate(H5S_SCALAR), H5Sclose, "describe a single value");
}

void write(hid_t object, const char* name, hid_t type, hid_t space, const void* value) {
  const Handle attribute = own(H5Acreate2(object, name, type, space, H5P_DEFAULT, H5P_DEFAULT),
                               H5Aclose, "create an attribute");
  check(H5Awrite(attribute, type, value), "write an attribute");
}

} // namespace

std::unique_lock<std::mutex> lock() {
  static std::mutex mutex;
  std::unique_lock held{mutex};
  // Everything is closed by its owner. The library's own cleaning at exit would only try again to
  // write what an input/output error left over, and crashes on it (1.10.8).
  [[maybe_unused]] static const herr_t own_cleaning = H5dont_atexit();
  H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
  return held;
}

void fail(const std::string& doing, ErrorKind kind) {
  std::string reason;
  H5Ewalk2(H5E_DEFAULT, H5E_WALK_DOWNWARD, innermost, &reason);
  H5Eclear2(H5E_DEFAULT);
  // The library tells the system's reason in words only.
  const auto place = reason.find("errno = ");
  const int number = place == std::string::npos ? 0 : std::atoi(reason.c_str() + place + 8);
  if (number != 0) reason = std::strerror(number); // the rest are addresses and a time of day
  if (kind == ErrorKind::resource && number != 0)
    kind = kind_of_errno(number);
  else if (kind == ErrorKind::resource && reason.find("allocat") != std::string::npos)
    kind = ErrorKind::memory;
  std::replace(reason.begin(), reason.end(), '\n', ' ');
  throw Error{kind, "cannot " + doing + (reason.empty() ? "" : ": " + reason)};
}

void write_attribute(hid_t object, const char* name, const std::string& text) {
  const Handle type = own(H5Tcopy(H5T_C_S1), H5Tclose, "describe text");
  check(H5Tset_size(type, text.empty() ? 1 : text.size()), "describe text");
  check(H5Tset_strpad(type, H5T_STR_NULLTERM), "describe text");
  check(H5Tset_cset(type, H5T_CSET_UTF8), "describe text");
  // NULLTERM says what readers may expect; the length alone delimits, as netCDF-C writes it.
  write(object, name, type, scalar(), text.c_str());
}

void write_long_attribute(hid_t object, const char* name, const std::string& text) {
  const char* start = text.c_str();
  write(object, name, text_type(), scalar(), &start);
}

void write_attribute(hid_t object, const char* name, std::int64_t value) {
  write(object, name, H5T_STD_I64LE, scalar(), &value);
}

void write_attribute(hid_t object, const char* name, double value) {
  write(object, name, H5T_IEEE_F64LE, scalar(), &value);
}

Handle text_type() {
  Handle type = own(H5Tcopy(H5T_C_S1), H5Tclose, "describe text");
  check(H5Tset_size(type, H5T_VARIABLE), "describe text");
  check(H5Tset_cset(type, H5T_CSET_UTF8), "describe text");
  return type;
}

} // namespace nearshore::hdf5
