#include "policy/error.hpp"

namespace nearshore {

Error::Error(ErrorKind k, std::string wrong, std::string place, std::string ok, std::string hint)
    : kind(k), what_is_wrong(std::move(wrong)), where(std::move(place)), allowed(std::move(ok)),
      suggestion(std::move(hint)) {
  if (!where.empty()) text += where + ": ";
  text += "error: " + what_is_wrong;
  if (!allowed.empty()) text += "; allowed: " + allowed;
  if (!suggestion.empty()) text += "; did you mean '" + suggestion + "'?";
}

} // namespace nearshore
