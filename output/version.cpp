#include "output/version.hpp"

#include "git_commit.inc" // made at build time: cmake/git_commit.cmake

namespace nearshore {
std::string_view version() {
  return "0.1.0";
}
std::string_view git_commit() {
  return NEARSHORE_GIT_COMMIT;
}
} // namespace nearshore
