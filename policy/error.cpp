#include "policy/error.hpp"

#include "policy/one_line.hpp"

#include <cerrno>

namespace nearshore {

Error::Error(ErrorKind k, std::string wrong, std::string place, std::string ok, std::string hint)
    : kind(k), what_is_wrong(std::move(wrong)), where(std::move(place)), allowed(std::move(ok)),
      suggestion(std::move(hint)) {
  if (!where.empty()) text += where + ": ";
  text += "error: " + what_is_wrong;
  if (!allowed.empty()) text += "; allowed: " + allowed;
  if (!suggestion.empty()) text += "; did you mean '" + suggestion + "'?";
  text = one_line(text);
}

ErrorKind kind_of_errno(int code) {
  switch (code) {
  case ENOSPC:
  case EDQUOT:
    return ErrorKind::disk_full;
  case EFBIG:
    return ErrorKind::file_size;
  case EPIPE:
    return ErrorKind::closed_pipe;
  case ENOMEM:
    return ErrorKind::memory;
  default:
    return ErrorKind::resource;
  }
}

} // namespace nearshore
