#include "output/hdf5_parts.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <unistd.h>

namespace nearshore::hdf5 {
namespace {

constexpr std::size_t kPiece = std::size_t{1} << 16;
constexpr std::uint64_t kMostAxes = H5S_MAX_RANK;
constexpr std::uint32_t kLongestFixed = std::uint32_t{1}
                                        << 24; // a configuration that netCDF stored

[[noreturn]] void damaged(const std::string& what) {
  throw Error{ErrorKind::resource, what};
}

hid_t integer_of(std::uint32_t size, bool is_signed) {
  switch (size) {
  case 1:
    return is_signed ? H5T_STD_I8LE : H5T_STD_U8LE;
  case 2:
    return is_signed ? H5T_STD_I16LE : H5T_STD_U16LE;
  case 4:
    return is_signed ? H5T_STD_I32LE : H5T_STD_U32LE;
  case 8:
    return is_signed ? H5T_STD_I64LE : H5T_STD_U64LE;
  default:
    damaged("integers of " + std::to_string(size) + " bytes");
  }
}

hid_t number_of(std::uint32_t size) {
  if (size != 4 && size != 8) damaged("numbers of " + std::to_string(size) + " bytes");
  return size == 4 ? H5T_IEEE_F32LE : H5T_IEEE_F64LE;
}

} // namespace

Handle hdf5_type(const PartType& t) {
  switch (t.kind) {
  case PartType::integer:
  case PartType::natural:
    return own(H5Tcopy(integer_of(t.size, t.kind == PartType::integer)), H5Tclose, "copy a type");
  case PartType::number:
    return own(H5Tcopy(number_of(t.size)), H5Tclose, "copy a type");
  case PartType::fixed_text:
  case PartType::text:
    break;
  default:
    damaged("values of an unknown kind");
  }
  const bool fixed = t.kind == PartType::fixed_text;
  if (fixed && (t.size == 0 || t.size > kLongestFixed))
    damaged("texts of " + std::to_string(t.size) + " bytes");
  if (t.letters > H5T_CSET_UTF8 || t.padding > H5T_STR_SPACEPAD) damaged("texts of another kind");
  Handle type = own(H5Tcopy(H5T_C_S1), H5Tclose, "describe text");
  check(H5Tset_size(type, fixed ? t.size : H5T_VARIABLE), "describe text");
  check(H5Tset_cset(type, static_cast<H5T_cset_t>(t.letters)), "describe text");
  check(H5Tset_strpad(type, static_cast<H5T_str_t>(t.padding)), "describe text");
  return type;
}

PartType part_type_of(hid_t type) {
  PartType t;
  t.size = static_cast<std::uint32_t>(std::min<std::size_t>(H5Tget_size(type), UINT32_MAX));
  switch (H5Tget_class(type)) {
  case H5T_INTEGER:
    t.kind = H5Tget_sign(type) == H5T_SGN_NONE ? PartType::natural : PartType::integer;
    break;
  case H5T_FLOAT:
    t.kind = PartType::number;
    break;
  case H5T_STRING: {
    const bool any_length = H5Tis_variable_str(type) > 0;
    t.kind = any_length ? PartType::text : PartType::fixed_text;
    if (any_length) t.size = 0;
    t.letters = static_cast<std::uint8_t>(H5Tget_cset(type));
    t.padding = static_cast<std::uint8_t>(H5Tget_strpad(type));
    break;
  }
  default:
    damaged("values of a kind that no file of this program holds");
  }
  (void)hdf5_type(t); // refuses sizes that there are not
  return t;
}

bool belongs_to_scales(const std::string& attribute) {
  return attribute == "DIMENSION_LIST" || attribute == "REFERENCE_LIST" || attribute == "CLASS" ||
         attribute == "NAME";
}

void PartWriter::bytes(const void* from, std::size_t n) {
  const auto* begin = static_cast<const char*>(from);
  waiting.insert(waiting.end(), begin, begin + n);
  if (waiting.size() >= kPiece) flush();
}

void PartWriter::flush() {
  const char* from = waiting.data();
  for (std::size_t n = waiting.size(); n > 0;) {
    const auto written = ::write(descriptor, from, n);
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) ::_exit(EXIT_FAILURE);
    from += written;
    n -= static_cast<std::size_t>(written);
  }
  waiting.clear();
}

void PartWriter::text(const std::string& s) {
  number(s.size());
  bytes(s.data(), s.size());
}

void PartWriter::type(const PartType& t) {
  for (const std::uint64_t n : {std::uint64_t{t.kind}, std::uint64_t{t.size},
                                std::uint64_t{t.letters}, std::uint64_t{t.padding}})
    number(n);
}

void PartWriter::shape(const std::vector<hsize_t>& lengths) {
  number(lengths.size());
  for (const auto n : lengths)
    number(n);
}

void PartReader::take(void* to, std::size_t n) {
  auto* out = static_cast<char*>(to);
  if (n > left) throw Error{ErrorKind::memory, "more values than there is memory for"};
  left -= n;
  while (n > 0) {
    if (at == buffer.size()) {
      buffer.resize(kPiece);
      const auto got = ::read(descriptor, buffer.data(), buffer.size());
      buffer.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
      at = 0;
      if (got < 0 && errno == EINTR) continue;
      if (got <= 0) damaged("it ends early");
    }
    const auto now = std::min(n, buffer.size() - at);
    std::memcpy(out, buffer.data() + at, now);
    at += now;
    out += now;
    n -= now;
  }
}

char PartReader::letter() {
  char c = 0;
  take(&c, 1);
  return c;
}

std::uint64_t PartReader::number() {
  std::uint64_t n = 0;
  take(&n, sizeof n);
  return n;
}

std::vector<char> PartReader::bytes(std::uint64_t n) {
  std::vector<char> values;
  while (values.size() < n) {
    const auto before = values.size();
    values.resize(before + static_cast<std::size_t>(std::min<std::uint64_t>(n - before, kPiece)));
    take(values.data() + before, values.size() - before);
  }
  return values;
}

std::string PartReader::text() {
  const auto letters = bytes(number());
  return {letters.begin(), letters.end()};
}

PartType PartReader::type() {
  const auto kind = number(), size = number(), letters = number(), padding = number();
  if (kind > PartType::text || size > UINT32_MAX || letters > UINT8_MAX || padding > UINT8_MAX)
    damaged("values of an unknown kind");
  return {static_cast<PartType::Class>(kind), static_cast<std::uint32_t>(size),
          static_cast<std::uint8_t>(letters), static_cast<std::uint8_t>(padding)};
}

std::vector<hsize_t> PartReader::shape() {
  const auto rank = number();
  if (rank > kMostAxes) damaged("too many axes");
  std::vector<hsize_t> lengths(static_cast<std::size_t>(rank));
  for (auto& n : lengths)
    n = number();
  return lengths;
}

} // namespace nearshore::hdf5
