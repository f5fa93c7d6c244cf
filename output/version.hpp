#pragma once
#include <string>
#include <string_view>

namespace nearshore {
/// The program's version, e.g. "0.1.0".
std::string_view version();
/// The commit it was built from, with "-dirty" if files differed from it; "unknown" outside a git
/// checkout.
std::string_view git_commit();
/// Compiler and kind of build, e.g. "g++ 12.2.0, optimised".
std::string build();
} // namespace nearshore
