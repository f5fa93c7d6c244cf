#pragma once
// The page as it was bundled when the program was built; see cmake/report_page.cmake.
#include <string_view>

namespace nearshore {

/// HTML with the line kPageData where the data go; empty if the bundle could not be made.
std::string_view page_template();

inline constexpr std::string_view kPageData = "/*NEARSHORE-DATA*/";
inline constexpr std::string_view kPageTitle = "NEARSHORE-TITLE";

} // namespace nearshore
