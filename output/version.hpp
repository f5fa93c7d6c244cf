#pragma once
#include <string_view>

namespace nearshore {
/// The program's version, e.g. "0.1.0".
std::string_view version();
/// The commit it was built from, with "-dirty" if files differed from it; "unknown" outside a git
/// checkout.
std::string_view git_commit();
} // namespace nearshore
