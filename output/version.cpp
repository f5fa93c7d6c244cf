#include "output/version.hpp"

#include "git_commit.inc" // made at build time: cmake/git_commit.cmake

namespace nearshore {
std::string_view version() {
  return "0.1.0";
}
std::string_view git_commit() {
  return NEARSHORE_GIT_COMMIT;
}
std::string build() {
#ifdef __clang__
  const std::string compiler = "clang++ " __clang_version__;
#else
  const std::string compiler = "g++ " __VERSION__;
#endif
#ifdef __OPTIMIZE__
  return compiler + ", optimised";
#else
  return compiler + ", not optimised";
#endif
}
} // namespace nearshore
