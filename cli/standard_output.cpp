#include "cli/standard_output.hpp"

#include <cerrno>
#include <iostream>
#include <unistd.h>

namespace nearshore {

StandardOutput::StandardOutput() : before(std::cout.rdbuf(this)) {
  setp(buffer.data(), buffer.data() + buffer.size());
}

StandardOutput::~StandardOutput() {
  sync();
  std::cout.rdbuf(before);
}

int StandardOutput::sync() {
  const char* at = pbase();
  while (at < pptr() && code == 0) {
    const auto n = ::write(STDOUT_FILENO, at, static_cast<std::size_t>(pptr() - at));
    if (n < 0 && errno != EINTR)
      code = errno;
    else if (n > 0)
      at += n;
  }
  setp(buffer.data(), buffer.data() + buffer.size());
  return code == 0 ? 0 : -1;
}

StandardOutput::int_type StandardOutput::overflow(int_type c) {
  if (sync() != 0) return traits_type::eof();
  if (!traits_type::eq_int_type(c, traits_type::eof())) sputc(traits_type::to_char_type(c));
  return traits_type::not_eof(c);
}

} // namespace nearshore
