#pragma once
// Words on how far work is. Nobody may be reading them any more, or the disk of a log may be full:
// that is no reason to stop.
#include <fmt/format.h>

#include <cstdio>
#include <utility>

namespace nearshore {

/// As fmt::print, but for a stream that cannot be written nothing happens.
template <class... Values>
void tell(std::FILE* stream, fmt::format_string<Values...> format, Values&&... values) {
  const auto text = fmt::format(format, std::forward<Values>(values)...);
  (void)std::fwrite(text.data(), 1, text.size(), stream);
}

} // namespace nearshore
